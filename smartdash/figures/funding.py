"""The figure about who pays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from smartdash.analysis.budget import ZERO, share, total_by
from smartdash.charts.budget import share_stacks
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.plans import amount_tooltips, drawn_parts, named, no_plan, part_titles, sum_of, version_in_force
from smartdash.locale import Words
from smartdash.locale.numbers import euro, euro_short, number, percent
from smartdash.model.money import FundingAmount, FundingSource
from smartdash.store import Reader
from smartdash.store.queries import planned_funding

_SMALLEST_LABELLED = Decimal("0.04")


@figure("budget.funding", page="funding", needs=("funding_amount",))
def funding(reader: Reader, say: Words) -> Draft:
    """Who pays: the share of each funding source inside the plan, per year and in total."""
    version, sources = version_in_force(reader), reader.all(FundingSource)
    planned = planned_funding(reader, version.key) if version else []
    inside = {source.key for source in sources if not source.outside_plan}
    amounts = {(item.key, item.year): item.amount for item in planned if item.key in inside}
    if version is None or not any(amounts.values()):
        return no_plan(say)
    titles = part_titles([source for source in sources if any(key == source.key for key, _ in amounts)])
    columns = [str(year) for year in sorted({year for _, year in amounts})]
    table = {(key, str(year)): amount for (key, year), amount in amounts.items()}
    total = say("budget.total")
    table |= {(key, total): sum_of(key, amounts) for key in titles}
    columns.append(total)
    wholes = total_by((column, amount) for (_, column), amount in table.items())
    shown = _share_bars(table, wholes, titles, columns, say)
    message = _funding_message({key: table[key, total] for key in titles}, titles, wholes[total], say)
    parts = list(dict.fromkeys(drawn_parts(titles, say).values()))
    outside = sum((item.amount for item in planned if item.key not in inside), ZERO)
    return Draft(
        message=message,
        columns=(
            TableColumn("year", heading(FundingAmount, "year", say)),
            TableColumn("source", FundingSource.sheet.label(say.lang)),
            TableColumn("amount", heading(FundingAmount, "amount", say), "money"),
            TableColumn("share", say("budget.share_of_year"), "percent"),
        ),
        rows=tuple(
            (name, titles[key], table[key, name], share(table[key, name], wholes[name]))
            for name in columns
            for key in titles
            if (key, name) in table
        ),
        unit=say("budget.funding.unit", version=named(version, say)),
        chart=lambda tokens: share_stacks(shown, columns, parts, tokens, amount_tooltips("source", say)),
        alt=message,
        note=_outside_note(outside, say),
    )


def _outside_note(outside: Decimal, say: Words) -> str:
    return say("budget.funding.outside", amount=euro(outside, say.lang, cents=True)) if outside else ""


def _share_bars(
    table: Mapping[tuple[str, str], Decimal],
    wholes: Mapping[str, Decimal],
    titles: Mapping[str, str],
    columns: Sequence[str],
    say: Words,
) -> list[dict[str, object]]:
    parts = drawn_parts(titles, say)
    bars: list[dict[str, object]] = []
    for name in columns:
        start = ZERO
        for key, title in titles.items():
            amount = table.get((key, name), ZERO)
            part = share(amount, wholes[name])
            if not part:
                continue
            label = number(part * 100, say.lang, 1) if part >= _SMALLEST_LABELLED else ""
            bars.append(
                {
                    "year": name,
                    "part": parts[key],
                    "source": title,
                    "start": float(start),
                    "end": float(start + part),
                    "text": label,
                    "amount": f"{euro(amount, say.lang, cents=True)} ({percent(part, say.lang)})",
                }
            )
            start += part
    return [{**bar, "label": bar["text"]} for bar in bars]


def _funding_message(sums: Mapping[str, Decimal], titles: Mapping[str, str], total: Decimal, say: Words) -> str:
    ordered = [key for key in sorted(sums, key=lambda key: -sums[key]) if sums[key]]
    first = ordered[0]
    values: dict[str, Any] = {
        "first": titles[first],
        "share": percent(share(sums[first], total), say.lang),
        "total": euro_short(total, say.lang),
    }
    if len(ordered) == 1:
        return say("budget.funding.one", first=titles[first], total=values["total"])
    second = ordered[1]
    rest = percent(share(sums[second], total), say.lang)
    return say("budget.funding.message", second=titles[second], second_share=rest, **values)
