"""The funding of the plan version in force: sources in the order they are shown, cost and who pays it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.budget import eligible_lines, inside_plan, total_by
from smartdash.figures.plans import version_in_force
from smartdash.model.money import CostLine, FunderKind, FundingSource, PlanVersion
from smartdash.store import Reader
from smartdash.store.queries import allocated_funding, planned_costs

_ORDER = (FunderKind.FEDERAL, FunderKind.STATE, FunderKind.EU, FunderKind.THIRD_PARTY, FunderKind.OWN)


@dataclass(frozen=True, slots=True)
class FundingPlan:
    """A plan version's money, in euro.

    `inside` and `outside` are the sources that give any, federal first and own last; `costs` by (cost line, year) of
    the eligible lines and `ineligible` of the others; `funding` by (source, year, cost line or None).
    """

    version: PlanVersion
    lines: tuple[CostLine, ...]
    inside: tuple[FundingSource, ...]
    outside: tuple[FundingSource, ...]
    costs: Mapping[tuple[str, int], Decimal]
    ineligible: Mapping[tuple[str, int], Decimal]
    funding: Mapping[tuple[str, int, str | None], Decimal]

    def inside_funding(self) -> dict[tuple[str, int, str | None], Decimal]:
        """What the sources inside the plan give, by source, year and cost line."""
        keys = {source.key for source in self.inside}
        return {place: amount for place, amount in self.funding.items() if place[0] in keys}

    def by_source_and_year(self) -> dict[tuple[str, int], Decimal]:
        """What each source gives in each year."""
        return total_by(((source, year), amount) for (source, year, _), amount in self.funding.items())

    def cost_by_year(self) -> dict[int, Decimal]:
        """The eligible cost of each year."""
        return total_by((year, amount) for (_, year), amount in self.costs.items())


def read_funding_plan(reader: Reader) -> FundingPlan | None:
    """The money of the plan version in force, or None where no version is recorded; read once for all figures."""
    return reader.remembered("funding_plan", lambda: (_read(reader),))[0]


def _read(reader: Reader) -> FundingPlan | None:
    version = version_in_force(reader)
    if version is None:
        return None
    lines = tuple(reader.all(CostLine))
    eligible = eligible_lines(lines)
    costs = planned_costs(reader, version.key)
    funding = allocated_funding(reader, version.key)
    giving = {source for (source, _, _), amount in funding.items() if amount}
    known = reader.all(FundingSource)
    inside, sources = inside_plan(known), in_order([source for source in known if source.key in giving])
    return FundingPlan(
        version,
        lines,
        tuple(source for source in sources if source.key in inside),
        tuple(source for source in sources if source.key not in inside),
        {place: amount for place, amount in costs.items() if place[0] in eligible},
        {place: amount for place, amount in costs.items() if place[0] not in eligible},
        funding,
    )


def in_order(sources: Sequence[FundingSource]) -> list[FundingSource]:
    """Sources as they are shown: federal first, own last, those of unknown origin after them."""
    return sorted(sources, key=_rank)


def _rank(source: FundingSource) -> int:
    return _ORDER.index(source.kind) if source.kind else len(_ORDER)
