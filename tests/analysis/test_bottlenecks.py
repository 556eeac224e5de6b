"""What binds under the weakest link, and by group of units only where enough people answered."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from made_cells import all_scores, cells

from smartdash.analysis.bottlenecks import Binding, Bottleneck, bottlenecks
from smartdash.analysis.survey_cells import SurveyCells

GROUPS = {"administration": ("u0", "u1"), "company": ("u2",)}


def found(table: SurveyCells, own: str | None = None, everything: bool = False) -> tuple[Bottleneck, ...]:
    scores = all_scores(table, GROUPS, own=own, everything=everything)
    return bottlenecks(table, scores, GROUPS, own, everything=everything)


def test_the_lowest_criteria_of_each_unit_are_counted_most_binding_first() -> None:
    # u0: A0 alone; u1: A0 and A1 together; u2: A1 alone, as far as the next level allows half a level.
    only, empty = found(cells([[1, 3, 4, 2], [2, 2, 4, 2], ["3", "2.5", 3, None]], 5, weights=ABOVE))
    assert only == Bottleneck(
        "A",
        3,
        D("2.5") / 3,
        (
            Binding("A0", 2, 1, {"administration": 2, "company": 0}),
            Binding("A1", 2, 1, {"administration": 1, "company": 1}),
        ),
        withheld=False,
    )
    assert (empty.told, empty.together) == (2, D(1))


ABOVE = {"A0": 1, "A1": 1, "A2": 1, "B0": 1}


def test_what_is_lowest_does_not_rise_above_its_target() -> None:
    assert found(cells([[1, 4], [2, 4], [2, 4]], [[1, 5], [2, 5], [3, 5]]))[0].together == D(1) / 3


@pytest.mark.parametrize(
    ("own", "everything", "groups"),
    [
        (None, False, None),
        ("u2", False, {"administration": 2, "company": 1}),
        ("u0", False, None),
        (None, True, {"administration": 2, "company": 1}),
    ],
)
def test_groups_are_told_only_where_enough_others_answered(
    own: str | None, everything: bool, groups: dict[str, int] | None
) -> None:
    shy = cells([[1, 2], [1, 2], [1, 2]], 5, raters=[[3, 3], [2, 3], [1, 3]])
    (only,) = found(shy, own, everything)
    assert [(item.criterion, item.units, item.groups) for item in only.bindings] == [("A0", 3, groups)]


def test_a_dimension_that_is_withheld_tells_nothing() -> None:
    (only,) = found(cells([[1, 2], [None, None], [None, None]], 5, raters=2))
    assert only == Bottleneck("A", 0, None, (), withheld=True)


def test_where_nobody_answered_nothing_binds() -> None:
    (only,) = found(cells([[None, None]] * 3, 5))
    assert (only.told, only.together, only.bindings, only.withheld) == (0, None, (), False)
