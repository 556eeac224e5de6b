"""Grant money on hand: what is drawn is spent first in, first out, and has to be spent within a window."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from smartdash.analysis.budget import ZERO, cents, total_by
from smartdash.model.grants import Drawdown

_DAYS_OF_YEAR = 365


@dataclass(frozen=True, slots=True)
class CashPoint:
    """What has been drawn and spent by the end of a day, repayments taken off, in euro."""

    day: date
    drawn: Decimal
    spent: Decimal

    @property
    def on_hand(self) -> Decimal:
        """Drawn and not spent; negative where the municipality has paid in advance."""
        return self.drawn - self.spent


@dataclass(frozen=True, slots=True)
class CashLot:
    """One drawdown that was paid out, on the as-of date, in euro.

    `left` is still on hand; `late` was not spent by `use_by`, whether it is by now or not; `late_days` is what was on
    hand after `use_by` times the days it was; `used_on` is the day on which the last of it was spent.
    """

    drawdown: Drawdown
    paid_on: date
    use_by: date | None
    left: Decimal
    late: Decimal
    late_days: Decimal
    used_on: date | None
    as_of: date

    @property
    def age(self) -> int:
        """Days from the payout to the day it was used up, or to the as-of date."""
        return ((self.used_on or self.as_of) - self.paid_on).days

    @property
    def days_left(self) -> int | None:
        """Days on which it may still be spent after the as-of date; negative when over, None without a window."""
        return None if self.use_by is None else (self.use_by - self.as_of).days

    def interest(self, percent: Decimal) -> Decimal:
        """Interest that may be asked for late use: on each late euro per day, at a rate per year (of 365 days).

        § 49a Abs. 4 and 3 VwVfG; the rate is five points above the base rate. Counted from the day after `use_by`.
        """
        return cents(self.late_days * percent / 100 / _DAYS_OF_YEAR)


def grant_share(part: Decimal, whole: Decimal) -> Fraction:
    """What a source pays of each payment: its share in the plan, nothing where nothing is planned."""
    return Fraction(part) / Fraction(whole) if whole else Fraction(0)


def cash_course(
    drawdowns: Iterable[Drawdown], payments: Iterable[tuple[date, Decimal]], share: Fraction, as_of: date
) -> list[CashPoint]:
    """Drawn and spent by the end of each day on which one of them changed, up to the as-of date.

    Args:
        drawdowns: The drawdowns of one source; those not yet paid out do not count, repayments are negative.
        payments: What was paid for the programme by day, in euro; credits are negative.
        share: What the source pays of each payment (pro rata with the other funds, ANBest-Gk 1.2); exact, so that the
            cents of the payments never add up to a difference.
        as_of: The day on which is looked.
    """
    received = ((item.paid_on, item.amount) for item in drawdowns if item.paid_on is not None)
    drawn = total_by((day, amount) for day, amount in received if day <= as_of)
    paid = total_by((day, amount) for day, amount in payments if day <= as_of)
    points, drawn_sum, paid_sum = [], ZERO, ZERO
    for day in sorted({*drawn, *paid}):
        drawn_sum += drawn.get(day, ZERO)
        paid_sum += paid.get(day, ZERO)
        spent = cents(paid_sum * share.numerator / share.denominator)
        points.append(CashPoint(day, drawn_sum, spent))
    return points


def cash_lots(
    drawdowns: Sequence[Drawdown],
    payments: Iterable[tuple[date, Decimal]],
    share: Fraction,
    as_of: date,
    window: Callable[[date], date | None],
) -> list[CashLot]:
    """Each drawdown of a source that was paid out, oldest first, spent first in, first out.

    What was paid before a drawdown has used it up on the day it came. A credit gives back what was spent last; a
    repayment leaves the oldest money on hand.

    Args:
        drawdowns: As for `cash_course`.
        payments: As for `cash_course`.
        share: As for `cash_course`.
        as_of: As for `cash_course`.
        window: The last day on which money paid out on a day may be spent, None where that is not known; a drawdown's
            own `use_by` goes first.
    """
    gone = _gone(drawdowns, payments, share, as_of)
    lots, before = [], ZERO
    received = [(item.paid_on, item.key, item) for item in drawdowns if item.amount > 0 and item.paid_on is not None]
    for paid_on, _, item in sorted(row for row in received if row[0] <= as_of):
        course = [(day, min(item.amount, max(ZERO, before + item.amount - amount))) for day, amount in gone]
        lots.append(_lot(item, paid_on, item.use_by or window(paid_on), course, as_of))
        before += item.amount
    return lots


def _gone(
    drawdowns: Sequence[Drawdown], payments: Iterable[tuple[date, Decimal]], share: Fraction, as_of: date
) -> list[tuple[date, Decimal]]:
    """What has left the grant's cash by the end of each day: spent, or paid back."""
    back = [item for item in drawdowns if item.amount < 0]
    spent = cash_course(back, payments, share, as_of)
    return [(point.day, point.spent - point.drawn) for point in spent]


def _lot(
    item: Drawdown, paid_on: date, use_by: date | None, course: Sequence[tuple[date, Decimal]], as_of: date
) -> CashLot:
    """A lot from what is left of it by the end of each day; before the first of them it is whole."""
    days = [day for day, _ in course]

    def left(day: date) -> Decimal:
        place = bisect_right(days, day)
        return course[place - 1][1] if place else item.amount

    changes = [paid_on, *(day for day in days if day > paid_on)]
    late, late_days = ZERO, ZERO
    if use_by is not None and use_by < as_of:
        since = max(use_by, paid_on)
        late = left(since)
        steps = [since, *(day for day in changes if since < day < as_of), as_of]
        late_days = sum((left(first) * (last - first).days for first, last in pairwise(steps)), ZERO)
    still = max((place for place, day in enumerate(changes) if left(day)), default=-1)
    used_on = changes[still + 1] if still + 1 < len(changes) else None
    return CashLot(item, paid_on, use_by, left(as_of), late, late_days, used_on, as_of)
