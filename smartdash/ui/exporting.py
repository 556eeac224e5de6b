"""What leaves as a file: the programme as a workbook or CSV bundle, and the template, whole or for one area."""

from __future__ import annotations

import streamlit as st

from smartdash.exchange import export_bundle, export_workbook, template
from smartdash.model.declare import AREAS
from smartdash.ui import opened
from smartdash.ui.view import View

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer_exports(view: View) -> None:
    """Downloads of the chosen programme and of the template."""
    say = view.say
    area = st.selectbox(
        say("data.area"),
        [None, *AREAS],
        format_func=lambda name: AREAS[name].label(view.lang) if name else say("data.all_areas"),
        key="export_area",
        placeholder=say("ui.choose"),
    )
    suffix = f"_{area}" if area else ""
    left, right = st.columns(2)
    with left, st.container(border=True):
        st.markdown(f"#### {say('data.template')}")
        st.markdown(say("data.template_text"))
        st.download_button(
            say("data.template_button"),
            data=lambda: template(lang=view.lang, area=area, programme=None),
            file_name=f"smartdash_{say('data.template_file')}{suffix}.xlsx",
            mime=_XLSX,
            key="template",
            on_click="ignore",
            icon=":material/download:",
        )
    programme = view.programme
    if programme is None:
        return
    with right, st.container(border=True):
        st.markdown(f"#### {say('data.export')}")
        st.markdown(say("data.export_text"))
        name = f"{programme.key}{suffix}" + ("_demo" if programme.demo else "")
        with st.container(horizontal=True):
            st.download_button(
                say("data.export_xlsx"),
                data=lambda: export_workbook(
                    opened.store().current(programme.key), programme=programme, lang=view.lang, area=area
                ),
                file_name=f"{name}.xlsx",
                mime=_XLSX,
                key="export_xlsx",
                on_click="ignore",
                icon=":material/download:",
            )
            st.download_button(
                say("data.export_csv"),
                data=lambda: export_bundle(
                    opened.store().current(programme.key), programme=programme, lang=view.lang, area=area
                ),
                file_name=f"{name}.zip",
                mime="application/zip",
                key="export_csv",
                on_click="ignore",
                icon=":material/folder_zip:",
            )
