"""How papers pass through committees: deadlines, the state of each paper, what a session still waits for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from smartdash.model.committees import (
    Committee,
    CommitteeSession,
    Consultation,
    ConsultationResult,
    ConsultationRole,
    Paper,
    PaperKind,
)


class PaperState(StrEnum):
    """Where a paper stands on the as-of date, from its preparation to the last word on it."""

    IN_PREPARATION = "in_preparation"
    SUBMITTED = "submitted"
    IN_CONSULTATION = "in_consultation"
    DECIDED = "decided"
    NOTED = "noted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


CLOSED = frozenset({PaperState.DECIDED, PaperState.NOTED, PaperState.REJECTED, PaperState.WITHDRAWN})
"""The states in which nothing is to be expected any more."""

_PUT_OFF = frozenset({ConsultationResult.DEFERRED, ConsultationResult.REFERRED})


@dataclass(frozen=True, slots=True)
class Step:
    """A consultation with its session and committee.

    `passed`: the session was held up to the as-of date. `lapsed`: the paper was withdrawn before.
    """

    consultation: Consultation
    session: CommitteeSession
    committee: Committee
    passed: bool
    lapsed: bool = False

    @property
    def coming(self) -> bool:
        """Whether the session is still to be held."""
        return not (self.passed or self.lapsed or self.session.cancelled)

    @property
    def decides(self) -> bool:
        """Whether the committee has the last word on the paper."""
        return self.consultation.role is ConsultationRole.DECISION

    @property
    def result(self) -> ConsultationResult | None:
        """The kind of result; counts from the day of the session on."""
        return self.consultation.result if self.passed else None

    @property
    def outcome(self) -> str | None:
        """The result in the words of the minutes; counts from the day of the session on."""
        return self.consultation.outcome if self.passed else None

    @property
    def answered(self) -> bool:
        """Whether any result is recorded."""
        return bool(self.result or self.outcome)

    @property
    def put_off(self) -> bool:
        """Whether the committee deferred the paper or referred it elsewhere."""
        return self.result in _PUT_OFF


@dataclass(frozen=True, slots=True)
class PaperStanding:
    """A paper with its steps in order and its state.

    `submitted` is the day it was handed in, `closing` the step that ended the consultation, `following` the next one
    to come. `days` counts from the first consultation to the last word; without one to the as-of date, or to the last
    session where none is to come.
    """

    paper: Paper
    steps: tuple[Step, ...]
    state: PaperState
    submitted: date | None
    closing: Step | None
    following: Step | None
    days: int | None

    @property
    def ready(self) -> bool:
        """Whether a session could deal with the paper."""
        return self.state is not PaperState.IN_PREPARATION


@dataclass(frozen=True, slots=True)
class Agenda:
    """A session to come with the papers of the programme on it; `days_left` until the deadline, negative once missed.

    Papers that were withdrawn are left out.
    """

    session: CommitteeSession
    committee: Committee
    deadline: date | None
    days_left: int | None
    papers: tuple[tuple[Step, PaperStanding], ...]

    @property
    def missing(self) -> tuple[PaperStanding, ...]:
        """The papers that are not handed in yet."""
        return tuple(standing for _, standing in self.papers if not standing.ready)


def deadline(session: CommitteeSession, committee: Committee) -> date | None:
    """The last day to hand in a paper: as set for the session, else by the committee's lead time, else unknown."""
    if session.submission_due or committee.lead_days is None:
        return session.submission_due
    return session.held_on - timedelta(days=committee.lead_days)


def steps_of(
    papers: Iterable[Paper],
    consultations: Iterable[Consultation],
    sessions: Iterable[CommitteeSession],
    committees: Iterable[Committee],
    as_of: date,
) -> dict[str, tuple[Step, ...]]:
    """The steps of each paper: in the order that is stated, or by date where it is not stated for every step."""
    session_of = {session.key: session for session in sessions}
    committee_of = {committee.key: committee for committee in committees}
    withdrawn = {paper.key: paper.withdrawn_on for paper in papers}
    found: dict[str, list[Step]] = defaultdict(list)
    for item in consultations:
        session, gone = session_of[item.session], withdrawn[item.paper]
        lapsed = gone is not None and gone < session.held_on
        passed = session.held_on <= as_of and not session.cancelled and not lapsed
        found[item.paper].append(Step(item, session, committee_of[session.committee], passed, lapsed))
    return {paper: _in_order(steps) for paper, steps in found.items()}


