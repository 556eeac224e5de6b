"""Storing what a conference says: one revision per entry, by the moderator; a conflict keeps the typed text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.exchange.refusals import refusal_text
from smartdash.model.declare import Record
from smartdash.store import Changes, Origin, StoreConflict, StoreError
from smartdash.ui import opened
from smartdash.ui.conference_drafts import Desk, Pen
from smartdash.ui.conference_reading import Room
from smartdash.ui.markdown import plain
from smartdash.ui.view import View
from smartdash.ui.writing import Signature, put, refuse

_SAID = "conference_said"


@dataclass(frozen=True, slots=True)
class Table:
    """Where the moderator sits: the view, the conference as read, the drafts, and the fields that keep them."""

    view: View
    room: Room
    desk: Desk

    @property
    def pen(self) -> Pen:
        """Fields that keep what is typed."""
        return Pen(self.desk, self.room.conference.key, self.room.revision)

    @property
    def author(self) -> str:
        """The role that writes."""
        return self.room.conference.moderator_role or self.view.say("live.moderator")

    def common(self, key: str = "") -> dict[str, Any]:
        """What every new record of the conference has; without `key`, its fields make one."""
        conference = self.room.conference
        return {"programme": conference.programme, "key": key, "demo": conference.demo}


def store_button(
    table: Table, name: str, drafts: Sequence[str], make: Callable[[], Sequence[Record]], reason: str, label: str = ""
) -> None:
    """A button that stores an entry; it says why where nothing was stored, and offers to insist after a conflict.

    Args:
        table: Where the moderator sits.
        name: Makes the button's key.
        drafts: The names of the fields that the entry is made of.
        make: Makes the records; raises Refusal where something is missing.
        reason: Why the revision is written.
        label: What the button says, where not "store".
    """
    say, desk = table.view.say, table.desk
    if desk.refused.intersection(drafts):
        st.warning(say("live.conflict"), icon=":material/sync_problem:")
        st.button(
            say("live.insist"),
            key=f"insist_{name}",
            on_click=desk.insist,
            args=(drafts, table.room.revision),
            icon=":material/check:",
        )
        return
    if st.button(label or say("live.store"), key=f"store_{name}", type="primary", icon=":material/save:"):
        try:
            records = make()
        except Refusal as refusal:
            refuse(table.view, refusal)
            return
        store_entry(table, records, reason, drafts)


def store_entry(table: Table, records: Sequence[Record], reason: str, drafts: Sequence[str] = ()) -> None:
    """Store records as one revision, forget their drafts, and run the page again; or keep everything and say why."""
    based_on = table.desk.based_on(drafts, table.room.revision)
    signature = Signature(table.author, reason)
    try:
        put(table.view, records, signature, based_on=based_on)
    except StoreConflict:
        if not drafts:
            st.session_state[_SAID] = (table.view.say("live.conflict_short"), ":material/sync_problem:")
        table.desk.refuse(drafts)
        st.rerun()
    except StoreError as error:
        st.error(plain(refusal_text(error, table.view.say)), icon=":material/block:")
        return
    table.desk.clear(drafts)
    st.session_state[_SAID] = (reason, ":material/check_circle:")
    st.rerun()


def take_back(table: Table, record: Record, reason: str) -> None:
    """Retire one record, as one revision."""
    name, programme = record.sheet.name, record.programme
    rest = [one for one in opened.store().current(programme)[name] if one.key != record.key]
    try:
        opened.store().write(
            Changes(programme, {name: rest}, complete=True),
            author=table.author,
            reason=reason,
            origin=Origin(table.view.say("data.origin_form")),
            based_on=table.room.revision,
        )
    except StoreConflict:
        st.session_state[_SAID] = (table.view.say("live.conflict_short"), ":material/sync_problem:")
    except StoreError as error:
        st.error(plain(refusal_text(error, table.view.say)), icon=":material/block:")
        return
    st.rerun()


def show_said() -> None:
    """Say once what was stored last, where it does not move the page."""
    if said := st.session_state.pop(_SAID, None):
        st.toast(plain(said[0]), icon=said[1])
