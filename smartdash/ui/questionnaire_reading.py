"""What a questionnaire works on: the waves and units to choose from, and one invited person's own answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from smartdash.analysis.survey_questions import Question, questions
from smartdash.model.declare import fields
from smartdash.model.maturity import Criterion, Dimension, LevelDescriptor, MaturityModel
from smartdash.model.shared import Unit
from smartdash.model.surveys import Response, SurveyWave
from smartdash.store import Scope
from smartdash.ui import opened
from smartdash.ui.view import View

_READINGS = 60


@dataclass(frozen=True, slots=True)
class Surveys:
    """The waves of a programme with the newest first, and the titles of its units by key."""

    waves: Sequence[SurveyWave]
    units: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Invited:
    """A person invited to a wave for a unit, known by a pseudonym."""

    programme: str
    wave: str
    unit: str
    respondent: str


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What one invited person is asked, and what this person alone has answered, by criterion, as of `revision`."""

    revision: int
    invited: Invited
    wave: SurveyWave
    model: MaturityModel
    questions: Sequence[Question]
    answers: Mapping[str, Response]

    @property
    def dimensions(self) -> dict[str, Dimension]:
        """The dimensions that have questions, by key, in their order."""
        return {question.dimension.key: question.dimension for question in self.questions}


def read_surveys(view: View) -> Surveys:
    """What may be chosen before somebody is known; nothing confidential is read."""
    return _surveys(opened.store().stamp(), view.scope())


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _surveys(stamp: tuple[int, ...], scope: Scope) -> Surveys:
    with opened.store().read(scope) as reader:
        waves = sorted(reader.all(SurveyWave), key=lambda wave: (wave.start, wave.key), reverse=True)
        return Surveys(waves, {unit.key: unit.title for unit in reader.all(Unit)} if waves else {})


def find_invited(view: View, wave: str, unit: str, typed: str) -> Invited | None:
    """The person whom a typed pseudonym means, or None; large and small letters are one, as phones begin large."""
    scope = replace(view.scope(), unit=unit)
    with opened.store().read(scope) as reader:
        rows = reader.rows(
            "SELECT respondent FROM invitation WHERE survey_wave = $wave AND unit = $unit "
            "AND lower(respondent) = lower($typed)",
            wave=wave,
            unit=unit,
            typed=typed,
        )
    found = [respondent for (respondent,) in rows]
    if typed in found:
        return Invited(scope.programme, wave, unit, typed)
    return Invited(scope.programme, wave, unit, found[0]) if len(found) == 1 else None


def read_questionnaire(view: View, invited: Invited) -> Questionnaire | None:
    """The questions and the person's own answers; None where the invitation, or the wave, is not there any more."""
    [found] = _questionnaire(opened.store().stamp(), replace(view.scope(), unit=invited.unit), invited)
    return found


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _questionnaire(stamp: tuple[int, ...], scope: Scope, invited: Invited) -> tuple[Questionnaire | None]:
    columns = [field.name for field in fields(Response)]
    own = {"wave": invited.wave, "unit": invited.unit, "respondent": invited.respondent}
    where = "WHERE survey_wave = $wave AND unit = $unit AND respondent = $respondent"
    with opened.store().read(scope) as reader:
        if not reader.rows(f"SELECT 1 FROM invitation {where}", **own):
            return (None,)
        wave = next(item for item in reader.all(SurveyWave) if item.key == invited.wave)
        model = next(item for item in reader.all(MaturityModel) if item.key == wave.maturity_model)
        # Asked for by the pseudonym, so that nobody else's answers are ever in the page's hands.
        named = ", ".join(f'"{column}"' for column in columns)
        rows = reader.rows(f"SELECT {named} FROM response {where}", **own)
        answers = [
            Response.model_validate({"programme": scope.programme, **dict(zip(columns, row, strict=True))})
            for row in rows
        ]
        asked = questions(model.key, reader.all(Dimension), reader.all(Criterion), reader.all(LevelDescriptor))
        by_criterion = {answer.criterion: answer for answer in answers}
        return (Questionnaire(reader.scope.revision or 0, invited, wave, model, asked, by_criterion),)
