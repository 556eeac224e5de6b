"""Levels of a survey with their coverage, and ranks among cities."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartdash.analysis.maturity import peer_group, peer_standings
from smartdash.model.peers import Indicator, Observation
from smartdash.model.shared import Municipality

DAY = date(2026, 5, 1)


def city(key: str, population: int | None = 150_000) -> Municipality:
    return Municipality(programme="p", key=key, title=key, state="S", population=population)


@pytest.mark.parametrize(
    ("population", "inside"),
    [(99_999, False), (100_000, True), (300_000, True), (300_001, False), (None, False)],
)
def test_peers_have_100000_to_300000_inhabitants_and_the_own_city_always_belongs(
    population: int | None, inside: bool
) -> None:
    assert bool(peer_group([city("x", population)], None)) is inside
    assert peer_group([city("x", population)], "x")


def indicator(higher: bool = True) -> Indicator:
    return Indicator(programme="p", key="i", title_de="I", title_en="I", measured_in="%", higher_is_better=higher)


def observed(values: dict[str, str], day: date = DAY) -> list[Observation]:
    return [
        Observation(programme="p", indicator="i", municipality=key, observed_on=day, value=D(value))
        for key, value in values.items()
    ]


@pytest.mark.parametrize(
    ("values", "higher", "rank", "tied"),
    [
        ("9 8 7 6 5", True, 1, 1),
        ("5 6 7 8 9", True, 5, 1),
        ("5 6 7 8 9", False, 1, 1),
        ("7 9 7 7 1", True, 2, 3),
        # 7.04 reads as 7.0, like 6.95 rounded half up: equal-looking values tie.
        ("6.95 7.04 9 1 1", True, 2, 2),
        ("7 7 7 7 7", True, 1, 5),
        ("9 8 7 6", True, None, 0),
    ],
)
def test_the_rank_is_one_plus_the_better_ones(values: str, higher: bool, rank: int | None, tied: int) -> None:
    given = {f"c{place}": value for place, value in enumerate(values.split())}
    [found] = peer_standings([indicator(higher)], observed(given), [city(key) for key in given], "c0")
    assert (found.rank, found.tied, found.count) == (rank, tied, len(given))


@given(st.permutations(["1", "2", "2", "3", "4", "4", "5"]))
def test_a_rank_does_not_depend_on_the_order(values: list[str]) -> None:
    given = {"own": "3"} | {f"c{place}": value for place, value in enumerate(values)}
    [found] = peer_standings([indicator()], observed(given), [city(key) for key in given], "own")
    assert (found.rank, found.tied, found.middle) == (4, 2, 3)


def test_few_cities_give_no_quartiles_and_the_newest_value_counts() -> None:
    given = {f"c{place}": str(place) for place in range(9)}
    group = [city(f"c{place}") for place in range(10)]
    older = observed({"c0": "99"}, date(2020, 1, 1))
    [nine] = peer_standings([indicator()], [*observed(given), *older], group, None)
    assert (nine.middle, nine.lower_quartile, nine.value, nine.rank) == (4, None, None, None)
    [ten] = peer_standings([indicator()], observed({**given, "c9": "9"}), group, "c9")
    assert (ten.lower_quartile, ten.middle, ten.upper_quartile) == (D("2.25"), D("4.5"), D("6.75"))


@pytest.mark.parametrize(
    ("own", "higher", "better"), [("5.04", True, False), ("6", True, True), ("6", False, False), (None, True, None)]
)
def test_better_than_the_median_is_judged_as_it_reads(own: str | None, higher: bool, better: bool | None) -> None:
    given = {"a": "5", "b": "5", "c": "5", "d": "5", "e": "5"} | ({"own": own} if own else {})
    [found] = peer_standings([indicator(higher)], observed(given), [city(key) for key in [*given, "own"]], "own")
    assert found.better_than_middle is better


def test_without_any_value_nothing_is_known() -> None:
    [found] = peer_standings([indicator()], [], [city("a")], "a")
    assert (found.count, found.lowest, found.middle, found.rank) == (0, None, None, None)
