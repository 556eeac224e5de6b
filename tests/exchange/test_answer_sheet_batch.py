"""Many answer sheets at once: what is refused and where, hostile files, and what is stored or nothing."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from survey_forms import ASKED, FORM, MODEL, ROW, filled, form, response, saved

from smartdash.exchange.answer_sheet import SurveyForm, understood_answer
from smartdash.exchange.answer_sheet_batch import (
    origin_of,
    read_answer_sheets,
    sheet_archive,
    sheet_name,
    taken_together,
)
from smartdash.exchange.answer_sheet_reading import read_answer_sheet
from smartdash.exchange.answer_sheet_safety import LARGEST
from smartdash.exchange.problems import Fault, Problem
from smartdash.locale import LANGUAGES, words
from smartdash.model.surveys import ResponseState

LEVEL_2 = {"A1": {"state": "2 · Begonnen"}}


def problems(content: bytes, survey: SurveyForm = FORM, name: str = "bogen.xlsx") -> tuple[Problem, ...]:
    reading = read_answer_sheet((name, content), survey, "de")
    assert not reading.responses
    assert bool(reading.problems) == all(
        len(one.text(words(lang))) > 20 for one in reading.problems for lang in LANGUAGES
    )
    return reading.problems


@pytest.mark.parametrize(
    "cell",
    ["4 · Gesteuert", "4", 0, -2, "-2", 2.5, "2.5", "2,5", True, date(2026, 5, 4), "vielleicht", "9" * 400, "=1"],
)
def test_what_is_no_level(cell: Any) -> None:
    with pytest.raises(Fault, match=r"answer_sheet\.no_level") as caught:
        understood_answer(cell, MODEL, ASKED[0])
    assert caught.value.values == {"lowest": "1", "highest": "3"}


@pytest.mark.parametrize("cell", [2, "2", " 2 ", "2 · Begonnen", "2 · Emerging", "2: begonnen", "2 – EMERGING"])
def test_what_is_a_level(cell: Any) -> None:
    assert understood_answer(cell, MODEL, ASKED[0]) == (ResponseState.ANSWERED, 2)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            {
                "A1": {"state": "2 · Geregelt", "effort": "riesig", "evidence_date": "gestern", "comment": True},
                "A2": {"state": "nicht zutreffend", "target_level": "weiß nicht"},
                "B1": {"state": 2, "value": 3, "evidence": "x" * 301},
                "B2": {"state": "2 · Begonnen", "value": "viel"},
            },
            [
                ("A1", "Antwort", "answer_sheet.other_name"),
                ("A1", "Aufwand für eine Stufe mehr", "exchange.unknown_choice"),
                ("A1", "Datum des Nachweises", "exchange.not_a_date"),
                ("A1", "Kommentar", "exchange.flag_in_text"),
                ("A2", "Antwort", "answer_sheet.must_apply"),
                ("A2", "Zielstufe", "answer_sheet.no_level"),
                ("B1", "Antwort", "answer_sheet.no_value"),
                ("B1", "Nachweis", "exchange.too_long"),
                ("B2", "Antwort", "answer_sheet.wants_value"),
                ("B2", "Wert", "exchange.not_a_number"),
            ],
        ),
        (
            {
                "A1": {"state": "=SUM(1,1)"},
                "A2": {"state": 2, "criterion": "X9"},
                "B2": {"state": "weiß nicht", "value": 3},
            },
            [
                ("A1", "Antwort", "exchange.formula_without_value"),
                ("A2", "Kriterium", "answer_sheet.unknown_criterion"),
                ("B2", "Antwort", "answer_sheet.value_and_answer"),
            ],
        ),
        (
            {"A2": {"criterion": "A1"}, "B2": {"value": "1.234"}},
            [
                ("A2", "Kriterium", "answer_sheet.criterion_twice"),
                ("B2", "Wert", "exchange.ambiguous_number"),
            ],
        ),
        ({"B2": {"value": "1,23456"}}, [("B2", "Wert", "exchange.too_many_decimals")]),
    ],
)
def test_every_wrong_cell_is_named_with_its_place(cells: Any, expected: list[tuple[str, str, str]]) -> None:
    found = [one for one in problems(filled(cells)) if one.message != "answer_sheet.criterion_missing"]
    assert {(one.file, one.sheet) for one in found} == {("bogen.xlsx", "Antworten")}
    assert {(one.row, one.column, one.message) for one in found} == {
        (ROW[criterion], column, message) for criterion, column, message in expected
    }
    assert [one.row for one in found] == sorted(one.row or 0 for one in found)


def test_the_day_lies_within_the_survey() -> None:
    for on in (date(2026, 5, 3), date(2026, 5, 21)):
        [found] = problems(filled(LEVEL_2, on=on))
        assert (found.message, found.column) == ("answer_sheet.day_outside", "Ausgefüllt am")
    [found] = problems(filled(LEVEL_2, on="morgen"))
    assert (found.row, found.column, found.message) == (10, "Ausgefüllt am", "exchange.not_a_date")


def test_a_sheet_of_something_else_is_refused_in_words() -> None:
    book = load_workbook(io.BytesIO(filled(LEVEL_2)))
    for row, value, message in (
        (5, "2025", "answer_sheet.other_wave"),
        (6, "bau", "answer_sheet.other_unit"),
        (7, "xxxx-xxxx", "answer_sheet.unknown_respondent"),
        (8, "ozg", "answer_sheet.other_model"),
        (9, "0.2", "answer_sheet.other_version"),
        (9, None, "answer_sheet.no_cover"),
    ):
        cell = book.worksheets[0].cell(row, 2)
        before, cell.value = cell.value, value
        [found] = problems(saved(book))
        assert (found.message, found.value) == (message, value or "")
        cell.value = before


def test_a_deleted_row_is_not_taken_for_an_empty_one() -> None:
    book = load_workbook(io.BytesIO(filled(LEVEL_2)))
    book.worksheets[1].cell(ROW["A2"], 1).value = None
    [found] = problems(saved(book))
    assert (found.message, found.values["criterion"]) == ("answer_sheet.criterion_missing", "A2")


def zipped(**files: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in files.items():
            archive.writestr(name.replace("__", "/").replace("_x", ".x").replace("_e", ".e"), inside)
    return content.getvalue()


def other_workbook() -> bytes:
    book = Workbook()
    book.active.append(["Kriterium", "Antwort"])
    return saved(book)


def far_away(place: bytes, claimed: bytes) -> bytes:
    """A workbook whose last cell lies far away, whatever area it claims."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(other_workbook())) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            data = re.sub(rb"<dimension[^>]*/>", claimed, old.read(name))
            new.writestr(name, data.replace(b'r="B1"', place))
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("leer.xlsx", b"", "exchange.empty_file"),
        ("text.xlsx", b"Antwort;2", "exchange.renamed_text"),
        ("kaputt.xlsx", b"PK\x03\x04" + b"\x00" * 200, "exchange.damaged_zip"),
        ("brief.pdf", b"%PDF-1.7", "exchange.wrong_kind"),
        ("anderes.xlsx", other_workbook(), "answer_sheet.no_cover"),
        ("alt.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "answer_sheet.not_xlsx"),
        ("tabelle.ods", zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "answer_sheet.not_xlsx"),
        ("weit.xlsx", far_away(b'r="XFD1048576"', b""), "answer_sheet.far_cell"),
        ("weit.xlsx", far_away(b"r = 'A9999999'", b'<dimension ref="A1:B2"/>'), "answer_sheet.far_cell"),
        ("riesig.xlsx", zipped(xl__workbook_xml=b" " * (LARGEST + 1)), "exchange.too_large_file"),
        ("boegen.zip", zipped(), "answer_sheet.no_sheets"),
        ("boegen.zip", zipped(bogen_exe=b"MZ"), "answer_sheet.strange_file"),
        ("boegen.zip", zipped(**{"..__bogen_xlsx": b""}), "exchange.unsafe_name"),
        ("boegen.zip", zipped(bogen_xlsx=b"Antwort"), "exchange.renamed_text"),
        ("boegen.zip", b"PK\x03\x04 kein Archiv", "exchange.damaged_zip"),
    ],
)
def test_other_and_hostile_files_are_refused(name: str, content: bytes, message: str) -> None:
    [reading] = read_answer_sheets([(name, content)], FORM, "de")
    assert [one.message for one in reading.problems] == [message]
    assert reading.problems[0].file.startswith(name)
    assert taken_together([reading]).problems == reading.problems


