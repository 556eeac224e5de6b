"""What waits for what, and which plans a delay pushes."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartdash.analysis.dependencies import DependencyStanding, Push, dependency_standings, pushed
from smartdash.analysis.schedule import milestone_standings, phase_standings
from smartdash.model.schedule import Dependency, Milestone, MilestoneForecast, Phase

AS_OF = date(2026, 6, 1)
JULY = date(2026, 7, 1)


def after(days: int) -> date:
    return JULY + timedelta(days)


def milestone(key: str, planned: date = JULY, **values: Any) -> Milestone:
    return Milestone(programme="x", key=key, title=f"Ziel {key}", planned=planned, **values)


def phase(key: str, start: date | None, end: date | None, **values: Any) -> Phase:
    return Phase(programme="x", key=key, title=key, planned_start=start, planned_end=end, **values)


def forecast(of: str, day: date) -> MilestoneForecast:
    return MilestoneForecast(programme="x", milestone=of, reported_on=AS_OF, forecast=day)


def wait(provider: str, consumer: str, lag: int = 0) -> Dependency:
    return Dependency(programme="x", provider=provider, consumer=consumer, lag_days=lag)


def pushes(links: list[Dependency], *records: Any) -> dict[str, tuple[Push, ...]]:
    milestones = milestone_standings(
        [item for item in records if isinstance(item, Milestone)],
        [item for item in records if isinstance(item, MilestoneForecast)],
        AS_OF,
    )
    phases = phase_standings([item for item in records if isinstance(item, Phase)], milestones, AS_OF)
    return pushed(links, milestones, phases, AS_OF)


def days(found: dict[str, tuple[Push, ...]], of: str = "a") -> list[tuple[str, int, bool]]:
    return [(push.key, push.days, push.direct) for push in found.get(of, ())]


@pytest.mark.parametrize(
    ("links", "records", "expected"),
    [
        ([], [milestone("b")], []),
        ([wait("a", "b")], [milestone("b", after(19))], [("b", 1, True)]),
        ([wait("a", "b")], [milestone("b", after(20))], []),
        ([wait("a", "b", 5)], [milestone("b", after(20))], [("b", 5, True)]),
        ([wait("a", "b"), wait("b", "c")], [milestone("b"), milestone("c")], [("b", 20, True), ("c", 20, False)]),
        ([wait("a", "b"), wait("b", "c")], [milestone("b", after(9)), milestone("c", after(15))],
         [("b", 11, True), ("c", 5, False)]),
        ([wait("a", "b"), wait("b", "c")], [milestone("b", after(25)), milestone("c")], []),
        (
            [wait("a", "b"), wait("a", "c"), wait("b", "d", 3), wait("c", "d", 7)],
            [milestone("b"), milestone("c"), milestone("d")],
            [("d", 27, False), ("b", 20, True), ("c", 20, True)],
        ),
        ([wait("a", "b"), wait("b", "c"), wait("a", "c", 2)], [milestone("b"), milestone("c")],
         [("c", 22, True), ("b", 20, True)]),
        ([wait("a", "b"), wait("b", "a")], [milestone("b")], [("b", 20, True)]),
        ([wait("a", "a", 9)], [], []),
        ([wait("a", "b"), wait("b", "c", 1), wait("c", "b", 1)], [milestone("b"), milestone("c")],
         [("c", 21, False), ("b", 20, True)]),
        ([wait("a", "b")], [milestone("b", actual=date(2026, 5, 1))], []),
        ([wait("a", "elsewhere")], [], []),
        ([wait("a", "p")], [phase("p", after(5), after(40))], [("p", 15, True)]),
        ([wait("a", "p"), wait("p", "b")], [phase("p", after(5), after(40)), milestone("b", after(50))],
         [("p", 15, True), ("b", 5, False)]),
        ([wait("a", "p")], [phase("p", date(2026, 5, 1), after(40), actual_start=date(2026, 5, 1))], []),
        ([wait("a", "p")], [phase("p", date(2026, 5, 1), after(15), actual_start=date(2026, 5, 1))], [("p", 5, True)]),
        ([wait("a", "p")], [phase("p", None, None)], []),
        ([wait("a", "p")], [phase("p", None, after(1))], [("p", 19, True)]),
    ],
    ids=[
        "nothing waits", "one day", "just in time", "lag", "two steps", "slack in between", "slack ends the chain",
        "longest of two ways", "direct and indirect", "circle", "waits for itself", "circle further on", "reached",
        "out of sight", "phase to begin", "phase hands on", "phase under way", "end of a phase under way",
        "no dates", "end only",
    ],
)  # fmt: skip
def test_a_late_milestone_pushes_what_cannot_wait(
    links: list[Dependency], records: list[Any], expected: list[tuple[str, int, bool]]
) -> None:
    late = [milestone("a"), forecast("a", after(20))]
    assert days(pushes(links, *late, *records)) == expected


def test_what_is_on_time_pushes_nothing_even_where_the_plan_is_too_tight() -> None:
    assert pushes([wait("a", "b", 10)], milestone("a"), forecast("a", JULY), milestone("b")) == {}


def test_a_milestone_reached_late_still_pushes() -> None:
    late = milestone("a", date(2026, 4, 1), actual=date(2026, 5, 20))
    found = pushes([wait("a", "b", 30)], late, milestone("b", date(2026, 6, 10)))
    assert days(found) == [("b", 9, True)]


def test_a_phase_that_should_have_ended_without_a_report_is_late_until_today() -> None:
    found = pushes([wait("p", "b")], phase("p", None, date(2026, 5, 1)), milestone("b", date(2026, 5, 20)))
    assert days(found, "p") == [("b", 12, True)]


def test_a_push_names_the_decision_that_its_successor_needs() -> None:
    found = pushes([wait("a", "b", 2)], milestone("a"), forecast("a", after(20)), milestone("b", decision="V1"))
    assert found["a"] == (Push("b", "Ziel b", 22, JULY, after(22), "V1", True),)


def test_slack_and_push_stand_in_order_of_urgency() -> None:
    milestones = milestone_standings(
        [milestone("a"), milestone("b", after(30)), milestone("c"), milestone("d", actual=AS_OF)],
        [forecast("a", after(20))],
        AS_OF,
    )
    phases = phase_standings([phase("p", None, None)], milestones, AS_OF)
    links = [wait("a", "b", 3), wait("a", "c"), wait("a", "d"), wait("p", "b"), wait("a", "x")]
    found: list[DependencyStanding] = dependency_standings(links, milestones, phases, AS_OF)
    assert [(item.dependency.consumer, item.earliest, item.slack) for item in found] == [
        ("c", after(20), -20),
        ("b", after(23), 7),
        ("d", after(20), None),
        ("b", None, None),
    ]


def test_a_long_chain_is_followed_to_its_end() -> None:
    names = ["a", *(f"m{index:04}" for index in range(1500))]
    links = [wait(first, second) for first, second in pairwise(names)]
    found = pushes(links, forecast("a", after(20)), *(milestone(name) for name in names))
    assert len(found["a"]) == 1500


KEYS = "abcde"


@given(
    st.lists(
        st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS), st.integers(0, 9)),
        max_size=12,
        unique_by=lambda x: x[:2],
    ),
    st.lists(st.integers(-5, 20), min_size=5, max_size=5),
    st.lists(st.integers(0, 40), min_size=5, max_size=5),
    st.randoms(use_true_random=False),
)
def test_pushes_are_positive_named_once_and_free_of_the_order_of_records(
    edges: list[tuple[str, str, int]], plans: list[int], delays: list[int], chance: Any
) -> None:
    records = [milestone(key, after(plan)) for key, plan in zip(KEYS, plans, strict=True)]
    records += [forecast(key, after(delay)) for key, delay in zip(KEYS, delays, strict=True)]
    links = [wait(*edge) for edge in edges]
    found = pushes(links, *records)
    for key, chain in found.items():
        assert all(push.days > 0 for push in chain)
        assert len({push.key for push in chain} | {key}) == len(chain) + 1
    chance.shuffle(records)
    chance.shuffle(links)
    assert pushes(links, *records) == found
