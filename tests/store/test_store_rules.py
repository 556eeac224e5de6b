from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from store_samples import P, programme, write

from smartdash.model.check_ins import CheckIn
from smartdash.model.declare import Record
from smartdash.model.okr import Alignment, Cycle, KeyResult, Objective
from smartdash.model.projects import ReportState, StatusReport, TrafficLight
from smartdash.model.schedule import Dependency, Milestone, MilestoneForecast, Phase
from smartdash.model.workshops import Link, LinkKind, StrategyElement
from smartdash.store import Audience, Changes, Circle, MovedPlan, Origin, RefusedRow, Scope, Store

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


def objective(key: str, **values: Any) -> Objective:
    return Objective(**{"programme": P, "key": key, "title": key, "cycle": "c", **values})


def key_result(key: str, of: str, **values: Any) -> KeyResult:
    return KeyResult(
        **{"programme": P, "key": key, "title": key, "objective": of, "baseline": 0, "target": 9, **values}
    )


def aligned(origin: str, target: str) -> Alignment:
    return Alignment(programme=P, key="", origin=origin, target=target)


CYCLE = Cycle(programme=P, key="c", title="Q1", start=PLANNED, end=LATER)
ALIGNED = [CYCLE, objective("a"), objective("b"), key_result("a1", "a"), key_result("b1", "b")]


@pytest.mark.parametrize(
    "alignments",
    [
        [aligned("a", "b"), aligned("b", "a")],
        [aligned("a", "b1"), aligned("b", "a1")],
        [aligned("a1", "b1"), aligned("b", "a1")],
        [aligned("a", "a1")],
    ],
    ids=["each other", "each other's key results", "through its key result", "its own key result"],
)
def test_alignment_has_no_circles(store: Store, alignments: list[Alignment]) -> None:
    write(store, [programme(), *ALIGNED, *alignments[:-1]])
    with pytest.raises(Circle) as caught:
        write(store, alignments[-1])
    assert caught.value.record == "alignment"


def test_one_may_contribute_to_many_and_many_to_one(store: Store) -> None:
    write(store, [programme(), *ALIGNED, objective("z"), aligned("a", "z"), aligned("a1", "b1"), aligned("b", "z")])


def test_nothing_is_carried_over_from_itself(store: Store) -> None:
    write(store, [programme(), CYCLE, objective("a"), objective("b", predecessor="a")])
    with pytest.raises(Circle) as caught:
        write(store, objective("a", predecessor="b"))
    assert caught.value.record == "objective"


def report(light: str, **values: Any) -> StatusReport:
    """A report as a careless writer could hand it over, past the checks of the record."""
    stated = StatusReport(programme=P, key="s", reported_on=REPORTED, light="green")
    return stated.model_copy(update={"light": TrafficLight(light), **values})


YELLOW = {"measure": "Los vorziehen", "measure_due": LATER}
RED = {"cause": "Personal fehlt", "options": "einkaufen; verschieben", "addressee": "Lenkungskreis"}


@pytest.mark.parametrize(
    "careless",
    [
        report("yellow"),
        report("yellow", measure="Los vorziehen"),
        report("red"),
        report("red", **{**RED, "options": "einkaufen"}),
        report("red", **{**RED, "options": "einkaufen; ;"}),
        report("red", **{**RED, "addressee": None}),
    ],
)
def test_the_store_itself_refuses_a_report_that_says_too_little(store: Store, careless: StatusReport) -> None:
    write(store, programme())
    with pytest.raises(RefusedRow) as caught:
        write(store, careless)
    assert caught.value.rule == "incomplete_report"
    write(store, careless.model_copy(update={"state": ReportState.DRAFT}))
    with pytest.raises(RefusedRow):
        write(store, careless)


@pytest.mark.parametrize("complete", [report("green"), report("yellow", **YELLOW), report("red", **RED)])
def test_a_draft_is_seen_by_nobody_until_it_is_published_and_stays_published(
    store: Store, complete: StatusReport
) -> None:
    draft = complete.model_copy(update={"state": ReportState.DRAFT})
    write(store, [programme(), draft])
    for audience in Audience:
        with store.read(Scope(P, LATER, audience=audience)) as reader:
            assert reader.all(StatusReport) == ()
            assert reader.rows("SELECT count(*) FROM status_report") == [(0,)]
    write(store, complete)
    with store.read(Scope(P, LATER)) as reader:
        assert reader.all(StatusReport) == (complete,)
    with pytest.raises(RefusedRow) as caught:
        write(store, draft)
    assert caught.value.rule == "report_unpublished"


def check_in(**values: Any) -> CheckIn:
    return CheckIn(**{"programme": P, "key": "", "key_result": "k", "reported_on": REPORTED, **values})


ZONES = {"kind": "zones", "zone_commit": "zwei Ämter", "zone_target": "drei Ämter", "zone_stretch": "alle Ämter"}


@pytest.mark.parametrize(
    ("kind", "fits", "unfit"),
    [
        ({}, {"value": 3}, [{}, {"zone": "target"}]),
        ({"kind": "band", "band_low": 1, "band_high": 2, "tolerance": 1}, {"value": 3}, [{}, {"zone": "fail"}]),
        (ZONES, {"zone": "fail"}, [{}, {"value": 3}]),
        ({"kind": "milestones"}, {"confidence": 5}, [{"value": 3}, {"zone": "commit"}]),
    ],
    ids=["change", "band", "zones", "milestones"],
)
def test_a_check_in_fits_the_kind_of_its_key_result(
    store: Store, kind: dict[str, Any], fits: dict[str, Any], unfit: list[dict[str, Any]]
) -> None:
    write(store, [programme(), CYCLE, objective("a"), key_result("k", "a", **kind)])
    for values in unfit:
        with pytest.raises(RefusedRow) as caught:
            write(store, check_in(**values))
        assert caught.value.rule == "unfit_check_in"
    write(store, check_in(**fits))


def test_a_key_result_does_not_change_its_kind_under_its_check_ins(store: Store) -> None:
    write(store, [programme(), CYCLE, objective("a"), key_result("k", "a"), check_in(value=3)])
    with pytest.raises(RefusedRow):
        write(store, key_result("k", "a", **ZONES))
