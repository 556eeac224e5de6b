"""The page about maturity models: one is chosen, shown, compared with another, handed out, and brought in."""

from __future__ import annotations

import streamlit as st

from smartdash.figures.figure import Figure, Option
from smartdash.figures.maturity_model_data import BEFORE, MODEL
from smartdash.store import Audience
from smartdash.ui import opened
from smartdash.ui.maturity_model_import import take_in
from smartdash.ui.maturity_model_version import hand_out
from smartdash.ui.options import chosen_options, keep_page_choice
from smartdash.ui.page import show_figures
from smartdash.ui.show import draw
from smartdash.ui.view import View
from smartdash.ui.writing import show_done

_STRUCTURE, _DIFFERENCES = "model.structure", "model.differences"


def show_maturity_model(view: View) -> None:
    """The page of a programme; the public and a presentation are offered no forms."""
    show_done()
    structure = _made(view, _STRUCTURE, chosen_options(_STRUCTURE))
    if structure.missing:
        show_figures(view, _STRUCTURE)
    else:
        (option,) = structure.draft.options
        _choose(view, option)
        chosen = ((MODEL, option.chosen),)
        scope = view.scope()
        for key in (_STRUCTURE, "model.levels", "model.checks"):
            if not (made := _made(view, key, chosen)).missing:
                draw(view, scope, made, chosen)
        _compare(view, option)
        show_figures(view, "model.overview")
    if view.programme and view.audience is Audience.INTERNAL and not view.presentation:
        if not structure.missing:
            hand_out(view, structure.draft.options[0].chosen)
        take_in(view)


def _made(view: View, key: str, chosen: opened.Chosen) -> Figure:
    return opened.figure(view.scope(), key, view.lang, chosen)


def _choose(view: View, option: Option) -> None:
    """The choice of a model, where there is more than one; it holds for the whole page and stands in its address."""
    if len(option.values) < 2:
        return
    key = f"page_{option.name}"
    # The session may hold a model of another programme; setting the value keeps it over a change of pages.
    st.session_state[key] = option.chosen
    st.selectbox(
        option.label,
        list(option.values),
        format_func=lambda value: option.values[value],
        key=key,
        on_change=lambda: keep_page_choice(option.name, st.session_state[key]),
        placeholder=view.say("ui.choose"),
        width=480,
    )


def _compare(view: View, option: Option) -> None:
    """The differences to another model, where there is one."""
    if len(option.values) < 2:
        return
    # The address may name a model that this audience does not see.
    known = {name: value for name, value in chosen_options(_DIFFERENCES) if value in option.values}
    chosen = known | {MODEL: option.chosen}
    made = _made(view, _DIFFERENCES, tuple(chosen.items()))
    other = next(item for item in made.draft.options if item.name == BEFORE)
    _choose(view, other)
    draw(view, view.scope(), made, tuple(chosen.items()))
