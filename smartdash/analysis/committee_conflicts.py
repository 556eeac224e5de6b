"""Where the schedule and the committees stand in each other's way: decisions that come too late, papers that do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smartdash.analysis.committees import CLOSED, PaperStanding, PaperState, Step, deadline
from smartdash.analysis.schedule import MilestoneStanding, PhaseStanding
from smartdash.analysis.status import Status, status_of_delay, thresholds
from smartdash.model.committees import Committee, CommitteeSession, ConsultationRole
from smartdash.model.schedule import Deliverable


class ConflictKind(StrEnum):
    """In which way dates of the schedule, of papers and of sessions do not fit together."""

    AFTER_PLAN = "after_plan"
    AFTER_EXPECTED = "after_expected"
    NO_SESSION = "no_session"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    BASIS_LATE = "basis_late"
    NOT_SUBMITTED = "not_submitted"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Work:
    """A phase, a milestone or a deliverable: its end in the plan in force, the end expected, whether it is done.

    `decision` is the key of the paper that has to be decided by its end.
    """

    key: str
    title: str
    planned: date | None
    expected: date | None
    done: bool
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A date that has to be kept and what stands against it.

    `needed` is the last day, `found` the day that is set or expected instead, `days` the distance. `work` is what
    needs the decision, or what the paper rests on. `reachable` is the first later session whose deadline can be kept.
    """

    kind: ConflictKind
    status: Status
    standing: PaperStanding
    work: Work | None = None
    step: Step | None = None
    needed: date | None = None
    found: date | None = None
    days: int | None = None
    reachable: CommitteeSession | None = None


def works(
    milestones: Iterable[MilestoneStanding],
    phases: Iterable[PhaseStanding],
    deliverables: Iterable[Deliverable],
    as_of: date,
) -> list[Work]:
    """What papers rest on and what needs decisions; what is not done is not expected before the as-of date."""
    found = [
        Work(
            item.phase.key,
            item.phase.title,
            item.planned_end,
            item.expected_end if item.status is Status.DONE else _not_before(item.expected_end, as_of),
            item.status is Status.DONE,
            item.phase.decision,
        )
        for item in phases
    ]
    for point in milestones:
        mark = point.milestone
        found.append(Work(mark.key, mark.title, point.planned, point.expected, mark.actual is not None, mark.decision))
    for item in deliverables:
        expected = item.delivered or _not_before(item.due, as_of)
        found.append(Work(item.key, item.title, item.due, expected, item.delivered is not None))
    return found


def _not_before(day: date | None, as_of: date) -> date | None:
    return day and max(day, as_of)


def conflicts(
    works: Sequence[Work],
    standings: Sequence[PaperStanding],
    sessions: Sequence[CommitteeSession],
    committees: Sequence[Committee],
    as_of: date,
    *,
    complete: bool = True,
) -> list[Conflict]:
    """Every conflict, the most severe first, then by the date that has to be kept.

    `complete`: all consultations are known. Where closed ones are hidden, a missing session proves nothing, so
    neither NO_SESSION nor CANCELLED is reported.
    """
    by_key = {work.key: work for work in works}
    by_paper = {standing.paper.key: standing for standing in standings}
    found: list[Conflict] = []
    for work in works:
        if work.decision in by_paper and not work.done:
            found += _late_decision(work, by_paper[work.decision], as_of, complete)
    calendar = _calendar(sessions, committees)
    for standing in standings:
        found += _late_paper(standing, by_key.get(standing.paper.basis or ""), calendar, as_of)
        found += _wrong_order(standing)
    rank = (Status.CRITICAL, Status.AT_RISK)
    return sorted(found, key=lambda item: (rank.index(item.status), item.needed or date.max, item.standing.paper.key))


