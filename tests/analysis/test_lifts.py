"""What lifts a city most: gains recomputed by hand and against the scores themselves, and the laws they obey."""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal as D
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_cells import Number, all_scores, cells

from smartdash.analysis.lifts import (
    AGGREGATIONS,
    Aggregation,
    Lift,
    criterion_lifts,
    gain_per_effort,
    mean_effort,
    one_level_more,
    to_target,
    weight_shares,
)
from smartdash.analysis.survey_cells import NONE, PARTS, SurveyCells
from smartdash.analysis.survey_scores import OVERALL, SurveyScores, united_scores

TWO = {"A0": 1, "A1": 3, "B0": 1}


def lifts(found: SurveyCells, aggregation: Aggregation = "mean", scores: SurveyScores | None = None) -> dict[str, Lift]:
    return {item.criterion: item for item in criterion_lifts(found, scores or all_scores(found), aggregation)}


def raised(found: SurveyCells, key: str, levels: Any) -> SurveyCells:
    """The cells with the column of one criterion replaced."""
    place = [item.key for item in found.criteria].index(key)
    level = found.level.copy()
    level[:, place] = levels[:, place]
    return replace(found, level=level)


def test_the_mean_gains_by_the_weight_of_the_criterion_and_its_dimension() -> None:
    # Dimension A weighs 3 of 4, A1 in it 3 of 4; only the first of two units is below its target.
    found = lifts(cells([[1, 2, 3], [1, 4, 3]], [[3, 4, 3], [3, 4, 3]], weights=TWO, dimensions={"A": 3, "B": 1}))
    step, target = found["A1"].step, found["A1"].target
    assert (step.units, step.rise, step.dimension, step.overall) == (1, D(1), D("0.375"), D("0.28125"))
    assert (target.units, target.rise, target.dimension, target.overall) == (1, D(2), D("0.75"), D("0.5625"))
    assert (found["A0"].step.units, found["A0"].step.dimension, found["A0"].target.dimension) == (
        2,
        D("0.25"),
        D("0.5"),
    )
    assert (found["B0"].step.overall, found["B0"].target.units) == (D(0), 0)


def test_what_does_not_apply_or_is_not_answered_neither_rises_nor_counts() -> None:
    found = lifts(cells([[2, "-"], [2, None], [2, 2]], 5, weights={"A0": 1, "A1": 1}))
    assert (found["A0"].step.units, found["A0"].step.dimension) == (3, D("0.833333"))
    assert (found["A1"].step.units, found["A1"].step.dimension) == (1, D("0.166667"))


def test_the_geometric_mean_rewards_the_weak_criterion_more() -> None:
    found = lifts(cells([[2, 4]], 5), "geometric")
    # Scores 25 and 75; the geometric mean is 43.30, with 50 and 75 it is 61.24, with 25 and 100 it is 50.
    assert found["A0"].step.overall == pytest.approx(D("0.717439"), abs=D("0.000002"))
    assert found["A1"].step.overall == pytest.approx(D("0.267949"), abs=D("0.000002"))


def test_the_weakest_link_gains_only_by_what_binds_alone_and_only_as_far_as_the_next() -> None:
    found = lifts(cells([[1, 2, 4], [3, 2, 4]], 5, weights={"A0": 1, "A1": 1, "A2": 1}), "weakest")
    assert {key: item.step.dimension for key, item in found.items()} == {"A0": D("0.5"), "A1": D("0.5"), "A2": D(0)}
    assert found["A0"].target.dimension == D("0.5")
    tied = lifts(cells([[1, 1]], 5), "weakest")
    assert [item.step.dimension for item in tied.values()] == [0, 0]


def test_overall_the_weakest_link_gains_only_in_the_lowest_dimension() -> None:
    found = lifts(cells([[2, 3, 4]], 5, weights={"A0": 1, "B0": 1, "C0": 1}), "weakest")
    assert {key: item.step.overall for key, item in found.items()} == {"A0": 1, "B0": 0, "C0": 0}
    assert found["A0"].target.overall == 1
    assert found["B0"].step.dimension == 1


