"""What came of what: from contributions through links to strategy elements and projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from smartdash.model.projects import Project
from smartdash.model.workshops import Contribution, ElementLevel, ElementState, Link, LinkKind, StrategyElement

ORIGIN_KINDS = (LinkKind.DERIVED, LinkKind.MERGED, LinkKind.SPLIT)
"""The kinds of links that say an element came from another; the others say what it serves."""

_FURTHEST = (
    ElementState.ADOPTED,
    ElementState.AGREED,
    ElementState.CONDENSED,
    ElementState.RAW,
    ElementState.REJECTED,
)
_NEAREST_TO_ACTION = (
    ElementLevel.MEASURE,
    ElementLevel.GOAL,
    ElementLevel.FIELD_OF_ACTION,
    ElementLevel.GUIDING_PRINCIPLE,
    ElementLevel.INDICATOR,
)

Edges = Mapping[str, frozenset[str]]


class Direction(StrEnum):
    """Which way lineage is followed: to what became of something, or to where it came from."""

    FORWARD = "forward"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of lineage by the keys of its ends, from what was first to what came of it, with the link behind it."""

    origin: str
    target: str
    link: Link


@dataclass(frozen=True, slots=True)
class TraceRow:
    """A record met when lineage is followed: how many steps away, by which step (None: the start itself).

    `again` says that it was met before, so what follows on it stands there.
    """

    depth: int
    key: str
    step: Step | None
    again: bool


@dataclass(frozen=True, slots=True)
class ClusterResult:
    """A cluster of contributions, their votes (None: no vote was counted), and what became of them.

    `answered` contributions led to an element, `adopted` of them to an adopted one; `refused` only to rejected ones.
    """

    cluster: str | None
    contributions: int
    votes: int | None
    answered: int
    adopted: int
    refused: int


@dataclass(frozen=True, slots=True)
class ElementLineage:
    """A strategy element with the number of contributions it came from and of projects that implement it."""

    element: StrategyElement
    contributions: int
    projects: int


