"""Capturing during and after a workshop: collect, order, condense, bring on."""

from __future__ import annotations

import streamlit as st

from smartdash.ui.capture_condense import condense
from smartdash.ui.capture_event import choose_event
from smartdash.ui.capture_grid import order
from smartdash.ui.capture_lines import collect
from smartdash.ui.capture_reading import read_workshop
from smartdash.ui.capture_states import bring_on
from smartdash.ui.page import no_programme
from smartdash.ui.view import View
from smartdash.ui.writing import hindrance, show_done

_AT_EVENT = {"collect": collect, "order": order}
_ANYWHERE = {"condense": condense, "states": bring_on}


def capture(view: View) -> None:
    """The steps of a workshop, one at a time, or why nothing can be captured here."""
    if view.programme is None:
        no_programme(view)
        return
    if reason := hindrance(view):
        st.info(reason, icon=":material/info:")
        return
    workshop = read_workshop(view)
    event = choose_event(view, workshop)
    step = st.segmented_control(
        view.say("capture.step"),
        [*_AT_EVENT, *_ANYWHERE],
        default="collect",
        required=True,
        key="capture_step",
        format_func=lambda name: view.say(f"capture.step_{name}"),
    )
    show_done()
    if step in _ANYWHERE:
        _ANYWHERE[step](view, workshop, event)
    elif event is None:
        st.info(view.say("capture.no_event"), icon=":material/info:")
    else:
        _AT_EVENT[step](view, workshop, event)
