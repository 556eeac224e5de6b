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
from smartdash.model.rule_packs import RatioCap, RulePack, ShareMax
from smartdash.model.rule_parts import CostPart, FundingPart, MoneyPart, RuleBase


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a programme's rules, and the rules left out because a value they need is not known."""

    caps: tuple[Cap, ...]
    left_out: tuple[RuleBase, ...]


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
    """The limits that the rules in force set on cost and on the grant, each in the scope that decides.

    Rules on other things (sums, deadlines, least shares) and rules on money that no scenario changes set none.
    """
    caps: list[Cap] = []
    left_out: list[RuleBase] = []
    grant = _grant_sources(facts)
    for pack in packs:
        for rule in pack.rules if pack.binds(facts.as_of) else ():
            if not isinstance(rule, RatioCap | ShareMax) or not _limits_something(rule.part, grant, facts):
                continue
            factor = facts.number(rule.factor, pack.parameters)
            if factor is None or not _measured_by_cost(rule.whole, facts):
                left_out.append(rule)
                continue
            caps += [
                _cap(f"{pack.key}.{rule.key}", rule, place, factor, grant, facts)
                for place in places(rule, facts)
                if place.scope is rule.deciding
            ]
    return Limits(tuple(caps), tuple(left_out))


def _grant_sources(facts: PlanFacts) -> frozenset[str]:
    plan = plan_money(facts)
    kind = plan.grant_kind()
    return frozenset(key for key, own in plan.givers.items() if own is kind)


def _limits_something(part: MoneyPart, grant: frozenset[str], facts: PlanFacts) -> bool:
    """Whether a scenario can keep the limit: one on cost, or one on money that the grant is part of."""
    return isinstance(part, CostPart) or bool(grant & chosen_sources(part, facts))


def _measured_by_cost(whole: MoneyPart, facts: PlanFacts) -> bool:
    """Whether the limit follows from cost; all funding does, because it adds up to the cost."""
    return isinstance(whole, CostPart) or chosen_sources(whole, facts) == facts.inside


def _cap(
    name: str, rule: RatioCap | ShareMax, place: Place, factor: Fraction, grant: frozenset[str], facts: PlanFacts
) -> Cap:
    part, whole = rule.part, rule.whole
    of_grant = isinstance(part, FundingPart)
    return Cap(
        rule=name,
        place=place.name,
        of_grant=of_grant,
        lines=_lines(part, place, facts),
        base=_lines(whole, place, facts),
        of_eligible=isinstance(whole, CostPart) and whole.eligible,
        factor=factor,
        amount=-_beside_the_grant(part, place, grant, facts) if isinstance(part, FundingPart) else Fraction(0),
        years=None if place.year is None else frozenset({place.year}),
        own_rate=of_grant and rule.factor.param is not None,
    )


def _lines(part: MoneyPart, place: Place, facts: PlanFacts) -> frozenset[str]:
    chosen = chosen_lines(part if isinstance(part, CostPart) else part.spent_on or CostPart(of="cost"), facts)
    return frozenset(line for line in chosen if place.phase is None or facts.phase_of.get(line) == place.phase)


def _beside_the_grant(part: FundingPart, place: Place, grant: frozenset[str], facts: PlanFacts) -> Fraction:
    """What the limit counts of other givers; it stays as planned."""
    of_grant = part.model_copy(update={"kinds": (), "sources": tuple(grant & chosen_sources(part, facts))})
    return total(part, place, facts).amount - total(of_grant, place, facts).amount
