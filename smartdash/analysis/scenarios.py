"""What a scenario makes of a plan version: cost, grant, third-party money and own share per year, to the cent.

The order is always the same. Prices change the cost of the lines; limits lower the eligible cost; the grant follows
from it; the municipality pays what nobody else pays; a delay moves all of it. The plan itself is the scenario without
assumptions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from smartdash.analysis.apportion import apportioned
from smartdash.analysis.budget import ZERO, cents, eligible_lines, total_by
from smartdash.analysis.scenario_caps import Cap, Cut, LineYears, capped_costs, capped_grant
from smartdash.analysis.trees import ancestors
from smartdash.model.money import CostLine, FunderKind
from smartdash.model.scenarios import Scenario, ScenarioPrice

PUBLIC_MONEY = (FunderKind.FEDERAL, FunderKind.STATE, FunderKind.EU)
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class PlanMoney:
    """A plan version in euro and whole cents.

    `costs` by cost line (leaves only) and year; `givers` says whose money each source inside the plan is, `funding`
    what it gives by year.
    """

    lines: Sequence[CostLine]
    costs: LineYears
    givers: Mapping[str, FunderKind | None]
    funding: Mapping[tuple[str, int], Decimal]

    def grant_kind(self) -> FunderKind:
        """Whose money the funding rate speaks of: the public giver (federation, state, EU) that plans to give most.

        Without any, the federation.
        """
        sums = dict.fromkeys(PUBLIC_MONEY, ZERO)
        for (key, _), amount in self.funding.items():
            if (kind := self.givers[key]) in sums:
                sums[kind] += amount
        return max(sums, key=lambda kind: sums[kind])


@dataclass(frozen=True, slots=True)
class Money:
    """The money of a year, or of all, in euro.

    Always cost + surplus = grant + third + other + own. `eligible` is the cost that the grant is measured by, `other`
    the public money besides the grant and money of unknown origin, `own` what the municipality pays, `surplus` what
    others would give beyond the cost.
    """

    cost: Decimal = ZERO
    eligible: Decimal = ZERO
    grant: Decimal = ZERO
    third: Decimal = ZERO
    other: Decimal = ZERO
    own: Decimal = ZERO
    surplus: Decimal = ZERO

    def __add__(self, more: Money) -> Money:
        return Money(*(getattr(self, name) + getattr(more, name) for name in self.__slots__))

    def __sub__(self, less: Money) -> Money:
        return Money(*(getattr(self, name) - getattr(less, name) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class ScenarioPlan:
    """What a scenario comes to: money per year in order, and what limits took away."""

    years: Mapping[int, Money]
    cuts: Sequence[Cut] = field(default=())

    @property
    def total(self) -> Money:
        """All years together."""
        return sum(self.years.values(), Money())


def scenario_plan(
    plan: PlanMoney, scenario: Scenario | None = None, prices: Iterable[ScenarioPrice] = (), caps: Iterable[Cap] = ()
) -> ScenarioPlan:
    """A plan version under the assumptions of a scenario; without one, the plan as it stands.

    The grant of a year is rate x eligible cost, rounded half up once. Without a rate, the share that the plan's own
    grant has in the year's eligible cost is kept. Limits (`caps`) count only where the scenario enforces them. Money of
    third parties and of other givers stays as planned. The own share is the cost less all of that, never below zero;
    what others give beyond the cost is the surplus. A delay comes last and keeps every total; where each of two years
    is within a limit, so is any mixture of them.
    """
    limits = _limits(scenario, caps)
    costs = priced(plan, prices)
    fundable = eligible_lines(plan.lines)
    every = len(fundable) == len(plan.lines)
    eligible, cuts = capped_costs(
        costs, costs if every else {cell: costs[cell] for cell in costs if cell[0] in fundable}, limits
    )
    cost = _by_year(costs)
    base = cost if eligible is costs else _by_year(eligible)
    grant = _grant(plan, fundable, base, scenario.funding_rate if scenario else None)
    grant, grant_cuts = capped_grant(grant, costs, eligible, limits)
    third, other = _others(plan)
    years = {
        year: _closed(cost[year], base[year], grant.get(year, ZERO), third[year], other[year])
        for year in sorted({year for _, year in (*plan.costs, *plan.funding)})
    }
    return ScenarioPlan(delayed(years, scenario.delay_months if scenario else 0), (*cuts, *grant_cuts))


def _limits(scenario: Scenario | None, caps: Iterable[Cap]) -> list[Cap]:
    if scenario is None or not scenario.enforce_caps:
        return []
    return [cap for cap in caps if scenario.funding_rate is None or not cap.own_rate]


def priced(plan: PlanMoney, prices: Iterable[ScenarioPrice]) -> LineYears:
    """The cost of each line and year at the prices of a scenario, rounded half up to the cent.

    A price holds for its line and everything below; of several that hold in a year, that of the nearest line counts.
    """
    given = {price.cost_line: price for price in prices}
    if not given:
        return plan.costs
    above = ancestors(plan.lines)
    changed = {}
    for (line, year), amount in plan.costs.items():
        holding = (given[key] for key in above.get(line, (line,)) if key in given)
        price = next((item for item in holding if item.from_year is None or item.from_year <= year), None)
        changed[line, year] = amount if price is None else cents(amount * (100 + price.percent) / 100)
    return changed


def delayed(years: Mapping[int, Money], months: int) -> dict[int, Money]:
    """The money of the years, each moved by a number of months.

    Of each year, months/12 belong to the following year (whole years move as they are). What moves is rounded half up
    once and split among the givers by the largest remainder, so that every total is kept to the cent.
    """
    whole, rest = divmod(months, _MONTHS)
    moved: dict[int, Money] = defaultdict(Money)
    for year, money in years.items():
        late = _part(money, rest)
        moved[year + whole] += money - late
        if rest:
            moved[year + whole + 1] += late
    return {year: moved[year] for year in sorted(moved)}


def _part(money: Money, months: int) -> Money:
    """The part of a year's money that belongs to its last months."""
    given = (money.grant, money.third, money.other, money.own)
    whole = sum(given, ZERO)
    if not months or not whole:
        return Money()
    moving, surplus = _of_months(whole, months), _of_months(money.surplus, months)
    grant, third, other, own = apportioned(moving, given)
    return Money(moving - surplus, _of_months(money.eligible, months), grant, third, other, own, surplus)


