"""From the rules that bind a programme to the limits that a scenario keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from smartdash.analysis.budget import total_by
from smartdash.analysis.rules import PlanFacts
from smartdash.analysis.rules.amounts import chosen_lines, chosen_sources, places, total
from smartdash.analysis.rules.results import Place
from smartdash.analysis.scenario_caps import Cap
from smartdash.analysis.scenarios import PlanMoney
from smartdash.model.money import FunderKind
from smartdash.model.rule_packs import RatioCap, RulePack, ShareMax
from smartdash.model.rule_parts import CostPart, FundingPart, Limit, MoneyPart, RuleBase, Severity
from smartdash.model.rule_spending import AmountCap

Limiting = RatioCap | ShareMax | AmountCap
"""The rules that can set a limit."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a programme's rules, and the rules left out because a value they need is not known."""

    caps: tuple[Cap, ...]
    left_out: tuple[RuleBase, ...]


@dataclass(frozen=True, slots=True)
class _Giving:
    """The sources whose money is the grant, and the others that give any; own funds, which fill what is left, apart."""

    grant: frozenset[str]
    others: frozenset[str]


def plan_money(facts: PlanFacts) -> PlanMoney:
    """The money of a plan version that a scenario starts from."""
    kinds = {source.key: source.kind for source in facts.funders}
    givers = {
        key: next((kinds[above] for above in chain if kinds[above]), None)
        for key, chain in facts.source_chains.items()
        if key in facts.inside
    }
    funding = total_by(
        ((source, year), amount) for (source, year, _), amount in facts.funding.items() if source in givers
    )
    return PlanMoney(facts.lines, facts.costs, givers, funding)


def limits(packs: Iterable[RulePack], facts: PlanFacts) -> Limits:
    """The limits that binding rules in force set on cost and on the grant, each in the scope that decides.

    Rules that only warn where they decide (such as a ceiling whose base is not verified) set none, nor do rules on
    other things (sums, deadlines, least shares) and on money that no scenario changes.
    """
    caps: list[Cap] = []
    left_out: list[RuleBase] = []
    giving = _giving(facts)
    for pack in packs:
        for rule in pack.rules if pack.binds(facts.as_of) else ():
            if not isinstance(rule, Limiting) or not _limits_something(rule, giving.grant, facts):
                continue
            number = facts.number(_number(rule), pack.parameters)
            if number is None or not _measured_by_cost(rule, facts):
                left_out.append(rule)
                continue
            caps += [
                _cap(f"{pack.key}.{rule.key}", rule, place, number, giving, facts)
                for place in places(rule, facts)
                if place.scope is rule.deciding
            ]
    return Limits(tuple(caps), tuple(left_out))


def _number(rule: Limiting) -> Limit:
    """The factor or the amount that a rule compares with."""
    return rule.limit if isinstance(rule, AmountCap) else rule.factor


def _giving(facts: PlanFacts) -> _Giving:
    plan = plan_money(facts)
    kind, giving = plan.grant_kind(), {source for source, _, _ in facts.funding}
    return _Giving(
        frozenset(key for key, its in plan.givers.items() if its is kind),
        frozenset(key for key, its in plan.givers.items() if its not in (kind, FunderKind.OWN) and key in giving),
    )


def _limits_something(rule: Limiting, grant: frozenset[str], facts: PlanFacts) -> bool:
    """Whether a scenario can keep the rule: a binding one on cost, or on money that the grant is part of."""
    if rule.scope[rule.deciding] is not Severity.ERROR:
        return False
    return isinstance(rule.part, CostPart) or bool(grant & chosen_sources(rule.part, facts))


def _measured_by_cost(rule: Limiting, facts: PlanFacts) -> bool:
    """Whether the limit is an amount or follows from cost; all funding does, because it adds up to the cost."""
    if isinstance(rule, AmountCap) or isinstance(rule.whole, CostPart):
        return True
    return chosen_sources(rule.whole, facts) == facts.inside


def _cap(name: str, rule: Limiting, place: Place, number: Fraction, giving: _Giving, facts: PlanFacts) -> Cap:
    part, whole = rule.part, None if isinstance(rule, AmountCap) else rule.whole
    beside = _beside_the_grant(part, place, giving.others, facts) if isinstance(part, FundingPart) else Fraction(0)
    return Cap(
        rule=name,
        place=place.name,
        of_grant=isinstance(part, FundingPart),
        lines=_lines(part, place, facts),
        base=_lines(whole, place, facts) if whole else frozenset(),
        of_eligible=isinstance(whole, CostPart) and whole.eligible,
        factor=number if whole else Fraction(0),
        amount=-beside if whole else number - beside,
        years=None if place.year is None else frozenset({place.year}),
        own_rate=isinstance(part, FundingPart) and whole is not None and _number(rule).param is not None,
    )


def _lines(part: MoneyPart, place: Place, facts: PlanFacts) -> frozenset[str]:
    chosen = chosen_lines(part if isinstance(part, CostPart) else part.spent_on or CostPart(of="cost"), facts)
    return frozenset(line for line in chosen if place.phase is None or facts.phase_of.get(line) == place.phase)


def _beside_the_grant(part: FundingPart, place: Place, others: frozenset[str], facts: PlanFacts) -> Fraction:
    """What the limit counts of other givers, which stays as planned."""
    counted = chosen_sources(part, facts) & others
    if not counted:
        return Fraction(0)
    return total(part.model_copy(update={"kinds": (), "sources": tuple(counted)}), place, facts).amount
