"""A peer group as a text in an address: what is written is read again, and nonsense is the standard group."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartdash.figures.peer_options import TRIED, Rules, as_value, member, read_value, standard
from smartdash.model.peers import PeerGroup, PeerMember, Region


def rules(*members: PeerMember, **values: Any) -> Rules:
    return Rules(PeerGroup(programme="p", key=TRIED, title=TRIED, **values), members)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (standard("p"), ""),
        (rules(), "-"),
        (rules(population_from=50_000, edges=True), "50000-;edges"),
        (
            rules(population_to=9, states="Hessen;Baden-Württemberg", region=Region.WEST),
            "-9;states=Hessen%3BBaden-W%C3%BCrttemberg;region=west",
        ),
        (
            rules(
                member("p", TRIED, "2", "gleich; fast: =", included=False),
                member("p", TRIED, "1", "Partner", included=True),
                population_from=100_000,
                population_to=300_000,
                district_free=True,
                nearest=10,
            ),
            "100000-300000;district-free;nearest=10;with=1:Partner;without=2:gleich%3B%20fast%3A%20%3D",
        ),
    ],
)
def test_a_group_is_written_and_read_again(given: Rules, text: str) -> None:
    assert as_value(given) == text
    read = read_value(text, "p", [], [])
    assert read.group == given.group
    assert sorted(read.members, key=lambda item: item.key) == sorted(given.members, key=lambda item: item.key)


NONSENSE = (
    "x", "1-x", "9-1", "1-9;region=north", "1-9;nearest=0", "1-9;with=1", "saved=unknown", "1-9;x", "9999999999-",
    "1-9;nearest=9999999999",
)  # fmt: skip


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_is_the_standard_group(text: str) -> None:
    assert read_value(text, "p", [], []) == standard("p")


@given(st.text(min_size=1, max_size=40).map(str.strip).filter(bool))
def test_any_reason_survives_the_address(reason: str) -> None:
    text = as_value(rules(member("p", TRIED, "1", reason, included=True)))
    [read] = read_value(text, "p", [], []).members
    assert read.reason == reason


def test_a_saved_group_comes_with_its_own_cities() -> None:
    saved = PeerGroup(programme="p", key="süd/1", title="Süden", states="Bayern")
    members = [member("p", group, "1", "Partner", included=True) for group in ("süd/1", "other")]
    found = read_value(as_value(Rules(saved, (), "süd/1")), "p", [saved], members)
    assert found == Rules(saved, (members[0],), "süd/1")
