"""The form that opens a new wave of the survey: title, model, from when to when, and who moderates it."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.analysis.invitations import wave_key
from smartdash.figures.headings import heading
from smartdash.model.surveys import SurveyWave
from smartdash.ui import opened
from smartdash.ui.questions import ask_day, choose_one, new_record
from smartdash.ui.survey_stock import SurveyStock
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, refuse, sign, working_day, write

_LASTS = timedelta(21)


def new_wave(view: View, stock: SurveyStock) -> None:
    """Offer the form, closed where there is a wave already."""
    say = view.say
    with (
        st.expander(say("survey.new_wave"), icon=":material/add:", expanded=not stock.waves),
        st.form(fresh("survey_wave_form"), border=False),
    ):
        title = st.text_input(heading(SurveyWave, "title", say), max_chars=200, key=fresh("survey_wave_title"))
        models = {
            model.key: f"{model.title_de if view.lang == 'de' else model.title_en} ({model.version})"
            for model in stock.models
        }
        left, right = st.columns(2)
        with left:
            model = choose_one(
                view,
                heading(SurveyWave, "maturity_model", say),
                models,
                "survey_wave_model",
                "ui.choose",
                stock.waves[0].maturity_model if stock.waves else next(iter(models), None),
            )
            start = ask_day(view, heading(SurveyWave, "start", say), "survey_wave_start", working_day(view))
        with right:
            moderation = choose_one(
                view,
                heading(SurveyWave, "moderated_by", say),
                stock.unit_titles(),
                "survey_wave_moderation",
                "ui.choose",
                stock.waves[0].moderated_by if stock.waves else None,
            )
            end = ask_day(view, heading(SurveyWave, "end", say), "survey_wave_end", working_day(view) + _LASTS)
        st.caption(say("survey.new_wave_hint"))
        signature = sign(view, "survey_wave", say("survey.new_wave_reason"))
        sent = st.form_submit_button(say("survey.new_wave"), type="primary")
    if not sent:
        return
    if not (title.strip() and model and moderation and start and end):
        refuse(view, Refusal("survey.wave_incomplete"))
        return
    if end < start:
        refuse(view, Refusal("survey.wave_ends_early", start=start, end=end))
        return
    key = wave_key(start, opened.store().keys(view.scope().programme, "survey_wave", retired=True))
    wave = SurveyWave(
        **new_record(view, key), title=title, maturity_model=model, start=start, end=end, moderated_by=moderation
    )
    write(view, [wave], signature, based_on=stock.revision, done=say("survey.wave_made", title=wave.title))
