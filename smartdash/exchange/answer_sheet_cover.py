"""The first worksheet of an answer sheet: whose it is, the day, and how to fill it in."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

from smartdash.charts.tokens import LIGHT
from smartdash.exchange import looks
from smartdash.exchange.answer_sheet import FILLED_ON, SurveyForm, declared, identity_labels
from smartdash.exchange.choice_lists import column_rule
from smartdash.exchange.list_workbook import write_cell
from smartdash.locale import Language, words
from smartdash.locale.numbers import day_range
from smartdash.model.surveys import Invitation, Response

_STEPS = 7
_ABOUT_VALUES = 4
"""The step that is left out where no question asks for a value."""
_WIDTHS = {"A": 26, "B": 30, "C": 70}
_LINE_HEIGHT = 15.5
_PER_LINE = 118
"""So many letters fit side by side into the three columns."""
_LABEL = Font(name="Calibri", bold=True, color=LIGHT.muted[1:])
_LOCKED = PatternFill("solid", start_color=LIGHT.idle_tint[1:])
_LINE = Side(style="thin", color=LIGHT.border[1:])


def write_cover(sheet: Worksheet, form: SurveyForm, invitation: Invitation, lang: Language) -> None:
    """Write the first worksheet; only the day on which the sheet was filled in can be typed into."""
    say = words(lang)
    sheet.title = say("answer_sheet.cover")
    write_cell(sheet.cell(1, 1), say("answer_sheet.title", wave=form.wave.title)).font = looks.TITLE_FONT
    write_cell(sheet.cell(2, 1), form.programme.title)
    row = 3
    if form.programme.demo:
        write_cell(sheet.cell(row, 1), say("exchange.guide_demo")).font = looks.DEMO_FONT
        row += 1
    row = _write_identity(sheet, row + 1, form, invitation, lang)
    write_cell(sheet.cell(row + 1, 1), say("answer_sheet.guide")).font = looks.SECTION_FONT
    period = day_range(form.wave.start, form.wave.end, lang)
    steps = [step for step in range(1, _STEPS + 1) if step != _ABOUT_VALUES or form.measured]
    for place, step in enumerate(steps, 1):
        at = row + 1 + place
        text = say(f"answer_sheet.guide_{step}", period=period)
        write_cell(sheet.cell(at, 1), f"{place}. {text}").alignment = Alignment(wrap_text=True, vertical="top")
        sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=len(_WIDTHS))
        sheet.row_dimensions[at].height = -(-len(text) // _PER_LINE) * _LINE_HEIGHT + 4
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    looks.print_setup(sheet, lang, form.programme.demo, repeat_heading=False)
    sheet.sheet_view.showGridLines = False
    sheet.protection.enable()


def _write_identity(sheet: Worksheet, row: int, form: SurveyForm, invitation: Invitation, lang: Language) -> int:
    """Write whose sheet it is, a line each: label, key, and what the key stands for; return the next free row."""
    model = form.model
    lines = {
        "survey_wave": (form.wave.key, form.wave.title),
        "unit": (invitation.unit, form.units[invitation.unit]),
        "respondent": (invitation.respondent, words(lang)("answer_sheet.pseudonym")),
        "maturity_model": (model.key, model.title_de if lang == "de" else model.title_en),
        "version": (model.version, ""),
        FILLED_ON: (None, words(lang)("answer_sheet.filled_on_hint")),
    }
    labels = identity_labels(lang)
    for name, (key, title) in lines.items():
        write_cell(sheet.cell(row, 1), labels[name]).font = _LABEL
        cell = sheet.cell(row, 2)
        if key is not None:
            write_cell(cell, key).fill = _LOCKED
        cell.border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
        if title:
            write_cell(sheet.cell(row, 3), title)
        row += 1
    cell = sheet.cell(row - 1, 2)
    cell.protection = Protection(locked=False)
    cell.number_format = looks.number_format(declared(FILLED_ON))
    rule = column_rule(Response, declared(FILLED_ON), lang, (), {})
    if rule is not None:
        rule.add(cell.coordinate)
        sheet.add_data_validation(rule)
    return row
