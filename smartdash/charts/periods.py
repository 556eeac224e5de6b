"""Calendar periods, from a week to ten years."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2099, 12, 31)
"""What lies outside is a mistake or means "without end"; no axis goes further."""

_DAY = timedelta(days=1)


class Zoom(StrEnum):
    """How long a period is that a chart shows; `ALL` is whatever the data need."""

    ALL = "all"
    DECADE = "decade"
    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"


_MONTHS = {Zoom.DECADE: 120, Zoom.YEAR: 12, Zoom.QUARTER: 3, Zoom.MONTH: 1}


def within_calendar(day: date) -> date:
    """The day, or the nearest one that an axis may show."""
    return min(max(day, FIRST_DAY), LAST_DAY)


def period_of(zoom: Zoom, day: date) -> tuple[date, date]:
    """The first and the last day of the period that holds a day; weeks begin on Monday (ISO 8601).

    Raises:
        KeyError: `ALL` is no period of the calendar.
    """
    if zoom is Zoom.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    months = _MONTHS[zoom]
    begin = (day.year * 12 + day.month - 1) // months * months
    after = begin + months
    return date(begin // 12, begin % 12 + 1, 1), date(after // 12, after % 12 + 1, 1) - _DAY


def periods(zoom: Zoom, first: date, last: date) -> list[date]:
    """The first days of all periods from the one that holds `first` to the one that holds `last`."""
    begins = []
    day = within_calendar(first)
    while day <= within_calendar(last):
        begin, end = period_of(zoom, day)
        begins.append(begin)
        day = end + _DAY
    return begins
