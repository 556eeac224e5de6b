"""The columns of a budget, made from what is recorded: plan, appropriation, carry-over, transfers, use and forecast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.budget import ZERO, total_by
from smartdash.analysis.budget_use import Amounts, Budget, Place
from smartdash.analysis.carried_money import CarriedMoney
from smartdash.analysis.cost_forecasts import Expected
from smartdash.model.appropriations import Appropriation, BudgetTransfer
from smartdash.model.spending import CommitmentStage

_STAGES = {
    "bound": CommitmentStage.BOUND,
    "pre_bound": CommitmentStage.PRE_BOUND,
    "reserved": CommitmentStage.RESERVED,
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is recorded about a budget on a day; `plan` is that of the version in force, empty without one."""

    plan: Amounts
    appropriations: Sequence[Appropriation]
    carried: Sequence[CarriedMoney]
    transfers: Sequence[BudgetTransfer]
    paid: Amounts
    open: Mapping[tuple[str, int, CommitmentStage], Decimal]
    expected: Mapping[Place, Expected]


def budget(recorded: Recorded) -> Budget:
    """The budget by line and year; where no appropriation is recorded, the plan is what may be spent."""
    granted = {(item.cost_line, item.year): item.amount for item in recorded.appropriations}
    blocked = {(item.cost_line, item.year): item.blocked or ZERO for item in recorded.appropriations}
    by_stage = {
        name: {(line, year): amount for (line, year, its), amount in recorded.open.items() if its is stage}
        for name, stage in _STAGES.items()
    }
    return Budget(
        columns={
            "plan": recorded.plan,
            "granted": {**recorded.plan, **granted},
            "carried": _carried(recorded.carried),
            "moved": _moved(recorded.transfers),
            "blocked": blocked,
            "lapsed": total_by(((item.carry_over.cost_line, item.last_year), item.lapsed) for item in recorded.carried),
            "paid": recorded.paid,
            "forecast": {place: item.amount for place, item in recorded.expected.items()},
            **by_stage,
        },
        appropriated=frozenset(granted),
        computed=frozenset(place for place, item in recorded.expected.items() if item.method is None),
    )


def _carried(carried: Iterable[CarriedMoney]) -> Amounts:
    """What came over into each year less what went out of it, so that all years together hold nothing twice.

    Of money that lives for several years, each has what was spent of it, and the last one the rest.
    """
    totals: dict[Place, Decimal] = defaultdict(lambda: ZERO)
    for item in carried:
        one = item.carry_over
        for year, amount in item.by_year().items():
            totals[one.cost_line, year] += amount
        totals[one.cost_line, one.from_year] -= one.amount
    return totals


def _moved(transfers: Iterable[BudgetTransfer]) -> Amounts:
    """What came to each line by transfers less what went."""
    totals: dict[Place, Decimal] = defaultdict(lambda: ZERO)
    for item in transfers:
        if item.to_line:
            totals[item.to_line, item.year] += item.amount
        if item.from_line:
            totals[item.from_line, item.year] -= item.amount
    return totals
