"""Rule packs: the rules of a grant or of budget law as data, of a closed set of types.

Nothing in a pack is ever run: a rule names one of the types below and gives it numbers, money parts and parameters.
A new type is a class here and an evaluator in `smartdash.analysis.rules`.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from smartdash.model.rule_oddities import (
    IdenticalSeries,
    LabelUnique,
    ShareMatchesFormula,
    StaleBase,
    VatConsistent,
    ZeroInActivePhase,
)
from smartdash.model.rule_parts import LimitOrValue, MoneyPart, Parameter, RuleBase, Slug, Worded
from smartdash.model.rule_spending import AmountCap, CarryOverExpiry, CashAge, Deadline, DurationMax, Overrun


class SumEquals(RuleBase):
    """Two sums are the same: cost and funding, a printed total and the recomputed one, or a line and those below it."""

    type: Literal["sum_equals"]
    compare: Literal["funding", "stated", "leaves"]


class RatioCap(RuleBase):
    """A part of the plan is at most `factor` times another."""

    type: Literal["ratio_cap"]
    part: MoneyPart
    whole: MoneyPart
    factor: LimitOrValue


class ShareMax(RuleBase):
    """A part is at most the share `factor` of its whole."""

    type: Literal["share_max"]
    part: MoneyPart
    whole: MoneyPart
    factor: LimitOrValue


class ShareMin(RuleBase):
    """A part is at least the share `factor` of its whole."""

    type: Literal["share_min"]
    part: MoneyPart
    whole: MoneyPart
    factor: LimitOrValue


Plausibility = LabelUnique | ShareMatchesFormula | StaleBase | IdenticalSeries | ZeroInActivePhase | VatConsistent
Money = SumEquals | RatioCap | ShareMax | ShareMin | AmountCap | Overrun
Time = DurationMax | Deadline | CashAge | CarryOverExpiry
Rule = Annotated[Money | Time | Plausibility, Field(discriminator="type")]


class RulePack(Worded):
    """The rules of one document in one version; from `valid_from` to `valid_to` they bind (empty: always)."""

    key: Slug
    valid_from: date | None = None
    valid_to: date | None = None
    parameters: tuple[Parameter, ...] = ()
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        units = {parameter.name: parameter.unit for parameter in self.parameters}
        for rule in self.rules:
            for field, name in rule.parameters().items():
                if units.get(name) not in rule.units[field]:
                    raise PydanticCustomError(
                        "parameter_not_declared",
                        "rule {rule} asks for {name}, which the pack does not declare with this unit",
                        {"rule": rule.key, "field": field, "name": name},
                    )
        counts = Counter(rule.key for rule in self.rules)
        if twice := [key for key, count in counts.items() if count > 1]:
            raise PydanticCustomError("rule_twice", "rule {rule} stands twice", {"rule": twice[0], "field": "key"})
        return self

    def binds(self, day: date) -> bool:
        """Whether the pack is in force on a day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)
