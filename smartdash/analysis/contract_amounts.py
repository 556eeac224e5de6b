"""What contracts cost net, in tax and gross, by the rate of the day they were priced and of the day of the service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartdash.analysis.budget import ZERO, cents, vat_percent, with_tax
from smartdash.analysis.rules.tax import contract_tax
from smartdash.model.spending import CommitmentStage, Contract, VatRate


@dataclass(frozen=True, slots=True)
class ContractAmounts:
    """A contract's value taken apart, in euro.

    `percent` is the rate of the day it was priced; `net` as stated, or else the gross value less that rate, None where
    neither is known. `by_rate` is the gross value by each rate that may apply to the service.
    """

    contract: Contract
    percent: Decimal | None
    net: Decimal | None
    by_rate: tuple[tuple[Decimal, Decimal], ...]

    @property
    def vat(self) -> Decimal | None:
        """Gross less net."""
        return None if self.net is None else self.contract.gross - self.net

    @property
    def deviating(self) -> tuple[tuple[Decimal, Decimal], ...]:
        """Those of `by_rate` that differ from the contract's value."""
        return tuple((percent, gross) for percent, gross in self.by_rate if gross != self.contract.gross)

    @property
    def fits_no_rate(self) -> bool:
        """Whether the contract's value is the gross value by none of the rates that may apply."""
        return bool(self.by_rate) and self.deviating == self.by_rate


@dataclass(frozen=True, slots=True)
class ContractUse:
    """What is committed for a contract, paid of it and still open, in euro."""

    committed: Decimal
    paid: Decimal
    open: Decimal


def contract_amounts(contract: Contract, rates: Sequence[VatRate], priced_on: date | None) -> ContractAmounts:
    """A contract recomputed: net x rate of the service, rounded half up once (§ 27 Abs. 1 UStG: its day counts)."""
    percent = vat_percent(rates, priced_on) if priced_on else None
    net = contract.stated_net
    if net is None and percent is not None:
        net = cents(contract.gross * 100 / (100 + percent))
    if net is None:
        return ContractAmounts(contract, percent, None, ())
    service = contract_tax(contract, rates).percents
    return ContractAmounts(contract, percent, net, tuple((rate, with_tax(net, rate)) for rate in service))


def contract_use(
    contract_of: Mapping[str, str | None], states: Iterable[tuple[str, CommitmentStage, Decimal, Decimal]]
) -> dict[str, ContractUse]:
    """The use of each contract that has commitments: (commitment, stage, amount, paid) by the contract of each.

    Open = max(0, committed - paid) per commitment; of a released one nothing is open, and what was paid stays paid.
    """
    found: dict[str, ContractUse] = defaultdict(lambda: ContractUse(ZERO, ZERO, ZERO))
    for commitment, stage, amount, paid in states:
        if contract := contract_of.get(commitment):
            before = found[contract]
            bound = ZERO if stage is CommitmentStage.RELEASED else amount
            found[contract] = ContractUse(
                before.committed + bound, before.paid + paid, before.open + max(ZERO, bound - paid)
            )
    return dict(found)
