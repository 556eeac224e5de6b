"""The grid in which the records of one type are corrected; saving is one revision with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from smartdash.exchange import read
from smartdash.exchange.grid import grid_csv, grid_rows
from smartdash.exchange.refusals import refusal_text
from smartdash.model import RECORDS
from smartdash.model.declare import (
    Choice,
    Day,
    DeclaredField,
    Flag,
    Money,
    Number,
    Pick,
    Record,
    Reference,
    Whole,
    fields,
)
from smartdash.model.shared import Source
from smartdash.model.surveys import SurveyWave
from smartdash.store import Changes, Origin, StoreError
from smartdash.store.survey_results import moderates
from smartdash.ui import opened
from smartdash.ui.markdown import plain
from smartdash.ui.view import View

_MOST_ROWS = 1000
_MOST_KEYS = 500
_GRID = "edit_grid"


def edit(view: View) -> None:
    """Choose a sheet, change its rows, save them with a reason."""
    say, programme = view.say, view.programme
    if programme is None:
        return
    offered = [record for record in RECORDS.values() if not record.sheet.shared or record is Source]
    moderating = _moderates_all(view)
    names = [record.sheet.name for record in offered if moderating or not record.sheet.confidential]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(
            say("data.sheet"),
            names,
            format_func=lambda item: RECORDS[item].sheet.label(view.lang),
            key="edit_sheet",
            placeholder=say("ui.choose"),
        )
        if st.button(say("data.reload"), icon=":material/refresh:", help=say("data.reload_help")):
            st.session_state.pop(_GRID, None)
    record = RECORDS[name]
    st.caption(record.sheet.purpose(view.lang))
    revision, frame = _grid(view, programme.key, record)
    if len(frame) > _MOST_ROWS:
        st.info(say("data.too_many_rows", most=str(_MOST_ROWS)))
        return
    edited = st.data_editor(
        frame,
        num_rows="dynamic",
        hide_index=True,
        placeholder="",
        column_config={one.name: _column(one, view) for one in fields(record)},
        # A new key after each write starts a fresh grid; the old one would replay its edits.
        key=f"grid_{name}_{programme.key}_{view.lang}_{revision}",
    )
    with st.form(f"save_{name}", border=False):
        reason = st.text_input(say("data.reason"), max_chars=200, placeholder=say("data.reason_example"))
        author = st.text_input(say("data.author"), max_chars=100, placeholder=say("data.author_example"))
        if st.form_submit_button(say("data.save"), type="primary"):
            _save(view, record, edited, revision, author.strip() or say("data.author_default"), reason.strip())


def _moderates_all(view: View) -> bool:
    """Whether the visitor's unit moderates every survey, and so may see all single answers.

    The grid holds the newest rows whatever revision is shown, so it is asked of the newest one.
    """
    with opened.store().read(replace(view.scope(), revision=None)) as reader:
        return all(moderates(reader, wave) for wave in reader.all(SurveyWave))


def _grid(view: View, programme: str, record: type[Record]) -> tuple[int, pd.DataFrame]:
    """The rows to edit with the revision they are from; they stay while others write, whose changes a save respects."""
    chosen = (programme, record.sheet.name, view.lang)
    kept = st.session_state.get(_GRID)
    if kept is None or kept[0] != chosen:
        # The revision first: what is written between the two readings is then refused, not overwritten.
        revision = opened.store().latest()
        records = opened.store().current(programme)[record.sheet.name]
        names = [one.name for one in fields(record)]
        kept = (chosen, revision, pd.DataFrame(grid_rows(records, record, view.lang), columns=names, dtype=object))
        st.session_state[_GRID] = kept
    return kept[1], kept[2]


def _save(view: View, record: type[Record], edited: pd.DataFrame, revision: int, author: str, reason: str) -> None:
    say, programme = view.say, view.programme
    if programme is None:
        return
    upload = (f"{record.sheet.name}.csv", grid_csv(record, edited.itertuples(index=False)))
    reading = read(upload, programme=programme.key, known=opened.store().keys)
    if reading.problems:
        st.error(say("data.refused", n=len(reading.problems)), icon=":material/block:")
        for problem in reading.problems:
            row = say("data.grid_row", row=str(problem.row - 1)) if problem.row else ""
            place = " › ".join(part for part in (row, problem.column, problem.value) if part)
            st.markdown(f"- {plain(place)}: {plain(problem.text(say))}")
        return
    changes = Changes(programme.key, {record.sheet.name: reading.records.get(record.sheet.name, ())}, complete=True)
    try:
        written, _ = opened.store().write(
            changes, author=author, reason=reason, origin=Origin(say("data.origin_form")), based_on=revision
        )
    except StoreError as error:
        st.error(plain(refusal_text(error, say)), icon=":material/block:")
        return
    if written is None:
        st.info(say("data.nothing_new"))
        return
    st.session_state.pop(_GRID, None)
    st.success(say("data.stored", revision=str(written.number)), icon=":material/check_circle:")


def _column(one: DeclaredField, view: View) -> Any:
    kind = one.column
    label = kind.label(view.lang) + (" *" if one.required else "")
    hint = kind.help(view.lang) or None
    if isinstance(kind, Day):
        return st.column_config.DateColumn(label, help=hint, format="DD.MM.YYYY")
    if isinstance(kind, Flag):
        return st.column_config.CheckboxColumn(label, help=hint, default=bool(one.default))
    if isinstance(kind, Pick) and issubclass(one.type, Choice):
        options = [member.label(view.lang) for member in one.type]
        return st.column_config.SelectboxColumn(label, help=hint, options=options, required=one.required)
    if isinstance(kind, Reference) and view.programme:
        keys = _keys(view.programme.key, kind.to)
        if len(keys) <= _MOST_KEYS:
            return st.column_config.SelectboxColumn(label, help=hint, options=keys, required=one.required)
    if isinstance(kind, Money | Number | Whole):
        return st.column_config.TextColumn(f"{label} ({kind.unit})" if kind.unit else label, help=hint)
    return st.column_config.TextColumn(label, help=hint)


def _keys(programme: str, targets: Sequence[str]) -> list[str]:
    return sorted({key for target in targets for key in opened.store().keys(programme, target)})
