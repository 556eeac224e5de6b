from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from exchange_helpers import messages, only, read_sheets, workbook, zipped
from openpyxl import load_workbook

from smartdash.exchange import read
from smartdash.exchange.names import match_headings, plain
from smartdash.locale import words
from smartdash.model import RECORDS
from smartdash.model.declare import fields

HEADINGS = ["Schlüssel", "Titel", "Termin (Plan)"]
ROW = ["m-1", "Start", "31.12.2024"]


@pytest.mark.parametrize(
    "name", ["Meilensteine", "MEILENSTEINE", "Milestones", "milestone", " Milestone ", "Meilen-Steine"]
)
def test_a_sheet_may_be_named_in_either_language(name: str) -> None:
    assert len(read_sheets({name: [HEADINGS, ROW]}).records["milestone"]) == 1


@pytest.mark.parametrize("name", ["Beiträge", "Beitraege", "BEITRÄGE", "Beitra\u0308ge"])
def test_umlauts_may_be_spelled_out_or_decomposed(name: str) -> None:
    assert plain(name) == plain("Beiträge")


def test_names_of_sheets_mean_one_record_type_each() -> None:
    meanings: dict[str, set[str]] = {}
    for name, record in RECORDS.items():
        for label in (record.sheet.de, record.sheet.en, name):
            meanings.setdefault(plain(label), set()).add(name)
            assert len(label) <= 31
    assert all(len(names) == 1 for names in meanings.values()), meanings


@pytest.mark.parametrize("record", RECORDS.values(), ids=lambda record: record.sheet.name)
@pytest.mark.parametrize("spelling", ["de", "en", "name", "de_star", "en_unit"])
def test_every_heading_is_understood_in_every_spelling(record: Any, spelling: str) -> None:
    spell: Callable[[Any], str] = {
        "de": lambda one: one.column.de,
        "en": lambda one: one.column.en,
        "name": lambda one: one.name,
        "de_star": lambda one: f"{one.column.de.upper()} *",
        "en_unit": lambda one: f"{one.column.en} ({one.column.unit or ' '})",
    }[spelling]
    declared = fields(record)
    assert match_headings(record, [spell(one) for one in declared]) == list(declared)


def test_a_word_with_two_meanings_is_read_as_the_other_headings_are() -> None:
    record = RECORDS["strategy_element"]
    english = match_headings(record, ["Key", "Title", "Level", "Unit"])
    named = match_headings(record, ["key", "title", "level", "unit"])
    assert english[3] is not None
    assert named[3] is not None
    assert (english[3].name, named[3].name) == ("measured_in", "unit")


@pytest.mark.parametrize(
    ("sheets", "message", "row", "column", "nearest"),
    [
        ({"Meilenstene": [HEADINGS, ROW]}, "unknown_sheet_near", None, "", "Meilensteine"),
        ({"Xyz": [["a"], ["b"]]}, "unknown_sheet", None, "", None),
        ({"Meilensteine": [[*HEADINGS, "Errreicht am"], ROW]}, "unknown_column_near", 1, "Errreicht am", "Erreicht am"),
        ({"Meilensteine": [[*HEADINGS, "Xyz"], ROW]}, "unknown_column", 1, "Xyz", None),
        ({"Meilensteine": [[*HEADINGS, "Title"], [*ROW, "x"]]}, "heading_twice", 1, "Title", None),
        ({"Meilensteine": [[*HEADINGS, ""], [*ROW, "x"]]}, "heading_missing", 1, "D", None),
        ({"Meilensteine": [[HEADINGS[0], HEADINGS[2]], [ROW[0], ROW[2]]]}, "missing_column", 1, "", None),
        ({"Meilensteine": [["Unsere Liste"], HEADINGS, ROW]}, "no_heading", 1, "", None),
        ({"Meilensteine": [HEADINGS, ROW], "Milestones": [HEADINGS, ROW]}, "sheet_twice", None, "", None),
        ({}, "nothing_in_it", None, "", None),
    ],
)
def test_what_is_wrong_with_a_sheet(
    sheets: dict[str, Any], message: str, row: int | None, column: str, nearest: str | None
) -> None:
    problem = only(read_sheets(sheets or {"Anleitung": [["nur Text"]]}))
    assert (problem.message, problem.row, problem.column) == (f"exchange.{message}", row, column)
    assert problem.values.get("nearest") == nearest


def test_sheets_that_are_no_data_are_passed_over() -> None:
    reading = read_sheets(
        {
            "Anleitung": [["Lies mich"]],
            "Example": [["Key"], ["k"]],
            "_Notizen": [["irgendwas"]],
            "Tabelle1": [],
            "Meilensteine": [[], HEADINGS, [], ROW, ["", "  ", None], []],
        }
    )
    assert not reading.problems
    assert [row.key for row in reading.records["milestone"]] == ["m-1"]


