"""The figure of what is covered: eligible cost by the plan's sources, and other cost by money outside the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from smartdash.analysis.budget import ZERO, total_by
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn, Tile
from smartdash.figures.funding_plan import FundingPlan, read_funding_plan
from smartdash.figures.headings import heading, listing
from smartdash.figures.plans import named, no_plan
from smartdash.locale import Words
from smartdash.locale.numbers import euro, euro_short
from smartdash.model.money import CostAmount
from smartdash.store import Reader


@figure("funding.coverage", page="funding", needs=("cost_amount", "funding_amount"))
def coverage(reader: Reader, say: Words) -> Draft:
    """Whether the plan's sources cover the eligible cost, and who pays what is not eligible."""
    plan = read_funding_plan(reader)
    if plan is None or not (plan.costs or plan.funding):
        return no_plan(say)
    outside = {source.key for source in plan.outside}
    given = plan.by_source_and_year()
    parts = (
        plan.cost_by_year(),
        total_by((year, amount) for (source, year), amount in given.items() if source not in outside),
        total_by((year, amount) for (_, year), amount in plan.ineligible.items()),
        total_by((year, amount) for (source, year), amount in given.items() if source in outside),
    )
    years = sorted({year for part in parts for year in part})
    wholes = [sum(part.values(), ZERO) for part in parts]
    labels = ("eligible", "inside", "ineligible", "outside")
    return Draft(
        message=_message(plan, parts, years, say),
        columns=(
            TableColumn("year", heading(CostAmount, "year", say)),
            *(TableColumn(name, say(f"funding.{name}"), "money") for name in labels[:2]),
            TableColumn("gap", say("funding.gap"), "money", help=say("funding.gap_help")),
            *(TableColumn(name, say(f"funding.{name}"), "money") for name in labels[2:]),
            TableColumn("outside_gap", say("funding.outside_gap"), "money", help=say("funding.gap_help")),
        ),
        rows=(
            *(_row(str(year), [part.get(year, ZERO) for part in parts]) for year in years),
            _row(say("budget.total"), wholes),
        ),
        unit=say("funding.coverage.unit", version=named(plan.version, say)),
        tiles=tuple(
            Tile(say(f"funding.{name}"), euro(amount, say.lang, cents=True), _tile_note(name, plan, say))
            for name, amount in zip(labels, wholes, strict=True)
            if amount or name in labels[:2]
        ),
        note=say("funding.coverage.note"),
    )


def _row(name: str, amounts: Sequence[Decimal]) -> Row:
    eligible, inside, ineligible, outside = amounts
    return name, eligible, inside, eligible - inside, ineligible, outside, ineligible - outside


def _tile_note(name: str, plan: FundingPlan, say: Words) -> str:
    """The lines that a sum of cost is made of, by their number, and the sources that a sum of money is made of."""
    if name in ("inside", "outside"):
        return listing([source.title for source in (plan.inside if name == "inside" else plan.outside)], say)
    costs = plan.costs if name == "eligible" else plan.ineligible
    lines = {line for (line, _), amount in costs.items() if amount}
    return say("funding.lines", n=len(lines)) if lines else ""


def _message(plan: FundingPlan, parts: Sequence[Mapping[int, Decimal]], years: Sequence[int], say: Words) -> str:
    eligible, inside, ineligible, outside = (
        euro_short(sum(part.values(), ZERO), say.lang) if any(part.values()) else "" for part in parts
    )
    gaps = {year: gap for year in years if (gap := parts[0].get(year, ZERO) - parts[1].get(year, ZERO))}
    values: dict[str, Any] = {"eligible": eligible or euro(ZERO, say.lang), "inside": inside or euro(ZERO, say.lang)}
    if gaps:
        names = listing([str(year) for year in gaps], say)
        sentence = say("funding.coverage.differs", n=len(gaps), years=names, **values)
    else:
        sentence = say("funding.coverage.closes", **values)
    sources = listing([say("funding.quoted", title=source.title) for source in plan.outside], say)
    if ineligible and outside:
        rest = say("funding.coverage.both", ineligible=ineligible, outside=outside, sources=sources)
    elif ineligible:
        rest = say("funding.coverage.unpaid", ineligible=ineligible)
    elif outside:
        rest = say("funding.coverage.unnamed", outside=outside, sources=sources)
    else:
        rest = say("funding.coverage.none_outside")
    return f"{sentence} {rest}"
