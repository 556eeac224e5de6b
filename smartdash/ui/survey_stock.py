"""What the forms of a survey work on, as the reading unit may see it, and which wave is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from smartdash.analysis.survey_questions import Question, questions
from smartdash.exchange.answer_sheet import SurveyForm
from smartdash.model.maturity import Criterion, Dimension, LevelDescriptor, MaturityModel
from smartdash.model.shared import Programme, Unit
from smartdash.model.surveys import Invitation, Response, SurveyWave
from smartdash.store import Scope
from smartdash.ui import opened
from smartdash.ui.view import View
from smartdash.ui.writing import working_day

_READINGS = 20
_WAVE = "survey_wave"


@dataclass(frozen=True, slots=True)
class SurveyStock:
    """The surveys of a programme as of `revision`; `waves` with the newest first.

    Invitations and answers are only those that the reading unit may see: its own, and all of a wave it moderates.
    """

    revision: int
    waves: Sequence[SurveyWave]
    models: Sequence[MaturityModel]
    questions: Sequence[Question]
    units: Sequence[Unit]
    invitations: Sequence[Invitation]
    responses: Sequence[Response]

    def model(self, wave: SurveyWave) -> MaturityModel:
        """The model of a wave."""
        return next(model for model in self.models if model.key == wave.maturity_model)

    def asked(self, wave: SurveyWave) -> list[Question]:
        """The questions of a wave in their order."""
        return [one for one in self.questions if one.dimension.maturity_model == wave.maturity_model]

    def invited(self, wave: SurveyWave) -> list[Invitation]:
        """The invitations to a wave."""
        return [one for one in self.invitations if one.survey_wave == wave.key]

    def answers(self, wave: SurveyWave) -> list[Response]:
        """The answers given in a wave."""
        return [one for one in self.responses if one.survey_wave == wave.key]

    def unit_titles(self) -> dict[str, str]:
        """The names of the units by key."""
        return {unit.key: unit.title for unit in self.units}


def survey_form(view: View, stock: SurveyStock, wave: SurveyWave, programme: Programme) -> SurveyForm:
    """A wave as its answer sheets are made from it and compared with it, on the working day."""
    return SurveyForm(
        programme,
        wave,
        stock.model(wave),
        stock.asked(wave),
        stock.unit_titles(),
        stock.invited(wave),
        stock.answers(wave),
        working_day(view),
    )


def survey_stock(view: View) -> SurveyStock:
    """The surveys of the view's programme, read once per state of the store."""
    return _stock(opened.store().stamp(), view.scope())


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _stock(stamp: tuple[int, ...], scope: Scope) -> SurveyStock:
    with opened.store().read(scope) as reader:
        models, dimensions = reader.all(MaturityModel), reader.all(Dimension)
        criteria, levels = reader.all(Criterion), reader.all(LevelDescriptor)
        return SurveyStock(
            reader.scope.revision or 0,
            sorted(reader.all(SurveyWave), key=lambda wave: (wave.start, wave.key), reverse=True),
            models,
            [one for model in models for one in questions(model.key, dimensions, criteria, levels)],
            reader.all(Unit),
            reader.all(Invitation),
            reader.all(Response),
        )


def choose_wave(view: View, stock: SurveyStock) -> SurveyWave:
    """Ask for one of the waves, the newest first."""
    waves = {wave.key: wave for wave in stock.waves}
    key = st.selectbox(
        view.say("survey.wave"),
        list(waves),
        format_func=lambda one: waves[one].title,
        key=_WAVE,
        placeholder=view.say("ui.choose"),
    )
    return waves[key]
