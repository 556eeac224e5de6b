from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from smartdash.analysis.committee_conflicts import Conflict, ConflictKind, Work, conflicts, works
from smartdash.analysis.committees import paper_standings, steps_of
from smartdash.analysis.schedule import milestone_standings, phase_standings
from smartdash.analysis.status import Status
from smartdash.model.committees import Committee, CommitteeSession, Consultation, Paper
from smartdash.model.schedule import Deliverable, Milestone, Phase

AS_OF = date(2026, 6, 30)
BOARD = Committee(programme="x", key="board", title="Ausschuss", lead_days=14)
COUNCIL = Committee(programme="x", key="council", title="Rat")


def on(days: int) -> date:
    """A day counted from the as-of date."""
    return AS_OF + timedelta(days=days)


def step(days: int, role: str = "decision", committee: str = "board", **values: Any) -> Consultation:
    return Consultation(programme="x", paper="p", session=f"{committee}/{on(days)}", role=role, **values)


def work(
    planned: int | None = None, expected: int | None = None, done: bool = False, decision: str | None = "p"
) -> Work:
    days = [None if day is None else on(day) for day in (planned, expected)]
    return Work("w", "Phase", days[0], days[1], done, decision)


def found(
    needs: Sequence[Work],
    steps: Sequence[Consultation],
    *,
    cancelled: int | None = None,
    others: Sequence[int] = (),
    complete: bool = True,
    **values: Any,
) -> list[Conflict]:
    """The conflicts of the paper "p"; `others` are further sessions of the board."""
    paper = Paper(programme="x", key="p", title="Vorlage", kind="decision", **values)
    places = {tuple(item.session.split("/")) for item in steps} | {("board", on(day).isoformat()) for day in others}
    sessions = [
        CommitteeSession(
            programme="x",
            committee=committee,
            held_on=date.fromisoformat(day),
            cancelled=cancelled is not None and day == on(cancelled).isoformat(),
        )
        for committee, day in places
    ]
    standings = paper_standings([paper], steps_of([paper], steps, sessions, [BOARD, COUNCIL], AS_OF), AS_OF)
    return conflicts(needs, standings, sessions, [BOARD, COUNCIL], AS_OF, complete=complete)


def told(*arguments: Any, **values: Any) -> list[tuple[str, str, int | None]]:
    """Kind, status and days of each conflict of a paper that is handed in."""
    return [
        (item.kind.value, item.status.value, item.days)
        for item in found(*arguments, **{"submitted_on": on(-60), **values})
    ]


@pytest.mark.parametrize(
    ("need", "steps", "expected"),
    [
        (work(planned=30), [step(30)], []),
        (work(planned=30), [step(31)], [("after_plan", "at_risk", 1)]),
        (work(planned=30, expected=90), [step(31)], [("after_plan", "at_risk", 1)]),
        (work(planned=30), [step(61)], [("after_plan", "at_risk", 31)]),
        (work(planned=30), [step(62)], [("after_plan", "critical", 32)]),
        # Ahead of the plan, the work waits for the committee.
        (work(planned=60, expected=20), [step(30)], [("after_expected", "at_risk", 10)]),
        (work(expected=20), [step(30)], [("after_expected", "at_risk", 10)]),
        (work(), [step(30)], []),
        # Only a decision decides.
        (work(planned=30), [step(20, "preparatory")], [("no_session", "at_risk", None)]),
        (work(planned=30), [], [("no_session", "at_risk", None)]),
        # Deferred, and no further date is set.
        (work(planned=30), [step(-5, result="deferred")], [("no_session", "at_risk", None)]),
        (work(planned=30), [step(-5, result="deferred"), step(33)], [("after_plan", "at_risk", 3)]),
        # Held in time; only the result is not recorded yet.
        (work(planned=30), [step(-5)], []),
        (work(planned=-9), [step(-5)], [("after_plan", "at_risk", 4)]),
        (work(planned=-9), [step(-5, result="adopted")], []),
        (work(planned=30), [step(-5, result="rejected")], [("refused", "critical", None)]),
        # What is done needs nothing any more; another paper is none of its business.
        (work(planned=30, done=True), [step(90)], []),
        (work(planned=30, decision="other"), [step(90)], []),
        (work(planned=30, decision=None), [step(90)], []),
    ],
)
def test_decisions_that_come_too_late(
    need: Work, steps: list[Consultation], expected: list[tuple[str, str, int | None]]
) -> None:
    assert told([need], steps) == expected


def test_a_cancelled_decision_is_none_until_another_session_is_set() -> None:
    lost = found([work(planned=30)], [step(20)], cancelled=20, submitted_on=on(-1))[0]
    assert (lost.kind, lost.found) == (ConflictKind.CANCELLED, on(20))
    assert told([work(planned=30)], [step(20), step(25)], cancelled=20) == []


def test_a_withdrawn_paper_cannot_be_decided() -> None:
    refused = found([work(planned=30)], [step(20)], withdrawn_on=on(-2))[0]
    assert (refused.kind, refused.needed, refused.found) == (ConflictKind.REFUSED, on(30), on(-2))


def test_where_closed_consultations_are_hidden_a_missing_session_proves_nothing() -> None:
    assert told([work(planned=30)], [], complete=False) == []
    assert told([work(planned=30)], [step(20)], cancelled=20, complete=False) == []
    assert told([work(planned=30)], [step(40)], complete=False) == [("after_plan", "at_risk", 10)]


