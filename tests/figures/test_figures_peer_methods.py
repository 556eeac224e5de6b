"""Levels of peers by one method at a time: never a self-assessment beside an index, and nothing that is withheld."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

from made_reader import column
from made_stores import fill
from made_surveys import BOTH, model, peers, seen, units, wave

from smartdash.model.declare import Record
from smartdash.model.peers import Indicator, Observation, PeerMethod, PeerScore
from smartdash.model.shared import Municipality, Programme, Source
from smartdash.store import Audience, Changes, Origin, Store

OWN = "05000000"
HOME = Programme(programme="p", key="p", title="Programm", municipality=OWN, municipality_name="Heimstadt")
CITIES = {f"Stadt {place}": level for place, level in enumerate(("2", "3", "3", "4", "5"))}


def at_home(**levels: Any) -> list[Record]:
    """The own city, with levels of its own where some are given."""
    city = Municipality(programme="p", key=OWN, title="Heimstadt", state="S", population=150_000)
    if not levels:
        return [HOME, city]
    [_, score] = peers({"Heimstadt": levels.pop("level")}, **levels)
    return [HOME, city, score.model_copy(update={"municipality": OWN, "key": "own"})]


def filled(store: Store, *records: Record) -> None:
    """Write the records of a programme that names its city."""
    fill(store, *(record for record in records if record is not HOME))
    store.write(Changes("p", {"programme": [HOME]}), author="test", reason="test", origin=Origin("form"))


def test_self_assessed_peers_are_ranked_against_the_own_survey(empty_store: Store) -> None:
    filled(empty_store, *BOTH, *at_home(), *peers(CITIES))
    draft = seen(empty_store, "peers.maturity").draft
    # The survey says 3.3 in A: only 4 and 5 are better.
    assert column(draft, "dimension") == ["A"]
    assert column(draft, "own") == [D("3.3")]
    assert column(draft, "rank") == ["Rang 3 von 6"]
    assert column(draft, "median") == [D("3.2")]
    assert (column(draft, "to_median"), column(draft, "to_best"), column(draft, "to_target")) == (
        [D("0.1")],
        [D("-1.7")],
        [D("-0.7")],
    )
    assert "Ergebnis der Erhebung „Erhebung 2026“" in draft.note


def test_an_index_is_never_ranked_with_a_self_assessment(empty_store: Store) -> None:
    index = [item for item in peers(CITIES, method=PeerMethod.PUBLISHED) if not isinstance(item, Municipality)]
    filled(empty_store, *BOTH, *at_home(), *peers(CITIES), *index)
    draft = seen(empty_store, "peers.maturity", {"method": "published"}).draft
    assert (column(draft, "own"), column(draft, "rank"), column(draft, "count")) == ([None], [None], [5])
    assert "Erhebung" not in draft.note
    assert [list(option.values) for option in draft.options if option.name == "method"] == [["survey", "published"]]


def test_a_method_that_nobody_has_is_not_answered_with_another_one(empty_store: Store) -> None:
    kept = Source(programme="p", key="s", title="Gekauft", redistributable=False)
    index = [item for item in peers(CITIES, method=PeerMethod.PUBLISHED, source="s") if isinstance(item, PeerScore)]
    filled(empty_store, kept, *BOTH, *at_home(), *peers(CITIES), *index)
    asked = {"method": "published"}
    assert seen(empty_store, "peers.maturity", asked).draft.rows
    file = seen(empty_store, "peers.maturity", asked, for_export=True).draft
    assert file.rows == ()
    assert "veröffentlichter Index" in file.message
    assert [list(option.values) for option in file.options if option.name == "method"] == [["survey", "published"]]
    ranked = {"ranked_by": "m/published"}
    assert seen(empty_store, "peers.rank_intervals", ranked).draft.rows
    file = seen(empty_store, "peers.rank_intervals", ranked, for_export=True).draft
    assert (file.rows, file.chart) == ((), None)


def test_the_own_index_stands_in_the_ranking_of_the_index(empty_store: Store) -> None:
    given = {"method": PeerMethod.PUBLISHED}
    filled(empty_store, *BOTH, *at_home(level="4.5", **given), *peers(CITIES, **given))
    draft = seen(empty_store, "peers.maturity").draft
    assert (column(draft, "own"), column(draft, "rank")) == ([D("4.5")], ["Rang 2 von 6"])
    assert column(draft, "to_target") == [None]


def test_a_withheld_result_of_the_own_city_is_said_and_not_ranked(empty_store: Store) -> None:
    few = [*model(), *units(), *wave(2026, {"amt": {"A1": (3, 4)}})]
    filled(empty_store, *few, *at_home(), *peers(CITIES))
    for scope in ({}, {"audience": Audience.PUBLIC}, {"for_export": True}):
        figure = seen(empty_store, "peers.maturity", **scope)
        assert (column(figure.draft, "own"), column(figure.draft, "rank")) == ([None], [None])
    assert column(seen(empty_store, "peers.maturity", unit="buero").draft, "own") == [D("3.5")]


def test_levels_and_values_that_may_not_be_passed_on_never_leave(empty_store: Store) -> None:
    kept = Source(programme="p", key="s", title="Gekauft", redistributable=False)
    index = peers(CITIES, method=PeerMethod.PUBLISHED, source="s")
    values = [
        Indicator(programme="p", key="i", title_de="Gekauft", title_en="Bought", measured_in="%", source="s"),
        *(
            Observation(
                programme="p", indicator="i", municipality=f"0100{place:04}", observed_on="2026-03-01", value=place,
                source="s",
            )
            for place in range(5)
        ),
    ]  # fmt: skip
    filled(empty_store, kept, *BOTH, *at_home(), *index, *values)
    assert seen(empty_store, "peers.maturity").draft.rows
    assert seen(empty_store, "maturity.peers").draft.note.startswith("Nicht zur Weitergabe: „Gekauft“.")
    for scope in ({"audience": Audience.PUBLIC}, {"for_export": True}):
        assert not seen(empty_store, "peers.maturity", **scope).draft.rows
        for key in ("maturity.peers", "peers.medians", "peers.rank_intervals"):
            figure = seen(empty_store, key, **scope)
            assert "Gekauft" not in str((figure.draft, figure.sources)), key


def test_a_small_group_shows_points_and_says_why(empty_store: Store) -> None:
    filled(empty_store, *BOTH, *at_home(), *peers({"Stadt 0": "2", "Stadt 1": "3"}))
    draft = seen(empty_store, "peers.maturity").draft
    assert draft.message.startswith("Außer Heimstadt haben nur 2 Städte einen Wert, zu wenig für Rang und Median")
    assert (column(draft, "rank"), column(draft, "median")) == ([None], [None])
