"""Numbers as people and Excel write them, read exactly or refused."""

from __future__ import annotations

import math
import re
from decimal import Decimal, InvalidOperation

from smartdash.exchange.problems import Fault
from smartdash.locale import Language

_SPACES = re.compile(r"[\s\u2009\u202f\u00a0]+")
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_GERMAN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_ENGLISH = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,}")
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?")
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_CURRENCY = ("€", "EUR", "Euro")
_EXACT_UP_TO = 1e13
"""Below this, a float names at most one amount in cents, so its text with two decimals is exact."""


def number_from_text(text: str, unit: str) -> Decimal:
    """Return the number that a text such as "1.234,56 €", "1 234.5" or "−3" means.

    A single separator before exactly three digits ("1.234") is a thousand to one reader and a decimal to another.

    Raises:
        Fault: `ambiguous_number`, `not_a_number`.
    """
    digits, negative = _unsigned(_without_unit(_SPACES.sub(" ", text).strip(), unit))
    if _AMBIGUOUS.fullmatch(digits):
        whole = re.sub("[.,]", "", digits)
        raise Fault("exchange.ambiguous_number", whole=whole, decimal=f"{digits[:-4]},{digits[-3:]}0")
    if _PLAIN.fullmatch(digits) or _SPACED.fullmatch(digits):
        digits = digits.replace(" ", "").replace(",", ".")
    elif _GERMAN.fullmatch(digits):
        digits = digits.replace(".", "").replace(",", ".")
    elif _ENGLISH.fullmatch(digits):
        digits = digits.replace(",", "")
    else:
        raise Fault("exchange.not_a_number")
    return -Decimal(digits) if negative else Decimal(digits)


def text_from_number(value: Decimal, lang: Language) -> str:
    """Return a number as a text to edit, with the language's decimal sign; `number_from_text` reads it back."""
    # Not exactly three decimals: as text they could be read as thousands.
    text = f"{value:f}"
    text = f"{text}0" if len(text.partition(".")[2]) == 3 else text
    return text.replace(".", ",") if lang == "de" else text


def _without_unit(text: str, unit: str) -> str:
    for sign in (unit, *_CURRENCY) if unit == "€" else (unit or "%",):
        if text.endswith(sign):
            return text.removesuffix(sign).strip()
        if sign in _CURRENCY and text.startswith(sign):
            return text.removeprefix(sign).strip()
    return text


def _unsigned(text: str) -> tuple[str, bool]:
    signs = "-−–"
    if text[:1] and text[0] in signs:
        return text[1:].strip(), True
    if text[-1:] and text[-1] in signs:
        return text[:-1].strip(), True
    return text.removeprefix("+").strip(), False


def number_from_float(value: float, places: int) -> Decimal:
    """Return the decimal that a spreadsheet's float stands for, with at most `places` decimals where noise is all else.

    Excel keeps binary floats, so 0.1 + 0.2 arrives as 0.30000000000000004. What differs from the rounded value by less
    than a billionth (or four units in the last place) is such noise; other decimals stay and are refused later.

    Raises:
        Fault: `not_a_number` for a value that is infinite or not a number.
    """
    if not math.isfinite(value):
        raise Fault("exchange.not_a_number")
    exact = Decimal(repr(value).removesuffix(".0"))
    try:
        rounded = exact.quantize(Decimal(1).scaleb(-places))
    except InvalidOperation:
        return exact
    noise = min(max(1e-9, 4 * math.ulp(value)), 10.0 ** -(places + 2))
    if exact == rounded or abs(exact - rounded) > noise:
        return exact
    return rounded.normalize() + 0 if places > 2 else rounded


def amounts_from_floats(values: list[float]) -> list[Decimal] | None:
    """Return a whole column of amounts at once, or None if a value needs a closer look."""
    if not values or max(values) > _EXACT_UP_TO or min(values) < -_EXACT_UP_TO:
        return None
    texts = [f"{value:.2f}" for value in values]
    return list(map(Decimal, texts)) if list(map(float, texts)) == values else None
