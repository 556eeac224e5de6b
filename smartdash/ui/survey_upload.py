"""Filled answer sheets taken in: many at once, checked, shown per unit, and stored together or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from smartdash.exchange.answer_sheet import SurveyForm
from smartdash.exchange.answer_sheet_batch import Batch, UnitPreview, origin_of, read_answer_sheets, taken_together
from smartdash.exchange.answer_sheet_reading import SheetReading
from smartdash.exchange.files import Upload
from smartdash.figures.headings import heading, listing
from smartdash.figures.tables import capital
from smartdash.locale import Language
from smartdash.model.surveys import Invitation, ResponseState, SurveyWave
from smartdash.store import Scope
from smartdash.ui import opened
from smartdash.ui.importing import problem_table
from smartdash.ui.markdown import plain
from smartdash.ui.survey_stock import SurveyStock, survey_form
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, sign, write

_NAME = "survey_upload"
_READINGS = 4
_UNIT_WIDTH = 250
_TYPES = ["xlsx", "xlsm", "zip"]


def take_in_sheets(view: View, stock: SurveyStock, wave: SurveyWave) -> None:
    """Upload, check, preview, confirm."""
    say, programme = view.say, view.programme
    if programme is None:
        return
    st.markdown(say("survey.upload_intro"))
    files = st.file_uploader(
        say("survey.upload"), type=_TYPES, accept_multiple_files=True, key=fresh(f"{_NAME}_{wave.key}")
    )
    if not files:
        return
    uploads = tuple((file.name, file.getvalue()) for file in files)
    with st.spinner(say("survey.checking", n=len(uploads))):
        form = survey_form(view, wave, programme)
        readings = _read(opened.store().stamp(), view.scope(), wave.key, view.lang, uploads, form)
    wrong = list(dict.fromkeys(problem.file for problem in taken_together(readings).problems))
    left_out = _leave_out(view, wrong) if wrong else []
    batch = taken_together(readings, left_out)
    if batch.problems:
        st.error(say("survey.refused", n=len(batch.problems)), icon=":material/block:")
        problem_table(batch.problems, say)
        return
    # The revision that the preview was first made of: whoever writes meanwhile is not overwritten unseen.
    origin = origin_of(uploads, say("survey.several_sheets", n=len(readings) - len(left_out)))
    seen = fresh(f"{_NAME}_seen_{origin.sha256}")
    based_on = st.session_state.setdefault(seen, stock.revision)
    _preview(view, batch, stock.unit_titles())
    if not batch.touched:
        st.info(say("survey.nothing_filled"), icon=":material/info:")
        return
    signature = sign(view, _NAME, say("survey.upload_reason", wave=wave.title))
    if st.button(say("survey.store", n=batch.touched), type="primary", key=fresh(_NAME), width="stretch"):
        done = say("survey.stored", n=batch.touched)
        write(view, batch.responses, signature, based_on=based_on, done=done, origin=origin)
        # Refused: what others wrote is in the preview now, so the next try is based on it.
        st.session_state[seen] = stock.revision


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _read(
    stamp: tuple[int, ...], scope: Scope, wave: str, lang: Language, uploads: tuple[Upload, ...], _form: SurveyForm
) -> tuple[SheetReading, ...]:
    """The sheets as read against the wave `_form`, which the other arguments name."""
    return read_answer_sheets(uploads, _form, lang)


def _leave_out(view: View, wrong: Sequence[str]) -> list[str]:
    chosen: list[str] = st.multiselect(
        view.say("survey.leave_out"),
        wrong,
        key=fresh(f"{_NAME}_left_out"),
        placeholder=view.say("survey.leave_out_none"),
        help=view.say("survey.leave_out_help"),
    )
    return chosen


def _preview(view: View, batch: Batch, titles: Mapping[str, str]) -> None:
    """What the sheets bring per unit, and which were returned empty."""
    say = view.say
    if batch.units:
        st.markdown(f"##### {say('survey.understood', n=sum(unit.sheets for unit in batch.units))}")
        names = [
            heading(Invitation, "unit", say),
            *(say(f"survey.column_{name}") for name in ("sheets", "new", "changed", "unchanged")),
            *(capital(state.label(view.lang)) for state in ResponseState),
        ]
        st.dataframe(
            pd.DataFrame([_row(unit, titles) for unit in batch.units], columns=names),
            hide_index=True,
            column_config={names[0]: st.column_config.Column(width=_UNIT_WIDTH)},
            alt=say("survey.preview_alt"),
        )
    if batch.empty:
        st.caption(plain(say("survey.returned_empty", n=len(batch.empty), files=listing(list(batch.empty), say))))


def _row(unit: UnitPreview, titles: Mapping[str, str]) -> list[str | int]:
    counts = [unit.sheets, unit.new, unit.changed, unit.unchanged]
    return [titles[unit.unit], *counts, *(unit.states[state] for state in ResponseState)]
