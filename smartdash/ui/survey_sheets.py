"""The answer sheets of a wave to hand out: one per invited person, of some units or all, empty or as answered."""

from __future__ import annotations

import streamlit as st

from smartdash.exchange.answer_sheet_batch import sheet_archive, sheet_name
from smartdash.exchange.answer_sheet_workbook import answer_sheet
from smartdash.figures.headings import heading
from smartdash.locale import LANGUAGES
from smartdash.model.surveys import Invitation, SurveyWave
from smartdash.ui.survey_invitations import XLSX
from smartdash.ui.survey_stock import SurveyStock, survey_form
from smartdash.ui.view import View


def hand_out_sheets(view: View, stock: SurveyStock, wave: SurveyWave) -> None:
    """Choose units, language and whether earlier answers stand in the sheets, and download them."""
    say, programme = view.say, view.programme
    invited = stock.invited(wave)
    if programme is None or not invited:
        st.info(say("survey.nobody_invited"), icon=":material/info:")
        return
    st.markdown(say("survey.sheets_intro"))
    titles, has = stock.unit_titles(), {one.unit for one in invited}
    units = sorted(has, key=lambda unit: titles[unit].casefold())
    chosen = st.multiselect(
        heading(Invitation, "unit", say),
        units,
        format_func=titles.__getitem__,
        key=f"survey_sheet_units_{wave.key}",
        placeholder=say("survey.all_units"),
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        lang = st.segmented_control(
            say("survey.sheet_language"),
            list(LANGUAGES),
            default=view.lang,
            required=True,
            format_func=lambda one: say(f"survey.sheet_language_{one}"),
            key="survey_sheet_language",
        )
        answered = st.toggle(
            say("survey.sheet_answered"), key="survey_sheet_answered", help=say("survey.sheet_answered_help")
        )
    wanted = sorted(
        (one for one in invited if one.unit in (chosen or units)),
        key=lambda one: (titles[one.unit].casefold(), one.respondent),
    )
    form = survey_form(view, wave, programme)
    if len(wanted) == 1:
        one = wanted[0]
        st.download_button(
            say("survey.sheets_download", n=1),
            data=lambda: answer_sheet(form, one, lang, answered=answered),
            file_name=sheet_name(one),
            mime=XLSX,
            key="survey_sheet_download",
            on_click="ignore",
            icon=":material/download:",
            type="primary",
        )
        return
    st.download_button(
        say("survey.sheets_download", n=len(wanted)),
        data=lambda: sheet_archive(form, wanted, lang, answered=answered),
        file_name=f"{programme.key}_{wave.key}_{say('survey.sheets_file')}.zip",
        mime="application/zip",
        key="survey_sheets_download",
        on_click="ignore",
        icon=":material/download:",
        type="primary",
    )
