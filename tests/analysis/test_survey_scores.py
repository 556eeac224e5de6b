"""Levels of units, groups and the city from a survey's cells, against tables computed by hand, and the laws."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_cells import cells

from smartdash.analysis.survey_scores import (
    OVERALL,
    Score,
    criterion_scores,
    from_score,
    to_score,
    unit_scores,
    united_scores,
)

TWO = {"A0": 1, "A1": 3, "B0": 1}
"""Two dimensions; the second criterion of the first weighs three times as much."""


def rounded(value: D | None) -> str | None:
    return None if value is None else str(value.quantize(D("0.0001")).normalize())


def known(*values: D | None) -> list[D]:
    found = [value for value in values if value is not None]
    assert len(found) == len(values)
    return found


def levels(score: Score) -> list[str | None]:
    return [rounded(value) for value in (score.mean, score.geometric, score.weakest, score.lower, score.upper)]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        # (2·1 + 4·3) / 4 = 3.5; scores 25 and 75: 25^¼ · 75^¾ = 56.9868 → 1 + 4 · 0.569868
        ([2, 4], ["3.5", "3.2795", "2", "3.5", "3.5"]),
        ([5, 5], ["5", "5", "5", "5", "5"]),
        # lowest level: the geometric mean takes a score of 1 instead of 0
        ([1, 1], ["1", "1.04", "1", "1", "1"]),
        # a quarter of the weight is open: 4 for the rest; bounds (1·1 + 4·3)/4 and (5·1 + 4·3)/4
        ([None, 4], ["4", "4", "4", "3.25", "4.25"]),
        # three quarters are open: no level under 60 %, but bounds
        ([4, None], [None, None, None, "1.75", "4.75"]),
        # nothing said, everything possible
        ([None, None], [None, None, None, "1", "5"]),
        # what does not apply has no weight
        (["-", 2], ["2", "2", "2", "2", "2"]),
        ([3, "-"], ["3", "3", "3", "3", "3"]),
        (["-", "-"], [None, None, None, None, None]),
    ],
)
def test_a_units_level_in_a_dimension(answers: list[Any], expected: list[str | None]) -> None:
    score = unit_scores(cells([[*answers, 3]], weights=TWO))["u0", "A"]
    assert levels(score) == expected


def test_coverage_counts_weight_that_applies() -> None:
    found = unit_scores(cells([[None, 4, 3], ["-", None, "-"]], weights=TWO))
    assert [found["u0", "A"].coverage, found["u1", "A"].coverage] == [D("0.75"), D(0)]
    assert found["u1", "B"] == Score()


def test_sixty_percent_are_enough() -> None:
    weights = {f"A{place}": 1 for place in range(5)}
    assert unit_scores(cells([[3, 3, 3, None, None]], weights=weights))["u0", "A"].mean == 3
    assert unit_scores(cells([[3, 3, None, None, None]], weights=weights))["u0", "A"].mean is None


def test_the_city_is_the_mean_of_its_units_and_a_group_of_its_own() -> None:
    found = cells([[2, 2, 1], [4, 4, "-"], [None, 3, 5]], weights=TWO)
    city = united_scores(found)
    assert (city["A"].mean, city["A"].units, city["A"].raters) == (3, 3, 9)
    assert (city["B"].mean, city["B"].units) == (3, 2)
    assert rounded(city["A"].coverage) == "0.9167"
    assert city[OVERALL].mean == 3
    assert united_scores(found, ["u1"])["A"].mean == 4
    assert united_scores(found, ["u0", "u1"])["B"].mean == 1


def test_overall_is_weighted_by_dimension_and_the_weakest_is_the_lowest() -> None:
    score = unit_scores(cells([[2, 2, 5]], weights=TWO, dimensions={"A": 1, "B": 2}))["u0", OVERALL]
    # scores 25 and 100 with weights 1 and 2: (25 · 100²)^⅓ = 62.9961 → 1 + 4 · 0.629961
    assert levels(score) == ["4", "3.5198", "2", "4", "4"]


def test_overall_counts_what_is_known_of_a_dimension_that_shows_no_level() -> None:
    found = unit_scores(
        cells([[5, 5, 5, 1, None, None]], weights=dict.fromkeys(("A0", "A1", "A2", "B0", "B1", "B2"), 1))
    )
    overall = found["u0", OVERALL]
    assert found["u0", "B"].mean is None
    assert (overall.mean, rounded(overall.lower), rounded(overall.upper)) == (3, "3", "4.3333")
    assert rounded(overall.coverage) == "0.6667"


def test_a_criterion_over_all_units() -> None:
    found = criterion_scores(cells([[2, 5], [3, "-"], [4, None]], targets=4))
    assert (found["A0"].mean, found["A0"].weakest, found["A0"].target) == (3, 3, 4)
    # one of two units answers: half is not enough
    assert (found["A1"].mean, found["A1"].coverage, found["A1"].upper) == (None, D("0.5"), 5)


@pytest.mark.parametrize(("scale", "level", "score"), [((0, 7), "3.5", 50), ((0, 100), "37", 37), ((1, 6), "6", 100)])
def test_levels_of_any_scale_are_scores_of_0_to_100(scale: tuple[int, int], level: str, score: int) -> None:
    model = cells([[level]], scale=scale).model
    assert to_score(D(level), model) == score
    assert from_score(D(score), model) == D(level)
    assert unit_scores(cells([[level]], scale=scale))["u0", "A"].mean == D(level)


ANSWER = st.sampled_from([1, 2, 3, 4, 5, None, None, "-"])
TABLE = st.integers(1, 6).flatmap(
    lambda units: st.lists(st.lists(ANSWER, min_size=5, max_size=5), min_size=units, max_size=units)
)
FIVE = {"A0": 1, "A1": 2, "A2": 1, "B0": 3, "B1": "0.5"}


@given(TABLE)
def test_the_bounds_hold_the_mean_and_the_order_of_the_means(table: list[list[Any]]) -> None:
    found = cells(table, weights=FIVE, dimensions={"A": 1, "B": 2})
    for score in (*unit_scores(found).values(), *united_scores(found).values(), *criterion_scores(found).values()):
        if score.mean is None:
            continue
        lower, upper, weakest, geometric = known(score.lower, score.upper, score.weakest, score.geometric)
        assert lower <= score.mean <= upper
        assert weakest <= score.mean + D("1e-9")
        assert geometric <= score.mean + D("0.041")  # a score of 0 counts as 1


@given(TABLE, st.permutations(range(6)), st.integers(1, 9))
def test_the_city_does_not_depend_on_the_order_of_units_or_the_scale_of_weights(
    table: list[list[Any]], order: list[int], factor: int
) -> None:
    before = united_scores(cells(table, weights=FIVE, dimensions={"A": 1, "B": 2}))
    turned = [table[place] for place in order if place < len(table)]
    scaled = {key: D(str(weight)) * factor for key, weight in FIVE.items()}
    after = united_scores(cells(turned, weights=scaled, dimensions={"A": factor, "B": 2 * factor}))
    for key in before:
        assert levels(before[key]) == levels(after[key])
        assert rounded(before[key].coverage) == rounded(after[key].coverage)


@given(TABLE)
def test_what_is_answered_later_lies_within_the_bounds_of_today(table: list[list[Any]]) -> None:
    filled = [[3 if answer is None else answer for answer in row] for row in table]
    before = united_scores(cells(table, weights=FIVE))
    after = united_scores(cells(filled, weights=FIVE))
    for key, score in before.items():
        if (mean := after[key].mean) is not None:
            lower, upper = known(score.lower, score.upper)
            assert lower - D("1e-9") <= mean <= upper + D("1e-9")
