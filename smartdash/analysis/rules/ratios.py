"""Evaluators of rules that compare a part of the plan with a factor times another: ratio_cap, share_max, share_min."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from smartdash.analysis.rules.amounts import Sum, judged, total
from smartdash.analysis.rules.facts import PlanFacts
from smartdash.analysis.rules.results import Outcome, Place, Sense, Value, rounded
from smartdash.model.rule_packs import RatioCap, ShareMax, ShareMin
from smartdash.model.rule_parts import FundingPart, Parameter, RuleStatus

_HALF_A_CENT = Fraction(1, 200)


def ratio(rule: RatioCap | ShareMax | ShareMin, facts: PlanFacts, declared: Sequence[Parameter]) -> list[Outcome]:
    """Part against factor times whole at each place of the rule, compared as exact fractions.

    Money given as a share of cost is a share rounded to the cent: it may be off by half a cent per amount, no more.
    """
    factor = facts.number(rule.factor, declared)
    places, unknown = judged(rule, facts, factor is not None)
    return [*(outcome for place in places if (outcome := _at(rule, place, factor, facts))), *unknown]


def _at(
    rule: RatioCap | ShareMax | ShareMin, place: Place, factor: Fraction | None, facts: PlanFacts
) -> Outcome | None:
    part, whole = total(rule.part, place, facts), total(rule.whole, place, facts)
    if not part.parts and not whole.parts:
        return Outcome(place, RuleStatus.NOT_APPLICABLE, reason="no_amounts") if place.year is None else None
    sense: Sense = "min" if isinstance(rule, ShareMin) else "max"
    values: dict[str, Value] = {"whole": rounded(whole.amount)}
    inputs = (*part.inputs("left"), *whole.inputs("right"))
    if whole.amount:
        values["share"] = part.amount / whole.amount
    if factor is None:
        values["parameter"] = rule.factor.param or ""
        return Outcome(
            place, RuleStatus.UNKNOWN, part.amount, sense=sense, values=values, inputs=inputs, reason="no_parameter"
        )
    values["factor"] = factor
    limit, slack = factor * whole.amount, Fraction(rule.tolerance) + _rounding(rule, part)
    kept = part.amount >= limit - slack if sense == "min" else part.amount <= limit + slack
    status = RuleStatus.OK if kept else RuleStatus.VIOLATED
    return Outcome(place, status, part.amount, limit, sense, values=values, inputs=inputs)


def _rounding(rule: RatioCap | ShareMax | ShareMin, part: Sum) -> Fraction:
    """What rounding may add to a sum of amounts of funding, each rounded half up to the cent."""
    return _HALF_A_CENT * len(part.parts) if isinstance(rule.part, FundingPart) else Fraction(0)
