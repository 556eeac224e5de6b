"""What came of what: from contributions through links to strategy elements and projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from smartdash.model.projects import Project
from smartdash.model.workshops import Contribution, ElementState, Link, LinkKind, StrategyElement

_ORIGIN = (LinkKind.DERIVED, LinkKind.MERGED, LinkKind.SPLIT)
"""The kinds of links that say an element came from another; the others say what it serves."""

Edges = Mapping[str, frozenset[str]]


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


def elements_of_contributions(
    contributions: Sequence[Contribution], elements: Sequence[StrategyElement], links: Iterable[Link]
) -> dict[str, frozenset[str]]:
    """The elements each contribution led to, by its key, also over several steps.

    Any link from a contribution counts; between elements only those of origin (derived, merged, split) do.
    """
    voices = {contribution.key for contribution in contributions}
    known = {element.key for element in elements}
    edges = _edges((link.origin, link.target) for link in links if link.origin in voices or link.kind in _ORIGIN)
    return {key: reached(key, edges) & known for key in (contribution.key for contribution in contributions)}


def element_lineages(
    elements: Sequence[StrategyElement],
    contributions: Sequence[Contribution],
    projects: Sequence[Project],
    links: Sequence[Link],
) -> list[ElementLineage]:
    """Each element with the contributions behind it and the projects that implement it.

    A project implements an element if it is linked to it, to an element that came from it, or to one that contributes
    to it.
    """
    led_to = elements_of_contributions(contributions, elements, links)
    voices: dict[str, int] = defaultdict(int)
    for reached_elements in led_to.values():
        for key in reached_elements:
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
    return (link.origin, link.target) if link.kind in (*_ORIGIN, LinkKind.IMPLEMENTED_BY) else None


def cluster_results(
    contributions: Sequence[Contribution], elements: Sequence[StrategyElement], links: Sequence[Link]
) -> list[ClusterResult]:
    """What became of the contributions of each cluster, most contributions first; those without a cluster last."""
    led_to = elements_of_contributions(contributions, elements, links)
    state = {element.key: element.state for element in elements}
    groups: dict[str | None, list[Contribution]] = defaultdict(list)
    for contribution in contributions:
        groups[contribution.cluster].append(contribution)
    results = []
    for cluster, members in groups.items():
        states = [{state[key] for key in led_to[member.key]} for member in members]
        votes = [member.votes for member in members if member.votes is not None]
        results.append(
            ClusterResult(
                cluster=cluster,
                contributions=len(members),
                votes=sum(votes) if votes else None,
                answered=sum(bool(found) for found in states),
                adopted=sum(ElementState.ADOPTED in found for found in states),
                refused=sum(found == {ElementState.REJECTED} for found in states),
            )
        )
    return sorted(results, key=lambda item: (item.cluster is None, -item.contributions, item.cluster or ""))


def _edges(pairs: Iterable[tuple[str, str]]) -> Edges:
    edges: dict[str, set[str]] = defaultdict(set)
    for origin, target in pairs:
        edges[origin].add(target)
    return {origin: frozenset(targets) for origin, targets in edges.items()}
