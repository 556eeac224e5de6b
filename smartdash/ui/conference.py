"""The conference page: one conference is chosen, then prepared, run, or looked up in its minutes."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from smartdash.locale.numbers import day
from smartdash.model.conferences import AgendaKind, Conference
from smartdash.store import Audience, StoreBusy
from smartdash.ui import opened
from smartdash.ui.conference_closing import close_up
from smartdash.ui.conference_controls import offer_moderation, steer
from smartdash.ui.conference_drafts import desk_of, moderation
from smartdash.ui.conference_figures import MINUTES, PREPARATION, show_figures
from smartdash.ui.conference_judging import judge
from smartdash.ui.conference_noting import note
from smartdash.ui.conference_reading import (
    Room,
    conference_label,
    read_conferences,
    read_room,
)
from smartdash.ui.conference_setup import NEW, set_up
from smartdash.ui.conference_stage import show_item, show_stage
from smartdash.ui.conference_writing import Table, show_said
from smartdash.ui.page import no_programme
from smartdash.ui.places import place, put_place
from smartdash.ui.show import show_missing
from smartdash.ui.view import View
from smartdash.ui.writing import hindrance

_WAYS = ("prepare", "run", "minutes")
_LOOK_AGAIN = timedelta(seconds=2)


def conference(view: View) -> None:
    """The three ways into a conference; the public and older revisions only read."""
    if view.programme is None:
        no_programme(view)
        return
    conferences = read_conferences(view)
    if not conferences:
        st.info(view.say("live.none"), icon=":material/info:")
        figures = [opened.figure(view.scope(), key, view.lang) for key in (*PREPARATION, *MINUTES)]
        show_missing(view, [made for made in figures if made.missing])
        set_up(view)
        return
    chosen = _choose(view, conferences)
    room = read_room(view, chosen)
    way = _choose_way(view, room)
    if not view.presentation:
        st.caption(_days(view, room))
    if way == "run":
        _run(view, room)
    elif way == "minutes":
        show_figures(view, room, MINUTES)
    else:
        show_figures(view, room, PREPARATION)
        set_up(view, room)


def _choose(view: View, conferences: tuple[Conference, ...]) -> Conference:
    by_key = {one.key: one for one in conferences}
    wanted = by_key.get(place("conference"), conferences[0])
    if view.presentation:
        return wanted
    key = f"conference_choice_{view.programme.key if view.programme else ''}"
    if (made := st.session_state.pop(NEW, "")) in by_key:
        st.session_state[key] = made
        put_place("conference", made)
    if st.session_state.get(key) not in by_key:
        st.session_state[key] = wanted.key
    chosen = st.selectbox(
        view.say("live.conference"),
        list(by_key),
        key=key,
        format_func=lambda name: conference_label(by_key[name], view.say),
        on_change=lambda: put_place("conference", st.session_state[key]),
        placeholder=view.say("ui.choose"),
    )
    return by_key[chosen]


def _choose_way(view: View, room: Room) -> str:
    ways = [way for way in _WAYS if way != "run" or view.audience is Audience.INTERNAL]
    begun = room.current is not None or any(item.done for item in room.agenda)
    natural = "minutes" if room.conference.closed_on else "run" if begun else "prepare"
    wanted = place("way") if place("way") in ways else natural
    if wanted not in ways:
        wanted = ways[0]
    if view.presentation:
        return wanted
    key = "conference_way"
    if st.session_state.get(key) not in ways:
        st.session_state[key] = wanted
    chosen: str | None = st.segmented_control(
        view.say("live.way"),
        ways,
        key=key,
        required=True,
        format_func=lambda way: view.say(f"live.way_{way}"),
        on_change=lambda: put_place("way", st.session_state[key]),
    )
    return chosen or wanted


def _days(view: View, room: Room) -> str:
    held_on, lang = room.conference.held_on, view.lang
    return view.say("live.days", held=day(held_on, lang), read=day(room.scope.as_of, lang))


def _run(view: View, room: Room) -> None:
    """The run as the moderator steers it, or as everybody else follows it."""
    show_said()
    reason = hindrance(view)
    token = None if reason else moderation()
    if token is None:
        show_stage(view, room)
        if room.current:
            show_item(view, room, room.current)
        if reason:
            st.info(reason, icon=":material/info:")
        elif not view.presentation:
            offer_moderation(view)
    else:
        desk = desk_of(str(opened.store().path), room.scope.programme, room.conference.key, token)
        _moderate(Table(view, room, desk))
    if view.revision is None:
        _watch(view, room.conference, room.revision)


def _moderate(table: Table) -> None:
    show_stage(table.view, table.room)
    steer(table)
    item = table.room.current
    if item is not None:
        _work(table)
    elif not any(not one.done for one in table.room.agenda):
        close_up(table)


@st.fragment
def _work(table: Table) -> None:
    """The item that is on; a fragment, so that typing runs nothing else."""
    item = table.room.current
    if item is None:
        return
    show_item(table.view, table.room, item)
    if item.kind is AgendaKind.OBJECTIVE and item.objective:
        judge(table, item.objective)
    note(table, item)
    if item.kind in (AgendaKind.CLOSING, AgendaKind.PLANNING):
        close_up(table)


@st.fragment(run_every=_LOOK_AGAIN)
def _watch(view: View, chosen: Conference, shown: int) -> None:
    """Look whether the store has changed, and draw the page again only then."""
    try:
        newest = read_room(view, chosen).revision
    except StoreBusy:
        st.caption(view.say("live.busy"))
        return
    if newest != shown:
        st.rerun()
