from __future__ import annotations

from datetime import date

import pytest

from smartdash.charts.periods import FIRST_DAY, LAST_DAY, Zoom, period_of, periods, within_calendar


@pytest.mark.parametrize(
    ("zoom", "day", "expected"),
    [
        (Zoom.WEEK, date(2024, 2, 29), (date(2024, 2, 26), date(2024, 3, 3))),
        (Zoom.WEEK, date(2027, 1, 1), (date(2026, 12, 28), date(2027, 1, 3))),
        (Zoom.WEEK, date(2026, 8, 17), (date(2026, 8, 17), date(2026, 8, 23))),
        (Zoom.MONTH, date(2024, 2, 29), (date(2024, 2, 1), date(2024, 2, 29))),
        (Zoom.MONTH, date(2026, 12, 31), (date(2026, 12, 1), date(2026, 12, 31))),
        (Zoom.QUARTER, date(2026, 3, 31), (date(2026, 1, 1), date(2026, 3, 31))),
        (Zoom.QUARTER, date(2026, 12, 1), (date(2026, 10, 1), date(2026, 12, 31))),
        (Zoom.YEAR, date(2026, 7, 1), (date(2026, 1, 1), date(2026, 12, 31))),
        (Zoom.DECADE, date(2029, 12, 31), (date(2020, 1, 1), date(2029, 12, 31))),
        (Zoom.DECADE, date(2030, 1, 1), (date(2030, 1, 1), date(2039, 12, 31))),
    ],
)
def test_a_period_holds_its_day_and_begins_as_the_calendar_does(
    zoom: Zoom, day: date, expected: tuple[date, date]
) -> None:
    assert period_of(zoom, day) == expected


def test_everything_is_no_period() -> None:
    with pytest.raises(KeyError):
        period_of(Zoom.ALL, FIRST_DAY)


@pytest.mark.parametrize(
    ("zoom", "count", "first"),
    [
        (Zoom.DECADE, 2, date(2010, 1, 1)),
        (Zoom.YEAR, 3, date(2019, 1, 1)),
        (Zoom.QUARTER, 6, date(2019, 10, 1)),
        (Zoom.MONTH, 15, date(2019, 12, 1)),
        (Zoom.WEEK, 61, date(2019, 12, 30)),
    ],
)
def test_periods_cover_the_days_without_a_gap(zoom: Zoom, count: int, first: date) -> None:
    begins = periods(zoom, date(2019, 12, 31), date(2021, 2, 28))
    assert (len(begins), begins[0]) == (count, first)
    ends = [period_of(zoom, begin)[1] for begin in begins]
    assert all((later - end).days == 1 for end, later in zip(ends, begins[1:], strict=False))


def test_days_beyond_the_calendar_count_as_its_ends() -> None:
    assert (within_calendar(date(206, 1, 1)), within_calendar(date(9999, 12, 31))) == (FIRST_DAY, LAST_DAY)
    assert len(periods(Zoom.DECADE, date.min, date.max)) == 11
