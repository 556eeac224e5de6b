"""When a period counted in months and days is over."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def period_end(start: date, months: int = 0, days: int = 0) -> date:
    """The last day of a period of months and days that begins with the day after `start` (§ 188 Abs. 2, 3 BGB).

    It has the number of the day it began on; where the last month has no such day, it is the month's last.
    """
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    end = start.replace(year=year, month=month + 1, day=min(start.day, monthrange(year, month + 1)[1]))
    return end + timedelta(days=days)


def whole_months(first: date, last: date) -> int:
    """How many months a stretch of days needs that includes both its ends: begun months count as whole ones."""
    before = first - timedelta(days=1)
    months = (last.year - before.year) * 12 + last.month - before.month
    return months if period_end(before, months) >= last else months + 1
