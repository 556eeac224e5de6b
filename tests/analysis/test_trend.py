"""How forecasts move, and what counts as a slip."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartdash.analysis.schedule import milestone_standings
from smartdash.analysis.trend import Trend, slipped_out, slips, trends
from smartdash.model.schedule import Milestone, MilestoneForecast

PLAN = date(2026, 6, 30)
AS_OF = date(2026, 5, 15)


def milestone(key: str = "m", planned: date | None = PLAN, **values: Any) -> Milestone:
    return Milestone(programme="x", key=key, title=key, planned=planned, **values)


def forecast(reported: date, day: date, reason: str | None = None, key: str | None = None) -> MilestoneForecast:
    values = {"key": key} if key else {}
    return MilestoneForecast(programme="x", milestone="m", reported_on=reported, forecast=day, reason=reason, **values)


def only(forecasts: list[MilestoneForecast], record: Milestone | None = None) -> Trend:
    standings = milestone_standings([record or milestone()], forecasts, AS_OF)
    (found,) = trends(standings, forecasts)
    return found


MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


@pytest.mark.parametrize(
    ("reports", "moved", "later", "earlier", "reason"),
    [
        ([], [], 0, 0, None),
        ([(MARCH, PLAN, "a")], [0], 0, 0, None),
        ([(MARCH, date(2026, 6, 20), "a")], [-10], 0, 1, "a"),
        ([(MARCH, date(2026, 7, 10), "a"), (APRIL, date(2026, 7, 10), "b")], [10, 0], 1, 0, "a"),
        ([(MARCH, date(2026, 6, 20), "a"), (APRIL, date(2026, 7, 10), "b")], [-10, 20], 1, 1, "b"),
        ([(APRIL, date(2026, 7, 10), "b"), (MARCH, date(2026, 6, 20), "a")], [-10, 20], 1, 1, "b"),
        ([(MARCH, date(2026, 7, 10), "a"), (APRIL, date(2026, 7, 1), None)], [10, -9], 1, 1, None),
        ([(date(2024, 2, 29), PLAN + timedelta(1), "a")], [1], 1, 0, "a"),
    ],
    ids=[
        "no forecast", "on the plan", "moved earlier only", "moved once", "earlier, then later", "reported late",
        "last move without reason", "leap day",
    ],
)  # fmt: skip
def test_moves_to_later_and_to_earlier_days_are_counted_apart(
    reports: list[tuple[date, date, str | None]], moved: list[int], later: int, earlier: int, reason: str | None
) -> None:
    found = only([forecast(*report) for report in reports])
    assert [report.moved for report in found.reports] == moved
    assert (found.moves_later, found.moves_earlier, found.last_reason) == (later, earlier, reason)


def test_of_two_forecasts_of_one_day_only_the_higher_key_moves_the_date() -> None:
    found = only([forecast(MARCH, date(2026, 9, 1), key="b"), forecast(MARCH, date(2026, 7, 1), key="c")])
    assert [(report.forecast, report.moved) for report in found.reports] == [(date(2026, 7, 1), 1)]


def test_without_a_plan_the_first_report_is_no_move() -> None:
    reached = milestone(planned=None, actual=MAY)
    found = only([forecast(MARCH, date(2026, 4, 20)), forecast(APRIL, MAY)], reached)
    assert [report.moved for report in found.reports] == [None, 11]
    assert found.standing.slip is None


@pytest.mark.parametrize(
    ("before", "after", "slipped"),
    [
        (date(2026, 6, 30), date(2026, 7, 1), True),
        (date(2026, 6, 1), date(2026, 6, 30), False),
        (date(2026, 7, 1), date(2026, 9, 1), False),
        (date(2026, 8, 1), date(2026, 6, 1), False),
        (date(2026, 6, 30), date(2026, 6, 1), False),
    ],
    ids=["out of the period", "within it", "was never in it", "moved into it", "moved earlier"],
)
def test_a_date_slips_out_of_a_period_only_from_inside_to_behind_it(before: date, after: date, slipped: bool) -> None:
    assert slipped_out(before, after, date(2026, 6, 30)) is slipped


def test_the_largest_slip_comes_first_and_what_has_no_plan_last() -> None:
    records = [
        milestone("early", actual=date(2026, 5, 1)),
        milestone("unknown", None, actual=date(2026, 5, 1)),
        milestone("late", actual=date(2026, 5, 10), planned=date(2026, 5, 1)),
        milestone("open"),
    ]
    found = slips(milestone_standings(records, [], AS_OF), [])
    assert [(item.standing.milestone.key, item.standing.slip) for item in found] == [
        ("late", 9), ("open", 0), ("early", -60), ("unknown", None),
    ]  # fmt: skip


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_all_moves_together_lead_from_the_plan_to_the_newest_forecast(
    dates: list[tuple[date, date]], chance: Any
) -> None:
    forecasts = [forecast(reported, day, key=str(index)) for index, (reported, day) in enumerate(dates)]
    found = only(forecasts)
    assert sum(report.moved or 0 for report in found.reports) == (found.reports[-1].forecast - PLAN).days
    chance.shuffle(forecasts)
    assert only(forecasts) == found
