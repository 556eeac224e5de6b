"""How much of a grant may be called now: for what falls due within the window, less what is still on hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from smartdash.analysis.budget import ZERO, cents_below


@dataclass(frozen=True, slots=True)
class DuePayment:
    """What of a commitment is still to be paid, and when; None: nobody has said."""

    title: str
    due_on: date | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class NextDrawdown:
    """What may be called of one source, in euro.

    `due` are the payments due until `until`, `part` the source's share of them; `on_hand` and `requested` cover a part
    of it already; `granted` is what the plan gives and is not drawn yet. `callable` is what remains, never negative.
    """

    until: date
    due: Decimal
    part: Decimal
    on_hand: Decimal
    requested: Decimal
    granted: Decimal

    @property
    def need(self) -> Decimal:
        """What is needed beyond the money on hand and on its way; negative where it is more than enough."""
        return self.part - self.on_hand - self.requested

    @property
    def callable(self) -> Decimal:
        """What may be called: the need, as far as the grant still has it."""
        return max(ZERO, min(self.need, self.granted))


def next_drawdown(
    payments: Sequence[DuePayment],
    until: date,
    share: Fraction,
    *,
    on_hand: Decimal,
    requested: Decimal,
    granted: Decimal,
) -> NextDrawdown:
    """What may be called for payments that are due up to a day; what is overdue counts, what has no day does not.

    draw <= share x need - cash on hand (ANBest-Gk 1.2: only for payments due within the window, pro rata with the other
    funds); the part is rounded down, so that never a cent too much is called.

    Args:
        payments: What is bound and not yet paid.
        until: The last day of the window of money that would be paid out now.
        share: What the source pays of each payment.
        on_hand: Drawn and not spent, negative where the municipality has paid in advance.
        requested: Requested and not yet paid out.
        granted: What the plan gives of the source, less what was drawn and requested.
    """
    due = sum((item.amount for item in payments if item.due_on is not None and item.due_on <= until), ZERO)
    return NextDrawdown(until, due, cents_below(Fraction(due) * share), on_hand, requested, granted)
