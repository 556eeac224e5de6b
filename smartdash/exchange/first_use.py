"""Where the store lies, and the sample programmes that a new one starts with."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from smartdash.exchange.files import folder_fingerprint
from smartdash.exchange.importing import import_file
from smartdash.model.declare import REFERENCE
from smartdash.store import Revision, Store

DATA = Path(__file__).resolve().parents[2] / "data"
DEFAULT_STORE = DATA / "smartdash.duckdb"

_AUTHOR = "smartdash"


def store_path() -> Path:
    """The file of the store: `SMARTDASH_STORE`, else `data/smartdash.duckdb`."""
    return Path(os.environ.get("SMARTDASH_STORE") or DEFAULT_STORE)


def bundles() -> list[Path]:
    """The folders of the sample data, reference data first because the programmes refer to it."""
    folders = [folder for folder in DATA.iterdir() if (folder / "source.csv").is_file()]
    return sorted(folders, key=lambda folder: (folder.name != REFERENCE, folder.name))


def load_samples(store: Store) -> Iterator[tuple[int, int, str]]:
    """Bring every bundle into the store that is new to it, or newer than what it was loaded from and nobody changed.

    Yields (number, count, name) before each bundle. A bundle whose import was interrupted is tried again; one that the
    office has worked on since, or retired, stays as it is. Where `SMARTDASH_SAMPLES` is `no`, there is only reference
    data.

    Raises:
        StoreError: the store cannot be opened or written.
        RuntimeError: a bundle that ships with the program is not valid.
    """
    revisions: dict[str, list[Revision]] = defaultdict(list)
    for revision in store.revisions():
        revisions[revision.programme].append(revision)
    wanted = [folder for folder in bundles() if os.environ.get("SMARTDASH_SAMPLES") != "no" or folder.name == REFERENCE]
    outdated = [folder for folder in wanted if _outdated(folder, revisions[folder.name])]
    for number, folder in enumerate(outdated, start=1):
        yield number, len(outdated), folder.name
        programme = REFERENCE if folder.name == REFERENCE else None
        result = import_file(store, folder, programme=programme, author=_AUTHOR, reason="Beispieldaten", complete=True)
        if result.problems:
            raise RuntimeError(f"{folder.name}: {result.problems[0]}")


def _outdated(folder: Path, revisions: list[Revision]) -> bool:
    """Whether a bundle is not in the store as it ships; `revisions` are those of its programme, newest first."""
    if any(revision.author != _AUTHOR for revision in revisions):
        return False
    return not revisions or revisions[0].sha256 != folder_fingerprint(folder)
