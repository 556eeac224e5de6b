from __future__ import annotations

from collections import Counter

from hypothesis import given, settings, strategies

from smartdash.analysis.flows import (
    ANSWERED,
    MOST_IN_COLUMN,
    MOST_SINGLE,
    NO_RESULT,
    FlowPicture,
    Place,
    flow_picture,
)
from smartdash.analysis.lineage import lineage_steps
from smartdash.model.workshops import ElementLevel, ElementState, Link, LinkKind

LEVELS = list(ElementLevel)


def made(
    voices: int, *links: tuple[str, str, str], answered: frozenset[str] = frozenset(), detailed: bool = False
) -> FlowPicture:
    """A picture of contributions v0, v1 … in two clusters, goals Z…, measures M… and projects P…."""
    keys = {f"v{index}": Place(0, cluster=f"C{index % 2}") for index in range(voices)}
    keys |= dict.fromkeys(("Z1", "Z2"), Place(3, ElementState.AGREED))
    keys |= {f"M{index}": Place(4, ElementState.ADOPTED if index % 2 else ElementState.REJECTED) for index in range(30)}
    keys |= dict.fromkeys(("P1", "P2"), Place(6))
    known = {key: LEVELS[place.rank - 1] if 0 < place.rank < 6 else None for key, place in keys.items()}
    found = [Link(programme="x", origin=origin, kind=LinkKind(kind), target=target) for origin, kind, target in links]
    used = {key for link in links for key in (link[0], link[2])} | {key for key in keys if key[0] == "v"}
    return flow_picture(keys, lineage_steps(known, found), used, answered, detailed=detailed)


def flows(picture: FlowPicture) -> dict[tuple[str, str], int]:
    return {(flow.origin, flow.target): flow.voices for flow in picture.flows}


def columns(picture: FlowPicture) -> list[list[str]]:
    last = max(node.column for node in picture.nodes)
    return [sorted(node.key for node in picture.nodes if node.column == index) for index in range(last + 1)]


def test_a_flow_counts_the_contributions_behind_it_once() -> None:
    picture = made(
        3,
        ("v0", "derived", "Z1"),
        ("v0", "derived", "M1"),
        ("v1", "merged", "M1"),
        ("M1", "contributes", "Z1"),
        ("M1", "implemented_by", "P1"),
        answered=frozenset({"v2"}),
    )
    assert flows(picture) == {
        ("v0", "Z1"): 1,
        ("v0", "M1"): 1,
        ("v1", "M1"): 1,
        ("Z1", "M1"): 1,
        ("M1", "P1"): 2,
        ("v2", ANSWERED): 1,
    }
    assert columns(picture) == [["v0", "v1", "v2"], ["Z1", ANSWERED], ["M1"], ["P1"]]
    assert {node.key: node.voices for node in picture.nodes}["P1"] == 2


def test_many_contributions_are_drawn_by_cluster_and_few_one_by_one() -> None:
    few = made(MOST_SINGLE, *((f"v{index}", "derived", "Z1") for index in range(20)))
    many = made(MOST_SINGLE + 1, *((f"v{index}", "derived", "Z1") for index in range(20)))
    assert few.single
    assert len(few.flows) == MOST_SINGLE
    assert not many.single
    assert flows(many) == {
        ("cluster:C0", "Z1"): 10,
        ("cluster:C1", "Z1"): 10,
        ("cluster:C0", NO_RESULT): 6,
        ("cluster:C1", NO_RESULT): 5,
    }


def test_the_overview_passes_over_what_went_on_in_others_and_the_detailed_picture_does_not() -> None:
    links = (
        ("v0", "split", "v1"),
        ("v1", "derived", "M0"),
        ("M0", "split", "M1"),
        ("M0", "split", "M3"),
        ("M1", "implemented_by", "P1"),
    )
    assert flows(made(2, *links)) == {("v0", "M1"): 1, ("v0", "M3"): 1, ("M1", "P1"): 1}
    detailed = made(2, *links, detailed=True)
    assert columns(detailed) == [["v0"], ["v1"], ["M0"], ["M1", "M3"], ["P1"]]
    assert set(flows(detailed).values()) == {1}


def test_an_element_that_also_led_elsewhere_is_drawn() -> None:
    picture = made(
        1, ("v0", "derived", "M0"), ("M0", "split", "M1"), ("M0", "derived", "Z1"), ("M1", "contributes", "Z1")
    )
    assert flows(picture) == {("v0", "M0"): 1, ("M0", "M1"): 1, ("M0", "Z1"): 1, ("Z1", "M1"): 1}


def test_the_smallest_nodes_of_a_crowded_column_become_one_per_state() -> None:
    links = [(f"v{index}", "derived", f"M{index}") for index in range(30)] + [("v0", "derived", "M5")]
    picture = made(31, *links)
    measures = [node for node in picture.nodes if node.column == 1 and node.kind != "end"]
    rest = {node.state: len(node.members) for node in measures if node.kind == "rest"}
    assert len(measures) == MOST_IN_COLUMN - 2 + len(rest)
    assert sum(len(node.members) for node in measures) == 30
    assert set(rest) == {ElementState.ADOPTED, ElementState.REJECTED}
    assert "M5" in {node.key for node in measures}


def test_without_contributions_the_structure_is_still_drawn() -> None:
    picture = made(0, ("M1", "contributes", "Z1"), ("M1", "implemented_by", "P1"))
    assert flows(picture) == {("Z1", "M1"): 0, ("M1", "P1"): 0}
    assert columns(picture) == [["Z1"], ["M1"], ["P1"]]


KEYS = ["v0", "v1", "v2", "v3", "Z1", "Z2", "M0", "M1", "M2", "P1"]


@settings(max_examples=100)
@given(
    voices=strategies.sampled_from([4, 40]),
    detailed=strategies.booleans(),
    links=strategies.lists(
        strategies.tuples(
            strategies.sampled_from(KEYS[:-1]),
            strategies.sampled_from([kind.value for kind in LinkKind]),
            strategies.sampled_from(KEYS),
        ),
        max_size=15,
        unique=True,
    ),
)
def test_every_flow_goes_to_the_right_and_no_contribution_is_lost(
    voices: int, detailed: bool, links: list[tuple[str, str, str]]
) -> None:
    picture = made(voices, *links, detailed=detailed)
    nodes = {node.key: node for node in picture.nodes}
    assert len(nodes) == len(picture.nodes)
    assert max(Counter((flow.origin, flow.target) for flow in picture.flows).values(), default=1) == 1
    for flow in picture.flows:
        assert nodes[flow.origin].column < nodes[flow.target].column
        assert 0 <= flow.voices <= nodes[flow.origin].voices
    leaving = Counter[str]()
    for flow in picture.flows:
        leaving[flow.origin] += flow.voices
    first = [node for node in picture.nodes if node.kind == "cluster" or node.key.startswith("v")]
    assert all(leaving[node.key] >= node.voices for node in first)
