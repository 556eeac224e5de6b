"""The figure of the tree of cost lines: plan, use, forecast and variance, as deep as the reader asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smartdash.analysis.budget import ZERO
from smartdash.analysis.budget_use import LineUse, levels
from smartdash.charts.budget import outlined_bars
from smartdash.charts.tokens import STATUS_SIGNS, Status
from smartdash.figures.budget_data import BudgetData, read_budget
from smartdash.figures.budget_words import MOST_BARS, chosen_year, line_status, signed, year_choice
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Option, Row, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.plans import details_tooltips, named, no_plan
from smartdash.locale import Words
from smartdash.locale.numbers import euro, euro_short, percent
from smartdash.model.money import CostLine
from smartdash.store import Reader

_FEW = 20
"""So many lines of two levels are shown at first; of a larger tree only the top."""

_INDENT = "\u2003"
_LEVELS = {"top": 1, "two": 2, "all": 99}
_AMOUNTS = ("plan", "paid", "bound", "pre_bound", "reserved", "forecast", "variance")


@figure("budget.lines", page="budget", needs=("cost_amount",), options=("depth", "year"))
def cost_lines(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The tree of cost lines against its plan, down to the chosen level; each line holds all below it."""
    data = read_budget(reader)
    if not data.planned:
        return no_plan(say)
    year = year_choice(data, chosen, say, whole_first=True)
    found = [item for item in data.budget.by_line(data.lines, chosen_year(year)) if item.use.plan or item.use.used]
    order = ("two", "all", "top") if len(levels(found, 2)) <= _FEW else ("top", "two", "all")
    depth = choice("depth", say("actuals.depth"), {name: say(f"actuals.depth_{name}") for name in order}, chosen)
    shown = levels(found, _LEVELS[depth.chosen])
    bars = [_bar(item, data.booked, say) for item in shown[:MOST_BARS]]
    message = _message([item for item in found if item.leaf], data, year, say)
    return Draft(
        message=message,
        columns=_columns(data.booked, say),
        rows=tuple(_row(item, data.booked) for item in shown),
        unit=say("actuals.lines_unit") if data.booked else say("budget.lines.unit"),
        chart=(lambda tokens: outlined_bars(bars, tokens, details_tooltips(CostLine.sheet.label(say.lang), say)))
        if bars
        else None,
        alt=say("budget.lines.alt", message=message, n=len(bars)),
        note=_note(data, len(shown), say),
        options=(depth, year),
    )


def _columns(booked: bool, say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("code", heading(CostLine, "key", say)),
        TableColumn("title", heading(CostLine, "title", say)),
        *(TableColumn(name, say(f"actuals.{name}"), "money") for name in (_AMOUNTS if booked else _AMOUNTS[:1])),
        *(
            (
                TableColumn("variance_share", say("actuals.variance_share"), "percent"),
                TableColumn("available", say("actuals.available"), "money", help=say("actuals.available_help")),
                TableColumn("status", say("actuals.status"), "status"),
            )
            if booked
            else ()
        ),
    )


def _row(item: LineUse, booked: bool) -> Row:
    use, title = item.use, _INDENT * item.depth + item.line.title
    if not booked:
        return (item.line.key, title, use.plan)
    amounts = tuple(getattr(use, name) for name in _AMOUNTS)
    return (item.line.key, title, *amounts, use.variance_share, use.available, line_status(use).value)


def _bar(item: LineUse, booked: bool, say: Words) -> dict[str, object]:
    """The line's plan as outline, what is paid, and what the forecast adds to it."""
    use, label = item.use, f"{item.line.key} {item.line.title}"
    if not booked:
        amounts = {"outline": float(use.plan), "solid": 0.0, "light": 0.0}
        named = {"label": label, "details": euro(use.plan, say.lang), "strong": not item.leaf}
        return {**named, **amounts, "flag": "", "flag_status": ""}
    details = say(
        "actuals.line_details",
        plan=euro_short(use.plan, say.lang),
        paid=euro_short(use.paid, say.lang),
        forecast=euro_short(use.forecast, say.lang),
    )
    flag, status = _variance_flag(item, say)
    return {
        "label": label,
        "details": details,
        "strong": not item.leaf,
        "outline": float(use.plan),
        "solid": float(use.paid),
        "light": max(0.0, float(use.forecast - use.paid)),
        "flag": flag,
        "flag_status": status,
    }


def _variance_flag(item: LineUse, say: Words) -> tuple[str, Status | str]:
    variance = item.use.variance
    if not variance:
        return "", ""
    status: Status = "at_risk" if variance > 0 else "on_track"
    return f"{STATUS_SIGNS[status]} {signed(variance, say)}", status


def _message(leaves: Sequence[LineUse], data: BudgetData, year: Option, say: Words) -> str:
    total = sum((item.use.plan for item in leaves), ZERO)
    if not leaves:
        return say("actuals.lines_empty", year=year.values[year.chosen])
    if not data.booked:
        largest = max(leaves, key=lambda item: item.use.plan)
        return say(
            "budget.lines.plan",
            n=len(leaves),
            title=largest.line.title,
            amount=euro_short(largest.use.plan, say.lang),
            share=percent(largest.use.plan / total if total else None, say.lang),
            total=euro_short(total, say.lang),
        )
    over = sorted((item for item in leaves if item.use.variance > 0), key=lambda item: -item.use.variance)
    if not over:
        return say("actuals.lines_fine", n=len(leaves))
    return say(
        "actuals.lines_over",
        n=len(over),
        all=str(len(leaves)),
        title=over[0].line.title,
        amount=euro_short(over[0].use.variance, say.lang),
    )


def _note(data: BudgetData, count: int, say: Words) -> str:
    version = named(data.version, say) if data.version else ""
    note = version if data.booked else say("budget.lines.no_postings", version=version)
    more = say("actuals.more_in_table", n=count - MOST_BARS) if count > MOST_BARS else ""
    return " ".join(filter(None, [note, more]))
