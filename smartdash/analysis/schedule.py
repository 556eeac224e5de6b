"""How phases, milestones and deliverables stand on a day, computed from their dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smartdash.analysis.baselines import Plan, first_plans
from smartdash.analysis.reports import newest
from smartdash.analysis.status import Status, status_of_delay, thresholds
from smartdash.analysis.trees import tree_order
from smartdash.model.projects import ReportDimension, StatusReport
from smartdash.model.schedule import (
    Deliverable,
    DeliverableContent,
    Milestone,
    MilestoneForecast,
    Phase,
)


@dataclass(frozen=True, slots=True)
class MilestoneStanding:
    """A milestone with its plan in force, its newest forecast, the date it counts with, its delay, and its status.

    The delay counts from the plan in force in days; it is None where no planned date is known. `first_planned` is the
    date before any baseline; `reported` the newest status that was reported for the milestone.
    """

    milestone: Milestone
    planned: date | None
    first_planned: date | None
    forecast: date | None
    expected: date
    days_late: int | None
    status: Status
    reported: StatusReport | None = None

    @property
    def slip(self) -> int | None:
        """Days from the first plan to the date the milestone counts with (Schlupf)."""
        return (self.expected - self.first_planned).days if self.first_planned else None


@dataclass(frozen=True, slots=True)
class PhaseStanding:
    """A phase with its plan in force, the end expected for it, its delay in days, and its status.

    The delay is None where nothing is reported. `depth` is 0 for a phase and grows with each level of sub-steps.
    `first_start` and `first_end` are the plan before any baseline; `reported` is the newest status reported for the
    phase.
    """

    phase: Phase
    depth: int
    planned_start: date | None
    planned_end: date | None
    first_start: date | None
    first_end: date | None
    expected_end: date | None
    days_late: int | None
    status: Status
    reported: StatusReport | None = None


class DeliverableState(StrEnum):
    """How far a deliverable has come."""

    OPEN = "open"
    OVERDUE = "overdue"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class DeliverableStanding:
    """A deliverable with its state, the number of its required contents and how many of them are covered."""

    deliverable: Deliverable
    required: int
    covered: int
    status: Status
    state: DeliverableState


def newest_forecasts(forecasts: Iterable[MilestoneForecast]) -> dict[str, MilestoneForecast]:
    """The last reported forecast of each milestone; the higher key decides between two of one day."""
    return newest(forecasts, lambda report: report.milestone)


def newest_status(reports: Iterable[StatusReport]) -> dict[str, StatusReport]:
    """The last reported status of each phase and milestone, overall or of its dates; both speak of its schedule."""
    about = (ReportDimension.OVERALL, ReportDimension.TIME)
    found = newest((report for report in reports if report.dimension in about), lambda report: report.subject)
    return {subject: report for subject, report in found.items() if subject}


def milestone_standings(
    milestones: Sequence[Milestone],
    forecasts: Iterable[MilestoneForecast],
    as_of: date,
    plans: Mapping[str, Plan] | None = None,
    reports: Iterable[StatusReport] = (),
) -> list[MilestoneStanding]:
    """Each milestone with its delay and status on a day, in order of the planned date.

    The delay counts from the plan in force (`plans`; without it the first plan) to the actual date, else to the newest
    forecast, but never to a day that has passed: a forecast that was missed grows with every day. Without any report
    an overdue milestone is unknown, a coming one planned. A milestone that has no planned date and was not yet reached
    on the day is left out.
    """
    forecast, status = newest_forecasts(forecasts), newest_status(reports)
    known = first_plans(milestones, ()) if plans is None else plans
    dated = [milestone for milestone in milestones if known[milestone.key].end or milestone.actual]
    ordered = sorted(dated, key=lambda each: (known[each.key].end or each.actual or as_of, each.key))
    return [
        _milestone_standing(each, known[each.key].end, forecast.get(each.key), status.get(each.key), as_of)
        for each in ordered
    ]


def _milestone_standing(
    milestone: Milestone,
    planned: date | None,
    report: MilestoneForecast | None,
    reported: StatusReport | None,
    as_of: date,
) -> MilestoneStanding:
    forecast = report.forecast if report else None
    expected = milestone.actual or max(forecast or planned or as_of, as_of)
    late = (expected - planned).days if planned else None
    if milestone.actual:
        status = Status.DONE
    elif forecast:
        status = status_of_delay(late or 0, thresholds(as_of))
    else:
        status = Status.UNKNOWN if late else Status.PLANNED
    return MilestoneStanding(milestone, planned, milestone.planned, forecast, expected, late, status, reported)


def phase_standings(
    phases: Sequence[Phase],
    milestones: Sequence[MilestoneStanding],
    as_of: date,
    plans: Mapping[str, Plan] | None = None,
    reports: Iterable[StatusReport] = (),
) -> list[PhaseStanding]:
    """Each phase with its delay and status on a day; sub-steps follow their phase.

    The expected end is the actual one, else that of the milestone that closes the phase, else the planned end once
    the start was reported. The plan is the one in force (`plans`; without it the first plan). A phase whose closing
    milestone is reached is done. A phase that should have begun, or ended, without any report is unknown.
    """
    status = newest_status(reports)
    known = first_plans((), phases) if plans is None else plans
    closing = {
        standing.milestone.phase: standing
        for standing in milestones
        if standing.milestone.closes_phase and standing.milestone.phase
    }
    return [
        _phase_standing(phase, depth, known[phase.key], closing.get(phase.key), status.get(phase.key), as_of)
        for phase, depth, _ in tree_order(phases)
    ]


def _phase_standing(
    phase: Phase,
    depth: int,
    plan: Plan,
    closing: MilestoneStanding | None,
    reported: StatusReport | None,
    as_of: date,
) -> PhaseStanding:
    expected, late, status = _expectation(phase, plan, closing, as_of)
    return PhaseStanding(
        phase, depth, plan.start, plan.end, phase.planned_start, phase.planned_end, expected, late, status, reported
    )


def _expectation(
    phase: Phase, plan: Plan, closing: MilestoneStanding | None, as_of: date
) -> tuple[date | None, int | None, Status]:
    """The expected end of a phase, its delay and its status."""
    if end := phase.actual_end or (closing.milestone.actual if closing else None):
        return end, (end - plan.end).days if plan.end else None, Status.DONE
    reported_end = closing.expected if closing and closing.forecast else None
    if plan.end and (reported_end or phase.actual_start):
        expected = max(reported_end or plan.end, as_of)
        late = (expected - plan.end).days if expected > plan.end or reported_end else 0
        return expected, late, status_of_delay(late, thresholds(as_of))
    if phase.actual_start:
        return reported_end, None, Status.ON_TRACK
    due = plan.start or plan.end
    overdue = due is not None and due < as_of
    return plan.end, None, Status.UNKNOWN if overdue else Status.PLANNED


def current_phase(standings: Sequence[PhaseStanding], as_of: date) -> PhaseStanding | None:
    """The top-level phase that runs on a day: begun and not ended, else the one whose plan covers the day."""
    top = [standing for standing in standings if standing.depth == 0]
    begun = [standing for standing in top if standing.phase.actual_start and not standing.phase.actual_end]
    covering = [
        standing
        for standing in top
        if standing.planned_start
        and standing.planned_end
        and standing.planned_start <= as_of <= standing.planned_end
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
        key, state = deliverable.key, deliverable_state(deliverable, as_of)
        if state in (DeliverableState.DELIVERED, DeliverableState.ACCEPTED):
            status = Status.DONE
        elif state is DeliverableState.OPEN or deliverable.due is None:
            status = Status.PLANNED
        elif key in reported:
            status = status_of_delay((as_of - deliverable.due).days, thresholds(as_of))
        else:
            status = Status.UNKNOWN
        standings.append(DeliverableStanding(deliverable, required[key], covered[key], status, state))
    return standings


def deliverable_state(deliverable: Deliverable, as_of: date) -> DeliverableState:
    """Accepted, else delivered, else overdue from the day after it was due, else open."""
    if deliverable.accepted:
        return DeliverableState.ACCEPTED
    if deliverable.delivered:
        return DeliverableState.DELIVERED
    return DeliverableState.OVERDUE if deliverable.due and deliverable.due < as_of else DeliverableState.OPEN
