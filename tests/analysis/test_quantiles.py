"""Quantiles against values computed by hand."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from smartdash.analysis.quantiles import quantile


@pytest.mark.parametrize(
    ("values", "part", "expected"),
    [
        ([], "0.5", None),
        (["7"], "0.25", "7"),
        (["1", "2", "3", "4"], "0.25", "1.75"),
        (["1", "2", "3", "4"], "0.5", "2.5"),
        (["1", "2", "3", "4", "5"], "0.75", "4"),
        (["1", "2"], "1", "2"),
    ],
)
def test_quantiles_are_interpolated(values: list[str], part: str, expected: str | None) -> None:
    found = quantile([D(value) for value in values], D(part))
    assert found == (None if expected is None else D(expected))
