"""How a city stands among others: hand-computed tables, and the laws of ranks, percentiles and scales."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartdash.analysis.peers import (
    anchors,
    better,
    between_anchors,
    competition_ranks,
    composites,
    medians_without,
    mid_rank_percentiles,
    newest_observations,
    robust_z,
    standing,
)
from smartdash.model.peers import Indicator, Observation


def numbered(text: str) -> dict[str, D]:
    """Values of the cities c0, c1 … in the order given."""
    return {f"c{place}": D(value) for place, value in enumerate(text.split())}


values_of_cities = st.lists(st.integers(-50, 50).map(lambda value: D(value) / 4), min_size=2, max_size=30).map(
    lambda values: {f"c{place}": value for place, value in enumerate(values)}
)


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
        ("-1 -2 -3 -4 0", True, 2, 1),
        ("9 8 7 6", True, None, 0),
    ],
)
def test_the_rank_is_one_plus_the_better_ones(values: str, higher: bool, rank: int | None, tied: int) -> None:
    found = standing(numbered(values), "c0", higher_is_better=higher)
    assert (found.rank, found.tied, found.count) == (rank, tied, len(values.split()))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # Hand-computed: (B + 0.5 (E - 1)) / (n - 1) · 100.
        ("1 2 3", "0 50 100"),
        ("1 1 3", "25 25 100"),
        ("2 2 2 2", "50 50 50 50"),
        ("5 1 5 9 1", "62.5 12.5 62.5 100 12.5"),
        ("4", ""),
    ],
)
def test_the_percentile_gives_ties_their_middle(values: str, expected: str) -> None:
    assert list(mid_rank_percentiles(numbered(values)).values()) == [D(value) for value in expected.split()]


@given(values_of_cities)
def test_a_percentile_is_symmetric_under_reversal_and_their_mean_is_fifty(values: dict[str, D]) -> None:
    up, down = mid_rank_percentiles(values, True), mid_rank_percentiles(values, False)
    # Sixty digits of thirds do not meet in the last place.
    assert all(abs(up[city] + down[city] - 100) < D("1e-20") for city in values)
    assert abs(sum(up.values()) / len(up) - 50) < D("1e-20")
    assert all(0 <= percentile <= 100 for percentile in up.values())


@given(values_of_cities, st.randoms(use_true_random=False))
def test_a_rank_does_not_depend_on_the_order(values: dict[str, D], chance: Any) -> None:
    mixed = list(values.items())
    chance.shuffle(mixed)
    assert competition_ranks(dict(mixed)) == competition_ranks(values)
    assert standing(dict(mixed), "c0") == standing(values, "c0")


def test_few_cities_say_little() -> None:
    def said(count: int) -> list[bool]:
        found = standing({f"c{place}": D(place) for place in range(count)}, "c1", target=D(9))
        parts = (found.to_target, found.rank, found.to_middle, found.best, found.lower_quartile, found.robust_z)
        return [part is not None for part in (*parts, found.percentile)]

    assert said(4) == [True, False, False, False, False, False, False]
    assert said(5) == [True, True, True, True, False, False, False]
    assert said(9) == said(5)
    assert said(10) == [True, True, True, True, True, True, False]
    assert said(19) == said(10)
    assert said(20) == [True] * 7


def test_gaps_are_differences_of_shown_values() -> None:
    found = standing(numbered("5.04 9 4.96 1 0"), "c0", target=D("5.25"))
    assert (found.middle, found.best) == (D("4.96"), D(9))
    assert (found.to_middle, found.to_best, found.to_target) == (D("0.0"), D("-4.0"), D("-0.3"))
    falling = standing(numbered("5 9 4 1 0"), "c0", higher_is_better=False)
    assert (falling.best, falling.to_best, falling.to_middle) == (D(0), D("5.0"), D("1.0"))
    assert (better(falling.to_middle, False), better(falling.to_middle, True)) == (False, True)
    assert (better(D(0), True), better(None, True)) == (False, None)


def test_a_city_without_a_value_has_no_rank_but_sees_the_group() -> None:
    found = standing(numbered("1 2 3 4 5"), "own")
    assert (found.value, found.rank, found.tied, found.to_middle, found.count) == (None, None, 0, None, 5)
    assert (found.middle, found.lowest, found.highest) == (3, 1, 5)
    assert standing({}, "own") == standing({}, None)


@pytest.mark.parametrize(
    ("value", "values", "higher", "expected"),
    [
        # Median 3, deviations 2 1 0 1 2, their median 1.
        ("5", "1 2 3 4 5", True, "1.349"),
        ("5", "1 2 3 4 5", False, "-1.349"),
        ("3", "1 2 3 4 5", True, "0"),
        ("9", "3 3 3 3 9", True, None),
    ],
)
def test_the_robust_distance_uses_the_median_of_deviations(
    value: str, values: str, higher: bool, expected: str | None
) -> None:
    found = robust_z(D(value), numbered(values).values(), higher)
    assert found == (None if expected is None else D(expected))


def test_a_single_city_moves_the_median() -> None:
    assert medians_without(numbered("1 2 9")) == {"c0": D("5.5"), "c1": D(5), "c2": D("1.5")}
    assert medians_without(numbered("1")) == {}


def indicator(unit: str = "%", **values: Any) -> Indicator:
    return Indicator(programme="p", key="i", title_de="I", title_en="I", measured_in=unit, **values)


@pytest.mark.parametrize(
    ("asked", "ends"),
    [
        (indicator("%"), (0, 100)),
        (indicator("ja/nein"), (0, 1)),
        (indicator("yes/no"), (0, 1)),
        (indicator("Punkte"), None),
        (indicator("%", anchor_low=D(50), anchor_high=D(90)), (50, 90)),
    ],
)
def test_every_share_has_fixed_ends_and_others_need_their_own(asked: Indicator, ends: tuple[int, int] | None) -> None:
    assert anchors(asked) == ends


def test_scales_run_from_worst_to_best() -> None:
    ends = (D(50), D(90))
    assert [between_anchors(D(value), ends) for value in (50, 60, 90, 100)] == [0, 25, 100, 125]
    assert [between_anchors(D(value), ends, False) for value in (50, 60, 90)] == [100, 75, 0]


@given(values_of_cities, st.integers(1, 1000).map(lambda value: D(value) / 100))
def test_weights_are_free_of_scale(values: dict[str, D], factor: D) -> None:
    scores = {"a": values, "b": dict(zip(values, reversed(list(values.values())), strict=True))}
    plain = composites(scores, {"a": D(1), "b": D(3)}, values)
    scaled = composites(scores, {"a": factor, "b": 3 * factor}, values)
    for city, found in plain.items():
        other = scaled[city].value
        assert found.value is not None
        assert other is not None
        assert abs(found.value - other) < D("1e-20")


def test_a_composite_needs_values_for_most_of_the_weight() -> None:
    scores = {"a": numbered("10 20"), "b": numbered("30"), "c": {"c2": D(1)}}
    found = composites(scores, {"a": D(2), "b": D(1), "c": D(1)}, ["c0", "c1", "c2"])
    assert [(item.value, item.coverage) for item in found.values()] == [
        (D(50) / 3, D("0.75")),
        (None, D("0.5")),
        (None, D("0.25")),
    ]
    assert composites({"a": numbered("7")}, {"a": D(1)}, ["c0", "x"])["x"].value is None


def test_the_newest_observation_of_each_city_counts() -> None:
    def seen(city: str, year: int, value: int) -> Observation:
        return Observation(
            programme="p", indicator="i", municipality=city, observed_on=date(year, 1, 1), value=D(value)
        )

    found = newest_observations([seen("a", 2024, 2), seen("a", 2020, 1), seen("b", 2020, 3), seen("x", 2020, 4)], "ab")
    assert {city: item.value for city, item in found["i"].items()} == {"a": 2, "b": 3}
