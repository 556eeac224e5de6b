"""What the forms of a survey work on, as the reading unit may see it, and which wave is chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from smartdash.analysis.invitations import InvitationStanding, standings
from smartdash.exchange.answer_sheet import SurveyForm
from smartdash.exchange.answer_sheet_form import read_form
from smartdash.model.maturity import MaturityModel
from smartdash.model.shared import Programme, Unit
from smartdash.model.surveys import Invitation, SurveyWave
from smartdash.store import Scope
from smartdash.ui import opened
from smartdash.ui.view import View
from smartdash.ui.writing import working_day

_READINGS = 20
_FORMS = 4
_WAVE = "survey_wave"


_ASKED = """SELECT maturity_model, count(*) FROM criterion JOIN dimension ON dimension.key = criterion.dimension
    GROUP BY maturity_model"""
_ANSWERED = """SELECT survey_wave, unit, respondent, count(*), max(answered_on) FROM response
    WHERE state <> 'missing' GROUP BY survey_wave, unit, respondent"""


@dataclass(frozen=True, slots=True)
class SurveyStock:
    """The surveys of a programme as of `revision`; `waves` with the newest first.

    Invitations and how far people have answered are only those that the reading unit may see: its own, and all of a
    wave it moderates. `asked` counts the questions by model, `answered` by wave, then by unit and pseudonym.
    """

    revision: int
    waves: Sequence[SurveyWave]
    models: Sequence[MaturityModel]
    asked: Mapping[str, int]
    units: Sequence[Unit]
    invitations: Sequence[Invitation]
    answered: Mapping[str, Mapping[tuple[str, str], tuple[int, date]]]

    def invited(self, wave: SurveyWave) -> list[Invitation]:
        """The invitations to a wave."""
        return [one for one in self.invitations if one.survey_wave == wave.key]

    def standings(self, wave: SurveyWave) -> list[InvitationStanding]:
        """How far each person invited to a wave is."""
        return standings(self.invited(wave), self.answered.get(wave.key, {}), self.asked.get(wave.maturity_model, 0))

    def unit_titles(self) -> dict[str, str]:
        """The names of the units by key."""
        return {unit.key: unit.title for unit in self.units}


def survey_stock(view: View) -> SurveyStock:
    """The surveys of the view's programme, read once per state of the store."""
    return _stock(opened.store().stamp(), view.scope())


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _stock(stamp: tuple[int, ...], scope: Scope) -> SurveyStock:
    with opened.store().read(scope) as reader:
        answered: dict[str, dict[tuple[str, str], tuple[int, date]]] = defaultdict(dict)
        for wave, unit, respondent, count, last in reader.rows(_ANSWERED):
            answered[wave][unit, respondent] = (count, last)
        return SurveyStock(
            reader.scope.revision or 0,
            sorted(reader.all(SurveyWave), key=lambda wave: (wave.start, wave.key), reverse=True),
            reader.all(MaturityModel),
            dict(reader.rows(_ASKED)),
            reader.all(Unit),
            reader.all(Invitation),
            answered,
        )


def survey_form(view: View, wave: SurveyWave, programme: Programme) -> SurveyForm:
    """A wave as its answer sheets are made from it and compared with it, on the working day."""
    return _form(opened.store().stamp(), view.scope(), programme, wave, working_day(view))


@st.cache_resource(max_entries=_FORMS, show_spinner=False)
def _form(stamp: tuple[int, ...], scope: Scope, programme: Programme, wave: SurveyWave, today: date) -> SurveyForm:
    with opened.store().read(scope) as reader:
        return read_form(reader, programme, wave, today)


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
