"""A plan and scenarios on top of it side by side: the chart, the table and the words that the figures share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from smartdash.analysis.scenarios import Money
from smartdash.charts.scenarios import scenario_multiples
from smartdash.figures.figure import Draft, Option, Row, TableColumn
from smartdash.figures.headings import heading, listing
from smartdash.figures.plans import money_scale, named
from smartdash.figures.scenario_data import Base, Variant, all_years, planned_rate
from smartdash.figures.scenario_words import EFFECT_SIGNS, condition, consequence, effect, effect_text
from smartdash.locale import Words
from smartdash.locale.numbers import euro, euro_short, number, percent, with_plus
from smartdash.model.money import CostAmount, FunderKind
from smartdash.model.scenarios import Scenario

_SCARCE = Decimal(10_000)
"""From this amount in euro on, thousands are written without decimals."""


def comparison(base: Base, variants: Sequence[Variant], say: Words, options: tuple[Option, ...] = ()) -> Draft:
    """Own share per year of the plan (the first variant) and of scenarios, drawn on one scale; all money as a table."""
    years = all_years(variants)
    amounts = [item.found.years.get(year, Money()).own for item in variants for year in years]
    largest = max(amounts)
    unit, divisor, digits = money_scale(largest, say)
    digits = 0 if digits == 1 and largest >= _SCARCE else digits
    rows, cells = _drawn(base, variants, years, (divisor, digits), say)
    message = message_of(base, variants, say)
    return Draft(
        message=message,
        columns=_columns(base, variants, say),
        rows=tuple(_rows(base, variants, years, say)),
        unit=say("scenarios.unit", unit=unit),
        chart=lambda tokens: scenario_multiples(rows, cells, [str(year) for year in years], tokens, _tooltips(say)),
        alt=say("scenarios.alt", message=message, n=len(variants)),
        note=_note(base, variants, say),
        options=options,
    )


def message_of(base: Base, variants: Sequence[Variant], say: Words) -> str:
    """What the scenario that changes most means for the municipality; of the plan alone, what it pays."""
    if len(variants) == 1:
        own, cost = base.planned.total.own, base.planned.total.cost
        part = percent(own / cost if cost else None, say.lang)
        return say("scenarios.plan_alone", amount=euro_short(own, say.lang), share=part)
    item = _lead(base, variants[1:])
    by_year = {year: item.change(base, year).own for year in all_years((variants[0], item))}
    said = consequence(item.change(base), by_year, say)
    if item.kind == "saved" or item.scenario is None:
        return say("scenarios.if_saved", title=item.title, effect=said)
    return condition(item.scenario, item.prices, item.title, planned_rate(base), said, say)


def _lead(base: Base, scenarios: Sequence[Variant]) -> Variant:
    """The scenario a title speaks of: the one that changes most of those saved, else of those with one assumption."""
    told = [item for item in scenarios if item.kind == "saved"] or [item for item in scenarios if not _combined(item)]
    return max(told or scenarios, key=lambda item: _weight(base, item))


def _combined(item: Variant) -> bool:
    return item.scenario is not None and item.scenario.funding_rate is not None and item.scenario.enforce_caps


def _weight(base: Base, item: Variant) -> tuple[Decimal, bool, Decimal]:
    """How much a scenario changes: in all, where a higher own share goes first, then in the year it changes most."""
    yearly = (abs(item.change(base, year).own) for year in all_years((item,)))
    own = item.change(base).own
    return abs(own), own > 0, max(yearly, default=Decimal(0))


def _drawn(
    base: Base, variants: Sequence[Variant], years: Sequence[int], scale: tuple[Decimal, int], say: Words
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of the chart, with a heading where another kind of scenario begins, and the bars in them."""
    rows: list[dict[str, Any]] = []
    cells: list[dict[str, Any]] = []
    last = "plan"
    for item in variants:
        if item.kind != last:
            rows.append({"kind": "heading", "label": say(f"scenarios.heading_{item.kind}")})
        last = item.kind
        rows.append(_row(base, item, say))
        cells += [{"row": len(rows) - 1, **_cell(base, item, year, scale, say)} for year in years]
    return rows, cells


def _row(base: Base, item: Variant, say: Words) -> dict[str, Any]:
    if item.kind == "plan":
        total = item.found.total
        part = percent(total.own / total.cost if total.cost else None, say.lang)
        details = say("scenarios.plan_details", own=euro_short(total.own, say.lang), share=part)
        return {"kind": "plan", "label": item.title, "details": details}
    details, change = own_text(base, item, say), item.change(base).own
    return {"kind": "scenario", "label": item.title, "details": details, "effect": effect(change)}


