"""Splitting an amount: the parts add up to it, and each is the exact one rounded down or up."""

from __future__ import annotations

from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartdash.analysis.apportion import apportioned

AMOUNT = st.integers(-(10**11), 10**11).map(lambda cents: D(cents).scaleb(-2))
WEIGHT = st.integers(0, 10**11).map(lambda cents: D(cents).scaleb(-2))


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        ("1.00", ("1", "1", "1"), ("0.34", "0.33", "0.33")),
        ("0.01", ("1", "2"), ("0.00", "0.01")),
        ("-1.00", ("1", "1", "1"), ("-0.33", "-0.33", "-0.34")),
        ("10.00", ("0", "5"), ("0.00", "10.00")),
        ("0.00", ("3", "4"), ("0.00", "0.00")),
        ("1.00", ("-1", "-3"), ("0.25", "0.75")),
        ("2.00", ("4", "-2"), ("4.00", "-2.00")),
    ],
)
def test_an_amount_is_split(total: str, weights: tuple[str, ...], parts: tuple[str, ...]) -> None:
    assert apportioned(D(total), [D(weight) for weight in weights]) == [D(part) for part in parts]


def test_nothing_is_split_by_nothing() -> None:
    with pytest.raises(ZeroDivisionError):
        apportioned(D(1), [D(0), D(0)])


@given(AMOUNT, st.lists(WEIGHT, min_size=1).filter(any))
def test_parts_close_and_are_never_a_cent_from_the_exact_ones(total: D, weights: list[D]) -> None:
    parts = apportioned(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(Fraction(part) - Fraction(total) * Fraction(weight) / Fraction(sum(weights))) < Fraction(1, 100)
        assert part.as_tuple().exponent == -2


@given(st.lists(WEIGHT, min_size=1).filter(any), st.integers(0, 100))
def test_no_part_exceeds_its_weight_where_the_whole_does_not(weights: list[D], hundredths: int) -> None:
    total = (sum(weights, D(0)) * hundredths / 100).quantize(D("0.01"))
    assert all(0 <= part <= weight for part, weight in zip(apportioned(total, weights), weights, strict=True))
