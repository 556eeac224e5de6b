"""What projects and key results need from each other and from units: whether it is confirmed, provided, or overdue."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smartdash.analysis.status import Status, status_of_delay, thresholds, worst
from smartdash.model.schedule import Dependency


class HandoverState(StrEnum):
    """How far a delivery is; in the order in which it needs attention."""

    OVERDUE = "overdue"
    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    PROVIDED = "provided"


_ORDER = tuple(HandoverState)


@dataclass(frozen=True, slots=True)
class Handover:
    """A dependency with its state, its status, and the days it is overdue (None: not overdue)."""

    dependency: Dependency
    state: HandoverState
    status: Status
    overdue: int | None


def handovers(dependencies: Iterable[Dependency], scheduled: Container[str], as_of: date) -> list[Handover]:
    """The dependencies that are not only between phases and milestones: overdue, then unconfirmed ones on top.

    What is overdue is at risk at once and critical by the thresholds of delays; what nobody confirmed is at risk.

    Args:
        dependencies: All dependencies.
        scheduled: The keys of phases and milestones, whose dependencies the schedule shows.
        as_of: The day.
    """
    found = [
        _handover(item, as_of)
        for item in dependencies
        if item.provider not in scheduled or item.consumer not in scheduled
    ]
    return sorted(
        found,
        key=lambda item: (_ORDER.index(item.state), item.dependency.needed_by or date.max, item.dependency.key),
    )


def _handover(item: Dependency, as_of: date) -> Handover:
    if item.provided_on and item.provided_on <= as_of:
        return Handover(item, HandoverState.PROVIDED, Status.DONE, None)
    if item.needed_by and item.needed_by < as_of:
        days = (as_of - item.needed_by).days
        status = worst((Status.AT_RISK, status_of_delay(days, thresholds(as_of))))
        return Handover(item, HandoverState.OVERDUE, status, days)
    if item.confirmed_on and item.confirmed_on <= as_of:
        return Handover(item, HandoverState.CONFIRMED, Status.ON_TRACK, None)
    return Handover(item, HandoverState.UNCONFIRMED, Status.AT_RISK, None)
