"""The way of an objective or a key result through its cycle, from report to report.

The progress of a day is the roll-up of what was known of each key result by its end; nobody's value is filled in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartdash.analysis.key_results import Point, expected_of
from smartdash.analysis.okr import KeyResultStanding, RollUp, clamp, covered, roll_up
from smartdash.analysis.status import thresholds


@dataclass(frozen=True, slots=True)
class TrendDay:
    """What was known by the end of a day with a report.

    `progress` and `expected` are shares of the way, `confidence` runs from 0 to 10.
    """

    day: date
    progress: RollUp
    expected: Decimal
    confidence: RollUp


def trend_days(standings: Sequence[KeyResultStanding]) -> tuple[TrendDay, ...]:
    """Each day with a report of one of the key results, in the order of time, with the roll-ups of that day.

    The newest report of each key result counts; one whose newest report has no value has none, so the coverage falls.
    Several key results are clamped to 0 to 1 as in `objective_progress`; a single one is shown as it is.
    """
    days = sorted({point.day for item in standings for point in item.points})
    return tuple(
        TrendDay(
            day,
            roll_up((item.key_result.weight, _progress(item, day, len(standings))) for item in standings),
            expected_on(standings, day),
            roll_up((item.key_result.weight, _confidence(item, day)) for item in standings),
        )
        for day in days
    )


def _until(item: KeyResultStanding, day: date) -> list[Point]:
    return [point for point in item.points if point.day <= day]


def _progress(item: KeyResultStanding, day: date, members: int) -> Decimal | None:
    known = _until(item, day)
    return _shown(known[-1].progress, members) if known else None


def _shown(share: Decimal | None, members: int) -> Decimal | None:
    return share if share is None or members == 1 else clamp(share)


def _confidence(item: KeyResultStanding, day: date) -> Decimal | None:
    # A day on which a milestone was completed without a check-in says nothing about the confidence.
    known = [point.confidence for point in _until(item, day) if point.confidence is not None]
    return Decimal(known[-1]) if known else None


def expected_on(standings: Sequence[KeyResultStanding], day: date) -> Decimal:
    """The weighted mean of what the key results should have reached on a day, reported or not; 0 without any."""
    members = [
        (item.key_result.weight, expected_of(item.key_result, item.cycle, item.targets, day)) for item in standings
    ]
    return roll_up(members).value or Decimal(0)


def expected_corners(standings: Sequence[KeyResultStanding]) -> tuple[tuple[date, Decimal], ...]:
    """The corners of the expected line: first and last day of the cycle, and the days of planned values between."""
    days = {day for item in standings for day in (item.cycle.start, item.cycle.end)}
    days |= {
        target.planned_for
        for item in standings
        for target in item.targets
        if item.cycle.start < target.planned_for < item.cycle.end
    }
    return tuple((day, expected_on(standings, day)) for day in sorted(days))


def forecast_at_end(standings: Sequence[KeyResultStanding]) -> RollUp:
    """What the owners expect at the cycle's end, from their last check-ins; clamped like the progress."""
    return roll_up((item.key_result.weight, _shown(item.forecast, len(standings))) for item in standings)


def score_at_end(standings: Sequence[KeyResultStanding]) -> RollUp:
    """The weighted mean of the final scores."""
    return roll_up((item.key_result.weight, item.score) for item in standings)


def unbroken(values: Sequence[tuple[date, RollUp]], as_of: date) -> tuple[tuple[tuple[date, Decimal], ...], ...]:
    """The stretches that may be drawn as one line, each of one or more (day, value) pairs.

    A line breaks where less than the needed share of the weight has data, and where two reports lie further apart than
    a report stays valid: nobody knows what was between.
    """
    interval = thresholds(as_of).report_days
    stretches: list[list[tuple[date, Decimal]]] = []
    last: date | None = None
    for day, rolled in values:
        value = covered(rolled, as_of)
        if value is None:
            last = None
            continue
        if last is None or (day - last).days > interval:
            stretches.append([])
        stretches[-1].append((day, value))
        last = day
    return tuple(tuple(stretch) for stretch in stretches)