def own_text(base: Base, item: Variant, say: Words) -> str:
    """The own share of a scenario and how it differs from the plan: "Eigenanteil 6,3 Mio. €, ▲ 4,6 Mio. € mehr"."""
    total = item.found.total
    text = say("scenarios.details", own=euro_short(total.own, say.lang), effect=effect_text(item.change(base).own, say))
    if not total.surplus:
        return text
    return say("scenarios.details_surplus", details=text, surplus=euro_short(total.surplus, say.lang))


def _cell(base: Base, item: Variant, year: int, scale: tuple[Decimal, int], say: Words) -> dict[str, Any]:
    divisor, digits = scale
    own, change = item.found.years.get(year, Money()).own, item.change(base, year).own
    written = with_plus(number(change / divisor, say.lang, digits), change) if change else EFFECT_SIGNS["same"]
    return {
        "year": str(year),
        "scenario": item.title,
        "value": float(own),
        "plan": float(base.planned.years.get(year, Money()).own),
        "text": number(own / divisor, say.lang, digits),
        "change": written,
        "effect": effect(change),
        "own": euro(own, say.lang, cents=True),
        "difference": with_plus(euro(change, say.lang, cents=True), change),
    }


def _tooltips(say: Words) -> list[tuple[str, str]]:
    return [
        ("scenario", Scenario.sheet.label(say.lang)),
        ("year", heading(CostAmount, "year", say)),
        ("own", say("scenarios.own")),
        ("difference", say("scenarios.difference")),
    ]


def _columns(base: Base, variants: Sequence[Variant], say: Words) -> tuple[TableColumn, ...]:
    giver = base.plan.grant_kind().label(say.lang)
    return (
        TableColumn("scenario", say("scenarios.scenario")),
        TableColumn("kind", say("scenarios.kind")),
        TableColumn("year", heading(CostAmount, "year", say)),
        TableColumn("own", say("scenarios.own"), "money"),
        TableColumn("difference", say("scenarios.difference"), "money"),
        TableColumn("effect", say("scenarios.effect")),
        TableColumn("cost", say("scenarios.cost"), "money"),
        TableColumn("eligible", say("scenarios.eligible"), "money"),
        TableColumn("grant", say("scenarios.grant", giver=giver), "money"),
        TableColumn("third", FunderKind.THIRD_PARTY.label(say.lang), "money"),
        *(TableColumn(name, say(f"scenarios.{name}"), "money") for name in _extra(variants)),
    )


def _extra(variants: Sequence[Variant]) -> list[str]:
    """The money that only some plans have."""
    return [name for name in ("other", "surplus") if any(getattr(item.found.total, name) for item in variants)]


def _rows(base: Base, variants: Sequence[Variant], years: Sequence[int], say: Words) -> Iterator[Row]:
    extra = _extra(variants)
    for item in variants:
        spans = [(str(year), item.found.years.get(year, Money()), item.change(base, year).own) for year in years]
        for name, money, change in (*spans, (say("budget.total"), item.found.total, item.change(base).own)):
            planned = item.kind == "plan"
            yield (
                item.title,
                say(f"scenarios.kind_{item.kind}"),
                name,
                money.own,
                None if planned else change,
                None if planned else _effect_word(change, say),
                money.cost,
                money.eligible,
                money.grant,
                money.third,
                *(getattr(money, field) for field in extra),
            )


def _effect_word(change: Decimal, say: Words) -> str:
    kind = effect(change)
    return f"{EFFECT_SIGNS[kind]} {say(f'scenarios.word_{kind}')}"


def _note(base: Base, variants: Sequence[Variant], say: Words) -> str:
    parts = [say("scenarios.note", version=named(base.version, say))]
    enforced = any(item.scenario is not None and item.scenario.enforce_caps for item in variants)
    if enforced and base.limits.left_out:
        titles = [rule.title(say.lang) for rule in base.limits.left_out]
        parts.append(say("scenarios.left_out", n=len(titles), rules=listing(titles, say)))
    planned = sum((amount for (key, _), amount in base.plan.funding.items() if _own(base, key)), Decimal(0))
    gap = base.planned.total.own - base.planned.total.surplus - planned
    if gap:
        parts.append(say("scenarios.not_closed", gap=euro(abs(gap), say.lang, cents=True)))
    return " ".join(parts)


def _own(base: Base, source: str) -> bool:
    return base.plan.givers[source] is FunderKind.OWN
