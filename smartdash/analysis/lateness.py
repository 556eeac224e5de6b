"""What of the schedule is late, at risk or silent, and what that pushes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from smartdash.analysis.attention import Subject
from smartdash.analysis.dependencies import Push
from smartdash.analysis.schedule import DeliverableStanding, MilestoneStanding, PhaseStanding
from smartdash.analysis.status import Status, worst
from smartdash.model.projects import StatusReport, TrafficLight

_URGENT = (Status.CRITICAL, Status.AT_RISK, Status.UNKNOWN)
_OF_LIGHT = {TrafficLight.YELLOW: Status.AT_RISK, TrafficLight.RED: Status.CRITICAL}


@dataclass(frozen=True, slots=True)
class Late:
    """A phase, milestone or deliverable that somebody must see to.

    `status` is the worse of the one computed from dates and the one reported. `role` and `unit` are who acts as the
    schedule says, `unit` by its key; a red report names in its addressee who must decide. `pushes` are the successors
    that cannot keep their plan because of it, the longest push first.
    """

    subject: Subject
    key: str
    title: str
    status: Status
    days_late: int | None
    planned: date | None
    expected: date | None
    role: str | None
    unit: str | None
    reported: StatusReport | None
    pushes: tuple[Push, ...]


def late_items(
    phases: Sequence[PhaseStanding],
    milestones: Sequence[MilestoneStanding],
    deliverables: Iterable[DeliverableStanding],
    pushed: Mapping[str, tuple[Push, ...]],
    as_of: date,
) -> list[Late]:
    """Everything in the schedule that is critical, at risk or overdue without a report, the most severe first.

    A phase that a milestone closes is late with that milestone, which is listed in its place with what both push.
    """
    closes = {item.milestone.phase: item for item in milestones if item.milestone.closes_phase}
    items = [
        *(_phase(item, pushed) for item in phases if item.phase.key not in closes),
        *(_milestone(item, pushed) for item in milestones),
        *(_deliverable(item, as_of) for item in deliverables),
    ]
    urgent = [_with_report(item) for item in items if item.status is not Status.DONE]
    return sorted(
        (item for item in urgent if item.status in _URGENT),
        key=lambda item: (_URGENT.index(item.status), -(item.days_late or 0), item.title, item.key),
    )


def _with_report(item: Late) -> Late:
    told = _OF_LIGHT.get(item.reported.light) if item.reported else None
    return replace(item, status=worst((item.status, told))) if told else item


def _phase(standing: PhaseStanding, pushed: Mapping[str, tuple[Push, ...]]) -> Late:
    phase = standing.phase
    return Late(
        Subject.PHASE,
        phase.key,
        phase.title,
        standing.status,
        standing.days_late,
        standing.planned_end,
        standing.expected_end,
        None,
        phase.unit,
        standing.reported,
        pushed.get(phase.key, ()),
    )


def _milestone(standing: MilestoneStanding, pushed: Mapping[str, tuple[Push, ...]]) -> Late:
    milestone = standing.milestone
    own = pushed.get(milestone.key, ())
    of_phase = pushed.get(milestone.phase or "", ()) if milestone.closes_phase else ()
    return Late(
        Subject.MILESTONE,
        milestone.key,
        milestone.title,
        standing.status,
        standing.days_late,
        standing.planned,
        standing.expected,
        milestone.owner_role,
        milestone.unit,
        standing.reported,
        _joined((*own, *of_phase), without=(milestone.key, milestone.phase)),
    )


def _joined(pushes: Iterable[Push], without: tuple[str | None, ...]) -> tuple[Push, ...]:
    """Each successor once, with its longest push."""
    ordered = sorted(pushes, key=lambda push: (-push.days, push.key))
    longest: dict[str, Push] = {}
    for push in ordered:
        if push.key not in without:
            longest.setdefault(push.key, push)
    return tuple(longest.values())


def _deliverable(standing: DeliverableStanding, as_of: date) -> Late:
    deliverable = standing.deliverable
    told = standing.status is not Status.UNKNOWN
    late = max(0, (as_of - deliverable.due).days) if deliverable.due and told else None
    return Late(
        Subject.DELIVERABLE,
        deliverable.key,
        deliverable.title,
        standing.status,
        late,
        deliverable.due,
        None,
        None,
        deliverable.unit,
        None,
        (),
    )
