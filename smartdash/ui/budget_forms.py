"""Short forms on the budget page: record a forecast, reverse a posting, move a commitment."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.store import Audience
from smartdash.ui.budget_questions import (
    ask_forecast,
    ask_reversal,
    ask_step,
    choose_commitment,
    choose_line,
    choose_posting,
)
from smartdash.ui.budget_stock import Stock, read_stock
from smartdash.ui.questions import Make
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, hindrance, refuse, show_done, sign, write

_KIND = "budget_form"


def budget_forms(view: View) -> None:
    """Choose what to enter, fill it in, store it; the public sees none, nor does a programme without cost lines."""
    if view.programme is None or view.audience is Audience.PUBLIC or view.presentation:
        return
    stock = read_stock(view)
    if not stock.lines:
        return
    if reason := hindrance(view):
        st.info(reason, icon=":material/info:")
        return
    show_done()
    say = view.say
    st.markdown(f"### {say('actuals.enter')}")
    there = {"forecast": True, "reversal": bool(stock.postings), "step": bool(stock.states)}
    name = st.selectbox(
        say("actuals.what"),
        [name for name in _FORMS if there[name]],
        key=_KIND,
        format_func=lambda item: say(f"actuals.form_{item}"),
        placeholder=say("ui.choose"),
    )
    choose, ask = _FORMS[name]
    subject = choose(view, stock)
    with st.form(fresh(f"budget_{name}_{subject}"), border=False):
        make = ask(view, stock, subject)
        signature = sign(view, f"budget_{name}", say(f"actuals.form_{name}"))
        stored = st.form_submit_button(say("actuals.store"), type="primary")
    if not stored:
        return
    try:
        records = make()
    except Refusal as refusal:
        refuse(view, refusal)
        return
    write(view, records, signature, based_on=stock.revision, done=say("actuals.done"))


_FORMS: dict[str, tuple[Callable[[View, Stock], str | None], Callable[[View, Stock, str | None], Make]]] = {
    "forecast": (choose_line, ask_forecast),
    "reversal": (choose_posting, ask_reversal),
    "step": (choose_commitment, ask_step),
}
"""By the name of a form: what it is about, and what it asks."""
