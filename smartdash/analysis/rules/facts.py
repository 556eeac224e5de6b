"""What rules are judged on: one plan version of a programme and what happened to its money, as known on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from smartdash.analysis.budget import inside_plan, top_line_of, total_by
from smartdash.analysis.plan_sums import PlanSums, sums_below
from smartdash.analysis.pro_rata import Allocation, allocations
from smartdash.analysis.trees import ancestors
from smartdash.model.appropriations import BudgetCarryOver
from smartdash.model.grants import Drawdown, ProofOfUse, RuleParameter, Waiver
from smartdash.model.money import CostLine, FundingSource, PlanVersion, StatedTotal
from smartdash.model.rule_parts import CostPart, Limit, Parameter, ParameterUnit, Period
from smartdash.model.schedule import Phase
from smartdash.model.spending import Contract, PersonDayBudget, Posting, VatRate


@dataclass(frozen=True)
class PlanFacts:
    """A plan version with its amounts by leaf and year, and the programme's actual figures up to the as-of date.

    `costs` holds euro by (cost line, year) and only where the plan gives an amount; `funding` by (source, year, cost
    line or None where the plan names none); `committed` what is open of commitments by (cost line, budget year).
    `phases`, `lines` and `funders` stand in their own order.
    """

    as_of: date
    version: PlanVersion | None = None
    lines: Sequence[CostLine] = ()
    costs: Mapping[tuple[str, int], Decimal] = field(default_factory=dict)
    funders: Sequence[FundingSource] = ()
    funding: Mapping[tuple[str, int, str | None], Decimal] = field(default_factory=dict)
    stated: Sequence[StatedTotal] = ()
    phases: Sequence[Phase] = ()
    postings: Sequence[Posting] = ()
    committed: Mapping[tuple[str, int], Decimal] = field(default_factory=dict)
    drawdowns: Sequence[Drawdown] = ()
    proofs: Sequence[ProofOfUse] = ()
    carry_overs: Sequence[BudgetCarryOver] = ()
    parameters: Sequence[RuleParameter] = ()
    waivers: Sequence[Waiver] = ()
    contracts: Sequence[Contract] = ()
    person_days: Sequence[PersonDayBudget] = ()
    vat_rates: Sequence[VatRate] = ()

    @cached_property
    def line_chains(self) -> Mapping[str, tuple[str, ...]]:
        """For each cost line: itself and everything above it, from the bottom up."""
        return ancestors(self.lines)

    @cached_property
    def source_chains(self) -> Mapping[str, tuple[str, ...]]:
        """For each funding source: itself and everything above it, from the bottom up."""
        return ancestors(self.funders)

    @cached_property
    def line_of(self) -> Mapping[str, CostLine]:
        """The cost lines by key."""
        return {line.key: line for line in self.lines}

    @cached_property
    def inside(self) -> frozenset[str]:
        """The funding sources that cover the eligible cost."""
        return inside_plan(self.funders)

    @cached_property
    def phase_of(self) -> Mapping[str, str]:
        """The phase of each cost line that has one: what the highest line on its way up names.

        A plan's upper lines name the phase of the grant; lines below may name a narrower one of the schedule.
        """
        found = {}
        for key, chain in self.line_chains.items():
            named = [phase for above in chain if (phase := self.line_of[above].phase)]
            if named:
                found[key] = named[-1]
        return found

    @cached_property
    def grant_phases(self) -> tuple[str, ...]:
        """The phases that cost lines name, in the order of the phases."""
        used = set(self.phase_of.values())
        return tuple(phase.key for phase in self.phases if phase.key in used)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years in which the plan gives an amount other than zero for cost or funding."""
        costs = {year for year in self.cells if year is not None}
        paid = {year for (source, year, _), amount in self.funding.items() if amount and source in self.inside}
        return tuple(sorted(costs | paid))

    @cached_property
    def sums(self) -> PlanSums:
        """What printed totals are recomputed from: sums of the lines they name, and of the top-level lines."""
        lines = {stated.cost_line for stated in self.stated} | set(self.top_of.values())
        paid = [(source, year, amount) for (source, year, _), amount in self.funding.items()]
        return PlanSums(
            sums_below(self.lines, ((line, year, amount) for (line, year), amount in self.costs.items()), lines),
            sums_below(self.funders, (row for row in paid if row[0] in self.inside)),
            sums_below(self.funders, paid),
        )

    @cached_property
    def cells(self) -> Mapping[int | None, Sequence[tuple[str, int, Decimal]]]:
        """Planned cost other than zero as (line, year, amount), by year and for all years (None)."""
        found: dict[int | None, list[tuple[str, int, Decimal]]] = defaultdict(list)
        for (line, year), amount in self.costs.items():
            if amount:
                found[year].append((line, year, amount))
                found[None].append((line, year, amount))
        return dict(found)

    @cached_property
    def top_of(self) -> Mapping[str, str]:
        """The top-level line that each cost line belongs to."""
        return top_line_of(self.lines)

    @cached_property
    def lines_of(self) -> dict[CostPart, frozenset[str]]:
        """The lines of each part of the plan that a rule has asked for; filled by `amounts.chosen_lines`."""
        return {}

    @cached_property
    def cost_by_line(self) -> Mapping[str, Decimal]:
        """Planned cost by the line it stands on, over all years."""
        return total_by((line, amount) for (line, _), amount in self.costs.items())

    @cached_property
    def paid_by_line(self) -> Mapping[str, Decimal]:
        """What was booked by cost line; credits and reversals lower it."""
        return total_by((posting.cost_line, posting.amount) for posting in self.postings)

    @cached_property
    def given_by_source(self) -> Mapping[str, Decimal]:
        """What each source inside the plan gives over all years."""
        return total_by((key, amount) for (key, _, _), amount in self.funding.items() if key in self.inside)

    @cached_property
    def allocations(self) -> Sequence[Allocation]:
        """Who inside the plan pays which line in a year, as the plan states it or split in proportion to cost."""
        inside = {place: amount for place, amount in self.funding.items() if place[0] in self.inside}
        return allocations(self.costs, inside, self.line_chains)

    def parameter(self, name: str) -> RuleParameter | None:
        """The parameter in force on the as-of date: the newest valid by then; one without a day is the oldest."""
        known = [
            item
            for item in self.parameters
            if item.name == name and (item.valid_from is None or item.valid_from <= self.as_of)
        ]
        return max(known, key=lambda item: (item.valid_from or date.min, item.key), default=None)

    def number(self, limit: Limit, declared: Sequence[Parameter]) -> Fraction | None:
        """A limit as an exact number, a share as a fraction of one; None where nobody has said it."""
        given = self.parameter(limit.param) if limit.param else None
        if given is None or given.value is None:
            return limit.value
        unit = next(item.unit for item in declared if item.name == limit.param)
        return Fraction(given.value) / (100 if unit is ParameterUnit.PERCENT else 1)

    def period(self, period: Period, declared: Sequence[Parameter]) -> tuple[int, int] | None:
        """A period as months and days; None where nobody has said it."""
        given = self.parameter(period.param) if period.param else None
        if given is None or given.value is None:
            return (period.months, period.days) if period.months or period.days else None
        unit = next(item.unit for item in declared if item.name == period.param)
        return (int(given.value), 0) if unit is ParameterUnit.MONTHS else (0, int(given.value))
