"""The first sheet of a workbook: what the file is, how to fill it in and how to import it."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl import Workbook

from smartdash.exchange import looks
from smartdash.exchange.names import GUIDE
from smartdash.locale import Language, words
from smartdash.model.declare import Record


def add_guide(
    book: Workbook,
    heading: str,
    facts: Iterable[str],
    records: Iterable[type[Record]],
    lang: Language,
    *,
    demo: bool,
    way_in: str = "exchange.guide_import_1",
) -> None:
    """Add the guide sheet; `facts` are lines on what the file holds, `way_in` says where it is imported."""
    word = words(lang)
    sheet = book.create_sheet(GUIDE[lang], 0)
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["B"].width = 90
    lines: list[tuple[str, str]] = [(word(heading), "title")]
    if demo:
        lines.append((word("exchange.guide_demo"), "demo"))
    lines += [(fact, "text") for fact in facts]
    lines += [("", "text"), (word("exchange.guide_fill_heading"), "section")]
    lines += [(word(f"exchange.guide_fill_{step}"), "text") for step in range(1, 5)]
    lines += [("", "text"), (word("exchange.guide_import_heading"), "section")]
    lines += [(word(way_in), "text"), (word("exchange.guide_import_2"), "text")]
    lines += [("", "text"), (word("exchange.guide_sheets_heading"), "section")]
    fonts = {"title": looks.TITLE_FONT, "demo": looks.DEMO_FONT, "section": looks.SECTION_FONT}
    for row, (text, style) in enumerate(lines, 1):
        cell = sheet.cell(row, 1, text or None)
        cell.alignment = looks.WRAPPED
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
        if style in fonts:
            cell.font = fonts[style]
        elif len(text) > 110:
            sheet.row_dimensions[row].height = 15 * (1 + len(text) // 110)
    for row, record in enumerate(records, len(lines) + 1):
        sheet.cell(row, 1, record.sheet.label(lang)).alignment = looks.TOP
        sheet.cell(row, 2, record.sheet.purpose(lang)).alignment = looks.WRAPPED
    sheet.sheet_view.showGridLines = False
    looks.print_setup(sheet, lang, demo, repeat_heading=False)
