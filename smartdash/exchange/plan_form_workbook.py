"""The rows of a plan form as a workbook that looks like the form and can be read again."""

from __future__ import annotations

import io
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from smartdash.exchange import looks
from smartdash.exchange.list_workbook import write_cell
from smartdash.exchange.plan_form import FormPlan
from smartdash.exchange.plan_form_rows import FormRow
from smartdash.exchange.plan_form_words import COMPUTED
from smartdash.locale import Language, words
from smartdash.model.money import StatedSubject

_CODE_WIDTH, _LABEL_WIDTH, _AMOUNT_WIDTH = 14, 60, 17
_BOLD = Font(name="Calibri", bold=True)
_SECTIONS = {
    StatedSubject.COST: ("plan_form.section_cost", "plan_form.heading_cost"),
    StatedSubject.FUNDING: ("plan_form.section_funding", "plan_form.heading_funding"),
    StatedSubject.SHARE: ("plan_form.section_share", ""),
}


def form_workbook(form: FormPlan, programme: str, lang: Language, *, demo: bool) -> bytes:
    """Return a workbook of one sheet in the form's layout; `programme` and the plan's name stand above it.

    Raises:
        ValueError: a text is longer than a cell can hold.
    """
    say = words(lang)
    book = Workbook()
    sheet = book.active
    sheet.title = say("plan_form.sheet")
    write_cell(sheet.cell(1, 1), say("plan_form.workbook_title", plan=form.name)).font = looks.TITLE_FONT
    write_cell(sheet.cell(2, 1), programme)
    if demo:
        write_cell(sheet.cell(3, 1), say("exchange.guide_demo")).font = looks.DEMO_FONT
    place, section = 4, None
    for row in form.rows:
        kind = section if row.kind is StatedSubject.CONTROL else row.kind
        if kind is not section and kind is not None:
            section = kind
            place = _section(sheet, place, form, kind, lang)
        _write(sheet, place, form, row, lang)
        place += 1
    sheet.column_dimensions["A"].width = _CODE_WIDTH
    sheet.column_dimensions["B"].width = _LABEL_WIDTH
    for column in range(3, len(form.years) + 5):
        sheet.column_dimensions[get_column_letter(column)].width = _AMOUNT_WIDTH
    sheet.freeze_panes = "C4"
    looks.print_setup(sheet, lang, demo, repeat_heading=False)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _section(sheet: Worksheet, place: int, form: FormPlan, kind: StatedSubject, lang: Language) -> int:
    """The title of a section and the row of years; returns the first row for its lines."""
    say = words(lang)
    title, heading = _SECTIONS[kind]
    write_cell(sheet.cell(place + 1, 1), say(title)).font = looks.SECTION_FONT
    if not heading:
        return place + 2
    texts = [say("plan_form.heading_code"), say(heading), *map(str, form.years), say("budget.total")]
    for column, text in enumerate(texts, 1):
        looks.as_heading(write_cell(sheet.cell(place + 2, column), text))
    return place + 3


def _write(sheet: Worksheet, place: int, form: FormPlan, row: FormRow, lang: Language) -> None:
    depth = row.code.count(".")
    label = row.label.removeprefix(row.code).strip() if not row.code[:1].isdigit() else row.label
    texts = (write_cell(sheet.cell(place, 1), row.code), write_cell(sheet.cell(place, 2), label))
    for cell in texts:
        cell.alignment = looks.WRAPPED
        if depth < 2:
            cell.font = _BOLD
    for column, amount in enumerate((*row.amounts, row.total), 3):
        if amount is not None:
            _write_amount(sheet, place, column, amount, bold=depth < 2)
    if row.computed:
        write_cell(sheet.cell(place, len(form.years) + 4), COMPUTED[lang])


def _write_amount(sheet: Worksheet, place: int, column: int, amount: Decimal, *, bold: bool) -> None:
    cell = sheet.cell(place, column, amount)
    cell.number_format = "#,##0.00"
    cell.alignment = looks.TOP
    if bold:
        cell.font = _BOLD