def test_a_level_of_its_own_limits_a_step() -> None:
    found = cells([[5, "4.5", 3, None]], [[None, None, "3.5", 4]])
    assert one_level_more(found).tolist() == [[5 * PARTS, 5 * PARTS, 35_000, NONE]]
    assert to_target(found).tolist() == [[5 * PARTS, 45_000, 35_000, NONE]]


def test_a_target_below_the_level_does_not_lower_it() -> None:
    found = cells([[4]], 2)
    assert one_level_more(found).tolist() == to_target(found).tolist() == [[40_000]]


def test_where_too_little_is_answered_there_is_no_level_to_gain_on() -> None:
    found = lifts(cells([[2, None, None, 3]], 5, weights={"A0": 1, "A1": 1, "A2": 1, "B0": 1}))
    # A third of one dimension and all of the other are two thirds overall.
    assert (found["A0"].step.dimension, found["A0"].step.overall) == (None, D("0.5"))
    assert (found["B0"].step.dimension, found["B0"].step.overall) == (D(1), D("0.5"))
    little = lifts(cells([[2, None, None, 3, None]], 5, weights=dict.fromkeys(("A0", "A1", "A2", "B0", "B1"), 1)))
    assert little["B0"].step.overall is None


def test_what_is_withheld_has_no_gain() -> None:
    shy = cells([[2, 2, 2], [2, 2, 2]], 4, raters=[[1, 2, 3], [1, 2, 3]])
    groups = {"administration": ("u0",), "company": ("u1",)}
    found = lifts(shy, scores=all_scores(shy, groups, own=None, everything=False))
    assert (found["A0"].withheld, found["A0"].target.units, found["A0"].target.overall) == (True, 0, None)
    # With the dimension and the rest of its criteria the hidden one could be told, so one more is hidden.
    assert (found["A1"].withheld, found["A1"].target.units) == (True, 0)
    assert (found["A2"].withheld, found["A2"].target.units) == (False, 2)
    assert not any(item.withheld for item in lifts(shy).values())


@pytest.mark.parametrize(
    ("efforts", "points"),
    [({}, None), ({"small": 0, "medium": 0, "large": 0}, None), ({"small": 2}, D(1)), ({"small": 1, "large": 1}, D(2))],
)
def test_effort_is_a_mean_over_who_named_it(efforts: dict[str, int], points: D | None) -> None:
    assert mean_effort(efforts) == points


def test_gain_per_effort_counts_the_levels_to_rise() -> None:
    lift = lifts(cells([[1, 1]], 3))["A0"]
    assert gain_per_effort(lift.step, {"medium": 1}) == D("0.25")
    assert gain_per_effort(lift.target, {"medium": 1}) == D("0.25")
    assert gain_per_effort(lift.step, {}) is None
    assert gain_per_effort(lifts(cells([[3]], 3))["A0"].step, {"small": 1}) is None


def test_the_parts_of_all_criteria_are_one_and_leave_out_what_nobody_asks() -> None:
    found = cells([[1, 1, 1]], weights=TWO, dimensions={"A": 3, "B": 1, "C": 9})
    assert weight_shares(found.dimensions, found.criteria) == {"A0": D("0.1875"), "A1": D("0.5625"), "B0": D("0.25")}


LEVEL = st.sampled_from([None, "-", *(f"{half / 2}" for half in range(2, 11))])
WEIGHT = st.sampled_from(["0.5", "1", "2", "3.25"])


@st.composite
def surveys(draw: st.DrawFn, level: st.SearchStrategy[Any] = LEVEL, aims: bool = False) -> SurveyCells:
    keys = draw(st.sampled_from([("A0",), ("A0", "A1"), ("A0", "A1", "B0"), ("A0", "B0", "B1", "C0")]))
    rows = draw(st.integers(1, 4))
    table = st.lists(st.lists(level, min_size=len(keys), max_size=len(keys)), min_size=rows, max_size=rows)
    target = st.sampled_from([*range(1, 6)]) if aims else st.sampled_from([None, *range(1, 6)])
    targets = st.lists(st.lists(target, min_size=len(keys), max_size=len(keys)), min_size=rows, max_size=rows)
    weights: dict[str, Number] = {key: draw(WEIGHT) for key in keys}
    dimensions: dict[str, Number] = {key: draw(WEIGHT) for key in dict.fromkeys(key[0] for key in keys)}
    return cells(draw(table), draw(targets), weights=weights, dimensions=dimensions)


