"""Plan, actual and funding per line and year; person-days with dated value-added tax. Decimal throughout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TypeVar

from smartdash.analysis.trees import ancestors
from smartdash.model.money import CostLine, FundingAmount, FundingSource, PlanStatus, PlanVersion
from smartdash.model.spending import PersonDayBudget, VatRate

Group = TypeVar("Group")

CENT = Decimal("0.01")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class PersonDays:
    """A person-day budget recomputed: days, net, value-added tax and gross in euro (tax unknown: None)."""

    budget: PersonDayBudget
    days: Decimal
    net: Decimal
    vat: Decimal | None
    gross: Decimal | None


def cents(amount: Decimal) -> Decimal:
    """An amount rounded half up to the cent, away from zero for credits."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def cents_below(exact: Fraction) -> Decimal:
    """An exact amount in euro rounded down to the cent, so that a limit is never exceeded."""
    return Decimal(exact.numerator * 100 // exact.denominator).scaleb(-2)


def as_decimal(exact: Fraction) -> Decimal:
    """An exact number as far as a decimal one reaches, to be written; comparisons stay with the exact one."""
    return Decimal(exact.numerator) / exact.denominator


def with_tax(net: Decimal, percent: Decimal) -> Decimal:
    """A net amount with value-added tax, rounded half up once."""
    return cents(net * (100 + percent) / 100)


def current_plan(versions: Sequence[PlanVersion], as_of: date) -> PlanVersion | None:
    """The plan version in force on a day: the newest valid one, else the first to become valid.

    A working state is never in force, unless there is nothing else.
    """
    decided = [version for version in versions if version.status is not PlanStatus.WORKING]
    dated = sorted(decided or versions, key=lambda version: (version.valid_from or date.min, version.key))
    valid = [version for version in dated if (version.valid_from or date.min) <= as_of]
    return next(iter(valid[-1:] or dated[:1]), None)


def total_by(pairs: Iterable[tuple[Group, Decimal]]) -> dict[Group, Decimal]:
    """The sum of the amounts of each group, in the order in which the groups appear."""
    totals: dict[Group, Decimal] = {}
    for group, amount in pairs:
        totals[group] = totals.get(group, ZERO) + amount
    return totals


def top_line_of(lines: Sequence[CostLine]) -> dict[str, str]:
    """The key of the top-level line that each line belongs to.

    A single line above all others tells nothing apart; then the lines below it are the top level, and it is its own.
    """
    keys = {line.key for line in lines}
    parent_of = {line.key: line.parent if line.parent in keys else None for line in lines}
    top: str | None = None
    heads = [key for key, parent in parent_of.items() if parent is None]
    while len(heads) == 1 and (below := [key for key, parent in parent_of.items() if parent == heads[0]]):
        top, heads = heads[0], below
    chains = ancestors(lines)
    return {key: next((above for above in chain if parent_of[above] == top), key) for key, chain in chains.items()}


def eligible_lines(lines: Sequence[CostLine]) -> frozenset[str]:
    """The cost lines that count towards the grant: neither they nor any line above is marked as not eligible."""
    barred = {line.key for line in lines if not line.eligible}
    return frozenset(key for key, chain in ancestors(lines).items() if barred.isdisjoint(chain))


def inside_plan(sources: Sequence[FundingSource]) -> frozenset[str]:
    """The sources that cover the eligible cost: neither they nor any source above stands outside the plan."""
    outside = {source.key for source in sources if source.outside_plan}
    return frozenset(key for key, chain in ancestors(sources).items() if outside.isdisjoint(chain))


def plan_funding(sources: Sequence[FundingSource], amounts: Iterable[FundingAmount]) -> list[FundingAmount]:
    """The funding amounts that cover the eligible costs: those of sources inside the plan."""
    inside = inside_plan(sources)
    return [amount for amount in amounts if amount.funding_source in inside]


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """Part of a whole as a fraction; None where the whole is zero. A total share is a ratio of sums."""
    return part / whole if whole else None


def vat_percent(rates: Sequence[VatRate], day: date) -> Decimal | None:
    """The standard rate of value-added tax in force on a day, or None where none is known (§ 12 Abs. 1 UStG)."""
    valid = [rate for rate in rates if rate.valid_from <= day and (rate.valid_to is None or day <= rate.valid_to)]
    return max(valid, key=lambda rate: rate.valid_from).percent if valid else None


def months(start: date, end: date) -> list[date]:
    """The last day of each calendar month touched by a period."""
    ends = []
    first = start.replace(day=1)
    while first <= end:
        following = (first + timedelta(days=32)).replace(day=1)
        ends.append(following - timedelta(days=1))
        first = following
    return ends


def person_days(budget: PersonDayBudget, rates: Sequence[VatRate]) -> PersonDays:
    """A person-day budget as days, net, value-added tax and gross.

    Days = days per month x months; net = days x rate; tax by the rate at each month's end, rounded half up once per
    rate. A month without a known rate leaves tax and gross unknown.
    """
    monthly = budget.days_per_month * budget.rate
    spans = months(budget.start, budget.end)
    net_by_rate = total_by((vat_percent(rates, month), monthly) for month in spans)
    days = budget.days_per_month * len(spans)
    net = cents(days * budget.rate)
    if None in net_by_rate:
        return PersonDays(budget, days, net, None, None)
    vat = sum((cents(part * percent / 100) for percent, part in net_by_rate.items() if percent is not None), ZERO)
    return PersonDays(budget, days, net, vat, net + vat)