def basis(expected: int | None, done: bool = False) -> list[Work]:
    return [work(expected=expected, done=done, decision=None)]


@pytest.mark.parametrize(
    ("needs", "steps", "others", "expected"),
    [
        # The board wants papers 14 days before.
        (basis(6), [step(20)], [], []),
        (basis(7), [step(20)], [], [("basis_late", "critical", 1, None)]),
        (basis(7), [step(20)], [20, 21], [("basis_late", "at_risk", 1, 21)]),
        (basis(7), [step(20)], [15, 18], [("basis_late", "critical", 1, None)]),
        (basis(30), [step(20)], [40, 44, 60], [("basis_late", "at_risk", 24, 44)]),
        # Done, or expected on an unknown day: nothing is late.
        (basis(-50, done=True), [step(20)], [], []),
        (basis(None), [step(20)], [], []),
        # The deadline itself is still in time; the day after it is not.
        ([], [step(14)], [], []),
        ([], [step(13)], [], [("not_submitted", "critical", 1, None)]),
        ([], [step(13)], [14], [("not_submitted", "at_risk", 1, 14)]),
        (basis(20), [step(13)], [14, 34], [("not_submitted", "at_risk", 1, 34)]),
        # The council knows no lead time: only its own day counts.
        (basis(20), [step(20, committee="council")], [], []),
        (basis(21), [step(20, committee="council")], [], [("basis_late", "critical", 1, None)]),
        # Each session that cannot be kept is named, the earliest deadline first.
        (
            basis(30),
            [step(20, "preparatory"), step(40, committee="board"), step(60)],
            [],
            [("basis_late", "at_risk", 24, 60), ("basis_late", "at_risk", 4, 60)],
        ),
        ([], [step(-1)], [], []),
        ([], [], [20], []),
    ],
)
def test_papers_that_miss_a_session(
    needs: list[Work],
    steps: list[Consultation],
    others: list[int],
    expected: list[tuple[str, str, int, int | None]],
) -> None:
    late = found(needs, steps, others=others, basis="w")
    assert [
        (item.kind.value, item.status.value, item.days, item.reachable and (item.reachable.held_on - AS_OF).days)
        for item in late
    ] == expected
    assert found(needs, steps, others=others, basis="w", submitted_on=on(-3)) == []
    assert found(needs, steps, others=others, basis="w", withdrawn_on=on(-3)) == []


def test_a_cancelled_session_is_not_in_reach() -> None:
    late = found(basis(7), [step(20)], others=[30, 40], cancelled=30, basis="w")[0]
    assert late.reachable is not None
    assert late.reachable.held_on == on(40)


@pytest.mark.parametrize(
    ("steps", "days"),
    [
        ([step(20, "preparatory"), step(40)], None),
        ([step(40, "preparatory"), step(20)], 20),
        ([step(20, "preparatory"), step(20, committee="council")], None),
        ([step(40, order=1), step(20, "notice", order=2)], 20),
        ([step(20, order=2), step(40, "notice", order=3)], None),
        # The order stated counts more than the roles.
        ([step(20, order=1), step(40, "preparatory", order=2)], None),
        # What was deferred may be debated once more; what has passed cannot be changed.
        ([step(-5, result="deferred"), step(20, "preparatory")], None),
        ([step(-5, "preparatory"), step(-9)], None),
        ([step(-9), step(20, "preparatory")], 29),
    ],
)
def test_the_order_of_the_sequence_against_the_dates(steps: list[Consultation], days: int | None) -> None:
    assert told([], steps) == ([] if days is None else [("order", "at_risk", days)])


def test_the_most_severe_stands_first_then_what_is_needed_first() -> None:
    needs = [work(planned=30), Work("v", "V", on(-40), None, False, "p"), Work("u", "U", on(25), None, False, "p")]
    late = found(needs, [step(31)], submitted_on=on(-3))
    assert [(item.status, item.needed) for item in late] == [
        (Status.CRITICAL, on(-40)),
        (Status.AT_RISK, on(25)),
        (Status.AT_RISK, on(30)),
    ]


def test_works_are_not_expected_in_the_past() -> None:
    milestones = milestone_standings(
        [
            Milestone(programme="x", key="m", title="M", planned=on(-5), decision="p"),
            Milestone(programme="x", key="n", title="N", planned=on(-5), actual=on(-4)),
        ],
        [],
        AS_OF,
    )
    phases = phase_standings(
        [
            Phase(programme="x", key="f", title="F", planned_start=on(-90), planned_end=on(-5)),
            Phase(programme="x", key="g", title="G", planned_end=on(-5), actual_end=on(-6)),
        ],
        milestones,
        AS_OF,
    )
    deliverables = [
        Deliverable(programme="x", key="d", title="D", due=on(-5)),
        Deliverable(programme="x", key="e", title="E", due=on(-5), delivered=on(-7)),
        Deliverable(programme="x", key="h", title="H"),
    ]
    assert {
        item.key: (item.planned, item.expected, item.done, item.decision)
        for item in works(milestones, phases, deliverables, AS_OF)
    } == {
        "f": (on(-5), AS_OF, False, None),
        "g": (on(-5), on(-6), True, None),
        "m": (on(-5), AS_OF, False, "p"),
        "n": (on(-5), on(-4), True, None),
        "d": (on(-5), AS_OF, False, None),
        "e": (on(-5), on(-7), True, None),
        "h": (None, None, False, None),
    }
