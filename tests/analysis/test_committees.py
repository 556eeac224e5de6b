from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from smartdash.analysis.committee_bodies import body_standings
from smartdash.analysis.committees import PaperStanding, PaperState, agendas, deadline, paper_standings, steps_of
from smartdash.model.committees import Committee, CommitteeSession, Consultation, Paper

AS_OF = date(2026, 6, 30)
BEFORE, EARLIER, AFTER, LATER = (AS_OF + timedelta(days=days) for days in (-10, -40, 20, 60))
BOARD = Committee(programme="x", key="board", title="Ausschuss", lead_days=14)
COUNCIL = Committee(programme="x", key="council", title="Rat", kind="council")


def session(committee: str, day: date, **values: Any) -> CommitteeSession:
    return CommitteeSession(programme="x", committee=committee, held_on=day, **values)


def step(day: date, role: str = "decision", committee: str = "council", **values: Any) -> Consultation:
    return Consultation(programme="x", paper="p", session=f"{committee}/{day}", role=role, **values)


def paper(**values: Any) -> Paper:
    return Paper(programme="x", key="p", title="Vorlage", **{"kind": "decision", **values})


def standing(one: Paper, *steps: Consultation, cancelled: date | None = None) -> PaperStanding:
    days = {(item.session.split("/")[0], date.fromisoformat(item.session.split("/")[1])) for item in steps}
    sessions = [session(committee, day, cancelled=day == cancelled) for committee, day in days]
    found = steps_of([one], steps, sessions, [BOARD, COUNCIL], AS_OF)
    return paper_standings([one], found, AS_OF)[0]


@pytest.mark.parametrize(
    ("set_for", "lead", "due"),
    [
        (None, None, None),
        (None, 0, date(2026, 9, 8)),
        (None, 14, date(2026, 8, 25)),
        (date(2026, 8, 20), None, date(2026, 8, 20)),
        (date(2026, 8, 20), 14, date(2026, 8, 20)),
    ],
)
def test_deadline(set_for: date | None, lead: int | None, due: date | None) -> None:
    committee = Committee(programme="x", key="c", title="C", lead_days=lead)
    assert deadline(session("c", date(2026, 9, 8), submission_due=set_for), committee) == due


ADOPTED = {"result": "adopted", "outcome": "beschlossen"}


@pytest.mark.parametrize(
    ("values", "steps", "state"),
    [
        ({}, [], PaperState.IN_PREPARATION),
        ({}, [step(AFTER)], PaperState.IN_PREPARATION),
        ({"submitted_on": BEFORE}, [step(AFTER)], PaperState.SUBMITTED),
        ({"issued": AS_OF}, [step(AFTER)], PaperState.SUBMITTED),
        ({"issued": AFTER}, [step(LATER)], PaperState.IN_PREPARATION),
        ({}, [step(AS_OF)], PaperState.IN_CONSULTATION),
        ({}, [step(BEFORE, **ADOPTED)], PaperState.DECIDED),
        ({}, [step(BEFORE, outcome="so beschlossen")], PaperState.DECIDED),
        ({}, [step(BEFORE, result="rejected")], PaperState.REJECTED),
        ({}, [step(BEFORE, result="deferred")], PaperState.IN_CONSULTATION),
        ({}, [step(BEFORE, result="referred"), step(AFTER)], PaperState.IN_CONSULTATION),
        # A result that was entered before the session counts from its day on.
        ({}, [step(AFTER, **ADOPTED)], PaperState.IN_PREPARATION),
        # The last word has been spoken though somebody is still to be told.
        ({}, [step(BEFORE, **ADOPTED), step(AFTER, "notice", "board")], PaperState.DECIDED),
        # One of two decisions is not all of them.
        ({}, [step(BEFORE, committee="board", **ADOPTED), step(AFTER)], PaperState.IN_CONSULTATION),
        # A recommendation decides nothing, even where no further step is known.
        ({}, [step(BEFORE, "preparatory", result="recommended")], PaperState.IN_CONSULTATION),
        ({}, [step(BEFORE, "preparatory", **ADOPTED)], PaperState.IN_CONSULTATION),
        ({"kind": "information"}, [step(BEFORE, "notice", result="noted")], PaperState.NOTED),
        ({"kind": "information"}, [step(BEFORE, "notice")], PaperState.IN_CONSULTATION),
        (
            {"kind": "information"},
            [step(BEFORE, "notice", result="noted"), step(AFTER, "notice", "board")],
            PaperState.IN_CONSULTATION,
        ),
        ({"withdrawn_on": BEFORE}, [step(AFTER)], PaperState.WITHDRAWN),
        ({"withdrawn_on": BEFORE}, [step(EARLIER, **ADOPTED)], PaperState.WITHDRAWN),
    ],
)
def test_state_of_a_paper(values: dict[str, Any], steps: list[Consultation], state: PaperState) -> None:
    assert standing(paper(**values), *steps).state is state


