"""The thresholds that turn a number into a status, as versioned data, and the order of severity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Status(StrEnum):
    """How something stands; silence is `UNKNOWN`, never on track."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    CRITICAL = "critical"
    DONE = "done"
    PLANNED = "planned"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Limits of one version of the rules.

    Days late: at risk above `days_at_risk`, critical above `days_critical` (numeric RAG: one week, one month).
    Pace: at risk below `pace_at_risk`, critical below `pace_critical`; no pace in the first `pace_from_day` days.
    Score: reached from `score_reached`, partly from `score_partly`. Coverage below `coverage` says nothing.
    A report older than `report_days` is no report. A check-in is due `check_in_days` after the last one: two weeks
    are six looks in a quarter, and an owner who misses two of them is not silent yet. Cost above the budget: at risk
    beyond the share `money_at_risk`, critical beyond `money_critical` (numeric RAG: 10 and 20 %). An allowance is at
    risk once used and planned reach `allowance_at_risk` of its cap. Money that expires is at risk `expiry_at_risk` days
    before, critical `expiry_critical` days before: an order takes a quarter, an invoice a month.
    """

    version: str
    valid_from: date
    days_at_risk: int
    days_critical: int
    pace_at_risk: Decimal
    pace_critical: Decimal
    pace_from_day: int
    score_reached: Decimal
    score_partly: Decimal
    coverage: Decimal
    report_days: int
    check_in_days: int
    allowance_at_risk: Decimal
    money_at_risk: Decimal
    money_critical: Decimal
    expiry_at_risk: int
    expiry_critical: int


THRESHOLDS = (
    Thresholds(
        version="1",
        valid_from=date(2000, 1, 1),
        days_at_risk=7,
        days_critical=31,
        pace_at_risk=Decimal("-0.15"),
        pace_critical=Decimal("-0.30"),
        pace_from_day=14,
        score_reached=Decimal("0.7"),
        score_partly=Decimal("0.4"),
        coverage=Decimal("0.5"),
        report_days=42,
        check_in_days=14,
        allowance_at_risk=Decimal("0.9"),
        money_at_risk=Decimal("0.10"),
        money_critical=Decimal("0.20"),
        expiry_at_risk=92,
        expiry_critical=31,
    ),
)
"""All versions of the thresholds, oldest first."""

SEVERITY = (Status.CRITICAL, Status.AT_RISK, Status.UNKNOWN, Status.ON_TRACK, Status.PLANNED, Status.DONE)
"""Every status, the most severe first."""


def thresholds(as_of: date) -> Thresholds:
    """The thresholds in force on a day."""
    return [version for version in THRESHOLDS if version.valid_from <= as_of][-1]


def worst(statuses: Iterable[Status]) -> Status:
    """The most severe of several statuses; `UNKNOWN` where there is none."""
    return min(statuses, key=SEVERITY.index, default=Status.UNKNOWN)


def status_of_delay(days_late: int, limits: Thresholds) -> Status:
    """The status of a delay in days; early and on time are on track."""
    if days_late > limits.days_critical:
        return Status.CRITICAL
    if days_late > limits.days_at_risk:
        return Status.AT_RISK
    return Status.ON_TRACK


def status_of_overrun(share: Decimal, limits: Thresholds) -> Status:
    """The status of a cost above the budget as a share of it; at or below the budget is on track."""
    if share > limits.money_critical:
        return Status.CRITICAL
    return Status.AT_RISK if share > limits.money_at_risk else Status.ON_TRACK


def status_of_pace(pace: Decimal, limits: Thresholds) -> Status:
    """The status of a progress minus the expected one, both as shares."""
    if pace < limits.pace_critical:
        return Status.CRITICAL
    return Status.AT_RISK if pace < limits.pace_at_risk else Status.ON_TRACK
