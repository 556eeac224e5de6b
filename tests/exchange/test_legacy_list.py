"""Grown lists of projects: headings are guessed, cells read as they were meant, rows compared with what there is."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from exchange_helpers import workbook
from openpyxl import load_workbook

from smartdash.exchange.files import load
from smartdash.exchange.legacy_cells import period, read_column
from smartdash.exchange.legacy_comparison import NEW, Answers, Held, Item, Outcome, compare, to_store
from smartdash.exchange.legacy_headings import LegacySheet, find_lists, guess_field, guess_fields
from smartdash.exchange.legacy_list import Names, Proposal, mapping_faults, propose
from smartdash.locale import words
from smartdash.model.projects import Project, ProjectKind, ProjectProgress, ProjectStage, ProjectState

NAMES = Names({"unit": {"a-66": "Tiefbauamt", "it": "Amt für Digitales"}, "field_of_work": {"mob": "Mobilität"}})
TODAY = date(2026, 11, 25)
HEAD = ["Projekt", "Amt", "Budget in T€", "Fertigstellung in %", "geplanter Abschluss"]


def listed(*rows: list[Any], **sheets: list[list[Any]]) -> LegacySheet:
    found, problems = find_lists(load(("liste.xlsx", workbook({"Liste": list(rows), **sheets}))))
    assert problems == []
    return found[0]


def proposed(*rows: list[Any], names: Names = NAMES) -> Proposal:
    sheet = listed(*rows)
    return propose(sheet, guess_fields(sheet.headings), names)


def project(key: str, title: str, **given: Any) -> Project:
    return Project(programme="p", key=key, title=title, **given)


def compared(
    proposal: Proposal, *projects: Project, progress: tuple[ProjectProgress, ...] = (), **same: str
) -> list[Item]:
    held = Held("p", projects, progress, {one.key for one in projects} | {"V-03", "gone"})
    return compare(proposal, held, Answers(TODAY, False, {int(row[1:]): key for row, key in same.items()}))


def messages(proposal: Proposal) -> list[tuple[int | None, str, str, str]]:
    return [
        (one.row, one.column, one.value, one.message.split(".")[1]) for row in proposal.rows for one in row.problems
    ]


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Projekt", "title"),
        ("MASSNAHME", "title"),
        ("Vorhaben (Kurzname)", "title"),
        ("Projekt-\nname", "title"),
        ("Amt", "unit"),
        ("Federführung", "unit"),
        ("Fachbereich", "unit"),
        ("Ziel", "goal"),
        ("Budget in EUR", "cost"),
        ("Kosten T€", "cost"),
        ("Kosten [Tsd. €]", "cost"),
        ("Gesamtkosten", "final_cost"),
        ("Zielerreichung in %", "attainment"),
        ("Fertigstellung in %", "completion"),
        ("Phase", "stage"),
        ("Status", "state"),
        ("geplanter Abschluss", "planned_end"),
        ("Ende (Plan)", "planned_end"),
        ("Zuständig", "owner_role"),
        ("Handlungsfeld", "field_of_work"),
        ("Planned end", "planned_end"),
        ("Owner role", "owner_role"),
        ("final_cost", "final_cost"),
        ("Nr.", None),
        ("Bemerkung", None),
        ("", None),
    ],
)
def test_a_heading_is_understood_by_its_words(heading: str, target: str | None) -> None:
    assert guess_field(heading) == target


def test_the_first_column_that_means_a_field_has_it() -> None:
    assert guess_fields(["Nr.", "Projekt", "Maßnahme", "Amt"]) == {1: "title", 3: "unit"}


def test_the_heading_row_is_found_below_a_title_and_rows_keep_their_numbers() -> None:
    sheet = listed(
        ["Projektliste 2025"], [], ["Stand:", "1.1.2025"], HEAD, ["A"], [], ["B"], Legende=[["rot", "Stopp"]]
    )
    assert sheet.headings == tuple(HEAD)
    assert [(number, row[0]) for number, row in sheet.rows] == [(5, "A"), (7, "B")]


@pytest.mark.parametrize(
    ("sheets", "message"),
    [
        ({"L": [["rot", "Stopp"]]}, "no_heading"),
        ({"L": [HEAD]}, "only_headings"),
        ({"L": []}, "no_table"),
        ({"L": [HEAD, *[[f"P{n}"] for n in range(10_000)]]}, "too_many_rows"),
    ],
)
def test_what_is_no_list_is_refused_in_words(sheets: dict[str, Any], message: str) -> None:
    sheets_found, problems = find_lists(load(("liste.xlsx", workbook(sheets))))
    assert sheets_found == []
    assert [one.message for one in problems] == [f"legacy.{message}"]
    assert all(problems[0].text(words(lang)) for lang in ("de", "en"))


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (("liste.xlsx", b""), "exchange.empty_file"),
        (("liste.pdf", b"%PDF-1.7"), "exchange.wrong_kind"),
        (("liste.json", b"{}"), "legacy.no_table"),
    ],
)
def test_a_file_of_another_kind_is_refused(file: tuple[str, bytes], message: str) -> None:
    assert [one.message for one in find_lists(load(file))[1]] == [message]


def test_merged_cells_are_refused_where_they_hide_something() -> None:
    book = load_workbook(
        io.BytesIO(workbook({"L": [["Liste 2025", "", ""], ["Projekt", "Amt"], ["A", "Tiefbauamt"], ["B"]]}))
    )
    book.active.merge_cells("A1:C1")
    book.active.merge_cells("B3:B4")
    content = io.BytesIO()
    book.save(content)
    sheet = find_lists(load(("liste.xlsx", content.getvalue())))[0][0]
    found = propose(sheet, guess_fields(sheet.headings), NAMES)
    assert [(row, name) for row, _, _, name in messages(found)] == [(3, "merged_row"), (4, "merged_row")]
    book.active.merge_cells("A2:B2")
    content = io.BytesIO()
    book.save(content)
    assert [one.message for one in find_lists(load(("l.xlsx", content.getvalue())))[1]] == ["legacy.merged_heading"]


@pytest.mark.parametrize(
    ("target", "heading", "cell", "value"),
    [
        ("cost", "Budget in EUR", 120000.0, 120000),
        ("cost", "Budget", "120.000", 120000),
        ("cost", "Budget", "1.234,56 €", Decimal("1234.56")),
        ("cost", "Kosten T€", 120.5, 120500),
        ("cost", "Kosten T€", 1.234, 1234),
        ("cost", "Kosten T€", "120,5", 120500),
        ("cost", "Kosten T€", "120.000 €", 120000),
        ("cost", "Budget", "35 TEUR", 35000),
        ("cost", "Budget", "1,2 Mio. €", 1200000),
        ("cost", "Budget", "0", 0),
        ("cost", "Budget", "–", None),
        ("cost", "Kosten T€", "1.250", "exchange.ambiguous_number"),
        ("cost", "Budget", "ca. 100", "exchange.not_a_number"),
        ("completion", "in %", 65.0, 65),
        ("completion", "in %", "65 %", 65),
        ("completion", "in %", "65%", 65),
        ("completion", "in %", 0.65, 65),
        ("completion", "in %", 0.29, 29),
        ("completion", "in %", 1.0, "legacy.one_per_cent"),
        ("completion", "in %", "1 %", 1),
        ("completion", "in %", 0.0, 0),
        ("completion", "in %", 65.5, "exchange.not_whole"),
        ("planned_end", "Ende", datetime(2026, 3, 31), date(2026, 3, 31)),
        ("planned_end", "Ende", 46112.0, date(2026, 3, 31)),
        ("planned_end", "Ende", "31.3.2026", date(2026, 3, 31)),
        ("planned_end", "Ende", "Q4 2026", date(2026, 12, 31)),
        ("planned_end", "Ende", 2026.0, date(2026, 12, 31)),
        ("planned_start", "Beginn", "2026", date(2026, 1, 1)),
        ("planned_end", "Ende", "31.3.26", "exchange.short_year"),
        ("planned_end", "Ende", "laufend", "exchange.not_a_date"),
        ("actual_end", "Ende Ist", "2025", "exchange.not_a_date"),
        ("state", "Status", "in Umsetzung", ProjectState.RUNNING),
        ("state", "Status", "Läuft", ProjectState.RUNNING),
        ("state", "Status", "grün", "exchange.unknown_choice"),
        ("stage", "Phase", "Konzeption", ProjectStage.PLANNING),
        ("kind", "Art", "Maßnahme", ProjectKind.MEASURE),
        ("title", "Projekt", " Smarte\n Ampeln ", "Smarte Ampeln"),
        ("unit", "Amt", 66.0, "66"),
    ],
)
def test_a_cell_is_read_as_it_was_meant(target: str, heading: str, cell: Any, value: Any) -> None:
    values, faults, _ = read_column(target, heading, [cell])
    assert (faults[0].message if faults else values[0]) == value


def test_shares_are_known_by_their_fractions() -> None:
    assert read_column("completion", "in %", [0.5, 1.0, 0.0, ""])[0] == [50, 100, 0, None]
    assert read_column("completion", "in %", [50.0, 1.0, 0.0, ""])[0] == [50, 1, 0, None]


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("Q1 2028", (2028, 1, 1), (2028, 3, 31)),
        ("4. Quartal 2026", (2026, 10, 1), (2026, 12, 31)),
        ("IV. Quartal 2026", (2026, 10, 1), (2026, 12, 31)),
        ("Q4/2026", (2026, 10, 1), (2026, 12, 31)),
        ("1. Halbjahr 2026", (2026, 1, 1), (2026, 6, 30)),
        ("H2 2026", (2026, 7, 1), (2026, 12, 31)),
        ("02/2028", (2028, 2, 1), (2028, 2, 29)),
        ("März 2026", (2026, 3, 1), (2026, 3, 31)),
        ("Dez. 2026", (2026, 12, 1), (2026, 12, 31)),
        (2026, (2026, 1, 1), (2026, 12, 31)),
    ],
)
def test_periods(cell: Any, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert period(cell) == (date(*first), date(*last))


@pytest.mark.parametrize(
    "cell", ["Q5 2026", "2026-03-01", "1850", "Foo 2026", "", None, True, 46112.0, date(2026, 1, 1)]
)
def test_what_is_no_period(cell: Any) -> None:
    assert period(cell) is None


def test_rows_are_read_with_their_problems_and_empty_cells_give_nothing() -> None:
    found = proposed(
        HEAD,
        ["Ampeln", "tiefbau-amt", 120.5, 0.5, "Q4 2026"],
        ["", "Amt für Digtales", "viel", 1.0, ""],
    )
    assert found.rows[0].values == {
        "title": "Ampeln",
        "unit": "a-66",
        "cost": Decimal("120500.00"),
        "completion": 50,
        "planned_end": date(2026, 12, 31),
    }
    assert sorted(messages(found)) == [
        (3, "Amt", "Amt für Digtales", "unknown_name_near"),
        (3, "Budget in T€", "viel", "not_a_number"),
        (3, "Projekt", "", "no_title"),
    ]
    assert found.rows[1].values == {"completion": 100}
    assert [(note.message, note.count) for note in found.notes] == [("legacy.vague_days", 1)]
    assert [(one.name, one.near) for one in found.unknown] == [("Amt für Digtales", "it")]


@pytest.mark.parametrize(("answer", "values"), [("it", {"title": "A", "unit": "it"}), ("", {"title": "A"})])
def test_an_unknown_unit_is_matched_or_left_empty(answer: str, values: dict[str, Any]) -> None:
    names = Names(NAMES.titles, {("unit", "IT-Stab"): answer})
    found = proposed(["Projekt", "Amt"], ["A", "IT-Stab"], names=names)
    assert (found.rows[0].values, messages(found)) == (values, [])
    assert [one.name for one in found.unknown] == ["IT-Stab"]


def test_formulas_without_a_value_and_names_of_persons_are_refused() -> None:
    found = proposed(["Projekt", "Budget", "Zuständig"], ["A", "=1+1", "Frau Muster"], ["B", 1, "Projektleitung"])
    assert [(row, name) for row, _, _, name in messages(found)] == [(2, "formula_without_value"), (2, "person")]


def test_a_mapping_needs_a_title_and_no_field_twice() -> None:
    assert mapping_faults({0: "title", 1: "cost"}) == []
    assert [fault.message for fault in mapping_faults({0: "cost", 1: "cost"})] == [
        "legacy.title_missing",
        "legacy.target_twice",
    ]


def test_a_row_is_new_changed_or_unchanged_and_empty_cells_change_nothing() -> None:
    held = (
        project("V1", "Smarte Ampeln", unit="a-66", cost=Decimal(100000), goal="Weniger Stau"),
        project("V2", "Offene Daten", cost=Decimal(5000)),
    )
    found = compared(
        proposed(HEAD, ["smarte  AMPELN", "", 120], ["Offene Daten", "", 5], ["Parkhaus", "Tiefbauamt", 7, "40 %"]),
        *held,
    )
    assert [item.outcome for item in found] == [Outcome.CHANGED, Outcome.UNCHANGED, Outcome.NEW]
    assert [(one.field, one.before, one.after) for one in found[0].changes] == [("cost", 100000, 120000)]
    changed, new, progress = to_store(found)
    assert changed == held[0].model_copy(update={"cost": Decimal("120000.00")})
    assert isinstance(new, Project)
    assert (new.key, new.title, new.unit, new.public) == ("V-04", "Parkhaus", "a-66", False)
    assert isinstance(progress, ProjectProgress)
    assert (progress.project, progress.reported_on, progress.completion, progress.public) == ("V-04", TODAY, 40, False)


def test_what_is_alike_waits_for_an_answer() -> None:
    held = project("V1", "Smarte Ampeln in der Innenstadt", unit="a-66")
    proposal = proposed(HEAD, ["Smarte Ampel in der Innenstadt", "Tiefbauamt", 120])
    (asked,) = compared(proposal, held)
    assert (asked.outcome, asked.alike, asked.records) == (Outcome.ALIKE, (held,), ())
    (same,) = compared(proposal, held, r2="V1")
    assert same.outcome is Outcome.CHANGED
    assert to_store([same]) == [held.model_copy(update={"cost": Decimal("120000.00")})]
    (new,) = compared(proposal, held, r2=NEW)
    assert (new.outcome, new.records[0].key) == (Outcome.NEW, "V-04")


def test_a_key_counts_more_than_a_title() -> None:
    head = ["Kennung", "Projekt"]
    held = project("V1", "Alt")
    (renamed,) = compared(proposed(head, ["V1", "Neu"]), held)
    assert [(one.field, one.before, one.after) for one in renamed.changes] == [("title", "Alt", "Neu")]
    (other,) = compared(proposed(head, ["V9", "Alt"]), held)
    assert (other.outcome, other.alike) == (Outcome.ALIKE, (held,))
    taken, bad, twice, again = compared(proposed(head, ["gone", "X"], ["a b", "Y"], ["", "Z"], ["", "z"]), held)
    assert [item.problems[0].message for item in (taken, bad, again)] == [
        "legacy.key_taken",
        "exchange.bad_key",
        "legacy.row_twice",
    ]
    assert twice.outcome is Outcome.NEW


@pytest.mark.parametrize(
    ("head", "row", "message"),
    [
        (["Projekt", "Fertigstellung in %"], ["A", 120.0], "exchange.at_most"),
        (["Projekt", "Beginn", "Ende"], ["A", "2027", "2026"], "exchange.end_before_start"),
        (["Projekt", "Ende"], ["Lang", "2020"], "exchange.end_before_start"),
        (["Projekt", "Budget"], ["A", -5.0], "exchange.at_least"),
        (["Projekt", "Budget in T€"], ["A", 0.000001], "exchange.too_many_decimals"),
        (["Projekt", "Amt"], ["A" * 301, ""], "exchange.too_long"),
    ],
)
def test_what_the_model_refuses_is_a_problem_of_the_row(head: list[Any], row: list[Any], message: str) -> None:
    (item,) = compared(proposed(head, row), project("V1", "Lang", planned_start=date(2025, 1, 1)))
    assert (item.outcome, item.records) == (Outcome.WRONG, ())
    assert [(one.row, one.message) for one in item.problems] == [(2, message)]
    assert all(item.problems[0].text(words(lang)) for lang in ("de", "en"))


def test_progress_goes_on_from_what_was_reported_last() -> None:
    held = project("V1", "Ampeln")
    last = ProjectProgress.model_validate(
        {
            "programme": "p",
            "project": "V1",
            "reported_on": date(2026, 10, 1),
            "stage": ProjectStage.ROLLOUT,
            "completion": 60,
            "comment": "alt",
        }
    )
    proposal = proposed(["Projekt", "Fertigstellung in %"], ["Ampeln", 75.0])
    (item,) = compared(proposal, held, progress=(last,))
    (report,) = item.records
    assert isinstance(report, ProjectProgress)
    assert (report.reported_on, report.stage, report.completion, report.comment) == (
        TODAY,
        ProjectStage.ROLLOUT,
        75,
        None,
    )
    (unchanged,) = compared(proposed(["Projekt", "Fertigstellung in %"], ["Ampeln", 60.0]), held, progress=(last,))
    assert unchanged.outcome is Outcome.UNCHANGED
    today = last.model_copy(update={"reported_on": TODAY, "key": f"V1/{TODAY}"})
    (corrected,) = compared(proposal, held, progress=(last, today))
    assert corrected.records == (today.model_copy(update={"completion": 75}),)
