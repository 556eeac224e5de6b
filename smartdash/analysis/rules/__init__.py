"""The rule engine: rules as data, judged on the facts of a plan version. Pure; each type has one evaluator.

To add a type: a class in `model/rule_packs.py`, an evaluator in the module of its family, a row in `_EVALUATORS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from smartdash.analysis.rules import plausibility
from smartdash.analysis.rules.caps import cap, overrun
from smartdash.analysis.rules.cash import carry_over_expiry, cash_age
from smartdash.analysis.rules.facts import PlanFacts
from smartdash.analysis.rules.periods import deadline, duration
from smartdash.analysis.rules.ratios import ratio
from smartdash.analysis.rules.results import Outcome, Place, RuleInput, RuleResult, apart, to_cents
from smartdash.analysis.rules.sums import sums
from smartdash.analysis.rules.tax import tax
from smartdash.model.grants import TOTAL, Waiver
from smartdash.model.rule_oddities import (
    IdenticalSeries,
    LabelUnique,
    ShareMatchesFormula,
    StaleBase,
    VatConsistent,
    ZeroInActivePhase,
)
from smartdash.model.rule_packs import RatioCap, RulePack, ShareMax, ShareMin, SumEquals
from smartdash.model.rule_parts import RuleBase, RuleScope, RuleStatus
from smartdash.model.rule_spending import AmountCap, CarryOverExpiry, CashAge, Deadline, DurationMax, Overrun

__all__ = ["PlanFacts", "RuleInput", "RuleResult", "evaluate"]

_EVALUATORS: Mapping[type[RuleBase], Callable[..., list[Outcome]]] = {
    SumEquals: sums,
    RatioCap: ratio,
    ShareMax: ratio,
    ShareMin: ratio,
    LabelUnique: plausibility.labels,
    ShareMatchesFormula: plausibility.shares,
    StaleBase: plausibility.base,
    IdenticalSeries: plausibility.series,
    ZeroInActivePhase: plausibility.resting,
    VatConsistent: tax,
    AmountCap: cap,
    Overrun: overrun,
    DurationMax: duration,
    Deadline: deadline,
    CashAge: cash_age,
    CarryOverExpiry: carry_over_expiry,
}


def evaluate(packs: Iterable[RulePack], facts: PlanFacts) -> tuple[RuleResult, ...]:
    """Every rule of the packs at every place of its scopes, in the order of packs, rules and places.

    A pack that is not in force on the as-of date is not applicable. A waiver is attached to a broken rule where it
    names the rule, the place (`TOTAL` for the whole, none for everywhere), the plan version (or none), and is valid on
    the as-of date.
    """
    return tuple(
        result
        for pack in packs
        for rule in pack.rules
        for result in (_dressed(pack, rule, outcome, facts) for outcome in _outcomes(pack, rule, facts))
    )


def _outcomes(pack: RulePack, rule: RuleBase, facts: PlanFacts) -> Sequence[Outcome]:
    if not pack.binds(facts.as_of):
        return [Outcome(Place(RuleScope.TOTAL), RuleStatus.NOT_APPLICABLE, reason="not_in_force")]
    nothing = Outcome(Place(rule.deciding), RuleStatus.NOT_APPLICABLE, reason="no_amounts")
    return _EVALUATORS[type(rule)](rule, facts, pack.parameters) or [nothing]


def _dressed(pack: RulePack, rule: Any, outcome: Outcome, facts: PlanFacts) -> RuleResult:
    name, place = f"{pack.key}.{rule.key}", outcome.place
    exact = outcome.left - outcome.right if outcome.left is not None and outcome.right is not None else None
    room = None if exact is None or outcome.sense == "equal" else (exact if outcome.sense == "min" else -exact)
    scope = place.scope if place.scope in rule.scope else rule.deciding
    return RuleResult(
        rule=name,
        definition=rule,
        type=rule.type,
        status=outcome.status,
        severity=outcome.severity or rule.scope[scope],
        scope=place.scope,
        place=place.name,
        phase=place.phase,
        year=place.year,
        line=place.line,
        deciding=scope is rule.deciding,
        left=to_cents(outcome.left),
        right=to_cents(outcome.right),
        difference=apart(exact),
        room_left=apart(room),
        unit=outcome.unit,
        values=outcome.values,
        inputs=outcome.inputs,
        source=rule.source,
        reason=outcome.reason,
        near=outcome.near,
        waiver=_waiver(name, place.name, facts) if outcome.status is RuleStatus.VIOLATED else None,
    )


def _waiver(rule: str, place: str, facts: PlanFacts) -> Waiver | None:
    version = facts.version.key if facts.version else None
    fitting = [
        waiver
        for waiver in facts.waivers
        if waiver.rule == rule
        and waiver.scope in (None, "", place or TOTAL)
        and waiver.plan_version in (None, version)
        and waiver.approved_on <= facts.as_of <= (waiver.valid_until or date.max)
    ]
    return max(fitting, key=lambda waiver: (waiver.approved_on, waiver.key), default=None)
