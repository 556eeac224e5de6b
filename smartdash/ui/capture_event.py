"""The event at which something is captured: one of the programme's, or a new one."""

from __future__ import annotations

import streamlit as st

from smartdash.analysis.collecting import new_keys
from smartdash.model.workshops import Audience, Event, EventKind
from smartdash.ui import opened
from smartdash.ui.capture_reading import Workshop, event_label
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, sign, working_day, write

_NEW = "capture_new_event"


def choose_event(view: View, workshop: Workshop) -> Event | None:
    """Choose an event, at first the last one that has begun, or make one; None as long as there is none."""
    say = view.say
    by_key = {event.key: event for event in workshop.events}
    key = f"capture_event_{view.programme.key if view.programme else ''}"
    if st.session_state.get(_NEW) in by_key:
        st.session_state[key] = st.session_state.pop(_NEW)
    chosen = None
    if by_key:
        begun = [name for name, event in by_key.items() if event.held_on <= working_day(view)]
        chosen = st.selectbox(
            say("capture.event"),
            list(by_key),
            index=list(by_key).index(begun[0]) if begun else len(by_key) - 1,
            format_func=lambda name: event_label(by_key[name], view),
            key=key,
            placeholder=say("ui.choose"),
        )
    holder = st.expander(
        say("capture.new_event"),
        expanded=not by_key,
        icon=":material/add:",
        key=fresh("capture_new_event"),
        on_change="rerun",
    )
    if holder.open:
        with holder:
            _new_event(view, workshop.revision)
    return by_key.get(chosen or "")


def _new_event(view: View, revision: int) -> None:
    say, programme = view.say, view.programme
    if programme is None:
        return
    with st.form(fresh("capture_new_event_form"), border=False):
        title = st.text_input(say("capture.event_title"), max_chars=200, key=fresh("capture_event_title"))
        kinds: list[EventKind] = list(EventKind)
        kind = st.selectbox(
            say("capture.event_kind"),
            kinds,
            format_func=lambda item: item.label(view.lang),
            key=fresh("capture_event_kind"),
            placeholder=say("ui.choose"),
        )
        held_on = st.date_input(
            say("capture.date"), value=working_day(view), format="DD.MM.YYYY", key=fresh("capture_event_day")
        )
        audience = st.selectbox(
            say("capture.event_audience"),
            list(Audience),
            format_func=lambda item: item.label(view.lang),
            key=fresh("capture_event_audience"),
            placeholder=say("ui.choose"),
        )
        signature = sign(view, "capture_new_event", say("capture.reason_event"))
        if not st.form_submit_button(say("capture.store_event"), type="primary"):
            return
    if not title.strip():
        st.error(say("capture.title_needed"), icon=":material/block:")
        return
    taken = opened.store().keys(programme.key, "event", retired=True)
    event = Event(
        programme=programme.key,
        key=next(new_keys(f"{kind.value}-{held_on.year}", taken)),
        title=title,
        kind=kind,
        held_on=held_on,
        audience=audience,
        demo=programme.demo,
    )
    st.session_state[_NEW] = event.key
    write(view, [event], signature, based_on=revision, done=say("capture.done_event", title=event.title))
