"""Numbers, money and dates as a reader of German or English expects them.

Rounding is half up, an empty value is "–", the minus sign is U+2212, and a value never breaks from its unit.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from babel import Locale
from babel.dates import format_date

from smartdash.locale.catalogue import Language, words

EMPTY = "–"
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"

Number = Decimal | int | float

_LOCALES = {"de": Locale("de", "DE"), "en": Locale("en", "GB")}
_SEPARATORS = {"de": str.maketrans(",.", ".,"), "en": {}}
_DAY = {"de": "dd.MM.yyyy", "en": "d MMM yyyy"}
_SHORT_UNITS = {
    "de": tuple(unit.replace(" ", NO_BREAK_SPACE) for unit in (" €", " T€", " Mio. €", " Mrd. €")),
    "en": ("", "k", "m", "bn"),
}
# Wider than the 28 digits of the default context, so that no amount the store can hold is refused or cut.
_EXACT = Context(prec=60)


def number(value: Number | None, lang: Language, digits: int | None = None) -> str:
    """Return a number with separators; `digits` decimals, or as many as the value itself has.

    Raises:
        ValueError: The value is infinite.
    """
    exact = _exact(value)
    return EMPTY if exact is None else _signed(_round(exact, digits), lang)


def percent(fraction: Number | None, lang: Language, digits: int = 1) -> str:
    """Return a fraction of one as a percentage: 0.904 becomes "90,4 %" or "90.4%"."""
    exact = _exact(fraction)
    if exact is None:
        return EMPTY
    unit = f"{NO_BREAK_SPACE}%" if lang == "de" else "%"
    return _signed(_round(exact.scaleb(2, _EXACT), digits), lang) + unit


def euro(amount: Decimal | None, lang: Language, cents: bool = False) -> str:
    """Return an amount in euro: "1.705.000 €" or "€1,705,000", with two decimals where `cents` is true."""
    exact = _exact(amount)
    return EMPTY if exact is None else _money(_round(exact, 2 if cents else 0), lang, unit=0)


def euro_short(amount: Decimal | None, lang: Language) -> str:
    """Return a rounded amount: "1,7 Mio. €" or "€1.7m", "91,4 T€" or "€91.4k"; under 1,000 whole euros."""
    exact = _exact(amount)
    if exact is None:
        return EMPTY
    whole = _round(exact, 0)
    if whole.copy_abs() < 1000:
        return _money(whole, lang, unit=0)
    for unit in (1, 2):
        scaled = _round(exact.scaleb(-3 * unit, _EXACT), 1)
        if scaled.copy_abs() < 1000:
            return _money(scaled, lang, unit)
    return _money(_round(exact.scaleb(-9, _EXACT), 1), lang, unit=3)


def day(value: date | None, lang: Language) -> str:
    """Return a date: "01.07.2022" or "1 Jul 2022"."""
    return _date(value, _DAY[lang], lang)


def day_range(first: date | None, last: date | None, lang: Language) -> str:
    """Return a span of days: "01.08. – 31.10.2022", one day if both are equal, "ab …" or "bis …" with one end open."""
    first, last = _present(first), _present(last)
    if first is None:
        return EMPTY if last is None else words(lang)("common.until_day", day=day(last, lang))
    if last is None:
        return words(lang)("common.from_day", day=day(first, lang))
    if first == last:
        return day(first, lang)
    start = _DAY[lang]
    if first.year == last.year:
        start = "dd.MM." if lang == "de" else "d MMM"
    return f"{_date(first, start, lang)}{NO_BREAK_SPACE}– {day(last, lang)}"


def month(value: date | None, lang: Language) -> str:
    """Return month and year: "März 2024" or "March 2024"."""
    return _date(value, "MMMM yyyy", lang)


def quarter(value: date | None, lang: Language) -> str:
    """Return quarter and year, the same in both languages: "Q1 2024"."""
    return _date(value, "'Q'Q yyyy", lang)


def days(count: int | None, lang: Language) -> str:
    """Return a number of days in words: "1 Tag", "3 Tage" or "3 days"."""
    return EMPTY if count is None else words(lang)("common.days", n=count)


def with_plus(text: str, value: Decimal) -> str:
    """A written number with a plus sign where it is above zero; the minus sign it has already."""
    return f"+{text}" if value > 0 else text


def _exact(value: Number | None) -> Decimal | None:
    """Return the value as the decimal that its digits show; None if there is no value (None, NaN)."""
    if value is None:
        return None
    exact = Decimal(str(value))
    if exact.is_nan():
        return None
    if exact.is_infinite():
        raise ValueError("an infinite value cannot be shown")
    return exact


def _round(value: Decimal, digits: int | None) -> Decimal:
    if digits is not None:
        value = value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, _EXACT)
    return value.copy_abs() if value.is_zero() else value


def _signed(value: Decimal, lang: Language) -> str:
    return (MINUS if value < 0 else "") + _digits(value, lang)


def _digits(value: Decimal, lang: Language) -> str:
    return f"{value.copy_abs():,f}".translate(_SEPARATORS[lang])


def _money(value: Decimal, lang: Language, unit: int) -> str:
    sign = MINUS if value < 0 else ""
    symbol = "" if lang == "de" else "€"
    return f"{sign}{symbol}{_digits(value, lang)}{_SHORT_UNITS[lang][unit]}"


def _present(value: date | None) -> date | None:
    # A missing date of a table (pandas NaT) is the only date that differs from itself.
    return None if value is None or value != value else value


def _date(value: date | None, pattern: str, lang: Language) -> str:
    value = _present(value)
    return EMPTY if value is None else format_date(value, pattern, locale=_LOCALES[lang])