def test_rows_are_counted_as_the_spreadsheet_does() -> None:
    problem = only(read_sheets({"Meilensteine": [[], HEADINGS, [], ROW, [], ["m-2", "Ende", "31.02.2025"]]}))
    assert (problem.sheet, problem.row, problem.column, problem.value) == (
        "Meilensteine",
        6,
        "Termin (Plan)",
        "31.02.2025",
    )
    assert problem.place(words("de")) == "liste.xlsx › Meilensteine › Zeile 6 › Termin (Plan)"
    assert problem.place(words("en")) == "liste.xlsx › Meilensteine › row 6 › Termin (Plan)"


def merged(where: str) -> bytes:
    book = load_workbook(io.BytesIO(workbook({"Meilensteine": [HEADINGS, ROW, ["m-2", "x", "1.1.2024"]]})))
    book["Meilensteine"].merge_cells(where)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_merged_headings_are_refused() -> None:
    assert messages(read(("m.xlsx", merged("A1:B1")), programme="muster")) == ["merged_heading"]


@pytest.mark.parametrize(
    ("formula", "message"),
    [("=1+1", "formula_without_value"), ("#REF!", "error_cell"), ("#N/A", "error_cell")],
)
def test_cells_without_a_usable_value_are_named(formula: str, message: str) -> None:
    content = workbook({"Meilensteine": [HEADINGS, ROW, ["m-2", formula, "1.1.2024"], ["m-3", "gut", "1.1.2024"]]})
    problem = only(read(("m.xlsx", content), programme="muster"))
    assert (problem.message, problem.row, problem.column) == (f"exchange.{message}", 3, "Titel")
    if message == "error_cell":
        assert formula in problem.text(words("de"))


def test_a_fault_in_a_column_nobody_reads_is_no_problem() -> None:
    content = workbook({"Meilensteine": [HEADINGS, [*ROW, None, "=1+1"]]})
    assert not read(("m.xlsx", content), programme="muster").problems


SOURCES = [["Schlüssel", "Titel"], ["q-1", "Quelle"]]
PROGRAMME = ["Schlüssel", "Titel", "Name der Kommune"]


@pytest.mark.parametrize(
    ("sheets", "given", "expected"),
    [
        ({"Programm": [PROGRAMME, ["muster", "M", "M"]]}, None, "muster"),
        ({"Programm": [PROGRAMME, ["muster", "M", "M"]]}, "muster", "muster"),
        ({"Programm": [PROGRAMME]}, "muster", "muster"),
        ({}, "reference", "reference"),
        ({}, None, "no_programme"),
        ({}, "Muster Stadt", "bad_programme_key"),
        ({"Programm": [PROGRAMME, ["muster", "M", "M"]]}, "anders", "other_programme"),
        ({"Programm": [PROGRAMME, ["Muster", "M", "M"]]}, None, "bad_programme_key"),
        ({"Programm": [PROGRAMME, ["a", "M", "M"], ["b", "M", "M"]]}, None, "one_programme"),
        ({"Programm": [PROGRAMME, ["", "M", "M"]]}, None, "required"),
        ({"Meilensteine": [HEADINGS, ROW]}, "reference", "not_shared"),
    ],
)
def test_which_programme_a_file_belongs_to(sheets: dict[str, Any], given: str | None, expected: str) -> None:
    reading = read_sheets({"Quellen": SOURCES, **sheets}, programme=given)
    if reading.problems:
        assert messages(reading) == [expected]
    else:
        assert reading.programme == expected
        assert {row.programme for rows in reading.records.values() for row in rows} == {expected}


def test_one_wrong_cell_keeps_everything_out_and_all_faults_are_listed() -> None:
    reading = read(
        (
            "daten.zip",
            zipped(
                {
                    "Meilensteine.csv": "Schlüssel;Titel;Termin (Plan)\nm-1;a;1.1.24\nm-2;;1.1.2024\n",
                    "phase.csv": "key;title;parent\np-1;ok;p-9\n",
                    "xyz.csv": "a\nb\n",
                }
            ),
        )
    )
    assert not reading.records
    assert sorted(messages(reading)) == ["no_programme", "required", "short_year", "unknown_sheet"]


def test_a_long_list_of_faults_is_cut_and_says_how_many_are_left() -> None:
    rows = [[f"m-{index}", "x", "bald"] for index in range(300)] + [["m-x", "", "1.1.2024"]]
    reading = read_sheets({"Meilensteine": [HEADINGS, *rows]})
    assert messages(reading) == ["not_a_date"] * 20 + ["required", "more"]
    assert "280" in reading.problems[-1].text(words("de"))
