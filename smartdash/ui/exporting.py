"""What leaves as a file: the programme as workbook or CSV bundle, its public version, and the template."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from smartdash.exchange import export_bundle, export_workbook, template
from smartdash.exchange.passed_on import kept_back, passed_on
from smartdash.exchange.public_records import public_records
from smartdash.locale.numbers import day
from smartdash.model.declare import AREAS
from smartdash.model.shared import Programme
from smartdash.store import Audience
from smartdash.ui import opened
from smartdash.ui.view import View

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer_exports(view: View) -> None:
    """Downloads of the chosen programme and of the template; the public is offered what it may see."""
    say = view.say
    area = st.selectbox(
        say("data.area"),
        [None, *AREAS],
        format_func=lambda name: AREAS[name].label(view.lang) if name else say("data.all_areas"),
        key="export_area",
        placeholder=say("ui.choose"),
    )
    if view.audience is Audience.INTERNAL:
        left, right = st.columns(2)
        with left, st.container(border=True):
            _offer_template(view, area)
        if view.programme:
            with right, st.container(border=True):
                _offer_everything(view, view.programme, area)
    if view.programme and view.programme.public:
        with st.container(border=True):
            _offer_public(view, view.programme, area)


def _offer_template(view: View, area: str | None) -> None:
    say = view.say
    st.markdown(f"#### {say('data.template')}")
    st.markdown(say("data.template_text"))
    st.download_button(
        say("data.template_button"),
        data=lambda: template(lang=view.lang, area=area, programme=None),
        file_name=f"smartdash_{say('data.template_file')}{_suffix(area)}.xlsx",
        mime=_XLSX,
        key="template",
        on_click="ignore",
        icon=":material/download:",
    )


def _offer_everything(view: View, programme: Programme, area: str | None) -> None:
    st.markdown(f"#### {view.say('data.export')}")
    st.markdown(view.say("data.export_text"))

    def made(export: Callable[..., bytes]) -> bytes:
        current = opened.store().current(programme.key)
        kept = sum(map(len, kept_back(current).values()))
        return export(passed_on(current), programme=programme, lang=view.lang, area=area, kept=kept)

    _buttons(view, _file_name(programme, area), "export", made)


def _offer_public(view: View, programme: Programme, area: str | None) -> None:
    scope = replace(view.scope(), audience=Audience.PUBLIC)

    def made(export: Callable[..., bytes]) -> bytes:
        with opened.store().read(scope) as reader:
            records = public_records(reader)
        return export(records, programme=programme, lang=view.lang, area=area, public_as_of=scope.as_of)

    st.markdown(f"#### {view.say('data.public_export')}")
    st.markdown(view.say("data.public_export_text", day=day(scope.as_of, view.lang)))
    _buttons(view, f"{_file_name(programme, area)}_{view.say('data.public_file')}", "public", made)


def _buttons(view: View, name: str, key: str, make: Callable[[Callable[..., bytes]], bytes]) -> None:
    """A workbook and a bundle of the same records, each made when it is asked for."""
    with st.container(horizontal=True):
        st.download_button(
            view.say(f"data.{key}_xlsx"),
            data=lambda: make(export_workbook),
            file_name=f"{name}.xlsx",
            mime=_XLSX,
            key=f"{key}_xlsx",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            view.say(f"data.{key}_csv"),
            data=lambda: make(export_bundle),
            file_name=f"{name}.zip",
            mime="application/zip",
            key=f"{key}_csv",
            on_click="ignore",
            icon=":material/folder_zip:",
        )


def _file_name(programme: Programme, area: str | None) -> str:
    return f"{programme.key}{_suffix(area)}" + ("_demo" if programme.demo else "")


def _suffix(area: str | None) -> str:
    return f"_{area}" if area else ""