def _of_months(amount: Decimal, months: int) -> Decimal:
    return cents(amount * months / _MONTHS)


def _by_year(costs: LineYears) -> defaultdict[int, Decimal]:
    return defaultdict(lambda: ZERO, total_by((year, amount) for (_, year), amount in costs.items()))


def _grant(
    plan: PlanMoney, fundable: frozenset[str], base: Mapping[int, Decimal], rate: Decimal | None
) -> dict[int, Decimal]:
    if rate is not None:
        return {year: cents(amount * rate / 100) for year, amount in base.items()}
    kind = plan.grant_kind()
    planned = total_by((year, amount) for (key, year), amount in plan.funding.items() if plan.givers[key] is kind)
    before = total_by((year, amount) for (line, year), amount in plan.costs.items() if line in fundable)
    # Where nothing eligible is planned there is no share to keep, and the amount stays.
    return {
        year: cents(amount * base.get(year, ZERO) / before[year]) if before.get(year) else amount
        for year, amount in planned.items()
    }


def _others(plan: PlanMoney) -> tuple[defaultdict[int, Decimal], defaultdict[int, Decimal]]:
    """Third-party and other money per year, without the grant and the municipality's own."""
    third: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    other: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    grant = plan.grant_kind()
    for (key, year), amount in plan.funding.items():
        kind = plan.givers[key]
        if kind is FunderKind.THIRD_PARTY:
            third[year] += amount
        elif kind not in (FunderKind.OWN, grant):
            other[year] += amount
    return third, other


def _closed(cost: Decimal, eligible: Decimal, grant: Decimal, third: Decimal, other: Decimal) -> Money:
    rest = cost - grant - third - other
    return Money(cost, eligible, grant, third, other, max(rest, ZERO), max(-rest, ZERO))
