"""Progress, expected progress and pace of key results, and their roll-up with coverage.

Progress, expected progress, confidence, forecast and final score are five numbers and are never mixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartdash.analysis.reports import newest
from smartdash.analysis.status import Status, Thresholds, thresholds
from smartdash.model.check_ins import CheckIn, Score
from smartdash.model.okr import Commitment, Cycle, CycleState, KeyResult, KeyResultKind, Objective


@dataclass(frozen=True, slots=True)
class KeyResultStanding:
    """A key result on a day.

    `progress` is the share of the way (1 = target; may be below 0 or above 1; None without a check-in), `expected` the
    share of the cycle that has passed (1 for a band, which is to be kept all the time), `pace` their difference (None
    in the first days, without data, and after the final score), `silent_days` the days since the last check-in.
    """

    key_result: KeyResult
    objective: Objective
    cycle: Cycle
    check_in: CheckIn | None
    progress: Decimal | None
    expected: Decimal
    pace: Decimal | None
    score: Decimal | None
    silent_days: int | None
    status: Status


@dataclass(frozen=True, slots=True)
class RollUp:
    """A weighted mean over the members that have data (None: none has), and the weight share of those members."""

    value: Decimal | None
    coverage: Decimal


def progress(key_result: KeyResult, value: Decimal) -> Decimal:
    """The unclamped share of the way from baseline to target, or how well a band is kept.

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


def expected_progress(cycle: Cycle, as_of: date) -> Decimal:
    """The share of the cycle that has passed: 0 on its first day, 1 on its last."""
    length = (cycle.end - cycle.start).days
    if length == 0:
        return Decimal(as_of >= cycle.end)
    return min(max(Decimal((as_of - cycle.start).days) / length, Decimal(0)), Decimal(1))


def newest_check_ins(check_ins: Iterable[CheckIn]) -> dict[str, CheckIn]:
    """The last check-in of each key result by the day it reports on; the higher key decides on one day."""
    return newest(check_ins, lambda report: report.key_result)


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


def key_result_standings(
    key_results: Sequence[KeyResult],
    objectives: Sequence[Objective],
    cycles: Sequence[Cycle],
    check_ins: Iterable[CheckIn],
    scores: Iterable[Score],
    as_of: date,
) -> list[KeyResultStanding]:
    """Every key result as it stands on a day, in the order of the cycles, objectives and key results given."""
    reported = newest_check_ins(check_ins)
    final = {score.key_result: score.value for score in scores}
    cycle_of = {cycle.key: cycle for cycle in cycles}
    standings = []
    for objective in sorted(objectives, key=lambda item: cycle_of[item.cycle].start):
        for key_result in key_results:
            if key_result.objective == objective.key:
                standings.append(
                    _standing(
                        key_result,
                        objective,
                        cycle_of[objective.cycle],
                        reported.get(key_result.key),
                        final.get(key_result.key),
                        as_of,
                    )
                )
    return standings


def _standing(
    key_result: KeyResult,
    objective: Objective,
    cycle: Cycle,
    check_in: CheckIn | None,
    score: Decimal | None,
    as_of: date,
) -> KeyResultStanding:
    limits = thresholds(as_of)
    reached = progress(key_result, check_in.value) if check_in and check_in.value is not None else None
    expected = Decimal(1) if key_result.kind is KeyResultKind.BAND else expected_progress(cycle, as_of)
    silent = (as_of - check_in.reported_on).days if check_in else None
    begun = (as_of - cycle.start).days >= limits.pace_from_day
    # What is beyond the target is no lead over the cycle's last day; a step back counts in full.
    pace = min(reached, Decimal(1)) - expected if reached is not None and begun and score is None else None
    status = _status(key_result, cycle, pace, score, silent, limits, as_of)
    return KeyResultStanding(key_result, objective, cycle, check_in, reached, expected, pace, score, silent, status)


def _status(
    key_result: KeyResult,
    cycle: Cycle,
    pace: Decimal | None,
    score: Decimal | None,
    silent: int | None,
    limits: Thresholds,
    as_of: date,
) -> Status:
    if score is not None:
        return score_status(score, key_result.commitment, limits)
    if as_of < cycle.start or cycle.state is CycleState.PREPARATION:
        return Status.PLANNED
    begun = (as_of - cycle.start).days >= limits.pace_from_day
    if silent is None:
        return Status.UNKNOWN if begun else Status.PLANNED
    if silent > limits.report_days:
        return Status.UNKNOWN
    if pace is None:
        return Status.PLANNED
    if pace < limits.pace_critical:
        return Status.CRITICAL
    return Status.AT_RISK if pace < limits.pace_at_risk else Status.ON_TRACK


def score_status(score: Decimal, commitment: Commitment, limits: Thresholds) -> Status:
    """The status of a final score: a committed key result is reached only at 1.0, an aspirational one from 0.7."""
    reached = Decimal(1) if commitment is Commitment.COMMITTED else limits.score_reached
    if score >= reached:
        return Status.DONE
    return Status.AT_RISK if score >= limits.score_partly else Status.CRITICAL


def cycle_on(cycles: Sequence[Cycle], as_of: date) -> Cycle | None:
    """The cycle that covers a day, else the last one before it, else the first one to come."""
    ordered = sorted(cycles, key=lambda cycle: cycle.start)
    running = [cycle for cycle in ordered if cycle.start <= as_of <= cycle.end]
    past = [cycle for cycle in ordered if cycle.end < as_of]
    return next(iter(running or past[-1:] or ordered), None)
