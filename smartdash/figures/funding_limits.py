"""The highest share that the rules in force allow a funder: per year and in total, as far as it can be checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from smartdash.analysis.budget import ZERO
from smartdash.analysis.rules import RuleResult
from smartdash.figures.rule_data import rule_results
from smartdash.model.money import FunderKind, FundingSource
from smartdash.model.rule_packs import ShareMax
from smartdash.model.rule_parts import FundingPart, RuleScope, RuleStatus
from smartdash.store import Reader


@dataclass(frozen=True, slots=True)
class FundingLimit:
    """The tightest limit of a year ("" for all): the share allowed, in euro what it comes to, what is over or left."""

    result: RuleResult
    factor: Fraction
    amount: Decimal
    over: Decimal
    room: Decimal

    @property
    def place(self) -> str:
        """The year, "" for all."""
        return self.result.place


@dataclass(frozen=True, slots=True)
class FundingLimits:
    """The limits of the funders of `kinds` by year ("" for all), and the rules about them that cannot be checked."""

    kinds: frozenset[FunderKind]
    at: dict[str, FundingLimit]
    unknown: tuple[RuleResult, ...]


def funding_limits(reader: Reader, sources: Sequence[FundingSource]) -> FundingLimits:
    """The limits of the funders that are drawn first; `sources` are those inside the plan in the order drawn.

    Of several rules the tightest counts at each place.
    """
    first = sources[0].kind if sources else None
    found = [(result, kinds) for result in rule_results(reader) if (kinds := _limited(result)) == {first}]
    at: dict[str, FundingLimit] = {}
    for result, _ in found:
        limit = _limit(result)
        if limit and (limit.place not in at or limit.amount < at[limit.place].amount):
            at[limit.place] = limit
    unknown = tuple(result for result, _ in found if result.status is RuleStatus.UNKNOWN)
    return FundingLimits(frozenset({first} if first and found else ()), at, unknown)


def _limited(result: RuleResult) -> set[FunderKind]:
    """Whose share of all a rule limits from above; empty where it is about something else."""
    rule = result.definition
    if not isinstance(rule, ShareMax) or not isinstance(rule.part, FundingPart) or rule.part.spent_on:
        return set()
    return set(rule.part.kinds) if result.scope in (RuleScope.YEAR, RuleScope.TOTAL) else set()


def _limit(result: RuleResult) -> FundingLimit | None:
    factor = result.values.get("factor")
    if result.right is None or result.room_left is None or not isinstance(factor, Fraction):
        return None
    broken = result.status is RuleStatus.VIOLATED
    return FundingLimit(
        result,
        factor,
        result.right,
        -result.room_left if broken else ZERO,
        # A rule may tolerate a cent beyond the exact share; then nothing is left.
        ZERO if broken else max(result.room_left, ZERO),
    )
