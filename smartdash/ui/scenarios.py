"""The page about scenarios: try out, compare, see what is assumed, and save."""

from __future__ import annotations

import streamlit as st

from smartdash.figures.scenario_options import as_options
from smartdash.ui import opened
from smartdash.ui.page import show_figures
from smartdash.ui.scenario_controls import ask_assumptions, loaded
from smartdash.ui.scenario_saving import save_scenario
from smartdash.ui.scenario_stock import Stock, read_stock
from smartdash.ui.show import draw
from smartdash.ui.view import View

_TRY_OUT = "scenarios.try_out"
_SIDE_BY_SIDE = ("scenarios.own_share", "scenarios.assumptions")


def show_scenarios(view: View) -> None:
    """The page of a programme; in a presentation only what is compared."""
    stock = read_stock(view.scope())
    if stock is None:
        show_figures(view, _TRY_OUT, *_SIDE_BY_SIDE)
        return
    if not view.presentation:
        _try_out(view, stock)
    show_figures(view, *_SIDE_BY_SIDE)


def _try_out(view: View, stock: Stock) -> None:
    say = view.say
    with st.container(border=True, key="scenario_try_out"):
        st.markdown(f"### {say('scenarios.ask')}")
        st.caption(say("scenarios.not_saved"))
        assumed = ask_assumptions(view, stock)
    scope = view.scope()
    chosen = as_options(assumed)
    draw(view, scope, opened.figure(scope, _TRY_OUT, view.lang, chosen), chosen)
    save_scenario(view, stock, assumed, loaded(view, stock))
