"""Quantiles of exact numbers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal


def quantile(values: Sequence[Decimal], part: Decimal) -> Decimal | None:
    """The quantile of sorted values by linear interpolation (type 7 of Hyndman and Fan 1996), None without values."""
    if not values:
        return None
    position = part * (len(values) - 1)
    below = int(position)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (position - below)