def test_a_cancelled_session_neither_counts_as_held_nor_as_the_next() -> None:
    found = standing(paper(), step(BEFORE, **ADOPTED), step(AFTER), cancelled=BEFORE)
    assert (found.state, found.days) == (PaperState.IN_PREPARATION, None)
    assert found.following is not None
    assert found.following.session.held_on == AFTER
    assert standing(paper(), step(AFTER), cancelled=AFTER).following is None


def test_sessions_after_the_withdrawal_fall_away() -> None:
    found = standing(paper(withdrawn_on=EARLIER), step(BEFORE), step(AFTER))
    assert [(item.lapsed, item.passed, item.coming) for item in found.steps] == [(True, False, False)] * 2
    assert (found.days, found.following) == (None, None)


@pytest.mark.parametrize(
    ("steps", "days"),
    [
        ([step(AFTER)], None),
        ([step(BEFORE, **ADOPTED)], 0),
        ([step(EARLIER, "preparatory", "board"), step(BEFORE, **ADOPTED)], 30),
        ([step(EARLIER, "preparatory", "board"), step(AFTER)], 40),
        ([step(EARLIER, "preparatory", "board", result="deferred")], 40),
        # Where nothing is to come and no result is known, nobody is consulting any more.
        ([step(EARLIER, "preparatory", "board"), step(BEFORE)], 30),
    ],
)
def test_days_in_consultation(steps: list[Consultation], days: int | None) -> None:
    assert standing(paper(), *steps).days == days


def test_steps_stand_in_the_stated_order_or_else_by_date() -> None:
    stated = standing(paper(), step(AFTER, order=1), step(BEFORE, order=2))
    assert [item.session.held_on for item in stated.steps] == [AFTER, BEFORE]
    partly = standing(paper(), step(AFTER, order=1), step(BEFORE))
    assert [item.session.held_on for item in partly.steps] == [BEFORE, AFTER]


def test_agendas_hold_the_sessions_to_come_with_their_papers() -> None:
    sessions = [session("council", LATER), session("board", AFTER), session("board", AS_OF)]
    one, other = paper(submitted_on=BEFORE), Paper(programme="x", key="q", title="B", kind="decision")
    gone = Paper(programme="x", key="r", title="C", kind="motion", withdrawn_on=BEFORE)
    steps = [
        Consultation(programme="x", paper=key, session=f"board/{AFTER}", role="preparatory") for key in ("p", "q", "r")
    ]
    found = paper_standings(
        [one, other, gone], steps_of([one, other, gone], steps, sessions, [BOARD, COUNCIL], AS_OF), AS_OF
    )
    first, last = agendas(sessions, [BOARD, COUNCIL], found, AS_OF)
    assert (first.session.held_on, first.deadline, first.days_left) == (AFTER, AFTER - timedelta(days=14), 6)
    assert ([item.paper.key for _, item in first.papers], [item.paper.key for item in first.missing]) == (
        ["p", "q"],
        ["q"],
    )
    assert (last.deadline, last.days_left, last.papers) == (None, None, ())


@pytest.mark.parametrize(
    ("reports", "held", "busy", "last", "since", "silent"),
    [
        (True, [], None, None, 0, False),
        (True, [BEFORE], BEFORE, BEFORE, 0, False),
        (True, [EARLIER, BEFORE], EARLIER, EARLIER, 1, True),
        (True, [EARLIER, BEFORE], None, None, 2, True),
        (False, [EARLIER, BEFORE], EARLIER, EARLIER, 1, False),
        # What is announced for a session to come is no report yet.
        (True, [BEFORE, AFTER], AFTER, None, 1, True),
    ],
)
def test_since_when_a_body_has_heard_nothing(
    reports: bool, held: list[date], busy: date | None, last: date | None, since: int, silent: bool
) -> None:
    body = Committee(programme="x", key="council", title="Rat", reports_regularly=reports)
    sessions = [session("council", day) for day in held]
    steps = steps_of([paper()], [step(busy)] if busy else [], sessions, [body], AS_OF)
    found = body_standings([body], sessions, steps, AS_OF)[0]
    assert (found.last, found.since, found.silent) == (last, since, silent)


def test_a_body_counts_what_was_held_what_comes_and_what_was_cancelled() -> None:
    sessions = [session("board", BEFORE), session("board", AFTER), session("board", LATER, cancelled=True)]
    steps = steps_of([paper()], [step(LATER, committee="board")], sessions, [BOARD], AS_OF)
    found = body_standings([BOARD, COUNCIL], sessions, steps, AS_OF)
    assert [(len(item.held), len(item.coming), len(item.cancelled), item.papers) for item in found] == [
        (1, 1, 1, 0),
        (0, 0, 0, 0),
    ]
