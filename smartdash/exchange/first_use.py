"""Where the store lies, and the sample programmes that a new one starts with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from smartdash.exchange.importing import import_file
from smartdash.model.declare import REFERENCE
from smartdash.store import Store

DATA = Path(__file__).resolve().parents[2] / "data"
DEFAULT_STORE = DATA / "smartdash.duckdb"


def store_path() -> Path:
    """The file of the store: `SMARTDASH_STORE`, else `data/smartdash.duckdb`."""
    return Path(os.environ.get("SMARTDASH_STORE") or DEFAULT_STORE)


def bundles() -> list[Path]:
    """The folders of the sample data, reference data first because the programmes refer to it."""
    folders = [folder for folder in DATA.iterdir() if (folder / "source.csv").is_file()]
    return sorted(folders, key=lambda folder: (folder.name != REFERENCE, folder.name))


def load_samples(store: Store) -> Iterator[tuple[int, int, str]]:
    """Bring every bundle that this store has never seen into it; only reference data where `SMARTDASH_SAMPLES` is `no`.

    Yields (number, count, name) before each bundle. A bundle whose import was interrupted is tried again; one that the
    office has retired since stays away.

    Raises:
        StoreError: the store cannot be opened or written.
        RuntimeError: a bundle that ships with the program is not valid.
    """
    known = {revision.programme for revision in store.revisions()}
    wanted = [folder for folder in bundles() if os.environ.get("SMARTDASH_SAMPLES") != "no" or folder.name == REFERENCE]
    missing = [folder for folder in wanted if folder.name not in known]
    for number, folder in enumerate(missing, start=1):
        yield number, len(missing), folder.name
        programme = REFERENCE if folder.name == REFERENCE else None
        result = import_file(store, folder, programme=programme, author="smartdash", reason="Beispieldaten")
        if result.problems:
            raise RuntimeError(f"{folder.name}: {result.problems[0]}")
