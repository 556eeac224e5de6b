"""Writing a status report: a colour per dimension beside the computed one, kept as a draft or published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.analysis.deviations import LIGHTS, deviates
from smartdash.analysis.reporting import lacking
from smartdash.analysis.status import Status
from smartdash.figures.delays import status_text
from smartdash.figures.headings import heading, listing
from smartdash.locale.numbers import day
from smartdash.model.projects import ReportDimension, ReportState, StatusReport, TrafficLight
from smartdash.store import Audience
from smartdash.ui.markdown import plain
from smartdash.ui.questions import new_record
from smartdash.ui.status_report_reading import ReportStock, Subject, read_reports
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, hindrance, refuse, show_done, sign, working_day, write

_DEMANDED: Mapping[TrafficLight, tuple[str, ...]] = {
    TrafficLight.YELLOW: ("measure", "measure_due"),
    TrafficLight.RED: ("cause", "options", "addressee"),
}
"""What a colour asks for besides the situation."""

Answers = Mapping[ReportDimension, Mapping[str, Any]]


def write_report(view: View) -> None:
    """The form of status reports; neither the public nor a slide sees it."""
    if view.programme is None or view.audience is Audience.PUBLIC or view.presentation:
        return
    if reason := hindrance(view):
        st.info(reason, icon=":material/info:")
        return
    show_done()
    say = view.say
    holder = st.expander(
        say("status_report.write"), icon=":material/edit_note:", key="status_report_form", on_change="rerun"
    )
    if not holder.open:
        return
    with holder:
        stock = read_reports(view)
        _list_drafts(view, stock)
        left, right = st.columns([3, 1])
        with left:
            key = st.selectbox(
                say("status_report.about"),
                list(stock.subjects),
                format_func=lambda name: stock.subjects[name].title,
                key="status_report_about",
                placeholder=say("ui.choose"),
            )
        with right:
            on = st.date_input(
                heading(StatusReport, "reported_on", say),
                value=working_day(view),
                max_value=working_day(view),
                format="DD.MM.YYYY",
                key="status_report_day",
            )
        _form(view, stock, stock.subjects[key], on)


def _list_drafts(view: View, stock: ReportStock) -> None:
    titles = {(item.project, item.subject): item.title for item in stock.subjects.values()}
    names = list(
        dict.fromkeys(
            f"{titles.get((item.project, item.subject), '')}, {day(item.reported_on, view.lang)}"
            for item in stock.drafts()
        )
    )
    if names:
        st.info(plain(view.say("status_report.drafts", names="; ".join(names))), icon=":material/draft:")


def _form(view: View, stock: ReportStock, subject: Subject, on: date) -> None:
    say = view.say
    start, last = stock.start(subject, on), stock.last(subject, on)
    published = any(item.reported_on == on and item.state is ReportState.PUBLISHED for item in stock.of(subject))
    name = f"status_report_{subject.project}_{subject.subject}_{on}"
    tabs = st.tabs([dimension.label(view.lang) for dimension in ReportDimension])
    answers = {}
    for dimension, tab in zip(ReportDimension, tabs, strict=True):
        with tab:
            _show_beside(view, subject, dimension, last.get(dimension))
            answers[dimension] = _ask(
                view, start.get(dimension), subject.status(dimension), f"{name}_{dimension.value}"
            )
    signature = sign(view, "status_report", say("status_report.reason", title=subject.title))
    with st.container(horizontal=True):
        publish = st.button(
            say("status_report.correct" if published else "status_report.publish"),
            type="primary",
            key=fresh(f"{name}_publish"),
        )
        keep = st.button(say("status_report.keep"), disabled=published, key=fresh(f"{name}_keep"))
    if not publish and not keep:
        return
    try:
        reports = _reports(view, subject, on, answers, ReportState.PUBLISHED if publish else ReportState.DRAFT)
    except Refusal as refusal:
        refuse(view, refusal)
        return
    done = say("status_report.published" if publish else "status_report.kept")
    write(view, reports, signature, based_on=stock.revision, done=done)


def _show_beside(view: View, subject: Subject, dimension: ReportDimension, last: StatusReport | None) -> None:
    """The computed status with its reason beside the last published one."""
    say, computed = view.say, subject.computed.get(dimension)
    shown = f"{status_text(computed[0], say)} ({computed[1]})" if computed else say("status_report.not_computed")
    before = say("status_report.never_reported")
    if last:
        before = f"{status_text(LIGHTS[last.light], say)}, {day(last.reported_on, view.lang)}"
    st.markdown(plain(say("status_report.beside", computed=shown, reported=before)))


def _ask(view: View, last: StatusReport | None, computed: Status | None, name: str) -> dict[str, Any]:
    """The questions about one dimension, filled with what it starts from; further ones as the colour demands them."""
    say = view.say
    light: TrafficLight | None = st.segmented_control(
        heading(StatusReport, "light", say),
        list(TrafficLight),
        default=last.light if last else None,
        format_func=lambda item: f"{status_text(LIGHTS[item], say)[0]} {item.label(view.lang)}",
        key=fresh(f"{name}_light"),
        help=say("status_report.light_help"),
    )
    if light is None:
        return {"light": None}
    known: dict[str, Any] = dict(last) if last else {}
    demanded = _DEMANDED.get(light, ())
    reason = ("deviation_reason",) if computed and deviates(light, computed) else ()
    return {"light": light} | {
        field: _ask_field(view, field, known.get(field), f"{name}_{field}") for field in ("text", *demanded, *reason)
    }


def _ask_field(view: View, field: str, known: Any, name: str) -> Any:
    """One answer: a day, a few words, or a text."""
    label = heading(StatusReport, field, view.say)
    if field == "measure_due":
        return st.date_input(label, value=known, format="DD.MM.YYYY", key=fresh(name))
    if field == "addressee":
        return st.text_input(label, value=known or "", key=fresh(name))
    hint = view.say(f"status_report.when_{field}")
    return st.text_area(label, value=known or "", height=68, key=fresh(name), placeholder=hint)


def _reports(view: View, subject: Subject, on: date, answers: Answers, state: ReportState) -> list[StatusReport]:
    """The reports of the dimensions that have a colour.

    Raises:
        Refusal: no dimension has one, or a report to be published lacks something.
    """
    say, made = view.say, []
    for dimension, given in answers.items():
        if given["light"] is None:
            continue
        values = {name: (value.strip() or None) if isinstance(value, str) else value for name, value in given.items()}
        draft = StatusReport(
            **new_record(view),
            project=subject.project,
            subject=subject.subject,
            reported_on=on,
            dimension=dimension,
            state=ReportState.DRAFT,
            **{**values, "light": given["light"]},
        )
        if state is ReportState.PUBLISHED and (missing := lacking(draft, subject.status(dimension), on)):
            names = listing([heading(StatusReport, name, say) for name in missing], say)
            raise Refusal("status_report.lacks", dimension=dimension, names=names)
        made.append(StatusReport(**{**dict(draft), "state": state}))
    if not made:
        raise Refusal("status_report.needs_light")
    return made
