"""Checks that a programme's records agree with themselves and with the totals its documents print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from smartdash.analysis.budget import ZERO, PersonDays, plan_funding, total_by
from smartdash.analysis.plan_sums import PlanSums, Sums, recomputed, sums_below
from smartdash.model.money import (
    CostAmount,
    CostLine,
    FundingAmount,
    FundingSource,
    PlanVersion,
    StatedSubject,
    StatedTotal,
)
from smartdash.model.rule_parts import Severity


class CheckStatus(StrEnum):
    """What a check found; unknown is not ok."""

    OK = "ok"
    VIOLATED = "violated"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """One rule applied to one thing: what stands on both sides, and the values its sentence is filled with.

    `rule` is also the id of the message (`check.<rule>`); `source` the key of the document that states the left side.
    """

    rule: str
    status: CheckStatus
    severity: Severity
    scope: str
    period: str = ""
    left: Decimal | None = None
    right: Decimal | None = None
    unit: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    source: str | None = None

    @property
    def difference(self) -> Decimal | None:
        """Left minus right, or None where a side is unknown."""
        return None if self.left is None or self.right is None else self.left - self.right


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan version with the records its sums are made of."""

    version: PlanVersion
    lines: Sequence[CostLine]
    costs: Sequence[CostAmount]
    funders: Sequence[FundingSource]
    funding: Sequence[FundingAmount]
    stated: Sequence[StatedTotal]


def compared(agrees: bool) -> CheckStatus:
    """What a rule found that compares two known sides."""
    return CheckStatus.OK if agrees else CheckStatus.VIOLATED


def check_plan(plan: Plan) -> list[Check]:
    """Every rule about one plan version: amounts on leaves only, costs equal funding, printed totals recomputed."""
    return [*_leaves_only(plan), *_costs_equal_funding(plan), *_stated_totals(plan)]


def _leaves_only(plan: Plan) -> list[Check]:
    parents = {line.parent for line in plan.lines}
    wrong = total_by(
        (amount.cost_line, amount.amount) for amount in plan.costs if amount.cost_line in parents and amount.amount
    )
    return [
        Check(
            "leaves_only",
            CheckStatus.VIOLATED,
            Severity.ERROR,
            f"{plan.version.key} {line}",
            left=amount,
            right=ZERO,
            unit="€",
            values={"line": line},
        )
        for line, amount in wrong.items()
    ]


def _costs_equal_funding(plan: Plan) -> list[Check]:
    if not plan.costs or not plan.funding:
        return []
    costs = total_by((amount.year, amount.amount) for amount in plan.costs)
    inside = plan_funding(plan.funders, plan.funding)
    funding = total_by((amount.year, amount.amount) for amount in inside)
    pairs = [(str(year), costs.get(year, ZERO), funding.get(year, ZERO)) for year in sorted({*costs, *funding})]
    pairs.append(("", sum(costs.values(), ZERO), sum(funding.values(), ZERO)))
    source = plan.version.source
    return [
        Check(
            "costs_equal_funding",
            compared(cost == money),
            Severity.ERROR,
            plan.version.key,
            period,
            cost,
            money,
            "€",
            source=source,
        )
        for period, cost, money in pairs
    ]


def _stated_totals(plan: Plan) -> list[Check]:
    checks, sums = [], sums_of(plan)
    for stated in plan.stated:
        right = recomputed(sums, stated)
        status = CheckStatus.UNKNOWN if right is None else compared(right == stated.amount)
        checks.append(
            Check(
                "stated_total",
                status,
                Severity.ERROR if stated.subject is not StatedSubject.SHARE else Severity.WARNING,
                f"{plan.version.key} {stated.code}",
                str(stated.year or ""),
                stated.amount,
                right,
                "%" if stated.subject is StatedSubject.SHARE else "€",
                {"code": stated.code, "label": stated.label},
                stated.source,
            )
        )
    return checks


def sums_of(plan: Plan) -> PlanSums:
    """The sums of a plan over its lines and sources."""

    def money(amounts: Iterable[FundingAmount]) -> Sums:
        return sums_below(plan.funders, ((item.funding_source, item.year, item.amount) for item in amounts))

    costs = sums_below(plan.lines, ((item.cost_line, item.year, item.amount) for item in plan.costs))
    return PlanSums(costs, money(plan_funding(plan.funders, plan.funding)), money(plan.funding))


def check_person_days(budgets: Sequence[PersonDays]) -> list[Check]:
    """Stated gross amounts of person-day budgets against days x rate plus value-added tax; groups are added up."""
    groups: dict[str, list[PersonDays]] = {}
    for budget in budgets:
        groups.setdefault(budget.budget.stated_group or budget.budget.key, []).append(budget)
    checks = []
    for name, members in groups.items():
        stated = [member.budget.stated_gross for member in members if member.budget.stated_gross is not None]
        if not stated:
            continue
        gross = [member.gross for member in members if member.gross is not None]
        known = len(gross) == len(members)
        left, right = sum(stated, ZERO), sum(gross, ZERO) if known else None
        days = sum((member.days for member in members), ZERO)
        checks.append(
            Check(
                "person_days",
                compared(left == right) if known else CheckStatus.UNKNOWN,
                Severity.ERROR,
                name,
                left=left,
                right=right,
                unit="€",
                values={"days": f"{days.normalize():f}"},
                source=members[0].budget.source,
            )
        )
    return checks


def check_sources(unsourced: Mapping[str, tuple[int, Sequence[str]]]) -> list[Check]:
    """Every record names its source; one result per record type that is in use.

    Args:
        unsourced: by record type, how many records there are and the keys of those that name no source.
    """
    return [
        Check(
            "has_source",
            compared(not without),
            Severity.INFO,
            name,
            left=Decimal(count - len(without)),
            right=Decimal(count),
            values={"count": str(len(without)), "example": without[0] if without else ""},
        )
        for name, (count, without) in unsourced.items()
        if count and name not in ("source", "programme")
    ]
