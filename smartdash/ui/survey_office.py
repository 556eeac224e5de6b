"""The office's side of a survey: which wave, who may work on it, and the steps from the invitation to the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from smartdash.model.surveys import SurveyWave
from smartdash.store import Audience
from smartdash.ui.markdown import plain
from smartdash.ui.survey_invitations import invite
from smartdash.ui.survey_sheets import hand_out_sheets
from smartdash.ui.survey_stock import SurveyStock, choose_wave, survey_stock
from smartdash.ui.survey_upload import take_in_sheets
from smartdash.ui.survey_wave_form import new_wave
from smartdash.ui.view import View, choose
from smartdash.ui.writing import hindrance, show_done

STEPS: Mapping[str, Callable[[View, SurveyStock, SurveyWave], None]] = {
    "invite": invite,
    "sheets": hand_out_sheets,
    "import": take_in_sheets,
}
"""What the moderating unit does with a wave, in order; each is named by the message "survey.step_<name>"."""


def survey_office(view: View) -> None:
    """The steps of the chosen wave for the unit that moderates it; the public and a presentation see none."""
    if view.audience is Audience.PUBLIC or view.presentation:
        return
    say = view.say
    st.markdown(f"### {say('survey.office')}")
    show_done()
    if reason := hindrance(view):
        st.info(reason, icon=":material/info:")
        return
    stock = survey_stock(view)
    if stock.waves:
        _work_on(view, stock, choose_wave(view, stock))
    new_wave(view, stock)


def _work_on(view: View, stock: SurveyStock, wave: SurveyWave) -> None:
    say = view.say
    if not moderates(view, stock, wave):
        return
    step = st.segmented_control(
        say("survey.step"),
        list(STEPS),
        default=next(iter(STEPS)),
        required=True,
        format_func=lambda one: say(f"survey.step_{one}"),
        key="survey_step",
        label_visibility="collapsed",
    )
    STEPS[step](view, stock, wave)


def moderates(view: View, stock: SurveyStock, wave: SurveyWave) -> bool:
    """Whether the reading unit moderates a wave; where it does not, say who does and how to read for that unit."""
    say = view.say
    if wave.moderated_by is None:
        st.info(say("survey.nobody_moderates"), icon=":material/info:")
        return False
    if view.unit == wave.moderated_by:
        return True
    unit = stock.unit_titles()[wave.moderated_by]
    st.info(plain(say("survey.other_moderates", unit=unit)), icon=":material/lock:")
    st.button(
        say("survey.read_as", unit=plain(unit)),
        icon=":material/visibility:",
        on_click=choose,
        args=("unit", wave.moderated_by),
    )
    return False
