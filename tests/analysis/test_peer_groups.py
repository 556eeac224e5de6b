"""Peer groups: who is in by which rule, at the edge, by hand, and never fiction beside reality."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest

from smartdash.analysis.peer_groups import Reason, alone, gather, outside_band
from smartdash.model.peers import PeerGroup, PeerMember, Region
from smartdash.model.shared import Municipality

OWN = "12054000"


def city(key: str, population: int | None, state: str = "Hessen", demo: bool = False) -> Municipality:
    return Municipality(programme="p", key=key, title=key, state=state, population=population, demo=demo)


CITIES = [
    city(OWN, 180_000, "Brandenburg"),
    city("a000", 100_000),
    city("b000", 300_000, "Bayern"),
    city("c001", 170_000, "Sachsen"),
    city("d000", 95_000),
    city("e000", 94_999),
    city("f000", 315_000, "Berlin"),
    city("g000", 315_001),
    city("h000", None),
    city("i000", 200_000, "Bayern"),
    city("z000", 180_000, demo=True),
]


def group(**rules: Any) -> PeerGroup:
    return PeerGroup(
        programme="p", key="g", title="G", **{"population_from": 100_000, "population_to": 300_000} | rules
    )


def member(key: str, included: bool = True) -> PeerMember:
    return PeerMember(programme="p", peer_group="g", municipality=key, included=included, reason="weil")


def found(rules: PeerGroup, *members: PeerMember, own: str | None = OWN) -> str:
    """The first letters of the cities in the group, without the own one."""
    mine = next((item for item in CITIES if item.key == own), None)
    gathered = gather(rules, members, CITIES, mine)
    return "".join(sorted(peer.city.key[0] for peer in gathered.peers if peer.city.key != own))


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({}, "abci"),
        ({"edges": True}, "abcdfi"),
        ({"population_from": None, "population_to": None}, "abcdefghi"),
        ({"population_from": None}, "abcdei"),
        ({"population_to": None}, "abcfgi"),
        ({"states": "Hessen; Bayern"}, "abi"),
        ({"states": "Hessen", "edges": True}, "ad"),
        ({"region": Region.EAST}, "c"),
        ({"region": Region.EAST, "edges": True}, "cf"),
        ({"region": Region.WEST}, "abi"),
        ({"district_free": True}, "abi"),
        ({"nearest": 2}, "ci"),
        ({"nearest": 3}, "aci"),
        ({"nearest": 99}, "abci"),
        ({"nearest": 5, "population_from": None, "population_to": None}, "aceid"),
        ({"states": "Brandenburg"}, ""),
    ],
)
def test_a_city_is_in_where_it_meets_every_rule(rules: dict[str, Any], expected: str) -> None:
    assert found(group(**rules)) == "".join(sorted(expected))


def test_choices_by_hand_hold_against_every_rule_but_never_mix_fiction_with_reality() -> None:
    by_hand = [member("e000"), member("a000", False), member("z000"), member(OWN, False), member("unknown")]
    assert found(group(), *by_hand) == "bcei"
    gathered = gather(group(), by_hand, CITIES, CITIES[0])
    reasons = {peer.city.key: (peer.reason, peer.note) for peer in gathered.peers}
    assert reasons[OWN] == (Reason.OWN, "")
    assert reasons["e000"] == (Reason.BY_HAND, "weil")
    assert reasons["b000"] == (Reason.BAND, "")
    assert [(peer.city.key, peer.reason, peer.note) for peer in gathered.left_out] == [("a000", Reason.BAND, "weil")]
    assert [peer.city.key for peer in gathered.at_edge] == ["f000", "d000"]


def test_a_fictional_city_meets_fictional_ones_and_without_a_city_the_real_ones_are_shown() -> None:
    assert found(group(), own="z000") == ""
    assert found(group(), own=None) == "1abci"


def test_each_city_says_how_far_it_is() -> None:
    gathered = gather(group(edges=True, nearest=None), [member("h000")], CITIES, CITIES[0])
    far = {peer.city.key: (peer.distance, peer.outside, peer.reason) for peer in gathered.peers}
    assert far["f000"] == (135_000, D("0.05"), Reason.EDGE)
    assert far["d000"] == (-85_000, D("-0.05"), Reason.EDGE)
    assert far["b000"] == (120_000, None, Reason.BAND)
    assert far["h000"] == (None, None, Reason.BY_HAND)
    assert [peer.city.key for peer in gathered.peers][:2] == ["f000", "b000"]


def test_a_state_may_leave_a_city_alone() -> None:
    assert alone(gather(group(states="Brandenburg"), [], CITIES, CITIES[0]), CITIES[0])
    assert not alone(gather(group(region=Region.EAST), [], CITIES, CITIES[0]), CITIES[0])
    assert not alone(gather(group(states="Brandenburg"), [], CITIES, None), None)


@pytest.mark.parametrize(
    ("population", "low", "high", "outside"),
    [
        (5, None, None, None),
        (0, None, 0, None),
        (3, None, 0, D(3)),
        (90, 100, 200, D("-0.1")),
        (220, 100, 200, D("0.1")),
    ],
)
def test_outside_is_a_share_of_the_limit(population: int, low: int | None, high: int | None, outside: D | None) -> None:
    assert outside_band(population, low, high) == outside
