"""Whether the status that somebody reported agrees with the one computed from dates."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from smartdash.analysis.schedule import MilestoneStanding, PhaseStanding
from smartdash.analysis.status import Status, status_of_delay, thresholds
from smartdash.model.projects import StatusReport, TrafficLight

LIGHTS = {
    TrafficLight.GREEN: Status.ON_TRACK,
    TrafficLight.YELLOW: Status.AT_RISK,
    TrafficLight.RED: Status.CRITICAL,
}
"""The status that each reported light stands for."""


class Agreement(StrEnum):
    """How a reported status stands to the computed one."""

    SAME = "same"
    EXPLAINED = "explained"
    UNEXPLAINED = "unexplained"
    OUTDATED = "outdated"


def agreement(standing: MilestoneStanding | PhaseStanding, as_of: date) -> Agreement | None:
    """Whether the reported status is the computed one, deviates with a reason or without, or is too old to compare.

    What is done or still to come counts as green, what is overdue without a forecast by its days late. None where
    nothing is reported, or nothing can be computed.
    """
    report, computed = standing.reported, standing.status
    if report is not None and computed is Status.UNKNOWN and standing.days_late is not None:
        computed = status_of_delay(standing.days_late, thresholds(as_of))
    return compared(report, computed, as_of)


def compared(report: StatusReport | None, computed: Status, as_of: date) -> Agreement | None:
    """How a reported status stands to a computed one; what is done or still to come counts as green.

    None where nothing is reported, or nothing can be computed.
    """
    if report is None:
        return None
    if (as_of - report.reported_on).days > thresholds(as_of).report_days:
        return Agreement.OUTDATED
    if computed is Status.UNKNOWN:
        return None
    if not deviates(report.light, computed):
        return Agreement.SAME
    return Agreement.EXPLAINED if report.deviation_reason else Agreement.UNEXPLAINED


def deviates(light: TrafficLight, computed: Status) -> bool:
    """Whether a colour is another one than the computed status; done or still to come is green, unknown is none."""
    if computed in (Status.DONE, Status.PLANNED):
        computed = Status.ON_TRACK
    return computed is not Status.UNKNOWN and LIGHTS[light] is not computed
