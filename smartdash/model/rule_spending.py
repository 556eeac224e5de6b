"""Rule types about ceilings, what is spent, and time: caps, overruns, durations, deadlines, cash and carry-overs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from smartdash.model.appropriations import CarryOverKind
from smartdash.model.grants import ProofKind
from smartdash.model.money import FunderKind
from smartdash.model.rule_parts import LimitOrValue, MoneyPart, Name, ParameterUnit, Period, RuleBase


class AmountCap(RuleBase):
    """A part of the plan, cost or grant, is at most an amount in euro."""

    units: ClassVar[Mapping[str, tuple[ParameterUnit, ...]]] = {"limit": (ParameterUnit.EURO,)}
    type: Literal["amount_cap"]
    part: MoneyPart
    limit: LimitOrValue


class Overrun(RuleBase):
    """What is paid stays within the plan as a whole, and on each line within `factor` times its plan."""

    type: Literal["overrun"]
    factor: LimitOrValue


class DurationMax(RuleBase):
    """A phase, or all phases together, take at most a period in months."""

    units: ClassVar[Mapping[str, tuple[ParameterUnit, ...]]] = {"limit": (ParameterUnit.MONTHS,)}
    type: Literal["duration_max"]
    limit: Period


class Deadline(RuleBase):
    """A proof of use is handed in within a period after its own period ends, or after a day the programme names.

    The day that the proof itself names as due goes first. With `phase`, only proofs whose period ends in it count.
    """

    type: Literal["deadline"]
    proof: ProofKind
    anchor: Name | None = None
    """The parameter that names the day; None: the end of the period the proof is about."""
    within: Period | None = None
    warn_days: Annotated[int, Field(ge=0)]

    def parameters(self) -> dict[str, str]:
        """The parameters the rule asks for, with the one that names its day."""
        return super().parameters() | ({"anchor": self.anchor} if self.anchor else {})


class CashAge(RuleBase):
    """Drawn money is spent within a window after it was paid out, first in, first out."""

    type: Literal["cash_age"]
    kinds: Annotated[tuple[FunderKind, ...], Field(min_length=1)]
    window: Period
    pro_rata: bool = True
    """Whether the source pays its share of each payment; no: it pays everything as long as there is money."""
    interest: LimitOrValue | None = None
    """The rate per year that late use costs, as a share."""
    warn_days: Annotated[int, Field(ge=0)]


class CarryOverExpiry(RuleBase):
    """Carried-over money of some kinds is spent, or at least begun, before it expires.

    It expires on the day its record names, and at the latest with the end of the year `years` after the one it comes
    from.
    """

    type: Literal["carry_over_expiry"]
    kinds: Annotated[tuple[CarryOverKind, ...], Field(min_length=1)]
    years: Annotated[int, Field(ge=1)] | None = None
    begun: bool = False
    """Whether it is enough that some of it is spent or bound by then."""
    warn_days: Annotated[int, Field(ge=0)]
