"""A store that stays open, as that of a busy app does: opening it for each figure would take most of the time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from smartdash.store import Store


@contextmanager
def kept_busy(path: Path) -> Iterator[Store]:
    """The store of a file, kept open by a thread of its own."""
    store, begun, over = Store(path), threading.Event(), threading.Event()

    def hold() -> None:
        with store.session():
            begun.set()
            over.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    begun.wait()
    try:
        yield store
    finally:
        over.set()
        holder.join()
