from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from exchange_helpers import workbook

from smartdash.exchange import difference_rows, export_bundle, export_workbook, import_file, may_change
from smartdash.exchange.examples import examples
from smartdash.locale import words
from smartdash.model.declare import Record
from smartdash.model.shared import Programme
from smartdash.store import Store
from tests.figures.made_stores import fill
from tests.figures.made_surveys import model, units, wave

PROGRAMME = [["key", "title", "municipality_name"], ["muster", "M", "Musterstadt"]]


def phases(*rows: Sequence[str]) -> tuple[str, bytes]:
    return "liste.xlsx", workbook({"Programm": PROGRAMME, "Phasen": [["key", "title", "parent"], *map(list, rows)]})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store.duckdb")


def test_a_file_is_one_revision_and_the_same_file_again_is_none(store: Store) -> None:
    upload = phases(["p-1", "a", ""], ["p-2", "b", "p-1"])
    first = import_file(store, upload, author="Büro", reason="Start")
    assert first.revision is not None
    assert (first.revision.new, first.revision.origin, first.revision.reason) == (3, "liste.xlsx", "Start")
    again = import_file(store, upload, author="Büro")
    assert again.revision is None
    assert again.difference is not None
    assert (again.difference.empty, again.difference.unchanged) == (True, 3)


def test_a_dry_run_tells_and_writes_nothing(store: Store) -> None:
    import_file(store, phases(["p-1", "a", ""], ["p-2", "b", ""], ["p-3", "c", ""]), author="Büro")
    upload = phases(["p-1", "a", ""], ["p-2", "neu", ""], ["p-4", "d", ""])
    result = import_file(store, upload, author="Büro", complete=True, dry_run=True)
    assert result.revision is None
    assert result.difference is not None
    told = result.difference
    assert (told.new, told.changed, told.retired, told.unchanged) == (1, 1, 1, 2)
    assert store.latest() == 1


def test_one_fault_keeps_the_whole_file_out(store: Store) -> None:
    result = import_file(store, phases(["p-1", "a", ""], ["p-2", "", "p-9"]), author="Büro")
    assert [problem.message for problem in result.problems] == ["exchange.required", "exchange.missing_reference_near"]
    assert (result.revision, result.difference, store.latest()) == (None, None, 0)


def test_references_may_lead_to_what_was_imported_before(store: Store) -> None:
    import_file(store, phases(["p-1", "a", ""]), author="Büro")
    content = b"key,title,planned,phase\nm-1,x,2024-01-01,p-1\n"
    assert import_file(store, ("milestone.csv", content), programme="muster", author="Büro").revision is not None
    wrong = import_file(store, ("milestone.csv", content.replace(b"p-1", b"p-l")), programme="muster", author="Büro")
    assert wrong.problems[0].values["nearest"] == "p-1"


def test_what_is_still_in_use_cannot_be_retired(store: Store) -> None:
    import_file(store, phases(["p-1", "a", ""], ["p-2", "a", ""]), author="Büro")
    content = b"key,title,planned,phase\nm-1,x,2024-01-01,p-1\n"
    import_file(store, ("milestone.csv", content), programme="muster", author="Büro")
    result = import_file(store, phases(["p-2", "a", ""]), author="Büro", complete=True)
    assert [problem.message for problem in result.problems] == ["exchange.store_retired"]
    assert "m-1" in result.problems[0].text(words("de"))
    assert store.latest() == 2


def test_an_export_of_the_store_imports_without_a_difference(store: Store) -> None:
    records: dict[str, Sequence[Record]] = dict(examples("de"))
    programme = records["programme"][0]
    assert isinstance(programme, Programme)
    bundle = export_bundle(records, programme=programme, lang="de")
    assert import_file(store, ("start.zip", bundle), author="Büro").revision is not None
    for lang in ("de", "en"):
        content = export_workbook(store.current(programme.key), programme=programme, lang=lang)
        result = import_file(store, (f"{lang}.xlsx", content), author="Büro", complete=True)
        assert result.problems == ()
        assert result.difference is not None
        assert result.difference.empty
    bundle = export_bundle(store.current(programme.key), programme=programme, lang="en")
    again = import_file(store, ("b.zip", bundle), author="Büro", complete=True)
    assert again.difference is not None
    assert again.difference.empty


def test_a_circle_and_a_moved_plan_are_problems_of_the_file(store: Store) -> None:
    def imported(**sheets: list[list[str]]) -> tuple[str, ...]:
        upload = "liste.xlsx", workbook({"Programm": PROGRAMME, **sheets})
        return tuple(problem.text(words("de")) for problem in import_file(store, upload, author="Büro").problems)

    milestone = ["key", "title", "planned"]
    forecast = [["milestone", "reported_on", "forecast"], ["m-1", "01.02.2024", "01.05.2024"]]
    assert imported(Meilensteine=[milestone, ["m-1", "x", "01.03.2024"]], Meilensteinprognosen=forecast) == ()
    (moved,) = imported(Meilensteine=[milestone, ["m-1", "x", "01.05.2024"]])
    assert "01.03.2024" in moved
    assert "Basisplan" in moved
    elements = [["key", "title", "level"], ["a", "A", "Ziel"], ["b", "B", "Ziel"]]
    links = [["origin", "target", "kind"], ["a", "b", "geteilt"], ["b", "a", "zusammengeführt"]]
    (circle,) = imported(Strategieelemente=elements, Herkunft=links)
    assert "im Kreis" in circle
    assert store.latest() == 1


def test_a_trial_does_not_tell_whether_an_answer_was_guessed(store: Store) -> None:
    fill(store, *model(), *units(), *wave(2026, {"klein": {"A1": (2, 4)}}))
    head = "key,survey_wave,unit,respondent,criterion,answered_on,level,target_level,evidence\n"
    known = store.current("p")["response"][0]
    tried = []
    for level in (2, 3):
        line = f"{known.key},w2026,klein,klein0,A1,2026-05-02,{level},4,Akte\n"
        result = import_file(store, ("response.csv", (head + line).encode()), programme="p", author="A", dry_run=True)
        assert result.difference is not None
        assert result.difference.empty is (level == 2)
        tried.append((difference_rows(result.difference, "de"), may_change(result.difference)))
    assert tried[0] == tried[1] == ([["Antworten", 0, None, 0, None, 1]], True)
