from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from smartdash.analysis.gaps import GapKind, Recorded, gaps
from smartdash.model.projects import Project, ProjectKind, ProjectState
from smartdash.model.shared import FieldOfWork
from smartdash.model.workshops import (
    Audience,
    Consideration,
    ConsiderationOutcome,
    Contribution,
    ElementLevel,
    ElementState,
    Event,
    EventKind,
    IndicatorValue,
    Link,
    LinkKind,
    StateChange,
    StrategyElement,
)

DAY = date(2026, 3, 1)
EMPTY = Recorded((), (), (), (), (), (), (), (), ())


def element(key: str, level: str, state: str = "agreed", field: str | None = None) -> StrategyElement:
    return StrategyElement(
        programme="x",
        key=key,
        title=f"Titel {key}",
        level=ElementLevel(level),
        state=ElementState(state),
        reason="Grund",
        field_of_work=field,
    )


def link(origin: str, kind: str, target: str) -> Link:
    return Link(programme="x", origin=origin, kind=LinkKind(kind), target=target)


def voice(key: str, event: str = "forum") -> Contribution:
    return Contribution(programme="x", key=key, text=f"Text {key}", event=event, collected_on=DAY)


def event(key: str, audience: Audience | None, field: str | None = None) -> Event:
    return Event(
        programme="x", key=key, title=key, kind=EventKind.FORUM, held_on=DAY, audience=audience, field_of_work=field
    )


def found(recorded: Recorded) -> list[tuple[str, str]]:
    return [(gap.kind.value, gap.key) for gap in gaps(recorded)]


GOAL, MEASURE, INDICATOR = element("Z", "goal"), element("M", "measure"), element("I", "indicator")
VALUE = IndicatorValue(programme="x", indicator="I", measured_on=DAY, value=Decimal(0))
CLOSED = [link("M", "contributes", "Z"), link("I", "measures", "Z")]


def test_nothing_recorded_has_no_gaps() -> None:
    assert gaps(EMPTY) == []


def test_a_chain_without_links_has_a_gap_at_each_end_and_a_complete_one_none() -> None:
    chain = replace(EMPTY, elements=[GOAL, MEASURE, INDICATOR])
    assert found(chain) == [
        ("goal_without_indicator", "Z"),
        ("measure_without_goal", "M"),
        ("indicator_without_value", "I"),
    ]
    assert found(replace(chain, links=CLOSED, values=[VALUE])) == []
    assert found(replace(chain, links=[link("Z", "derived", "M"), CLOSED[1]], values=[VALUE])) == []


@pytest.mark.parametrize("rejected", ["Z", "M", "I"])
def test_what_is_rejected_has_no_gap_and_closes_none(rejected: str) -> None:
    elements = [GOAL, MEASURE, INDICATOR]
    change = StateChange(programme="x", element=rejected, changed_on=DAY, state=ElementState.REJECTED, reason="Nein.")
    recorded = replace(EMPTY, elements=elements, links=CLOSED, values=[VALUE], changes=[change])
    expected = {"Z": [("measure_without_goal", "M")], "M": [], "I": [("goal_without_indicator", "Z")]}
    assert found(recorded) == expected[rejected]


@pytest.mark.parametrize(
    ("kind", "target", "expected"),
    [("merged", "Z", []), ("split", "Z", []), ("derived", "Z", ["Z2"]), ("merged", "M", ["Z2"])],
)
def test_an_element_that_went_on_in_one_of_its_level_leaves_no_gap(kind: str, target: str, expected: list[str]) -> None:
    elements = [GOAL, MEASURE, INDICATOR, element("Z2", "goal")]
    recorded = replace(EMPTY, elements=elements, values=[VALUE], links=[*CLOSED, link("Z2", kind, target)])
    assert [key for _, key in found(recorded)] == expected


def test_only_the_populations_contributions_wait_for_an_answer() -> None:
    events = [event("forum", Audience.PUBLIC, "mobil"), event("team", Audience.ADMINISTRATION), event("any", None)]
    answer = Consideration(
        programme="x", contribution="b", considered_on=DAY, outcome=ConsiderationOutcome.NOT_ADOPTED, reason="Nein."
    )
    recorded = replace(
        EMPTY,
        events=events,
        contributions=[voice("a"), voice("b"), voice("c", "team"), voice("d", "any")],
        considerations=[answer],
    )
    (gap,) = gaps(recorded)
    assert (gap.kind, gap.key, gap.title) == (GapKind.CONTRIBUTION_WITHOUT_ANSWER, "a", "Text a")
    assert (gap.field_of_work, gap.since) == ("mobil", DAY)


def project(state: str, kind: str = "project") -> Project:
    return Project(
        programme="x", key="P", title="P", field_of_work="f", state=ProjectState(state), kind=ProjectKind(kind)
    )


@pytest.mark.parametrize(
    ("recorded", "open_gap"),
    [
        (EMPTY, True),
        (replace(EMPTY, elements=[element("M", "measure", field="f")]), False),
        (replace(EMPTY, elements=[element("M", "measure", "rejected", field="f")]), True),
        (replace(EMPTY, elements=[element("Z", "goal", field="f")]), True),
        (replace(EMPTY, elements=[element("Z", "goal", field="f"), MEASURE], links=[CLOSED[0]]), False),
        (replace(EMPTY, projects=[project("running")]), False),
        (replace(EMPTY, projects=[project("stopped")]), True),
        (replace(EMPTY, projects=[project("planned", "idea")]), True),
    ],
    ids=["nothing", "measure", "rejected", "goal only", "measure of its goal", "project", "stopped", "idea"],
)
def test_a_field_needs_a_measure_or_a_project(recorded: Recorded, open_gap: bool) -> None:
    field = FieldOfWork(programme="x", key="f", title="Feld")
    kinds = [gap.kind for gap in gaps(replace(recorded, fields_of_work=[field]))]
    assert (GapKind.FIELD_WITHOUT_MEASURE in kinds) is open_gap


def test_a_gap_counts_from_the_elements_first_change_and_the_oldest_comes_first() -> None:
    changes = [
        StateChange(programme="x", element=key, changed_on=date(2026, month, 1), state=ElementState(state))
        for key, month, state in [("Z", 5, "adopted"), ("Z", 4, "agreed"), ("Z2", 2, "agreed")]
    ]
    recorded = replace(EMPTY, elements=[element("Z3", "goal"), GOAL, element("Z2", "goal")], changes=changes)
    assert [(gap.key, gap.since) for gap in gaps(recorded)] == [
        ("Z2", date(2026, 2, 1)),
        ("Z", date(2026, 4, 1)),
        ("Z3", None),
    ]
