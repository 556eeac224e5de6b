from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from smartdash.store import Store


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store, made once: making the tables takes longer than most tests."""
    path = tmp_path_factory.mktemp("empty") / "store.duckdb"
    assert Store(path).latest() == 0
    return path


@pytest.fixture
def store(tmp_path: Path, empty_file: Path) -> Store:
    shutil.copy(empty_file, tmp_path / "store.duckdb")
    return Store(tmp_path / "store.duckdb", wait=5)
