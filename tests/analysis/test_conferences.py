"""The agenda and the clock of a conference, the pre-read's day, and what is missing before it is closed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from okr_records import HALF, change, check_in, cycle

from smartdash.analysis.conference_points import (
    AssignmentState,
    Lacking,
    assignments_since,
    conferences_to_choose,
    decisions_since,
    open_points,
    previous_conference,
)
from smartdash.analysis.conferences import call, clock, finish, leave, proposed_agenda
from smartdash.analysis.okr import key_result_standings
from smartdash.analysis.working_days import easter, holidays, pre_read_day
from smartdash.model.check_ins import Review, ReviewOutcome, Score, ScoreCause
from smartdash.model.conferences import AgendaItem, AgendaKind, Assignment, Conference, ConferenceKind, Decision
from smartdash.model.okr import Objective


def conference(key: str = "x", held_on: date = date(2026, 4, 15), **values: Any) -> Conference:
    return Conference(programme="p", key=key, **{"title": key, "cycle": "c", "held_on": held_on, **values})


def objective(key: str, **values: Any) -> Objective:
    return Objective(programme="p", key=key, title=key, **{"cycle": "c", **values})


def agenda(*minutes: int) -> list[AgendaItem]:
    return [
        AgendaItem(programme="p", key=str(place), conference="x", kind=AgendaKind.OTHER, minutes=each)
        for place, each in enumerate(minutes)
    ]


def after(items: list[AgendaItem], changed: list[AgendaItem]) -> list[AgendaItem]:
    new = {item.key: item for item in changed}
    return [new.get(item.key, item) for item in items]


@given(
    total=some.integers(0, 600),
    counts=some.lists(some.integers(0, 4), max_size=12),
    kind=some.sampled_from(list(ConferenceKind)),
    first=some.booleans(),
)
def test_the_minutes_add_up_whatever_the_objectives(
    total: int, counts: list[int], kind: ConferenceKind, first: bool
) -> None:
    objectives = [objective(f"o{place}") for place in range(len(counts))]
    results = [
        change(key=f"{one.key}-{number}", objective=one.key, weight=D(number % 2))
        for one, count in zip(objectives, counts, strict=True)
        for number in range(count)
    ]
    standings = key_result_standings(results, objectives, [cycle()], [], [], HALF)
    items = proposed_agenda(conference(kind=kind), objectives, standings, total, {"x-07"}, first=first)
    assert sum(item.minutes for item in items) == total
    assert [item.objective for item in items if item.kind is AgendaKind.OBJECTIVE] == [one.key for one in objectives]
    assert [item.order for item in items] == list(range(1, len(items) + 1))
    assert items[0].key == "x-08"
    assert len({item.key for item in items}) == len(items)
    assert total < len(items) or min(item.minutes for item in items) >= 1
    assert (AgendaKind.LAST_TIME in {item.kind for item in items}) is not first


def test_red_takes_longer_and_another_cycle_is_left_out() -> None:
    objectives = [objective("red"), objective("green"), objective("old", cycle="b")]
    results = [change(key="r", objective="red"), change(key="g", objective="green")]
    reports = [check_in("0", HALF, "r"), check_in("60", HALF, "g")]
    standings = key_result_standings(results, objectives[:2], [cycle()], reports, [], HALF)
    minutes = {item.objective: item.minutes for item in proposed_agenda(conference(), objectives, standings, 120, ())}
    assert minutes["red"] > 1.8 * minutes["green"]
    assert "old" not in minutes


def test_a_total_out_of_bounds_is_refused() -> None:
    for total in (-1, 601):
        with pytest.raises(ValueError, match="minutes"):
            proposed_agenda(conference(), [], [], total, ())


@given(
    steps=some.lists(
        some.tuples(some.sampled_from(("call", "leave", "finish")), some.integers(0, 3), some.integers(0, 25 * 60)),
        max_size=25,
    ),
    start=some.times(),
)
def test_no_second_is_lost(steps: list[tuple[str, int, int]], start: time) -> None:
    items, moment, expected = agenda(5, 10, 15, 20), datetime.combine(HALF, start), 0
    for what, place, seconds in steps:
        expected += seconds if any(item.begun_at for item in items) else 0
        moment += timedelta(seconds=seconds)
        if what == "call":
            items = after(items, call(items, str(place), moment.time()))
            assert items[place].begun_at
        elif what == "leave":
            items = after(items, leave(items, moment.time()))
        else:
            items = after(items, finish(items, str(place), moment.time()))
            assert items[place].done
        assert sum(item.begun_at is not None for item in items) <= 1
        assert clock(items, moment.time()).total_spent == expected


@pytest.mark.parametrize(
    ("begun", "now", "spent"),
    [
        ("10:00", time(10, 0), 0),
        ("10:00", time(10, 7, 30), 450),
        ("23:50", time(0, 10), 1200),
        ("02:50", time(2, 10), 0),
        ("09:00", time(9, 0, 59, 999999), 59),
    ],
)
def test_neither_midnight_nor_a_clock_set_back_takes_time_away(begun: str, now: time, spent: int) -> None:
    items = [agenda(10)[0].model_copy(update={"begun_at": begun, "spent_seconds": 100})]
    assert clock(items, now).spent == 100 + spent
    [left] = leave(items, now)
    assert (left.spent_seconds, left.begun_at) == (100 + spent, None)


def test_the_clock_says_how_far_behind() -> None:
    items = after(agenda(10, 20, 30), call(agenda(10, 20, 30), "0", time(9)))
    said = clock(items, time(9, 15))
    assert said.current
    assert (said.current.key, said.spent, said.remaining) == ("0", 900, -300)
    assert (said.total_spent, said.total_planned, said.behind) == (900, 3600, 300)
    assert said.expected_end == time(10, 5)
    items = after(items, finish(items, "0", time(9, 5)))
    ahead = clock(items, time(9, 5))
    assert (ahead.current, ahead.behind, ahead.expected_end) == (None, -300, time(9, 55))
    assert clock([], time(9)).expected_end == time(9)
    assert finish(items, "0", time(9, 30)) == []


def test_calling_a_done_item_opens_it_again_and_calling_twice_changes_nothing() -> None:
    items = after(agenda(5, 5), finish(agenda(5, 5), "1", time(9)))
    changed = call(items, "1", time(10))
    assert [(item.key, item.begun_at, item.done) for item in changed] == [("1", "10:00:00", False)]
    assert call(after(items, changed), "1", time(11)) == []


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2026, date(2026, 4, 5)), (2038, date(2038, 4, 25))],
)
def test_easter(year: int, sunday: date) -> None:
    assert easter(year) == sunday
    assert len(holidays(year)) == 9


@pytest.mark.parametrize(
    ("held_on", "due"),
    [
        (date(2026, 11, 26), date(2026, 11, 23)),
        (date(2026, 11, 23), date(2026, 11, 18)),
        (date(2026, 4, 8), date(2026, 4, 1)),
        (date(2027, 1, 4), date(2026, 12, 29)),
        (date(2026, 5, 15), date(2026, 5, 11)),
        (date(2026, 10, 31), date(2026, 10, 28)),
    ],
)
def test_the_pre_read_is_due_three_working_days_ahead(held_on: date, due: date) -> None:
    assert pre_read_day(held_on) == due


def assignment(key: str, of: str, due: date, done_on: date | None = None) -> Assignment:
    return Assignment(
        programme="p", key=key, conference=of, given_on=date(2026, 1, 1), text=key, role="R", due=due, done_on=done_on
    )


def test_what_was_assigned_before_is_overdue_open_or_done() -> None:
    days = {"a": date(2025, 10, 1), "b": date(2026, 1, 10), "c": date(2026, 4, 10)}
    meetings = [conference(key, day) for key, day in days.items()]
    given_before = [
        assignment("done", "b", date(2026, 2, 1), date(2026, 2, 2)),
        assignment("due-today", "b", date(2026, 4, 10)),
        assignment("late", "b", date(2026, 4, 9)),
        assignment("old-and-open", "a", date(2025, 12, 1)),
        assignment("old-and-done", "a", date(2025, 12, 1), date(2025, 12, 2)),
        assignment("own", "c", date(2026, 5, 1)),
        assignment("done-tomorrow", "b", date(2026, 5, 1), date(2026, 4, 11)),
    ]
    found = assignments_since(meetings[2], meetings, given_before, date(2026, 4, 10))
    assert [(item.assignment.key, item.state, item.days_late) for item in found] == [
        ("old-and-open", AssignmentState.OVERDUE, 130),
        ("late", AssignmentState.OVERDUE, 1),
        ("due-today", AssignmentState.OPEN, 0),
        ("done-tomorrow", AssignmentState.OPEN, 0),
        ("done", AssignmentState.DONE, 0),
    ]
    assert previous_conference(meetings[0], meetings) is None
    assert assignments_since(meetings[0], meetings, given_before, date(2026, 4, 10)) == []
    decided = [
        Decision(programme="p", key=f"d{key}", conference=key, decided_on=day, text=key) for key, day in days.items()
    ]
    assert [item.key for item in decisions_since(meetings[2], meetings, decided)] == ["db"]


@pytest.mark.parametrize(
    ("as_of", "first"),
    [
        (date(2026, 1, 9), "b"),
        (date(2026, 1, 10), "b"),
        (date(2026, 1, 11), "c"),
        (date(2026, 4, 11), "c"),
    ],
)
def test_the_conference_shown_first_runs_or_is_next_or_was_last(as_of: date, first: str) -> None:
    days = {"a": date(2025, 10, 1), "b": date(2026, 1, 10), "c": date(2026, 4, 10)}
    meetings = [conference(key, day) for key, day in days.items()]
    found = conferences_to_choose(meetings, [], as_of)
    assert found[0].key == first
    assert sorted(item.key for item in found) == ["a", "b", "c"]


def test_one_that_was_begun_goes_on_after_midnight_until_it_is_closed() -> None:
    meetings = [conference("a", date(2026, 1, 10)), conference("b", date(2026, 4, 10))]
    on = [AgendaItem(programme="p", key="i", conference="a", kind=AgendaKind.OTHER, minutes=5, begun_at="23:00")]
    assert conferences_to_choose(meetings, on, date(2026, 1, 11))[0].key == "a"
    closed = [meetings[0].model_copy(update={"closed_on": date(2026, 1, 10)}), meetings[1]]
    assert conferences_to_choose(closed, on, date(2026, 1, 11))[0].key == "b"
    assert conferences_to_choose([], on, date(2026, 1, 11)) == []


def test_what_is_missing_before_a_review_is_closed() -> None:
    objectives = [objective("o"), objective("done"), objective("other", cycle="b")]
    results = [change(key="k1"), change(key="k2"), change(key="k3", objective="done")]
    low = Score.model_construct(programme="p", key="k1", key_result="k1", scored_on=HALF, value=D("0.69"), cause=None)
    caused = Score(programme="p", key_result="k3", scored_on=HALF, value=D("0.1"), cause=ScoreCause.SCOPE)
    reviews = [Review(programme="p", objective="done", reviewed_on=HALF, outcome=ReviewOutcome.KEEP)]
    found = open_points(conference(), objectives, results, [low, caused], reviews)
    assert [(item.lacking, item.subject.key) for item in found] == [
        (Lacking.CAUSE, "k1"),
        (Lacking.SCORE, "k2"),
        (Lacking.REVIEW, "o"),
    ]
    assert open_points(conference(kind=ConferenceKind.MIDTERM), objectives, results, [], []) == []