def _in_order(steps: Sequence[Step]) -> tuple[Step, ...]:
    stated = all(step.consultation.order is not None for step in steps)

    def place(step: Step) -> tuple[int, date, str]:
        order = step.consultation.order or 0
        return order if stated else 0, step.session.held_on, step.consultation.key

    return tuple(sorted(steps, key=place))


def paper_standings(papers: Iterable[Paper], steps: Mapping[str, tuple[Step, ...]], as_of: date) -> list[PaperStanding]:
    """Each paper with its state on a day.

    In preparation until it is handed in, submitted until the first committee has dealt with it, then in consultation
    until the last word: a step with the role decision that has a result, or the last step of all where the paper only
    informs. Deferring and referring are no last word. The paper's own date counts as the day it was handed in where no
    other is given.
    """
    return [_standing(paper, steps.get(paper.key, ()), as_of) for paper in papers]


def _standing(paper: Paper, steps: tuple[Step, ...], as_of: date) -> PaperStanding:
    own_date = paper.issued if paper.issued and paper.issued <= as_of else None
    submitted = paper.submitted_on or own_date
    passed = [step for step in steps if step.passed]
    closing = _closing(paper, steps)
    following = min((step for step in steps if step.coming), key=lambda step: step.session.held_on, default=None)
    days = None
    if passed:
        held = [step.session.held_on for step in passed]
        open_end = as_of if following or passed[-1].put_off else max(held)
        days = ((closing.session.held_on if closing else paper.withdrawn_on or open_end) - min(held)).days
    state = _state(paper, bool(passed), closing, submitted)
    ended = state in CLOSED and state is not PaperState.NOTED
    return PaperStanding(paper, steps, state, submitted, closing, None if ended else following, days)


def _closing(paper: Paper, steps: Sequence[Step]) -> Step | None:
    held = [step for step in steps if not step.session.cancelled]
    deciding = [step for step in held if step.decides]
    if deciding:
        said = [step for step in deciding if step.answered and not step.put_off]
        return said[-1] if said and not any(step.coming for step in deciding) else None
    last = held[-1] if held else None
    if last is None or not last.answered or last.put_off:
        return None
    informs = paper.kind is PaperKind.INFORMATION or last.consultation.role is ConsultationRole.NOTICE
    return last if informs else None


def _state(paper: Paper, begun: bool, closing: Step | None, submitted: date | None) -> PaperState:
    if paper.withdrawn_on:
        return PaperState.WITHDRAWN
    if closing:
        if closing.result is ConsultationResult.REJECTED:
            return PaperState.REJECTED
        return PaperState.DECIDED if closing.decides else PaperState.NOTED
    if begun:
        return PaperState.IN_CONSULTATION
    return PaperState.SUBMITTED if submitted else PaperState.IN_PREPARATION


def agendas(
    sessions: Iterable[CommitteeSession],
    committees: Iterable[Committee],
    standings: Iterable[PaperStanding],
    as_of: date,
) -> list[Agenda]:
    """The sessions after a day, cancelled ones too, in order of their dates, each with its papers."""
    committee_of = {committee.key: committee for committee in committees}
    papers: dict[str, list[tuple[Step, PaperStanding]]] = defaultdict(list)
    for standing in standings:
        if standing.state is not PaperState.WITHDRAWN:
            for step in standing.steps:
                papers[step.session.key].append((step, standing))
    found = []
    for session in sessions:
        if session.held_on > as_of:
            committee = committee_of[session.committee]
            due = deadline(session, committee)
            left = None if due is None else (due - as_of).days
            found.append(Agenda(session, committee, due, left, tuple(papers[session.key])))
    return sorted(found, key=lambda agenda: (agenda.session.held_on, agenda.committee.title))
