"""Value-added tax of contracts: the gross amount that a stated net amount comes to by the rate of the service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartdash.analysis.budget import cents, months, vat_percent
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
        return cents(net * (100 + self.percents[0]) / 100)


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
