"""What the figures of the budget page work on: the budget of a scope with its sums made in the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from smartdash.analysis.budget import total_by
from smartdash.analysis.budget_columns import Recorded, budget
from smartdash.analysis.budget_use import Budget, Place
from smartdash.analysis.carried_money import CarriedMoney, carried_money
from smartdash.analysis.cost_forecasts import DayStock, Expected, Spent, expected_costs
from smartdash.figures.plans import version_in_force
from smartdash.model.appropriations import Appropriation, BudgetCarryOver, BudgetTransfer, CostForecast, ForecastMethod
from smartdash.model.money import CostLine, PlanVersion
from smartdash.model.spending import PersonDayBudget, PersonDayUse, VatRate
from smartdash.store import Reader
from smartdash.store.queries import open_commitments, paid_by_month, paid_on_carried_lines, planned_costs


@dataclass(frozen=True, slots=True)
class BudgetData:
    """The budget of a scope.

    `version` is the plan version in force, None without one; `planned` says that it holds amounts, `booked` that
    anything is paid, committed or forecast; without that nothing is expected either. `paid` is by the first day of each
    month.
    """

    as_of: date
    version: PlanVersion | None
    lines: Sequence[CostLine]
    budget: Budget
    carried: Sequence[CarriedMoney]
    expected: Mapping[Place, Expected]
    paid: Mapping[date, Decimal]
    planned: bool
    booked: bool


def read_budget(reader: Reader) -> BudgetData:
    """The budget of the reader's scope, on its as-of date, made once for all figures."""
    return reader.remembered("budget", lambda: (_read(reader),))[0]


def _read(reader: Reader) -> BudgetData:
    as_of, version = reader.scope.as_of, version_in_force(reader)
    plan = planned_costs(reader, version.key) if version else {}
    months = paid_by_month(reader)
    paid = total_by(((item.key, item.since.year), item.amount) for item in months)
    open_by_stage = {(item.key, item.year, item.stage): item.amount for item in open_commitments(reader)}
    committed = total_by(((line, year), amount) for (line, year, _), amount in open_by_stage.items())
    by_line: dict[str, dict[date, Decimal]] = defaultdict(dict)
    for item in months:
        by_line[item.key][item.since] = item.amount
    records = reader.all(CostForecast)
    booked = bool(months or open_by_stage or records)
    days = _bought_days(reader) if any(item.method is ForecastMethod.PERSON_DAYS for item in records) else {}
    expected = expected_costs(records, Spent(as_of, plan, by_line, committed, days)) if booked else {}
    carried = carried_money(
        reader.all(BudgetCarryOver),
        {(item.key, item.since): item.amount for item in paid_on_carried_lines(reader)},
        committed,
        as_of,
    )
    return BudgetData(
        as_of=as_of,
        version=version,
        lines=reader.all(CostLine),
        budget=budget(
            Recorded(
                plan,
                reader.all(Appropriation),
                carried,
                reader.all(BudgetTransfer),
                paid,
                open_by_stage,
                expected,
            )
        ),
        carried=carried,
        expected=expected,
        paid=total_by((item.since, item.amount) for item in months),
        planned=bool(plan),
        booked=booked,
    )


def read_budget_on(reader: Reader, day: date) -> BudgetData:
    """The budget as it stood on an earlier day, known as it is known now."""
    return read_budget(reader.beside(replace(reader.scope, as_of=day)))


def _bought_days(reader: Reader) -> dict[str, list[DayStock]]:
    worked = total_by((item.person_day_budget, item.days) for item in reader.all(PersonDayUse))
    rates = reader.all(VatRate)
    found: dict[str, list[DayStock]] = defaultdict(list)
    for item in reader.all(PersonDayBudget):
        if item.cost_line:
            found[item.cost_line].append(DayStock(item, worked.get(item.key, Decimal(0)), rates))
    return found
