"""The moderator's hand: calling items, going back and forth, finishing one, and giving the moderation away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from smartdash.analysis.conferences import call, finish, leave
from smartdash.locale.numbers import number
from smartdash.model.conferences import AgendaItem
from smartdash.ui.conference_drafts import leave_moderation, take_over
from smartdash.ui.conference_reading import Room, item_title
from smartdash.ui.conference_writing import Table, store_entry
from smartdash.ui.markdown import plain
from smartdash.ui.view import View


def offer_moderation(view: View) -> None:
    """The way from following to moderating, which nobody takes by accident."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            view.say("live.take_over"),
            key="conference_take_over",
            on_click=take_over,
            icon=":material/record_voice_over:",
            help=view.say("live.take_over_help"),
        )
        st.caption(view.say("live.following"), width="stretch")


def steer(table: Table) -> None:
    """Buttons to go through the agenda; each press is one revision."""
    room, say = table.room, table.view.say
    item = room.current
    following = room.next_after(item)
    with st.container(horizontal=True, key="conference_steering"):
        if item is None:
            if following and _pressed(table, "live.begin", "play_arrow", primary=True):
                _call(table, following)
        else:
            before = _before(room, item)
            if before and _pressed(table, "live.back", "arrow_back"):
                _call(table, before)
            if _pressed(table, "live.pause", "pause"):
                _write(table, leave(room.agenda, datetime.now().time()), "live.reason_pause", item)
            if _pressed(table, "live.finish", "check"):
                _write(table, finish(room.agenda, item.key, datetime.now().time()), "live.reason_finish", item)
            if following and _pressed(table, "live.finish_and_next", "arrow_forward", primary=True):
                _finish_and_call(table, item, following)
        with st.popover(say("live.agenda"), icon=":material/list:"):
            _agenda(table)
        with st.popover(say("live.moderation"), icon=":material/record_voice_over:"):
            st.markdown(say("live.moderation_text"))
            st.button(say("live.give_away"), key="conference_give_away", on_click=leave_moderation)


def _pressed(table: Table, message: str, icon: str, *, primary: bool = False) -> bool:
    return st.button(
        table.view.say(message),
        key=f"steer_{message.removeprefix('live.')}",
        icon=f":material/{icon}:",
        type="primary" if primary else "secondary",
    )


def _before(room: Room, item: AgendaItem) -> AgendaItem | None:
    place = room.agenda.index(item)
    return room.agenda[place - 1] if place else None


def _agenda(table: Table) -> None:
    """Every item with its state and minutes; a press calls it."""
    say = table.view.say
    for place, item in enumerate(table.room.agenda, 1):
        sign = "▶" if item.begun_at else "✓" if item.done else "○"
        spent = number(item.spent_seconds // 60, say.lang)
        title = plain(item_title(item, table.room, say))
        label = say(
            "live.agenda_line", sign=sign, place=str(place), title=title, spent=spent, minutes=str(item.minutes)
        )
        if st.button(label, key=f"call_{item.key}", disabled=item.begun_at is not None, type="tertiary"):
            _call(table, item)


def _call(table: Table, item: AgendaItem) -> None:
    _write(table, call(table.room.agenda, item.key, datetime.now().time()), "live.reason_call", item)


def _finish_and_call(table: Table, item: AgendaItem, following: AgendaItem) -> None:
    now = datetime.now().time()
    finished = {one.key: one for one in finish(table.room.agenda, item.key, now)}
    agenda = [finished.get(one.key, one) for one in table.room.agenda]
    changed = finished | {one.key: one for one in call(agenda, following.key, now)}
    _write(table, list(changed.values()), "live.reason_call", following)


def _write(table: Table, items: Sequence[AgendaItem], message: str, item: AgendaItem) -> None:
    store_entry(table, items, table.view.say(message, title=item_title(item, table.room, table.view.say)))
