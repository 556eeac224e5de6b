from __future__ import annotations

from datetime import date

import pytest

from smartdash.analysis.elements import states
from smartdash.analysis.lineage import (
    ClusterResult,
    cluster_results,
    element_lineages,
    elements_of_contributions,
    reached,
)
from smartdash.model.projects import Project
from smartdash.model.workshops import Contribution, ElementLevel, ElementState, Link, LinkKind, StrategyElement


def voice(key: str, cluster: str | None = None, votes: int | None = None) -> Contribution:
    return Contribution(
        programme="x", key=key, text=key, event="e", collected_on=date(2026, 1, 1), cluster=cluster, votes=votes
    )


def element(key: str, state: str = "raw") -> StrategyElement:
    return StrategyElement(
        programme="x", key=key, title=key, level=ElementLevel.MEASURE, state=ElementState(state), reason="Grund"
    )


def link(origin: str, kind: str, target: str) -> Link:
    return Link(programme="x", origin=origin, kind=LinkKind(kind), target=target)


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ({}, ""),
        ({"a": "b"}, "b"),
        ({"a": "bc", "b": "d", "c": "d", "e": "f"}, "bcd"),
        ({"a": "a"}, "a"),
        ({"a": "b", "b": "c", "c": "a"}, "abc"),
    ],
    ids=["nothing", "one step", "two ways to one end", "itself", "circle"],
)
def test_everything_reached_is_found_once_and_circles_end(edges: dict[str, str], expected: str) -> None:
    assert reached("a", {key: frozenset(targets) for key, targets in edges.items()}) == frozenset(expected)


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([], ""),
        ([("v", "derived", "A")], "A"),
        ([("v", "contributes", "A")], "A"),
        ([("v", "derived", "A"), ("A", "merged", "B"), ("B", "split", "C")], "ABC"),
        ([("v", "derived", "A"), ("A", "contributes", "B")], "A"),
        ([("v", "derived", "A"), ("A", "derived", "B"), ("B", "derived", "A")], "AB"),
        ([("v", "derived", "gone")], ""),
    ],
    ids=["silent", "derived", "contributes", "several steps", "serving is no origin", "circle", "target out of sight"],
)
def test_a_contribution_leads_to_elements_over_links_of_origin(
    links: list[tuple[str, str, str]], expected: str
) -> None:
    elements = [element(key) for key in "ABC"]
    found = elements_of_contributions([voice("v")], elements, [link(*one) for one in links])
    assert found == {"v": frozenset(expected)}


def test_an_element_counts_its_contributions_and_the_projects_that_implement_it() -> None:
    links = [
        link("v1", "derived", "raw"),
        link("v2", "derived", "raw"),
        link("v2", "derived", "measure"),
        link("raw", "merged", "measure"),
        link("measure", "contributes", "goal"),
        link("measure", "implemented_by", "P1"),
        link("measure", "implemented_by", "P2"),
        link("other", "contributes", "goal"),
        link("other", "implemented_by", "P2"),
    ]
    elements = [element(key) for key in ("raw", "measure", "goal", "other", "alone")]
    projects = [Project(programme="x", key=key, title=key) for key in ("P1", "P2", "P3")]
    found = element_lineages(elements, [voice("v1"), voice("v2")], projects, links)
    assert {item.element.key: (item.contributions, item.projects) for item in found} == {
        "raw": (2, 2),
        "measure": (2, 2),
        "goal": (0, 2),
        "other": (0, 1),
        "alone": (0, 0),
    }


def test_clusters_count_answers_and_keep_missing_votes_apart_from_none() -> None:
    voices = [voice("a1", "A", 3), voice("a2", "A"), voice("a3", "A", 0), voice("b1", "B"), voice("x1", None, 0)]
    elements = [element("adopted", "adopted"), element("rejected", "rejected")]
    links = [
        link("a1", "derived", "adopted"),
        link("a1", "derived", "rejected"),
        link("a2", "derived", "rejected"),
        link("x1", "derived", "adopted"),
    ]
    assert cluster_results(voices, elements, links, states(elements, [])) == [
        ClusterResult("A", contributions=3, votes=3, answered=2, adopted=1, refused=1),
        ClusterResult("B", contributions=1, votes=None, answered=0, adopted=0, refused=0),
        ClusterResult(None, contributions=1, votes=0, answered=1, adopted=1, refused=0),
    ]


def test_no_contributions_make_no_clusters() -> None:
    assert cluster_results([], [element("a")], [], {"a": ElementState.RAW}) == []
