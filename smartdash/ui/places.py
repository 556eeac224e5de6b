"""What a page keeps in its own address besides the view, such as the conference that is open on it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import streamlit as st

PLACES: dict[str, tuple[str, ...]] = {
    "conference": ("conference", "way", "moderation"),
    "questionnaire": ("wave", "answers_for", "key"),
}
"""The parameters that belong to a page, by page; they stand in no other page's address."""

_TAKEN = frozenset({"key"})
"""Taken from a link and never written into an address, which others may see over a shoulder or in a history."""

_FITS = re.compile(r"[\w.\-/+]{1,120}")


def restore_places(address: Mapping[str, str]) -> None:
    """Take the places from the address on a session's first run; what no key could be is left out."""
    for name in (name for names in PLACES.values() for name in names):
        value = address.get(name, "")
        st.session_state.setdefault(_key(name), value if _FITS.fullmatch(value) else "")


def places_in_address(page: str) -> dict[str, str]:
    """What stands in the address of a page, by parameter; empty ones are left out."""
    return {name: place(name) for name in PLACES.get(page, ()) if name not in _TAKEN and place(name)}


def place(name: str) -> str:
    """The value of a parameter, empty where there is none."""
    value: str = st.session_state.get(_key(name), "")
    return value


def put_place(name: str, value: str) -> None:
    """Set a parameter; the address follows in the next run of the page."""
    st.session_state[_key(name)] = value


def _key(name: str) -> str:
    return f"place_{name}"
