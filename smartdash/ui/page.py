"""One page: opened through the router only, with its heading, bands and figures."""

from __future__ import annotations

from datetime import date

import streamlit as st

from smartdash.locale.numbers import day
from smartdash.store import Audience
from smartdash.ui import opened, router
from smartdash.ui.markdown import plain
from smartdash.ui.options import begin_offering, chosen_options
from smartdash.ui.show import draw, show_missing
from smartdash.ui.view import View


def open_page(name: str) -> View:
    """Begin the page `name` and return what the visitor has chosen.

    Streamlit runs a file of `pages/` directly when it is the first request after a start. Then the router is run from
    here, which draws the page if the visitor may see it, and this run ends.
    """
    view = router.chosen()
    if view is None:
        router.run()
        st.stop()
    begin_offering()
    if view.programme and name != "start":
        st.markdown(f"##### {plain(view.programme.title)}")
    st.title(view.say(f"page.{name}"))
    if name != "start":
        _bands(view)
    return view


def show_page(name: str, *figures: str) -> None:
    """A whole page of a programme: its heading, its figures in the order given, then what has no data yet."""
    view = open_page(name)
    if view.programme is None:
        no_programme(view)
        return
    show_figures(view, *figures)


def show_figures(view: View, *figures: str) -> None:
    """Figures in the order given, then what has no data yet."""
    scope, missing = view.scope(), []
    for key in figures:
        made = opened.figure(scope, key, view.lang, chosen_options(key))
        if made.missing:
            missing.append(made)
        else:
            draw(view, scope, made)
    if missing:
        show_missing(view, missing)


def no_programme(view: View) -> None:
    """What to do in an empty store."""
    st.info(view.say("ui.empty_store"), icon=":material/info:")
    st.page_link("pages/data.py", label=view.say("ui.to_data"), icon=":material/arrow_forward:")


def _bands(view: View) -> None:
    programme = view.programme
    if programme is None:
        return
    parts = []
    if programme.demo:
        parts.append(view.say("ui.demo_band"))
    if view.as_of != date.today():
        parts.append(view.say("ui.as_of_band", day=day(view.as_of, view.lang)))
    if view.revision is not None:
        parts.append(view.say("ui.revision_band", revision=str(view.revision)))
    if view.audience is Audience.PUBLIC:
        parts.append(view.say("ui.public_band"))
    if parts:
        st.info("  \n".join(parts), icon=":material/science:" if programme.demo else ":material/history:")
