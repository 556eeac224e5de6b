"""What a visitor has chosen (programme, as-of date, language, …), kept in the session and in the page's address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

import streamlit as st

from smartdash.charts.tokens import Mode
from smartdash.locale import LANGUAGES, Language, Words, words
from smartdash.model.declare import REFERENCE
from smartdash.model.shared import Programme
from smartdash.store import Audience, Scope
from smartdash.ui.options import options_in_address, restore_options
from smartdash.ui.places import places_in_address, restore_places

Name = Literal["programme", "as_of", "revision", "audience", "unit", "lang", "presentation"]

KEYS: dict[Name, str] = {
    "programme": "view_programme",
    "as_of": "view_as_of",
    "revision": "view_revision",
    "audience": "view_audience",
    "unit": "view_unit",
    "lang": "view_lang",
    "presentation": "view_presentation",
}
"""The session keys of the widgets by the name of the address's parameter."""

_KEPT = "view_kept"
_REVISION = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class View:
    """The choices of one page run. `programme` is None in an empty store."""

    programme: Programme | None
    programmes: tuple[Programme, ...]
    as_of: date
    chosen_as_of: date | None
    revision: int | None
    audience: Audience
    unit: str | None
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
        own = self.programme.key if self.programme else REFERENCE
        return Scope(own, self.as_of, self.revision, self.audience, self.unit)


def restore() -> tuple[int | None, Audience]:
    """Take the choices from the address on a session's first run; anything invalid is left out.

    Later runs take them from the widgets, or where Streamlit has dropped a widget's value (after a run that ended in an
    error, or on the way from a page that was reached without the router) from what the session has kept.

    Returns:
        The revision and the audience, which decide what programmes there are to choose from.
    """
    state = st.session_state
    restore_options(st.query_params.to_dict())
    restore_places(st.query_params.to_dict())
    if _KEPT not in state:
        state[_KEPT] = _from_address()
    for name, value in state[_KEPT].items():
        key = KEYS[name]
        # Setting a value, even to itself, is what makes it survive a change of the widget's identity.
        state[key] = state.get(key, value)
    return state[KEYS["revision"]], Audience(state[KEYS["audience"]])


def offer(programmes: tuple[Programme, ...]) -> None:
    """Choose the first programme where the chosen one is not there."""
    state = st.session_state
    if state[KEYS["programme"]] not in {programme.key for programme in programmes}:
        state[KEYS["programme"]] = programmes[0].key if programmes else None


def _from_address() -> dict[Name, object]:
    given = st.query_params
    revision = given.get("revision", "")
    return {
        "programme": given.get("programme"),
        "as_of": _date(given.get("as_of", "")),
        "revision": int(revision) if _REVISION.fullmatch(revision) else None,
        "audience": (Audience.PUBLIC if given.get("audience") == Audience.PUBLIC else Audience.INTERNAL).value,
        "unit": given.get("unit"),
        "lang": given.get("lang") if given.get("lang") in LANGUAGES else "de",
        "presentation": given.get("presentation") == "1",
    }


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
        unit=state[KEYS["unit"]],
        lang=state[KEYS["lang"]],
        presentation=state[KEYS["presentation"]],
        mode="dark" if st.context.theme.type == "dark" else "light",
    )


def remember(view: View, page: str) -> None:
    """Keep the choices, and write them into the page's address, so that a link shows a colleague the same.

    Defaults are left out.
    """
    state = st.session_state
    state[_KEPT] = {name: state[key] for name, key in KEYS.items()}
    address: dict[str, str] = {}
    if view.programme:
        address["programme"] = view.programme.key
    if chosen := state[KEYS["as_of"]]:
        address["as_of"] = chosen.isoformat()
    if view.revision is not None:
        address["revision"] = str(view.revision)
    if view.audience is Audience.PUBLIC:
        address["audience"] = view.audience.value
    if view.unit is not None:
        address["unit"] = view.unit
    if view.lang != "de":
        address["lang"] = view.lang
    if view.presentation:
        address["presentation"] = "1"
    address |= options_in_address() | places_in_address(page)
    if st.query_params.to_dict() != address:
        st.query_params.from_dict(address)


def choose(name: Name, value: object) -> None:
    """Set a choice from a button's callback."""
    st.session_state[KEYS[name]] = value
