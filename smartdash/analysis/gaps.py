"""What is not linked yet on the way from contribution to indicator, and since when."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smartdash.analysis.elements import states
from smartdash.analysis.participation import answers
from smartdash.model.projects import Project, ProjectKind, ProjectState
from smartdash.model.shared import FieldOfWork
from smartdash.model.workshops import (
    Consideration,
    Contribution,
    ElementLevel,
    ElementState,
    Event,
    IndicatorValue,
    Link,
    LinkKind,
    StateChange,
    StrategyElement,
)

_PASSED_ON = (LinkKind.MERGED, LinkKind.SPLIT)
"""The kinds of links by which an element goes on as others."""


class GapKind(StrEnum):
    """Which link, value or answer is missing, and what misses it."""

    GOAL_WITHOUT_INDICATOR = "goal_without_indicator"
    MEASURE_WITHOUT_GOAL = "measure_without_goal"
    INDICATOR_WITHOUT_VALUE = "indicator_without_value"
    CONTRIBUTION_WITHOUT_ANSWER = "contribution_without_answer"
    FIELD_WITHOUT_MEASURE = "field_without_measure"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing at a record: its key and title, its field of work, and since when (None: not known)."""

    kind: GapKind
    key: str
    title: str
    field_of_work: str | None
    since: date | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """Everything that gaps are looked for in, as a scope shows it."""

    fields_of_work: Sequence[FieldOfWork]
    events: Sequence[Event]
    contributions: Sequence[Contribution]
    considerations: Sequence[Consideration]
    elements: Sequence[StrategyElement]
    changes: Sequence[StateChange]
    links: Sequence[Link]
    values: Sequence[IndicatorValue]
    projects: Sequence[Project]


def gaps(recorded: Recorded) -> list[Gap]:
    """Every gap, kind by kind, the oldest of a kind first.

    Elements that are rejected, or went on in others of their level (merged, split), have no gaps and close none.
    """
    active = active_elements(recorded.elements, recorded.changes, recorded.links)
    found = [*_element_gaps(recorded, active), *_contribution_gaps(recorded), *_field_gaps(recorded, active)]
    order = list(GapKind)
    return sorted(found, key=lambda gap: (order.index(gap.kind), gap.since or date.max))


def active_elements(
    elements: Sequence[StrategyElement], changes: Sequence[StateChange], links: Sequence[Link]
) -> list[StrategyElement]:
    """The elements that are neither rejected nor went on in others of their level."""
    state = states(elements, changes)
    level = {element.key: element.level for element in elements}
    replaced = {
        link.origin
        for link in links
        if link.kind in _PASSED_ON and link.origin in level and level.get(link.target) is level[link.origin]
    }
    return [
        element
        for element in elements
        if state[element.key] is not ElementState.REJECTED and element.key not in replaced
    ]


def goals_of_measures(active: Sequence[StrategyElement], links: Sequence[Link]) -> dict[str, set[str]]:
    """The keys of the goals each measure contributes to or was derived from, by the measure's key."""
    measures, goals = _keys(active, ElementLevel.MEASURE), _keys(active, ElementLevel.GOAL)
    served: dict[str, set[str]] = {measure: set() for measure in measures}
    for link in links:
        if link.kind is LinkKind.CONTRIBUTES and link.origin in measures and link.target in goals:
            served[link.origin].add(link.target)
        if link.kind is LinkKind.DERIVED and link.origin in goals and link.target in measures:
            served[link.target].add(link.origin)
    return served


def _keys(elements: Sequence[StrategyElement], level: ElementLevel) -> set[str]:
    return {element.key for element in elements if element.level is level}


def _element_gaps(recorded: Recorded, active: Sequence[StrategyElement]) -> Iterator[Gap]:
    indicators = _keys(active, ElementLevel.INDICATOR)
    measured = {link.target for link in recorded.links if link.kind is LinkKind.MEASURES and link.origin in indicators}
    served = goals_of_measures(active, recorded.links)
    complete: dict[ElementLevel, tuple[GapKind, Collection[str]]] = {
        ElementLevel.GOAL: (GapKind.GOAL_WITHOUT_INDICATOR, measured),
        ElementLevel.MEASURE: (GapKind.MEASURE_WITHOUT_GOAL, {key for key, goals in served.items() if goals}),
        ElementLevel.INDICATOR: (GapKind.INDICATOR_WITHOUT_VALUE, {value.indicator for value in recorded.values}),
    }
    first_change = {
        change.element: change.changed_on
        for change in sorted(recorded.changes, key=lambda change: change.changed_on, reverse=True)
    }
    for element in active:
        if element.level in complete:
            kind, closed = complete[element.level]
            if element.key not in closed:
                since = first_change.get(element.key)
                yield Gap(kind, element.key, element.title, element.field_of_work, since)


def _contribution_gaps(recorded: Recorded) -> Iterator[Gap]:
    kind = GapKind.CONTRIBUTION_WITHOUT_ANSWER
    for answer in answers(recorded.contributions, recorded.events, recorded.considerations, recorded.links):
        item = answer.contribution
        if answer.consideration is None:
            yield Gap(kind, item.key, item.text, item.field_of_work or answer.event.field_of_work, item.collected_on)


def _field_gaps(recorded: Recorded, active: Sequence[StrategyElement]) -> Iterator[Gap]:
    """A project closes this gap too: what is measure or project to the office often has no element of its own."""
    field_of = {element.key: element.field_of_work for element in active}
    served = goals_of_measures(active, recorded.links)
    covered = {field_of[key] for measure, goals in served.items() for key in (measure, *goals)}
    covered |= {
        project.field_of_work
        for project in recorded.projects
        if project.state is not ProjectState.STOPPED and project.kind is not ProjectKind.IDEA
    }
    for field in recorded.fields_of_work:
        if field.key not in covered:
            yield Gap(GapKind.FIELD_WITHOUT_MEASURE, field.key, field.title, field.key, None)
