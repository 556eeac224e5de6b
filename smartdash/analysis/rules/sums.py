"""Evaluators of rules about sums that must be the same: cost and funding, printed and recomputed, lines and leaves."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from smartdash.analysis.budget import total_by
from smartdash.analysis.plan_sums import recomputed
from smartdash.analysis.rules.amounts import NOTHING, places, total
from smartdash.analysis.rules.facts import PlanFacts
from smartdash.analysis.rules.results import Outcome, Place, RuleInput
from smartdash.model.money import StatedSubject
from smartdash.model.rule_packs import SumEquals
from smartdash.model.rule_parts import CostPart, FundingPart, Parameter, RuleScope, RuleStatus


def sums(rule: SumEquals, facts: PlanFacts, declared: Sequence[Parameter]) -> list[Outcome]:
    """The two sums a rule compares, at each place; a plan without cost or without funding has nothing to compare."""
    if rule.compare == "funding":
        return _cost_and_funding(rule, facts)
    return _stated(rule, facts) if rule.compare == "stated" else _leaves(facts)


def _cost_and_funding(rule: SumEquals, facts: PlanFacts) -> list[Outcome]:
    cost, funding = CostPart(of="cost"), FundingPart(of="funding")
    if not facts.costs or not any(source in facts.inside for source, _, _ in facts.funding):
        return [Outcome(Place(RuleScope.TOTAL), RuleStatus.NOT_APPLICABLE, sense="equal", reason="no_amounts")]
    found = []
    for place in places(rule, facts):
        left, right = total(cost, place, facts), total(funding, place, facts)
        inputs = (*left.inputs("left"), *right.inputs("right"))
        found.append(_compared(rule, place, left.amount, right.amount, inputs))
    return found


def _compared(
    rule: SumEquals, place: Place, left: Fraction, right: Fraction, inputs: tuple[RuleInput, ...] = (), **values: str
) -> Outcome:
    same = abs(left - right) <= Fraction(rule.tolerance)
    status = RuleStatus.OK if same else RuleStatus.VIOLATED
    return Outcome(place, status, left, right, "equal", values=values, inputs=inputs)


def _leaves(facts: PlanFacts) -> list[Outcome]:
    """Each line above others with an amount of its own; one result for all where there is none."""
    parents = {line.parent for line in facts.lines}
    cells = facts.cells.get(None, ())
    wrong = total_by((line, amount) for line, _, amount in cells if line in parents)
    if cells and not wrong:
        return [Outcome(Place(RuleScope.TOTAL), RuleStatus.OK, NOTHING, NOTHING, "equal")]
    return [
        Outcome(
            Place(RuleScope.LINE, line, line=line),
            RuleStatus.VIOLATED,
            Fraction(amount),
            NOTHING,
            "equal",
            values={"line": line},
        )
        for line, amount in wrong.items()
    ]


def _stated(rule: SumEquals, facts: PlanFacts) -> list[Outcome]:
    """Each printed total but the shares against the sum of its leaves; a share is a ratio of sums, not a sum."""
    found = []
    for stated in facts.stated:
        right = recomputed(facts.sums, stated)
        if stated.subject is StatedSubject.SHARE or right is None:
            continue
        name = f"{stated.code}/{stated.year}" if stated.year else stated.code
        place = Place(RuleScope.ITEM, name, year=stated.year, line=stated.cost_line)
        left = Fraction(stated.amount)
        found.append(_compared(rule, place, left, Fraction(right), code=stated.code, label=stated.label))
    return found
