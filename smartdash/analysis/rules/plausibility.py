"""Evaluators of rules about the plan as such: labels, printed shares, the funding's base, series, resting lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from smartdash.analysis.budget import ZERO, total_by
from smartdash.analysis.plan_sums import Sums, recomputed
from smartdash.analysis.rules.amounts import chosen_lines, chosen_sources
from smartdash.analysis.rules.facts import PlanFacts
from smartdash.analysis.rules.oddities import (
    Labelled,
    PhaseLine,
    identical_series,
    repeated_labels,
    resting_lines,
)
from smartdash.analysis.rules.results import Outcome, Place, RuleInput, Value
from smartdash.analysis.rules.stale_base import OtherBase, other_bases
from smartdash.model.money import CostLine, FundingSource, StatedSubject, StatedTotal
from smartdash.model.rule_oddities import (
    IdenticalSeries,
    LabelUnique,
    ShareMatchesFormula,
    StaleBase,
    ZeroInActivePhase,
)
from smartdash.model.rule_parts import CostPart, FundingPart, Parameter, RuleScope, RuleStatus

_SHARE_STEP = Fraction(1, 100)
_WHOLE = Place(RuleScope.TOTAL)


def labels(rule: LabelUnique, facts: PlanFacts, declared: Sequence[Parameter]) -> list[Outcome]:
    """Labels of printed rows, cost lines and funding sources that repeat below one heading with other values."""
    rows = [
        *_printed_rows(facts),
        *_titles(facts.lines, facts.sums.cost, "line"),
        *_titles(facts.funders, facts.sums.funding, "source"),
    ]
    found: dict[tuple[str, ...], Outcome] = {}
    for group in repeated_labels(rows):
        codes = tuple(row.code for row in group)
        first, other, column = next(
            (group[0], row, column)
            for row in group[1:]
            for column in sorted(group[0].values.keys() & row.values.keys())
            if group[0].values[column] != row.values[column]
        )
        left, right = first.values[column], other.values[column]
        values: dict[str, Value] = {"label": group[0].label, "codes": _listed(codes), "first": first.code}
        values |= {"other": other.code, "column": column}
        unit = "%" if first.above.startswith(StatedSubject.SHARE) else "€"
        outcome = _odd(Place(RuleScope.ITEM, _listed(codes)), values, Fraction(left), Fraction(right))
        # A printed row and the line it prints are one oddity.
        found.setdefault(codes, replace(outcome, unit=unit))
    return _or_nothing(list(found.values()), checked=bool(rows))


def _printed_rows(facts: PlanFacts) -> list[Labelled]:
    parents = {line.key: line.parent for line in facts.lines} | {item.key: item.parent for item in facts.funders}
    rows: dict[str, list[StatedTotal]] = defaultdict(list)
    for stated in facts.stated:
        rows[stated.code].append(stated)
    return [
        Labelled(
            code,
            f"{printed[0].subject} {parents.get(printed[0].cost_line or printed[0].funding_source or '')}",
            printed[0].label,
            {str(stated.year or ""): stated.amount for stated in printed},
        )
        for code, printed in rows.items()
    ]


def _titles(tree: Sequence[CostLine] | Sequence[FundingSource], sums: Sums, name: str) -> list[Labelled]:
    values: dict[str | None, dict[str, Decimal]] = defaultdict(dict)
    for (node, year), amount in sums.items():
        values[node][str(year or "")] = amount
    return [Labelled(item.key, f"{name} {item.parent}", item.title, values[item.key]) for item in tree]


def shares(rule: ShareMatchesFormula, facts: PlanFacts, declared: Sequence[Parameter]) -> list[Outcome]:
    """Each printed share against the recomputed one (ratio of sums, two decimals), and their sums against 100 %."""
    printed = [stated for stated in facts.stated if stated.subject is StatedSubject.SHARE]
    found = [_share(stated, facts) for stated in printed]
    for year in dict.fromkeys(stated.year for stated in printed):
        column = [stated for stated in printed if stated.year == year]
        if _are_everything(column, facts):
            left = sum((Fraction(stated.amount) for stated in column), Fraction(0))
            kept = abs(left - 100) <= _SHARE_STEP * len(column)
            place = Place(RuleScope.YEAR, str(year), year=year) if year else _WHOLE
            status = RuleStatus.OK if kept else RuleStatus.VIOLATED
            values: dict[str, Value] = {"case": "sum", "count": len(column)}
            found.append(Outcome(place, status, left, Fraction(100), "equal", "%", values))
    return _or_nothing(found, checked=bool(printed))


def _share(stated: StatedTotal, facts: PlanFacts) -> Outcome:
    place = Place(RuleScope.ITEM, f"{stated.code}/{stated.year}" if stated.year else stated.code, year=stated.year)
    values: dict[str, Value] = {"case": "share", "code": stated.code, "label": stated.label}
    left, right = Fraction(stated.amount), recomputed(facts.sums, stated)
    if right is None:
        # Nothing of nothing is printed as zero; any other share of it cannot be recomputed.
        status = RuleStatus.UNKNOWN if stated.amount else RuleStatus.NOT_APPLICABLE
        return Outcome(place, status, left, None, "equal", "%", values, reason="no_amounts")
    status = RuleStatus.OK if left == right else RuleStatus.VIOLATED
    part = facts.sums.funding.get((stated.funding_source, stated.year), ZERO)
    inputs = (RuleInput("right", stated.funding_source or "", stated.year, part),)
    return Outcome(place, status, left, Fraction(right), "equal", "%", values, inputs)


def _are_everything(column: Sequence[StatedTotal], facts: PlanFacts) -> bool:
    """Whether the sources of the shares are all there are inside the plan, each once."""
    named = [stated.funding_source for stated in column]
    parents = {source.parent for source in facts.funders}
    leaves = [key for key in facts.inside if key not in parents]
    return None not in named and all(
        sum(key in facts.source_chains[leaf] for key in named if key) == 1 for leaf in leaves
    )


def base(rule: StaleBase, facts: PlanFacts, declared: Sequence[Parameter]) -> list[Outcome]:
    """Years, and the total, whose funding is an exact share of another state of the eligible cost."""
    lines = chosen_lines(CostPart(of="cost", eligible=True), facts)
    costs = {key: series for key, series in _series(facts).items() if key in lines}
    own, grant = _by_year(rule.own, facts), _by_year(rule.grant, facts)
    if not costs or not (any(own.values()) or any(grant.values())):
        return _or_nothing([], checked=False)
    hints = {hint.year: hint for hint in other_bases(costs, own, grant, rule.rates)}
    years = [Place(RuleScope.YEAR, str(year), year=year) for year in facts.years]
    return [
        _stale(place, hints[place.year], facts) if place.year in hints else Outcome(place, RuleStatus.OK)
        for place in (*years, _WHOLE)
    ]


def _stale(place: Place, hint: OtherBase, facts: PlanFacts) -> Outcome:
    case = "years" if not hint.lines else ("added" if hint.difference > 0 else "removed")
    values: dict[str, Value] = {"case": case, "payer": hint.part, "share": hint.share, "amount": hint.amount}
    values |= {"lines": _listed(hint.lines), "named": _named(hint.lines, facts), "apart": abs(hint.difference)}
    inputs = tuple(RuleInput("left", line, hint.year, abs(hint.difference)) for line in hint.lines)
    return _odd(place, values, Fraction(hint.cost), Fraction(hint.base), inputs)


def series(rule: IdenticalSeries, facts: PlanFacts, declared: Sequence[Parameter]) -> list[Outcome]:
    """Lines with the very same amounts in every year; both sides are the total of one of them."""
    amounts = _series(facts)
    found = []
    for keys in identical_series(amounts, rule.min_years):
        whole = Fraction(sum(amounts[keys[0]].values(), ZERO))
        inputs = tuple(RuleInput("left", key, year, amount) for key in keys for year, amount in amounts[key].items())
        values: dict[str, Value] = {"lines": _listed(keys), "named": _named(keys, facts), "count": len(keys)}
        found.append(_odd(Place(RuleScope.ITEM, _listed(keys)), values, whole, whole, inputs))
    return _or_nothing(found, checked=bool(amounts))


def resting(rule: ZeroInActivePhase, facts: PlanFacts, declared: Sequence[Parameter]) -> list[Outcome]:
    """Lines without an amount in a year in which their phase is active, one result per phase and year."""
    amounts = _series(facts)
    lines = [PhaseLine(key, facts.phase_of[key], amounts[key]) for key in amounts if key in facts.phase_of]
    planned = {
        phase.key: range(phase.planned_start.year, phase.planned_end.year + 1)
        for phase in facts.phases
        if phase.planned_start and phase.planned_end
    }
    found = []
    for rest in resting_lines(lines, planned):
        place = Place(RuleScope.PHASE_YEAR, f"{rest.phase}/{rest.year}", phase=rest.phase, year=rest.year)
        inputs = tuple(
            RuleInput("left", key, year, amount)
            for key in rest.lines
            for year in (rest.year - 1, rest.year + 1)
            if (amount := amounts[key].get(year))
        )
        found.append(_odd(place, {"lines": _listed(rest.lines), "named": _named(rest.lines, facts)}, inputs=inputs))
    return _or_nothing(found, checked=bool(lines))


def _series(facts: PlanFacts) -> dict[str, dict[int, Decimal]]:
    """The amounts by year of each cost line that has any."""
    found: dict[str, dict[int, Decimal]] = defaultdict(dict)
    for (line, year), amount in facts.costs.items():
        found[line][year] = amount
    return found


def _by_year(part: FundingPart, facts: PlanFacts) -> Mapping[int, Decimal]:
    chosen = chosen_sources(part, facts)
    return total_by((year, amount) for (source, year, _), amount in facts.funding.items() if source in chosen)


def _named(keys: Sequence[str], facts: PlanFacts) -> str:
    """Cost lines by number and title."""
    return "; ".join(f"{key} {facts.line_of[key].title}" if key in facts.line_of else key for key in keys)


def _listed(keys: Sequence[str]) -> str:
    return ", ".join(keys)


def _odd(
    place: Place,
    values: Mapping[str, Value],
    left: Fraction | None = None,
    right: Fraction | None = None,
    inputs: tuple[RuleInput, ...] = (),
) -> Outcome:
    return Outcome(place, RuleStatus.VIOLATED, left, right, "equal", values=values, inputs=inputs)


def _or_nothing(found: list[Outcome], *, checked: bool) -> list[Outcome]:
    """What was found; else that nothing was, or that there was nothing to look at."""
    if found:
        return found
    if not checked:
        return [Outcome(_WHOLE, RuleStatus.NOT_APPLICABLE, reason="no_amounts")]
    return [Outcome(_WHOLE, RuleStatus.OK)]