def _late_decision(work: Work, standing: PaperStanding, as_of: date, complete: bool) -> list[Conflict]:
    """The decision comes after the end of the work, or there is none to come."""
    end = work.planned or work.expected
    if standing.state in (PaperState.REJECTED, PaperState.WITHDRAWN):
        day = standing.closing.session.held_on if standing.closing else standing.paper.withdrawn_on
        return [Conflict(ConflictKind.REFUSED, Status.CRITICAL, standing, work, standing.closing, end, day)]
    if standing.state in CLOSED:
        return []
    step = _deciding(standing.steps)
    if step is None:
        if not complete:
            return []
        lost = next((item for item in reversed(standing.steps) if item.decides and item.session.cancelled), None)
        if lost:
            day = lost.session.held_on
            return [Conflict(ConflictKind.CANCELLED, Status.CRITICAL, standing, work, lost, end, day)]
        return [Conflict(ConflictKind.NO_SESSION, Status.AT_RISK, standing, work, None, end)]
    day = step.session.held_on
    for kind, limit in ((ConflictKind.AFTER_PLAN, work.planned), (ConflictKind.AFTER_EXPECTED, work.expected)):
        if limit and day > limit:
            late = (day - limit).days
            return [Conflict(kind, _at_least_at_risk(late, as_of), standing, work, step, limit, day, late)]
    return []


def _deciding(steps: Sequence[Step]) -> Step | None:
    """The session that decides: the next to come, else the last one held whose result is not recorded."""
    deciding = [step for step in steps if step.decides and not step.session.cancelled and not step.put_off]
    coming = [step for step in deciding if step.coming]
    return min(coming, key=lambda step: step.session.held_on) if coming else next(reversed(deciding), None)


def _late_paper(
    standing: PaperStanding,
    basis: Work | None,
    calendar: Mapping[str, list[tuple[CommitteeSession, date]]],
    as_of: date,
) -> Iterator[Conflict]:
    """Sessions to come that the paper misses: its deadline has passed, or what it rests on comes later."""
    if standing.ready:
        return
    ready = as_of if basis is None or basis.done else basis.expected
    for step in (step for step in standing.steps if step.coming):
        limit = deadline(step.session, step.committee)
        last = limit or step.session.held_on
        missed = limit is not None and limit < as_of
        if not missed and (ready is None or ready <= last):
            continue
        reachable = None if ready is None else _reachable(calendar[step.committee.key], step.session, ready)
        status = Status.AT_RISK if reachable else Status.CRITICAL
        kind = ConflictKind.NOT_SUBMITTED if missed else ConflictKind.BASIS_LATE
        found = as_of if missed or ready is None else ready
        yield Conflict(kind, status, standing, basis, step, last, found, (found - last).days, reachable)


def _calendar(
    sessions: Iterable[CommitteeSession], committees: Iterable[Committee]
) -> dict[str, list[tuple[CommitteeSession, date]]]:
    """The sessions of each committee by date, with the last day to hand in a paper, or their own where unknown."""
    committee_of = {committee.key: committee for committee in committees}
    found: dict[str, list[tuple[CommitteeSession, date]]] = {}
    for session in sorted(sessions, key=lambda item: item.held_on):
        if not session.cancelled:
            limit = deadline(session, committee_of[session.committee]) or session.held_on
            found.setdefault(session.committee, []).append((session, limit))
    return found


def _reachable(
    calendar: Iterable[tuple[CommitteeSession, date]], missed: CommitteeSession, ready: date
) -> CommitteeSession | None:
    return next((session for session, limit in calendar if session.held_on > missed.held_on and limit >= ready), None)


def _wrong_order(standing: PaperStanding) -> list[Conflict]:
    """A step to come stands before another one in the sequence, but is held after it; the widest distance counts."""
    found = [
        ((early.session.held_on - late.session.held_on).days, early, late)
        for early in standing.steps
        for late in standing.steps
        if early.coming
        and early.session.held_on > late.session.held_on
        and not late.session.cancelled
        and not late.put_off
        and _comes_first(early, late)
    ]
    if not found or standing.state in CLOSED:
        return []
    days, early, late = max(found, key=lambda item: item[0])
    day = early.session.held_on
    return [Conflict(ConflictKind.ORDER, Status.AT_RISK, standing, None, early, late.session.held_on, day, days)]


def _comes_first(one: Step, other: Step) -> bool:
    """Whether a step has to be held before another: by the order stated, else the preliminary debate first."""
    first, second = one.consultation.order, other.consultation.order
    if first is not None and second is not None:
        return first < second
    return one.consultation.role is ConsultationRole.PREPARATORY and other.decides


def _at_least_at_risk(days: int, as_of: date) -> Status:
    status = status_of_delay(days, thresholds(as_of))
    return status if status is Status.CRITICAL else Status.AT_RISK
