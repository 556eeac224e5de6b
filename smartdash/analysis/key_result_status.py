"""The colour of a key result together with the rule that gave it, so that every colour can say why it is that one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from smartdash.analysis.status import Status, Thresholds, status_of_pace
from smartdash.model.okr import Commitment, Cycle, CycleState


class Rule(StrEnum):
    """What decided a colour, in the order of precedence: score, outdated, pace, pending."""

    SCORE = "score"
    NOT_BEGUN = "not_begun"
    NEVER_REPORTED = "never_reported"
    OUTDATED = "outdated"
    FIRST_DAYS = "first_days"
    NO_VALUE = "no_value"
    REACHED = "reached"
    PROMISE = "promise"
    PACE = "pace"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a status is what it is: the rule, its input, the limits it was held against and their version.

    `value` is the score, the days of silence, the days since the start, the progress or the pace, as the rule has it.
    At risk below `at_risk`, critical below `critical`; for silence and the first days `at_risk` is the number of days.
    """

    status: Status
    rule: Rule
    value: Decimal | None
    at_risk: Decimal | None
    critical: Decimal | None
    version: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a judgement is made of: the key result's commitment, numbers and days."""

    commitment: Commitment
    cycle: Cycle
    as_of: date
    reported_on: date | None
    progress: Decimal | None
    pace: Decimal | None
    score: Decimal | None


def effective_state(cycle: Cycle, as_of: date) -> CycleState:
    """The state of a cycle on a day: what is stored never goes beyond what the day allows.

    Before its start it is in preparation, up to its end it is active, then it is being closed unless it is closed.
    """
    if as_of < cycle.start:
        return CycleState.PREPARATION
    if as_of <= cycle.end:
        return CycleState.ACTIVE
    return CycleState.CLOSED if cycle.state is CycleState.CLOSED else CycleState.CLOSING


def pace_begun(cycle: Cycle, as_of: date, limits: Thresholds) -> bool:
    """Whether pace says anything: not in the first days of a cycle, but after the end also of a shorter one."""
    return (as_of - cycle.start).days >= limits.pace_from_day or as_of > cycle.end


def silent_days(cycle: Cycle, reported_on: date | None, as_of: date) -> int | None:
    """The days without a report up to the end of the cycle, after which none is due; None where there never was one."""
    return None if reported_on is None else max((min(as_of, cycle.end) - reported_on).days, 0)


def judge(given: Inputs, limits: Thresholds) -> Reason:
    """The status of a key result and why: final score before outdated before pace before pending.

    Silence is never on track. What reached its target before the final score is on track and not done: it can still
    fall back. A committed key result that has not reached its target at the end is at risk at best, however small the
    gap; until then it is judged by its pace like any other.
    """
    if given.score is not None:
        return _score(given.score, given.commitment, limits)
    if given.as_of < given.cycle.start:
        return Reason(Status.PLANNED, Rule.NOT_BEGUN, None, None, None, limits.version)
    days = Decimal((given.as_of - given.cycle.start).days)
    first, interval = Decimal(limits.pace_from_day), Decimal(limits.report_days)
    begun = pace_begun(given.cycle, given.as_of, limits)
    silent = silent_days(given.cycle, given.reported_on, given.as_of)
    if silent is None:
        if begun:
            return Reason(Status.UNKNOWN, Rule.NEVER_REPORTED, days, first, None, limits.version)
        return Reason(Status.PLANNED, Rule.FIRST_DAYS, days, first, None, limits.version)
    if silent > limits.report_days:
        return Reason(Status.UNKNOWN, Rule.OUTDATED, Decimal(silent), interval, None, limits.version)
    if given.progress is None:
        return Reason(Status.UNKNOWN, Rule.NO_VALUE, None, None, None, limits.version)
    if given.pace is None:
        return Reason(Status.PLANNED, Rule.FIRST_DAYS, days, first, None, limits.version)
    return _pace(given, given.progress, given.pace, limits)


def _pace(given: Inputs, progress: Decimal, pace: Decimal, limits: Thresholds) -> Reason:
    at_risk, critical = limits.pace_at_risk, limits.pace_critical
    if progress >= 1:
        return Reason(Status.ON_TRACK, Rule.REACHED, progress, Decimal(1), None, limits.version)
    if pace < critical:
        return Reason(Status.CRITICAL, Rule.PACE, pace, at_risk, critical, limits.version)
    if given.commitment is Commitment.COMMITTED and given.as_of >= given.cycle.end:
        return Reason(Status.AT_RISK, Rule.PROMISE, progress, Decimal(1), None, limits.version)
    return Reason(status_of_pace(pace, limits), Rule.PACE, pace, at_risk, critical, limits.version)


def _score(score: Decimal, commitment: Commitment, limits: Thresholds) -> Reason:
    reached = Decimal(1) if commitment is Commitment.COMMITTED else limits.score_reached
    status = score_status(score, commitment, limits)
    return Reason(status, Rule.SCORE, score, reached, limits.score_partly, limits.version)


def score_status(score: Decimal, commitment: Commitment, limits: Thresholds) -> Status:
    """The status of a final score: a committed key result is reached only at 1.0, an aspirational one from 0.7."""
    reached = Decimal(1) if commitment is Commitment.COMMITTED else limits.score_reached
    if score >= reached:
        return Status.DONE
    return Status.AT_RISK if score >= limits.score_partly else Status.CRITICAL
