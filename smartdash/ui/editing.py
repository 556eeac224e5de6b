"""The grid in which the records of one type are corrected; saving is one revision with its reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from smartdash.exchange import read
from smartdash.exchange.csv_files import protect
from smartdash.locale.numbers import MINUS, NO_BREAK_SPACE, number
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
from smartdash.store import Changes, Origin, StoreError
from smartdash.ui import opened
from smartdash.ui.markdown import plain
from smartdash.ui.view import View

_MOST_ROWS = 1000
_MOST_KEYS = 500


def edit(view: View) -> None:
    """Choose a sheet, change its rows, save them with a reason."""
    say, programme = view.say, view.programme
    if programme is None:
        return
    stored = opened.store().current(programme.key)
    names = [name for name, record in RECORDS.items() if not record.sheet.shared or name == "source"]
    name = st.selectbox(
        say("data.sheet"),
        names,
        format_func=lambda item: f"{RECORDS[item].sheet.label(view.lang)} ({len(stored[item])})",
        key="edit_sheet",
        placeholder=say("ui.choose"),
    )
    records, record = stored[name], RECORDS[name]
    st.caption(record.sheet.purpose(view.lang))
    if len(records) > _MOST_ROWS:
        st.info(say("data.too_many_rows", most=str(_MOST_ROWS)))
        return
    revision = opened.store().latest()
    edited = st.data_editor(
        pd.DataFrame(
            [[_cell(getattr(item, one.name), view) for one in fields(record)] for item in records],
            columns=[one.name for one in fields(record)],
            dtype=object,
        ),
        num_rows="dynamic",
        hide_index=True,
        placeholder="",
        column_config={one.name: _column(one, view) for one in fields(record)},
        # A new key after each write starts a fresh grid; the old one would replay its edits.
        key=f"grid_{name}_{programme.key}_{revision}",
    )
    with st.form(f"save_{name}", border=False):
        reason = st.text_input(say("data.reason"), max_chars=200, placeholder=say("data.reason_example"))
        author = st.text_input(say("data.author"), max_chars=100, placeholder=say("data.author_example"))
        if st.form_submit_button(say("data.save"), type="primary"):
            _save(view, record, edited, revision, author.strip() or say("data.author_default"), reason.strip())


def _save(view: View, record: type[Record], edited: pd.DataFrame, revision: int, author: str, reason: str) -> None:
    say, programme = view.say, view.programme
    if programme is None:
        return
    upload = (f"{record.sheet.name}.csv", _as_csv(record, edited))
    own = programme.key if record.sheet.name != "programme" else None
    reading = read(upload, programme=own, known=opened.store().keys)
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
        st.error(say(error.message, **error.values), icon=":material/block:")
        return
    if written is None:
        st.info(say("data.nothing_new"))
        return
    st.success(say("data.stored", revision=str(written.number)), icon=":material/check_circle:")


def _as_csv(record: type[Record], edited: pd.DataFrame) -> bytes:
    """The grid as the CSV that the importer reads, so that both refuse the same things in the same words."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([one.name for one in fields(record)])
    writer.writerows([_text(value) for value in row] for row in edited.itertuples(index=False))
    return stream.getvalue().encode()


def _text(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()[:10]
    return protect(str(value))


def _cell(value: Any, view: View) -> Any:
    """A value as the grid shows it: numbers as text without thousands separators, choices as words."""
    if isinstance(value, Choice):
        return value.label(view.lang)
    if isinstance(value, Decimal):
        separator = "." if view.lang == "de" else ","
        return number(value, view.lang).replace(separator, "").replace(MINUS, "-").replace(NO_BREAK_SPACE, "")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


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
