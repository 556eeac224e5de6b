"""The formulas of one key result: progress, expected progress, forecast, and the line through its check-ins.

Each is a share of the way: 0 at the baseline, 1 at the target, unclamped. They are never mixed with one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from smartdash.model.check_ins import CheckIn, Zone
from smartdash.model.okr import Cycle, KeyResult, KeyResultKind, KeyResultMilestone, PhasedTarget

ZONE_PROGRESS = {
    Zone.FAIL: Decimal(0),
    Zone.COMMIT: Decimal("0.3"),
    Zone.TARGET: Decimal("0.7"),
    Zone.STRETCH: Decimal(1),
}
"""The progress that a zone stands for (puzzle/okr: commit, target and stretch at 0.3, 0.7 and 1)."""

FIT_FROM = 3
"""So many days with a value make a line; through two of them, perhaps a day apart, it would point anywhere."""

_PER_CENT = Decimal(100)
_IN_PER_CENT = (KeyResultKind.MILESTONES, KeyResultKind.ZONES)


@dataclass(frozen=True, slots=True)
class Point:
    """What was known of a key result at the end of a day on which something was reported of it.

    `progress`, `expected` and `forecast` (the owner's) are shares of the way, `confidence` runs from 0 to 10. A day on
    which a milestone was completed without a check-in has neither confidence nor forecast.
    """

    day: date
    progress: Decimal | None
    expected: Decimal
    confidence: int | None
    forecast: Decimal | None


def progress(key_result: KeyResult, value: Decimal) -> Decimal:
    """The unclamped share of the way that a measured value stands for, of a key result to change or to keep in a band.

    Change: `share_of_way`. Band: 1 inside, falling to 0 at one tolerance outside: max(0, 1 - distance / tolerance).
    """
    if key_result.kind is KeyResultKind.BAND:
        low, high = _given(key_result.band_low), _given(key_result.band_high)
        distance = max(low - value, value - high, Decimal(0))
        return max(Decimal(0), 1 - distance / _given(key_result.tolerance))
    return share_of_way(_given(key_result.baseline), _given(key_result.target), value)


def share_of_way(baseline: Decimal, target: Decimal, value: Decimal) -> Decimal:
    """(value - baseline) / (target - baseline), for rising and falling targets alike; below 0 and above 1 possible.

    Raises:
        ZeroDivisionError: the target is the baseline, so there is no way between them.
    """
    if baseline == target:
        raise ZeroDivisionError("the target is the baseline")
    return (value - baseline) / (target - baseline)


def _given(value: Decimal | None) -> Decimal:
    if value is None:
        raise ValueError("a key result without its limits passed the validation of its record")
    return value


def milestone_progress(milestones: Iterable[KeyResultMilestone], day: date) -> Decimal | None:
    """Sum of the weights of the milestones done by a day / sum of all weights; None without any milestone."""
    weights = [(item.weight, bool(item.done_on and item.done_on <= day)) for item in milestones]
    total = sum((weight for weight, _ in weights), Decimal(0))
    return sum((weight for weight, done in weights if done), Decimal(0)) / total if total else None


def planned_progress(key_result: KeyResult, value: Decimal) -> Decimal:
    """The progress that a planned or forecast value stands for; it is per cent for milestones and zones."""
    return value / _PER_CENT if key_result.kind in _IN_PER_CENT else progress(key_result, value)


def progress_on(
    key_result: KeyResult, check_ins: Sequence[CheckIn], milestones: Sequence[KeyResultMilestone], day: date
) -> Decimal | None:
    """The progress that was reported by the end of a day; None where nothing was.

    Of milestones: what is done counts also without a check-in; without both, nothing is known, which is not zero.

    Args:
        key_result: The key result.
        check_ins: Its check-ins in the order of time.
        milestones: Its milestones; only the kind milestones has any.
        day: The day.
    """
    last = next((report for report in reversed(check_ins) if report.reported_on <= day), None)
    if key_result.kind is KeyResultKind.MILESTONES:
        done = milestone_progress(milestones, day)
        return done if last or done else None
    if last is None:
        return None
    if key_result.kind is KeyResultKind.ZONES:
        return ZONE_PROGRESS[last.zone] if last.zone else None
    return None if last.value is None else progress(key_result, last.value)


def expected_progress(cycle: Cycle, as_of: date) -> Decimal:
    """The share of the cycle that has passed: 0 on its first day, 1 on its last; 1 on the day of a one-day cycle."""
    length = (cycle.end - cycle.start).days
    if length == 0:
        return Decimal(as_of >= cycle.end)
    return min(max(Decimal((as_of - cycle.start).days) / length, Decimal(0)), Decimal(1))


def expected_of(key_result: KeyResult, cycle: Cycle, targets: Iterable[PhasedTarget], as_of: date) -> Decimal:
    """The progress that a key result should have on a day.

    A band is to be kept all the time: 1. Without phased targets: `expected_progress`. With them: piecewise linear from
    0 on the cycle's first day over the planned values to 1 on its last. Only planned values between the two days
    count: what is due at the end says the target.
    """
    if key_result.kind is KeyResultKind.BAND:
        return Decimal(1)
    within = {
        target.planned_for: planned_progress(key_result, target.value)
        for target in targets
        if cycle.start < target.planned_for < cycle.end
    }
    if not within or not cycle.start <= as_of < cycle.end:
        return expected_progress(cycle, as_of)
    corners = [(cycle.start, Decimal(0)), *sorted(within.items()), (cycle.end, Decimal(1))]
    (first, low), (last, high) = next(
        (before, after) for before, after in pairwise(corners) if before[0] <= as_of < after[0]
    )
    return low + (high - low) * (as_of - first).days / (last - first).days


def in_time(check_ins: Iterable[CheckIn]) -> list[CheckIn]:
    """Check-ins in the order of the days they report on; on one day the higher number is the later one.

    A correction keeps the day it corrects, so it never becomes the newest by having been entered last.
    """
    return sorted(check_ins, key=lambda report: (report.reported_on, report.number or 1, report.key))


def newest_check_ins(check_ins: Iterable[CheckIn]) -> dict[str, CheckIn]:
    """The last check-in of each key result, in the order of `in_time`."""
    return {report.key_result: report for report in in_time(check_ins)}


def points(
    key_result: KeyResult,
    cycle: Cycle,
    check_ins: Sequence[CheckIn],
    milestones: Sequence[KeyResultMilestone],
    targets: Sequence[PhasedTarget],
    as_of: date,
) -> tuple[Point, ...]:
    """What was reported of a key result up to a day, one point for each day with a report, in the order of time."""
    of_day = {report.reported_on: report for report in in_time(check_ins)}
    done = {item.done_on for item in milestones if item.done_on}
    found = []
    for day in sorted({*of_day, *done}):
        if day > as_of:
            break
        report = of_day.get(day)
        found.append(
            Point(
                day,
                progress_on(key_result, check_ins, milestones, day),
                expected_of(key_result, cycle, targets, day),
                report.confidence if report else None,
                forecast_of(key_result, report),
            )
        )
    return tuple(found)


def forecast_of(key_result: KeyResult, report: CheckIn | None) -> Decimal | None:
    """The value that the owner expects at the cycle's end, as progress; None where a check-in gives none."""
    if report is None or report.forecast is None:
        return None
    return planned_progress(key_result, report.forecast)


def fitted_end(
    key_result: KeyResult, course: Sequence[Point], check_ins: Iterable[CheckIn], end: date
) -> Decimal | None:
    """The progress at the cycle's end if it went on along the straight line through what was reported.

    Least squares over the days with a value, each counting once; None with fewer than `FIT_FROM` such days. The line of
    a band goes through its values, since its progress has a ceiling. This is arithmetic and nobody's forecast.
    """
    if key_result.kind is KeyResultKind.BAND:
        values = {report.reported_on: report.value for report in in_time(check_ins) if report.value is not None}
        reached = line_at(sorted(values.items()), end)
        return None if reached is None else progress(key_result, reached)
    return line_at([(point.day, point.progress) for point in course if point.progress is not None], end)


def line_at(pairs: Sequence[tuple[date, Decimal]], day: date) -> Decimal | None:
    """The value on a day of the least-squares line through (day, value) pairs, one a day; None for too few.

    Slope = sum((x - mean x)(y - mean y)) / sum((x - mean x)^2); the line runs through both means.
    """
    if len(pairs) < FIT_FROM:
        return None
    places = [Decimal((one - pairs[0][0]).days) for one, _ in pairs]
    middle = sum(places, Decimal(0)) / len(pairs)
    mean = sum((value for _, value in pairs), Decimal(0)) / len(pairs)
    spread = sum(((place - middle) ** 2 for place in places), Decimal(0))
    slope = (
        sum(
            ((place - middle) * (value - mean) for place, (_, value) in zip(places, pairs, strict=True)),
            Decimal(0),
        )
        / spread
    )
    return mean + slope * ((day - pairs[0][0]).days - middle)
