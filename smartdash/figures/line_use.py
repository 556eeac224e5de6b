"""The figure about the tree of cost lines."""

from __future__ import annotations

from collections.abc import Sequence

from smartdash.analysis.budget import ZERO, LineStanding, line_standings, share, total_by
from smartdash.charts.budget import outlined_bars
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.plans import Use, details_tooltips, named, no_plan, plan_bar, use_bar, version_in_force
from smartdash.locale import Words
from smartdash.locale.numbers import euro, euro_short, number, percent
from smartdash.model.money import CostLine
from smartdash.store import Reader
from smartdash.store.queries import open_commitments, paid_costs, planned_costs


@figure("budget.lines", page="budget", needs=("cost_amount",))
def cost_lines(reader: Reader, say: Words) -> Draft:
    """The tree of cost lines with plan, paid and open commitments; the leaves as bars."""
    version = version_in_force(reader)
    planned = planned_costs(reader, version.key) if version else []
    if version is None or not planned:
        return no_plan(say)
    paid, committed = paid_costs(reader), open_commitments(reader)
    booked = bool(paid or committed)
    standings = line_standings(
        reader.all(CostLine),
        total_by((item.key, item.amount) for item in planned),
        total_by((item.key, item.amount) for item in paid),
        total_by((item.key, item.amount) for item in committed),
    )
    standings = [item for item in standings if item.plan or item.paid or item.committed]
    leaves = [item for item in standings if item.leaf]
    shown = [_line_bar(item, booked, say) for item in leaves]
    message = _lines_message(leaves, booked, say)
    return Draft(
        message=message,
        columns=_line_columns(say),
        rows=tuple(_line_row(item, booked) for item in standings),
        unit=say("budget.use.unit") if booked else say("budget.lines.unit"),
        chart=lambda tokens: outlined_bars(shown, tokens, details_tooltips(CostLine.sheet.label(say.lang), say)),
        alt=say("budget.lines.alt", message=message, n=len(leaves)),
        note=named(version, say) if booked else say("budget.lines.no_postings", version=named(version, say)),
    )


def _line_columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("code", heading(CostLine, "key", say)),
        TableColumn("title", heading(CostLine, "title", say)),
        TableColumn("plan", say("budget.plan"), "money"),
        TableColumn("paid", say("budget.paid"), "money"),
        TableColumn("committed", say("budget.committed"), "money"),
        TableColumn("available", say("budget.available"), "money"),
        TableColumn("share", say("budget.used_share"), "percent"),
    )


def _line_row(item: LineStanding, booked: bool) -> Row:
    title = "\u2003" * item.depth + item.line.title
    if not booked:
        return (item.line.key, title, item.plan, None, None, None, None)
    used = share(item.paid + item.committed, item.plan)
    return (item.line.key, title, item.plan, item.paid, item.committed, item.available, used)


def _line_bar(item: LineStanding, booked: bool, say: Words) -> dict[str, object]:
    label = f"{item.line.key} {item.line.title}"
    if not booked:
        return plan_bar(label, euro(item.plan, say.lang), item.plan, ZERO, ZERO, say)
    return use_bar(label, Use(item.plan, item.paid, item.committed, ZERO), say)


def _lines_message(leaves: Sequence[LineStanding], booked: bool, say: Words) -> str:
    total = sum((item.plan for item in leaves), ZERO)
    if not booked:
        largest = max(leaves, key=lambda item: item.plan)
        return say(
            "budget.lines.plan",
            n=len(leaves),
            title=largest.line.title,
            amount=euro_short(largest.plan, say.lang),
            share=percent(share(largest.plan, total), say.lang),
            total=euro_short(total, say.lang),
        )
    over = [item for item in leaves if item.available < 0]
    if over:
        worst = min(over, key=lambda item: item.available)
        return say(
            "budget.lines.over",
            n=len(over),
            total=number(len(leaves), say.lang),
            title=worst.line.title,
            amount=euro_short(-worst.available, say.lang),
        )
    fullest = max(leaves, key=lambda item: share(item.paid + item.committed, item.plan) or ZERO)
    used = share(fullest.paid + fullest.committed, fullest.plan)
    return say("budget.lines.fine", n=len(leaves), title=fullest.line.title, share=percent(used, say.lang))