def reached(start: str, edges: Edges) -> frozenset[str]:
    """Everything that can be reached from a key in one or more steps, each once, also where links form a circle."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        following = edges.get(waiting.pop(), frozenset()) - found
        found |= following
        waiting += following
    return frozenset(found)


def lineage_steps(known: Mapping[str, ElementLevel | None], links: Iterable[Link]) -> list[Step]:
    """The steps between known records, without circles; `known` gives the level of each element, None for the others.

    What was derived, merged or split led to the target, and so did what a project or key result implements. A measure
    that contributes to a goal is a step from the goal to the measure by which it is pursued, an indicator that measures
    a goal one from the goal to the indicator. What contributes to a field of action or a guiding principle did not come
    of it and makes no step. A link that would close a circle with those before it makes none either; links of origin
    come first.
    """
    steps: list[Step] = []
    onward: dict[str, set[str]] = defaultdict(set)
    for link in sorted(links, key=lambda link: link.kind not in ORIGIN_KINDS):
        ends = _ends(link, known)
        if ends and not _leads_to(ends[1], ends[0], onward):
            onward[ends[0]].add(ends[1])
            steps.append(Step(*ends, link))
    return steps


def _ends(link: Link, known: Mapping[str, ElementLevel | None]) -> tuple[str, str] | None:
    if link.origin not in known or link.target not in known:
        return None
    if link.kind in (*ORIGIN_KINDS, LinkKind.IMPLEMENTED_BY) or known[link.origin] is None:
        return link.origin, link.target
    levels = known[link.origin], known[link.target]
    if link.kind is LinkKind.CONTRIBUTES and levels == (ElementLevel.MEASURE, ElementLevel.GOAL):
        return link.target, link.origin
    return (link.target, link.origin) if link.kind is LinkKind.MEASURES else None


def _leads_to(start: str, end: str, onward: Mapping[str, set[str]]) -> bool:
    waiting, seen = [start], {start}
    while waiting:
        key = waiting.pop()
        if key == end:
            return True
        fresh = onward.get(key, set()) - seen
        seen |= fresh
        waiting += fresh
    return False


def edges(steps: Iterable[Step], direction: Direction) -> Edges:
    """The keys one step away from each key, in a direction."""
    if direction is Direction.FORWARD:
        return _edges((step.origin, step.target) for step in steps)
    return _edges((step.target, step.origin) for step in steps)


def trace(start: str, steps: Iterable[Step], direction: Direction) -> list[TraceRow]:
    """Everything that came of a record, or that it came from: each followed by what is one step further."""
    following: dict[str, list[tuple[str, Step]]] = defaultdict(list)
    for step in steps:
        near, far = (step.origin, step.target) if direction is Direction.FORWARD else (step.target, step.origin)
        following[near].append((far, step))
    rows: list[TraceRow] = []
    seen: set[str] = set()
    waiting: list[tuple[int, str, Step | None]] = [(0, start, None)]
    while waiting:
        depth, key, by = waiting.pop()
        rows.append(TraceRow(depth, key, by, key in seen))
        if key not in seen:
            seen.add(key)
            waiting += [(depth + 1, far, step) for far, step in reversed(following[key])]
    return rows


def furthest(
    elements: Iterable[StrategyElement], states: Mapping[str, ElementState], among: Collection[str]
) -> StrategyElement | None:
    """Of the elements with these keys the one that came furthest; of several in one state a measure before a goal."""
    found = [element for element in elements if element.key in among]
    return min(
        found,
        key=lambda item: (_FURTHEST.index(states[item.key]), _NEAREST_TO_ACTION.index(item.level)),
        default=None,
    )


def elements_of_contributions(
    contributions: Sequence[Contribution], elements: Sequence[StrategyElement], links: Iterable[Link]
) -> dict[str, frozenset[str]]:
    """The elements each contribution led to, by its key, also over several steps.

    Any link from a contribution counts; between elements only those of origin (derived, merged, split) do.
    """
    voices = {contribution.key for contribution in contributions}
    known = {element.key for element in elements}
    edges = _edges((link.origin, link.target) for link in links if link.origin in voices or link.kind in ORIGIN_KINDS)
    return {key: reached(key, edges) & known for key in (contribution.key for contribution in contributions)}


def first_contributions(contributions: Sequence[Contribution], links: Iterable[Link]) -> list[Contribution]:
    """The contributions as they were made: without those that came of splitting or merging others among them."""
    voices = {contribution.key for contribution in contributions}
    made = {link.target for link in links if link.kind in ORIGIN_KINDS and link.origin in voices}
    return [contribution for contribution in contributions if contribution.key not in made]


def element_lineages(
    elements: Sequence[StrategyElement],
    contributions: Sequence[Contribution],
    projects: Sequence[Project],
    links: Sequence[Link],
) -> list[ElementLineage]:
    """Each element with the contributions behind it, as they were made, and the projects that implement it.

    A project implements an element if it is linked to it, to an element that came from it, or to one that contributes
    to it.
    """
    led_to = elements_of_contributions(contributions, elements, links)
    voices: dict[str, int] = defaultdict(int)
    for contribution in first_contributions(contributions, links):
        for key in led_to[contribution.key]:
            voices[key] += 1
    downwards = _edges(pair for link in links if (pair := _towards_projects(link)))
    plans = {project.key for project in projects}
    return [
        ElementLineage(element, voices[element.key], len(reached(element.key, downwards) & plans))
        for element in elements
    ]


def _towards_projects(link: Link) -> tuple[str, str] | None:
    if link.kind is LinkKind.CONTRIBUTES:
        return link.target, link.origin
    return (link.origin, link.target) if link.kind in (*ORIGIN_KINDS, LinkKind.IMPLEMENTED_BY) else None


def cluster_results(
    contributions: Sequence[Contribution],
    elements: Sequence[StrategyElement],
    links: Sequence[Link],
    states: Mapping[str, ElementState],
) -> list[ClusterResult]:
    """What became of the contributions of each cluster, most contributions first; those without a cluster last.

    What came of splitting or merging contributions is not counted again. `states` are the elements' states on the day.
    """
    led_to = elements_of_contributions(contributions, elements, links)
    groups: dict[str | None, list[Contribution]] = defaultdict(list)
    for contribution in first_contributions(contributions, links):
        groups[contribution.cluster].append(contribution)
    results = []
    for cluster, members in groups.items():
        reached_states = [{states[key] for key in led_to[member.key]} for member in members]
        votes = [member.votes for member in members if member.votes is not None]
        results.append(
            ClusterResult(
                cluster=cluster,
                contributions=len(members),
                votes=sum(votes) if votes else None,
                answered=sum(bool(found) for found in reached_states),
                adopted=sum(ElementState.ADOPTED in found for found in reached_states),
                refused=sum(found == {ElementState.REJECTED} for found in reached_states),
            )
        )
    return sorted(results, key=lambda item: (item.cluster is None, -item.contributions, item.cluster or ""))


def _edges(pairs: Iterable[tuple[str, str]]) -> Edges:
    edges: dict[str, set[str]] = defaultdict(set)
    for origin, target in pairs:
        edges[origin].add(target)
    return {origin: frozenset(targets) for origin, targets in edges.items()}
