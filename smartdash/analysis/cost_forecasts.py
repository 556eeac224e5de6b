"""What a cost line is expected to cost in a year: paid + open commitments + what the stated method adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from smartdash.analysis.budget import ZERO, cents, months, total_by, vat_percent, with_tax
from smartdash.analysis.budget_use import Amounts, Place
from smartdash.model.appropriations import CostForecast, ForecastMethod
from smartdash.model.spending import PersonDayBudget, VatRate

BURN_MONTHS = 3
"""So many full months make the pace at which money is spent."""

Paid = Mapping[date, Decimal]
"""What was paid by the first day of the month."""


@dataclass(frozen=True, slots=True)
class DayStock:
    """A person-day budget with the days worked until now and the tax rates its days are paid at."""

    budget: PersonDayBudget
    worked: Decimal
    rates: Sequence[VatRate]


@dataclass(frozen=True, slots=True)
class Spent:
    """What forecasts are made of: plan, payments by month and open commitments of every line, and bought days."""

    as_of: date
    plan: Amounts
    paid: Mapping[str, Paid]
    open: Amounts
    days: Mapping[str, Sequence[DayStock]]


@dataclass(frozen=True, slots=True)
class Expected:
    """The expected cost of a line in a year, in euro.

    `record` is the forecast that counts, None where there is none. `method` is how the amount was found; None: by
    itself, from plan and use, because there is no record or its method lacks what it needs.
    """

    amount: Decimal
    paid: Decimal
    open: Decimal
    method: ForecastMethod | None
    record: CostForecast | None

    @property
    def rest(self) -> Decimal:
        """What is expected beyond what is paid and committed; negative where an estimate stays below it."""
        return self.amount - self.paid - self.open


def expected_costs(records: Sequence[CostForecast], spent: Spent) -> dict[Place, Expected]:
    """The expected cost of every line and year with a plan, a payment, a commitment or a forecast.

    The newest forecast counts. One made for a year before it ended is overtaken when the year is over.
    """
    last = {
        (item.cost_line, item.year): item
        for item in sorted(records, key=lambda one: one.forecast_on)
        if item.year >= spent.as_of.year or item.forecast_on.year > item.year
    }
    paid = total_by(
        ((line, month.year), amount) for line, amounts in spent.paid.items() for month, amount in amounts.items()
    )
    places = sorted({*spent.plan, *paid, *spent.open, *last})
    return {place: _expected(place, last.get(place), paid.get(place, ZERO), spent) for place in places}


def _expected(place: Place, record: CostForecast | None, paid: Decimal, spent: Spent) -> Expected:
    """Without a usable record, a past year costs what is paid and open, another one at least its plan."""
    committed = spent.open.get(place, ZERO)
    used, plan = paid + committed, spent.plan.get(place, ZERO)
    amount = _by_method(place, record, paid, spent) if record else None
    if amount is not None and record:
        return Expected(amount, paid, committed, record.method, record)
    past = place[1] < spent.as_of.year
    return Expected(used if past else max(plan, used), paid, committed, None, record)


def _by_method(place: Place, record: CostForecast, paid: Decimal, spent: Spent) -> Decimal | None:
    """The amount by the method of a record; None where the method lacks what it needs.

    What goes on as until now and the bought days are paid out of open commitments as far as these reach, so that no
    cost counts twice.
    """
    line, year = place
    committed = spent.open.get(place, ZERO)
    if record.method is ForecastMethod.MANUAL:
        return record.amount
    if record.method is ForecastMethod.COMMITTED:
        return paid + committed
    if record.method is ForecastMethod.PLAN:
        return max(spent.plan.get(place, ZERO), paid + committed)
    if record.method is ForecastMethod.LINEAR:
        rest = _linear_rest(spent.paid.get(line, {}), year, spent.as_of)
    else:
        rest = _days_rest(spent.days.get(line, ()), year, spent.as_of)
    return None if rest is None else paid + max(committed, rest)


def burn(paid: Paid, as_of: date, count: int = BURN_MONTHS) -> Decimal | None:
    """The mean monthly payment of the last `count` full months, exact; None where nothing was paid until then."""
    ends = _full_months(as_of, count)
    until = [amount for month, amount in paid.items() if month <= ends[-1]]
    if not until:
        return None
    firsts = {end.replace(day=1) for end in ends}
    return sum((amount for month, amount in paid.items() if month in firsts), ZERO) / count


def runway(available: Decimal, pace: Decimal | None) -> Decimal | None:
    """Months for which available money lasts at a pace of euro per month; None where nothing is being spent."""
    if pace is None or pace <= 0:
        return None
    return max(ZERO, available) / pace


def _full_months(as_of: date, count: int) -> list[date]:
    """The last days of the last `count` months that are over on the evening of a day, the earliest first."""
    end = as_of if (as_of + timedelta(days=1)).day == 1 else as_of.replace(day=1) - timedelta(days=1)
    ends = [end]
    while len(ends) < count:
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    return ends[::-1]


def _linear_rest(paid: Paid, year: int, as_of: date) -> Decimal | None:
    """Pace x months of the year after the last full one, less what the begun month has paid of it already."""
    pace = burn(paid, as_of)
    if pace is None:
        return None
    last = _full_months(as_of, 1)[0]
    remaining = 12 if year > last.year else 12 - last.month if year == last.year else 0
    begun = sum((amount for month, amount in paid.items() if month > last and month.year == year), ZERO)
    return max(ZERO, cents(pace * remaining) - begun)


def _days_rest(stocks: Sequence[DayStock], year: int, as_of: date) -> Decimal | None:
    """The days that are still to be worked up to the end of a year, gross; of a later year only its own."""
    if not stocks:
        return None
    parts = [_stock_rest(stock, year, as_of) for stock in stocks]
    known = [part for part in parts if part is not None]
    return sum(known, ZERO) if len(known) == len(parts) else None


def _stock_rest(stock: DayStock, year: int, as_of: date) -> Decimal | None:
    budget = stock.budget
    if year < as_of.year:
        return ZERO
    before = stock.worked if year == as_of.year else max(stock.worked, _days_until(budget, year - 1))
    days = max(ZERO, _days_until(budget, year) - before)
    percent = vat_percent(stock.rates, min(max(budget.start, date(year, 12, 31)), budget.end))
    if days and percent is None:
        return None
    return with_tax(cents(days * budget.rate), percent or ZERO)


def _days_until(budget: PersonDayBudget, year: int) -> Decimal:
    """The days that the budget plans up to the end of a year."""
    return budget.days_per_month * len(months(budget.start, min(budget.end, date(year, 12, 31))))
