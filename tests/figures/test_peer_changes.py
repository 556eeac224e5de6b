"""Changing a peer group step by step: a saved one is not touched, and what was chosen by hand stays."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from smartdash.figures.peer_changes import records, with_edges, with_member, with_rules, without_members
from smartdash.figures.peer_options import TRIED, Rules, as_value, member, standard
from smartdash.model.peers import PeerGroup

SAVED = Rules(
    PeerGroup(programme="p", key="g", title="Gruppe", states="Hessen"),
    (member("p", "g", "1", "Partner", included=True),),
    "g",
)


def test_a_saved_group_that_is_changed_is_tried_out_with_its_cities() -> None:
    changed = with_rules(SAVED, population_from=5)
    assert changed.saved is None
    assert as_value(changed) == "5-;states=Hessen;with=1:Partner"
    assert (changed.group.key, changed.members[0].peer_group) == (TRIED, TRIED)


def test_a_band_upside_down_is_refused() -> None:
    with pytest.raises(ValidationError):
        with_rules(SAVED, population_from=5, population_to=4)


def test_a_city_by_hand_replaces_what_was_chosen_for_it() -> None:
    out = with_member(SAVED, "1", "zu groß", included=False)
    assert as_value(out) == "-;states=Hessen;without=1:zu%20gro%C3%9F"
    assert as_value(without_members(out, {"1", "2"})) == "-;states=Hessen"


@pytest.mark.parametrize(
    ("chosen", "value"),
    [
        ({"a", "b"}, "100000-300000;edges;with=z:x"),
        ({"a"}, "100000-300000;with=a:Rand;with=z:x"),
        (set(), "100000-300000;with=z:x"),
    ],
)
def test_edges_are_chosen_all_by_the_rule_or_some_by_hand(chosen: set[str], value: str) -> None:
    begun = with_member(with_rules(standard("p"), edges=True), "z", "x", included=True)
    assert as_value(with_edges(begun, {"a", "b"}, chosen, "Rand")) == value


def test_records_carry_the_mark_and_the_audience_of_their_group() -> None:
    group, city = records(SAVED, {"title": "Neu", "public": False}, {"programme": "p", "key": "n", "demo": True})
    assert (group.key, group.public, group.demo, group.sheet.name) == ("n", False, True, "peer_group")
    assert (city.peer_group, city.public, city.demo) == ("n", False, True)  # type: ignore[union-attr]
    assert isinstance(group, PeerGroup)
    known = SAVED.members[0].model_copy(update={"source": "s", "source_place": "S. 3"})
    [_, kept] = records(SAVED, {}, {}, [known])
    [_, other] = records(with_member(SAVED, "1", "neu", included=True), {}, {}, [known])
    assert [(city.source, city.source_place) for city in (kept, other)] == [("s", "S. 3"), (None, None)]
    assert (group.title, group.states) == ("Neu", "Hessen")
