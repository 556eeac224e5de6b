"""Check-in: an owner chooses the role, sees what is due, and reports on one key result after the other."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from smartdash.analysis.check_ins import Opening, opening
from smartdash.analysis.okr import KeyResultStanding
from smartdash.locale.numbers import day, number, percent
from smartdash.model.okr import KeyResultKind
from smartdash.ui.capture_reading import shortened
from smartdash.ui.check_in_bulk import check_in_bulk
from smartdash.ui.check_in_form import check_in_form
from smartdash.ui.check_in_history import correct
from smartdash.ui.check_in_reading import CheckInStock, read_check_ins
from smartdash.ui.check_in_words import report_line
from smartdash.ui.markdown import plain
from smartdash.ui.options import keep_page_choice, page_choice
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, hindrance, show_done, working_day

_ROLE = "check_in.role"
_ROLE_WIDGET = "check_in_role"
_LAST = 3


def check_in(view: View) -> None:
    """The whole page below its heading; who may not write here reads why."""
    say = view.say
    if reason := hindrance(view):
        st.info(reason, icon=":material/info:")
        return
    show_done()
    stock, today = read_check_ins(view), working_day(view)
    roles = stock.roles(today)
    if not roles:
        _say_scored(view, stock)
        st.info(say("check_in.nothing_open"), icon=":material/info:")
        return
    role = _choose_role(view, stock, roles)
    due = stock.of_role(role, today, due=True)
    everything = st.toggle(say("check_in.all_mine"), key="check_in_all", help=say("check_in.all_mine_help"))
    items = stock.of_role(role, today, due=False) if everything else due
    st.markdown(f"### {say('check_in.due', n=len(due))}")
    item = _choose_item(view, stock, items)
    if item is None:
        st.success(say("check_in.nothing_due"), icon=":material/task_alt:")
    else:
        with st.container(border=True):
            _show(view, stock, item)
        _act(view, stock, item, [other for other in due if other.key_result.key != item.key_result.key])
    st.divider()
    check_in_bulk(view, stock, role)


def _say_scored(view: View, stock: CheckInStock) -> None:
    """Say why the key result that somebody was working on left the list: somebody else has scored it."""
    touched = st.session_state.get(fresh("check_in_touched"))
    for item in stock.standings:
        if item.key_result.key == touched and opening(item, working_day(view)) is Opening.SCORED:
            st.warning(plain(view.say("check_in.scored", title=item.key_result.title)), icon=":material/block:")


def _choose_role(view: View, stock: CheckInStock, roles: Sequence[str]) -> str:
    """The role, remembered in the session and in the address; at first the one with the most to do."""
    say, today = view.say, working_day(view)
    counts = {role: len(stock.of_role(role, today, due=True)) for role in roles}
    kept = page_choice(_ROLE)
    # The session may hold a role of another programme; setting the value keeps it over a change of pages.
    st.session_state[_ROLE_WIDGET] = kept if kept in counts else max(roles, key=lambda role: counts[role])
    chosen: str = st.selectbox(
        say("check_in.role"),
        list(roles),
        format_func=lambda role: say("check_in.role_due", role=role or say("check_in.no_role"), n=counts[role]),
        key=_ROLE_WIDGET,
        on_change=lambda: keep_page_choice(_ROLE, st.session_state[_ROLE_WIDGET]),
        placeholder=say("ui.choose"),
    )
    return chosen


def _choose_item(view: View, stock: CheckInStock, items: Sequence[KeyResultStanding]) -> KeyResultStanding | None:
    """One of the items; what somebody is working on stays, also when another one has reported on it meanwhile."""
    key = fresh("check_in_item")
    by_key = {item.key_result.key: item for item in items}
    begun = st.session_state.get(key)
    if begun is not None and begun not in by_key and st.session_state.get(fresh("check_in_touched")) == begun:
        by_key |= {item.key_result.key: item for item in stock.standings if item.key_result.key == begun}
    if not by_key:
        return None
    chosen = st.selectbox(
        view.say("check_in.item"),
        list(by_key),
        format_func=lambda name: shortened(by_key[name].key_result.title),
        key=key,
        placeholder=view.say("ui.choose"),
    )
    return by_key[chosen]


def _show(view: View, stock: CheckInStock, item: KeyResultStanding) -> None:
    """What is aimed at, how far it is, and the last reports."""
    say, lang, result = view.say, view.lang, item.key_result
    st.markdown(f"#### {plain(result.title)}")
    st.caption(plain(f"{item.objective.title} · {item.cycle.title}"))
    parts = []
    unit = f" {result.measured_in}" if result.measured_in else ""
    if result.kind is KeyResultKind.CHANGE:
        aim = number(result.target, lang) + unit
        parts.append(say("check_in.from_to", baseline=number(result.baseline, lang), target=aim))
    elif result.kind is KeyResultKind.BAND:
        high = number(result.band_high, lang) + unit
        parts.append(say("check_in.between", low=number(result.band_low, lang), high=high))
    parts.append(
        say(
            "check_in.progress",
            progress=percent(item.progress, lang, 0),
            expected=percent(item.expected, lang, 0),
        )
    )
    st.markdown(plain(" · ".join(parts)))
    reports = stock.history(result.key)[:_LAST]
    lines = [report_line(report, result, view) for report in reports] or [say("check_in.none_yet")]
    st.caption("  \n".join(plain(line) for line in lines))
    state = opening(item, working_day(view))
    if state is Opening.AFTER_END:
        st.warning(say("check_in.after_end", day=day(item.cycle.end, lang)), icon=":material/event_busy:")
    elif state is Opening.SCORED:
        st.warning(plain(say("check_in.scored", title=result.title)), icon=":material/block:")


def _act(view: View, stock: CheckInStock, item: KeyResultStanding, left: Sequence[KeyResultStanding]) -> None:
    """A new check-in, or the correction of an earlier one."""
    say = view.say
    act = "new"
    if stock.history(item.key_result.key):
        act = st.segmented_control(
            say("check_in.act"),
            ["new", "correct"],
            default="new",
            required=True,
            format_func=lambda name: say(f"check_in.act_{name}"),
            key=fresh(f"check_in_act_{item.key_result.key}"),
        )
    if act == "correct":
        correct(view, stock, item, left)
    else:
        check_in_form(view, stock, item, left)
