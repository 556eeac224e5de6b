"""The figure of carried-over money: what of it is spent, and when the rest expires."""

from __future__ import annotations

from collections.abc import Sequence

from smartdash.analysis.budget import ZERO
from smartdash.analysis.carried_money import CarriedMoney
from smartdash.analysis.status import Status
from smartdash.charts.budget import outlined_bars
from smartdash.charts.tokens import STATUS_SIGNS
from smartdash.figures.budget_data import read_budget
from smartdash.figures.budget_words import MOST_BARS
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.plans import details_tooltips
from smartdash.figures.tables import column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import day, days, euro_short
from smartdash.model.appropriations import BudgetCarryOver
from smartdash.model.committees import Paper
from smartdash.model.money import CostLine
from smartdash.store import Reader


@figure("budget.carry_overs", page="budget", needs=("budget_carry_over",))
def carry_overs(reader: Reader, say: Words) -> Draft:
    """Carried-over money, what expires first on top, with what is unspent and what of that is bound."""
    data = read_budget(reader)
    found = sorted(data.carried, key=lambda item: not item.unspent)
    names = {line.key: f"{line.key} {line.title}" for line in data.lines}
    papers = titles(reader.all(Paper))
    bars = [_bar(item, names, say) for item in found[:MOST_BARS]]
    message = _message(found, names, say)
    return Draft(
        message=message,
        columns=(
            TableColumn("status", say("actuals.status"), "status"),
            column(BudgetCarryOver, "cost_line", say.lang),
            column(BudgetCarryOver, "from_year", say.lang),
            column(BudgetCarryOver, "year", say.lang),
            column(BudgetCarryOver, "kind", say.lang),
            column(BudgetCarryOver, "amount", say.lang, "money"),
            TableColumn("spent", say("actuals.spent"), "money"),
            TableColumn("unspent", say("actuals.unspent"), "money"),
            TableColumn("bound", say("actuals.claimed"), "money", help=say("actuals.claimed_help")),
            column(BudgetCarryOver, "expires_on", say.lang, "day"),
            TableColumn("days_left", say("actuals.days_left"), "whole"),
            column(BudgetCarryOver, "decision", say.lang),
        ),
        rows=tuple(_row(item, names, papers, say) for item in found),
        unit=say("actuals.carried_unit"),
        chart=lambda tokens: outlined_bars(bars, tokens, details_tooltips(CostLine.sheet.label(say.lang), say)),
        alt=say("actuals.carried_alt", n=len(bars), message=message),
        note=say("actuals.carried_note"),
    )


def _row(item: CarriedMoney, names: dict[str, str], papers: dict[str | None, str], say: Words) -> Row:
    one = item.carry_over
    return (
        item.status.value,
        names.get(one.cost_line, one.cost_line),
        str(one.from_year),
        str(one.year),
        one.kind.label(say.lang),
        one.amount,
        item.spent,
        item.unspent,
        item.bound,
        one.expires_on,
        item.days_left,
        papers.get(one.decision),
    )


def _bar(item: CarriedMoney, names: dict[str, str], say: Words) -> dict[str, object]:
    one = item.carry_over
    details = say(
        "actuals.carried_details",
        year=str(one.from_year),
        kind=one.kind.label(say.lang),
        amount=euro_short(one.amount, say.lang),
        unspent=euro_short(item.unspent, say.lang),
    )
    return {
        "label": names.get(one.cost_line, one.cost_line),
        "details": details,
        "outline": float(one.amount),
        "solid": float(item.spent),
        "light": float(item.bound),
        "flag": f"{STATUS_SIGNS[item.status.value]} {_time_left(item, say)}",
        "flag_status": item.status.value,
    }


def _time_left(item: CarriedMoney, say: Words) -> str:
    if item.status is Status.DONE:
        return say("actuals.all_spent")
    if item.days_left is None:
        return say("actuals.expiry_unknown")
    if item.days_left < 0:
        return say("actuals.expired", day=day(item.carry_over.expires_on, say.lang))
    if item.days_left == 0:
        return say("actuals.last_day")
    return say("actuals.still", days=days(item.days_left, say.lang))


def _message(found: Sequence[CarriedMoney], names: dict[str, str], say: Words) -> str:
    whole = euro_short(sum((item.carry_over.amount for item in found), ZERO), say.lang)
    lapsed = max(found, key=lambda item: item.lapsed)
    alive = [item for item in found if item.unspent and item.days_left is not None and item.days_left >= 0]
    parts = [_next(alive[0], names, whole, say)] if alive else []
    if lapsed.lapsed:
        amount = euro_short(sum((item.lapsed for item in found), ZERO), say.lang)
        title = names.get(lapsed.carry_over.cost_line, lapsed.carry_over.cost_line)
        parts.append(say("actuals.carried_lapsed", amount=amount, whole=whole, title=title))
    unknown = sum((item.unspent for item in found if item.days_left is None), ZERO)
    if unknown:
        parts.append(say("actuals.carried_unknown", amount=euro_short(unknown, say.lang)))
    return " ".join(parts) if parts else say("actuals.carried_spent", whole=whole)


def _next(item: CarriedMoney, names: dict[str, str], whole: str, say: Words) -> str:
    """What expires next, and when."""
    amount = euro_short(item.unspent, say.lang)
    title = names.get(item.carry_over.cost_line, item.carry_over.cost_line)
    if not item.days_left:
        return say("actuals.carried_last_day", amount=amount, title=title, whole=whole)
    expires = day(item.carry_over.expires_on, say.lang)
    return say("actuals.carried_next", n=item.days_left, amount=amount, title=title, day=expires, whole=whole)
