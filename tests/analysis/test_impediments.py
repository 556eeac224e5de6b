"""How impediments stand on a day, and the numbers made of them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartdash.analysis.impediment_numbers import (
    age_classes,
    calendar_quarter,
    load,
    pareto,
    repeat_rate,
    resolved_between,
    throughput,
    total_load,
)
from smartdash.analysis.impediments import (
    ImpedimentStanding,
    escalation_ladder,
    impediment_standings,
    missing_for_decision,
    open_periods,
)
from smartdash.model.impediments import (
    Blockage,
    EscalationLevel,
    Impediment,
    ImpedimentEvent,
    ImpedimentEventKind,
    ImpedimentKind,
)

STEP, LEVEL = ImpedimentEventKind.STEP, ImpedimentEventKind.LEVEL
RESOLVED, REOPENED = ImpedimentEventKind.RESOLVED, ImpedimentEventKind.REOPENED
RAISED = date(2026, 1, 1)
DAY = date(2026, 6, 30)


def impediment(key: str = "H", **values: Any) -> Impediment:
    return Impediment(
        **{"programme": "p", "key": key, "title": key, "kind": ImpedimentKind.LEGAL, "raised_on": RAISED, **values}
    )


def event(day: date, kind: ImpedimentEventKind, key: str = "H", **values: Any) -> ImpedimentEvent:
    return ImpedimentEvent(programme="p", impediment=key, happened_on=day, kind=kind, **values)


def standing(
    item: Impediment, *events: ImpedimentEvent, as_of: date = DAY, blocked: tuple[str, ...] = ()
) -> ImpedimentStanding:
    blockages = [Blockage(programme="p", impediment=item.key, subject=subject) for subject in blocked]
    (found,) = impediment_standings([item], events, blockages, as_of)
    return found


def jan(day: int) -> date:
    return date(2026, 1, day)


@pytest.mark.parametrize(
    ("values", "events", "as_of", "since", "resolved_on", "reopened", "open_days"),
    [
        ({}, [], RAISED, RAISED, None, 0, 0),
        ({}, [], jan(11), RAISED, None, 0, 10),
        ({"resolved_on": RAISED}, [], jan(11), None, RAISED, 0, 0),
        ({"resolved_on": jan(5)}, [], jan(11), None, jan(5), 0, 4),
        ({"resolved_on": jan(11)}, [], jan(11), None, jan(11), 0, 10),
        # Resolved after the as-of date: not known yet.
        ({"resolved_on": jan(12)}, [], jan(11), RAISED, None, 0, 10),
        ({}, [(jan(12), RESOLVED)], jan(11), RAISED, None, 0, 10),
        ({}, [(jan(5), RESOLVED)], jan(11), None, jan(5), 0, 4),
        # The record and an event tell of the same solution.
        ({"resolved_on": jan(5)}, [(jan(5), RESOLVED)], jan(11), None, jan(5), 0, 4),
        ({"resolved_on": jan(5)}, [(jan(5), RESOLVED), (jan(5), REOPENED)], jan(11), jan(5), None, 1, 10),
        ({"resolved_on": jan(5)}, [(jan(8), REOPENED)], jan(11), jan(8), None, 1, 7),
        # Reopened twice.
        (
            {"resolved_on": jan(5)},
            [(jan(8), REOPENED), (jan(9), RESOLVED), (jan(20), REOPENED)],
            jan(31),
            jan(20),
            None,
            2,
            4 + 1 + 11,
        ),
        (
            {"resolved_on": jan(5)},
            [(jan(20), REOPENED), (jan(9), RESOLVED), (jan(8), REOPENED), (jan(25), RESOLVED)],
            jan(31),
            None,
            jan(25),
            2,
            4 + 1 + 5,
        ),
        # Back and solved again within a day.
        ({"resolved_on": jan(5)}, [(jan(8), RESOLVED), (jan(8), REOPENED)], jan(11), None, jan(8), 1, 4),
        # What the file counts without telling when.
        ({"reopened": 2}, [], jan(11), RAISED, None, 2, 10),
        ({"reopened": 1, "resolved_on": jan(5)}, [(jan(8), REOPENED)], jan(11), jan(8), None, 2, 7),
        # A second solution of what is solved, and a return of what never went, change no period.
        ({"resolved_on": jan(5)}, [(jan(7), RESOLVED)], jan(11), None, jan(5), 0, 4),
        ({}, [(jan(7), REOPENED)], jan(11), RAISED, None, 1, 10),
        # An event before the day it was raised counts from that day.
        ({}, [(date(2025, 12, 1), RESOLVED)], jan(11), None, RAISED, 0, 0),
    ],
)
def test_when_an_impediment_is_open_and_for_how_long(
    values: dict[str, Any],
    events: list[tuple[date, ImpedimentEventKind]],
    as_of: date,
    since: date | None,
    resolved_on: date | None,
    reopened: int,
    open_days: int,
) -> None:
    found = standing(impediment(**values), *(event(day, kind) for day, kind in events), as_of=as_of)
    assert (found.since, found.resolved_on, found.reopened, found.open_days) == (
        since, resolved_on, reopened, open_days,
    )  # fmt: skip
    assert found.open is (since is not None)


def test_before_it_was_raised_there_is_no_impediment() -> None:
    assert impediment_standings([impediment()], [], [], RAISED - timedelta(days=1)) == []


def test_the_newest_events_say_who_does_what_until_when() -> None:
    raised = impediment(owner_role="Projektleitung", next_step="fragen", due=jan(10))
    events = [
        event(jan(5), STEP, next_step="mahnen", due=jan(20)),
        event(jan(6), LEVEL, level=EscalationLevel.STEERING, owner_role="Programmleitung"),
        event(jan(6), LEVEL, level=EscalationLevel.OFFICE, number=2),
        event(jan(7), STEP, next_step="entscheiden"),
    ]
    before = standing(raised, *events, as_of=jan(4))
    assert (before.level, before.owner_role, before.next_step, before.due) == (
        EscalationLevel.TEAM, "Projektleitung", "fragen", jan(10),
    )  # fmt: skip
    after = standing(raised, *reversed(events), as_of=jan(25))
    assert (after.level, after.owner_role, after.next_step) == (
        EscalationLevel.OFFICE, "Programmleitung", "entscheiden",
    )  # fmt: skip
    assert (after.due, after.days_late) == (jan(20), 5), "a due date stays until another one is named"


@pytest.mark.parametrize(
    ("values", "late"),
    [
        ({}, None),
        ({"due": DAY}, None),
        ({"due": DAY - timedelta(days=3)}, 3),
        ({"due": jan(5), "resolved_on": jan(9)}, None),
    ],
)
def test_only_what_is_open_and_past_its_due_date_is_late(values: dict[str, Any], late: int | None) -> None:
    assert standing(impediment(**values)).days_late == late


def test_what_is_blocked_twice_counts_once() -> None:
    found = standing(impediment(blocks="KR1"), blocked=("KR1", "KR2"))
    assert found.blocks == ("KR1", "KR2")
    weights = {"KR1": Decimal("0.5"), "KR2": Decimal(2), "KR3": Decimal(9)}
    assert load(found, weights) == 180 * Decimal("2.5")
    assert load(standing(impediment(blocks="V01")), weights) == 0, "it blocks no key result"
    assert load(standing(impediment(blocks="KR1", resolved_on=jan(11))), weights) == 5


def test_throughput_is_the_median_of_what_is_solved_with_all_its_open_days() -> None:
    assert throughput([]) is None
    assert throughput([standing(impediment())]) is None
    twice = standing(impediment(resolved_on=jan(5)), event(jan(8), REOPENED), event(jan(14), RESOLVED))
    solved = [twice, standing(impediment(resolved_on=jan(4)))]
    assert throughput([*solved, standing(impediment())]) == Decimal("6.5")
    assert throughput([*solved, standing(impediment(resolved_on=date(2026, 6, 1)))]) == 10


def test_the_repeat_rate_counts_impediments_not_returns() -> None:
    assert repeat_rate([]) is None
    assert repeat_rate([standing(impediment(reopened=3)), *[standing(impediment())] * 3]) == Decimal("0.25")


@pytest.mark.parametrize(("days", "place"), [(0, 0), (14, 0), (15, 1), (30, 1), (31, 2), (90, 2), (91, 3), (900, 3)])
def test_age_classes_at_their_limits(days: int, place: int) -> None:
    found = age_classes([standing(impediment(raised_on=DAY - timedelta(days=days)))])
    assert [number for number, count in enumerate(found) if count] == [place]


def test_solved_ones_have_no_age() -> None:
    assert age_classes([standing(impediment(resolved_on=jan(9)))]) == [0, 0, 0, 0]


def test_the_pareto_puts_the_greatest_first_by_number_or_by_load() -> None:
    many = [standing(impediment(str(number), resolved_on=jan(9))) for number in range(3)]
    heavy = standing(impediment("h", blocks="KR", kind=ImpedimentKind.EXTERNAL))
    weights = {"KR": Decimal(2)}
    by_count = pareto([heavy, *many], weights, lambda item: item.impediment.kind)
    assert list(by_count) == [ImpedimentKind.LEGAL, ImpedimentKind.EXTERNAL]
    assert (by_count[ImpedimentKind.LEGAL].open_count, by_count[ImpedimentKind.LEGAL].resolved_count) == (0, 3)
    by_load = pareto([*many, heavy], weights, lambda item: item.impediment.kind, by_load=True)
    assert list(by_load) == [ImpedimentKind.EXTERNAL, ImpedimentKind.LEGAL]
    assert by_load[ImpedimentKind.EXTERNAL].load == 360


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2024, 2, 29), date(2024, 1, 1), date(2024, 3, 31)),
        (date(2026, 6, 30), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_the_calendar_quarter_of_a_day(day: date, first: date, last: date) -> None:
    assert calendar_quarter(day) == (first, last)


def test_what_came_back_is_not_solved_this_quarter() -> None:
    back = standing(impediment("B", resolved_on=jan(5)), event(jan(8), REOPENED, "B"))
    items = [back, *(standing(impediment(key, resolved_on=day)) for key, day in (("first", jan(1)), ("last", jan(31))))]
    items.append(standing(impediment("later", resolved_on=date(2026, 2, 1))))
    assert [item.impediment.key for item in resolved_between(items, jan(1), jan(31))] == ["last", "first"]


def test_on_a_step_of_the_ladder_the_overdue_come_first() -> None:
    items = [
        standing(impediment("old")),
        standing(impediment("young", raised_on=date(2026, 6, 1))),
        standing(impediment("late", raised_on=date(2026, 6, 1), due=date(2026, 6, 29))),
        standing(impediment("later", raised_on=date(2026, 6, 1), due=date(2026, 6, 20))),
        standing(impediment("top", escalation=EscalationLevel.TOP)),
        standing(impediment("done", resolved_on=jan(9))),
    ]
    ladder = escalation_ladder(items)
    assert list(ladder) == [EscalationLevel.TOP, EscalationLevel.STEERING, EscalationLevel.OFFICE, EscalationLevel.TEAM]
    assert [item.impediment.key for item in ladder[EscalationLevel.TEAM]] == ["later", "late", "old", "young"]
    assert not ladder[EscalationLevel.STEERING]


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({}, ("cause", "options", "addressee")),
        ({"cause": "c", "options": "nur eine;  ", "addressee": "Rat"}, ("options",)),
        ({"cause": "c", "options": "a; b", "addressee": "Rat"}, ()),
        ({"options": "a; b"}, ("cause", "addressee")),
    ],
)
def test_what_a_decision_from_outside_lacks(values: dict[str, str], missing: tuple[str, ...]) -> None:
    assert missing_for_decision(impediment(**values)) == missing


DAYS = st.integers(0, 60).map(lambda days: RAISED + timedelta(days=days))
TURNS = st.lists(st.tuples(DAYS, st.sampled_from([RESOLVED, REOPENED])), max_size=8)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Impediment, list[ImpedimentEvent]]:
    key = str(draw(st.integers(0, 10**6)))
    made = impediment(
        key,
        raised_on=RAISED,
        resolved_on=draw(st.none() | DAYS),
        kind=draw(st.sampled_from(list(ImpedimentKind))),
        escalation=draw(st.sampled_from(list(EscalationLevel))),
        blocks=draw(st.sampled_from(["KR1", "KR2", "V01", None])),
        due=draw(st.none() | DAYS),
    )
    return made, [event(day, kind, key) for day, kind in draw(TURNS)]


HISTORIES = st.lists(histories(), max_size=6, unique_by=lambda pair: pair[0].key)
WEIGHTS = {"KR1": Decimal("0.5"), "KR2": Decimal(3)}


def made(pairs: list[tuple[Impediment, list[ImpedimentEvent]]], as_of: date) -> list[ImpedimentStanding]:
    return impediment_standings([item for item, _ in pairs], [one for _, own in pairs for one in own], [], as_of)


@given(HISTORIES, DAYS)
def test_each_is_open_or_solved_and_stands_on_one_step(
    pairs: list[tuple[Impediment, list[ImpedimentEvent]]], as_of: date
) -> None:
    items = made(pairs, as_of)
    unsolved = [item for item in items if item.open]
    solved = [item for item in items if item.resolved_on]
    assert len(unsolved) + len(solved) == len(items) == len(pairs)
    ladder = escalation_ladder(items)
    assert sorted(item.impediment.key for own in ladder.values() for item in own) == sorted(
        item.impediment.key for item in unsolved
    )
    assert all(item.level is level for level, own in ladder.items() for item in own)
    assert sum(age_classes(items)) == len(unsolved)


@given(HISTORIES, DAYS)
def test_the_load_adds_up(pairs: list[tuple[Impediment, list[ImpedimentEvent]]], as_of: date) -> None:
    items = made(pairs, as_of)
    whole = total_load(items, WEIGHTS)
    shares = pareto(items, WEIGHTS, lambda item: item.impediment.kind, by_load=True)
    assert sum((share.load for share in shares.values()), Decimal(0)) == whole
    assert sum(share.count for share in shares.values()) == len(items)
    assert total_load(items[:2], WEIGHTS) + total_load(items[2:], WEIGHTS) == whole


@given(histories(), DAYS)
def test_the_periods_follow_each_other_and_each_day_adds_at_most_one(
    pair: tuple[Impediment, list[ImpedimentEvent]], as_of: date
) -> None:
    periods = open_periods(*pair, as_of)
    ends = [day for period in periods for day in period if day]
    assert ends == sorted(ends)
    today, tomorrow = (made([pair], day)[0] for day in (as_of, as_of + timedelta(days=1)))
    # A day counts where the impediment was open at its end.
    assert tomorrow.open_days - today.open_days == int(today.open)
