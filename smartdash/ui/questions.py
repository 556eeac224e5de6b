"""Questions that several forms ask, and what every record made from their answers has in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from smartdash.analysis.collecting import new_keys
from smartdash.analysis.condensing import Refusal
from smartdash.exchange.numbers import number_from_text
from smartdash.exchange.problems import Fault
from smartdash.model.declare import Record
from smartdash.ui import opened
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, working_day

Make = Callable[[], list[Record]]
"""Makes the records of a form that was sent; raises Refusal where something is missing."""

_MOST_PLACES = 4
_MOST = Decimal(10) ** 14


def choose_one(
    view: View,
    label: str,
    titles: Mapping[str, str],
    key: str,
    placeholder: str = "capture.none_yet",
    chosen: str | None = None,
) -> str | None:
    """Ask for one of `titles` by its key, or none; `placeholder` is a message, `chosen` the answer given before."""
    answer: str | None = st.selectbox(
        label,
        list(titles),
        index=list(titles).index(chosen) if chosen is not None and chosen in titles else None,
        format_func=lambda name: titles[name],
        key=fresh(key),
        placeholder=view.say(placeholder),
    )
    return answer


def ask_day(view: View, label: str, name: str, value: date | None, *, past: bool = False) -> date | None:
    """Ask for a day; `past` ones are not after the working day."""
    most = working_day(view) if past else None
    chosen: date | None = st.date_input(label, value=value, max_value=most, format="DD.MM.YYYY", key=fresh(name))
    return chosen


def new_key(view: View, record: type[Record], stem: str) -> str:
    """The next free key of a record type, such as R-3; one that was in use before is not given again."""
    programme = view.programme.key if view.programme else ""
    return next(new_keys(stem, opened.store().keys(programme, record.sheet.name, retired=True)))


def new_record(view: View, key: str = "") -> dict[str, Any]:
    """The programme and mark of a new record; without `key`, its fields make one."""
    programme = view.programme
    return {"programme": programme.key, "key": key, "demo": programme.demo} if programme else {}


def typed_number(text: str) -> Decimal:
    """The number that a typed text means, as a measure can hold it.

    Raises:
        Refusal: it is no number, not a clear one, or has too many digits.
    """
    try:
        value = number_from_text(text, "")
    except Fault:
        raise Refusal("closing.no_number", value=text) from None
    if value != round(value, _MOST_PLACES) or abs(value) >= _MOST:
        raise Refusal("closing.no_number", value=text)
    return value


def typed_amount(text: str) -> Decimal | None:
    """The amount in euro and cent that a typed text means; None where nothing was typed.

    Raises:
        Refusal: it is no amount, is negative, or has parts of a cent.
    """
    if not text.strip():
        return None
    try:
        amount = number_from_text(text.strip(), "€")
    except Fault:
        raise Refusal("projects.no_amount", value=text.strip()) from None
    if amount < 0 or amount.adjusted() > 12 or amount != round(amount, 2):
        raise Refusal("projects.no_amount", value=text.strip())
    return amount
