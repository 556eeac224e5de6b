"""Who changed what and when, and what every field means."""

from __future__ import annotations

from dataclasses import fields

import pandas as pd
import streamlit as st

from smartdash.exchange.dictionary import dictionary
from smartdash.ui import opened
from smartdash.ui.view import View

_LOG = ("number", "at", "author", "reason", "origin", "new", "changed", "retired")


def show_log(view: View) -> None:
    """The revisions of the chosen programme, newest first."""
    if view.programme is None:
        return
    rows = [[getattr(revision, name) for name in _LOG] for revision in opened.store().revisions(view.programme.key)]
    st.markdown(view.say("data.log_intro", n=len(rows)))
    st.dataframe(
        pd.DataFrame(rows, columns=list(_LOG)),
        hide_index=True,
        column_config={
            **{name: st.column_config.Column(view.say(f"cli.{name}")) for name in _LOG},
            "at": st.column_config.DatetimeColumn(view.say("cli.at"), format="DD.MM.YYYY HH:mm"),
        },
        alt=view.say("data.tab_log"),
    )


def show_dictionary(view: View) -> None:
    """Every field of every sheet, with its meaning and the values it takes."""
    rows = dictionary(view.lang)
    names = [field.name for field in fields(rows[0])]
    st.markdown(view.say("data.dictionary_intro", n=len(rows)))
    st.dataframe(
        pd.DataFrame([[getattr(row, name) for name in names] for row in rows], columns=names),
        hide_index=True,
        height=600,
        column_config={name: st.column_config.Column(view.say(f"cli.{name}")) for name in names},
        alt=view.say("data.tab_dictionary"),
    )
