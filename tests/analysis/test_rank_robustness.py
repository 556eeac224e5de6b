"""Ranks under uncertain choices: the formulas by hand, and the laws that hold whatever the numbers are."""

from __future__ import annotations

from decimal import Decimal as D
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from smartdash.analysis.peers import between_anchors, competition_ranks, mid_rank_percentiles
from smartdash.analysis.rank_robustness import RankRobustness, Settings, Yardstick, robustness
from smartdash.analysis.rank_runs import (
    Aggregation,
    Normalisation,
    aggregated,
    as_shown,
    normalised,
    quantiles,
    ranked,
)

NAN = float("nan")
FEW = Settings(runs=60)
LAW = settings(max_examples=40, deadline=None)

Table = dict[tuple[str, str], D]


def yardsticks(*keys: str, weight: D = D(1), higher: bool = True) -> list[Yardstick]:
    return [Yardstick(key, weight, higher, (D(0), D(100))) for key in keys]


@st.composite
def tables(draw: st.DrawFn, criteria: int = 3) -> Table:
    cell = st.one_of(st.none(), st.decimals(0, 100, places=1))
    cities = [f"c{place}" for place in range(draw(st.integers(2, 7)))]
    drawn = {(city, f"y{place}"): draw(cell) for city in cities for place in range(criteria)}
    return {place: value for place, value in drawn.items() if value is not None}


def cities_of(table: Table) -> list[str]:
    return sorted({city for city, _ in table})


def run(table: Table, own: str | None = None, criteria: int = 3) -> RankRobustness | None:
    return robustness(cities_of(table), yardsticks(*(f"y{n}" for n in range(criteria))), table, own, FEW)


@pytest.mark.parametrize(
    ("normalisation", "expected"),
    [
        (Normalisation.FIXED, [10.0, 20.0, 20.0, 40.0, NAN]),
        (Normalisation.RELATIVE, [0.0, 100 / 3, 100 / 3, 100.0, NAN]),
        # Three others each: none below; one below and one equal to it; all below.
        (Normalisation.PERCENTILE, [0.0, 50.0, 50.0, 100.0, NAN]),
    ],
)
def test_normalisation_by_hand(normalisation: Normalisation, expected: list[float]) -> None:
    values = np.array([[20.0], [40.0], [40.0], [80.0], [NAN]])
    scores = normalised(values, np.array([[0.0], [200.0]]), normalisation)
    np.testing.assert_allclose(scores[:, 0], expected)


def test_equal_values_give_no_relative_score_and_one_city_no_percentile() -> None:
    nothing = np.empty((2, 1))
    assert np.isnan(normalised(np.array([[5.0], [5.0]]), nothing, Normalisation.RELATIVE)).all()
    assert np.isnan(normalised(np.array([[5.0], [NAN]]), nothing, Normalisation.PERCENTILE)).all()


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [
        (Aggregation.ARITHMETIC, [0.25 * 16 + 0.75 * 81, 64.0]),
        (Aggregation.GEOMETRIC, [16**0.25 * 81**0.75, 64.0]),
    ],
)
def test_what_is_missing_leaves_the_weight(aggregation: Aggregation, expected: list[float]) -> None:
    scores = np.array([[16.0, 81.0], [NAN, 64.0]])
    np.testing.assert_allclose(aggregated(scores, np.array([[0.25, 0.75]]), aggregation)[0], expected)


def test_a_score_of_nothing_counts_as_one_in_the_geometric_mean() -> None:
    scores = np.array([[0.0, 100.0], [-20.0, 100.0]])
    np.testing.assert_allclose(aggregated(scores, np.array([[0.5, 0.5]]), Aggregation.GEOMETRIC), [[10.0, 10.0]])


def test_ranks_are_shared_and_leave_out_the_places_behind() -> None:
    shown = as_shown(np.array([[61.25, 61.34, 70.0, 61.2], [0.0, 0.0, 0.0, 0.0]]))
    # 61,25 and 61,34 are both shown as 61,3.
    assert ranked(shown).tolist() == [[2, 2, 1, 4], [1, 1, 1, 1]]


