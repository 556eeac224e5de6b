"""Correcting an earlier check-in, with the versions it has had: who wrote which, when, from what to what."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from smartdash.analysis.okr import KeyResultStanding
from smartdash.model.check_ins import CheckIn
from smartdash.ui.check_in_form import ask_and_store
from smartdash.ui.check_in_reading import CheckInStock
from smartdash.ui.check_in_words import report_line
from smartdash.ui.record_versions import show_versions
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
    show_versions(view, CheckIn, before.key, _COMPARED)
    name = f"check_in_{before.key}"
    ask_and_store(view, stock, item, left, name=name, reported_on=before.reported_on, before=before, filled=before)
