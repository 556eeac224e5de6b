"""The figure of plan, actual and forecast per year; of a programme without postings, what the plan needs when."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from smartdash.analysis.budget import ZERO, top_line_of, total_by
from smartdash.analysis.budget_use import Use, within
from smartdash.analysis.trees import ancestors
from smartdash.charts.budget import year_stacks
from smartdash.charts.budget_years import YearColumn, plan_actual_columns
from smartdash.figures.budget_data import BudgetData, read_budget
from smartdash.figures.budget_words import signed_percent, variance_words
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Option, Row, TableColumn
from smartdash.figures.headings import heading, listing
from smartdash.figures.plans import amount_tooltips, drawn_parts, money_scale, named, no_plan, part_titles, sum_of
from smartdash.locale import Words
from smartdash.locale.numbers import day, euro, euro_short, number, percent
from smartdash.locale.texts import shortened
from smartdash.model.money import CostAmount, CostLine
from smartdash.store import Reader

_WHOLE = "all"
_LONGEST = 30
_WHOLE_THOUSANDS = Decimal(100_000)
_MILLIONS = Decimal(10_000_000)


@figure("budget.years", page="budget", needs=("cost_amount",), options=("part",))
def years(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Plan, actual and forecast per year with their variance; without postings the plan by top-level line."""
    data = read_budget(reader)
    if not data.planned:
        return no_plan(say)
    return _against_plan(data, say, chosen) if data.booked else _plan_alone(data, say)


def _against_plan(data: BudgetData, say: Words, chosen: Mapping[str, str]) -> Draft:
    option = _parts(data, say, chosen)
    keys = None if option.chosen == _WHOLE else within(data.lines, option.chosen)
    uses = data.budget.by_year(keys)
    whole = data.budget.use(keys)
    largest = max(max(use.plan, use.forecast, use.paid) for use in uses.values())
    unit, divisor, digits = _scale(largest, say)
    columns = [_column(year, use, data, (divisor, digits), say) for year, use in uses.items()]
    heads = (say("actuals.variance_heading"), say("actuals.cost_heading", day=day(data.as_of, say.lang)))
    tooltips = [("year", heading(CostAmount, "year", say)), ("details", say("budget.amounts"))]
    message = _message(uses, whole, data, say)
    return Draft(
        message=message,
        columns=_columns(say),
        rows=(*(_row(str(year), use) for year, use in uses.items()), _row(say("budget.total"), whole)),
        unit=say("actuals.years_unit", unit=unit),
        chart=lambda tokens: plan_actual_columns(columns, *heads, tokens, tooltips),
        alt=say("actuals.years_alt", n=len(columns), message=message),
        note=say("actuals.years_note", version=named(data.version, say) if data.version else ""),
        options=(option,),
    )


def _parts(data: BudgetData, say: Words, chosen: Mapping[str, str]) -> Option:
    chains = ancestors(data.lines)
    top = set(top_line_of(data.lines).values())
    above = {key for line in top for key in chains[line][1:]}
    heads = [line for line in data.lines if line.key in top - above]
    several = {line.key: shortened(f"{line.key} {line.title}", _LONGEST) for line in heads} if len(heads) > 1 else {}
    return choice("part", CostLine.sheet.label(say.lang), {_WHOLE: say("actuals.all_lines"), **several}, chosen)


def _scale(largest: Decimal, say: Words) -> tuple[str, Decimal, int]:
    """One unit for all labels, fine enough that a variance does not vanish in the rounding."""
    if largest >= _MILLIONS:
        return money_scale(largest, say)
    return say("budget.thousands"), Decimal(1000), 0 if largest >= _WHOLE_THOUSANDS else 1


def _column(year: int, use: Use, data: BudgetData, scale: tuple[Decimal, int], say: Words) -> YearColumn:
    divisor, digits = scale
    variance = number(use.variance / divisor, say.lang, digits)
    details = say(
        "actuals.year_details",
        plan=euro(use.plan, say.lang, cents=True),
        paid=euro(use.paid, say.lang, cents=True),
        open=euro(use.open, say.lang, cents=True),
        forecast=euro(use.forecast, say.lang, cents=True),
        variance=signed_percent(use.variance_share, say),
    )
    return YearColumn(
        str(year),
        float(use.plan),
        float(use.paid),
        float(use.forecast),
        number(use.forecast / divisor, say.lang, digits),
        f"+{variance}" if use.variance > 0 else variance if use.variance else "±0",
        year == data.as_of.year,
        details,
    )


def _columns(say: Words) -> tuple[TableColumn, ...]:
    amounts = ("plan", "paid", "open", "forecast", "variance")
    return (
        TableColumn("year", heading(CostAmount, "year", say)),
        *(TableColumn(name, say(f"actuals.{name}"), "money") for name in amounts),
        TableColumn(
            "variance_share", say("actuals.variance_share"), "percent", help=say("actuals.variance_share_help")
        ),
    )


def _row(name: str, use: Use) -> Row:
    return (name, use.plan, use.paid, use.open, use.forecast, use.variance, use.variance_share)


def _message(uses: Mapping[int, Use], whole: Use, data: BudgetData, say: Words) -> str:
    total = say(
        "actuals.total_cost",
        first=str(min(uses)),
        last=str(max(uses)),
        amount=euro_short(whole.forecast, say.lang),
        variance=variance_words(whole, say),
    )
    year = data.as_of.year
    if year not in uses or len(uses) == 1:
        return total
    now = uses[year]
    amount, variance = euro_short(now.forecast, say.lang), variance_words(now, say)
    return f"{say('actuals.year_cost', year=str(year), amount=amount, variance=variance)} {total}"


def _plan_alone(data: BudgetData, say: Words) -> Draft:
    """What each year needs by top-level line, as long as nothing is booked against it."""
    top = top_line_of(data.lines)
    plan = data.budget.columns["plan"].items()
    amounts = total_by(((top[line], year), amount) for (line, year), amount in plan)
    parted = {key for key, _ in amounts}
    titles = part_titles([line for line in data.lines if line.key in parted])
    totals = total_by((year, amount) for (_, year), amount in amounts.items())
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
    message = _plan_message(totals, total, data, say)
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
        unit=say("budget.years.unit", unit=unit, version=named(data.version, say) if data.version else ""),
        chart=lambda tokens: year_stacks(shown, tops, order, tokens, amount_tooltips("line", say)),
        alt=say("budget.years.alt", message=message, parts=listing(list(titles.values()), say)),
        note=say("actuals.nothing_booked_note"),
    )


def _plan_message(totals: Mapping[int, Decimal], total: Decimal, data: BudgetData, say: Words) -> str:
    peak = max(totals, key=lambda year: totals[year])
    if len(totals) == 1:
        return say("budget.years.one", year=str(peak), total=euro_short(total, say.lang))
    sentence = say(
        "budget.years.message",
        total=euro_short(total, say.lang),
        first=str(min(totals)),
        last=str(max(totals)),
        peak=str(peak),
        amount=euro_short(totals[peak], say.lang),
    )
    until = sum((amount for year, amount in totals.items() if year <= data.as_of.year), ZERO)
    if not 0 < until < total:
        return f"{sentence} {say('actuals.nothing_booked')}"
    needed = say(
        "actuals.needed_until",
        year=str(data.as_of.year),
        amount=euro_short(until, say.lang),
        share=percent(until / total, say.lang, 0),
    )
    return f"{sentence} {needed}"
