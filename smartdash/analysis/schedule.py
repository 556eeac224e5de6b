"""How phases, milestones, deliverables and allowances stand on a day, computed from their dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartdash.analysis.reports import newest
from smartdash.analysis.status import Status, status_of_delay, thresholds
from smartdash.analysis.trees import tree_order
from smartdash.model.schedule import (
    Allowance,
    AllowanceUnit,
    Deliverable,
    DeliverableContent,
    Milestone,
    MilestoneForecast,
    Phase,
)
from smartdash.model.workshops import Event


@dataclass(frozen=True, slots=True)
class MilestoneStanding:
    """A milestone with its newest forecast, the date it counts with, its delay in days, and its status.

    The delay is None where no planned date is known.
    """

    milestone: Milestone
    forecast: date | None
    expected: date
    days_late: int | None
    status: Status


@dataclass(frozen=True, slots=True)
class PhaseStanding:
    """A phase with the end expected for it, its delay in days (None: nothing reported), and its status.

    `depth` is 0 for a phase and grows with each level of sub-steps.
    """

    phase: Phase
    depth: int
    expected_end: date | None
    days_late: int | None
    status: Status


@dataclass(frozen=True, slots=True)
class DeliverableStanding:
    """A deliverable with the number of its required contents and how many of them are covered."""

    deliverable: Deliverable
    required: int
    covered: int
    status: Status


@dataclass(frozen=True, slots=True)
class AllowanceStanding:
    """An allowance with what is used up to the as-of date, what is planned after it, and what is left of the cap."""

    allowance: Allowance
    used: Decimal
    planned: Decimal
    left: Decimal


def newest_forecasts(forecasts: Iterable[MilestoneForecast]) -> dict[str, MilestoneForecast]:
    """The last reported forecast of each milestone; the higher key decides between two of one day."""
    return newest(forecasts, lambda report: report.milestone)


def milestone_standings(
    milestones: Sequence[Milestone], forecasts: Iterable[MilestoneForecast], as_of: date
) -> list[MilestoneStanding]:
    """Each milestone with its delay and status on a day, in order of the planned date.

    The delay counts from the planned date to the actual one, else to the newest forecast, but never to a day that has
    passed: a forecast that was missed grows with every day. Without any report an overdue milestone is unknown, a
    coming one planned. A milestone that has no planned date and was not yet reached on the day is left out.
    """
    reported = newest_forecasts(forecasts)
    dated = [(date, milestone) for milestone in milestones if (date := milestone.planned or milestone.actual)]
    return [
        _milestone_standing(milestone, planned, reported.get(milestone.key), as_of)
        for planned, milestone in sorted(dated, key=lambda item: (item[0], item[1].key))
    ]


def _milestone_standing(
    milestone: Milestone, planned: date, report: MilestoneForecast | None, as_of: date
) -> MilestoneStanding:
    forecast = report.forecast if report else None
    if milestone.actual:
        delay = (milestone.actual - planned).days if milestone.planned else None
        return MilestoneStanding(milestone, forecast, milestone.actual, delay, Status.DONE)
    expected = max(forecast or planned, as_of)
    if not forecast:
        late = max(0, (as_of - planned).days)
        status = Status.UNKNOWN if late else Status.PLANNED
        return MilestoneStanding(milestone, None, max(planned, as_of), late, status)
    late = (expected - planned).days
    return MilestoneStanding(milestone, forecast, expected, late, status_of_delay(late, thresholds(as_of)))


def phase_standings(
    phases: Sequence[Phase], milestones: Sequence[MilestoneStanding], as_of: date
) -> list[PhaseStanding]:
    """Each phase with its delay and status on a day; sub-steps follow their phase.

    The expected end is the actual one, else that of the milestone that closes the phase, else the planned end once
    the start was reported. A phase whose closing milestone is reached is done. A phase that should have begun, or
    ended, without any report is unknown.
    """
    closing = {
        standing.milestone.phase: standing
        for standing in milestones
        if standing.milestone.closes_phase and standing.milestone.phase
    }
    return [_phase_standing(phase, depth, closing.get(phase.key), as_of) for phase, depth, _ in tree_order(phases)]


def _phase_standing(phase: Phase, depth: int, closing: MilestoneStanding | None, as_of: date) -> PhaseStanding:
    planned_end = phase.planned_end
    if end := phase.actual_end or (closing.milestone.actual if closing else None):
        late = (end - planned_end).days if planned_end else None
        return PhaseStanding(phase, depth, end, late, Status.DONE)
    reported_end = closing.expected if closing and closing.forecast else None
    if planned_end and (reported_end or phase.actual_start):
        expected = max(reported_end or planned_end, as_of)
        late = (expected - planned_end).days if expected > planned_end or reported_end else 0
        return PhaseStanding(phase, depth, expected, late, status_of_delay(late, thresholds(as_of)))
    if phase.actual_start:
        return PhaseStanding(phase, depth, reported_end, None, Status.ON_TRACK)
    due = phase.planned_start or planned_end
    overdue = due is not None and due < as_of
    return PhaseStanding(phase, depth, planned_end, None, Status.UNKNOWN if overdue else Status.PLANNED)


def current_phase(standings: Sequence[PhaseStanding], as_of: date) -> PhaseStanding | None:
    """The top-level phase that runs on a day: begun and not ended, else the one whose plan covers the day."""
    top = [standing for standing in standings if standing.depth == 0]
    begun = [standing for standing in top if standing.phase.actual_start and not standing.phase.actual_end]
    covering = [
        standing
        for standing in top
        if standing.phase.planned_start
        and standing.phase.planned_end
        and standing.phase.planned_start <= as_of <= standing.phase.planned_end
        and not standing.phase.actual_end
    ]
    return next(iter(begun or covering), None)


def deliverable_standings(
    deliverables: Sequence[Deliverable], contents: Sequence[DeliverableContent], as_of: date
) -> list[DeliverableStanding]:
    """Each deliverable with the coverage of its required contents; overdue by the thresholds of delays."""
    required = Counter(content.deliverable for content in contents)
    covered = Counter(content.deliverable for content in contents if content.covered_on)
    reported = {content.deliverable for content in contents if content.covered_on}
    standings = []
    for deliverable in deliverables:
        if deliverable.delivered:
            status = Status.DONE
        elif deliverable.due is None or deliverable.due >= as_of:
            status = Status.PLANNED
        elif deliverable.key in reported:
            status = status_of_delay((as_of - deliverable.due).days, thresholds(as_of))
        else:
            status = Status.UNKNOWN
        standings.append(DeliverableStanding(deliverable, required[deliverable.key], covered[deliverable.key], status))
    return standings


def allowance_standings(
    allowances: Sequence[Allowance], events: Sequence[Event], as_of: date
) -> list[AllowanceStanding]:
    """Each allowance with the events that use it: one each, or hours of eight per person-day."""
    standings = []
    for allowance in allowances:
        used = planned = Decimal(0)
        for event in events:
            if event.allowance != allowance.key:
                continue
            size = _use(allowance, event)
            used, planned = (used + size, planned) if event.held_on <= as_of else (used, planned + size)
        standings.append(AllowanceStanding(allowance, used, planned, allowance.cap - used - planned))
    return standings


def _use(allowance: Allowance, event: Event) -> Decimal:
    if allowance.unit is AllowanceUnit.PERSON_DAY and event.minutes:
        return Decimal(event.minutes) / 480
    return Decimal(1)
