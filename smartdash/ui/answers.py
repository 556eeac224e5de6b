"""The answers to public contributions as a list to publish, always as the public may see them."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from smartdash.analysis.participation import personal_traces
from smartdash.exchange.list_workbook import PrintedList, list_workbook
from smartdash.figures import Figure
from smartdash.figures.output import as_csv, source_line
from smartdash.store import Audience
from smartdash.ui import opened, router
from smartdash.ui.markdown import plain
from smartdash.ui.view import View

_FIGURE = "workshops.answers"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer_answers() -> None:
    """Downloads of the public list below the figures of a page, whoever is looking; nothing where there is no answer.

    What may tell a person is pointed out to the administration, so that it can decide before the list goes out.
    """
    view = router.chosen()
    if view is None or view.programme is None or view.presentation:
        return
    scope = view.scope()
    if not opened.figure(scope, _FIGURE, view.lang).draft.rows:
        return
    say, made = view.say, opened.figure(replace(scope, audience=Audience.PUBLIC), _FIGURE, view.lang)
    with st.container(border=True, key="publish_answers"):
        st.markdown(f"### {say('participation.publish')}")
        if not made.draft.rows:
            st.markdown(say("participation.nothing_released"))
            return
        st.markdown(plain(made.draft.message))
        st.caption(say("participation.publish_text", n=len(made.draft.rows)))
        if view.audience is Audience.INTERNAL and (traced := _traced(made)):
            st.warning(say("participation.check_first", n=traced), icon=":material/person_search:")
        _downloads(view, made)


def _traced(made: Figure) -> int:
    """How many rows hold something that may tell a person, in any of their texts."""
    return sum(any(isinstance(value, str) and personal_traces(value) for value in row) for row in made.draft.rows)


def _downloads(view: View, made: Figure) -> None:
    name = f"{made.programme}_workshops-answers_public_{made.as_of:%Y-%m-%d}" + ("_demo" if made.demo else "")
    with st.container(horizontal=True):
        st.download_button(
            view.say("participation.as_xlsx"),
            data=lambda: list_workbook(_printed(made), made.lang),
            file_name=f"{name}.xlsx",
            mime=_XLSX,
            key="publish_xlsx",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            view.say("participation.as_csv"),
            data=lambda: ("\ufeff" + as_csv(made)).encode(),
            file_name=f"{name}.csv",
            mime="text/csv",
            key="publish_csv",
            on_click="ignore",
            icon=":material/download:",
        )


def _printed(made: Figure) -> PrintedList:
    return PrintedList(
        name=made.title,
        title=f"{made.programme_title}: {made.title}",
        facts=[made.draft.message, source_line(made)],
        headings=[column.label for column in made.draft.columns],
        rows=made.draft.rows,
        demo=made.demo,
    )
