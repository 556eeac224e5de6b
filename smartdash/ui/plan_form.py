"""The grant's form on the page of the plan: hand a version out as the form, and take one in that was filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain

import streamlit as st

from smartdash.analysis.checks import Check, Plan
from smartdash.exchange.plan_form import MOST_CHARACTERS, FormPlan, read_pasted, read_plan_form
from smartdash.exchange.plan_form_comparison import WHOLE, Acceptance, deviations, to_store, unaccepted
from smartdash.exchange.plan_form_layout import form_of
from smartdash.exchange.plan_form_records import Held, records_of
from smartdash.exchange.plan_form_workbook import form_workbook
from smartdash.exchange.problems import Fault, Problem
from smartdash.model.money import PlanVersion
from smartdash.model.shared import Programme
from smartdash.store import Audience, Origin, Scope
from smartdash.ui import opened
from smartdash.ui.importing import problem_table
from smartdash.ui.markdown import plain
from smartdash.ui.plan_form_preview import show_changes, show_deviations, show_form
from smartdash.ui.plan_form_questions import ask_answers
from smartdash.ui.view import View
from smartdash.ui.writing import Signature, fresh, hindrance, show_done, sign, working_day, write

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = ["xlsx", "xlsm", "xls", "ods", "csv", "txt", "tsv"]
_NAME = "plan_form"
_READINGS = 4

Found = tuple[FormPlan | None, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class Stock:
    """What the programme holds now, as of `revision`."""

    revision: int
    held: Held


def plan_form(view: View) -> None:
    """Offer the form where something may be entered; what the programme holds is only read when it is opened."""
    if view.programme is None or view.audience is Audience.PUBLIC or view.presentation:
        return
    show_done()
    if reason := hindrance(view):
        st.caption(f"**{view.say('plan_form.open')}:** {plain(reason)}")
        return
    holder = st.expander(
        view.say("plan_form.open"), icon=":material/table_view:", key="plan_form_open", on_change="rerun"
    )
    if not holder.open:
        return
    with holder:
        stock = _stock(opened.store().stamp(), view.scope(), view.programme.demo)
        _hand_out(view, stock.held, view.programme)
        _take_in(view, stock)


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _stock(stamp: tuple[int, ...], scope: Scope, demo: bool) -> Stock:
    with opened.store().read(scope) as reader:
        revision = reader.scope.revision or 0
    return Stock(revision, Held(scope.programme, demo, opened.store().current(scope.programme)))


def _hand_out(view: View, held: Held, programme: Programme) -> None:
    """A version as a workbook in the form's layout."""
    say, versions = view.say, {item.key: item for item in held.all(PlanVersion)}
    if not versions:
        return
    st.markdown(f"##### {say('plan_form.hand_out')}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = st.selectbox(
            say("plan_form.version"),
            list(versions),
            format_func=lambda one: versions[one].title,
            key="plan_form_handed_out",
            placeholder=say("ui.choose"),
        )
        try:
            form = form_of(held.plan(versions[key]), say)
        except Fault as fault:
            wrong = Problem(programme.key, "", None, "", "", fault.message, fault.values)
            st.caption(plain(wrong.text(say)), width="stretch")
            return
        st.download_button(
            say("plan_form.download"),
            data=lambda: form_workbook(form, programme.title, view.lang, demo=programme.demo),
            file_name=f"{programme.key}_{key}.xlsx",
            mime=_XLSX,
            key="plan_form_download",
            on_click="ignore",
            icon=":material/download:",
        )


def _take_in(view: View, stock: Stock) -> None:
    say = view.say
    st.markdown(f"##### {say('plan_form.take_in')}")
    st.markdown(say("plan_form.intro"))
    found = _read(view)
    if found is None:
        return
    form, problems = found
    if form is None:
        st.error(say("data.refused", n=len(problems)), icon=":material/block:")
        problem_table(problems, say)
        return
    # The revision that the preview was first made of: whoever writes meanwhile is not overwritten unseen.
    seen = fresh(f"plan_form_seen_{form.sha256}")
    based_on = st.session_state.setdefault(seen, stock.revision)
    st.markdown(f"##### {plain(say('plan_form.read', n=len(form.rows), file=form.name))}")
    for note in form.notes:
        st.caption(plain(note.text(say)))
    answers = ask_answers(view, form, stock.held)
    plan, problems = records_of(form, stock.held, answers, say)
    if problems:
        st.error(say("data.refused", n=len(problems)), icon=":material/block:")
        problem_table(problems, say)
        return
    deviating, open_ones = deviations(plan), unaccepted(plan, stock.held)
    show_form(view, form, deviating)
    show_deviations(view, deviating, len(deviating) - len(open_ones))
    show_changes(view, stock.held, plan)
    _store(view, stock.held, plan, form, based_on)
    st.session_state[seen] = stock.revision


def _read(view: View) -> Found | None:
    """The plan that was uploaded or pasted, None where nothing was."""
    say = view.say
    way = st.segmented_control(
        say("plan_form.way"),
        ["file", "text"],
        default="file",
        required=True,
        format_func=lambda one: say(f"plan_form.way_{one}"),
        key="plan_form_way",
        label_visibility="collapsed",
    )
    if way == "file":
        file = st.file_uploader(
            say("data.file"), type=_TYPES, key=fresh("plan_form_file"), label_visibility="collapsed"
        )
        return None if file is None else _read_file(file.name, file.getvalue())
    text = st.text_area(
        say("plan_form.text"),
        height=240,
        max_chars=MOST_CHARACTERS,
        key=fresh("plan_form_text"),
        placeholder=say("plan_form.text_example"),
    )
    return _read_text(say("plan_form.text_name"), text) if text.strip() else None


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _read_file(name: str, content: bytes) -> Found:
    return read_plan_form((name, content))


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _read_text(name: str, text: str) -> Found:
    return read_pasted(name, text)


def _store(view: View, held: Held, plan: Plan, form: FormPlan, based_on: int) -> None:
    """Ask who and why, and where totals deviate also whether they were seen; then store one revision."""
    say = view.say
    if opened.store().compare(to_store(plan, held, None, say)).empty:
        st.success(say("plan_form.nothing_new"), icon=":material/done_all:")
        return
    deviating = unaccepted(plan, held)
    suggested = say("plan_form.reason_asked") if deviating else say("plan_form.reason", file=form.name)
    with st.form(fresh("plan_form_store"), border=False):
        seen = not deviating or st.checkbox(say("plan_form.seen", n=len(deviating)), key=fresh("plan_form_checked"))
        signature = sign(view, _NAME, suggested)
        stored = st.form_submit_button(say("plan_form.store"), type="primary")
    if not stored:
        return
    if deviating and not (seen and signature.author and signature.reason != suggested):
        st.error(say("plan_form.not_accepted"), icon=":material/block:")
        return
    changes = to_store(plan, held, _acceptance(deviating, signature, working_day(view)), say)
    done = say("plan_form.done", title=plan.version.title)
    records = chain.from_iterable(changes.records.values())
    origin = Origin(form.name, form.sha256)
    write(view, records, signature, based_on=based_on, done=done, all_of=WHOLE, origin=origin)


def _acceptance(deviating: list[Check], signature: Signature, day: date) -> Acceptance | None:
    return Acceptance(signature.author, signature.reason, day) if deviating else None
