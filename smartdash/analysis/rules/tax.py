"""Value-added tax of contracts and person-days: the gross amount by the rate of the service against the stated one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from smartdash.analysis.budget import ZERO, PersonDays, months, person_days, vat_percent, with_tax
from smartdash.analysis.checks import Check, check_person_days
from smartdash.analysis.rules.facts import PlanFacts
from smartdash.analysis.rules.results import Outcome, Place, Value
from smartdash.model.rule_oddities import VatConsistent
from smartdash.model.rule_parts import Parameter, RuleScope, RuleStatus
from smartdash.model.spending import Contract, VatRate


@dataclass(frozen=True, slots=True)
class ContractTax:
    """A contract with every rate that may apply to its service, in per cent, ascending.

    No rate: the day of the service is not known, or no rate of that day. Several: the rate changes while the service
    runs, and the day of the service is not stated.
    """

    contract: Contract
    percents: tuple[Decimal, ...]

    @property
    def gross(self) -> Decimal | None:
        """Net plus tax, rounded half up; None without a net amount or with more or less than one rate."""
        net = self.contract.stated_net
        if net is None or len(self.percents) != 1:
            return None
        return with_tax(net, self.percents[0])


def contract_tax(contract: Contract, rates: Sequence[VatRate]) -> ContractTax:
    """The rates of value-added tax that may apply to a contract (§ 13 Abs. 1 Nr. 1, § 27 Abs. 1 UStG: the day counts).

    The day is the one of the service; without it every month between beginning and end.
    """
    days = [contract.delivered_on] if contract.delivered_on else _span(contract.start, contract.end)
    found = {vat_percent(rates, day) for day in days}
    known = sorted(percent for percent in found if percent is not None)
    return ContractTax(contract, tuple(known) if None not in found else ())


def _span(start: date | None, end: date | None) -> list[date]:
    if start and end:
        return [start, *(day for day in months(start, end) if day < end), end]
    return [day for day in (start, end) if day]


def tax(rule: VatConsistent, facts: PlanFacts, declared: Sequence[Parameter]) -> list[Outcome]:
    """Each contract, and each group of person-days with a stated amount, gross against net plus tax.

    A contract without a net amount states nothing that could be wrong: not applicable. Where the rate of the day is not
    known, or could be one of several, the rule is unknown.
    """
    contracts = [_contract(contract_tax(contract, facts.vat_rates)) for contract in facts.contracts]
    budgets = [person_days(budget, facts.vat_rates) for budget in facts.person_days]
    days = [_days(check, budgets) for check in check_person_days(budgets)]
    return [*contracts, *days] or [Outcome(Place(RuleScope.TOTAL), RuleStatus.NOT_APPLICABLE, reason="no_contracts")]


def _contract(found: ContractTax) -> Outcome:
    contract, place = found.contract, Place(RuleScope.ITEM, found.contract.key)
    values: dict[str, Value] = {"title": contract.title}
    left = Fraction(contract.gross)
    if contract.stated_net is None:
        return Outcome(place, RuleStatus.NOT_APPLICABLE, left, None, "equal", values=values, reason="no_net")
    values["net"] = contract.stated_net
    if found.gross is None:
        reason = "vat_changes" if found.percents else "no_vat_rate"
        values["percents"] = ", ".join(f"{percent.normalize():f}" for percent in found.percents)
        return Outcome(place, RuleStatus.UNKNOWN, left, None, "equal", values=values, reason=reason)
    values["vat"] = found.gross - contract.stated_net
    return _compared(place, left, Fraction(found.gross), values)


def _days(check: Check, budgets: Sequence[PersonDays]) -> Outcome:
    members = [item for item in budgets if check.scope in (item.budget.stated_group, item.budget.key)]
    net = sum((item.net for item in members), ZERO)
    place, left = Place(RuleScope.ITEM, check.scope), Fraction(check.left or ZERO)
    values: dict[str, Value] = {**check.values, "title": ", ".join(item.budget.title for item in members), "net": net}
    if check.right is None:
        return Outcome(place, RuleStatus.UNKNOWN, left, None, "equal", values=values, reason="no_vat_rate")
    return _compared(place, left, Fraction(check.right), {**values, "vat": check.right - net})


def _compared(place: Place, left: Fraction, right: Fraction, values: dict[str, Value]) -> Outcome:
    status = RuleStatus.OK if left == right else RuleStatus.VIOLATED
    return Outcome(place, status, left, right, "equal", values=values)
