"""Collecting contributions: pasted lines or a list, looked through before they are stored."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from smartdash.analysis.collecting import Line, contributions_from_lines, lines_from_rows, pasted_rows
from smartdash.exchange.files import load
from smartdash.locale import Words
from smartdash.model.workshops import Audience, Event
from smartdash.ui.capture_reading import Workshop, collected_on, taken_keys
from smartdash.ui.markdown import plain
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, sign, write

_TYPES = ["xlsx", "csv", "txt", "ods", "xls"]


def collect(view: View, workshop: Workshop, event: Event) -> None:
    """Paste lines or choose a list, see what they are understood as, store them."""
    say = view.say
    st.caption(say("capture.no_names"))
    way = st.segmented_control(
        say("capture.way"),
        ["paste", "list"],
        default="paste",
        required=True,
        key="capture_way",
        format_func=lambda item: say(f"capture.way_{item}"),
    )
    rows = _pasted(say) if way == "paste" else _listed(view)
    present = [item.text for item in workshop.material.contributions if item.event == event.key]
    lines = lines_from_rows(rows, present)
    if not lines:
        return
    with st.container(horizontal=True):
        public = st.toggle(
            say("capture.public"),
            value=event.audience is Audience.PUBLIC,
            key=fresh(f"capture_public_{event.key}"),
            help=say("capture.public_help"),
        )
        doubles = any(line.known for line in lines) and st.toggle(say("capture.with_known"), key=fresh("capture_known"))
        named = any(line.personal for line in lines) and st.toggle(
            say("capture.with_personal"), key=fresh("capture_personal"), help=say("capture.with_personal_help")
        )
    kept = [line for line in lines if (doubles or not line.known) and (named or not line.personal)]
    _preview(lines, kept, say)
    with st.form(fresh("capture_lines_form"), border=False):
        suggested = say("capture.reason_lines", n=len(kept), event=event.title)
        signature = sign(view, "capture_lines", suggested)
        stored = st.form_submit_button(
            say("capture.store_lines", n=len(kept)), type="primary", disabled=not kept, key=fresh("capture_store_lines")
        )
    if stored and kept:
        made = contributions_from_lines(kept, event, collected_on(event, view), public=public, taken=taken_keys(view))
        done = say("capture.done_lines", n=len(made))
        write(view, made, signature, based_on=workshop.revision, done=done)


def _pasted(say: Words) -> list[list[str]]:
    text = st.text_area(
        say("capture.lines"),
        height=200,
        key=fresh("capture_lines"),
        placeholder=say("capture.lines_example"),
        help=say("capture.lines_help"),
    )
    st.button(say("capture.preview"), key="capture_preview")
    return pasted_rows(text)


def _listed(view: View) -> Sequence[Sequence[object]]:
    say = view.say
    st.caption(say("capture.list_help"))
    file = st.file_uploader(say("data.file"), type=_TYPES, key=fresh("capture_file"), label_visibility="collapsed")
    if file is None:
        return []
    contents = load((file.name, file.getvalue()))
    for problem in contents.problems:
        st.error(plain(f"{problem.place(say)}: {problem.text(say)}"), icon=":material/block:")
    return next((table.rows for table in contents.tables if table.rows), [])


def _preview(lines: Sequence[Line], kept: Sequence[Line], say: Words) -> None:
    """What each line is understood as, and what is to be said about it."""
    left_out = len(lines) - len(kept)
    st.markdown(say("capture.understood", n=len(lines)))
    if left_out:
        st.warning(say("capture.left_out", n=left_out), icon=":material/visibility_off:")
    names = ("note", "text", "cluster", "votes")
    st.dataframe(
        pd.DataFrame([[_note(line, say), line.text, line.cluster, line.votes] for line in lines], columns=list(names)),
        hide_index=True,
        column_config={
            name: st.column_config.Column(say(f"capture.column_{name}"), width="medium" if name == "text" else None)
            for name in names
        },
        placeholder="–",
        alt=say("capture.preview_alt"),
    )


def _note(line: Line, say: Words) -> str:
    notes = [say("capture.note_known")] if line.known else []
    notes += [say(f"capture.note_{kind.value}") for kind in line.personal]
    if line.unread:
        notes.append(say("capture.note_unread", value=line.unread))
    return "; ".join(notes)
