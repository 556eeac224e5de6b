"""What a moderator has typed and not stored yet, kept on the server under the token of the moderator's address.

A reload, another device with the same address, or a broken connection finds it again; nobody else does.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from smartdash.ui.places import place, put_place

_DESKS = 200
_TOKEN = re.compile(r"[\w-]{20,64}")
_UNSET = object()


@dataclass(slots=True)
class Draft:
    """A typed value with the revision that its author saw when typing began."""

    value: Any
    based_on: int


@dataclass(slots=True)
class Desk:
    """The drafts of one moderation by name.

    `turns` counts how often a name was stored, so that its widget starts anew; `refused` names what met a conflict.
    """

    drafts: dict[str, Draft] = field(default_factory=dict)
    turns: dict[str, int] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def put(self, name: str, value: Any, revision: int) -> None:
        """Keep a value; the revision is that of the first time."""
        known = self.drafts.get(name)
        self.drafts[name] = Draft(value, known.based_on if known else revision)

    def based_on(self, names: Iterable[str], revision: int) -> int:
        """The oldest revision that any of the named drafts was begun on, or `revision` where there is no draft."""
        return min((self.drafts[name].based_on for name in names if name in self.drafts), default=revision)

    def refuse(self, names: Iterable[str]) -> None:
        """Remember that the named drafts met what somebody else had stored."""
        self.refused.update(names)

    def insist(self, names: Iterable[str], revision: int) -> None:
        """Let the named drafts stand against the newest state, once their author has seen it."""
        for name in names:
            self.refused.discard(name)
            if name in self.drafts:
                self.drafts[name].based_on = revision

    def clear(self, names: Iterable[str]) -> None:
        """Forget the named drafts, because they were stored or thrown away."""
        for name in names:
            self.drafts.pop(name, None)
            self.refused.discard(name)
            self.turns[name] = self.turns.get(name, 0) + 1


@st.cache_resource(max_entries=_DESKS, show_spinner=False)
def desk_of(store: str, programme: str, conference: str, token: str) -> Desk:
    """The one desk of a token in a conference, the same for every session of this server that knows the token."""
    return Desk()


def moderation() -> str | None:
    """The token of this session's address, or None where it only follows."""
    token = place("moderation")
    return token if _TOKEN.fullmatch(token) else None


def take_over() -> None:
    """Begin to moderate under a token of one's own."""
    put_place("moderation", secrets.token_urlsafe(24))


def leave_moderation() -> None:
    """Go on as one who follows."""
    put_place("moderation", "")


@dataclass(frozen=True, slots=True)
class Pen:
    """Fields that keep what is typed on a desk; `revision` is the one that the page shows."""

    desk: Desk
    conference: str
    revision: int

    def key(self, name: str, stored: Any) -> str:
        """The key of the widget of a name, whose value is the draft or else what is stored."""
        key = f"desk_{self.conference}_{name}_{self.desk.turns.get(name, 0)}"
        draft = self.desk.drafts.get(name)
        wanted = stored if draft is None else draft.value
        # Setting an equal value would overwrite what is being typed at this moment.
        if st.session_state.get(key, _UNSET) != wanted:
            st.session_state[key] = wanted
        return key

    def keep(self, name: str, stored: Any) -> Callable[[], None]:
        """What a widget does when its value changes: keep it as a draft unless it is what is stored."""
        key = f"desk_{self.conference}_{name}_{self.desk.turns.get(name, 0)}"

        def changed() -> None:
            value = st.session_state[key]
            if value == stored or (not value and stored is None):
                self.desk.drafts.pop(name, None)
            else:
                self.desk.put(name, value, self.revision)

        return changed

    def text(self, name: str, label: str, stored: str = "", *, most: int | None = None, example: str = "") -> str:
        """A line of text that is kept while it is typed."""
        value = st.text_input(
            label,
            key=self.key(name, stored),
            on_change=self.keep(name, stored),
            max_chars=most,
            placeholder=example,
            live="400ms",
        )
        return (value or "").strip()

    def long_text(self, name: str, label: str, stored: str = "") -> str:
        """Several lines of text, kept when the field is left."""
        value = st.text_area(label, key=self.key(name, stored), on_change=self.keep(name, stored), height=110)
        return (value or "").strip()

    def pick(self, name: str, label: str, options: list[Any], words: Callable[[Any], str], stored: Any = None) -> Any:
        """One of a few values side by side; None as long as none is chosen."""
        return st.pills(
            label, options, key=self.key(name, stored), on_change=self.keep(name, stored), format_func=words
        )

    def day(self, name: str, label: str, stored: Any = None) -> Any:
        """A day, or None."""
        return st.date_input(
            label,
            value=None,
            key=self.key(name, stored),
            on_change=self.keep(name, stored),
            format="DD.MM.YYYY",
        )
