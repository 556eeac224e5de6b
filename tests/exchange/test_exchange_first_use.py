"""Sample programmes come with the first start, follow a newer program, and leave the office's work alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from smartdash.exchange import first_use, import_file
from smartdash.store import Store

SOURCE = "key,title\nq,Quelle\n"
PROGRAMME = "key,title,municipality_name\nprobe,Probe,Musterstadt\n"


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(first_use, "DATA", tmp_path / "data")
    folder = tmp_path / "data" / "probe"
    folder.mkdir(parents=True)
    for name, text in (("source", SOURCE), ("programme", PROGRAMME), ("unit", "key,title\na,Amt A\nb,Amt B\n")):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store.duckdb")


def loaded(store: Store) -> list[str]:
    return [name for _, _, name in first_use.load_samples(store)]


def units(store: Store) -> list[str]:
    return [unit.key for unit in store.current("probe")["unit"]]


def test_samples_are_loaded_once(bundle: Path, store: Store) -> None:
    assert loaded(store) == ["probe"]
    assert loaded(store) == []
    assert store.latest() == 1


def test_newer_samples_replace_older_ones_that_nobody_changed(bundle: Path, store: Store) -> None:
    loaded(store)
    (bundle / "unit.csv").write_text("key,title\nb,Amt B\nc,Amt C\n", encoding="utf-8")
    assert loaded(store) == ["probe"]
    assert units(store) == ["b", "c"]
    assert loaded(store) == []


def test_what_the_office_has_changed_stays(bundle: Path, store: Store) -> None:
    loaded(store)
    import_file(store, ("unit.csv", b"key,title\nd,Amt D\n"), programme="probe", author="Büro")
    (bundle / "unit.csv").write_text("key,title\nc,Amt C\n", encoding="utf-8")
    assert loaded(store) == []
    assert units(store) == ["a", "b", "d"]


def test_only_reference_data_where_samples_are_not_wanted(
    bundle: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMARTDASH_SAMPLES", "no")
    reference = bundle.parent / "reference"
    reference.mkdir()
    (reference / "source.csv").write_text(SOURCE, encoding="utf-8")
    assert loaded(store) == ["reference"]
