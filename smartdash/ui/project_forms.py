"""Short forms on the projects page: report a project's progress, keep risks and chances, keep deliveries."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.model.projects import Project
from smartdash.model.risks import Risk
from smartdash.model.schedule import Dependency
from smartdash.store import Audience
from smartdash.ui.delivery_form import ask_delivery
from smartdash.ui.progress_form import ask_progress
from smartdash.ui.project_stock import Stock, read_stock
from smartdash.ui.questions import Make, choose_one
from smartdash.ui.risk_form import ask_risk
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, hindrance, refuse, show_done, sign, write

_KIND = "project_form"


def project_forms(view: View) -> None:
    """Choose what to enter, fill it in, store it; the public sees none."""
    if view.programme is None or view.audience is Audience.PUBLIC or view.presentation:
        return
    if reason := hindrance(view):
        st.info(reason, icon=":material/info:")
        return
    show_done()
    stock, say = read_stock(view), view.say
    st.markdown(f"### {say('projects.enter')}")
    offered = [name for name in _FORMS if name != "progress" or stock.projects]
    name = st.selectbox(
        say("projects.what"),
        offered,
        key=_KIND,
        format_func=lambda item: say(f"projects.form_{item}"),
        placeholder=say("ui.choose"),
    )
    subject = _SUBJECTS[name](view, stock)
    with st.form(fresh(f"project_{name}_{subject}"), border=False):
        make = _FORMS[name](view, stock, subject)
        signature = sign(view, f"project_{name}", say(f"projects.form_{name}"))
        stored = st.form_submit_button(say("projects.store"), type="primary")
    if not stored:
        return
    try:
        records = make()
    except Refusal as refusal:
        refuse(view, refusal)
        return
    write(view, records, signature, based_on=stock.revision, done=say("projects.done"))


def _choose_project(view: View, stock: Stock) -> str | None:
    titles = {key: item.title for key, item in stock.projects.items()}
    return choose_one(view, Project.sheet.label(view.lang), titles, "project_chosen", "ui.choose")


def _choose_risk(view: View, stock: Stock) -> str | None:
    titles = {key: item.title for key, item in stock.risks.items()}
    return choose_one(view, Risk.sheet.label(view.lang), titles, "project_risk_chosen", "projects.new_risk")


def _choose_delivery(view: View, stock: Stock) -> str | None:
    titles = {
        key: f"{stock.names[item.provider]} → {stock.names[item.consumer]}" for key, item in stock.deliveries.items()
    }
    label = Dependency.sheet.label(view.lang)
    return choose_one(view, label, titles, "project_delivery_chosen", "projects.new_delivery")


_FORMS: dict[str, Callable[[View, Stock, str | None], Make]] = {
    "progress": ask_progress,
    "risk": ask_risk,
    "delivery": ask_delivery,
}
_SUBJECTS: dict[str, Callable[[View, Stock], str | None]] = {
    "progress": _choose_project,
    "risk": _choose_risk,
    "delivery": _choose_delivery,
}
