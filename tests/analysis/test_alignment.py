"""What contributes to what: the outline, what is listed twice, and what contributes to nothing."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from smartdash.analysis.alignment import network, outline, unaligned
from smartdash.model.okr import Alignment, KeyResult, Objective


def aligned(*pairs: str) -> list[Alignment]:
    return [
        Alignment(programme="p", origin=origin, target=target) for origin, target in (pair.split(">") for pair in pairs)
    ]


def objective(key: str) -> Objective:
    return Objective(programme="p", key=key, title=key, cycle="c")


def result(key: str, of: str) -> KeyResult:
    return KeyResult(programme="p", key=key, title=key, objective=of, baseline=D(0), target=D(1))


RESULTS = [result("k1", "o1"), result("k2", "o1"), result("k3", "o2")]


@pytest.mark.parametrize(
    ("pairs", "shown", "lines"),
    [
        ([], ["o1"], ["o1"]),
        (["o1>z1"], ["z1", "o1"], ["z1", " o1"]),
        (["o1>z1", "o1>z2"], ["z1", "z2", "o1"], ["z1", " o1", "z2", " o1"]),
        (["v1>k1"], ["o1", "k1", "v1"], ["o1", " k1", "  v1"]),
        (["v1>k1", "v1>k3"], ["o1", "o2", "k1", "k3", "v1"], ["o1", " k1", "  v1", "o2", " k3", "  v1"]),
        (
            ["o1>z1", "o1>z2", "v1>k1"],
            ["z1", "z2", "o1", "k1", "v1"],
            ["z1", " o1", "  k1", "   v1", "z2", " o1 again"],
        ),
        (["o2>o1", "o1>z1"], ["z1", "o2"], ["z1", "o2"]),
    ],
    ids=["alone", "goal", "two goals", "project", "two key results", "again", "what is between is not shown"],
)
def test_the_outline_lists_what_contributes_below(pairs: list[str], shown: list[str], lines: list[str]) -> None:
    places = outline(network(aligned(*pairs), RESULTS), shown)
    assert [" " * item.depth + item.key + (" again" if item.again else "") for item in places] == lines


def test_only_a_key_result_below_its_own_objective_has_no_alignment() -> None:
    places = outline(network(aligned("o1>z1", "v1>k1"), RESULTS), ["z1", "o1", "k1", "v1"])
    assert [(item.target, item.alignment is not None) for item in places] == [
        (None, False),
        ("z1", True),
        ("o1", False),
        ("k1", True),
    ]


@pytest.mark.parametrize(
    ("start", "found"),
    [
        (["k1"], {"k1", "o1", "z1", "v1"}),
        (["o2"], {"o2"}),
        (["v1", "o2"], {"v1", "k1", "o1", "z1", "o2"}),
        (["z1"], {"z1", "o1", "k1", "v1", "o3"}),
    ],
)
def test_the_reach_goes_up_and_down_but_not_to_the_neighbours(start: list[str], found: set[str]) -> None:
    assert network(aligned("o1>z1", "v1>k1", "o3>z1"), RESULTS).reach(start) == found


@pytest.mark.parametrize(
    ("pairs", "missing"),
    [
        ([], ["o1", "o2"]),
        (["o1>z1"], ["o2"]),
        (["o1>o2"], ["o2"]),
        (["k1>k2"], ["o1", "o2"]),
        (["k1>k3"], ["o2"]),
        (["k1>o1"], ["o1", "o2"]),
        (["v1>k1"], ["o1", "o2"]),
        (["k2>z1", "o2>z1"], []),
    ],
    ids=["none", "goal", "objective", "within", "by a key result", "own objective", "only received", "all"],
)
def test_an_objective_is_unaligned_where_neither_it_nor_its_key_results_contribute(
    pairs: list[str], missing: list[str]
) -> None:
    found = unaligned([objective("o1"), objective("o2")], RESULTS, aligned(*pairs))
    assert [item.key for item in found] == missing
