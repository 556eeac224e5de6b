from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from smartdash.exchange.list_workbook import PrintedList, list_workbook

ROWS = [
    ("=1+1", date(2026, 8, 1), 14, None),
    ("-5 Grad im Büro", None, 0, "#N/A"),
    ("Zeile 1\nZeile 2", date(2026, 8, 2), None, "_x0041_"),
]


@pytest.mark.parametrize("demo", [False, True])
def test_a_list_keeps_its_values_and_runs_no_formula(demo: bool) -> None:
    listed = PrintedList(
        "Antworten auf Beiträge der Öffentlichkeit", "Titel", ["=Satz"], ["A", "B", "C", "D"], ROWS, demo
    )
    book = load_workbook(io.BytesIO(list_workbook(listed, "de")))
    sheet = book.active
    values = [list(row) for row in sheet.iter_rows(values_only=True)]
    top = next(index for index, row in enumerate(values) if row[:4] == ["A", "B", "C", "D"])
    assert values[0][0] == "Titel"
    assert values[1][0] == "=Satz"
    assert [row[0] for row in values[top + 1 :]] == [row[0] for row in ROWS]
    assert [row[1].date() if row[1] else None for row in values[top + 1 :]] == [row[1] for row in ROWS]
    assert [row[2] for row in values[top + 1 :]] == [14, 0, None]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "d", "n"}
    assert sheet.cell(top + 2, 1).quotePrefix
    marks = [row[4] for row in values[top:]] if demo else []
    assert marks == (["Demo"] * 4 if demo else [])
    assert ("Demo – fiktive Daten" in [row[0] for row in values]) is demo
    assert (sheet.oddHeader.center.text == "Demo – fiktive Daten") is demo
    assert sheet.title == "Antworten auf Beiträge der Öffe"


def test_an_empty_list_still_has_its_headings() -> None:
    sheet = load_workbook(io.BytesIO(list_workbook(PrintedList("L", "T", [], ["A"], [], False), "en"))).active
    assert [cell.value for row in sheet.iter_rows() for cell in row if cell.value] == ["T", "A"]
