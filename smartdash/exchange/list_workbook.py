"""A list as a workbook for readers: a title, where it comes from, headings and rows; it is not read back."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter

from smartdash.exchange import looks
from smartdash.exchange.cell_contents import workbook_text
from smartdash.locale import Language, words

_NARROW, _WIDE = 16, 48
_LONG = 30
"""A column with a text longer than this is wide."""
_SHEET_NAME = 31


@dataclass(frozen=True, slots=True)
class PrintedList:
    """A list to hand out: its name, title, the lines below the title, headings, and rows of plain values."""

    name: str
    title: str
    facts: Sequence[str]
    headings: Sequence[str]
    rows: Sequence[Sequence[str | date | Decimal | int | None]]
    demo: bool


def list_workbook(listed: PrintedList, lang: Language) -> bytes:
    """Return a workbook of one sheet; text stays text, also where it begins like a formula.

    Fictional data carries the demo mark above the list, in a column of its own and on every printed page.

    Raises:
        ValueError: a text is longer than a cell can hold.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = listed.name[:_SHEET_NAME]
    demo = words(lang)("exchange.guide_demo")
    write_cell(sheet.cell(1, 1), listed.title).font = looks.TITLE_FONT
    for place, fact in enumerate(listed.facts, 2):
        write_cell(sheet.cell(place, 1), fact)
    top = len(listed.facts) + 3
    if listed.demo:
        write_cell(sheet.cell(top - 1, 1), demo).font = looks.DEMO_FONT
        top += 1
    headings = [*listed.headings, "Demo"] if listed.demo else listed.headings
    for place, heading in enumerate(headings, 1):
        looks.as_heading(write_cell(sheet.cell(top, place), heading))
        longest = max((len(str(row[place - 1] or "")) for row in listed.rows if place <= len(row)), default=0)
        sheet.column_dimensions[get_column_letter(place)].width = _WIDE if longest > _LONG else _NARROW
    for index, row in enumerate(listed.rows, top + 1):
        for place, value in enumerate([*row, "Demo"] if listed.demo else row, 1):
            if value is not None:
                write_cell(sheet.cell(index, place), value).alignment = looks.WRAPPED
    sheet.freeze_panes = sheet.cell(top + 1, 1)
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(headings))}{top + max(len(listed.rows), 1)}"
    looks.print_setup(sheet, lang, listed.demo, repeat_heading=False)
    sheet.print_title_rows = f"{top}:{top}"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def write_cell(cell: Cell, value: Any) -> Cell:
    """Fill a cell; a text that begins like a formula is marked as text, as a user's apostrophe would."""
    cell.value = workbook_text(cell.coordinate, value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl takes "=…" for a formula and "#N/A" for an error
        cell.number_format = "@"
        cell.quotePrefix = value.startswith(looks.FORMULA_STARTS)
    elif isinstance(value, date):
        cell.number_format = "dd.mm.yyyy"
    return cell
