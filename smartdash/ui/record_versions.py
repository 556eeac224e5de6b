"""The versions of one record: who wrote which, when and why, and what each of them changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import streamlit as st

from smartdash.figures.headings import heading
from smartdash.locale.numbers import EMPTY, day, number
from smartdash.model.declare import Choice, Record
from smartdash.store import Version
from smartdash.ui import opened
from smartdash.ui.markdown import plain
from smartdash.ui.view import View


def show_versions(view: View, record: type[Record], key: str, compared: Sequence[str]) -> None:
    """The versions of a record of the view's programme, the newest on top; nothing where there never was one.

    Args:
        view: The page's choices.
        record: The record's type.
        key: Its key.
        compared: The fields of which a change is told.
    """
    programme = view.programme.key if view.programme else ""
    history = opened.store().record_history(programme, record.sheet.name, key)
    if not history:
        return
    changes = {newer.revision: _changes(view, record, compared, older, newer) for newer, older in pairwise(history)}
    with st.expander(view.say("check_in.versions", n=len(history)), key=f"versions_{record.sheet.name}_{key}"):
        for version in history:
            what = changes.get(version.revision) or view.say("check_in.first_version")
            if version.retired:
                what = view.say("check_in.taken_back")
            when = f"{day(version.at.date(), view.lang)} · {version.author} · {version.reason}"
            st.markdown(f"- {plain(when)}: {plain(what)}")


def _changes(view: View, record: type[Record], compared: Sequence[str], older: Version, newer: Version) -> str:
    return "; ".join(
        f"{heading(record, name, view.say)} {_shown(older.values[name], view)} → {_shown(newer.values[name], view)}"
        for name in compared
        if older.values[name] != newer.values[name]
    )


def _shown(value: Any, view: View) -> str:
    if value is None:
        return EMPTY
    if isinstance(value, Choice):
        return value.label(view.lang)
    if isinstance(value, date):
        return day(value, view.lang)
    return value if isinstance(value, str) else number(value, view.lang)
