"""What may be called of a grant: what is due within the window, less what is on hand, as far as there is any."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartdash.analysis.next_drawdown import DuePayment, next_drawdown

UNTIL = date(2026, 10, 15)


def due(amount: str, day: date | None = UNTIL) -> DuePayment:
    return DuePayment("x", day, D(amount))


@pytest.mark.parametrize(
    ("payments", "on_hand", "requested", "granted", "need", "callable_"),
    [
        ([], "0", "0", "500", "0.00", "0"),
        ([due("100")], "0", "0", "500", "65.00", "65.00"),
        ([due("100"), due("100", date(2026, 10, 16)), due("100", None)], "0", "0", "500", "65.00", "65.00"),
        ([due("100", date(2026, 1, 1))], "0", "0", "500", "65.00", "65.00"),
        ([due("100")], "20", "10", "500", "35.00", "35.00"),
        ([due("100")], "80", "0", "500", "-15.00", "0"),
        ([due("100")], "-30", "0", "500", "95.00", "95.00"),
        ([due("100")], "0", "0", "40", "65.00", "40"),
        ([due("100")], "0", "0", "-5", "65.00", "0"),
        ([due("0.01")], "0", "0", "500", "0.00", "0"),
    ],
    ids=[
        "nothing due", "all due", "later and undated", "overdue", "on hand and on its way", "enough on hand",
        "paid in advance", "grant nearly used", "grant overdrawn", "less than a cent",
    ],
)  # fmt: skip
def test_what_may_be_called(
    payments: list[DuePayment], on_hand: str, requested: str, granted: str, need: str, callable_: str
) -> None:
    rate = Fraction(65, 100)
    found = next_drawdown(payments, UNTIL, rate, on_hand=D(on_hand), requested=D(requested), granted=D(granted))
    assert (found.need, found.callable) == (D(need), D(callable_))


@given(st.lists(st.integers(0, 10**9)), st.fractions(0, 1), st.integers(0, 10**9))
def test_with_what_is_called_never_more_is_on_hand_than_the_share_of_what_is_due(
    amounts: list[int], share: Fraction, cash: int
) -> None:
    payments = [due(str(D(amount).scaleb(-2))) for amount in amounts]
    on_hand = D(cash).scaleb(-2)
    found = next_drawdown(payments, UNTIL, share, on_hand=on_hand, requested=D(0), granted=D(10**12))
    assert found.callable >= 0
    if found.callable:
        assert Fraction(on_hand + found.callable) <= share * Fraction(found.due)
