"""Check-ins by Excel: the list as it is handed out and filled in, and every row that is refused with its reason."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from smartdash.analysis.collecting import new_keys
from smartdash.analysis.impediments import impediment_standings
from smartdash.analysis.okr import key_result_standings
from smartdash.exchange.check_in_list import Known, check_in_workbook, headings
from smartdash.exchange.check_in_upload import CheckInUpload, read_check_ins
from smartdash.locale import LANGUAGES, Language, words
from smartdash.model.check_ins import CheckIn, Score, Zone
from smartdash.model.impediments import Blockage, Impediment, ImpedimentKind
from smartdash.model.okr import Cycle, CycleState, KeyResult, KeyResultKind, Objective
from smartdash.model.shared import Programme

TODAY = date(2024, 11, 25)
PROGRAMME = Programme(programme="p", key="p", title="Größe & Übermut", municipality_name="Stadt", demo=True)
CYCLE = Cycle(
    programme="p", key="c", title="Q4", start=date(2024, 10, 1), end=date(2024, 12, 31), state=CycleState.ACTIVE
)
OBJECTIVE = Objective(programme="p", key="o", title="=HYPERLINK(1)", cycle="c", owner_role="Leitung")
BASIC: dict[str, Any] = {"programme": "p", "objective": "o"}
RESULTS = [
    KeyResult(**BASIC, key="kr-a", title="=1+1 Bürgerämter", target=Decimal(5000), baseline=Decimal(0)),
    KeyResult(
        **BASIC,
        key="kr-z",
        title="Zonen",
        kind=KeyResultKind.ZONES,
        zone_commit="wenig",
        zone_target="=mehr",
        zone_stretch="viel",
    ),
    KeyResult(**BASIC, key="kr-m", title="Etappen", kind=KeyResultKind.MILESTONES),
    KeyResult(**BASIC, key="kr-s", title="Bewertet", target=Decimal(10), baseline=Decimal(0)),
]
OLD = CheckIn(
    programme="p",
    key="",
    key_result="kr-a",
    reported_on=TODAY - timedelta(20),
    value=Decimal("1234.56"),
    confidence=6,
    forecast=Decimal(4000),
    comment="alt",
)
IMPEDIMENT = Impediment(
    programme="p", key="H-01", title="Stellen fehlen", kind=ImpedimentKind.RESOURCES, raised_on=TODAY - timedelta(9)
)
Cells = Mapping[str, Any]


def known(*check_ins: CheckIn) -> Known:
    reports = [OLD, *check_ins]
    scores = [Score(programme="p", key="", key_result="kr-s", scored_on=TODAY, value=Decimal("0.9"))]
    standings = key_result_standings(RESULTS, [OBJECTIVE], [CYCLE], reports, scores, TODAY)
    return Known(PROGRAMME, standings, reports, impediment_standings([IMPEDIMENT], [], [], TODAY), TODAY)


def top_of(sheet: Worksheet, lang: Language) -> int:
    first = headings(lang)["key_result"]
    return next(row for row in range(1, 20) if sheet.cell(row, 1).value == first)


def filled(rows: Mapping[int, Cells], lang: Language = "de", stock: Known | None = None) -> bytes:
    """The list as handed out, with cells filled by the number of their row (from 0)."""
    stock = stock or known()
    book = load_workbook(io.BytesIO(check_in_workbook(stock.standings, stock, lang)))
    sheet = book.active
    top, places = top_of(sheet, lang), {name: place for place, name in enumerate(headings(lang), 1)}
    for row, cells in rows.items():
        for name, value in cells.items():
            cell = sheet.cell(top + 1 + row, places[name])
            cell.value = value
            if isinstance(value, str) and not value.startswith("=SUM"):
                cell.data_type = "s"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def upload(content: bytes, stock: Known | None = None, lang: Language = "de") -> CheckInUpload:
    return read_check_ins(("liste.xlsx", content), stock or known(), new_keys("H", ["H-01"]), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2024, 11, 22), 1234.56),
        (45618, "1.234,56"),
        ("22.11.2024", "1 234,56"),
        ("2024-11-22", Decimal("1234.56")),
    ],
)
def test_a_filled_list_is_read_as_it_was_meant(lang: Language, day: Any, value: Any) -> None:
    row = {"reported_on": day, "value": value, "confidence": 7, "forecast": "4.500,5", "comment": "=1+1 für Übermut"}
    found = upload(filled({0: row, 1: {"zone": Zone.TARGET.label(lang), "confidence": 10}}, lang))
    assert not found.problems
    assert found.skipped == 2
    first, second = (one.check_in for one in found.rows)
    assert (first.key_result, first.reported_on, first.value) == ("kr-a", date(2024, 11, 22), Decimal("1234.56"))
    assert (first.confidence, first.forecast, first.comment) == (7, Decimal("4500.5"), "=1+1 für Übermut")
    assert (second.zone, second.reported_on, second.number) == (Zone.TARGET, TODAY, None)
    assert {record.demo for record in found.records} == {True}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_shows_what_is_known_and_opens_only_what_is_asked(lang: Language) -> None:
    sheet = load_workbook(io.BytesIO(check_in_workbook(known().standings, known(), lang))).active
    top = top_of(sheet, lang)
    columns = {name: sheet.cell(top + 1, place) for place, name in enumerate(headings(lang), 1)}
    assert columns["objective"].value == "=HYPERLINK(1)"
    assert columns["title"].value == "=1+1 Bürgerämter"
    assert "1.234,56" in columns["last"].value if lang == "de" else "1,234.56" in columns["last"].value
    assert columns["reported_on"].value.date() == TODAY
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "d", "n"}
    assert columns["title"].quotePrefix
    assert sheet.protection.sheet
    closed = {name for name, cell in columns.items() if cell.protection.locked}
    assert closed == {"key_result", "objective", "title", "unit", "last", "target", "zone"}
    assert columns["title"].fill.start_color.rgb != columns["value"].fill.start_color.rgb
    assert {rule.type for rule in sheet.data_validations.dataValidation} == {"list", "whole", "decimal", "date"}
    assert sheet.oddHeader.center.text == words(lang)("exchange.guide_demo")


def test_a_second_one_of_a_day_is_a_correction_unless_it_has_a_number() -> None:
    before = OLD.model_copy(update={"key": f"kr-a/{TODAY}", "reported_on": TODAY})
    stock = known(before)
    rows = {0: {"value": 7, "confidence": 8}}
    [corrected] = upload(filled(rows, stock=stock), stock).rows
    assert corrected.before == before
    assert corrected.check_in == before.model_copy(update={"value": Decimal(7), "confidence": 8})
    [further] = upload(filled({0: {**rows[0], "number": 2}}, stock=stock), stock).rows
    assert (further.before, further.check_in.number, further.check_in.forecast) == (None, 2, None)


def test_two_of_a_day_in_one_list() -> None:
    first = {"value": 7, "confidence": 8}
    second = {"key_result": "kr-a", "reported_on": TODAY, "number": 2, "value": 9, "confidence": 9}
    assert [one.check_in.number for one in upload(filled({0: first, 4: second})).rows] == [None, 2]


def test_a_low_confidence_names_an_open_impediment_or_a_new_one() -> None:
    low = {"value": 7, "confidence": 3}
    found = upload(filled({0: {**low, "impediment": "H-01 · Stellen fehlen"}}))
    assert not found.problems
    assert [(item.impediment, item.subject) for item in found.records if isinstance(item, Blockage)] == [
        ("H-01", "kr-a")
    ]
    new = {"new_title": "=cmd|Übergabe", "new_kind": "Ressourcen", "new_next_step": "fragen", "new_due": "01.12.2024"}
    [made] = [item for item in upload(filled({0: {**low, **new}})).records if isinstance(item, Impediment)]
    assert (made.key, made.title, made.blocks, made.owner_role) == ("H-02", "=cmd|Übergabe", "kr-a", "Leitung")
    assert (made.raised_on, made.due, made.demo) == (TODAY, date(2024, 12, 1), True)


GOOD = {"value": 7, "confidence": 8}
NEW = {"new_title": "X", "new_kind": "Ressourcen", "new_next_step": "fragen", "new_due": date(2024, 12, 1)}


@pytest.mark.parametrize(
    ("row", "cells", "column", "message"),
    [
        (0, {**GOOD, "key_result": "kr-x"}, "key_result", "check_in_bulk.unknown_key_result"),
        (0, {**GOOD, "value": "viel"}, "value", "exchange.not_a_number"),
        (0, {**GOOD, "value": "1.234"}, "value", "exchange.ambiguous_number"),
        (0, {**GOOD, "value": 1.23456}, "value", "exchange.too_many_decimals"),
        (0, {**GOOD, "value": "=SUM(A1:A2)"}, "value", "exchange.formula_without_value"),
        (0, {"confidence": 8}, "value", "check_in.value_needed"),
        (0, {"value": 7}, "confidence", "check_in.confidence_needed"),
        (0, {**GOOD, "confidence": 11}, "confidence", "exchange.at_most"),
        (0, {**GOOD, "confidence": -1}, "confidence", "exchange.at_least"),
        (0, {**GOOD, "confidence": 6.5}, "confidence", "exchange.not_whole"),
        (0, {**GOOD, "reported_on": date(2024, 9, 30)}, "reported_on", "check_in.day_outside"),
        (0, {**GOOD, "reported_on": date(2024, 11, 26)}, "reported_on", "check_in.day_outside"),
        (0, {**GOOD, "reported_on": None}, "reported_on", "exchange.required"),
        (0, {**GOOD, "reported_on": "31.11.2024"}, "reported_on", "exchange.no_such_day"),
        (0, {"zone": "Ziel", "confidence": 8}, "zone", "check_in.no_zone"),
        (0, {**GOOD, "zone": "Ziel"}, "zone", "exchange.value_and_zone"),
        (0, {**GOOD, "number": 2}, "number", "check_in_bulk.number_gap"),
        (0, {**GOOD, "number": 1}, "number", "exchange.at_least"),
        (0, {**GOOD, "confidence": 3}, "impediment", "check_in.impediment_needed"),
        (0, {**GOOD, "impediment": "H-07"}, "impediment", "check_in_bulk.unknown_impediment"),
        (0, {**GOOD, **NEW, "impediment": "H-01"}, "impediment", "check_in_bulk.two_impediments"),
        (0, {**GOOD, **NEW, "new_due": None}, "new_due", "check_in.step_needed"),
        (0, {**GOOD, **NEW, "new_next_step": None}, "new_next_step", "check_in.step_needed"),
        (0, {**GOOD, **NEW, "new_kind": "Wetter"}, "new_kind", "exchange.unknown_choice"),
        (0, {**GOOD, **NEW, "new_title": None}, "new_title", "exchange.required"),
        (1, {"confidence": 8}, "zone", "check_in.zone_needed"),
        (1, {"zone": "mittel", "confidence": 8}, "zone", "exchange.unknown_choice"),
        (1, {**GOOD, "zone": None}, "zone", "check_in.zone_needed"),
        (2, GOOD, "value", "check_in.no_value"),
        (3, GOOD, "key_result", "check_in.scored"),
        (4, {**GOOD, "key_result": "kr-a", "reported_on": TODAY}, "key_result", "check_in_bulk.twice"),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_wrong_is_named_with_its_place(
    row: int, cells: Cells, column: str, message: str, lang: Language
) -> None:
    other = {2: {"confidence": 9}} if row != 4 else {0: GOOD}
    content = filled({**other, row: cells}, "de")
    found = upload(content, lang=lang)
    [problem] = found.problems
    top = top_of(load_workbook(io.BytesIO(content)).active, "de")
    assert (problem.message, problem.column, problem.row) == (message, headings("de")[column], top + 1 + row)
    assert (problem.file, problem.sheet) == ("liste.xlsx", "Check-ins")
    assert problem.text(words(lang))
    assert not found.records
    assert not found.rows


def test_every_fault_of_a_list_is_named_at_once() -> None:
    found = upload(filled({0: {"value": "viel", "confidence": 11}, 1: {"confidence": 8}, 3: GOOD}))
    assert [problem.message for problem in found.problems] == [
        "exchange.not_a_number",
        "exchange.at_most",
        "check_in.zone_needed",
        "check_in.scored",
    ]


def test_headings_that_are_unknown_twice_or_missing() -> None:
    book = load_workbook(io.BytesIO(filled({0: {**GOOD, **NEW}})))
    sheet = book.active
    top, places = top_of(sheet, "de"), list(headings("de"))
    sheet.cell(top, places.index("new_kind") + 1).value = "Notiz"
    sheet.cell(top, places.index("comment") + 1).value = headings("en")["confidence"]
    content = io.BytesIO()
    book.save(content)
    found = [(problem.message, problem.column) for problem in upload(content.getvalue()).problems]
    assert sorted(found) == [
        ("check_in_bulk.column_missing", headings("de")["new_kind"]),
        ("check_in_bulk.unknown_column", "Notiz"),
        ("exchange.heading_twice", "Confidence"),
    ]


def test_a_file_without_a_list_and_one_with_two() -> None:
    [none] = upload(b"Name;Ort\nA;B\n").problems
    assert none.message == "exchange.renamed_text"
    book = load_workbook(io.BytesIO(filled({})))
    book.copy_worksheet(book["Check-ins"])
    content = io.BytesIO()
    book.save(content)
    assert [item.message for item in upload(content.getvalue()).problems] == ["check_in_bulk.several_lists"]
    other = book["Check-ins"]
    book.remove(book["Check-ins Copy"])
    other.cell(top_of(other, "de"), 1).value = "Was"
    content = io.BytesIO()
    book.save(content)
    [problem] = upload(content.getvalue()).problems
    assert problem.message == "check_in_bulk.no_list"
    assert headings("de")["confidence"] in problem.text(words("de"))


def test_a_list_without_any_entry_stores_nothing() -> None:
    found = upload(filled({}))
    assert (found.skipped, found.rows, found.records, found.problems) == (4, (), (), ())
