"""Sample programmes come with the first start, follow a newer program, and leave the office's work alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from smartdash.exchange import first_use, import_file
from smartdash.model.shared import Unit
from smartdash.store import Scope, Store

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


def later(bundle: Path, name: str, text: str) -> None:
    folder = bundle / "later" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "unit.csv").write_text(text, encoding="utf-8")


def titles(store: Store, revision: int | None = None) -> list[str]:
    with store.read(Scope("probe", date(2026, 1, 1), revision)) as reader:
        return [unit.title for unit in reader.all(Unit)]


def test_what_was_corrected_later_is_a_revision_of_its_own(bundle: Path, store: Store) -> None:
    later(bundle, "1-name", "key,title\na,Amt A (neu)\n")
    later(bundle, "2-more", "key,title\nc,Amt C\n")
    assert loaded(store) == ["probe"]
    assert loaded(store) == []
    assert store.latest() == 3
    assert titles(store, 1) == ["Amt A", "Amt B"]
    assert titles(store) == ["Amt A (neu)", "Amt B", "Amt C"], "a correction adds and changes, it retires nothing"
    assert [revision.reason for revision in store.revisions("probe")][:2] == ["Berichtigung der Beispieldaten"] * 2


def test_a_correction_that_is_new_is_added_and_one_that_was_interrupted_is_gone_on_with(
    bundle: Path, store: Store
) -> None:
    loaded(store)
    later(bundle, "1-name", "key,title\na,Amt A (neu)\n")
    assert loaded(store) == ["probe"]
    assert loaded(store) == []
    assert store.latest() == 2, "the bundle itself was not written again"


@pytest.mark.parametrize("changed", ["bundle", "correction"])
def test_a_newer_bundle_or_correction_is_written_with_all_that_follow(bundle: Path, store: Store, changed: str) -> None:
    later(bundle, "1-name", "key,title\na,Amt A (neu)\n")
    later(bundle, "2-more", "key,title\nc,Amt C\n")
    loaded(store)
    if changed == "bundle":
        (bundle / "unit.csv").write_text("key,title\na,Amt A\nb,Amt B anders\n", encoding="utf-8")
        expected = ["Amt A (neu)", "Amt B anders", "Amt C"]
    else:
        later(bundle, "1-name", "key,title\na,Amt A (anders)\n")
        expected = ["Amt A (anders)", "Amt B", "Amt C"]
    assert loaded(store) == ["probe"]
    assert titles(store) == expected
    assert loaded(store) == []


def test_the_office_s_own_work_keeps_corrections_away(bundle: Path, store: Store) -> None:
    loaded(store)
    import_file(store, ("unit.csv", b"key,title\nd,Amt D\n"), programme="probe", author="Büro")
    later(bundle, "1-name", "key,title\na,Amt A (neu)\n")
    assert loaded(store) == []
