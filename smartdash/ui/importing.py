"""The form that brings a file in: check first, see what would change, then store it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from smartdash.exchange import COUNTS, ImportResult, Problem, difference_rows, import_file, may_change
from smartdash.locale import Words
from smartdash.store import Difference
from smartdash.ui import opened
from smartdash.ui.markdown import plain
from smartdash.ui.view import View, choose

_TYPES = ["xlsx", "xlsm", "xls", "ods", "zip", "csv", "json"]


def import_form(view: View) -> None:
    """Upload, check, confirm."""
    say = view.say
    st.markdown(say("data.import_intro"))
    file = st.file_uploader(say("data.file"), type=_TYPES, key="import_file", label_visibility="collapsed")
    if file is None:
        return
    complete = st.toggle(say("data.complete"), key="import_complete", help=say("data.complete_help"))
    upload = (file.name, file.getvalue())
    with st.spinner(say("data.checking", file=plain(file.name))):
        tried = _import(view, upload, author="", complete=complete, dry_run=True)
    if tried.problems or tried.difference is None:
        _problems(tried, say)
        return
    target = tried.reading.programme or ""
    for note in tried.reading.notes:
        st.caption(plain(note.text(say)))
    difference_table(tried.difference, say)
    if tried.difference.missing and not complete:
        st.caption(say("data.missing_kept", n=tried.difference.missing))
    if not may_change(tried.difference):
        st.success(say("data.nothing_new"), icon=":material/done_all:")
        return
    with st.form("import_confirm", border=False):
        author = st.text_input(say("data.author"), max_chars=100, placeholder=say("data.author_example"))
        reason = st.text_input(say("data.reason"), max_chars=200, placeholder=say("data.reason_example"))
        stored = st.form_submit_button(say("data.store", programme=target), type="primary")
    if not stored:
        return
    with st.status(say("data.storing", file=plain(file.name))) as status:
        result = _import(
            view,
            upload,
            author=author.strip() or say("data.author_default"),
            reason=reason.strip(),
            complete=complete,
        )
        status.update(label=say("data.storing_done"), state="complete")
    if result.problems:
        _problems(result, say)
        return
    if result.revision is None:
        # Somebody else has stored the same in the meantime.
        st.success(say("data.nothing_new"), icon=":material/done_all:")
        return
    st.success(say("data.stored", revision=str(result.revision.number)), icon=":material/check_circle:")
    if not view.programme or target != view.programme.key:
        st.button(say("data.go_to", programme=target), on_click=choose, args=("programme", target))


def _import(view: View, upload: tuple[str, bytes], **options: Any) -> ImportResult:
    """Import a file for the programme it names itself, or else for the chosen one."""
    result = import_file(opened.store(), upload, **options)
    if view.programme and any(problem.message == "exchange.no_programme" for problem in result.problems):
        return import_file(opened.store(), upload, programme=view.programme.key, **options)
    return result


def difference_table(difference: Difference, say: Words) -> None:
    """What is new, changed, retired and unchanged, sheet by sheet."""
    st.dataframe(
        pd.DataFrame(difference_rows(difference, say.lang), columns=["sheet", *COUNTS]).convert_dtypes(),
        hide_index=True,
        column_config={name: st.column_config.Column(say(f"cli.{name}")) for name in ("sheet", *COUNTS)},
        alt=say("data.difference_alt"),
    )


def _problems(result: ImportResult, say: Words) -> None:
    st.error(say("data.refused", n=len(result.problems)), icon=":material/block:")
    problem_table(result.problems, say)


def problem_table(problems: Sequence[Problem], say: Words) -> None:
    """What is wrong where and what would be right; the first ones also in words."""
    rows = [
        [
            problem.file,
            problem.sheet,
            # A column of whole numbers would show a missing one as "None".
            "" if problem.row is None else str(problem.row),
            problem.column,
            problem.value,
            problem.text(say),
        ]
        for problem in problems
    ]
    names = ("file", "sheet", "row", "column", "value", "expected")
    st.dataframe(
        pd.DataFrame(rows, columns=list(names)),
        hide_index=True,
        column_config={
            name: st.column_config.Column(say(f"data.{name}"), width="large" if name == "expected" else None)
            for name in names
        },
        alt=say("data.problems_alt"),
    )
    for problem in problems[:3]:
        st.caption(plain(f"{problem.place(say)}: {problem.text(say)}"))