def test_a_batch_is_previewed_per_unit() -> None:
    survey = form(response("A1", level=1), response("A2", level=1), response("B1", level=1))
    archive = zipped(it__a_xlsx=filled({"A1": {"state": 2}}, survey=survey))
    uploads = [
        ("boegen.zip", archive),
        ("b.xlsx", filled({"A1": {"state": 3}, "B1": {"state": "nicht zutreffend"}}, whose=1)),
        ("c.xlsx", filled({"A2": {"state": "weiß nicht"}}, whose=2)),
    ]
    readings = read_answer_sheets(uploads, survey, "de")
    assert [one.file for one in readings] == ["boegen.zip › it/a.xlsx", "b.xlsx", "c.xlsx"]
    batch = taken_together(readings)
    bau, it = batch.units
    assert (bau.unit, bau.sheets, bau.new, bau.changed, bau.unchanged) == ("bau", 1, 4, 0, 0)
    assert (it.unit, it.sheets, it.new, it.changed, it.unchanged) == ("it", 2, 5, 1, 2)
    state = ResponseState
    assert bau.states == Counter({state.MISSING: 3, state.DO_NOT_KNOW: 1})
    assert it.states == Counter({state.ANSWERED: 4, state.MISSING: 3, state.NOT_APPLICABLE: 1})
    assert (batch.touched, len(batch.responses), batch.empty) == (10, 12, ())
    assert len({one.key for one in batch.responses}) == 12


