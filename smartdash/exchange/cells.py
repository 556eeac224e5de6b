"""From a cell's content to a value of the field's kind, or the reason why not.

An empty cell is no value; in every column but text, so is a lone dash. Whole columns of one type take a short way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from smartdash.exchange.names import plain
from smartdash.exchange.numbers import amounts_from_floats, number_from_float, number_from_text
from smartdash.exchange.problems import Fault
from smartdash.model.declare import Choice, Day, DeclaredField, Flag, Money, Number, Pick, Text, Whole

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd-\uffff]")
"""What no spreadsheet can hold as text, and the sign that stands where an encoding went wrong."""

_DASHES = {"-", "–", "—", "−"}
_TRUE = {"ja", "j", "yes", "y", "true", "wahr", "x", "1"}
_FALSE = {"nein", "n", "no", "false", "falsch", "0"}
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_GERMAN_DAY = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}\. ?[0-9]{1,2}\. ?[0-9]{2}")
_SERIAL = re.compile(r"[0-9]{5}")
_SERIALS = range(32874, 73416)
"""Excel's day numbers from 1990 to 2100; any other number in a date column is a mistake."""
_DAY_ZERO = date(1899, 12, 30)


def convert(one: DeclaredField, cells: Sequence[Any]) -> tuple[list[Any], dict[int, Fault]]:
    """Return the values of a column (None where empty or wrong) and the faults by index."""
    values = _whole_column(one, cells)
    if values is not None:
        return values, {}
    values, faults = [], {}
    known: dict[tuple[type, Any], Any] = {}
    for index, cell in enumerate(cells):
        content = (type(cell), cell)
        if content not in known:
            known[content] = _value_or_fault(one, cell)
        value = known[content]
        if type(value) is Fault:
            faults[index] = value
            value = None
        values.append(value)
    return values, faults


def _whole_column(one: DeclaredField, cells: Sequence[Any]) -> list[Any] | None:
    kinds = set(map(type, cells))
    if kinds == {date} and isinstance(one.column, Day):
        return list(cells)
    if kinds == {float} and isinstance(one.column, Money):
        return amounts_from_floats(list(cells))
    if kinds == {str} and not any(cells):
        return [None] * len(cells)
    if kinds == {str} and one.type is not str:
        found = {cell: _value_or_fault(one, cell) for cell in set(cells)}
        return None if any(type(value) is Fault for value in found.values()) else [found[cell] for cell in cells]
    if kinds == {str}:
        together = "\n".join(cells)
        if "\r" not in together and not CONTROL.search(together):
            stripped = list(map(str.strip, cells))
            return [text or None for text in stripped] if "" in stripped else stripped
    return None


def _value_or_fault(one: DeclaredField, cell: Any) -> Any:
    text = cell.strip() if isinstance(cell, str) else cell
    if text == "" or (not isinstance(one.column, Text) and isinstance(text, str) and text in _DASHES):
        return None
    if isinstance(text, str) and CONTROL.search(text):
        return Fault("exchange.control_character")
    try:
        return _reader(one)(text)
    except Fault as fault:
        return fault


def _reader(one: DeclaredField) -> Callable[[Any], Any]:
    column = one.column
    if isinstance(column, Day):
        return _day
    if isinstance(column, Flag):
        return _flag
    if isinstance(column, Pick):
        return lambda cell: _choice(one.type, cell)
    if isinstance(column, Whole):
        return lambda cell: _whole(cell, column.unit)
    if isinstance(column, Money | Number):
        return lambda cell: _decimal(cell, column.unit, decimals(one))
    return _text


def decimals(one: DeclaredField) -> int:
    """Return how many decimals a number column may have: two for money, four for measures."""
    return 2 if isinstance(one.column, Money) else 4


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(cell, bool):
        raise Fault("exchange.flag_in_text")
    if isinstance(cell, float | int):
        return str(int(cell)) if float(cell).is_integer() else repr(cell)
    raise Fault("exchange.date_in_text")


def _day(cell: Any) -> date:
    if isinstance(cell, datetime):
        if cell.time() != time():
            raise Fault("exchange.time_of_day")
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, str):
        return _day_from_text(cell)
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _day_from_serial(cell)
    raise Fault("exchange.not_a_date")


def _day_from_text(text: str) -> date:
    if _SHORT_YEAR.fullmatch(text):
        raise Fault("exchange.short_year")
    if _SERIAL.fullmatch(text):
        return _day_from_serial(int(text))
    iso, german = _ISO_DAY.fullmatch(text), _GERMAN_DAY.fullmatch(text)
    if iso:
        parts = iso.groups()
    elif german:
        parts = german.groups()[::-1]
    else:
        raise Fault("exchange.not_a_date")
    try:
        return date(*map(int, parts))
    except ValueError:
        raise Fault("exchange.no_such_day") from None


def _day_from_serial(number: float) -> date:
    if not _SERIALS.start <= number < _SERIALS.stop:
        raise Fault("exchange.not_a_date")
    if not float(number).is_integer():
        raise Fault("exchange.time_of_day")
    return _DAY_ZERO + timedelta(days=int(number))


def _flag(cell: Any) -> bool:
    if isinstance(cell, bool):
        return cell
    word = str(int(cell)) if isinstance(cell, float | int) and cell in (0, 1) else str(cell).casefold()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise Fault("exchange.not_a_flag")


@cache
def _choices(kind: type[Choice]) -> dict[str, Choice]:
    labels = {plain(label): member for member in reversed(kind) for label in (member.en, member.de)}
    return labels | {plain(member.value): member for member in kind}


def _choice(kind: Any, cell: Any) -> Choice:
    found = _choices(kind).get(plain(cell)) if isinstance(cell, str) else None
    if found is None:
        raise Fault("exchange.unknown_choice")
    return found


def _decimal(cell: Any, unit: str, places: int) -> Decimal:
    if isinstance(cell, str):
        return number_from_text(cell, unit)
    if isinstance(cell, bool):
        raise Fault("exchange.not_a_number")
    if isinstance(cell, float):
        return number_from_float(cell, places)
    if isinstance(cell, int):
        return Decimal(cell)
    raise Fault("exchange.date_in_number")


def _whole(cell: Any, unit: str) -> int:
    exact = _decimal(cell, unit, 4)
    if exact != exact.to_integral_value():
        raise Fault("exchange.not_whole")
    if exact.adjusted() > 17:
        raise Fault("exchange.too_large")
    return int(exact)
