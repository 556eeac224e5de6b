"""Carrying over: what is kept goes on once, from where it stands; what ended stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from okr_records import END, band, change, check_in, cycle, step, steps

from smartdash.analysis.carry_over import Stock, carry_over, next_cycle, prepare
from smartdash.analysis.okr import key_result_standings
from smartdash.model.check_ins import CheckIn, Review, ReviewOutcome
from smartdash.model.conferences import Conference
from smartdash.model.declare import Record
from smartdash.model.okr import (
    Alignment,
    ContributingUnit,
    Cycle,
    CycleState,
    KeyResult,
    KeyResultMilestone,
    Objective,
)

NEXT = Cycle(programme="p", key="n", title="N", start=date(2026, 4, 12), end=date(2026, 7, 1))
CONFERENCE = Conference(programme="p", key="x", title="X", cycle="c", held_on=date(2026, 4, 15))
TAKEN = ("cycle", "objective", "key_result", "key_result_milestone")


def stock(*records: Record) -> Stock:
    def of(record: type[Any]) -> list[Any]:
        return [item for item in records if isinstance(item, record)]

    cycles = [cycle(), *of(Cycle)]
    standings = key_result_standings(
        of(KeyResult), of(Objective), cycles, of(CheckIn), [], END, of(KeyResultMilestone), []
    )
    taken = {name: {item.key for item in records if item.sheet.name == name} for name in TAKEN}
    return Stock(cycles, of(Objective), standings, of(Review), of(ContributingUnit), of(Alignment), taken)


def objective(key: str = "o", **values: Any) -> Objective:
    return Objective(programme="p", key=key, title=key, **{"cycle": "c", **values})


def review(key: str = "o", outcome: ReviewOutcome = ReviewOutcome.KEEP) -> Review:
    return Review(programme="p", objective=key, reviewed_on=END, outcome=outcome, reason="because")


def of(records: Sequence[Record], record: type[Any]) -> list[Any]:
    return [item for item in records if isinstance(item, record)]


def test_a_kept_objective_goes_on_from_where_it_stands() -> None:
    kept = objective(weight=D(3), owner_role="Leitung", order=2, source="s")
    records = carry_over(stock(NEXT, kept, review(), change(), check_in("40", END)), "c", NEXT)
    [new], [result] = of(records, Objective), of(records, KeyResult)
    assert (new.key, new.cycle, new.predecessor, new.weight, new.owner_role, new.order, new.source) == (
        "n-01",
        "n",
        "o",
        D(3),
        "Leitung",
        2,
        None,
    )
    assert (result.key, result.objective, result.predecessor) == ("n-01-01", "n-01", "k")
    assert (result.baseline, result.target) == (D(40), D(100))


@pytest.mark.parametrize(
    ("result", "reports", "baselines"),
    [
        (change(), [], [D(0)]),
        (change(), [check_in("-20", END)], [D(-20)]),
        (change("100", "50"), [check_in("60", END)], [D(60)]),
        (change(), [check_in("100", END)], []),
        (change(), [check_in("130", END)], []),
        (band(), [check_in("100", END)], []),
        (band(), [check_in("130", END)], [None]),
    ],
    ids=["no report", "regress", "falling", "reached", "exceeded", "in the band", "out of the band"],
)
def test_what_is_reached_does_not_go_on(result: KeyResult, reports: list[Record], baselines: list[D | None]) -> None:
    records = carry_over(stock(NEXT, objective(), review(), result, *reports), "c", NEXT)
    assert [item.baseline for item in of(records, KeyResult)] == baselines


def test_what_was_reached_and_is_chosen_keeps_its_baseline() -> None:
    records = carry_over(stock(NEXT, objective(), review(), change(), check_in("130", END)), "c", NEXT, {"k"})
    assert [item.baseline for item in of(records, KeyResult)] == [D(0)]


def test_only_open_milestones_go_on() -> None:
    given_steps = [step("1", END, "s1"), step("2", None, "s2"), step("1", None, "s3")]
    records = carry_over(stock(NEXT, objective(), review(), steps(), *given_steps), "c", NEXT)
    found = of(records, KeyResultMilestone)
    assert [(item.key, item.key_result, item.weight) for item in found] == [
        ("n-01-01-01", "n-01-01", D(2)),
        ("n-01-01-02", "n-01-01", D(1)),
    ]


def test_what_ended_or_was_not_decided_stays() -> None:
    records = [objective("ended"), objective("open"), review("ended", ReviewOutcome.END)]
    assert carry_over(stock(NEXT, *records, change(objective="ended")), "c", NEXT) == []


def test_alignments_that_still_hold_go_on() -> None:
    links = [("o", "above"), ("o", "ended"), ("k", "above"), ("project", "o"), ("o", "goal"), ("lower", "o")]
    made = stock(
        NEXT,
        *(objective(key) for key in ("o", "above", "ended", "lower")),
        *(review(key) for key in ("o", "above")),
        review("ended", ReviewOutcome.END),
        change(),
        ContributingUnit(programme="p", objective="o", unit="u", role="Daten"),
        *(Alignment(programme="p", origin=origin, target=target) for origin, target in links),
    )
    records = carry_over(made, "c", NEXT)
    assert [(item.objective, item.unit, item.role) for item in of(records, ContributingUnit)] == [
        ("n-01", "u", "Daten")
    ]
    assert [(item.origin, item.target) for item in of(records, Alignment)] == [
        ("n-01", "n-02"),
        ("n-01-01", "n-02"),
        ("project", "n-01"),
        ("n-01", "goal"),
    ]


@given(
    outcomes=some.lists(some.sampled_from([*ReviewOutcome, None]), min_size=1, max_size=6),
    values=some.lists(some.integers(-50, 150), min_size=6, max_size=6),
    edges=some.sets(some.tuples(some.integers(0, 5), some.integers(0, 5))),
)
def test_twice_adds_nothing_and_nothing_runs_in_a_circle(
    outcomes: list[ReviewOutcome | None], values: list[int], edges: set[tuple[int, int]]
) -> None:
    objectives = [objective(f"o{place}") for place in range(len(outcomes))]
    records: list[Record] = [NEXT, *objectives]
    records += [change(key=f"k{place}", objective=one.key) for place, one in enumerate(objectives)]
    records += [check_in(str(values[place]), END, f"k{place}") for place in range(len(objectives))]
    records += [review(one.key, given) for one, given in zip(objectives, outcomes, strict=True) if given]
    records += [
        Alignment(programme="p", origin=f"o{low}", target=f"o{high}")
        for low, high in edges
        if low < high < len(objectives)
    ]
    new = carry_over(stock(*records), "c", NEXT)
    going = [one.key for one, given in zip(objectives, outcomes, strict=True) if given and given != ReviewOutcome.END]
    assert [item.predecessor for item in of(new, Objective)] == going
    assert len({item.predecessor for item in of(new, KeyResult)}) == len(of(new, KeyResult))
    assert {item.key for item in new}.isdisjoint(item.key for item in records)
    order = {item.key: item.predecessor for item in of(new, Objective)}
    assert all(order[item.origin] < order[item.target] for item in of(new, Alignment))
    assert carry_over(stock(*records, *new), "c", NEXT) == []


@pytest.mark.parametrize(
    ("start", "end", "title", "key", "first", "last"),
    [
        (date(2026, 10, 1), date(2026, 12, 31), "Q1 2027", "2027-q1", date(2027, 1, 1), date(2027, 3, 31)),
        (date(2026, 7, 1), date(2026, 9, 30), "Q4 2026", "2026-q4", date(2026, 10, 1), date(2026, 12, 31)),
        (
            date(2027, 9, 1),
            date(2027, 12, 31),
            "01.01.2028 – 30.04.2028",
            "2028-01-01",
            date(2028, 1, 1),
            date(2028, 4, 30),
        ),
        (date(2027, 11, 1), date(2028, 1, 31), "01.02.2028 – 30.04.2028", "2028-02-01", date(2028, 2, 1), None),
        (
            date(2026, 1, 1),
            date(2026, 4, 11),
            "12.04.2026 – 21.07.2026",
            "2026-04-12",
            date(2026, 4, 12),
            date(2026, 7, 21),
        ),
    ],
)
def test_the_next_cycle_is_as_long_as_the_last(
    start: date, end: date, title: str, key: str, first: date, last: date | None
) -> None:
    found = next_cycle(CONFERENCE, [cycle(start=start, end=end)], ())
    assert (found.title, found.key, found.start, found.state) == (title, key, first, CycleState.PREPARATION)
    assert last is None or found.end == last


def test_the_next_cycle_is_the_one_named_or_the_following_one() -> None:
    later = NEXT.model_copy(update={"key": "later", "start": date(2026, 9, 1), "end": date(2026, 10, 1)})
    assert next_cycle(CONFERENCE, [cycle(), later, NEXT], ()).key == "n"
    assert next_cycle(CONFERENCE.model_copy(update={"next_cycle": "later"}), [cycle(), later, NEXT], ()).key == "later"


@pytest.mark.parametrize(
    ("as_of", "complete", "closed"),
    [(date(2026, 4, 15), True, True), (date(2026, 4, 15), False, False), (END, True, False)],
)
def test_preparing_makes_the_cycle_and_closes_the_old_one_only_when_it_is_over_and_complete(
    as_of: date, complete: bool, closed: bool
) -> None:
    made = stock(objective(), review(), change())
    records = prepare(made, CONFERENCE, as_of, complete=complete)
    cycles = of(records, Cycle)
    assert cycles[0].state is CycleState.PREPARATION
    assert [item.key for item in cycles[1:]] == (["c"] if closed else [])
    assert [item.cycle for item in of(records, Objective)] == [cycles[0].key]
    again = replace(stock(objective(), review(), change(), *(item for item in records if item.key != "c")))
    assert of(prepare(again, CONFERENCE, as_of, complete=complete), Objective) == []
