from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from store_samples import P, programme, write

from smartdash.model.declare import Record
from smartdash.model.projects import StatusReport
from smartdash.model.schedule import Dependency, Milestone, MilestoneForecast, Phase
from smartdash.model.workshops import Link, LinkKind, StrategyElement
from smartdash.store import Changes, Circle, MovedPlan, Origin, Store

PLANNED, LATER, REPORTED = date(2024, 3, 1), date(2024, 5, 1), date(2024, 2, 1)


def milestone(**values: Any) -> Milestone:
    return Milestone(**{"programme": P, "key": "m", "title": "M", "planned": PLANNED, **values})


def phase(**values: Any) -> Phase:
    return Phase(
        **{"programme": P, "key": "p1", "title": "P", "planned_start": PLANNED, "planned_end": LATER, **values}
    )


FORECAST = MilestoneForecast(programme=P, milestone="m", reported_on=REPORTED, forecast=LATER, key="")
REPORT = StatusReport(programme=P, key="s", subject="p1", reported_on=REPORTED, light="green")


@pytest.mark.parametrize(
    ("stored", "changed"),
    [
        ([milestone(), FORECAST], milestone(planned=LATER)),
        ([milestone(), FORECAST], milestone(planned=None, actual=LATER)),
        ([milestone(actual=LATER)], milestone(planned=LATER, actual=LATER)),
        ([phase(actual_start=PLANNED)], phase(planned_end=date(2024, 6, 1), actual_start=PLANNED)),
        ([phase(), REPORT], phase(planned_start=REPORTED)),
    ],
)
def test_a_plan_that_reports_refer_to_does_not_move(store: Store, stored: list[Record], changed: Record) -> None:
    write(store, [programme(), *stored])
    revision = store.latest()
    with pytest.raises(MovedPlan):
        write(store, changed)
    assert store.latest() == revision, "nothing was written"


@pytest.mark.parametrize(
    ("stored", "changed"),
    [
        ([milestone()], milestone(planned=LATER)),
        ([milestone(), FORECAST], milestone(title="Neu")),
        ([milestone(), FORECAST], milestone(actual=LATER)),
        ([phase()], phase(planned_end=date(2024, 6, 1))),
        ([phase(planned_end=None, actual_start=PLANNED)], phase(actual_start=PLANNED)),
    ],
    ids=["a draft is corrected", "another field", "reached", "a phase not begun", "a date that was missing"],
)
def test_what_moves_no_plan_is_written(store: Store, stored: list[Record], changed: Record) -> None:
    write(store, [programme(), *stored])
    assert write(store, changed)[0] is not None


def test_a_report_in_the_same_file_comes_too_late_to_fix_the_plan(store: Store) -> None:
    write(store, [programme(), milestone()])
    assert write(store, [milestone(planned=LATER), FORECAST])[0] is not None
    with pytest.raises(MovedPlan) as caught:
        write(store, milestone())
    assert caught.value.values["planned"] == "2024-05-01"


def test_a_milestone_may_go_and_come_back(store: Store) -> None:
    write(store, [programme(), milestone(actual=LATER)])
    store.write(Changes(P, {"milestone": ()}, complete=True), author="a", reason="b", origin=Origin("form"))
    assert write(store, milestone(planned=LATER))[0] is not None


def element(key: str) -> StrategyElement:
    return StrategyElement(programme=P, key=key, title=key, level="goal")


def link(origin: str, target: str, kind: str = "derived") -> Link:
    return Link(programme=P, origin=origin, target=target, kind=LinkKind(kind), key="")


@pytest.mark.parametrize(
    "links",
    [
        [link("a", "a")],
        [link("a", "b"), link("b", "a", "merged")],
        [link("a", "b", "split"), link("b", "c", "merged"), link("c", "a")],
        [link("a", "b", "contributes"), link("b", "a", "contributes")],
    ],
)
def test_lineage_has_no_circles(store: Store, links: list[Link]) -> None:
    write(store, [programme(), element("a"), element("b"), element("c"), *links[:-1]])
    with pytest.raises(Circle) as caught:
        write(store, links[-1])
    assert caught.value.record == "link"
    assert {*caught.value.keys} <= {"a", "b", "c"}


def test_a_measure_that_came_from_a_goal_may_contribute_to_it(store: Store) -> None:
    write(store, [programme(), element("a"), element("b"), link("a", "b"), link("b", "a", "contributes")])


def test_the_same_origin_may_be_reached_over_several_ways(store: Store) -> None:
    ways = [link("a", "b", "split"), link("a", "c", "split"), link("b", "d", "merged"), link("c", "d", "merged")]
    write(store, [programme(), *map(element, "abcd"), *ways])


def test_a_circle_that_a_retired_link_has_left_is_none(store: Store) -> None:
    write(store, [programme(), element("a"), element("b"), link("a", "b")])
    changes = Changes(P, {"link": [link("b", "a")]}, complete=True)
    assert store.write(changes, author="a", reason="b", origin=Origin("form"))[0] is not None


def test_nothing_waits_for_itself(store: Store) -> None:
    first = Dependency(programme=P, key="", provider="m", consumer="p1")
    write(store, [programme(), milestone(), phase(), first])
    with pytest.raises(Circle) as caught:
        write(store, Dependency(programme=P, key="", provider="p1", consumer="m"))
    assert caught.value.record == "dependency"
