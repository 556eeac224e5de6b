"""Writing workbooks: an export that imports back without a difference, and the template to fill in."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date

from openpyxl import Workbook

from smartdash.exchange import looks
from smartdash.exchange.bundle_writing import held, kept_fact, public_fact
from smartdash.exchange.choice_lists import add_validations
from smartdash.exchange.examples import examples
from smartdash.exchange.guide import add_guide
from smartdash.exchange.names import EXAMPLE
from smartdash.exchange.record_sheets import add_sheet, write_headings, write_rows
from smartdash.exchange.selection import record_types
from smartdash.locale import Language, words
from smartdash.locale.numbers import day
from smartdash.model.declare import AREAS, Record
from smartdash.model.shared import Programme

_ROWS_TO_FILL = 1000


def export_workbook(
    records: Mapping[str, Sequence[Record]],
    *,
    programme: Programme,
    lang: Language,
    area: str | None = None,
    public_as_of: date | None = None,
    kept: int = 0,
) -> bytes:
    """Return a workbook with the sheets that hold something, in the order of the record types.

    Args:
        records: The programme's records by type.
        programme: Whose records they are; fictional ones carry the demo mark on every page.
        lang: The language of headings, choices and guide.
        area: Only the sheets of this area, with programme and sources.
        public_as_of: The as-of date of records that are only what the public may see; the guide says so.
        kept: The number of rows that do not leave the house; the guide says so.

    Raises:
        ValueError: There is no such area, or a text is longer than a cell can hold.
    """
    word = words(lang)
    chosen = {record: held(records, record, programme) for record in record_types(area)}
    chosen = {record: rows for record, rows in chosen.items() if rows}
    facts = [
        word("exchange.guide_programme", title=programme.title, key=programme.key),
        word("exchange.guide_exported", day=day(date.today(), lang)),
        *_area_fact(area, lang),
        *public_fact(public_as_of, lang),
        *kept_fact(kept, lang),
    ]
    book = book_of(chosen, lang, demo=programme.demo)
    add_guide(book, "exchange.guide_heading_export", facts, chosen, lang, demo=programme.demo)
    return book_bytes(book)


def template(*, lang: Language, area: str | None = None, programme: str | None = None) -> bytes:
    """Return an empty workbook to fill in, with drop-downs, a guide and a sheet of examples.

    Args:
        lang: The language of headings, choices, guide and examples.
        area: Only the sheets of this area, with programme and sources.
        programme: The key of the programme it is meant for, named in the guide.

    Raises:
        ValueError: There is no such area.
    """
    records = record_types(area)
    facts = [*_area_fact(area, lang)]
    if programme is not None:
        facts.insert(0, words(lang)("exchange.guide_for", key=programme))
    book = book_of(dict.fromkeys(records, ()), lang, demo=False)
    add_guide(book, "exchange.guide_heading_template", facts, records, lang, demo=False)
    _add_examples(book, records, lang)
    return book_bytes(book)


def _area_fact(area: str | None, lang: Language) -> list[str]:
    return [] if area is None else [words(lang)("exchange.guide_area", area=AREAS[area].label(lang))]


def book_of(chosen: Mapping[type[Record], Sequence[Record]], lang: Language, *, demo: bool) -> Workbook:
    """A workbook with a sheet per record type, with drop-downs also for rows that are added."""
    book = Workbook()
    book.remove(book.active)
    sheets = {record.sheet.name: add_sheet(book, record, rows, lang, demo=demo) for record, rows in chosen.items()}
    last_rows = {record.sheet.name: len(rows) + _ROWS_TO_FILL for record, rows in chosen.items()}
    add_validations(book, sheets, lang, last_rows)
    return book


def _add_examples(book: Workbook, records: Sequence[type[Record]], lang: Language) -> None:
    sheet = book.create_sheet(EXAMPLE[lang], len(records) + 1)
    sheet.cell(1, 1, words(lang)("exchange.example_intro")).font = looks.DEMO_FONT
    row = 3
    for record in records:
        rows = examples(lang)[record.sheet.name]
        sheet.cell(row, 1, record.sheet.label(lang)).font = looks.SECTION_FONT
        write_headings(sheet, row + 1, record, lang, help_texts=False)
        write_rows(sheet, row + 2, record, rows, lang)
        row += len(rows) + 4
    for place in range(1, 20):
        sheet.column_dimensions[chr(64 + place)].width = 22
    looks.print_setup(sheet, lang, demo=True, repeat_heading=False)


def book_bytes(book: Workbook) -> bytes:
    """The file that a workbook is saved as."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
