"""Carried-over money: what of it is spent and bound, and how long it may still be spent.

Carried-over money is spent first, what expires first before the rest: only so nothing is lost that could be kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from smartdash.analysis.budget import ZERO
from smartdash.analysis.status import Status, thresholds
from smartdash.model.appropriations import BudgetCarryOver


@dataclass(frozen=True, slots=True)
class CarriedMoney:
    """A carry-over on a day, in euro: what is spent of it by year, and what open commitments claim of the rest."""

    carry_over: BudgetCarryOver
    spent_in: Mapping[int, Decimal]
    bound: Decimal
    as_of: date

    @property
    def spent(self) -> Decimal:
        """What has been paid out of it."""
        return sum(self.spent_in.values(), ZERO)

    @property
    def unspent(self) -> Decimal:
        """What has not been paid out of it."""
        return self.carry_over.amount - self.spent

    @property
    def free(self) -> Decimal:
        """What is neither paid nor bound of it."""
        return self.unspent - self.bound

    @property
    def days_left(self) -> int | None:
        """Days on which it may still be spent after this one: 0 on the last, negative when over, None if not known."""
        expires = self.carry_over.expires_on
        return None if expires is None else (expires - self.as_of).days

    @property
    def last_year(self) -> int:
        """The year in which what is unspent now stands: money that lives on goes from year to year until it expires."""
        expires = self.carry_over.expires_on
        return max(self.carry_over.year, min(self.as_of.year, expires.year if expires else self.as_of.year))

    def by_year(self) -> dict[int, Decimal]:
        """The amount by the year in which it was spent, or still may be."""
        years = defaultdict(lambda: ZERO, self.spent_in)
        years[self.last_year] += self.unspent
        return years

    @property
    def lapsed(self) -> Decimal:
        """What expired unspent."""
        return self.unspent if self.days_left is not None and self.days_left < 0 else ZERO

    @property
    def status(self) -> Status:
        """Whether money is about to be lost; what is bound already is one step less urgent."""
        days, limits = self.days_left, thresholds(self.as_of)
        if not self.unspent:
            return Status.DONE
        if days is None:
            return Status.UNKNOWN
        if days < 0:
            return Status.CRITICAL
        if days <= limits.expiry_critical:
            return Status.CRITICAL if self.free else Status.AT_RISK
        return Status.AT_RISK if self.free and days <= limits.expiry_at_risk else Status.ON_TRACK


def carried_money(
    carry_overs: Sequence[BudgetCarryOver],
    paid: Mapping[tuple[str, date], Decimal],
    committed: Mapping[tuple[str, int], Decimal],
    as_of: date,
) -> list[CarriedMoney]:
    """Each carry-over with what is spent and bound of it, what expires first on top.

    Args:
        carry_overs: The carry-overs.
        paid: What was paid by cost line and day; a credit gives back what was spent last.
        committed: Open commitments by cost line and budget year.
        as_of: The day on which is looked.
    """
    by_line: dict[str, list[BudgetCarryOver]] = defaultdict(list)
    for item in sorted(carry_overs, key=_urgency):
        by_line[item.cost_line].append(item)
    payments: dict[str, list[tuple[date, Decimal]]] = defaultdict(list)
    for (line, day), amount in sorted(paid.items(), key=lambda pair: pair[0][1]):
        payments[line].append((day, amount))
    found = []
    for line, items in by_line.items():
        spent = _spent(items, payments[line])
        claims = {year: amount for (its, year), amount in committed.items() if its == line}
        for item in items:
            money = CarriedMoney(item, spent[item.key], ZERO, as_of)
            bound = ZERO if money.lapsed else _claimed(money, claims)
            found.append(replace(money, bound=bound))
    return sorted(found, key=lambda item: _urgency(item.carry_over))


def _urgency(item: BudgetCarryOver) -> tuple[date, int, str]:
    return (item.expires_on or date.max, item.from_year, item.cost_line)


def _claimed(money: CarriedMoney, claims: dict[int, Decimal]) -> Decimal:
    """What commitments of the years in which the money may be spent claim of it; they claim no more of other money."""
    rest = money.unspent
    for year in range(money.carry_over.year, money.last_year + 1):
        taken = min(rest, claims.get(year, ZERO))
        if taken:
            claims[year] -= taken
            rest -= taken
    return money.unspent - rest


def _spent(items: Sequence[BudgetCarryOver], payments: Sequence[tuple[date, Decimal]]) -> dict[str, dict[int, Decimal]]:
    """What of each carry-over of a line is spent by year; `items` are in the order in which they are used."""
    spent: dict[str, dict[int, Decimal]] = {item.key: {} for item in items}
    whole = {item.key: ZERO for item in items}
    beyond = ZERO
    first = min(item.year for item in items)
    for day, amount in (payment for payment in payments if payment[0].year >= first):
        alive = [item for item in items if day.year >= item.year and (item.expires_on or date.max) >= day]
        # A credit first gives back what was paid beyond the carried-over money; a payment first uses up a credit.
        settled = max(amount, min(ZERO, -beyond)) if amount < 0 else min(amount, max(ZERO, -beyond))
        beyond, rest = beyond + settled, amount - settled
        for item in alive if rest > 0 else reversed(alive):
            taken = max(-whole[item.key], rest) if rest < 0 else min(item.amount - whole[item.key], rest)
            if taken:
                whole[item.key] += taken
                spent[item.key][day.year] = spent[item.key].get(day.year, ZERO) + taken
                rest -= taken
        beyond += rest
    return spent
