"""Correcting an earlier check-in, with the versions it has had: who wrote which, when, from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import streamlit as st

from smartdash.analysis.okr import KeyResultStanding
from smartdash.figures.headings import heading
from smartdash.locale.numbers import EMPTY, day, number
from smartdash.model.check_ins import CheckIn
from smartdash.model.declare import Choice
from smartdash.store import Version
from smartdash.ui import opened
from smartdash.ui.check_in_form import ask_and_store
from smartdash.ui.check_in_reading import CheckInStock
from smartdash.ui.check_in_words import report_line
from smartdash.ui.markdown import plain
from smartdash.ui.view import View
from smartdash.ui.writing import fresh

_COMPARED = ("value", "zone", "confidence", "forecast", "comment")


def correct(view: View, stock: CheckInStock, item: KeyResultStanding, left: Sequence[KeyResultStanding]) -> None:
    """Choose an earlier check-in, see what it said before, and change it; it stays in its place in time."""
    reports = {report.key: report for report in stock.history(item.key_result.key)}
    key = st.selectbox(
        view.say("check_in.earlier"),
        list(reports),
        format_func=lambda name: report_line(reports[name], item.key_result, view),
        key=fresh(f"check_in_earlier_{item.key_result.key}"),
        placeholder=view.say("ui.choose"),
    )
    before = reports[key]
    st.caption(view.say("check_in.stays_in_place"))
    _versions(view, before)
    name = f"check_in_{before.key}"
    ask_and_store(view, stock, item, left, name=name, reported_on=before.reported_on, before=before, filled=before)


def _versions(view: View, report: CheckIn) -> None:
    """Who wrote this check-in when, and what each of them changed; the newest on top."""
    history = opened.store().record_history(report.programme, CheckIn.sheet.name, report.key)
    changes = {newer.revision: _changes(view, older, newer) for newer, older in pairwise(history)}
    with st.expander(view.say("check_in.versions", n=len(history))):
        for version in history:
            what = changes.get(version.revision) or view.say("check_in.first_version")
            when = f"{day(version.at.date(), view.lang)} · {version.author} · {version.reason}"
            st.markdown(f"- {plain(when)}: {plain(what)}")


def _changes(view: View, older: Version, newer: Version) -> str:
    return "; ".join(
        f"{heading(CheckIn, name, view.say)} {_shown(older.values[name], view)} → {_shown(newer.values[name], view)}"
        for name in _COMPARED
        if older.values[name] != newer.values[name]
    )


def _shown(value: Any, view: View) -> str:
    if value is None:
        return EMPTY
    if isinstance(value, Choice):
        return value.label(view.lang)
    return value if isinstance(value, str) else number(value, view.lang)
