"""The answer sheet of a survey in Excel: what it is made from, its columns, and the words that answer a question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from smartdash.analysis.survey_questions import Question, level_names
from smartdash.exchange.names import plain
from smartdash.exchange.problems import Fault
from smartdash.locale import LANGUAGES, Language, words
from smartdash.model.declare import DeclaredField, Record, fields
from smartdash.model.maturity import CriterionKind, LevelDescriptor, MaturityModel
from smartdash.model.shared import Programme
from smartdash.model.surveys import Invitation, Response, ResponseState, SurveyWave

ASKED = ("state", "value", "target_level", "effort", "evidence", "evidence_link", "evidence_date", "comment")
"""The fields of an answer that can be filled in; `state` is the column of the answer itself."""
IDENTITY = ("survey_wave", "unit", "respondent", "maturity_model", "version")
"""What says whose sheet it is; the names of the lines on the first worksheet."""
FILLED_ON = "answered_on"

_OTHER_NAME = re.compile(r"(\d{1,9})\s*[·.:–-]\s*[^\d\s].*", re.DOTALL)
"""A level with a name that is not its own."""


@dataclass(frozen=True, slots=True)
class SurveyForm:
    """A wave as its sheets are made from it and compared with it.

    `invitations` and `responses` are those of the wave, `units` the names of the units by key; `today` is the day on
    which answers without a day were given.
    """

    programme: Programme
    wave: SurveyWave
    model: MaturityModel
    questions: Sequence[Question]
    units: Mapping[str, str]
    invitations: Sequence[Invitation]
    responses: Sequence[Response]
    today: date

    @property
    def measured(self) -> bool:
        """Whether any question asks for a value."""
        return any(one.criterion.kind is CriterionKind.INDICATOR for one in self.questions)


def declared(name: str) -> DeclaredField:
    """A field of an answer by its name."""
    return next(one for one in fields(Response) if one.name == name)


def headings(lang: Language) -> dict[str, str]:
    """The headings of the answers in their order by the name of the column."""
    say = words(lang)
    return {
        "criterion": declared("criterion").column.label(lang),
        "question": say("answer_sheet.question"),
        "levels": LevelDescriptor.sheet.label(lang),
        **{name: declared(name).column.label(lang) for name in ASKED},
    }


def identity_labels(lang: Language) -> dict[str, str]:
    """The labels of the lines that say whose sheet it is, and of the day on which it was filled in."""

    def label(record: type[Record], name: str) -> str:
        return next(one.column.label(lang) for one in fields(record) if one.name == name)

    return {
        **{name: declared(name).column.label(lang) for name in IDENTITY[:3]},
        "maturity_model": label(SurveyWave, "maturity_model"),
        "version": label(MaturityModel, "version"),
        FILLED_ON: words(lang)("answer_sheet.filled_on"),
    }


def without_level(question: Question) -> list[ResponseState]:
    """The answers that a question takes besides a level or a value."""
    states = [ResponseState.NOT_APPLICABLE] if question.criterion.may_not_apply else []
    return [*states, ResponseState.DO_NOT_KNOW]


def offered_answers(model: MaturityModel, question: Question, lang: Language) -> list[str]:
    """What the drop-down of a question's answer holds; an indicator is answered with a value instead of a level."""
    indicator = question.criterion.kind is CriterionKind.INDICATOR
    levels = [] if indicator else list(level_names(model, question, lang).values())
    return [*levels, *(state.label(lang) for state in without_level(question))]


def shown_answer(response: Response, model: MaturityModel, question: Question, lang: Language) -> str | None:
    """An answer as the sheet writes it: its level by name, why there is none, or nothing."""
    if response.state is ResponseState.ANSWERED:
        return level_names(model, question, lang).get(response.level) if response.level is not None else None
    return None if response.state is ResponseState.MISSING else response.state.label(lang)


def understood_answer(cell: Any, model: MaturityModel, question: Question) -> tuple[ResponseState, int | None]:
    """The state and level that a cell means, in German or English.

    Raises:
        Fault: it is none of the answers that the question takes.
    """
    if cell == "":
        return ResponseState.MISSING, None
    for state in (ResponseState.NOT_APPLICABLE, ResponseState.DO_NOT_KNOW):
        if isinstance(cell, str) and plain(cell) in {plain(state.label(lang)) for lang in LANGUAGES}:
            if state not in without_level(question):
                raise Fault("answer_sheet.must_apply")
            return state, None
    if question.criterion.kind is CriterionKind.INDICATOR:
        raise Fault("answer_sheet.wants_value")
    return ResponseState.ANSWERED, understood_level(cell, model, question)


def understood_level(cell: Any, model: MaturityModel, question: Question) -> int:
    """The level that a cell means: its number alone, or with its name in German or English.

    Raises:
        Fault: it is no level of the model, or number and name contradict each other.
    """
    known = {lang: level_names(model, question, lang) for lang in LANGUAGES}
    text = str(cell).strip() if isinstance(cell, str | int) and not isinstance(cell, bool) else ""
    for names in known.values():
        for level, name in names.items():
            if text in (name, str(level)) or plain(text) == plain(name) != str(level):
                return level
    found = _OTHER_NAME.fullmatch(text)
    if found and (level := int(found[1])) in known["de"]:
        raise Fault("answer_sheet.other_name", de=known["de"][level], en=known["en"][level])
    raise Fault("answer_sheet.no_level", lowest=str(model.lowest), highest=str(model.highest))
