"""What a rule of a rule pack is made of: exact numbers, limits, periods, parts of the plan, scopes and source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from smartdash.model.declare import Choice, Language
from smartdash.model.money import CostKind, FunderKind


class Severity(Choice):
    """How much a violation weighs."""

    ERROR = "error", "Fehler", "error"
    WARNING = "warning", "Warnung", "warning"
    INFO = "info", "Hinweis", "information"


class RuleStatus(Choice):
    """What a rule found; unknown is never ok."""

    OK = "ok", "eingehalten", "kept"
    VIOLATED = "violated", "verletzt", "broken"
    UNKNOWN = "unknown", "nicht prüfbar", "not checkable"
    NOT_APPLICABLE = "not_applicable", "nicht anwendbar", "not applicable"


class RuleScope(Choice):
    """For what a rule is judged: for all, per phase, year, year of a phase, cost line, or single case."""

    TOTAL = "total", "gesamt", "in total"
    PHASE = "phase", "Phase", "phase"
    YEAR = "year", "Jahr", "year"
    PHASE_YEAR = "phase_year", "Jahr der Phase", "year of the phase"
    LINE = "line", "Position", "line"
    ITEM = "item", "Einzelfall", "single case"


class ParameterUnit(Choice):
    """What a rule parameter is counted in; a share is a percentage, as in `RuleParameter`."""

    PERCENT = "percent", "%", "%"
    EURO = "euro", "€", "€"
    MONTHS = "months", "Monate", "months"
    DAYS = "days", "Tage", "days"
    DATE = "date", "Datum", "date"


def _exact(value: Any) -> Any:
    """A number as its digits stand; a float is refused because its digits are not what was written."""
    if isinstance(value, float | bool):
        raise PydanticCustomError("number_not_exact", "put the number between quotation marks")
    return value


def _limit(value: Any) -> Any:
    return value if isinstance(value, Mapping) else {"value": value}


Exact = Annotated[Fraction, BeforeValidator(_exact)]
Cents = Annotated[Decimal, Field(ge=0, decimal_places=2), BeforeValidator(_exact)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=60)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Wording = Annotated[str, StringConstraints(min_length=1, max_length=600, strip_whitespace=True)]


class Part(BaseModel):
    """A part of a rule pack: strict about names, and never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Worded(Part):
    """Something with a title in both languages."""

    title_de: Wording
    title_en: Wording

    def title(self, lang: Language) -> str:
        """The title as a user reads it."""
        return self.title_de if lang == "de" else self.title_en


class Limit(Part):
    """A number a rule compares with: the programme's parameter, else the value of the pack, else it is not known."""

    value: Exact | None = None
    param: Name | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.value is None and self.param is None:
            raise PydanticCustomError("limit_empty", "a value or a parameter is needed")
        return self


class Period(Part):
    """A stretch of time: the programme's parameter in its unit, else months and days of the pack, else not known."""

    months: Annotated[int, Field(ge=0)] = 0
    days: Annotated[int, Field(ge=0)] = 0
    param: Name | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not (self.months or self.days or self.param):
            raise PydanticCustomError("period_empty", "months, days or a parameter are needed")
        return self


LimitOrValue = Annotated[Limit, BeforeValidator(_limit)]
"""In a pack a plain number ("1/3") or `{param: name, value: "1/3"}`."""


class CostPart(Part):
    """Planned cost: of all lines, or those of a kind of cost, or those whose code fits a pattern ("*.1.5").

    A line that is chosen brings everything below it. Where kinds and patterns are given, one of them is enough.
    """

    of: Literal["cost"]
    kinds: tuple[CostKind, ...] = ()
    lines: tuple[str, ...] = ()
    eligible: bool = False


class FundingPart(Part):
    """Planned funding inside the plan: of all sources, or those of an origin, or those whose code fits a pattern.

    Per phase, and for the cost `spent_on`, money that the plan gives per year only is split in proportion to the cost.
    """

    of: Literal["funding"]
    kinds: tuple[FunderKind, ...] = ()
    sources: tuple[str, ...] = ()
    spent_on: CostPart | None = None


MoneyPart = Annotated[CostPart | FundingPart, Field(discriminator="of")]


class RuleSource(Part):
    """Where a rule is written, and when somebody last looked; `url` is empty where the rule is our own."""

    document: Wording
    clause: str = ""
    url: Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$")] = ""
    checked_on: date


class Parameter(Worded):
    """What a pack needs to know about a programme; without a value its rules cannot be checked."""

    name: Name
    unit: ParameterUnit
    explain_de: str = ""
    explain_en: str = ""


class RuleBase(Worded):
    """What every rule has: texts, scopes with their severity, the one that decides, tolerance in euro, and source."""

    key: Slug
    explain_de: Wording
    explain_en: Wording
    fix_de: str = ""
    fix_en: str = ""
    scope: Mapping[RuleScope, Severity]
    deciding: RuleScope
    phase: Annotated[int, Field(ge=1)] | None = None
    """Which of the phases that cost lines name, counted from 1; None: every one."""
    tolerance: Cents = Decimal(0)
    source: RuleSource

    @model_validator(mode="after")
    def _decides(self) -> Self:
        if self.deciding not in self.scope:
            raise PydanticCustomError("deciding_not_in_scope", "the deciding scope is none of the scopes")
        if self.phase and {RuleScope.TOTAL, RuleScope.YEAR, RuleScope.LINE} & self.scope.keys():
            raise PydanticCustomError("phase_in_wide_scope", "a rule about one phase has a scope beyond it")
        return self

    def explain(self, lang: Language) -> str:
        """What the rule asks for."""
        return self.explain_de if lang == "de" else self.explain_en

    def fix(self, lang: Language) -> str:
        """What can be done about a breach; empty where the pack says nothing."""
        return self.fix_de if lang == "de" else self.fix_en

    units: ClassVar[Mapping[str, tuple[ParameterUnit, ...]]] = {
        "factor": (ParameterUnit.PERCENT,),
        "interest": (ParameterUnit.PERCENT,),
        "window": (ParameterUnit.MONTHS, ParameterUnit.DAYS),
        "within": (ParameterUnit.MONTHS, ParameterUnit.DAYS),
        "anchor": (ParameterUnit.DATE,),
    }
    """What a parameter that a field names has to be counted in."""

    def parameters(self) -> dict[str, str]:
        """The parameters the rule asks for, each by the field that names it."""
        parts = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: part.param for name, part in parts.items() if isinstance(part, Limit | Period) and part.param}
