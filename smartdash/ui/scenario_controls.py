"""The controls of the try-out: rate, limits, delay and prices, and buttons that fill them in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.figures.headings import heading
from smartdash.figures.scenario_data import STANDARD_DELAY, STANDARD_RATES, question
from smartdash.figures.scenario_options import TRIED, Assumed, priced_line
from smartdash.figures.scenario_words import exact_percent
from smartdash.locale.numbers import number
from smartdash.model.scenarios import Scenario, ScenarioPrice
from smartdash.ui.markdown import plain
from smartdash.ui.questions import typed_number
from smartdash.ui.scenario_stock import Stock
from smartdash.ui.view import View
from smartdash.ui.writing import refuse

_WAYS = ("plan", "between", "free")
_LOW, _HIGH = (int(rate) for rate in STANDARD_RATES)
_LONGEST_DELAY = 60
_STEEPEST = (Decimal(-100), Decimal(1000))
_DEFAULTS: Mapping[str, Any] = {
    "way": "plan",
    "rate": _LOW,
    "typed": "",
    "caps": False,
    "delay": 0,
    "lines": [],
    "saved": None,
}
_EVERY_YEAR = 0


def ask_assumptions(view: View, stock: Stock) -> Assumed:
    """Ask what is to be assumed; what is no number is said and left out."""
    for name, value in _DEFAULTS.items():
        st.session_state.setdefault(_key(view, name), value)
    if loaded(view, stock) is None:
        # It may have been withdrawn since, or stand on another version than the one in force on this day.
        st.session_state[_key(view, "saved")] = None
    _offer_fillings(view, stock)
    rate, delay, caps = st.columns(3)
    with rate:
        funding_rate = _ask_rate(view)
    with delay:
        delay_months = st.slider(
            heading(Scenario, "delay_months", view.say), 0, _LONGEST_DELAY, key=_key(view, "delay"), format="%d"
        )
    with caps:
        enforce_caps = st.toggle(
            heading(Scenario, "enforce_caps", view.say),
            key=_key(view, "caps"),
            help=view.say("scenarios.caps_help"),
        )
    prices = _ask_prices(view, stock)
    scenario = question(
        stock.base, TRIED, funding_rate=funding_rate, enforce_caps=enforce_caps, delay_months=delay_months
    )
    return Assumed(scenario, prices)


def loaded(view: View, stock: Stock) -> str | None:
    """The key of the saved scenario that has been taken into the try-out."""
    key = st.session_state.get(_key(view, "saved"))
    return key if key in stock.on_top else None


def _offer_fillings(view: View, stock: Stock) -> None:
    """Buttons for the standard questions, which add to what is assumed, and the saved scenarios to start from."""
    say = view.say
    fillings: dict[str, dict[str, Any]] = {
        say("scenarios.fill_rate", rate=exact_percent(rate, view.lang)): {"way": "between", "rate": int(rate)}
        for rate in STANDARD_RATES
    }
    if stock.base.limits.caps:
        fillings[say("scenarios.fill_caps")] = {"caps": True}
    fillings[say("scenarios.delay", n=STANDARD_DELAY)] = {"delay": STANDARD_DELAY}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for place, (label, values) in enumerate(fillings.items()):
            st.button(label, key=_key(view, f"fill_{place}"), on_click=_fill, args=(view, values))
        st.button(
            say("scenarios.back_to_plan"),
            key=_key(view, "reset"),
            icon=":material/restart_alt:",
            type="tertiary",
            on_click=_fill,
            args=(view, _DEFAULTS),
        )
        if stock.on_top:
            st.selectbox(
                say("scenarios.load"),
                list(stock.on_top),
                key=_key(view, "saved"),
                format_func=lambda key: stock.on_top[key].title,
                on_change=_load,
                args=(view, stock),
                placeholder=say("scenarios.load_none"),
                width=320,
            )


def _ask_rate(view: View) -> Decimal | None:
    say = view.say
    texts = {
        "plan": say("scenarios.as_planned"),
        "between": say("scenarios.rate_between", low=str(_LOW), high=str(_HIGH)),
        "free": say("scenarios.rate_free"),
    }
    way = st.segmented_control(
        heading(Scenario, "funding_rate", say),
        list(_WAYS),
        key=_key(view, "way"),
        required=True,
        format_func=lambda name: texts[name],
        help=say("scenarios.rate_help"),
    )
    if way == "between":
        return Decimal(
            st.slider(
                heading(Scenario, "funding_rate", say),
                _LOW,
                _HIGH,
                key=_key(view, "rate"),
                format="%d\u00a0%%" if view.lang == "de" else "%d%%",
                label_visibility="collapsed",
            )
        )
    if way == "free":
        typed = st.text_input(
            heading(Scenario, "funding_rate", say),
            key=_key(view, "typed"),
            placeholder=say("scenarios.rate_example"),
            label_visibility="collapsed",
        )
        return _percent(view, typed, Decimal(0), Decimal(100))
    return None


def _ask_prices(view: View, stock: Stock) -> tuple[ScenarioPrice, ...]:
    say = view.say
    state = st.session_state
    # The lines of another day's plan may be others.
    state[_key(view, "lines")] = [line for line in state[_key(view, "lines")] if line in stock.lines]
    lines = st.multiselect(
        say("scenarios.price_lines"),
        list(stock.lines),
        key=_key(view, "lines"),
        format_func=lambda line: stock.lines[line],
        placeholder=say("scenarios.price_lines_none"),
        help=say("scenarios.price_help"),
    )
    prices = []
    for line in lines:
        state.setdefault(_key(view, f"percent_{line}"), "5")
        if state.get(_key(view, f"from_{line}")) not in stock.years:
            state[_key(view, f"from_{line}")] = _EVERY_YEAR
        with st.container(horizontal=True, vertical_alignment="bottom"):
            typed = st.text_input(
                say("scenarios.price_of", line=plain(stock.lines[line])),
                key=_key(view, f"percent_{line}"),
                width="stretch",
            )
            year = st.selectbox(
                heading(ScenarioPrice, "from_year", say),
                [_EVERY_YEAR, *stock.years],
                key=_key(view, f"from_{line}"),
                format_func=lambda item: str(item) if item else say("scenarios.every_year"),
                placeholder=say("ui.choose"),
                width=160,
            )
        change = _percent(view, typed, *_STEEPEST)
        if change is not None:
            prices.append(priced_line(stock.base, TRIED, line, change, year or None))
    return tuple(prices)


def _percent(view: View, text: str, low: Decimal, high: Decimal) -> Decimal | None:
    """The percentage that a text means; None where there is none yet, or none between the two bounds."""
    if not (bare := text.strip().removesuffix("%").strip().removeprefix("+")):
        return None
    try:
        value = typed_number(bare)
    except Refusal:
        refuse(view, Refusal("scenarios.no_percent", value=text.strip()))
        return None
    if low <= value <= high:
        return value
    values = {"value": bare, "low": number(low, view.lang), "high": number(high, view.lang)}
    refuse(view, Refusal("scenarios.out_of_bounds", **values))
    return None


def _load(view: View, stock: Stock) -> None:
    """Take a saved scenario into the controls."""
    key = loaded(view, stock)
    if key is None:
        return
    assumed = stock.assumed(key)
    rate = assumed.scenario.funding_rate
    between = rate is not None and rate in range(_LOW, _HIGH + 1)
    values: dict[str, Any] = {
        "way": "plan" if rate is None else "between" if between else "free",
        "rate": int(rate) if rate is not None and between else _LOW,
        "typed": "" if rate is None or between else number(rate.normalize(), view.lang),
        "caps": assumed.scenario.enforce_caps,
        "delay": assumed.scenario.delay_months,
        "lines": [price.cost_line for price in assumed.prices if price.cost_line in stock.lines],
    }
    for price in assumed.prices:
        values[f"percent_{price.cost_line}"] = number(price.percent.normalize(), view.lang)
        values[f"from_{price.cost_line}"] = price.from_year if price.from_year in stock.years else _EVERY_YEAR
    _fill(view, values)


def _fill(view: View, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        st.session_state[_key(view, name)] = value


def _key(view: View, name: str) -> str:
    """A widget's key; each programme has its own lines and assumptions."""
    return f"scenario_{view.programme.key if view.programme else ''}_{name}"
