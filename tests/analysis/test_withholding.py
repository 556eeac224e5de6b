"""Nobody can tell from what is shown what fewer than three people said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_cells import Number, all_scores, cells

from smartdash.analysis.bottlenecks import bottlenecks
from smartdash.analysis.lifts import criterion_lifts
from smartdash.analysis.seen_scores import seen_scores
from smartdash.analysis.survey_scores import OVERALL
from smartdash.analysis.withholding import FEWEST_RATERS, may_be_told, withheld_units


@pytest.mark.parametrize(
    ("raters", "own", "hidden"),
    [
        ({}, None, set()),
        ({"a": 3, "b": 4}, None, set()),
        # one small unit alone could be subtracted from the total, so the next smallest is hidden with it
        ({"a": 2, "b": 4, "c": 3}, None, {"a", "c"}),
        ({"a": 2, "b": 3, "c": 3}, None, {"a", "b"}),
        # together they are three people
        ({"a": 2, "b": 1, "c": 5}, None, {"a", "b"}),
        ({"a": 1, "b": 1, "c": 5}, None, {"a", "b", "c"}),
        # not even the total
        ({"a": 2}, None, None),
        ({"a": 1, "b": 1}, None, None),
        # nobody answered: nothing to hide
        ({"a": 0, "b": 3}, None, set()),
        # the own unit is known to the reader and protects nobody
        ({"a": 2, "b": 4}, "a", set()),
        ({"a": 2, "b": 2, "c": 3}, "a", {"b", "c"}),
        ({"a": 2, "b": 2}, "a", None),
        ({"a": 5}, "a", set()),
    ],
)
def test_which_units_are_hidden(raters: dict[str, int], own: str | None, hidden: set[str] | None) -> None:
    assert withheld_units({unit: (number,) for unit, number in raters.items()}, own) == hidden


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 6), max_size=8),
    st.sampled_from([None, "a", "b"]),
)
def test_what_is_hidden_is_always_of_three_people_or_more(raters: dict[str, int], own: str | None) -> None:
    hidden = withheld_units({unit: (number,) for unit, number in raters.items()}, own)
    others = {unit: number for unit, number in raters.items() if unit != own}
    if hidden is None:
        assert 0 < sum(others.values()) < FEWEST_RATERS
        return
    assert may_be_told(others[unit] for unit in hidden)
    assert all(number == 0 or number >= FEWEST_RATERS for unit, number in others.items() if unit not in hidden)
    assert own not in hidden


GROUPS = {"administration": ("u0", "u1", "u2"), "company": ("u3", "u4")}


def test_groups_are_hidden_where_one_of_them_would_tell() -> None:
    found = cells([[1], [2], [3], [4], [5]], raters=[[3], [3], [4], [2], [0]])
    scores = all_scores(found, GROUPS, own=None)
    # the companies are two people in all: with the groups shown, their mean would be those two
    assert all(scores.groups[group, "A"].withheld for group in GROUPS)
    assert not scores.city["A"].withheld
    assert {unit for unit in found.units if scores.cells[unit, "A"].withheld} == {"u0", "u3"}
    everything = all_scores(found, GROUPS)
    assert not any(score.withheld for score in (*everything.cells.values(), *everything.groups.values()))


def test_a_hidden_dimension_hides_what_overall_would_tell_of_it() -> None:
    found = cells([[1, 5], [2, 4], [3, 3]], weights={"A0": 1, "B0": 1}, raters=[[3, 1], [3, 3], [3, 3]])
    scores = seen_scores(found, {"administration": found.units}, None)
    assert {place for place, score in scores.cells.items() if score.withheld} == {
        ("u0", "B"),
        ("u1", "B"),
        ("u0", OVERALL),
        ("u1", OVERALL),
    }
    assert not scores.city[OVERALL].withheld


def test_a_withheld_score_says_nothing_at_all() -> None:
    found = cells([[1], [2], [3]], raters=[[2], [3], [3]])
    hidden = seen_scores(found, {"administration": found.units}, None).cells["u0", "A"]
    assert hidden.withheld
    assert (hidden.mean, hidden.lower, hidden.coverage, hidden.raters, hidden.answered) == (None, None, None, 0, 0)


def test_a_criterion_that_two_people_answered_is_withheld_and_its_effort_too() -> None:
    weights = {"A0": 1, "B0": 1, "B1": 1, "B2": 1}
    raters = [[2, 2, 2, 2], [2, 0, 2, 3]]
    found = cells([[1, 2, 2, 2], [3, None, 3, 3]], weights=weights, raters=raters, efforts=(1, 0, 2))
    scores = seen_scores(found, {"administration": found.units}, None)
    # with one criterion of a dimension hidden, the dimension would tell of it, so a second one is
    assert [scores.criteria[key].withheld for key in weights] == [False, True, True, False]
    assert (scores.efforts["A0"], scores.efforts["B0"]) == ({"small": 2, "medium": 0, "large": 4}, {})
    # who belongs to the first unit knows what it said, so the rest is what two people said
    own = seen_scores(found, {"administration": found.units}, "u0")
    assert own.criteria["A0"].withheld
    assert own.cells["u0", "A"].weakest == 1


@pytest.mark.parametrize(
    ("levels", "raters", "hidden"),
    [
        # u3 is hidden with u0. Who answered both may have said less on A0 and more on A1, and u3 and u0 the opposite.
        ([["-", 4, 2], [4, 3, 1], [2, 2, 3], [5, "-", 3]], [[0, 3, 3], [3, 3, 3], [3, 3, 3], [1, 0, 3]], False),
        # The others answered A0 only, so they show what they said on it, and the rest of A0 is one person.
        ([["-", 4, 2], [4, "-", 1], [2, "-", 3], [5, "-", 3]], [[0, 3, 3], [3, 0, 3], [3, 0, 3], [1, 0, 3]], True),
    ],
)
def test_a_criterion_is_hidden_where_it_and_the_units_shown_would_tell_of_one_person(
    levels: list[list[Number]], raters: list[list[int]], hidden: bool
) -> None:
    found = cells(levels, weights={"A0": 1, "A1": 1, "B0": 1}, raters=raters)
    scores = seen_scores(found, {"administration": found.units}, None)
    assert scores.cells["u3", "A"].withheld
    assert not scores.city["A"].withheld
    assert scores.criteria["A0"].withheld is hidden


def test_a_hidden_criterion_is_not_protected_by_one_that_nobody_answered() -> None:
    weights = {"A0": 1, "A1": 1, "A2": 1}
    found = cells([[1, 2, None], [3, "-", None]], weights=weights, raters=[[3, 2, 0], [3, 0, 0]])
    scores = seen_scores(found, {"administration": found.units}, None)
    assert [scores.criteria[key].withheld for key in weights] == [True, True, False]


def test_that_nothing_applies_is_what_two_people_said() -> None:
    found = cells([["-"], [2], [3]], raters=[[0], [3], [3]])
    two = replace(found, heard=np.array([[2], [3], [3]]))
    for table, hidden in ((found, set()), (two, {"u0", "u1"})):
        scores = seen_scores(table, {"administration": table.units}, None)
        assert {unit for unit in table.units if scores.cells[unit, "A"].withheld} == hidden


def test_the_target_and_the_effort_that_one_person_named_are_not_told() -> None:
    found = cells([[1], [2], [3]], 4, efforts=(1, 0, 0))
    one = replace(
        found, aiming=np.array([[1], [0], [0]]), aimed=np.array([[1], [0], [0]]), efforts=np.eye(3, dtype=int)[:, None]
    )
    one.efforts[1:] = 0
    groups = {"administration": found.units}
    for table, target, effort in ((found, 4, {"small": 3, "medium": 0, "large": 0}), (one, None, {})):
        scores = seen_scores(table, groups, None)
        assert (scores.cells["u0", "A"].target, scores.city["A"].target, scores.criteria["A0"].target) == (target,) * 3
        assert scores.efforts["A0"] == effort
        assert scores.city["A"].mean == 2
        assert criterion_lifts(table, scores, "mean")[0].withheld is (target is None)
        assert (bottlenecks(table, scores, groups, None, everything=False)[0].together is None) is (target is None)
    assert seen_scores(one, groups, None, everything=True).cells["u0", "A"].target == 4


def test_what_one_unit_agreed_on_is_not_told_by_the_difference_to_its_answers() -> None:
    found = cells([[1], [2], [3]], raters=[[2], [3], [3]])
    for agreed, withheld in (([True, False, False], True), ([True, True, False], False), ([False, False, True], False)):
        table = replace(found, agreed=np.array(agreed)[:, None], settled=True)
        scores = seen_scores(table, {"administration": found.units}, None)
        assert scores.city["A"].withheld is withheld
        assert scores.criteria["A0"].withheld is withheld
        answers = seen_scores(replace(table, settled=False), {"administration": found.units}, None)
        assert not answers.city["A"].withheld
        hidden = ({unit for unit in found.units if one.cells[unit, "A"].withheld} for one in (scores, answers))
        assert next(hidden) == next(hidden), "or both together would tell the hidden ones apart"
