"""The money of several programmes side by side: what each plan counts, and whether a sum over them means anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from smartdash.analysis.budget import ZERO, share
from smartdash.model.money import FunderKind, PlanStatus


class Base(StrEnum):
    """In what the plans of programmes must agree before their amounts may be added."""

    PRICES = "prices"
    PRICES_UNKNOWN = "prices_unknown"
    YEARS = "years"
    STANDING = "standing"
    FICTION = "fiction"


@dataclass(frozen=True, slots=True)
class ProgrammeMoney:
    """The plan version in force of a programme: eligible and whole cost, and its funding by whose money it is, in euro.

    `gross` is None where the plan does not say it. Sources without a kind are under None.
    """

    programme: str
    version: str
    status: PlanStatus
    gross: bool | None
    years: tuple[int, int]
    eligible: Decimal
    cost: Decimal
    funding: Mapping[FunderKind | None, Decimal]
    demo: bool

    @property
    def funded(self) -> Decimal:
        """All that the plan's sources give."""
        return sum(self.funding.values(), ZERO)

    def part(self, kind: FunderKind | None) -> Decimal | None:
        """What a kind of source gives as a share of the eligible cost; None without such a source or any cost."""
        given = self.funding.get(kind)
        return None if given is None else share(given, self.eligible)


def differing(found: Sequence[ProgrammeMoney]) -> list[Base]:
    """Why the amounts must not be added; empty where nothing speaks against it."""
    approved = {item.status in (PlanStatus.APPROVAL, PlanStatus.AMENDMENT) for item in found}
    reasons = {
        Base.PRICES_UNKNOWN: any(item.gross is None for item in found),
        Base.PRICES: len({item.gross for item in found} - {None}) > 1,
        Base.YEARS: len({item.years for item in found}) > 1,
        Base.STANDING: len(approved) > 1,
        Base.FICTION: len({item.demo for item in found}) > 1,
    }
    return [reason for reason, holds in reasons.items() if holds]
