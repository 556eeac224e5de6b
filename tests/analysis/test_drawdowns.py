"""Grant money on hand: first in, first out, its age, its window, and what late use costs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as some

from smartdash.analysis.drawdowns import cash_course, cash_lots, grant_share
from smartdash.analysis.time_limits import period_end, whole_months
from smartdash.model.grants import Drawdown

START = date(2026, 1, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


def draw(key: str, amount: str, paid: int | None, use_by: int | None = None) -> Drawdown:
    return Drawdown(
        programme="p",
        key=key,
        title=key,
        funding_source="federal",
        amount=D(amount),
        planned_on=day(paid or 0),
        paid_on=None if paid is None else day(paid),
        use_by=None if use_by is None else day(use_by),
    )


def window(paid_on: date) -> date:
    return paid_on + timedelta(days=10)


@pytest.mark.parametrize(
    ("start", "months", "days", "end"),
    [
        (date(2026, 1, 31), 1, 0, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, 0, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, 0, date(2025, 2, 28)),
        (date(2025, 12, 31), 2, 0, date(2026, 2, 28)),
        (date(2026, 1, 15), 0, 42, date(2026, 2, 26)),
        (date(2021, 11, 30), 30, 0, date(2024, 5, 30)),
        (date(2026, 1, 15), 1, 1, date(2026, 2, 16)),
    ],
)
def test_a_period_ends_on_the_day_of_the_same_number(start: date, months: int, days: int, end: date) -> None:
    assert period_end(start, months, days) == end


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), 12),
        (date(2024, 2, 29), date(2024, 3, 28), 1),
        (date(2024, 2, 29), date(2024, 3, 29), 2),
        (date(2021, 1, 1), date(2023, 12, 31), 36),
        (date(2024, 1, 15), date(2024, 1, 15), 1),
    ],
)
def test_months_of_a_stretch_count_begun_ones_as_whole(first: date, last: date, months: int) -> None:
    assert whole_months(first, last) == months


@pytest.mark.parametrize(
    ("payments", "as_of", "left", "late", "late_days", "used"),
    [
        ([], 5, ["100", "50"], ["0", "0"], ["0", "0"], [None, None]),
        ([(2, "30")], 9, ["70", "50"], ["0", "0"], ["0", "0"], [None, None]),
        ([(2, "100")], 9, ["0", "50"], ["0", "0"], ["0", "0"], [2, None]),
        ([(2, "30"), (13, "90")], 20, ["0", "30"], ["70", "30"], ["210", "150"], [13, None]),
        ([(10, "100")], 20, ["0", "50"], ["0", "50"], ["0", "250"], [10, None]),
        ([(11, "100")], 20, ["0", "50"], ["100", "50"], ["100", "250"], [11, None]),
        ([(-5, "120")], 5, ["0", "30"], ["0", "0"], ["0", "0"], [0, None]),
        ([(2, "120"), (4, "-40")], 9, ["20", "50"], ["0", "0"], ["0", "0"], [None, None]),
        ([(2, "120"), (4, "-40"), (6, "40")], 9, ["0", "30"], ["0", "0"], ["0", "0"], [6, None]),
        ([(2, "500")], 9, ["0", "0"], ["0", "0"], ["0", "0"], [2, 5]),
    ],
)
def test_what_is_drawn_first_is_spent_first(
    payments: list[tuple[int, str]],
    as_of: int,
    left: list[str],
    late: list[str],
    late_days: list[str],
    used: list[int | None],
) -> None:
    paid = [(day(at), D(amount)) for at, amount in payments]
    lots = cash_lots([draw("b", "50", 5), draw("a", "100", 0)], paid, F(1), day(as_of), window)
    assert [lot.drawdown.key for lot in lots] == ["a", "b"]
    assert [lot.left for lot in lots] == [D(item) for item in left]
    assert [lot.late for lot in lots] == [D(item) for item in late]
    assert [lot.late_days for lot in lots] == [D(item) for item in late_days]
    assert [lot.used_on for lot in lots] == [None if item is None else day(item) for item in used]


def test_age_days_left_and_interest_of_a_drawdown() -> None:
    [late] = cash_lots([draw("a", "100000", 0)], [(day(20), D("40000"))], F(1), day(30), window)
    assert (late.age, late.use_by, late.days_left) == (30, day(10), -20)
    assert late.late_days == D(100000) * 10 + D(60000) * 10
    assert late.interest(D("7.27")) == D("318.68")  # 1,600,000 x 7.27 % / 365 = 318.6849


def test_a_drawdowns_own_day_goes_before_the_window_and_none_is_never_late() -> None:
    lots = cash_lots([draw("a", "10", 0, 3), draw("b", "10", 1)], [], F(1), day(400), lambda paid_on: None)
    assert [(lot.use_by, lot.late, lot.days_left) for lot in lots] == [(day(3), D(10), -397), (None, D(0), None)]


def test_a_drawdown_not_paid_out_is_no_cash_and_a_repayment_takes_the_oldest() -> None:
    drawdowns = [draw("a", "100", 0), draw("b", "50", 5), draw("back", "-100", 8), draw("soon", "70", None)]
    lots = cash_lots(drawdowns, [], F(1), day(9), window)
    assert [(lot.drawdown.key, lot.left, lot.used_on) for lot in lots] == [("a", D(0), day(8)), ("b", D(50), None)]


def test_a_source_pays_its_share_of_each_payment_without_gathering_cents() -> None:
    payments = [(day(at), D("0.01")) for at in range(300)]
    course = cash_course([draw("a", "10", 0)], payments, grant_share(D(1), D(3)), day(299))
    assert (course[-1].drawn, course[-1].spent, course[-1].on_hand) == (D(10), D("1.00"), D("9.00"))
    assert grant_share(D(0), D(0)) == 0


amounts = some.decimals("0.01", "9999.99", places=2)
moves = some.lists(some.tuples(some.integers(0, 200), amounts), max_size=12)


@given(draws=moves, paid=moves, as_of=some.integers(0, 250), parts=some.integers(0, 10))
def test_all_lots_together_are_what_is_drawn_less_what_is_spent(
    draws: list[tuple[int, D]], paid: list[tuple[int, D]], as_of: int, parts: int
) -> None:
    drawdowns = [draw(str(place), str(amount), at) for place, (at, amount) in enumerate(draws)]
    payments = [(day(at), amount) for at, amount in paid]
    share = F(parts, 10)
    lots = cash_lots(drawdowns, payments, share, day(as_of), window)
    course = cash_course(drawdowns, payments, share, day(as_of))
    on_hand = course[-1].on_hand if course else D(0)
    assert sum((lot.left for lot in lots), D(0)) == max(D(0), on_hand)
    for lot in lots:
        assert D(0) <= lot.left <= lot.drawdown.amount
        assert (lot.left == 0) == (lot.used_on is not None)
        assert lot.late_days >= 0
        assert lot.late or not lot.late_days
