"""Sums over the tree of a plan: what leaves come to in every scope, and printed totals recomputed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartdash.analysis.plan_sums import PlanSums, recomputed, sums_below
from smartdash.model.money import CostLine, StatedSubject, StatedTotal

_TREE = [
    CostLine(programme="p", key=key, title=key, parent=parent)
    for key, parent in (("1", None), ("1.1", "1"), ("1.1.1", "1.1"), ("1.1.2", "1.1"), ("1.2", "1"), ("2", None))
]
_CENTS = st.decimals(-10_000, 10_000, places=2)
_AMOUNTS = st.lists(st.tuples(st.sampled_from(("1.1.1", "1.1.2", "1.2", "2")), st.integers(2026, 2028), _CENTS))


@given(_AMOUNTS)
def test_leaves_sum_to_the_totals_in_every_scope(amounts: list[tuple[str, int, Decimal]]) -> None:
    sums = sums_below(_TREE, amounts)

    def at(node: str | None, year: int | None) -> Decimal:
        return sums.get((node, year), Decimal(0))

    for year in (2026, 2027, 2028, None):
        assert at("1.1", year) == at("1.1.1", year) + at("1.1.2", year)
        assert at("1", year) == at("1.1", year) + at("1.2", year)
        assert at(None, year) == at("1", year) + at("2", year)
        assert at(None, year) == sum(amount for _, own, amount in amounts if year in (None, own))
    some = {place: amount for place, amount in sums.items() if place[0] in ("1.1", None)}
    assert sums_below(_TREE, amounts, {"1.1"}) == some
    for node in ("1", "1.1", "2", None):
        assert at(node, None) == sum(at(node, year) for year in (2026, 2027, 2028))


_SUMS = PlanSums(
    cost={(None, None): Decimal(300), (None, 2026): Decimal(100), ("1", 2026): Decimal(40)},
    inside={(None, None): Decimal(300), (None, 2026): Decimal(90), ("own", 2026): Decimal(30)},
    funding={
        (None, None): Decimal(350),
        (None, 2026): Decimal(140),
        ("own", 2026): Decimal(30),
        ("x", 2026): Decimal(50),
    },
)


@pytest.mark.parametrize(
    ("subject", "values", "expected"),
    [
        (StatedSubject.COST, {}, 300),
        (StatedSubject.COST, {"year": 2026}, 100),
        (StatedSubject.COST, {"year": 2026, "cost_line": "1"}, 40),
        (StatedSubject.COST, {"year": 2027, "cost_line": "1"}, 0),
        (StatedSubject.FUNDING, {"year": 2026}, 90),
        (StatedSubject.FUNDING, {"year": 2026, "includes_outside": True}, 140),
        (StatedSubject.FUNDING, {"year": 2026, "funding_source": "x"}, 50),
        (StatedSubject.CONTROL, {"year": 2026}, -10),
        (StatedSubject.SHARE, {"year": 2026, "funding_source": "own"}, "33.33"),
        (StatedSubject.SHARE, {"year": 2027, "funding_source": "own"}, None),
    ],
)
def test_a_printed_total_is_recomputed_from_what_it_sums_up(
    subject: StatedSubject, values: dict[str, Any], expected: int | str | None
) -> None:
    stated = StatedTotal(programme="p", plan_version="v", code="x", label="x", subject=subject, amount=Decimal(0),
                         **values)  # fmt: skip
    assert recomputed(_SUMS, stated) == (None if expected is None else Decimal(expected))