@given(surveys(), st.sampled_from(AGGREGATIONS))
def test_a_gain_is_the_difference_of_the_scores_themselves(found: SurveyCells, aggregation: Aggregation) -> None:
    """The scores are computed by other code, in decimals and over all of the model."""
    before = united_scores(found)
    for lift in criterion_lifts(found, all_scores(found), aggregation):
        for gain, levels in ((lift.step, one_level_more(found)), (lift.target, to_target(found))):
            after = united_scores(raised(found, lift.criterion, levels))
            for place, own in ((lift.dimension, gain.dimension), (OVERALL, gain.overall)):
                now, then = getattr(before[place], aggregation), getattr(after[place], aggregation)
                assert (own is None) == (now is None)
                if own is not None:
                    # The geometric scores are rounded to six decimals.
                    assert own == pytest.approx(then - now, abs=D("0.000002"))


@given(surveys(), st.sampled_from(AGGREGATIONS))
def test_no_rise_lowers_anything_and_a_target_is_worth_its_own_step_at_least(
    found: SurveyCells, aggregation: Aggregation
) -> None:
    aimed = replace(found, target=np.where(found.target == NONE, found.level, found.target))
    for lift in criterion_lifts(aimed, all_scores(aimed), aggregation):
        for step, target in (
            (lift.step.overall, lift.target.overall),
            (lift.step.dimension, lift.target.dimension),
        ):
            assert (step is None) == (target is None)
            assert (target or D(0)) >= (step or D(0)) >= 0
        assert lift.step.units == lift.target.units
        assert lift.target.units or not lift.target.overall


@given(surveys())
def test_nothing_rises_above_the_highest_level_or_from_nothing(found: SurveyCells) -> None:
    for levels in (one_level_more(found), to_target(found)):
        assert levels.max() <= 5 * PARTS
        assert ((levels >= found.level) & ((levels == found.level) | (found.level != NONE))).all()


@given(surveys(aims=True))
def test_for_the_mean_the_way_to_the_target_is_the_sum_of_its_steps(found: SurveyCells) -> None:
    whole, now = lifts(found), found
    sums = dict.fromkeys(whole, D(0))
    for _ in range(4):
        for key, lift in lifts(now).items():
            sums[key] += lift.step.dimension or 0
        now = replace(now, level=one_level_more(now))
    for key, lift in whole.items():
        # Each of the four steps is rounded to six decimals.
        assert abs((lift.target.dimension or 0) - sums[key]) <= D("0.0000025")


@given(surveys(), st.sampled_from(AGGREGATIONS))
def test_the_scale_of_the_weights_does_not_matter(found: SurveyCells, aggregation: Aggregation) -> None:
    doubled = replace(
        found,
        weight=found.weight * 2,
        dimensions=tuple(item.model_copy(update={"weight": item.weight * 3}) for item in found.dimensions),
    )
    one, other = lifts(found, aggregation), lifts(doubled, aggregation)
    for key, lift in one.items():
        for mine, others in ((lift.step, other[key].step), (lift.target, other[key].target)):
            assert (mine.overall is None) == (others.overall is None)
            assert abs((mine.overall or D(0)) - (others.overall or D(0))) <= D("0.000001")


def test_many_units_and_criteria_take_little_time() -> None:
    random = np.random.default_rng(1)
    keys = [f"{letter}{place}" for letter in "ABCDEFGHIJ" for place in range(10)]
    found = cells(random.integers(1, 6, (500, 100)).tolist(), 5, weights=dict.fromkeys(keys, 1))
    scores = all_scores(found)
    spent = []
    for aggregation in AGGREGATIONS:
        start = time.process_time()
        assert len(criterion_lifts(found, scores, aggregation)) == 100
        spent.append(time.process_time() - start)
    assert max(spent) < 0.2
