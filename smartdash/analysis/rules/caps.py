"""Evaluators of rules about amounts in euro: a part of the plan against a ceiling, what is paid against the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from smartdash.analysis.budget import ZERO
from smartdash.analysis.rules.amounts import judged, total
from smartdash.analysis.rules.facts import PlanFacts
from smartdash.analysis.rules.results import Outcome, Place, RuleInput, Value
from smartdash.analysis.trees import tree_order
from smartdash.model.rule_parts import Parameter, RuleScope, RuleStatus, Severity
from smartdash.model.rule_spending import AmountCap, Overrun


def cap(rule: AmountCap, facts: PlanFacts, declared: Sequence[Parameter]) -> list[Outcome]:
    """A part of the plan against its ceiling at each place; one that was split in proportion to cost only warns."""
    limit = facts.number(rule.limit, declared)
    places, unknown = judged(rule, facts, limit is not None)
    return [*(_capped(rule, place, limit, facts) for place in places), *unknown]


def _capped(rule: AmountCap, place: Place, limit: Fraction | None, facts: PlanFacts) -> Outcome:
    part = total(rule.part, place, facts)
    inputs = part.inputs("left")
    if not part.parts:
        return Outcome(place, RuleStatus.NOT_APPLICABLE, reason="no_amounts")
    if limit is None:
        values: dict[str, Value] = {"parameter": rule.limit.param or ""}
        return Outcome(place, RuleStatus.UNKNOWN, part.amount, values=values, inputs=inputs, reason="no_parameter")
    status = RuleStatus.OK if part.amount <= limit + Fraction(rule.tolerance) else RuleStatus.VIOLATED
    computed: dict[str, Value] = {"computed": "yes"} if part.computed else {}
    severity = Severity.WARNING if part.computed and rule.scope[place.scope] is Severity.ERROR else None
    return Outcome(place, status, part.amount, limit, values=computed, inputs=inputs, severity=severity)


def overrun(rule: Overrun, facts: PlanFacts, declared: Sequence[Parameter]) -> list[Outcome]:
    """What is paid against the plan of all years.

    On a line it may exceed the plan up to `factor` times. In total it may not, so what one line exceeds has to be saved
    on others; where open commitments would take it beyond, that is near.
    """
    if not facts.postings or not facts.costs:
        return [Outcome(Place(rule.deciding), RuleStatus.NOT_APPLICABLE, reason="no_postings")]
    plan, paid = facts.cost_by_line, facts.paid_by_line
    found = []
    if RuleScope.LINE in rule.scope:
        order = [line.key for line, _, _ in tree_order(facts.lines) if line.key in paid]
        found += _lines(rule, order, plan, paid, facts.number(rule.factor, declared))
    if RuleScope.TOTAL in rule.scope:
        found.append(_whole(rule, plan, paid, sum(facts.committed.values(), ZERO)))
    return found


def _lines(
    rule: Overrun,
    order: Sequence[str],
    plan: Mapping[str, Decimal],
    paid: Mapping[str, Decimal],
    factor: Fraction | None,
) -> list[Outcome]:
    found = []
    for line in order:
        amount = paid[line]
        place, planned = Place(RuleScope.LINE, line, line=line), plan.get(line, ZERO)
        inputs = (RuleInput("left", line, None, amount), RuleInput("right", line, None, planned))
        values: dict[str, Value] = {"whole": planned}
        if factor is None:
            values["parameter"] = rule.factor.param or ""
            found.append(Outcome(place, RuleStatus.UNKNOWN, Fraction(amount), values=values, reason="no_parameter"))
            continue
        values["factor"] = factor
        limit = factor * Fraction(planned)
        status = RuleStatus.OK if Fraction(amount) <= limit + Fraction(rule.tolerance) else RuleStatus.VIOLATED
        found.append(Outcome(place, status, Fraction(amount), limit, values=values, inputs=inputs))
    return found


def _whole(rule: Overrun, plan: Mapping[str, Decimal], paid: Mapping[str, Decimal], committed: Decimal) -> Outcome:
    spent, planned = sum(paid.values(), ZERO), sum(plan.values(), ZERO)
    kept = spent <= planned + rule.tolerance
    inputs = (
        *(RuleInput("left", line, None, amount) for line, amount in paid.items()),
        *(RuleInput("right", line, None, amount) for line, amount in plan.items()),
    )
    return Outcome(
        Place(RuleScope.TOTAL),
        RuleStatus.OK if kept else RuleStatus.VIOLATED,
        Fraction(spent),
        Fraction(planned),
        values={"committed": committed},
        inputs=inputs,
        near=kept and spent + committed > planned,
    )
