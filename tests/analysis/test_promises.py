"""Which promises of a quarter were kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from smartdash.analysis.promises import Outcome, Quarter, quarters
from smartdash.model.schedule import Baseline, BaselineDate, Milestone, MilestoneForecast

AS_OF = date(2026, 8, 15)


def milestone(key: str, planned: date | None, actual: date | None = None) -> Milestone:
    return Milestone(programme="x", key=key, title=key, planned=planned, actual=actual)


def forecast(reported: date, day: date) -> MilestoneForecast:
    return MilestoneForecast(programme="x", milestone="m", reported_on=reported, forecast=day)


def baseline(decided: date, day: date) -> tuple[Baseline, BaselineDate]:
    return (
        Baseline(programme="x", key="b", title="b", decided_on=decided, decided_by="rat", reason="r"),
        BaselineDate(programme="x", baseline="b", subject="m", planned_end=day),
    )


def second_quarter(record: Milestone, *facts: Any, as_of: date = AS_OF) -> Quarter:
    """The second quarter of 2026 with one milestone, its forecasts and a baseline."""
    found = quarters(
        [record],
        [item for item in facts if isinstance(item, MilestoneForecast)],
        [item[0] for item in facts if isinstance(item, tuple)],
        [item[1] for item in facts if isinstance(item, tuple)],
        as_of,
    )
    return next(item for item in found if item.start == date(2026, 4, 1))


MAY, JUNE = date(2026, 5, 15), date(2026, 6, 30)


@pytest.mark.parametrize(
    ("record", "facts", "promised", "outcome", "moved_out"),
    [
        (milestone("m", MAY, MAY), [], MAY, Outcome.KEPT, False),
        (milestone("m", MAY, date(2026, 4, 1)), [], MAY, Outcome.KEPT, False),
        (milestone("m", MAY, date(2026, 5, 16)), [], MAY, Outcome.MISSED, False),
        (milestone("m", MAY, date(2026, 7, 1)), [], MAY, Outcome.MISSED, True),
        (milestone("m", MAY), [], MAY, Outcome.MISSED, True),
        (milestone("m", JUNE, JUNE), [forecast(date(2026, 3, 1), MAY)], MAY, Outcome.MISSED, False),
        (milestone("m", MAY, JUNE), [forecast(date(2026, 4, 1), JUNE)], JUNE, Outcome.KEPT, False),
        (milestone("m", MAY, JUNE), [forecast(date(2026, 4, 2), JUNE)], MAY, Outcome.MISSED, False),
        (milestone("m", MAY, JUNE), [baseline(date(2026, 4, 1), JUNE)], JUNE, Outcome.KEPT, False),
        (milestone("m", MAY, JUNE), [baseline(date(2026, 4, 2), JUNE)], MAY, Outcome.MISSED, False),
        (
            milestone("m", date(2026, 3, 31), JUNE),
            [forecast(date(2026, 1, 15), MAY), baseline(date(2026, 3, 1), JUNE)],
            JUNE, Outcome.KEPT, False,
        ),
        (
            milestone("m", date(2026, 3, 31), JUNE),
            [baseline(date(2026, 1, 15), JUNE), forecast(date(2026, 3, 1), MAY)],
            MAY, Outcome.MISSED, False,
        ),
    ],
    ids=[
        "on the day", "early", "a day late", "after the quarter", "not at all", "forecast before the plan",
        "forecast of the first day", "forecast of the second day", "decided on the first day", "decided later",
        "decision after the forecast", "forecast after the decision",
    ],
)  # fmt: skip
def test_what_was_promised_on_the_first_day_of_the_quarter_counts(
    record: Milestone, facts: list[Any], promised: date, outcome: Outcome, moved_out: bool
) -> None:
    (promise,) = second_quarter(record, *facts).promises
    assert (promise.promised, promise.outcome, promise.moved_out) == (promised, outcome, moved_out)


@pytest.mark.parametrize(
    ("record", "facts"),
    [
        (milestone("m", date(2026, 7, 1)), []),
        (milestone("m", MAY, date(2026, 3, 31)), []),
        (milestone("m", MAY), [forecast(date(2026, 3, 1), date(2026, 7, 1))]),
        (milestone("m", None, MAY), []),
    ],
    ids=["of another quarter", "reached before", "already put off", "never planned"],
)
def test_what_was_not_promised_for_a_quarter_is_not_counted_in_it(record: Milestone, facts: list[Any]) -> None:
    earlier = MilestoneForecast(programme="x", milestone="other", reported_on=date(2026, 1, 1), forecast=MAY)
    quarter = second_quarter(record, earlier, *facts)
    assert (quarter.promises, quarter.share) == ((), None)


@pytest.mark.parametrize(
    ("as_of", "outcome", "running", "share"),
    [
        (date(2026, 5, 15), Outcome.OPEN, True, None),
        (date(2026, 5, 16), Outcome.MISSED, True, Decimal(0)),
        (date(2026, 6, 30), Outcome.MISSED, True, Decimal(0)),
        (date(2026, 7, 1), Outcome.MISSED, False, Decimal(0)),
    ],
)
def test_a_promise_is_open_until_its_day_and_the_quarter_runs_until_its_last(
    as_of: date, outcome: Outcome, running: bool, share: Decimal | None
) -> None:
    quarter = second_quarter(milestone("m", MAY), as_of=as_of)
    assert (quarter.promises[0].outcome, quarter.running, quarter.share) == (outcome, running, share)


def test_every_quarter_has_its_place_and_none_without_a_promise_has_a_share() -> None:
    records = [
        milestone("a", date(2025, 12, 31), date(2025, 12, 1)),
        milestone("b", date(2024, 2, 29), date(2024, 3, 1)),
    ]
    found = quarters(records, [], [], [], date(2026, 1, 1))
    assert [item.start for item in found][::4] == [date(2024, 1, 1), date(2025, 1, 1), date(2026, 1, 1)]
    assert [item.end for item in found][:2] == [date(2024, 3, 31), date(2024, 6, 30)]
    assert [item.share for item in found] == [0, *[None] * 6, 1, None]


def test_without_a_milestone_only_the_running_quarter_is_left() -> None:
    (quarter,) = quarters([], [], [], [], AS_OF)
    assert (quarter.start, quarter.end, quarter.promises) == (date(2026, 7, 1), date(2026, 9, 30), ())
