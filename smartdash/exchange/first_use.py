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


def stages(bundle: Path) -> list[Path]:
    """What a bundle is written in, each a revision: the folder itself, then each folder in `later`, by name.

    What was corrected afterwards stands in `later`, so that the older revision still shows what was known before.
    """
    later = bundle / "later"
    return [bundle, *(sorted(later.iterdir()) if later.is_dir() else [])]


def load_samples(store: Store) -> Iterator[tuple[int, int, str]]:
    """Bring every bundle into the store that is new to it, or newer than what it was loaded from and nobody changed.

    Yields (number, count, name) before each bundle. A bundle whose import was interrupted is gone on with; one that the
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
    waiting = {folder: _missing(stages(folder), revisions[folder.name]) for folder in wanted}
    waiting = {folder: missing for folder, missing in waiting.items() if missing}
    for number, (folder, missing) in enumerate(waiting.items(), start=1):
        yield number, len(waiting), folder.name
        for stage in missing:
            _load(store, folder, stage)


def _load(store: Store, folder: Path, stage: Path) -> None:
    """Write one stage; a later one adds and changes, and retires nothing."""
    first = stage == folder
    result = import_file(
        store,
        stage,
        programme=None if first and folder.name != REFERENCE else folder.name,
        author=_AUTHOR,
        reason="Beispieldaten" if first else "Berichtigung der Beispieldaten",
        complete=first,
        restates=first,
    )
    if result.problems:
        raise RuntimeError(f"{folder.name}, {stage.name}: {result.problems[0]}")


def _missing(wanted: list[Path], revisions: list[Revision]) -> list[Path]:
    """The stages that the store lacks as they ship; `revisions` are those of the programme, newest first.

    Where an older stage differs, all of them are written again, in their order.
    """
    if any(revision.author != _AUTHOR for revision in revisions):
        return []
    shipped = [folder_fingerprint(stage) for stage in wanted]
    held = [revision.sha256 for revision in revisions]
    done = (count for count in range(len(wanted), 0, -1) if held[:count] == shipped[:count][::-1])
    return wanted[next(done, 0) :]
