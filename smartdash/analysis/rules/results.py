"""What a rule found: both sides, how far apart they are, what it was computed from, and whether it is waived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from smartdash.analysis.budget import CENT, cents
from smartdash.model.grants import Waiver
from smartdash.model.rule_parts import RuleBase, RuleScope, RuleSource, RuleStatus, Severity

Value = Decimal | Fraction | date | int | str
"""What a sentence is filled with: euro as Decimal, a share or factor as Fraction, or a day, a count, a name."""

Sense = Literal["max", "min", "equal"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule is judged; `name` is what a waiver and an address call it ("" for all)."""

    scope: RuleScope
    name: str = ""
    phase: str | None = None
    year: int | None = None
    line: str | None = None


class RuleInput(NamedTuple):
    """One amount a side was added up from: the key of a cost line, a funding source or another record."""

    side: Literal["left", "right"]
    key: str
    year: int | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an evaluator returns for one place; exact, without the rule's texts. `reason` is set where it is unknown.

    `sense` says how the left side may stand to the right one. `near`: kept, but the time is nearly up.
    """

    place: Place
    status: RuleStatus
    left: Fraction | None = None
    right: Fraction | None = None
    sense: Sense = "max"
    unit: str = "€"
    values: Mapping[str, Value] = field(default_factory=dict)
    inputs: tuple[RuleInput, ...] = ()
    reason: str = ""
    near: bool = False
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule applied at one place.

    `rule` is "<pack>.<rule>", `definition` carries the texts of the pack. The sides are rounded half up to the cent
    for output; what holds was decided before on exact fractions. `difference` is left minus right and never rounded
    to nothing; `room_left` is how far the left side may still move (negative: by how much it is over), None where the
    rule asks for equality. `deciding`: the rule decides here, elsewhere it only warns. `reason` says why it is unknown.
    """

    rule: str
    definition: RuleBase
    type: str
    status: RuleStatus
    severity: Severity
    scope: RuleScope
    place: str
    phase: str | None
    year: int | None
    line: str | None
    deciding: bool
    left: Decimal | None
    right: Decimal | None
    difference: Decimal | None
    room_left: Decimal | None
    unit: str
    values: Mapping[str, Value]
    inputs: tuple[RuleInput, ...]
    source: RuleSource
    reason: str
    near: bool
    waiver: Waiver | None

    @property
    def finding(self) -> bool:
        """Whether somebody should act: broken, more than information, and nobody has waived it."""
        broken = self.status is RuleStatus.VIOLATED and self.severity is not Severity.INFO
        return broken and self.waiver is None


def rounded(exact: Fraction) -> Decimal:
    """An exact number rounded half up to two decimals, away from zero."""
    whole, rest = divmod(abs(exact.numerator) * 100, exact.denominator)
    found = Decimal(whole + (2 * rest >= exact.denominator)) * CENT
    return cents(found if exact >= 0 else -found)


def to_cents(exact: Fraction | None) -> Decimal | None:
    """A side of a rule, `rounded` where it is known."""
    return None if exact is None else rounded(exact)


def apart(exact: Fraction | None) -> Decimal | None:
    """A difference for output: as `to_cents`, but what is not nothing is at least a cent."""
    if exact and abs(exact) < Fraction(1, 100):
        return CENT if exact > 0 else -CENT
    return to_cents(exact)
