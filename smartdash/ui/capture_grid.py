"""Ordering contributions: text, cluster and votes in a grid, saved as one revision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from smartdash.model.workshops import Contribution, Event
from smartdash.ui.capture_reading import Workshop
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, sign, write, writes

_GRID = "capture_grid"
_COLUMNS = ("text", "cluster", "votes")


def order(view: View, workshop: Workshop, event: Event) -> None:
    """Change the contributions of an event; what somebody else has changed since the grid was made is refused."""
    say = view.say
    revision, records = _kept(view, workshop, event)
    if not records:
        st.info(say("capture.no_contributions"), icon=":material/info:")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(say("capture.grid_intro", n=len(records)))
        if st.button(say("data.reload"), icon=":material/refresh:", help=say("data.reload_help")):
            st.session_state.pop(_GRID, None)
            st.rerun()
    edited = st.data_editor(
        _frame(records),
        num_rows="fixed",
        hide_index=True,
        placeholder="",
        column_config={
            "text": st.column_config.TextColumn(say("capture.column_text"), required=True, width="medium"),
            "cluster": st.column_config.TextColumn(say("capture.column_cluster"), max_chars=100),
            "votes": st.column_config.NumberColumn(say("capture.column_votes"), min_value=0, step=1, format="%d"),
        },
        alt=say("capture.grid_alt"),
        key=fresh(f"capture_grid_{event.key}_{revision}"),
    )
    changed = edited_contributions(records, edited.itertuples(index=False))
    if changed:
        st.caption(say("capture.grid_pending", n=len(changed)))
    with st.form(fresh("capture_grid_form"), border=False):
        signature = sign(view, "capture_grid", say("capture.reason_grid", event=event.title))
        stored = st.form_submit_button(say("data.save"), type="primary")
    if stored:
        if any(not item.text for item in changed):
            st.error(say("capture.text_needed"), icon=":material/block:")
            return
        done = say("capture.done_grid", n=len(changed))
        write(view, changed, signature, based_on=revision, done=done)


def edited_contributions(records: Sequence[Contribution], rows: Iterable[Sequence[Any]]) -> list[Contribution]:
    """The contributions that differ from their row of text, cluster and votes, changed accordingly."""
    changed = []
    for record, row in zip(records, rows, strict=True):
        text, cluster, votes = (None if pd.isna(value) else value for value in row)
        values = {
            "text": str(text or "").strip(),
            "cluster": str(cluster).strip() or None if cluster is not None else None,
            "votes": None if votes is None else int(votes),
        }
        if any(getattr(record, name) != value for name, value in values.items()):
            changed.append(record.model_copy(update=values))
    return changed


def _kept(view: View, workshop: Workshop, event: Event) -> tuple[int, list[Contribution]]:
    """The contributions of the grid with the revision they are from; they stay while others write."""
    chosen = (view.programme.key if view.programme else "", event.key, writes())
    kept = st.session_state.get(_GRID)
    if kept is None or kept[0] != chosen:
        records = [item for item in workshop.material.contributions if item.event == event.key]
        kept = st.session_state[_GRID] = (chosen, workshop.revision, records)
    return kept[1], kept[2]


def _frame(records: Sequence[Contribution]) -> pd.DataFrame:
    frame = pd.DataFrame([[getattr(item, name) for name in _COLUMNS] for item in records], columns=list(_COLUMNS))
    return frame.astype({"text": object, "cluster": object, "votes": "Int64"})
