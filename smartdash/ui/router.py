"""The frame around every page: settings, choices in the side bar, navigation, and plain words when something fails."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path

import streamlit as st

from smartdash.exchange.refusals import refusal_text
from smartdash.locale import Words, words
from smartdash.locale.numbers import day
from smartdash.store import Audience, NoSuchRevision, StoreError
from smartdash.ui import opened
from smartdash.ui.markdown import plain
from smartdash.ui.style import apply_style
from smartdash.ui.view import KEYS, View, choose, current, offer, remember, restore

ROOT = Path(__file__).resolve().parents[2]
ICON = ROOT / "static" / "favicon.png"

PAGES = {
    "": ("start",),
    "ui.section_programme": ("situation", "structure", "committees"),
    "ui.section_schedule": ("timeline", "milestones", "deliverables"),
    "ui.section_participation": ("workshops", "capture", "lineage", "goals", "gaps"),
    "ui.section_okr": ("okr", "quarters", "check_in", "conference"),
    "ui.section_steering": ("projects", "status_report", "impediments"),
    "ui.section_money": ("budget", "cost_plan", "funding", "grant_rules", "scenarios", "purchases"),
    "ui.section_maturity": ("maturity", "peers", "improvements", "survey", "questionnaire", "maturity_model"),
    "ui.section_office": ("data",),
}
"""The pages by section of the navigation; each name is a file in pages/ and a path of the address."""

_ICONS = {
    "start": ":material/home:",
    "situation": ":material/monitoring:",
    "structure": ":material/account_tree:",
    "committees": ":material/gavel:",
    "timeline": ":material/calendar_month:",
    "milestones": ":material/flag:",
    "deliverables": ":material/task:",
    "workshops": ":material/groups:",
    "capture": ":material/edit_note:",
    "lineage": ":material/graph_5:",
    "goals": ":material/target:",
    "gaps": ":material/link_off:",
    "okr": ":material/track_changes:",
    "quarters": ":material/stacked_line_chart:",
    "check_in": ":material/edit_calendar:",
    "conference": ":material/co_present:",
    "projects": ":material/folder_open:",
    "status_report": ":material/traffic:",
    "impediments": ":material/block:",
    "budget": ":material/euro:",
    "cost_plan": ":material/table_chart:",
    "funding": ":material/volunteer_activism:",
    "grant_rules": ":material/rule:",
    "scenarios": ":material/alt_route:",
    "purchases": ":material/shopping_cart:",
    "maturity": ":material/stairs:",
    "peers": ":material/location_city:",
    "improvements": ":material/trending_up:",
    "survey": ":material/ballot:",
    "questionnaire": ":material/quiz:",
    "maturity_model": ":material/schema:",
    "data": ":material/database:",
}

_chosen: ContextVar[View | None] = ContextVar("chosen", default=None)


def chosen() -> View | None:
    """The choices of the run that the router has begun, or None where a page was reached without it."""
    return _chosen.get()


def run() -> None:
    """Draw the frame and the page that the address names."""
    st.set_page_config(page_title="smartdash", page_icon=str(ICON), layout="wide")
    language = st.session_state.get(KEYS["lang"]) or st.query_params.get("lang", "de")
    say = words("en" if language == "en" else "de")
    try:
        if not opened.ready():
            # Without a navigation Streamlit would list the files of pages/ while the samples are loaded.
            st.navigation(_navigation(say), position="hidden")
            opened.prepare(say)
            st.rerun()
        programmes = opened.programmes(*restore())
        offer(programmes)
        view = _side_bar(current(programmes))
        apply_style(view.lang, view.presentation)
        # Expanded, because Streamlit's words on the button that would show more pages are English.
        page = st.navigation(
            _navigation(view.say), position="hidden" if view.presentation else "sidebar", expanded=True
        )
        remember(view, page.url_path)
        if view.presentation:
            _leave_presentation(view)
        token = _chosen.set(view)
        try:
            page.run()
        finally:
            _chosen.reset(token)
    except StoreError as error:
        st.error(plain(refusal_text(error, say)), icon=":material/error:")


def _navigation(say: Words) -> dict[str, list[st.Page]]:
    pages = {
        say(section) if section else "": [
            st.Page(ROOT / "pages" / f"{name}.py", title=say(f"page.{name}"), icon=_ICONS[name], url_path=name)
            for name in names
        ]
        for section, names in PAGES.items()
    }
    start = pages[""][0]
    # A default page has no path of its own, so a link to it would end in an English "Page not found".
    pages[""].append(
        st.Page(lambda: st.switch_page(start), title=start.title, url_path="root", default=True, visibility="hidden")
    )
    return pages


def _side_bar(view: View) -> View:
    """The choices as widgets. The values come from the session, where `restore` has put them."""
    say = view.say
    with st.sidebar:
        titles = {programme.key: programme.title for programme in view.programmes}
        if titles:
            st.selectbox(
                say("ui.programme"),
                list(titles),
                key=KEYS["programme"],
                format_func=lambda key: titles[key],
                placeholder=say("ui.choose"),
            )
        default = view.programme.default_as_of if view.programme else None
        st.date_input(
            say("ui.as_of"),
            value=None,
            key=KEYS["as_of"],
            format="DD.MM.YYYY",
            help=say("ui.as_of_help", day=day(default, view.lang)) if default else say("ui.as_of_today"),
        )
        st.segmented_control(say("ui.lang"), ["de", "en"], key=KEYS["lang"], required=True, format_func=_language_name)
        st.toggle(say("ui.presentation"), key=KEYS["presentation"])
        with st.expander(say("ui.more"), expanded=_more_chosen(view)):
            st.segmented_control(
                say("ui.audience"),
                [Audience.INTERNAL.value, Audience.PUBLIC.value],
                key=KEYS["audience"],
                required=True,
                format_func=lambda value: say(f"ui.audience_{value}"),
            )
            _reading_unit(view)
            st.number_input(
                say("ui.revision"),
                min_value=0,
                value=None,
                step=1,
                key=KEYS["revision"],
                placeholder=say("ui.revision_newest"),
                help=say("ui.revision_help"),
            )
    return current(view.programmes)


def _reading_unit(view: View) -> None:
    """The unit whose own answers in a survey the visitor may read; offered where there is a survey."""
    try:
        units = opened.reading_units(replace(view.scope(), unit=None)) if view.programme else {}
    except NoSuchRevision:  # the page says so; the field in which another one can be chosen stands below
        units = {}
    if view.unit not in units:
        st.session_state[KEYS["unit"]] = None
    if units and view.audience is Audience.INTERNAL:
        st.selectbox(
            view.say("ui.unit"),
            list(units),
            index=None,
            key=KEYS["unit"],
            format_func=units.__getitem__,
            placeholder=view.say("ui.unit_none"),
            help=view.say("ui.unit_help"),
        )


def _more_chosen(view: View) -> bool:
    return view.audience is Audience.PUBLIC or view.revision is not None or view.unit is not None


def _language_name(lang: str) -> str:
    return {"de": "Deutsch", "en": "English"}[lang]


def _leave_presentation(view: View) -> None:
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.button(
            view.say("ui.leave_presentation"),
            icon=":material/close_fullscreen:",
            type="tertiary",
            on_click=choose,
            args=("presentation", False),
        )
