"""An amount split into parts that add up to it to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal


def apportioned(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """An amount in euro split in proportion to weights, by the method of the largest remainder.

    Every part is the exact one rounded down or up to the cent, so that none exceeds its weight where the total does
    not exceed their sum; of equal remainders the first is rounded up. Amounts and weights are whole cents.

    Source: Hamilton's method, as used for seats and budgets (Hare/Niemeyer in Germany).

    Raises:
        ZeroDivisionError: the weights add up to nothing.
    """
    parts = [int(weight.scaleb(2)) for weight in weights]
    whole, cents = sum(parts), int(total.scaleb(2))
    if whole < 0:
        parts, whole = [-part for part in parts], -whole
    divided = [divmod(cents * part, whole) for part in parts]
    missing = cents - sum(quotient for quotient, _ in divided)
    # The sort is stable, so that of equal remainders the first is rounded up.
    rounded_up = set(sorted(range(len(parts)), key=lambda place: -divided[place][1])[:missing])
    return [Decimal(quotient + (place in rounded_up)).scaleb(-2) for place, (quotient, _) in enumerate(divided)]