def test_the_quantiles_are_ranks_that_occur() -> None:
    ranks = np.array([[rank] for rank in range(1, 21)], dtype=np.int32)
    parts = (Fraction(1, 20), Fraction(1, 2), Fraction(19, 20), Fraction(1), Fraction(0))
    assert [int(found[0]) for found in quantiles(ranks, parts)] == [1, 10, 19, 20, 1]


def test_a_group_by_hand() -> None:
    """B wins one criterion, C the other, A is in the middle of both, D has too few values, E none."""
    table = {
        ("A", "x"): D(50), ("A", "y"): D(50),
        ("B", "x"): D(90), ("B", "y"): D(20),
        ("C", "x"): D(10), ("C", "y"): D(80),
        ("D", "x"): D(99),
    }  # fmt: skip
    result = robustness("ABCDE", yardsticks("x", "y", "z"), table, own="A")
    assert result
    assert result.left_out == ("D", "E")
    assert result.alike == ("z",), "nobody has a value of it"
    assert [(item.city, item.score, item.base) for item in sorted(result.ranges, key=lambda item: item.base)] == [
        ("B", D("55.0"), 1),
        ("A", D("50.0"), 2),
        ("C", D("45.0"), 3),
    ]
    # The geometric means are 50, 42.4 and 28.3: A comes first.
    assert result.aggregation.spans == {"A": (1, 2), "B": (1, 2), "C": (3, 3)}
    assert result.weights.spread("C") == 2
    assert len(result.variants) == 6
    assert result.variants[0] == (Normalisation.FIXED, Aggregation.ARITHMETIC)


def test_lower_is_better_turns_the_ranks_around() -> None:
    table = {(city, "x"): D(value) for city, value in {"A": 10, "B": 20, "C": 20, "D": 40}.items()}
    for higher, expected in ((True, [4, 2, 2, 1]), (False, [1, 2, 2, 4])):
        result = robustness("ABCD", yardsticks("x", higher=higher), table)
        assert result
        assert [item.base for item in sorted(result.ranges, key=lambda item: item.city)] == expected


@pytest.mark.parametrize("table", [{}, {("A", "x"): D(1)}, {("A", "x"): D(1), ("B", "x"): D(1)}])
def test_nothing_to_tell_cities_apart_is_no_ranking(table: Table) -> None:
    assert robustness("AB", yardsticks("x"), table) is None


def test_without_anchors_the_base_is_relative_to_the_group() -> None:
    table = {("A", "x"): D(1), ("B", "x"): D(3), ("C", "x"): D(2)}
    result = robustness("ABC", [Yardstick("x", D(1))], table, own="C")
    assert result
    assert {one for one, _ in result.variants} == {Normalisation.RELATIVE, Normalisation.PERCENTILE}
    assert {item.city: item.score for item in result.ranges} == {"A": D(0), "B": D(100), "C": D(50)}
    assert result.odds_against_median
    assert (result.odds_against_median.equal, result.odds["A"].chance, result.odds["B"].chance) == (2000, 1, 0)


@LAW
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_the_cities_does_not_matter(table: Table, random: object) -> None:
    cities = cities_of(table)
    shuffled = list(cities)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    lists = yardsticks("y0", "y1", "y2")
    one, other = (robustness(order, lists, table, settings=FEW) for order in (cities, shuffled))
    assert (one is None) == (other is None)
    if one and other:
        assert {item.city: item for item in one.ranges} == {item.city: item for item in other.ranges}
        assert one.weights == other.weights


@LAW
@given(tables(), st.decimals("0.001", 1000, places=3), st.lists(st.integers(1, 9), min_size=3, max_size=3))
def test_the_scale_of_the_weights_does_not_matter(table: Table, factor: D, weights: list[int]) -> None:
    one, other = (
        robustness(
            cities_of(table),
            [Yardstick(f"y{n}", weight * by, anchors=(D(0), D(100))) for n, weight in enumerate(weights)],
            table,
            settings=FEW,
        )
        for by in (D(1), factor)
    )
    assert (one is None) == (other is None)
    assert one is None or other is None or one.ranges == other.ranges


