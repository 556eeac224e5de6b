"""Questions that several forms ask, and what every record made from their answers has in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from smartdash.model.declare import Record
from smartdash.ui.view import View
from smartdash.ui.writing import fresh

Make = Callable[[], list[Record]]
"""Makes the records of a form that was sent; raises Refusal where something is missing."""


def choose_one(
    view: View,
    label: str,
    titles: Mapping[str, str],
    key: str,
    placeholder: str = "capture.none_yet",
) -> str | None:
    """Ask for one of `titles` by its key, or none; `placeholder` is a message."""
    answer: str | None = st.selectbox(
        label,
        list(titles),
        index=None,
        format_func=lambda name: titles[name],
        key=fresh(key),
        placeholder=view.say(placeholder),
    )
    return answer


def new_record(view: View, key: str = "") -> dict[str, Any]:
    """The programme and mark of a new record; without `key`, its fields make one."""
    programme = view.programme
    return {"programme": programme.key, "key": key, "demo": programme.demo} if programme else {}
