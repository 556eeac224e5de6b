"""One person's answer sheet as a workbook: whose it is and how to fill it in, then a row per criterion."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from smartdash.analysis.survey_questions import SEPARATOR, Question, level_names
from smartdash.charts.tokens import LIGHT
from smartdash.exchange import looks
from smartdash.exchange.answer_sheet import ASKED, SurveyForm, declared, headings, offered_answers, shown_answer
from smartdash.exchange.answer_sheet_cover import write_cover
from smartdash.exchange.cell_contents import workbook_text
from smartdash.exchange.choice_lists import column_rule, list_rule
from smartdash.exchange.list_workbook import write_cell
from smartdash.exchange.names import LISTS
from smartdash.exchange.numbers import text_from_number
from smartdash.locale import Language, words
from smartdash.locale.numbers import number
from smartdash.model.declare import fields
from smartdash.model.maturity import Criterion, CriterionKind
from smartdash.model.surveys import Effort, Invitation, Response

TOP = 2
"""The row of the headings."""
_WIDTHS = {"criterion": 12, "question": 32, "levels": 52, "state": 20, "target_level": 20, "comment": 28}
_WIDTH = 14
_LINE_HEIGHT, _HEADING_HEIGHT = 13.5, 15
_HIGHEST = 400
_SMALL = Font(name="Calibri", size=10)
_BOLD = Font(name="Calibri", size=10, bold=True)
_LOCKED = PatternFill("solid", start_color=LIGHT.idle_tint[1:])
_BAND = PatternFill("solid", start_color=LIGHT.done_tint[1:])
_LINE = Side(style="thin", color=LIGHT.border[1:])
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)

Answers = Mapping[str, Response]
"""The answers of one person by criterion."""


def answer_sheet(form: SurveyForm, invitation: Invitation, lang: Language, *, answered: bool) -> bytes:
    """Return the sheet of one invited person; with `answered`, what that person has answered so far stands in it.

    Only the cells of the answers and the day can be typed into; the sheets have no password. Text stays text, also
    where it begins like a formula.

    Raises:
        ValueError: a text is longer than a cell can hold.
    """
    book = Workbook()
    write_cover(book.active, form, invitation, lang)
    sheet = book.create_sheet(Response.sheet.label(lang))
    given: Answers = {
        one.criterion: one
        for one in form.responses
        if answered and (one.unit, one.respondent) == (invitation.unit, invitation.respondent)
    }
    columns = {name: heading for name, heading in headings(lang).items() if name != "value" or form.measured}
    title = SEPARATOR.join((form.units[invitation.unit], invitation.respondent, form.wave.title))
    write_cell(sheet.cell(1, 1), title).font = looks.TITLE_FONT
    for place, (name, heading) in enumerate(columns.items(), 1):
        looks.as_heading(write_cell(sheet.cell(TOP, place), heading))
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, _WIDTH)
    rows = dict(_write_rows(sheet, form, given, list(columns), lang))
    _validate(book, sheet, form, rows, list(columns), lang)
    sheet.row_dimensions[TOP].height = 3 * _HEADING_HEIGHT
    sheet.freeze_panes = sheet.cell(TOP + 1, list(columns).index("levels") + 1)
    looks.print_setup(sheet, lang, form.programme.demo, repeat_heading=False)
    sheet.print_title_rows = f"1:{TOP}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.enable()
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _write_rows(
    sheet: Worksheet, form: SurveyForm, given: Answers, columns: list[str], lang: Language
) -> Iterator[tuple[int, Question]]:
    """Write a band per dimension and a row per criterion below it; yield each row with its question."""
    row = TOP
    for dimension, asked in groupby(form.questions, key=lambda one: one.dimension):
        row += 1
        title = dimension.title_de if lang == "de" else dimension.title_en
        heading = write_cell(sheet.cell(row, 2), title)
        heading.font, heading.alignment = looks.SECTION_FONT, Alignment(vertical="center")
        for place in range(1, len(columns) + 1):
            sheet.cell(row, place).fill = _BAND
        sheet.row_dimensions[row].height = 1.6 * _HEADING_HEIGHT
        for texts, alike in groupby(asked, key=lambda one: _levels_text(form, one, lang)):
            block = list(alike)
            first = row + 1
            for question in block:
                row += 1
                _write_row(sheet, row, form, question, given.get(question.criterion.key), columns, lang)
                yield row, question
            _write_levels(sheet, (first, row), texts, [_question_lines(one, lang) for one in block], columns)


def _write_row(
    sheet: Worksheet,
    row: int,
    form: SurveyForm,
    question: Question,
    response: Response | None,
    columns: list[str],
    lang: Language,
) -> None:
    open_value = question.criterion.kind is CriterionKind.INDICATOR
    filled = {} if response is None else _answered(response, form, question, lang)
    for place, name in enumerate(columns, 1):
        cell = sheet.cell(row, place)
        if filled.get(name) is not None:
            write_cell(cell, filled[name])
        cell.alignment, cell.border, cell.font = looks.WRAPPED, _FRAME, _SMALL
        if name in ASKED and (name != "value" or open_value):
            cell.protection = Protection(locked=False)
            # A value is kept as it is typed, since Excel would make 0.45 of "45 %".
            cell.number_format = "@" if name == "value" else looks.number_format(declared(name))
        else:
            cell.fill = _LOCKED
    write_cell(sheet.cell(row, 1), question.criterion.key)
    _write_question(sheet.cell(row, columns.index("question") + 1), question, lang)


def _answered(response: Response, form: SurveyForm, question: Question, lang: Language) -> dict[str, Any]:
    """What stands in the cells of a question that was answered before."""
    targets = level_names(form.model, question, lang)
    return {
        **{name: getattr(response, name) for name in ("evidence", "evidence_link", "evidence_date", "comment")},
        "state": shown_answer(response, form.model, question, lang),
        "value": None if response.value is None else text_from_number(response.value, lang),
        "target_level": None if response.target_level is None else targets[response.target_level],
        "effort": response.effort.label(lang) if response.effort else None,
    }


def _write_question(cell: Cell, question: Question, lang: Language) -> None:
    title, *more = _question_lines(question, lang)
    if not more:
        write_cell(cell, title).font = _BOLD
        return
    blocks = [TextBlock(InlineFont(rFont="Calibri", sz=10, b=True), workbook_text("question", title))]
    rest = workbook_text("question", "\n" + "\n".join(more))
    cell.value = CellRichText([*blocks, TextBlock(InlineFont(rFont="Calibri", sz=10), rest)])
    cell.quotePrefix = title.startswith(looks.FORMULA_STARTS)


def _question_lines(question: Question, lang: Language) -> list[str]:
    """The title of a criterion, its question, and what may prove the answer."""
    criterion = question.criterion
    german = lang == "de"
    hint = next(one.column.label(lang) for one in fields(Criterion) if one.name == "evidence_hint")
    return [
        criterion.title_de if german else criterion.title_en,
        *filter(None, [criterion.question_de if german else criterion.question_en]),
        *([f"{hint}: {criterion.evidence_hint}"] if criterion.evidence_hint else []),
    ]


def _levels_text(form: SurveyForm, question: Question, lang: Language) -> str:
    """What the levels mean, or between which anchors a value lies."""
    criterion, model = question.criterion, form.model
    if criterion.kind is CriterionKind.INDICATOR:
        ends: tuple[Decimal | None, ...] = (criterion.anchor_low, criterion.anchor_high)
        worst, best = ends if criterion.higher_is_better else ends[::-1]
        return words(lang)(
            "answer_sheet.anchors",
            unit=criterion.measured_in or "–",
            worst=number(worst, lang),
            best=number(best, lang),
            lowest=str(model.lowest),
            highest=str(model.highest),
        )
    return "\n".join(
        f"{one.level}{SEPARATOR}{one.name_de}: {one.text_de}"
        if lang == "de"
        else f"{one.level}{SEPARATOR}{one.name_en}: {one.text_en}"
        for one in question.levels
    )


def _write_levels(
    sheet: Worksheet, rows: tuple[int, int], texts: str, beside: list[list[str]], columns: list[str]
) -> None:
    """Write what the levels mean once for the rows that share it, and make these high enough for all their text."""
    place = columns.index("levels") + 1
    if texts:
        write_cell(sheet.cell(rows[0], place), texts).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(rows[0], place).font = _SMALL
    if rows[1] > rows[0]:
        sheet.merge_cells(start_row=rows[0], end_row=rows[1], start_column=place, end_column=place)
    needed = [_lines(lines, _WIDTHS["question"]) for lines in beside]
    lacking = max(_lines(texts.split("\n"), _WIDTHS["levels"]) - sum(needed), 0)
    for row, lines in zip(range(rows[0], rows[1] + 1), needed, strict=True):
        height = (lines + lacking / len(needed)) * _LINE_HEIGHT + 6
        sheet.row_dimensions[row].height = min(max(height, 2 * _LINE_HEIGHT), _HIGHEST)


def _lines(texts: list[str], width: int) -> int:
    """How many lines texts take in a column, at about as many small letters as it is wide."""
    return sum(-(-len(text) // width) or 1 for text in texts)


def _validate(
    book: Workbook, sheet: Worksheet, form: SurveyForm, rows: Mapping[int, Question], columns: list[str], lang: Language
) -> None:
    """Give the answers their drop-downs and bounds."""
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    names: dict[str, str] = {}
    rules: dict[tuple[str, ...], Any] = {}

    def pick(row: int, name: str, labels: list[str]) -> None:
        if (rule := rules.get((name, *labels))) is None:
            rule = rules[(name, *labels)] = list_rule(book, lists, names, f"{name}_{len(rules)}", labels, lang)
        rule.add(f"{get_column_letter(columns.index(name) + 1)}{row}")

    for row, question in rows.items():
        pick(row, "state", offered_answers(form.model, question, lang))
        pick(row, "target_level", list(level_names(form.model, question, lang).values()))
        pick(row, "effort", [effort.label(lang) for effort in Effort])
    days = column_rule(Response, declared("evidence_date"), lang, (), {})
    if days is not None and rows:
        letter = get_column_letter(columns.index("evidence_date") + 1)
        days.add(f"{letter}{min(rows)}:{letter}{max(rows)}")
        rules["evidence_date",] = days
    for rule in rules.values():
        sheet.add_data_validation(rule)
