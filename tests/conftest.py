"""Stores that tests share: the sample programmes, loaded once per run, and an empty one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from busy_store import kept_busy
from filelock import FileLock
from hypothesis import settings

from smartdash.exchange.first_use import load_samples
from smartdash.store import Store

# How long an example takes says how busy the machine is, not whether a law holds.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

_LONGEST = ("test_browser_pages.py", "test_browser_conference.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker is left alone with it in the end."""
    items.sort(key=lambda item: (item.path.name not in _LONGEST, item.get_closest_marker("browser") is None))


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with every sample programme, loaded once per run and copied once per worker; nobody writes to it."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    loaded, part = shared / "samples.duckdb", shared / "part.duckdb"
    with FileLock(f"{loaded}.lock"), pytest.MonkeyPatch.context() as patch:
        patch.delenv("SMARTDASH_SAMPLES", raising=False)
        if not loaded.exists():
            for _ in load_samples(Store(part)):
                pass
            part.rename(loaded)
    return Path(shutil.copy(loaded, tmp_path_factory.mktemp("samples") / "store.duckdb"))


@pytest.fixture(scope="session")
def kept_open(sample_file: Path) -> Iterator[Path]:
    """The store with every sample programme, kept open until the end."""
    with kept_busy(sample_file):
        yield sample_file


@pytest.fixture
def sample_store(kept_open: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The sample programmes, as the store that the app and the command line open; for reading only."""
    monkeypatch.setenv("SMARTDASH_STORE", str(kept_open))
    return Store(kept_open)


@pytest.fixture
def own_store(sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The sample programmes in a store of the test's own, which it may write to; kept open while the test runs."""
    path = shutil.copy(sample_file, tmp_path / "store.duckdb")
    monkeypatch.setenv("SMARTDASH_STORE", str(path))
    with kept_busy(path) as store:
        yield store


@pytest.fixture
def empty_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store without any programme, kept open while the test runs; the reference data comes with its first use."""
    path = tmp_path / "empty.duckdb"
    monkeypatch.setenv("SMARTDASH_STORE", str(path))
    monkeypatch.setenv("SMARTDASH_SAMPLES", "no")
    with kept_busy(path) as store:
        yield store
