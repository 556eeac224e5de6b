"""The figure of what may be spent in a year, what became of it, and for how long the rest lasts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from smartdash.analysis.budget import ZERO, share
from smartdash.analysis.budget_use import Use
from smartdash.analysis.cost_forecasts import BURN_MONTHS, burn, runway
from smartdash.figures.budget_data import BudgetData, read_budget
from smartdash.figures.budget_words import (
    budget_columns,
    budget_values,
    chosen_year,
    limited,
    no_appropriation_note,
    variance_words,
    year_choice,
)
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn, Tile
from smartdash.figures.headings import heading
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day, euro, euro_short, number, percent
from smartdash.model.money import CostAmount
from smartdash.store import Reader


@figure("budget.use", page="budget", needs=("posting",), options=("year",))
def use(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """What may be spent in a year, what is paid, bound, free and expected; the table has every year."""
    data = read_budget(reader)
    option = year_choice(data, chosen, say)
    year = chosen_year(option)
    uses, whole = data.budget.by_year(), data.budget.use()
    shown = whole if year is None else uses[year]
    pace = burn(data.paid, data.as_of)
    return Draft(
        message=_message(shown, year, data, say),
        columns=(
            TableColumn("year", heading(CostAmount, "year", say)),
            *budget_columns(say),
            TableColumn("share", say("actuals.used_share"), "percent", help=say("actuals.used_share_help")),
        ),
        rows=(
            *(_row(str(its), item, data) for its, item in uses.items()),
            _row(say("budget.total"), whole, data),
        ),
        unit=say("actuals.use_unit", day=day(data.as_of, say.lang)),
        note=_note(data, year, say),
        tiles=tuple(_tiles(shown, year in (None, data.as_of.year), pace, data, say)),
        options=(option,),
    )


def _row(name: str, item: Use, data: BudgetData) -> Row:
    return (name, *budget_values(item, data), share(item.used, item.limit) if limited(data) else None)


def _message(item: Use, year: int | None, data: BudgetData, say: Words) -> str:
    amounts: dict[str, Any] = {
        "paid": euro_short(item.paid, say.lang),
        "open": euro_short(item.open, say.lang),
        "limit": euro_short(item.limit, say.lang),
        "day": day(data.as_of, say.lang),
    }
    if not limited(data):
        return say("budget.use.no_plan", paid=amounts["paid"], open=amounts["open"], day=amounts["day"])
    place = say("actuals.whole_place") if year is None else say("actuals.year_place", year=str(year))
    paid_share = percent(share(item.paid, item.limit), say.lang)
    name = "actuals.use_free" if item.available >= 0 else "actuals.use_over"
    free = euro_short(abs(item.available), say.lang)
    return say(name, place=place, paid_share=paid_share, free=free, **amounts)


def _tiles(item: Use, now: bool, pace: Decimal | None, data: BudgetData, say: Words) -> list[Tile]:
    def cents(amount: Decimal) -> str:
        return euro(amount, say.lang, cents=True)

    def of_limit(amount: Decimal) -> str:
        return say("actuals.of_limit", share=percent(share(amount, item.limit), say.lang)) if item.limit > 0 else ""

    known = limited(data)
    tiles = [Tile(say("actuals.limit"), cents(item.limit), _limit_note(item, data, say))] if known else []
    tiles += [
        Tile(say("actuals.paid"), cents(item.paid), of_limit(item.paid) if known else ""),
        Tile(say("actuals.open"), cents(item.open), of_limit(item.open) if known else ""),
    ]
    if known:
        tiles.append(Tile(say("actuals.available"), cents(item.available), of_limit(item.available)))
    if data.planned:
        tiles.append(Tile(say("actuals.forecast"), cents(item.forecast), variance_words(item, say)))
    if now and pace is not None:
        lasts = runway(item.available, pace) if known else None
        note = say("actuals.runway", months=number(lasts, say.lang, 1)) if lasts is not None else EMPTY
        tiles.append(Tile(say("actuals.burn", n=BURN_MONTHS), euro(pace, say.lang, cents=True), note))
    return tiles


def _limit_note(item: Use, data: BudgetData, say: Words) -> str:
    """What the limit is made of, without the parts that are nothing."""
    base = say("actuals.granted") if data.budget.appropriated else say("actuals.plan")
    parts = [f"{base} {euro_short(item.granted, say.lang)}"]
    for name, amount in (
        ("carried", item.carried),
        ("moved", item.moved),
        ("blocked", -item.blocked),
        ("lapsed", -item.lapsed),
    ):
        if amount:
            sign = "+" if amount > 0 else "−"
            parts.append(f"{sign} {say(f'actuals.{name}')} {euro_short(abs(amount), say.lang)}")
    return " ".join(parts)


def _note(data: BudgetData, year: int | None, say: Words) -> str:
    left = sum(
        (max(ZERO, item.available) for its, item in data.budget.by_year().items() if its < data.as_of.year), ZERO
    )
    over = say("actuals.past_left", amount=euro_short(left, say.lang)) if year is None and left else ""
    parts = [say("actuals.use_note"), no_appropriation_note(data, year, say), over]
    return " ".join(filter(None, parts))
