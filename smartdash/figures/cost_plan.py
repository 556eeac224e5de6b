"""Figures about cost over the years: the plan, and what is paid and bound of it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from smartdash.analysis.budget import ZERO, share, top_line_of, total_by
from smartdash.charts.budget import outlined_bars, year_stacks
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading, listing
from smartdash.figures.plans import (
    Use,
    amount_tooltips,
    details_tooltips,
    drawn_parts,
    money_scale,
    named,
    no_plan,
    part_titles,
    sum_of,
    use_bar,
    version_in_force,
)
from smartdash.locale import Words
from smartdash.locale.numbers import day, euro, euro_short, number, percent
from smartdash.model.money import CostAmount, CostLine, PlanVersion
from smartdash.store import Reader
from smartdash.store.queries import open_commitments, paid_costs, planned_costs


@figure("budget.years", page="budget", needs=("cost_amount",))
def years(reader: Reader, say: Words) -> Draft:
    """Planned cost per year by top-level cost line."""
    version, lines = version_in_force(reader), reader.all(CostLine)
    top = top_line_of(lines)
    planned = planned_costs(reader, version.key) if version else []
    if version is None or not planned:
        return no_plan(say)
    amounts = total_by(((top[item.key], item.year), item.amount) for item in planned)
    roots = [line for line in lines if any(key == line.key for key, _ in amounts)]
    titles = part_titles(roots)
    totals = total_by((year, amount) for (_, year), amount in sorted(amounts.items(), key=lambda pair: pair[0][1]))
    total = sum(totals.values(), ZERO)
    unit, divisor, digits = money_scale(max(totals.values()), say)
    parts = drawn_parts(titles, say)
    shown = [
        {
            "year": str(year),
            "part": parts[key],
            "line": titles[key],
            "value": float(amount),
            "text": euro(amount, say.lang, cents=True),
        }
        for (key, year), amount in amounts.items()
        if amount
    ]
    tops = [
        {"year": str(year), "value": float(amount), "text": number(amount / divisor, say.lang, digits)}
        for year, amount in totals.items()
    ]
    order = list(dict.fromkeys(parts.values()))
    message = _years_message(totals, total, say)
    return Draft(
        message=message,
        columns=(
            TableColumn("year", heading(CostAmount, "year", say)),
            *(TableColumn(key, title, "money") for key, title in titles.items()),
            TableColumn("total", say("budget.total"), "money"),
        ),
        rows=(
            *((str(year), *(amounts.get((key, year)) for key in titles), totals[year]) for year in totals),
            (say("budget.total"), *(sum_of(key, amounts) for key in titles), total),
        ),
        unit=say("budget.years.unit", unit=unit, version=named(version, say)),
        chart=lambda tokens: year_stacks(shown, tops, order, tokens, amount_tooltips("line", say)),
        alt=say("budget.years.alt", message=message, parts=listing(list(titles.values()), say)),
    )


def _years_message(totals: Mapping[int, Decimal], total: Decimal, say: Words) -> str:
    peak = max(totals, key=lambda year: totals[year])
    if len(totals) == 1:
        return say("budget.years.one", year=str(peak), total=euro_short(total, say.lang))
    return say(
        "budget.years.message",
        total=euro_short(total, say.lang),
        first=str(min(totals)),
        last=str(max(totals)),
        peak=str(peak),
        amount=euro_short(totals[peak], say.lang),
    )


@figure("budget.use", page="budget", needs=("posting",))
def use(reader: Reader, say: Words) -> Draft:
    """Plan, paid and open commitments per year."""
    version = version_in_force(reader)
    per_year, whole = _uses(reader, version)
    shown = [use_bar(str(year), item, say) for year, item in per_year.items()]
    message = _use_message(reader, whole, say)
    return Draft(
        message=message,
        columns=(
            TableColumn("year", heading(CostAmount, "year", say)),
            TableColumn("plan", say("budget.plan"), "money"),
            TableColumn("paid", say("budget.paid"), "money"),
            TableColumn("bound", say("budget.bound"), "money"),
            TableColumn("reserved", say("budget.reserved"), "money"),
            TableColumn("available", say("budget.available"), "money"),
            TableColumn("share", say("budget.paid_share"), "percent"),
        ),
        rows=(
            *(_use_row(str(year), item) for year, item in per_year.items()),
            _use_row(say("budget.total"), whole),
        ),
        unit=say("budget.use.unit"),
        chart=lambda tokens: outlined_bars(shown, tokens, details_tooltips(heading(CostAmount, "year", say), say)),
        alt=say("budget.use.alt", message=message, n=len(shown)),
        note=say("budget.use.note", version=named(version, say)) if version else say("budget.no_version"),
    )


def _uses(reader: Reader, version: PlanVersion | None) -> tuple[dict[int, Use], Use]:
    planned = total_by((item.year, item.amount) for item in planned_costs(reader, version.key)) if version else None
    paid = total_by((item.year, item.amount) for item in paid_costs(reader))
    commitments = open_commitments(reader)
    bound = total_by((item.year, item.amount) for item in commitments if item.bound)
    reserved = total_by((item.year, item.amount) for item in commitments if not item.bound)
    found = {
        year: Use(
            None if planned is None else planned.get(year, ZERO),
            paid.get(year, ZERO),
            bound.get(year, ZERO),
            reserved.get(year, ZERO),
        )
        for year in sorted({*(planned or ()), *paid, *bound, *reserved})
    }
    sums = [sum(part.values(), ZERO) for part in (paid, bound, reserved)]
    return found, Use(None if planned is None else sum(planned.values(), ZERO), *sums)


def _use_row(name: str, item: Use) -> Row:
    paid_share = None if item.plan is None else share(item.paid, item.plan)
    return (name, item.plan, item.paid, item.bound, item.reserved, item.available, paid_share)


def _use_message(reader: Reader, whole: Use, say: Words) -> str:
    values: dict[str, Any] = {
        "day": day(reader.scope.as_of, say.lang),
        "paid": euro_short(whole.paid, say.lang),
        "open": euro_short(whole.open, say.lang),
    }
    if not whole.plan:
        return say("budget.use.no_plan", **values)
    return say(
        "budget.use.message",
        plan=euro_short(whole.plan, say.lang),
        paid_share=percent(share(whole.paid, whole.plan), say.lang),
        open_share=percent(share(whole.open, whole.plan), say.lang),
        **values,
    )
