"""From a record's value to what a cell holds: for a workbook by language, for CSV as codes."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from smartdash.exchange.cells import CONTROL, decimals
from smartdash.locale import Language, words
from smartdash.model.declare import Choice, DeclaredField
from smartdash.spreadsheet import protect

_EXCEL_DIGITS = 15
_EXCEL_TEXT = 32_767
_EXCEL_DAYS = date(1900, 3, 1)
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def workbook_content(one: DeclaredField, value: Any, lang: Language) -> str | Decimal | int | date | None:
    """Return a cell's content; what Excel cannot hold exactly (more than 15 digits, days before 1900) becomes text.

    Raises:
        ValueError: A text is longer than the 32,767 characters of a cell.
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return words(lang)("exchange.yes" if value else "exchange.no")
    if isinstance(value, Choice):
        return value.label(lang)
    if isinstance(value, Decimal):
        return value if len(value.normalize().as_tuple().digits) <= _EXCEL_DIGITS else _digits(one, value)
    if isinstance(value, date):
        return value if value >= _EXCEL_DAYS else value.isoformat()
    if isinstance(value, int):
        return value if abs(value) < 10**_EXCEL_DIGITS else str(value)
    return workbook_text(one.name, str(value))


def workbook_text(name: str, value: str) -> str:
    """Return a text as a cell of the column `name` holds it: cleaned, and with nothing that Excel reads as an escape.

    Raises:
        ValueError: It is longer than the 32,767 characters of a cell.
    """
    text = _ESCAPE.sub("_x005F_", clean(value))
    if len(text) > _EXCEL_TEXT:
        raise ValueError(f"{name}: a text of {len(text)} characters does not fit into a cell; use the CSV file")
    return text


def csv_content(one: DeclaredField, value: Any) -> str:
    """Return a cell of a CSV file: field codes, ISO dates, decimal point; texts cannot run as formulas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Choice):
        return value.value
    if isinstance(value, Decimal):
        return _digits(one, value)
    if isinstance(value, date):
        return value.isoformat()
    return protect(clean(str(value)))


def clean(text: str) -> str:
    """Return a text with plain line breaks and without control characters, which no file here can hold."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _digits(one: DeclaredField, value: Decimal) -> str:
    """The number in full; never with exactly three decimals, which could be read as thousands."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    whole, _, rest = text.partition(".")
    if decimals(one) == 2:
        return f"{whole}.{rest.ljust(2, '0')}"
    return f"{text}0" if len(rest) == 3 else text
