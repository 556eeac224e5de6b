from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from smartdash.analysis.attention import Subject
from smartdash.analysis.dependencies import pushed
from smartdash.analysis.lateness import Late, late_items
from smartdash.analysis.schedule import deliverable_standings, milestone_standings, phase_standings
from smartdash.analysis.status import Status
from smartdash.model.projects import StatusReport, TrafficLight
from smartdash.model.schedule import (
    Deliverable,
    DeliverableContent,
    Dependency,
    Milestone,
    MilestoneForecast,
    Phase,
)

AS_OF = date(2026, 8, 15)


def milestone(key: str, planned: date, **values: Any) -> Milestone:
    return Milestone(programme="x", key=key, title=f"Ziel {key}", planned=planned, **values)


def forecast(of: str, day: date) -> MilestoneForecast:
    return MilestoneForecast(programme="x", milestone=of, reported_on=date(2026, 8, 1), forecast=day)


def phase(key: str, **values: Any) -> Phase:
    return Phase(programme="x", key=key, title=f"Phase {key}", **values)


def report(of: str, light: TrafficLight) -> StatusReport:
    red = {"cause": "Vergabe", "options": "a; b", "addressee": "Rat"}
    yellow = {"measure": "Mehr Personal", "measure_due": date(2026, 9, 1)}
    more: dict[str, Any] = {TrafficLight.RED: red, TrafficLight.YELLOW: yellow}.get(light, {})
    return StatusReport(programme="x", subject=of, reported_on=date(2026, 8, 1), light=light, **more)


def late(*records: Any) -> list[Late]:
    def of(kind: type) -> list[Any]:
        return [record for record in records if isinstance(record, kind)]

    milestones = milestone_standings(of(Milestone), of(MilestoneForecast), AS_OF, None, of(StatusReport))
    phases = phase_standings(of(Phase), milestones, AS_OF, None, of(StatusReport))
    deliverables = deliverable_standings(of(Deliverable), of(DeliverableContent), AS_OF)
    return late_items(phases, milestones, deliverables, pushed(of(Dependency), milestones, phases, AS_OF), AS_OF)


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], []),
        ([milestone("A", date(2026, 8, 1), actual=date(2026, 8, 14))], []),
        ([milestone("A", date(2026, 8, 8)), forecast("A", AS_OF)], []),
        ([milestone("A", date(2026, 8, 7)), forecast("A", AS_OF)], [("A", Status.AT_RISK, 8)]),
        ([milestone("A", date(2026, 7, 14)), forecast("A", AS_OF)], [("A", Status.CRITICAL, 32)]),
        ([milestone("A", date(2026, 8, 14))], [("A", Status.UNKNOWN, 1)]),
        ([milestone("A", AS_OF)], []),
        ([phase("A"), phase("B", planned_start=date(2026, 9, 1))], []),
        ([phase("A", planned_start=date(2026, 8, 1))], [("A", Status.UNKNOWN, None)]),
        ([Deliverable(programme="x", key="A", title="A", due=date(2026, 8, 14))], [("A", Status.UNKNOWN, None)]),
        ([Deliverable(programme="x", key="A", title="A", due=AS_OF)], []),
        ([Deliverable(programme="x", key="A", title="A")], []),
    ],
    ids=[
        "nothing", "reached late", "within a week", "8 days", "32 days", "silent", "due today", "to come",
        "phase silent", "deliverable silent", "deliverable due today", "no date",
    ],
)  # fmt: skip
def test_what_is_late_or_silent_is_listed_and_green_is_not(records: list[Any], expected: list[Any]) -> None:
    assert [(item.key, item.status, item.days_late) for item in late(*records)] == expected


def test_the_worst_comes_first_and_of_equals_the_longest() -> None:
    items = late(
        milestone("A", date(2026, 8, 1)),
        *(milestone("B", date(2026, 7, 1)), forecast("B", AS_OF)),
        *(milestone("C", date(2026, 6, 1)), forecast("C", AS_OF)),
        *(milestone("D", date(2026, 8, 1)), forecast("D", AS_OF)),
    )
    assert [item.key for item in items] == ["C", "B", "D", "A"]


@pytest.mark.parametrize(
    ("light", "status"),
    [(TrafficLight.GREEN, Status.AT_RISK), (TrafficLight.YELLOW, Status.AT_RISK), (TrafficLight.RED, Status.CRITICAL)],
)
def test_a_report_can_make_it_worse_but_never_better(light: TrafficLight, status: Status) -> None:
    (item,) = late(milestone("A", date(2026, 8, 1)), forecast("A", AS_OF), report("A", light))
    assert (item.status, item.reported and item.reported.light) == (status, light)


def test_what_is_reported_red_is_listed_though_its_dates_are_green() -> None:
    green = [milestone("A", date(2026, 12, 1)), forecast("A", date(2026, 12, 1))]
    assert late(*green) == []
    assert [item.status for item in late(*green, report("A", TrafficLight.RED))] == [Status.CRITICAL]
    reached = milestone("A", date(2026, 7, 1), actual=date(2026, 7, 1))
    assert late(reached, report("A", TrafficLight.RED)) == []


def test_a_phase_stands_with_the_milestone_that_closes_it_and_what_both_push() -> None:
    items = late(
        phase("P", planned_start=date(2026, 1, 1), planned_end=date(2026, 7, 1), actual_start=date(2026, 1, 1)),
        *(milestone("M", date(2026, 7, 1), phase="P", closes_phase=True), forecast("M", date(2026, 9, 1))),
        phase("Q", planned_start=date(2026, 8, 20), planned_end=date(2026, 12, 1)),
        *(milestone("N", date(2026, 8, 25)), milestone("O", date(2026, 12, 1))),
        Dependency(programme="x", provider="P", consumer="Q"),
        Dependency(programme="x", provider="M", consumer="N", lag_days=3),
        Dependency(programme="x", provider="M", consumer="O"),
    )
    assert [(item.subject, item.key) for item in items] == [(Subject.MILESTONE, "M")]
    assert [(push.key, push.days) for push in items[0].pushes] == [("Q", 12), ("N", 10)]
