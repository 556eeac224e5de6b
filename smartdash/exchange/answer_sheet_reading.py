"""From a filled answer sheet to the answers of one person, or to all that is wrong with it; nothing by halves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from smartdash.analysis.survey_questions import Question
from smartdash.exchange.answer_sheet import (
    ASKED,
    FILLED_ON,
    SurveyForm,
    declared,
    understood_answer,
    understood_level,
)
from smartdash.exchange.answer_sheet_cells import FilledSheet, Line, filled_sheet
from smartdash.exchange.answer_sheet_safety import refuse_strange
from smartdash.exchange.cells import convert
from smartdash.exchange.columns import RawColumn, RawSheet
from smartdash.exchange.files import Upload, load
from smartdash.exchange.problems import Fault, Problem, capped
from smartdash.exchange.validation import check
from smartdash.locale import Language
from smartdash.locale.numbers import day
from smartdash.model.maturity import CriterionKind
from smartdash.model.surveys import Invitation, Response, ResponseState

_CONTENTS = (
    "state",
    "level",
    "value",
    "target_level",
    "effort",
    "evidence",
    "evidence_link",
    "evidence_date",
    "comment",
)
"""The fields in which an answer can differ from the one before."""


@dataclass(frozen=True, slots=True)
class SheetReading:
    """A file that was read: whose sheet it is and its answers, or what is wrong with it.

    `responses` has one per criterion of the model; it is empty where the sheet was returned as it was handed out, or
    where there are problems. `new` and `changed` of them differ from what is stored.
    """

    file: str
    invitation: Invitation | None = None
    responses: tuple[Response, ...] = ()
    new: int = 0
    changed: int = 0
    problems: tuple[Problem, ...] = ()


def read_answer_sheet(upload: Upload, form: SurveyForm, lang: Language) -> SheetReading:
    """Read one filled sheet of the wave that `form` stands for; `lang` is the language of days in messages."""
    file = upload[0]
    try:
        refuse_strange(upload[1])
        contents = load(upload)
        if contents.problems:
            return SheetReading(file, problems=contents.problems)
        sheet = filled_sheet(contents.tables)
    except Fault as fault:
        return SheetReading(file, problems=(_of_file(file, fault),))
    problems, invitation = _identified(sheet.lines, form)
    if invitation is None:
        # Whose answers these are is not known, so there is nothing to compare them with.
        return SheetReading(file, problems=tuple(problems))
    return _understood(file, sheet, invitation, form, lang)


def _of_file(file: str, fault: Fault) -> Problem:
    return Problem(file, "", None, "", "", fault.message, fault.values)


def _identified(lines: Mapping[str, Line], form: SurveyForm) -> tuple[list[Problem], Invitation | None]:
    """The invitation that a sheet answers, None where it is not one of this wave, and why."""
    wave, model = form.wave, form.model
    expected = {
        "survey_wave": (wave.key, "answer_sheet.other_wave", {"expected": wave.title}),
        "maturity_model": (model.key, "answer_sheet.other_model", {"expected": model.key}),
        "version": (model.version, "answer_sheet.other_version", {"expected": model.version}),
    }
    for name, (right, message, values) in expected.items():
        if str(lines[name].value) != right:
            return [lines[name].problem(message, values)], None
    unit, respondent = str(lines["unit"].value), str(lines["respondent"].value)
    own = [one for one in form.invitations if one.respondent == respondent]
    found = next((one for one in own if one.unit == unit), None)
    if found:
        return [], found
    if own:
        values = {"unit": form.units.get(own[0].unit, own[0].unit)}
        return [lines["unit"].problem("answer_sheet.other_unit", values)], None
    return [lines["respondent"].problem("answer_sheet.unknown_respondent", {"wave": wave.title})], None


def _understood(
    file: str, sheet: FilledSheet, invitation: Invitation, form: SurveyForm, lang: Language
) -> SheetReading:
    before = {
        one.criterion: one
        for one in form.responses
        if (one.unit, one.respondent) == (invitation.unit, invitation.respondent)
    }
    asked = {one.criterion.key: one for one in form.questions}
    on, problems = _day(sheet, form, lang)
    problems += _row_problems(sheet, asked)
    rows = [row for row in sheet.rows() if str(sheet.cell(row, "criterion")) in asked]
    if not problems and not before and not any(map(sheet.says, rows)):
        return SheetReading(file, invitation)
    checked, faults = check(_raw(sheet, rows, invitation, on, form, asked), form.programme.key)
    # A criterion that comes twice is named as such already.
    problems += [fault for fault in faults if fault.message != "exchange.key_twice"]
    if problems:
        return SheetReading(file, invitation, problems=capped(sorted(problems, key=lambda one: one.row or 0)))
    given = [one for one in checked.records if isinstance(one, Response)]
    responses = tuple(_kept(one, before.get(one.criterion), demo=form.programme.demo) for one in given)
    new = sum(one.criterion not in before for one in responses)
    changed = sum(one != before.get(one.criterion, one) for one in responses)
    return SheetReading(file, invitation, responses, new, changed)


def _day(sheet: FilledSheet, form: SurveyForm, lang: Language) -> tuple[date, list[Problem]]:
    """The day on which the sheet was filled in, the current one where it has none, and why it cannot be right."""
    line = sheet.lines.get(FILLED_ON)
    if line is None:
        return form.today, []
    column = line.column(declared(FILLED_ON))
    values, faults = convert(column.field, column.cells)
    if fault := {**faults, **column.broken}.get(0):
        names = {"record": Response.sheet.name, "field": FILLED_ON}
        return form.today, [line.problem(fault.message, {**fault.values, **names})]
    on: date = values[0] or form.today
    if not form.wave.start <= on <= form.today:
        limits = {"start": day(form.wave.start, lang), "today": day(form.today, lang)}
        return on, [line.problem("answer_sheet.day_outside", limits)]
    return on, []


def _row_problems(sheet: FilledSheet, asked: Mapping[str, Question]) -> Iterator[Problem]:
    """Rows of criteria that are not asked, or named twice, or not there."""
    first: dict[str, int] = {}
    for row in sheet.rows():
        key = str(sheet.cell(row, "criterion"))
        if key not in asked:
            yield sheet.problem(row, "criterion", "answer_sheet.unknown_criterion")
        elif first.setdefault(key, row) != row:
            yield sheet.problem(row, "criterion", "answer_sheet.criterion_twice", {"first": str(first[key] + 1)})
    for key in asked.keys() - first.keys():
        yield sheet.problem(sheet.top, "criterion", "answer_sheet.criterion_missing", {"criterion": key})


def _raw(
    sheet: FilledSheet,
    rows: Sequence[int],
    invitation: Invitation,
    on: date,
    form: SurveyForm,
    asked: Mapping[str, Question],
) -> RawSheet:
    """The rows as the sheet of the record type, each with the identity of the invitation and the day."""
    keys = [str(sheet.cell(row, "criterion")) for row in rows]
    parsed = [_answer(sheet, row, form, asked[key]) for row, key in zip(rows, keys, strict=True)]
    targets = [_target(sheet, row, form, asked[key]) for row, key in zip(rows, keys, strict=True)]
    identity = {"survey_wave": form.wave.key, "unit": invitation.unit, "respondent": invitation.respondent}

    def column(name: str, cells: Sequence[Any], heading: str, faults: Sequence[Fault | None] = ()) -> RawColumn:
        broken = {index: fault for index, fault in enumerate(faults) if fault is not None}
        return RawColumn(declared(name), heading, cells, broken)

    def as_typed(name: str) -> RawColumn:
        cells = [sheet.cell(row, name) for row in rows]
        return column(name, cells, sheet.heading(name), [sheet.fault(row, name) for row in rows])

    columns = [
        *(column(name, [value] * len(rows), "") for name, value in identity.items()),
        column("criterion", keys, sheet.heading("criterion")),
        column("answered_on", [on] * len(rows), ""),
        column("state", [state.value for state, _, _ in parsed], sheet.heading("state")),
        column("level", [level for _, level, _ in parsed], sheet.heading("state"), [fault for _, _, fault in parsed]),
        column("target_level", [level for level, _ in targets], sheet.heading("target_level"), [f for _, f in targets]),
        *(as_typed(name) for name in ASKED if name not in ("state", "target_level")),
    ]
    return RawSheet(Response, sheet.table.file, sheet.table.name, [row + 1 for row in rows], tuple(columns))


def _answer(
    sheet: FilledSheet, row: int, form: SurveyForm, question: Question
) -> tuple[ResponseState, Any, Fault | None]:
    """State and level of a row; where the cell is wrong, the cell itself as the level, and why."""
    cell, fault = sheet.cell(row, "state"), sheet.fault(row, "state")
    valued = sheet.cell(row, "value") != "" or sheet.fault(row, "value") is not None
    state, level = ResponseState.MISSING, None
    if fault is None:
        try:
            state, level = understood_answer(cell, form.model, question)
        except Fault as wrong:
            fault = wrong
    if fault is None and valued and question.criterion.kind is not CriterionKind.INDICATOR:
        fault = Fault("answer_sheet.no_value")
    elif fault is None and valued and state is not ResponseState.MISSING:
        fault = Fault("answer_sheet.value_and_answer")
    if fault is not None:
        return state, cell, fault
    return (ResponseState.ANSWERED if valued else state), "" if level is None else level, None


def _target(sheet: FilledSheet, row: int, form: SurveyForm, question: Question) -> tuple[Any, Fault | None]:
    """The target level of a row; where the cell is wrong, the cell itself, and why."""
    cell, fault = sheet.cell(row, "target_level"), sheet.fault(row, "target_level")
    if cell == "" or fault is not None:
        return cell, fault
    try:
        return understood_level(cell, form.model, question), None
    except Fault as wrong:
        return cell, wrong


def _kept(given: Response, before: Response | None, *, demo: bool) -> Response:
    """An answer as it is stored: the one before, unless something in it has changed."""
    if before is None:
        return given.model_copy(update={"demo": demo})
    changes = {name: getattr(given, name) for name in _CONTENTS}
    if given.state is before.state and all(getattr(before, name) == value for name, value in changes.items()):
        return before
    return before.model_copy(update={**changes, "state": given.state, "answered_on": given.answered_on})
