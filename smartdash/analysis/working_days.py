"""Working days: Monday to Friday without the public holidays that all of Germany has."""

from __future__ import annotations

from datetime import date, timedelta

_SATURDAY = 5
_FIXED = ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))
_AFTER_EASTER = (-2, 1, 39, 50)
"""Good Friday, Easter Monday, Ascension Day, Whit Monday."""


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8: "Butcher's algorithm")."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, left = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quarter, over = divmod(rest, 4)
    weekday = (32 + 2 * left + 2 * quarter - moon - over) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def holidays(year: int) -> frozenset[date]:
    """The nine public holidays that hold in every German state.

    They stand in the holiday acts of the sixteen states; 3 October in the unification treaty, article 2 (2).
    What only some states have, such as 31 October, is left out: the day may then be a working day too many.
    """
    sunday = easter(year)
    movable = {sunday + timedelta(days=days) for days in _AFTER_EASTER}
    return frozenset(movable | {date(year, month, day) for month, day in _FIXED})


def is_working_day(day: date) -> bool:
    """Whether a day is neither at the weekend nor a public holiday of all Germany."""
    return day.weekday() < _SATURDAY and day not in holidays(day.year)


def pre_read_day(held_on: date, days: int = 3) -> date:
    """The day by which the pre-read of a conference is due: so many working days before the day it is held on."""
    day = held_on
    while days:
        day -= timedelta(days=1)
        days -= is_working_day(day)
    return day
