"""What a visitor has chosen (programme, as-of date, language, …), kept in the session and in the page's address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import streamlit as st

from smartdash.charts.tokens import Mode
from smartdash.locale import LANGUAGES, Language, Words, words
from smartdash.model.declare import REFERENCE
from smartdash.model.shared import Programme
from smartdash.store import Audience, Scope

Name = Literal["programme", "as_of", "revision", "audience", "lang", "presentation"]

KEYS: dict[Name, str] = {
    "programme": "view_programme",
    "as_of": "view_as_of",
    "revision": "view_revision",
    "audience": "view_audience",
    "lang": "view_lang",
    "presentation": "view_presentation",
}
"""The session keys of the widgets by the name of the address's parameter."""


@dataclass(frozen=True, slots=True)
class View:
    """The choices of one page run. `programme` is None in an empty store."""

    programme: Programme | None
    programmes: tuple[Programme, ...]
    as_of: date
    chosen_as_of: date | None
    revision: int | None
    audience: Audience
    lang: Language
    presentation: bool
    mode: Mode

    @property
    def say(self) -> Words:
        """The messages of the chosen language."""
        return words(self.lang)

    def scope(self, programme: str | None = None) -> Scope:
        """The scope of the chosen programme, or of `programme`, as of the chosen date or else today."""
        if programme:
            return Scope(programme, self.chosen_as_of or date.today(), self.revision, self.audience)
        return Scope(self.programme.key if self.programme else REFERENCE, self.as_of, self.revision, self.audience)


def restore(programmes: tuple[Programme, ...]) -> None:
    """Take the choices from the address on a session's first run; anything invalid is left out."""
    state = st.session_state
    if "view_restored" not in state:
        state.view_restored = True
        given = st.query_params
        state[KEYS["lang"]] = given.get("lang") if given.get("lang") in LANGUAGES else "de"
        state[KEYS["programme"]] = given.get("programme")
        state[KEYS["as_of"]] = _date(given.get("as_of", ""))
        state[KEYS["revision"]] = int(text) if (text := given.get("revision", "")).isdecimal() else None
        state[KEYS["audience"]] = (
            Audience.PUBLIC if given.get("audience") == Audience.PUBLIC else Audience.INTERNAL
        ).value
        state[KEYS["presentation"]] = given.get("presentation") == "1"
    if state.get(KEYS["programme"]) not in {programme.key for programme in programmes}:
        state[KEYS["programme"]] = programmes[0].key if programmes else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def current(programmes: tuple[Programme, ...]) -> View:
    """The choices as the widgets hold them now."""
    state = st.session_state
    chosen = next((item for item in programmes if item.key == state[KEYS["programme"]]), None)
    default = chosen.default_as_of if chosen else None
    return View(
        programme=chosen,
        programmes=programmes,
        as_of=state[KEYS["as_of"]] or default or date.today(),
        chosen_as_of=state[KEYS["as_of"]],
        revision=state[KEYS["revision"]],
        audience=Audience(state[KEYS["audience"]]),
        lang=state[KEYS["lang"]],
        presentation=state[KEYS["presentation"]],
        mode="dark" if st.context.theme.type == "dark" else "light",
    )


def remember(view: View) -> None:
    """Write the choices into the address, so that a link shows a colleague the same; defaults are left out."""
    state = st.session_state
    address: dict[str, str] = {}
    if view.programme:
        address["programme"] = view.programme.key
    if chosen := state[KEYS["as_of"]]:
        address["as_of"] = chosen.isoformat()
    if view.revision is not None:
        address["revision"] = str(view.revision)
    if view.audience is Audience.PUBLIC:
        address["audience"] = view.audience.value
    if view.lang != "de":
        address["lang"] = view.lang
    if view.presentation:
        address["presentation"] = "1"
    if st.query_params.to_dict() != address:
        st.query_params.from_dict(address)


def choose(name: Name, value: object) -> None:
    """Set a choice from a button's callback."""
    st.session_state[KEYS[name]] = value
