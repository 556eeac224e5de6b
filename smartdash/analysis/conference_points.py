"""What surrounds a conference: the one before, what was assigned and decided since, what is missing at its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smartdash.model.check_ins import CAUSE_NEEDED_BELOW, Review, Score
from smartdash.model.conferences import AgendaItem, Assignment, Conference, ConferenceKind, Decision
from smartdash.model.okr import KeyResult, Objective


class AssignmentState(StrEnum):
    """Where an assignment stands."""

    OVERDUE = "overdue"
    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class AssignmentStanding:
    """An assignment on a day, and by how many days it is overdue (0: it is not)."""

    assignment: Assignment
    state: AssignmentState
    days_late: int


class Lacking(StrEnum):
    """What is missing before a review may be closed."""

    SCORE = "score"
    CAUSE = "cause"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """What is missing of which key result or objective."""

    lacking: Lacking
    subject: KeyResult | Objective


def in_order(conferences: Iterable[Conference]) -> list[Conference]:
    """Conferences in the order in which they are held."""
    return sorted(conferences, key=lambda item: (item.held_on, item.starts_at or "", item.key))


def previous_conference(conference: Conference, conferences: Iterable[Conference]) -> Conference | None:
    """The conference that was held last before another one."""
    ordered = in_order(conferences)
    place = [item.key for item in ordered].index(conference.key)
    return ordered[place - 1] if place else None


def conferences_to_choose(
    conferences: Iterable[Conference], items: Iterable[AgendaItem], as_of: date
) -> list[Conference]:
    """The conferences with the one to show first: the running one, else the next, else the last; then newest first.

    One runs on its day, and as long as one of its agenda items is on, until it is closed.
    """
    ordered = in_order(conferences)
    on = {item.conference for item in items if item.begun_at is not None}
    open_yet = [item for item in ordered if item.closed_on is None or item.closed_on > as_of]
    running = [item for item in open_yet if item.held_on == as_of or item.key in on]
    following = [item for item in open_yet if item.held_on > as_of]
    first = next(iter(running or following or ordered[-1:]), None)
    return [item for item in [first, *(one for one in reversed(ordered) if one is not first)] if item]


def assignment_standing(assignment: Assignment, as_of: date) -> AssignmentStanding:
    """How an assignment stands on a day; it is overdue from the day after its due date."""
    if assignment.done_on and assignment.done_on <= as_of:
        return AssignmentStanding(assignment, AssignmentState.DONE, 0)
    late = max((as_of - assignment.due).days, 0)
    return AssignmentStanding(assignment, AssignmentState.OVERDUE if late else AssignmentState.OPEN, late)


def assignments_since(
    conference: Conference, conferences: Iterable[Conference], assignments: Iterable[Assignment], as_of: date
) -> list[AssignmentStanding]:
    """What earlier conferences assigned: all of the last one, and of those before it what was not done by then.

    Overdue ones first, the latest on top, then open ones by due date, then done ones.
    """
    ordered = in_order(conferences)
    earlier = {item.key for item in ordered[: [item.key for item in ordered].index(conference.key)]}
    last = previous_conference(conference, ordered)
    found = [
        assignment_standing(item, as_of)
        for item in assignments
        if last
        and item.conference in earlier
        and (item.conference == last.key or item.done_on is None or item.done_on >= last.held_on)
    ]
    order = list(AssignmentState)
    return sorted(found, key=lambda item: (order.index(item.state), item.assignment.due, item.assignment.key))


def decisions_since(
    conference: Conference, conferences: Iterable[Conference], decisions: Iterable[Decision]
) -> list[Decision]:
    """What was decided from the conference before up to this one, without its own decisions, in the order of time."""
    last = previous_conference(conference, conferences)
    found = [
        item
        for item in decisions
        if last and item.conference != conference.key and last.held_on <= item.decided_on <= conference.held_on
    ]
    return sorted(found, key=lambda item: (item.decided_on, item.order or 0, item.key))


def cause_needed(score: Score) -> bool:
    """Whether a final score must name its cause and does not."""
    return score.value < CAUSE_NEEDED_BELOW and score.cause is None


def open_points(
    conference: Conference,
    objectives: Sequence[Objective],
    key_results: Sequence[KeyResult],
    scores: Iterable[Score],
    reviews: Iterable[Review],
) -> list[OpenPoint]:
    """What is missing before a conference may be closed, objective by objective; only a review needs something.

    Each key result of the cycle needs a score, a score below 0.7 its cause, each objective keep, change or end.
    """
    if conference.kind is not ConferenceKind.REVIEW:
        return []
    scored = {item.key_result: item for item in scores}
    reviewed = {item.objective for item in reviews}
    found: list[OpenPoint] = []
    for objective in (item for item in objectives if item.cycle == conference.cycle):
        for result in (item for item in key_results if item.objective == objective.key):
            score = scored.get(result.key)
            if score is None:
                found.append(OpenPoint(Lacking.SCORE, result))
            elif cause_needed(score):
                found.append(OpenPoint(Lacking.CAUSE, result))
        if objective.key not in reviewed:
            found.append(OpenPoint(Lacking.REVIEW, objective))
    return found
