"""How figures of the schedule word a status and a delay."""

from __future__ import annotations

from datetime import date

from smartdash.analysis.deviations import Agreement, agreement
from smartdash.analysis.schedule import MilestoneStanding, PhaseStanding
from smartdash.analysis.status import Status
from smartdash.charts.tokens import STATUS_SIGNS
from smartdash.locale import Words
from smartdash.locale.numbers import day, days

LATE = (Status.AT_RISK, Status.CRITICAL)
"""What counts as late by the thresholds of delays."""


def delay_note(status: Status, days_late: int | None, say: Words) -> str:
    """The status with its sign, and with the days where they say more than the word."""
    if status in LATE or (status is Status.UNKNOWN and days_late):
        return f"{status_text(status, say)}, {say('schedule.plus_days', n=days_late or 0)}"
    return status_text(status, say)


def status_text(status: Status, say: Words) -> str:
    """A status as sign and word."""
    return f"{STATUS_SIGNS[status.value]} {say(f'status.{status.value}')}"


def milestone_details(standing: MilestoneStanding, say: Words) -> dict[str, str]:
    """What is shown when a milestone is pointed at."""
    reached = standing.milestone.actual
    return {
        say("schedule.milestone"): standing.milestone.title,
        say("schedule.plan"): day(standing.planned, say.lang),
        say("schedule.forecast"): day(standing.forecast, say.lang),
        say("schedule.reached"): day(reached, say.lang),
        say("schedule.days_late"): days(standing.days_late, say.lang),
        say("schedule.status"): status_text(standing.status, say),
    }


def deviation_text(standing: MilestoneStanding | PhaseStanding, as_of: date, say: Words) -> str | None:
    """Why the reported status is another one than the computed; says so where nobody gave a reason."""
    found = agreement(standing, as_of)
    if found is Agreement.EXPLAINED and standing.reported:
        return standing.reported.deviation_reason
    if found is Agreement.UNEXPLAINED:
        return say("milestones.no_reason")
    return say("milestones.outdated") if found is Agreement.OUTDATED else None
