"""The grant's own plan form, read from pasted text, sheets and CSV files: exact, or refused with place and reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from exchange_helpers import workbook
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from plan_form_texts import SAY, SCHWERIN, SMALL, as_cells, as_text, schwerin, schwerin_form

from smartdash.exchange.plan_form import FormPlan, read_pasted, read_plan_form
from smartdash.exchange.plan_form_comparison import deviations, label_changes
from smartdash.exchange.plan_form_records import Answers, Held, records_of
from smartdash.exchange.plan_form_words import cost_kind, funder_kind
from smartdash.exchange.problems import Problem
from smartdash.model.money import CostKind, FunderKind, PlanStatus, PlanVersion, StatedSubject

NEW = PlanVersion(programme=SCHWERIN, key="antrag-2021", title="Antrag", status=PlanStatus.APPLICATION)
NOTHING = Held(SCHWERIN, False, {})
D = Decimal


def pasted(text: str) -> FormPlan:
    form, problems = read_pasted("Text", text)
    assert problems == (), problems
    assert form is not None
    return form


def problems_of(found: tuple[FormPlan | None, tuple[Problem, ...]]) -> list[tuple[int | None, str, str, str]]:
    assert (found[0] is None) == bool(found[1])
    for problem in found[1]:
        assert problem.text(SAY)
        assert problem.place(SAY)
    return [(one.row, one.column, one.value, one.message.split(".")[1]) for one in found[1]]


def separated(rows: list[list[Any]], separator: str) -> str:
    content = io.StringIO()
    csv.writer(content, delimiter=separator).writerows(rows)
    return content.getvalue()


def cells_as_text(form: FormPlan) -> list[list[Any]]:
    return [
        [f"{cell:.2f}".replace(".", ",") if isinstance(cell, float) else cell for cell in row] for row in as_cells(form)
    ]


FORMS: dict[str, Callable[[], tuple[FormPlan | None, tuple[Problem, ...]]]] = {
    "pasted from a PDF": lambda: read_pasted("Text", as_text(schwerin_form())),
    "wrapped early": lambda: read_pasted("Text", as_text(schwerin_form(), 30)),
    "text file": lambda: read_plan_form(("plan.txt", as_text(schwerin_form()).encode("cp1252"))),
    "pasted from a sheet": lambda: read_pasted("Text", separated(cells_as_text(schwerin_form()), "\t")),
    "workbook": lambda: read_plan_form(
        ("plan.xlsx", workbook({"Plan": as_cells(schwerin_form()), "Hinweise": [["x"]]}))
    ),
    "csv": lambda: read_plan_form(("plan.csv", separated(cells_as_text(schwerin_form()), ";").encode("cp1252"))),
    "csv with a mark": lambda: read_plan_form(
        ("plan.csv", separated(cells_as_text(schwerin_form()), ",").encode("utf-8-sig"))
    ),
}


@pytest.mark.parametrize("read", FORMS.values(), ids=list(FORMS))
def test_every_form_of_a_real_plan_gives_exactly_its_records(
    read: Callable[[], tuple[FormPlan | None, tuple[Problem, ...]]],
) -> None:
    form, problems = read()
    assert problems == ()
    assert form is not None
    assert form.years == tuple(range(2021, 2029))
    plan, problems = records_of(form, NOTHING, Answers(NEW), SAY)
    assert problems == ()
    assert deviations(plan) == []
    real = schwerin().plan(NEW)
    for name in ("costs", "funding"):
        keys = ("key", "year", "amount")
        assert known(getattr(plan, name), keys) == known(getattr(real, name), keys)
    names = ("key", "code", "label", "subject", "cost_line", "funding_source", "includes_outside", "year", "amount")
    assert known(plan.stated, names) == known(real.stated, names)
    assert known(plan.funders, ("key", "parent", "kind", "outside_plan")) == known(
        real.funders, ("key", "parent", "kind", "outside_plan")
    )
    # The label of 2.1.3 is misprinted, so that nothing is guessed from it.
    kinds = {item.key: None if item.key == "2.1.3" else item.kind for item in real.lines}
    assert {item.key: item.kind for item in plan.lines} == kinds
    assert known(plan.lines, ("key", "parent")) == known(real.lines, ("key", "parent"))


def known(records: Any, names: tuple[str, ...]) -> set[tuple[Any, ...]]:
    return {tuple(getattr(record, name) for name in names) for record in records}


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_one_cent_anywhere_is_found(data: st.DataObject) -> None:
    form = schwerin_form()
    place = data.draw(st.sampled_from([index for index, row in enumerate(form.rows) if not row.heading]))
    column = data.draw(st.integers(0, len(form.years)))
    row = form.rows[place]
    values: list[Any] = [*row.amounts, row.total]
    values[column] += data.draw(st.sampled_from([D("0.01"), D("-0.01")]))
    changed = replace(row, amounts=tuple(values[:-1]), total=values[-1])
    rows = (*form.rows[:place], changed, *form.rows[place + 1 :])
    plan, _ = records_of(replace(form, rows=rows), schwerin(), Answers(NEW), SAY)
    assert deviations(plan)


def test_a_small_plan_is_read_row_by_row() -> None:
    form = pasted(SMALL)
    assert form.years == (2024, 2025)
    assert [(row.code, row.label, row.kind.value, row.amounts, row.total) for row in form.rows][1:3] == [
        ("1.1.1", "Personalkosten der Stadt", "cost", (D("10.00"), D("20.00")), D("30.00")),
        ("1.2", "Beratung (höchstens ein Drittel von 1.1)", "cost", (D("0.50"), None), D("0.50")),
    ]
    assert [row.number for row in form.rows] == [2, 3, 6, 7, 9, 10, 11, 12, 14, 15]
    plan, problems = records_of(form, NOTHING, Answers(NEW), SAY)
    assert problems == ()
    assert deviations(plan) == []
    assert [(item.cost_line, item.year) for item in plan.costs] == [("1.1.1", 2024), ("1.1.1", 2025), ("1.2", 2024)]
    assert {(item.code, item.year) for item in plan.stated if item.code == "1.2"} == {("1.2", None)}


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1.705.000,00", D(1705000)),
        ("1.705.000 €", D(1705000)),
        ("1705000", D(1705000)),
        ("1.705.000,5", D("1705000.50")),
        ("-12,30", D("-12.30")),
        ("−12,30", D("-12.30")),
        ("0,00", D(0)),
        ("–", None),
        ("-", None),
    ],
)
def test_german_amounts(written: str, amount: Decimal | None) -> None:
    text = f"Kostenarten 2024 2025 Gesamt\n1.1 Personal {written} 1,00 2,00\n"
    assert pasted(text).rows[0].amounts == (amount, D(1))
    table = f"Nr.\tKostenarten\t2024\t2025\tGesamt\n1.1\tPersonal\t{written}\t1,00\t2,00\n"
    assert pasted(table).rows[0].amounts == (amount, D(1))


@pytest.mark.parametrize(
    ("label", "whole"),
    [("Smart City 2030", True), ("Paragraf 3", True), ("Teil 40", False), ("vgl. 1.1.1", True)],
)
def test_a_label_may_end_with_a_number_but_not_with_a_part_of_an_amount(label: str, whole: bool) -> None:
    first = "50,00" if whole else "250,00"
    found = read_pasted("Text", f"Kostenarten 2024 Gesamt\n1.1 {label} {first} 250,00\n")
    if whole:
        assert found[0] is not None
        assert found[0].rows[0].label == label
    else:
        assert problems_of(found)[0][3] == "wrong_count"


BROKEN = {
    "1.1 Personal 10,00 20,00": (2, "", "1.1 Personal 10,00 20,00", "wrong_count"),
    "1.1 Personal 10,00 20,00 30,00 40,00": (2, "", "1.1 Personal 10,00 20,00 30,00 40,00", "wrong_count"),
    "1.1 Personal 10,O0 20,00 30,00": (2, "2024", "10,O0", "not_a_number"),
    "1.1 Personal 10,00 20,00 3x": (2, "Gesamt", "3x", "not_a_number"),
    "1.1 Personal 10,00 zwei 30,00": (2, "2025", "zwei", "not_a_number"),
    "1.1 Personal 1.234 20,00 30,00": (2, "2024", "1.234", "ambiguous_number"),
    "1.1 Personal 000,00 20,00 30,00": (2, "2024", "000,00", "not_a_number"),
    "1.1 Personal 1,005 2,00 3,00": (2, "2024", "1,005", "ambiguous_number"),
    "1.1 Personal 1,0050 2,00 3,00": (2, "2024", "1,0050", "too_many_decimals"),
    "1.1 Personal 12345678901234567,00 2,00 3,00": (2, "2024", "12345678901234567,00", "too_large"),
    "1.1 Personal\n\n1.2 Reisen 1,00 2,00 3,00": (2, "", "Personal", "no_amounts"),
    "1.1 A 1,00 2,00 3,00\n1.1 B 1,00 2,00 3,00": (3, "", "1.1", "code_twice"),
    "1,00 2,00 3,00": (2, "", "1,00", "amounts_without_row"),
    "1.1 A 1,00 2,00 3,00\nKostenarten 2024 2026 Gesamt": (3, "", "2024, 2026", "other_years"),
    "Wort": (None, "", "", "no_rows"),
    f"1.1 {'lang ' * 70} 1,00 2,00 3,00": (2, "", f"{'lang ' * 15}lang…", "too_long"),
}


@pytest.mark.parametrize(("rows", "problem"), BROKEN.items(), ids=[problem[3] for problem in BROKEN.values()])
def test_a_broken_text_is_refused_with_its_place(rows: str, problem: tuple[int | None, str, str, str]) -> None:
    assert problems_of(read_pasted("Text", f"Kostenarten 2024 2025 Gesamt\n{rows}\n")) == [problem]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("plan.txt", b"", "empty_file"),
        ("plan.csv", b" \n\n", "empty_file"),
        ("plan.txt", b"1.1 Personal 10,00 20,00\n", "no_years"),
        ("plan.txt", b"Kostenarten 2025 2024 Gesamt\n1.1 A 1,00 2,00 3,00\n", "years_unordered"),
        ("plan.txt", b"Posten 2024 2025 Gesamt\n1.1 A 1,00 2,00 3,00\n", "no_section"),
        ("plan.csv", b'Kosten;2024;2025;Gesamt\n1.1;"A;1,00;2,00;3,00\n', "broken_quotes"),
        ("plan.csv", "Kosten;2024;2025;Gesamt\n".encode("utf-16"), "utf_16"),
        ("plan.txt", b"Kosten 2024 2025\n1.1 A \x81 1,00 2,00\n", "not_utf_8"),
        ("plan.txt", b"\x00\x01\x02" * 50, "utf_16"),
        ("plan.xlsx", b"PK\x03\x04 damaged", "damaged_zip"),
        ("plan.pdf", b"%PDF-1.7 ...", "wrong_kind"),
        ("plan.exe", b"MZ\x90", "unknown_kind"),
        ("plan.txt", b"Kosten 2024 2025\n" + b"1.1 A 1,00 2,00\n" * 130_000, "too_long"),
        ("plan.csv", b"x" * 20_000_001, "too_large_file"),
    ],
)
def test_what_is_no_plan_is_refused(name: str, content: bytes, message: str) -> None:
    found = problems_of(read_plan_form((name, content)))
    assert [one[3] for one in found] == [message]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["1.1", "A", 1.0, "x", 3.0], (2, "2025", "x", "not_a_number")),
        (["1.1", "A", 1.005, 2.0, 3.0], (2, "2024", "1.005", "too_many_decimals")),
        (["1.1", "A", date(2024, 1, 1), 2.0, 3.0], (2, "2024", "01.01.2024", "date_in_number")),
        ([date(2001, 1, 1), "A", 1.0, 2.0, 3.0], (2, "", "01.01.2001", "code_is_date")),
        (["1.1", "A", 1.0, 2.0, 3.0, 4.0], (2, "", "1.1 A 1.0 2.0 3.0 4.0", "wrong_count")),
        (["1.1", "A", True, 2.0, 3.0], (2, "2024", "True", "not_a_number")),
        (["1.1", "A", "=1+1", 2.0, 3.0], (2, "2024", "", "formula_without_value")),
    ],
)
def test_a_broken_cell_is_refused_with_its_place(row: list[Any], problem: tuple[Any, ...]) -> None:
    rows: list[list[Any]] = [["Nr.", "Kostenarten", 2024, 2025, "Gesamt"], row]
    assert problems_of(read_plan_form(("plan.xlsx", workbook({"Plan": rows}))))[:1] == [problem]


def test_a_sheet_may_keep_shares_as_fractions_and_codes_as_numbers() -> None:
    rows: list[list[Any]] = [
        ["", "Kosten", 2024, "Gesamt"],
        [1.0, "Personal", 10.0, 10.0],
        ["", "Finanzierung", 2024, "Gesamt"],
        [3.1, "Eigenmittel", 1.0, 1.0],
        [3.2, "Bund", 9.0, 9.0],
        ["Finanzierungsanteile"],
        ["3.3.1", "Eigenanteil", 0.1, 0.1],
        ["3.3.2", "Bund", 0.9, 0.9],
        ["4", "Anmerkung ohne Beträge"],
    ]
    form, problems = read_plan_form(("plan.xlsx", workbook({"Plan": rows})))
    assert problems == ()
    assert form is not None
    assert [row.code for row in form.rows] == ["1", "3.1", "3.2", "3.3.1", "3.3.2"]
    assert [row.total for row in form.of(StatedSubject.SHARE)] == [D("10.00"), D("90.00")]
    assert [note.values["row"] for note in form.notes] == ["9"]
    plan, problems = records_of(form, NOTHING, Answers(NEW), SAY)
    assert (deviations(plan), problems) == ([], ())


def test_sheets_that_grew_are_read_together() -> None:
    costs: list[list[Any]] = [
        ["Kosten- und Finanzierungsplan"],
        [],
        ["1 Kostenplanung (Strategie)"],
        ["Nr.", "Kostenarten", "Ansatz 2024", "Ansatz 2025 in €", "Gesamt"],
        ["1.1", "Personal\nund Sachkosten", 10, 20.5, 30.5],
        [],
        ["1.2", "Reisen", None, "–", "0,00"],
        ["1", "Summe", 10, 20.5, "30,50 €"],
        *[["Hinweis: vorläufig"]] * 12,
    ]
    money: list[list[Any]] = [
        ["Nr.", "Finanzierungsmittel", 2024, 2025, "Gesamt"],
        ["3.1", "Eigenmittel", 10, 20.5, 30.5],
    ]
    content = io.BytesIO(workbook({"Kosten": costs, "Finanzierung": money}))
    book = load_workbook(content)
    for area in ("A1:E1", "A3:E3", "A9:B9"):
        book["Kosten"].merge_cells(area)
    book.save(content)
    form, problems = read_plan_form(("plan.xlsx", content.getvalue()))
    assert problems == ()
    assert form is not None
    assert [(row.sheet, row.number, row.code, row.title) for row in form.rows] == [
        ("Kosten", 5, "1.1", ""),
        ("Kosten", 7, "1.2", ""),
        ("Kosten", 8, "1", "Kostenplanung (Strategie)"),
        ("Finanzierung", 2, "3.1", ""),
    ]
    assert [note.message.split(".")[1] for note in form.notes] == ["skipped", *["left_out"] * 10, "left_out_more"]
    assert [note.count for note in form.notes if note.count] == [1, 2]
    plan, problems = records_of(form, NOTHING, Answers(NEW), SAY)
    assert (deviations(plan), problems) == ([], ())
    assert {line.key: (line.title, line.parent) for line in plan.lines} == {
        "1": ("Strategie", None),
        "1.1": ("Personal und Sachkosten", "1"),
        "1.2": ("Reisen", "1"),
    }


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("1.1+2.1 Teilsumme 1,00 2,00 3,00", "sum_of_some"),
        ("Finanzierungsanteile\n9.9.9 Anteil 1,00 2,00 3,00", "share_of_nothing"),
    ],
)
def test_a_sum_that_cannot_be_recomputed_is_refused(row: str, message: str) -> None:
    lines = "".join(f"{code} Posten 1,00 2,00 3,00\n" for code in ("1.1", "1.2", "2.1"))
    form = pasted(f"Kostenarten 2024 2025 Gesamt\n{lines}{row}\n")
    _, problems = records_of(form, NOTHING, Answers(NEW), SAY)
    assert [one.message for one in problems] == [f"plan_form.{message}"]


def test_a_changed_label_is_named_and_taken_only_when_asked() -> None:
    form = pasted(as_text(schwerin_form()).replace("1.2.1 Lebenshauptstadt ist Teamwork", "1.2.1 Neuer Name"))
    assert [(one.code, one.after) for one in label_changes(form, schwerin())] == [("1.2.1", "Neuer Name")]
    for labels, title in ((False, "Lebenshauptstadt ist Teamwork"), (True, "Neuer Name")):
        plan, _ = records_of(form, schwerin(), Answers(NEW, labels=labels), SAY)
        line = next(line for line in plan.lines if line.key == "1.2.1")
        assert (line.title, line.project, line.phase, line.kind) == (title, "teamwork", "A", CostKind.INVESTMENT)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Netzwerk-Aktivitäten inkl. Reisekosten", CostKind.NETWORK),
        ("Beratung durch externe Gutachter", CostKind.ADVICE),
        ("Sackosten zur Planung", None),
    ],
)
def test_the_kind_of_cost_is_what_a_label_names_first(label: str, kind: CostKind | None) -> None:
    assert cost_kind(label, ("Personal- und Sachkosten",)) is kind
    assert cost_kind("Lebenshauptstadt", ("Erste Investitionen",)) is CostKind.INVESTMENT


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Mittel Dritter (zur Reduktion des kommunalen Eigenanteils)", FunderKind.THIRD_PARTY),
        ("Bundesmittel (Zuwendung)", FunderKind.FEDERAL),
        ("Zuschuss des Landes", FunderKind.STATE),
        ("EFRE-Mittel", FunderKind.EU),
        ("Mittel anderer Geber", None),
    ],
)
def test_whose_money_it_is(label: str, kind: FunderKind | None) -> None:
    assert funder_kind(label) is kind


PIECES = st.sampled_from(
    ["", " ", "\n", "\t", ";", '"', "1.1 ", "1.", "0,00", "-", "–", "€", "2024 2025 ", "Gesamt", "=1+1", "\x00", "1+"]
)


@given(st.lists(st.tuples(st.integers(0, len(SMALL)), st.integers(0, 40), PIECES), min_size=1, max_size=6))
@settings(max_examples=1000, deadline=None)
def test_a_damaged_text_gives_a_plan_or_messages_but_no_error(damages: list[tuple[int, int, str]]) -> None:
    text = SMALL
    for place, length, piece in damages:
        text = text[:place] + piece + text[place + length :]
    form, problems = read_pasted("Text", text)
    assert (form is None) == bool(problems)
    for problem in problems:
        assert problem.text(SAY)
    if form:
        plan, wrong = records_of(form, NOTHING, Answers(NEW), SAY)
        assert wrong or plan.costs or plan.funding or not any(list(form.amounts(row)) for row in form.rows)
        deviations(plan)
