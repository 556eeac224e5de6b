"""Limits of a grant's rules, enforced: what exceeds them leaves the eligible cost or the grant."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from smartdash.analysis.apportion import apportioned
from smartdash.analysis.budget import ZERO, cents, cents_below, total_by

_HALF_A_CENT = Fraction(1, 200)

LineYears = Mapping[tuple[str, int], Decimal]
"""An amount in euro by cost line (a leaf) and year."""


@dataclass(frozen=True, slots=True)
class Cap:
    """A limit: what is counted is at most `factor` times the cost of the lines `base`, plus `amount` euro.

    Counted is the eligible cost of `lines` or, with `of_grant`, the part of the grant that falls on `lines` in
    proportion to cost. `years` are summed before they are compared; None: all. With `of_eligible`, the base is what is
    left of its eligible cost. `own_rate`: the limit is the programme's funding rate itself, which a scenario with
    another rate replaces. `rule` names the rule, `place` where it holds (a year, a phase, "" for the whole).
    """

    rule: str
    place: str
    of_grant: bool
    lines: frozenset[str]
    base: frozenset[str] = frozenset()
    factor: Fraction = Fraction(0)
    amount: Fraction = Fraction(0)
    years: frozenset[int] | None = None
    of_eligible: bool = False
    own_rate: bool = False

    def limit(self, costs: LineYears, rounded: int = 0) -> Decimal:
        """The highest amount in whole cents that the limit allows, never below zero.

        A share of the cost may be exceeded by what rounding adds to `rounded` amounts, as the rules allow it.
        """
        exact = self.factor * Fraction(_sum(costs, self.base, self.years)) + self.amount
        slack = _HALF_A_CENT * rounded if self.factor else Fraction(0)
        return max(cents_below(exact + slack), ZERO)


@dataclass(frozen=True, slots=True)
class Cut:
    """What a limit took away: `amount` euro of eligible cost, or of the grant where `of_grant`."""

    rule: str
    place: str
    of_grant: bool
    amount: Decimal


def capped_costs(costs: LineYears, eligible: LineYears, caps: Iterable[Cap]) -> tuple[LineYears, list[Cut]]:
    """The eligible cost within the limits on lines, and what each took away.

    An excess leaves the counted lines and years in proportion to their amounts, to the cent. As a limit may lower what
    another one is measured by, they are applied again until each holds; amounts only ever fall.
    """
    taken = {cap: ZERO for cap in caps if not cap.of_grant}
    if not taken:
        return eligible, []
    left = dict(eligible)
    changed = True
    while changed:
        changed = False
        for cap in taken:
            cells = [cell for cell, amount in left.items() if amount > 0 and _counts(cell, cap.lines, cap.years)]
            excess = sum((left[cell] for cell in cells), ZERO) - cap.limit(left if cap.of_eligible else costs)
            if excess <= 0:
                continue
            for cell, part in zip(cells, apportioned(excess, [left[cell] for cell in cells]), strict=True):
                left[cell] -= part
            taken[cap] += excess
            changed = True
    return left, [Cut(cap.rule, cap.place, False, amount) for cap, amount in taken.items() if amount]


def capped_grant(
    grant: Mapping[int, Decimal], costs: LineYears, eligible: LineYears, caps: Iterable[Cap]
) -> tuple[dict[int, Decimal], list[Cut]]:
    """The grant per year within the limits on the grant, and what each took away, in proportion to the years."""
    left, cuts = dict(grant), []
    on_grant = [cap for cap in caps if cap.of_grant]
    by_year = total_by((year, cost) for (_, year), cost in costs.items()) if on_grant else {}
    for cap in on_grant:
        counted = {year: part for year, part in _falling_on(cap, left, costs, by_year).items() if part > 0}
        base, whole = eligible if cap.of_eligible else costs, sum(counted.values(), ZERO)
        if whole <= cap.limit(base, rounded=len(counted)):
            continue
        excess = whole - cap.limit(base)
        for year, part in zip(counted, apportioned(excess, list(counted.values())), strict=True):
            left[year] -= part
        cuts.append(Cut(cap.rule, cap.place, True, excess))
    return left, cuts


def _falling_on(
    cap: Cap, grant: Mapping[int, Decimal], costs: LineYears, whole: Mapping[int, Decimal]
) -> dict[int, Decimal]:
    """The part of each year's grant that a limit counts, in whole cents; `whole` is the cost of each year."""
    here = total_by((year, cost) for (line, year), cost in costs.items() if line in cap.lines)
    # A grant of a year without cost falls on nothing in particular, and is counted everywhere.
    return {
        year: cents(amount * here.get(year, ZERO) / whole[year]) if whole.get(year) else amount
        for year, amount in grant.items()
        if cap.years is None or year in cap.years
    }


def _sum(costs: LineYears, lines: Collection[str], years: Collection[int] | None) -> Decimal:
    return sum((amount for cell, amount in costs.items() if _counts(cell, lines, years)), ZERO)


def _counts(cell: tuple[str, int], lines: Collection[str], years: Collection[int] | None) -> bool:
    return cell[0] in lines and (years is None or cell[1] in years)
