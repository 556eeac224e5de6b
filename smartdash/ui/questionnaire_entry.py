"""Opening a questionnaire: the wave, the unit, and the pseudonym of the invitation, typed or brought by a link."""

from __future__ import annotations

import streamlit as st

from smartdash.figures.headings import heading
from smartdash.locale.numbers import day
from smartdash.model.surveys import Invitation, SurveyWave
from smartdash.ui.drafts import drop_drafts
from smartdash.ui.key_attempts import attempt
from smartdash.ui.markdown import plain
from smartdash.ui.places import place, put_place
from smartdash.ui.questionnaire_reading import Invited, Surveys, find_invited
from smartdash.ui.view import View
from smartdash.ui.writing import working_day

DRAFTS = "questionnaire"
"""Where drafts of questionnaires begin."""

_INVITED = "questionnaire_invited"
_WAVE = "questionnaire_wave"


def open_questionnaire(view: View, surveys: Surveys) -> Invited | None:
    """The person who fills in a questionnaire; None as long as nobody has said who, which is then asked."""
    known: Invited | None = st.session_state.get(_INVITED)
    waves = {wave.key: wave for wave in surveys.waves}
    if known is not None and (known.programme != view.scope().programme or known.wave not in waves):
        known = None
    wave = waves[known.wave] if known else _choose_wave(view, surveys)
    if reason := _closed(view, wave):
        st.info(plain(reason), icon=":material/event_busy:")
        return None
    if known:
        return known
    if brought := place("key"):
        put_place("key", "")
        _enter(view, surveys, wave, place("answers_for"), brought)
    _ask_who(view, surveys, wave)
    return None


def close_questionnaire() -> None:
    """Forget who filled in the questionnaire, and what was typed and not stored."""
    st.session_state.pop(_INVITED, None)
    drop_drafts(DRAFTS)


def _choose_wave(view: View, surveys: Surveys) -> SurveyWave:
    """The wave of the address, or else one that runs, or else the newest; asked where there are several."""
    today = working_day(view)
    waves = {wave.key: wave for wave in surveys.waves}
    running = [wave.key for wave in surveys.waves if wave.start <= today <= wave.end]
    chosen = place("wave") if place("wave") in waves else [*running, *waves][0]
    if len(waves) == 1:
        return waves[chosen]
    st.session_state[_WAVE] = chosen
    st.selectbox(
        view.say("questionnaire.wave"),
        list(waves),
        format_func=lambda key: waves[key].title,
        key=_WAVE,
        on_change=lambda: put_place("wave", st.session_state[_WAVE]),
        placeholder=view.say("ui.choose"),
    )
    return waves[chosen]


def _closed(view: View, wave: SurveyWave) -> str | None:
    """Why nobody can answer in a wave on the working day, or None where it runs."""
    today = working_day(view)
    if today < wave.start:
        return view.say("questionnaire.not_begun", title=wave.title, day=day(wave.start, view.lang))
    if today > wave.end:
        return view.say("questionnaire.ended", title=wave.title, day=day(wave.end, view.lang))
    return None


def _ask_who(view: View, surveys: Surveys, wave: SurveyWave) -> None:
    say, units = view.say, dict(sorted(surveys.units.items(), key=lambda item: item[1].casefold()))
    suggested = next((unit for unit in (place("answers_for"), view.unit) if unit in units), None)
    with st.form("questionnaire_entry", width=560):
        st.markdown(say("questionnaire.welcome", day=day(wave.end, view.lang)))
        unit = st.selectbox(
            heading(Invitation, "unit", say),
            list(units),
            index=list(units).index(suggested) if suggested else None,
            format_func=units.__getitem__,
            key="questionnaire_unit",
            placeholder=say("ui.choose"),
        )
        typed = st.text_input(
            heading(Invitation, "respondent", say),
            max_chars=20,
            key="questionnaire_key",
            help=say("questionnaire.key_help"),
            autocomplete="off",
        )
        if st.form_submit_button(say("questionnaire.open_it"), type="primary", width="stretch"):
            _enter(view, surveys, wave, unit or "", typed.strip())


def _enter(view: View, surveys: Surveys, wave: SurveyWave, unit: str, typed: str) -> None:
    """Open the questionnaire of a pseudonym, or say that there is none, not which of the two is wrong."""
    invited, minutes = None, 0
    if unit in surveys.units and typed:
        form = (view.scope().programme, wave.key, unit)
        invited, minutes = attempt(form, lambda: find_invited(view, wave.key, unit, typed))
    if minutes:
        st.error(view.say("questionnaire.wait", n=minutes), icon=":material/hourglass_top:")
        return
    if invited is None:
        st.error(view.say("questionnaire.unknown"), icon=":material/key_off:")
        return
    put_place("wave", wave.key)
    put_place("answers_for", unit)
    st.session_state[_INVITED] = invited
    st.rerun()