@LAW
@given(tables(criteria=1))
def test_reversal_mirrors_percentiles_and_ranks(table: Table) -> None:
    values = np.array([[float(value)] for value in table.values()])
    if len(values) < 2:
        return
    nothing = np.empty((2, 1))
    up, down = (normalised(sign * values, nothing, Normalisation.PERCENTILE) for sign in (1, -1))
    np.testing.assert_allclose(up + down, 100)
    ties = (values == values.T).sum(axis=1)
    np.testing.assert_array_equal(ranked(values.T)[0] + ranked(-values.T)[0] + ties - 1, len(values) + 1)


@LAW
@given(tables())
def test_the_interval_holds_the_median_and_ranks_are_within_the_group(table: Table) -> None:
    result = run(table)
    for item in result.ranges if result else ():
        assert 1 <= item.low <= item.median <= item.high <= len(result.ranges)  # type: ignore[union-attr]
        assert item.base + item.tied - 1 <= len(result.ranges)  # type: ignore[union-attr]


@LAW
@given(tables())
def test_identical_cities_tie(table: Table) -> None:
    twin = {("twin", key): value for (city, key), value in table.items() if city == "c0"}
    result = run(table | twin, own="twin")
    if result and (own := result.of("twin")):
        other = result.of("c0")
        assert other
        assert (own.base, own.low, own.median, own.high) == (other.base, other.low, other.median, other.high)
        assert (result.odds["c0"].equal, own.tied > 1) == (FEW.runs, True)


@LAW
@given(tables(criteria=1))
def test_one_criterion_gives_no_spread_by_weights(table: Table) -> None:
    result = run(table, criteria=1)
    assert result is None or not any(result.weights.spread(item.city) for item in result.ranges)


@LAW
@given(tables())
def test_chances_of_two_cities_and_of_a_tie_add_up(table: Table) -> None:
    forth, back = run(table, own="c0"), run(table, own="c1")
    if forth and back and "c1" in forth.odds:
        one, other = forth.odds["c1"], back.odds["c0"]
        assert one.chance + other.chance + D(one.equal) / FEW.runs == 1
        assert (one.better, one.equal, one.worse) == (other.worse, other.equal, other.better)


def within_group(values: dict[str, D], higher: bool) -> dict[str, D]:
    """From 0 (worst of the group) to 100 (best of the group); none where all are the same."""
    ends = min(values.values(), default=D(0)), max(values.values(), default=D(0))
    return {city: between_anchors(value, ends, higher) for city, value in values.items()} if ends[0] < ends[1] else {}


@LAW
@given(tables(), st.booleans())
def test_the_simulation_normalises_and_ranks_as_single_indicators_are(table: Table, higher: bool) -> None:
    cities, ends = cities_of(table), (D(-10), D(120))
    assume(cities)
    columns = {key: {city: table[city, key] for city in cities if (city, key) in table} for key in ("y0", "y1", "y2")}
    sign = 1 if higher else -1
    values = np.array([[float(columns[key].get(city, NAN)) for key in columns] for city in cities])
    anchors = np.sort(sign * np.array([[float(end)] * 3 for end in ends]), axis=0)
    expected = {
        Normalisation.FIXED: lambda own: {city: between_anchors(value, ends, higher) for city, value in own.items()},
        Normalisation.RELATIVE: lambda own: within_group(own, higher),
        Normalisation.PERCENTILE: lambda own: mid_rank_percentiles(own, higher),
    }
    for one, of_indicator in expected.items():
        scores = normalised(sign * values, anchors, one)
        by_hand = [[float(of_indicator(columns[key]).get(city, NAN)) for key in columns] for city in cities]
        np.testing.assert_allclose(scores, by_hand, atol=1e-9)
    for key, column in columns.items():
        result = robustness(cities, [Yardstick(key, D(1), higher, ends)], table, settings=FEW)
        if result:
            composite = {city: between_anchors(value, ends, higher) for city, value in column.items()}
            assert {item.city: item.base for item in result.ranges} == competition_ranks(composite)
