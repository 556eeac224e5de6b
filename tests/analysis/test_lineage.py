from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies

from smartdash.analysis.elements import states
from smartdash.analysis.lineage import (
    ClusterResult,
    Direction,
    cluster_results,
    edges,
    element_lineages,
    elements_of_contributions,
    furthest,
    lineage_steps,
    reached,
    trace,
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


KNOWN: dict[str, ElementLevel | None] = {
    "v": None,
    "w": None,
    "P": None,
    "L": ElementLevel.GUIDING_PRINCIPLE,
    "H": ElementLevel.FIELD_OF_ACTION,
    "Z": ElementLevel.GOAL,
    "M": ElementLevel.MEASURE,
    "N": ElementLevel.MEASURE,
    "I": ElementLevel.INDICATOR,
}


def pairs(*links: tuple[str, str, str]) -> list[tuple[str, str]]:
    return [(step.origin, step.target) for step in lineage_steps(KNOWN, [link(*one) for one in links])]


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([("v", "derived", "M")], [("v", "M")]),
        ([("v", "contributes", "Z")], [("v", "Z")]),
        ([("v", "split", "w"), ("w", "merged", "M")], [("v", "w"), ("w", "M")]),
        ([("M", "implemented_by", "P")], [("M", "P")]),
        ([("M", "contributes", "Z")], [("Z", "M")]),
        ([("I", "measures", "Z")], [("Z", "I")]),
        ([("Z", "contributes", "H"), ("H", "contributes", "L")], []),
        ([("v", "derived", "gone"), ("gone", "derived", "M")], []),
        ([("M", "contributes", "Z"), ("M", "derived", "Z")], [("M", "Z")]),
        ([("M", "merged", "N"), ("N", "merged", "M")], [("M", "N")]),
    ],
    ids=[
        "origin",
        "contribution to a goal",
        "merge of a split",
        "project",
        "goal leads to its measure",
        "goal leads to its indicator",
        "serving a field is no step",
        "retired in between",
        "origin goes before serving",
        "no circle",
    ],
)
def test_steps_go_from_what_was_first_to_what_came_of_it(
    links: list[tuple[str, str, str]], expected: list[tuple[str, str]]
) -> None:
    assert pairs(*links) == expected


def test_a_way_through_split_and_merge_is_followed_to_the_project_and_back() -> None:
    links = [
        link("v", "split", "w"),
        link("w", "merged", "M"),
        link("v", "derived", "N"),
        link("N", "merged", "M"),
        link("M", "implemented_by", "P"),
    ]
    steps = lineage_steps(KNOWN, links)
    forward = [(row.depth, row.key, row.again) for row in trace("v", steps, Direction.FORWARD)]
    assert forward == [
        (0, "v", False),
        (1, "w", False),
        (2, "M", False),
        (3, "P", False),
        (1, "N", False),
        (2, "M", True),
    ]
    assert [row.key for row in trace("P", steps, Direction.BACK)] == ["P", "M", "w", "v", "N", "v"]
    assert [row.key for row in trace("Z", steps, Direction.FORWARD)] == ["Z"]


@given(
    links=strategies.lists(
        strategies.tuples(
            strategies.sampled_from(list(KNOWN)),
            strategies.sampled_from(list(LinkKind)),
            strategies.sampled_from(list(KNOWN)),
        ),
        max_size=20,
        unique=True,
    ),
    retired=strategies.sampled_from(list(KNOWN)),
)
def test_ways_forward_and_back_mirror_each_other_and_never_meet_what_was_retired(
    links: list[tuple[str, LinkKind, str]], retired: str
) -> None:
    found = [link(origin, kind, target) for origin, kind, target in links]
    left = {key: level for key, level in KNOWN.items() if key != retired}
    for known in (KNOWN, left):
        steps = lineage_steps(known, found)
        forward, back = edges(steps, Direction.FORWARD), edges(steps, Direction.BACK)
        for key in KNOWN:
            assert key not in reached(key, forward)
            for other in KNOWN:
                assert (other in reached(key, forward)) == (key in reached(other, back))
            followed = {row.key for row in trace(key, steps, Direction.FORWARD)}
            assert followed == reached(key, forward) | {key}
    ends = {key for step in lineage_steps(left, found) for key in (step.origin, step.target)}
    assert retired not in ends


def test_parts_of_a_contribution_are_not_counted_again() -> None:
    voices = [voice("whole", "A"), voice("part", "A"), voice("other", "A")]
    links = [link("whole", "split", "part"), link("part", "derived", "E")]
    (result,) = cluster_results(voices, [element("E", "adopted")], links, {"E": ElementState.ADOPTED})
    assert (result.contributions, result.answered, result.adopted) == (2, 1, 1)
    assert element_lineages([element("E")], voices, [], links)[0].contributions == 1


def test_of_several_elements_the_adopted_measure_is_the_furthest() -> None:
    found = [StrategyElement(programme="x", key=key, title=key, level=level) for key, level in KNOWN.items() if level]
    state = dict.fromkeys(KNOWN, ElementState.RAW) | {"Z": ElementState.ADOPTED, "M": ElementState.ADOPTED}
    assert furthest(found, state, {"Z", "N"}) is found[2]
    assert furthest(found, state, set(KNOWN)) is found[3]
    assert furthest(found, state, {"N", "v"}) is found[4]
    assert furthest(found, state, {"v"}) is None
