"""The planned money that a rule speaks of, at a place: cost by kind or code, funding by origin, exact.

Where the plan gives a source's money per year only, its part for a phase or for some lines is the computed split.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from fractions import Fraction
from typing import Literal

from smartdash.analysis.budget import ZERO, eligible_lines, total_by
from smartdash.analysis.rules.facts import PlanFacts
from smartdash.analysis.rules.results import Outcome, Place, RuleInput, Value
from smartdash.model.rule_parts import CostPart, FundingPart, MoneyPart, RuleBase, RuleScope, RuleStatus

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Sum:
    """An exact sum in euro with the planned amounts it comes from; `computed`: a part was split in proportion."""

    amount: Fraction
    parts: tuple[tuple[str, int, Decimal], ...]
    computed: bool = False

    def inputs(self, side: Literal["left", "right"]) -> tuple[RuleInput, ...]:
        """The amounts as inputs of one side of a rule."""
        return tuple(RuleInput(side, *part) for part in self.parts)


def places(rule: RuleBase, facts: PlanFacts) -> list[Place]:
    """The places at which a rule is judged: each of its scopes, for the phases and years the plan has."""
    phases = grant_phases(rule, facts)
    found: list[Place] = []
    for scope in rule.scope:
        if scope is RuleScope.TOTAL:
            found.append(Place(scope))
        elif scope is RuleScope.YEAR:
            found += [Place(scope, str(year), year=year) for year in facts.years]
        elif scope is RuleScope.PHASE:
            found += [Place(scope, phase, phase=phase) for phase in phases]
        elif scope is RuleScope.PHASE_YEAR:
            found += [
                Place(scope, f"{phase}/{year}", phase=phase, year=year) for phase in phases for year in facts.years
            ]
    return found


def grant_phases(rule: RuleBase, facts: PlanFacts) -> tuple[str, ...]:
    """The phases a rule is about: all that cost lines name, or the one it counts to."""
    return facts.grant_phases if rule.phase is None else facts.grant_phases[rule.phase - 1 : rule.phase]


def total(part: MoneyPart, place: Place, facts: PlanFacts) -> Sum:
    """What a part of the plan comes to at a place."""
    return _cost(part, place, facts) if isinstance(part, CostPart) else _funding(part, place, facts)


def chosen_lines(part: CostPart, facts: PlanFacts) -> frozenset[str]:
    """The cost lines a part speaks of, with everything below them; looked up once for the same facts."""
    if part not in facts.lines_of:
        facts.lines_of[part] = _lines_of(part, facts)
    return facts.lines_of[part]


def _lines_of(part: CostPart, facts: PlanFacts) -> frozenset[str]:
    every = not part.kinds and not part.lines
    hit = {
        line.key
        for line in facts.lines
        if every or line.kind in part.kinds or any(fnmatchcase(line.key, pattern) for pattern in part.lines)
    }
    chosen = frozenset(key for key, chain in facts.line_chains.items() if hit.intersection(chain))
    return chosen & eligible_lines(facts.lines) if part.eligible else chosen


def _cost(part: CostPart, place: Place, facts: PlanFacts) -> Sum:
    chosen = _here(chosen_lines(part, facts), place, facts)
    if len(chosen) < len(facts.line_chains):
        parts = tuple(cell for cell in facts.cells.get(place.year, ()) if cell[0] in chosen)
    else:  # a sum of everything is told by its top-level lines
        years, tops = facts.years if place.year is None else (place.year,), _apart(facts)
        cells = ((line, year, facts.sums.cost.get((line, year), ZERO)) for year in years for line in tops)
        parts = tuple(cell for cell in cells if cell[2])
    return Sum(_added(parts), parts)


def _apart(facts: PlanFacts) -> list[str]:
    """The top-level lines, none above another, so that each amount is in the sum of one of them.

    A single line above all others is not told, unless it has an amount of its own.
    """
    tops = set(facts.top_of.values())
    above = {line for top in tops for line in facts.line_chains[top][1:]} & tops
    if above and any(line in above for line, _, _ in facts.cells.get(None, ())):
        return sorted({chain[-1] for chain in facts.line_chains.values()})
    return sorted(tops - above)


def _here(lines: frozenset[str], place: Place, facts: PlanFacts) -> frozenset[str]:
    return lines if place.phase is None else frozenset(key for key in lines if facts.phase_of.get(key) == place.phase)


def _funding(part: FundingPart, place: Place, facts: PlanFacts) -> Sum:
    chosen = chosen_sources(part, facts)
    if place.phase is None and part.spent_on is None:
        parts = tuple(
            (source, year, amount)
            for (source, year, _), amount in facts.funding.items()
            if source in chosen and amount and place.year in (None, year)
        )
        return Sum(_added(parts), parts)
    lines = _here(chosen_lines(part.spent_on or CostPart(of="cost"), facts), place, facts)
    cells = [
        item
        for item in facts.allocations
        if item.source in chosen and item.line in lines and place.year in (None, item.year)
    ]
    sums = total_by(((item.source or "", item.year), item.amount) for item in cells)
    parts = tuple((source, year, amount) for (source, year), amount in sums.items())
    return Sum(_added(parts), parts, any(item.computed for item in cells))


def chosen_sources(part: FundingPart, facts: PlanFacts) -> frozenset[str]:
    """The funding sources inside the plan that a part speaks of, with everything below them."""
    every = not part.kinds and not part.sources
    hit = {
        source.key
        for source in facts.funders
        if every or source.kind in part.kinds or any(fnmatchcase(source.key, pattern) for pattern in part.sources)
    }
    return frozenset(key for key in facts.inside if hit.intersection(facts.source_chains[key]))


def _added(parts: Iterable[tuple[str, int, Decimal]]) -> Fraction:
    return Fraction(sum((amount for _, _, amount in parts), ZERO))


def judged(rule: RuleBase, facts: PlanFacts, known: bool = True) -> tuple[list[Place], list[Outcome]]:
    """The places at which a rule about the plan is judged, and its phase scopes where it cannot be.

    Where the number the rule compares with is not `known`, that is told in the deciding scope only.
    """
    unknown = no_phase(rule, facts)
    barred = {outcome.place.scope for outcome in unknown}
    found = [place for place in places(rule, facts) if known or place.scope is rule.deciding]
    return [place for place in found if place.scope not in barred], unknown


def no_phase(rule: RuleBase, facts: PlanFacts) -> list[Outcome]:
    """An unknown result for each phase scope of a rule where some planned cost names no phase.

    Then no phase is whole, and nothing tells which phases are those of the grant.
    """
    scopes = [scope for scope in rule.scope if scope in (RuleScope.PHASE, RuleScope.PHASE_YEAR)]
    homeless = sorted({line for line, _, _ in facts.cells.get(None, ())} - facts.phase_of.keys())
    if not homeless:
        return []
    values: dict[str, Value] = {"line": homeless[0], "count": len(homeless)}
    return [Outcome(Place(scope), RuleStatus.UNKNOWN, values=values, reason="no_phase") for scope in scopes]
