"""Key results as they stand on a day, and their roll-up to objectives, fields of work and cycles with coverage.

Progress, expected progress, confidence, forecast and final score are five numbers and are never mixed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from smartdash.analysis.key_result_status import Inputs, Reason, judge, pace_begun
from smartdash.analysis.key_results import Point, expected_of, fitted_end, forecast_of, in_time, points
from smartdash.analysis.status import Status, thresholds
from smartdash.model.check_ins import CheckIn, Score
from smartdash.model.okr import Cycle, KeyResult, KeyResultMilestone, Objective, PhasedTarget

T = TypeVar("T", CheckIn, KeyResultMilestone, PhasedTarget)


@dataclass(frozen=True, slots=True)
class KeyResultStanding:
    """A key result on a day, with its five numbers apart.

    `progress` is the share of the way (1 = target; may be below 0 or above 1; None without a report), `expected` the
    share it should have, `pace` their difference with the progress cut at 1 (None in the first days, without data, and
    after the final score). `forecast` is what the owner expects at the cycle's end, `fitted` where the line through
    the reports would lead; both as progress, never mixed (None without, after the end, and after the final score).
    `reported_on` is the day of the last report, `silent_days` the days since then, `points` the reports in the order of
    time, `check_in` the last one.
    """

    key_result: KeyResult
    objective: Objective
    cycle: Cycle
    check_in: CheckIn | None
    progress: Decimal | None
    expected: Decimal
    pace: Decimal | None
    forecast: Decimal | None
    fitted: Decimal | None
    score: Decimal | None
    reported_on: date | None
    silent_days: int | None
    points: tuple[Point, ...]
    milestones: tuple[KeyResultMilestone, ...]
    targets: tuple[PhasedTarget, ...]
    reason: Reason

    @property
    def status(self) -> Status:
        """The colour; `reason` says why."""
        return self.reason.status

    @property
    def owner_role(self) -> str | None:
        """The role that answers for the key result: its own, else that of its objective."""
        return self.key_result.owner_role or self.objective.owner_role


@dataclass(frozen=True, slots=True)
class RollUp:
    """A weighted mean over the members that have data (None: none has), and the weight share of those members."""

    value: Decimal | None
    coverage: Decimal


def roll_up(members: Iterable[tuple[Decimal, Decimal | None]]) -> RollUp:
    """The weighted mean of (weight, value) pairs over those with a value, and their share of the weight.

    Sum(w * p) / Sum(w) over members with data. No data is not zero: such members lower the coverage, not the mean.
    """
    pairs = list(members)
    total = sum((weight for weight, _ in pairs), Decimal(0))
    known = [(weight, value) for weight, value in pairs if value is not None]
    weight = sum((weight for weight, _ in known), Decimal(0))
    if not weight or not total:
        return RollUp(None, Decimal(0))
    return RollUp(sum((weight * value for weight, value in known), Decimal(0)) / weight, weight / total)


def clamp(value: Decimal) -> Decimal:
    """A progress as a bar can show it: between 0 and 1."""
    return min(max(value, Decimal(0)), Decimal(1))


def objective_progress(standings: Sequence[KeyResultStanding]) -> RollUp:
    """The progress of an objective: the weighted mean of its key results, each clamped to 0 to 1."""
    return roll_up(
        (standing.key_result.weight, None if standing.progress is None else clamp(standing.progress))
        for standing in standings
    )


def attainment(members: Iterable[tuple[KeyResultStanding, Decimal | None]]) -> RollUp:
    """The weighted mean of several objectives' values, each the weighted mean of its key results.

    Used for a cycle or a field of work, with progress or with final scores. The coverage is that of the objectives,
    weighted like them.
    """
    weights: dict[str, Decimal] = {}
    pairs: dict[str, list[tuple[Decimal, Decimal | None]]] = {}
    for standing, value in members:
        weights[standing.objective.key] = standing.objective.weight
        pairs.setdefault(standing.objective.key, []).append((standing.key_result.weight, value))
    objectives = {key: roll_up(own) for key, own in pairs.items()}
    value = roll_up((weights[key], objective.value) for key, objective in objectives.items()).value
    coverage = roll_up((weights[key], objective.coverage) for key, objective in objectives.items()).value
    return RollUp(value, coverage or Decimal(0))


def covered(rolled: RollUp, as_of: date) -> Decimal | None:
    """The value of a roll-up that covers enough of the weight to say something, else None: grey."""
    return rolled.value if rolled.coverage >= thresholds(as_of).coverage else None


def key_result_standings(
    key_results: Sequence[KeyResult],
    objectives: Sequence[Objective],
    cycles: Sequence[Cycle],
    check_ins: Iterable[CheckIn],
    scores: Iterable[Score],
    as_of: date,
    milestones: Iterable[KeyResultMilestone] = (),
    targets: Iterable[PhasedTarget] = (),
) -> list[KeyResultStanding]:
    """Every key result as it stands on a day, in the order of the cycles, objectives and key results given."""
    reports, steps, planned = _by_key_result(in_time(check_ins)), _by_key_result(milestones), _by_key_result(targets)
    final = {score.key_result: score.value for score in scores}
    cycle_of = {cycle.key: cycle for cycle in cycles}
    return [
        _standing(
            key_result,
            objective,
            cycle_of[objective.cycle],
            [report for report in reports[key_result.key] if report.reported_on <= as_of],
            steps[key_result.key],
            planned[key_result.key],
            final.get(key_result.key),
            as_of,
        )
        for objective in sorted(objectives, key=lambda item: cycle_of[item.cycle].start)
        for key_result in key_results
        if key_result.objective == objective.key
    ]


def _by_key_result(records: Iterable[T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for record in records:
        found[record.key_result].append(record)
    return found


def _standing(
    key_result: KeyResult,
    objective: Objective,
    cycle: Cycle,
    check_ins: Sequence[CheckIn],
    milestones: Sequence[KeyResultMilestone],
    targets: Sequence[PhasedTarget],
    score: Decimal | None,
    as_of: date,
) -> KeyResultStanding:
    limits = thresholds(as_of)
    course = points(key_result, cycle, check_ins, milestones, targets, as_of)
    last = check_ins[-1] if check_ins else None
    reached = course[-1].progress if course else None
    expected = expected_of(key_result, cycle, targets, as_of)
    open_yet = score is None and as_of < cycle.end
    # What is beyond the target is no lead over the cycle's last day; a step back counts in full.
    pace = min(reached, Decimal(1)) - expected if reached is not None else None
    if score is not None or not pace_begun(cycle, as_of, limits):
        pace = None
    reported_on = course[-1].day if course else None
    return KeyResultStanding(
        key_result,
        objective,
        cycle,
        last,
        reached,
        expected,
        pace,
        forecast=forecast_of(key_result, last) if open_yet else None,
        fitted=fitted_end(key_result, course, check_ins, cycle.end) if open_yet else None,
        score=score,
        reported_on=reported_on,
        silent_days=(as_of - reported_on).days if reported_on else None,
        points=course,
        milestones=tuple(milestones),
        targets=tuple(targets),
        reason=judge(
            Inputs(key_result.commitment, cycle, as_of, reported_on, reached, pace, score),
            limits,
        ),
    )


def cycle_on(cycles: Sequence[Cycle], as_of: date) -> Cycle | None:
    """The cycle that covers a day, else the last one before it, else the first one to come."""
    ordered = sorted(cycles, key=lambda cycle: cycle.start)
    running = [cycle for cycle in ordered if cycle.start <= as_of <= cycle.end]
    past = [cycle for cycle in ordered if cycle.end < as_of]
    return next(iter(running or past[-1:] or ordered), None)
