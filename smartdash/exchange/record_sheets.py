"""One worksheet per record type: headings with help, typed cells, formats."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from smartdash.exchange import looks
from smartdash.exchange.cell_contents import workbook_content
from smartdash.exchange.dictionary import kind
from smartdash.exchange.selection import must_be_filled
from smartdash.locale import Language
from smartdash.model.declare import DeclaredField, Record, Text, fields


def add_sheet(book: Workbook, record: type[Record], rows: Sequence[Record], lang: Language, *, demo: bool) -> Worksheet:
    """Add the worksheet of a record type with its rows; without rows it is ready to be filled."""
    sheet = book.create_sheet(record.sheet.label(lang))
    declared = fields(record)
    write_headings(sheet, 1, record, lang, help_texts=True)
    for place, one in enumerate(declared, 1):
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width = looks.width(one)
        column.number_format = looks.number_format(one)
    write_rows(sheet, 2, record, rows, lang)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(declared))}{max(2, len(rows) + 1)}"
    looks.print_setup(sheet, lang, demo, repeat_heading=True)
    return sheet


def write_headings(sheet: Worksheet, row: int, record: type[Record], lang: Language, *, help_texts: bool) -> None:
    """Write the headings of a record type; those that must be filled carry a star."""
    for place, one in enumerate(fields(record), 1):
        cell = sheet.cell(row, place, _heading(record, one, lang))
        looks.as_heading(cell)
        if help_texts:
            text = "\n".join(part for part in (one.column.help(lang), kind(one, lang)) if part)
            cell.comment = Comment(text, "smartdash", height=90, width=260)


def _heading(record: type[Record], one: DeclaredField, lang: Language) -> str:
    unit = f" ({one.column.unit})" if one.column.unit else ""
    return f"{one.column.label(lang)}{unit}{' *' if must_be_filled(record, one) else ''}"


def write_rows(sheet: Worksheet, first: int, record: type[Record], rows: Sequence[Record], lang: Language) -> None:
    """Write the rows of a record type from row `first` on; text that begins like a formula stays text."""
    for place, one in enumerate(fields(record), 1):
        styles = _styles(sheet, one)
        for index, row in enumerate(rows, first):
            content = workbook_content(one, getattr(row, one.name), lang)
            if content is None:
                continue
            cell = sheet.cell(index, place, content)
            if isinstance(content, str):
                cell.data_type = "s"  # openpyxl takes "=…" for a formula and "#N/A" for an error
            cell._style = copy(styles[_style(content)])


def _style(content: Any) -> str:
    if isinstance(content, str):
        return "quoted" if content.startswith(looks.FORMULA_STARTS) else "text"
    return "typed"


def _styles(sheet: Worksheet, one: DeclaredField) -> dict[str, Any]:
    """The few cell styles of a column, made once; setting each property on each cell takes ten times as long."""
    model = Cell(sheet)
    model.alignment = looks.WRAPPED if isinstance(one.column, Text) and one.column.long else looks.TOP
    model.number_format = looks.number_format(one)
    typed = copy(model._style)
    model.number_format = "@"
    text = copy(model._style)
    model.quotePrefix = True
    return {"typed": typed, "text": text, "quoted": copy(model._style)}