def test_one_wrong_file_stores_nothing_unless_it_is_left_out() -> None:
    uploads = [
        ("a.xlsx", filled(LEVEL_2)),
        ("b.xlsx", filled({"A1": {"state": 9}}, whose=1)),
        ("c.xlsx", filled({}, whose=2)),
    ]
    readings = read_answer_sheets(uploads, FORM, "de")
    refused = taken_together(readings)
    assert (refused.responses, [one.file for one in refused.problems]) == ((), ["b.xlsx"])
    batch = taken_together(readings, ["b.xlsx"])
    assert ({one.respondent for one in batch.responses}, batch.empty) == ({"k4tm-x7rp"}, ("c.xlsx",))


def test_the_same_person_twice_is_refused_until_one_is_left_out() -> None:
    uploads = [("a.xlsx", filled(LEVEL_2)), ("a.xlsx", filled({"A1": {"state": 3}}))]
    readings = read_answer_sheets(uploads, FORM, "de")
    [found] = taken_together(readings).problems
    assert (found.file, found.value, found.values["first"]) == ("a.xlsx (2)", "k4tm-x7rp", "a.xlsx")
    assert taken_together(readings, ["a.xlsx"]).responses[0].level == 3


def test_all_sheets_of_a_wave_come_as_one_file_that_can_be_read_again() -> None:
    survey = form(response("A1", level=1))
    content = sheet_archive(survey, FORM.invitations, "en", answered=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == [sheet_name(one) for one in FORM.invitations]
    batch = taken_together(read_answer_sheets([("all.zip", content)], survey, "de"))
    assert ([unit.unit for unit in batch.units], len(batch.empty), batch.problems) == (["it"], 2, ())


def test_the_origin_names_the_file_or_how_many() -> None:
    one, two = ("a.xlsx", b"1"), ("b.xlsx", b"2")
    assert origin_of([one], "2 Bögen").name == "a.xlsx"
    assert origin_of([one, two], "2 Bögen").name == "2 Bögen"
    assert origin_of([one, two], "").sha256 != origin_of([two, one], "").sha256
