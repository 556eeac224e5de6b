"""How our worksheets look and print: colours from the tokens, formats by kind, A4 landscape, the demo mark."""

from __future__ import annotations

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from smartdash.charts.tokens import LIGHT
from smartdash.locale import Language, words
from smartdash.model.declare import Day, DeclaredField, Money, Number, Pick, Reference, Text, Whole

_HEADING_FILL = PatternFill("solid", start_color=LIGHT.brand[1:])
_HEADING_FONT = Font(name="Calibri", bold=True, color=LIGHT.background[1:])
_HEADING_PLACE = Alignment(wrap_text=True, vertical="center")
TITLE_FONT = Font(name="Calibri", bold=True, size=16, color=LIGHT.brand[1:])
SECTION_FONT = Font(name="Calibri", bold=True, size=12, color=LIGHT.brand[1:])
DEMO_FONT = Font(name="Calibri", bold=True, size=12, color=LIGHT.crit[1:])
WRAPPED = Alignment(wrap_text=True, vertical="top")
TOP = Alignment(vertical="top")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What begins with one of these, a spreadsheet may take for a formula."""


def as_heading(cell: Cell) -> None:
    """Give a cell the look of a column's heading."""
    cell.fill, cell.font, cell.alignment = _HEADING_FILL, _HEADING_FONT, _HEADING_PLACE


def number_format(one: DeclaredField) -> str:
    """Return the number format of a column; text columns stay text whatever is typed."""
    if isinstance(one.column, Money):
        return '#,##0.00\\ "€"'
    if isinstance(one.column, Day):
        return "dd.mm.yyyy"
    if isinstance(one.column, Whole):
        return "0"
    if isinstance(one.column, Number):
        return "General"
    return "@"


def width(one: DeclaredField) -> float:
    """Return the width of a column in characters."""
    if isinstance(one.column, Text):
        long = {"key": 20, "title": 40}.get(one.name, 24)
        return 60 if one.column.long else long
    return 20 if isinstance(one.column, Pick | Reference) else 16


def print_setup(sheet: Worksheet, lang: Language, demo: bool, *, repeat_heading: bool) -> None:
    """Set A4 landscape one page wide, with page numbers and, for fictional data, the demo mark on every page."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if repeat_heading:
        sheet.print_title_rows = "1:1"
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.right.text = "&P / &N"
    if demo:
        sheet.oddHeader.center.text = words(lang)("exchange.guide_demo")
        sheet.oddFooter.center.text = words(lang)("exchange.guide_demo")
