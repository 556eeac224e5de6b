"""Bringing elements on: from raw over condensed and agreed to adopted, or rejected with a reason."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from smartdash.analysis.condensing import Refusal, advance, next_states
from smartdash.analysis.elements import newest_changes, reasons
from smartdash.model.workshops import ElementState, Event, StrategyElement
from smartdash.ui.capture_reading import Workshop, collected_on, element_label, event_label, shortened
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, refuse, sign, working_day, write


def bring_on(view: View, workshop: Workshop, event: Event | None) -> None:
    """Choose elements of one state and give them the next one; below, the state of every element."""
    say = view.say
    by_state = {
        state: [item for item in workshop.material.elements if workshop.states[item.key] is state]
        for state in ElementState
    }
    offered = [state for state in ElementState if by_state[state] and next_states(state)]
    if not offered:
        st.info(say("capture.no_elements"), icon=":material/info:")
        return
    key = "capture_state"
    if st.session_state.get(key) not in offered:
        st.session_state[key] = offered[0]
    state = st.segmented_control(
        say("capture.state_now"),
        offered,
        required=True,
        key=key,
        format_func=lambda item: f"{item.label(view.lang)} ({len(by_state[item])})",
    )
    _change(view, workshop, event, by_state[state or offered[0]])
    _table(view, workshop)


def _change(view: View, workshop: Workshop, event: Event | None, elements: list[StrategyElement]) -> None:
    say, state = view.say, workshop.states[elements[0].key]
    labels = {item.key: element_label(item, view) for item in elements}
    keys = st.multiselect(
        say("capture.elements"),
        list(labels),
        format_func=lambda item: labels[item],
        key=fresh(f"capture_elements_{state.value}"),
        placeholder=say("ui.choose"),
    )
    if not keys:
        return
    allowed = next_states(state)
    following = (
        st.segmented_control(
            say("capture.state_next"),
            allowed,
            default=allowed[0],
            required=True,
            format_func=lambda item: item.label(view.lang),
            key=fresh(f"capture_next_{state.value}"),
        )
        or allowed[0]
    )
    with st.form(fresh(f"capture_state_form_{state.value}"), border=False):
        on = st.date_input(
            say("capture.date"),
            value=collected_on(event, view) if event else working_day(view),
            format="DD.MM.YYYY",
            key=fresh(f"capture_on_{event.key if event else ''}"),
        )
        why = st.text_input(
            say("capture.change_reason"), key=fresh("capture_why"), help=say("capture.change_reason_help")
        )
        where, paper = _ask_where(view, workshop, event)
        suggested = say("capture.reason_state", n=len(keys), state=following.label(view.lang))
        signature = sign(view, "capture_states", suggested)
        stored = st.form_submit_button(say("capture.store_state"), type="primary")
    if not stored:
        return
    try:
        changes = advance(workshop.material, keys, following, on, reason=why.strip() or None, event=where, paper=paper)
    except Refusal as refusal:
        refuse(view, refusal)
        return
    done = say("capture.done_state", n=len(changes), state=following.label(view.lang))
    write(view, changes, signature, based_on=workshop.revision, done=done)


def _ask_where(view: View, workshop: Workshop, event: Event | None) -> tuple[str | None, str | None]:
    """The event and the paper by which elements reach their state."""
    say = view.say
    papers = {paper.key: paper.title for paper in workshop.papers}
    events = {item.key: event_label(item, view) for item in workshop.events}
    where = st.selectbox(
        say("capture.change_event"),
        list(events),
        index=list(events).index(event.key) if event else None,
        format_func=lambda item: events[item],
        key=fresh(f"capture_where_{event.key if event else ''}"),
        placeholder=say("capture.none_yet"),
    )
    paper = st.selectbox(
        say("capture.change_paper"),
        list(papers),
        index=None,
        format_func=lambda item: papers[item],
        key=fresh("capture_paper"),
        placeholder=say("capture.none_yet"),
        help=say("capture.change_paper_help"),
    )
    return where, paper


def _table(view: View, workshop: Workshop) -> None:
    """Every element with its state, since when, and why."""
    elements, changes = workshop.material.elements, workshop.material.changes
    since, why = newest_changes(changes), reasons(elements, changes)
    rows = [
        [
            item.level.label(view.lang),
            item.title,
            workshop.states[item.key].label(view.lang),
            since[item.key].changed_on if item.key in since else None,
            shortened(why[item.key] or ""),
        ]
        for item in elements
    ]
    labels = {
        "level": view.say("capture.level"),
        "title": view.say("capture.element_title"),
        "state": view.say("capture.column_state"),
        "since": view.say("capture.column_since"),
        "reason": view.say("capture.column_reason"),
    }
    st.dataframe(
        pd.DataFrame(rows, columns=list(labels)),
        hide_index=True,
        column_config={name: st.column_config.Column(label) for name, label in labels.items()}
        | {"since": st.column_config.DateColumn(labels["since"], format="DD.MM.YYYY")},
        placeholder="–",
        alt=view.say("capture.states_alt"),
    )
