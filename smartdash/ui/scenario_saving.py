"""Saving what is tried out as a named scenario, changing a saved one, and taking it back; each is one revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.figures.headings import heading
from smartdash.figures.scenario_options import Assumed, priced_line
from smartdash.model.declare import Record
from smartdash.model.scenarios import Scenario, ScenarioPrice
from smartdash.store import Audience
from smartdash.ui.questions import new_key, new_record
from smartdash.ui.scenario_stock import Stock
from smartdash.ui.view import View
from smartdash.ui.writing import Signature, fresh, hindrance, refuse, show_done, sign, working_day, write

_STEM = "szenario"
_LONGEST_NAME = 120


def save_scenario(view: View, stock: Stock, assumed: Assumed, key: str | None) -> None:
    """The form that saves what is tried out; `key` is the saved scenario it was taken from. The public sees none."""
    if view.audience is Audience.PUBLIC:
        return
    if reason := hindrance(view):
        st.info(reason, icon=":material/info:")
        return
    show_done()
    known = stock.on_top.get(key or "")
    if assumed.empty and known is None:
        return
    say = view.say
    title = say("scenarios.change" if known else "scenarios.save")
    with st.expander(title, icon=":material/save:"), st.form(fresh(f"scenario_form_{key}"), border=False):
        named = _ask_names(view, known)
        signature = sign(view, f"scenario_{key}", say("scenarios.reason"))
        with st.container(horizontal=True):
            stored = st.form_submit_button(title, type="primary")
            retired = known is not None and st.form_submit_button(say("scenarios.retire"))
    if stored:
        _store(view, stock, assumed, known, named, signature)
    elif retired and known is not None:
        _write(view, stock, known.key, [], signature, say("scenarios.retired", title=known.title))


def _ask_names(view: View, known: Scenario | None) -> dict[str, Any]:
    """Name, note, and whether the public may see it; the rest is what is tried out."""
    name = f"scenario_{known.key if known else ''}"
    title = st.text_input(
        heading(Scenario, "title", view.say),
        value=known.title if known else "",
        max_chars=_LONGEST_NAME,
        key=fresh(f"{name}_title"),
        placeholder=view.say("scenarios.name_example"),
    )
    note = st.text_area(
        heading(Scenario, "note", view.say),
        value=(known.note or "") if known else "",
        height=68,
        key=fresh(f"{name}_note"),
    )
    public = st.toggle(
        heading(Scenario, "public", view.say),
        value=known.public if known else False,
        key=fresh(f"{name}_public"),
        help=view.say("scenarios.public_help"),
    )
    return {"title": title.strip(), "note": note.strip() or None, "public": public}


def _store(
    view: View,
    stock: Stock,
    assumed: Assumed,
    known: Scenario | None,
    named: Mapping[str, Any],
    signature: Signature,
) -> None:
    missing = "scenarios.name_needed" if not named["title"] else "scenarios.nothing_assumed" if assumed.empty else ""
    if missing:
        refuse(view, Refusal(missing))
        return
    asked = assumed.scenario
    key = known.key if known else new_key(view, Scenario, _STEM)
    values = {
        **named,
        "plan_version": stock.base.version.key,
        "funding_rate": asked.funding_rate,
        "enforce_caps": asked.enforce_caps,
        "delay_months": asked.delay_months,
        "saved_on": working_day(view),
        "saved_by": signature.author or None,
    }
    scenario = known.model_copy(update=values) if known else Scenario(**new_record(view, key), **values)
    prices = [
        priced_line(stock.base, key, price.cost_line, price.percent, price.from_year).model_copy(
            update={"public": scenario.public}
        )
        for price in assumed.prices
    ]
    _write(view, stock, key, [scenario, *prices], signature, view.say("scenarios.saved", title=scenario.title))


def _write(view: View, stock: Stock, key: str, records: Sequence[Record], signature: Signature, done: str) -> None:
    """Write the records of one scenario in place of what it was; nothing of it where there are none."""
    others = [item for item in stock.scenarios if item.key != key]
    prices = [price for price in stock.prices if price.scenario != key]
    write(
        view,
        [*others, *prices, *records],
        signature,
        based_on=stock.revision,
        done=done,
        all_of=(Scenario, ScenarioPrice),
    )
