"""The figure of what is free per cost line: paid, bound, reserved and free of what may be spent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from smartdash.analysis.budget import ZERO
from smartdash.analysis.budget_use import LineUse
from smartdash.analysis.status import SEVERITY, Status
from smartdash.charts.status_bars import StatusBar, status_bars
from smartdash.figures.budget_data import read_budget
from smartdash.figures.budget_words import (
    MOST_BARS,
    budget_columns,
    budget_values,
    chosen_year,
    limited,
    line_flag,
    line_status,
    no_appropriation_note,
    used_share,
    year_choice,
)
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.plans import details_tooltips
from smartdash.locale import Words
from smartdash.locale.numbers import euro_short
from smartdash.model.money import CostLine
from smartdash.store import Reader


@figure("budget.status", page="budget", needs=("posting",), options=("year",))
def status(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Each lowest cost line with its limit and what became of it, overdrawn ones on top."""
    data = read_budget(reader)
    option = year_choice(data, chosen, say)
    year = chosen_year(option)
    leaves = [item for item in data.budget.by_line(data.lines, year) if item.leaf and (item.use.limit or item.use.used)]
    if not limited(data) or not leaves:
        return Draft(say("actuals.no_limit"), (), (), options=(option,))
    leaves.sort(key=_urgency)
    bars = [_bar(item, say) for item in leaves[:MOST_BARS]]
    message = _message(leaves, option.values[option.chosen], say)
    more = say("actuals.more_in_table", n=len(leaves) - MOST_BARS) if len(leaves) > MOST_BARS else ""
    return Draft(
        message=message,
        columns=(
            TableColumn("status", say("actuals.status"), "status"),
            TableColumn("code", heading(CostLine, "key", say)),
            TableColumn("title", heading(CostLine, "title", say)),
            *budget_columns(say),
        ),
        rows=tuple(
            (line_status(item.use).value, item.line.key, item.line.title, *budget_values(item.use, data))
            for item in leaves
        ),
        unit=say("actuals.status_unit"),
        chart=lambda tokens: status_bars(bars, tokens, details_tooltips(CostLine.sheet.label(say.lang), say)),
        alt=say("actuals.status_alt", n=len(bars), message=message),
        note=" ".join(filter(None, [no_appropriation_note(data, year, say), more])),
        options=(option,),
    )


def _urgency(item: LineUse) -> tuple[int, Decimal, Decimal, Decimal, Decimal]:
    """Overdrawn lines by their amount, then those expected above their limit or plan, then the fullest."""
    use = item.use
    missing = (min(ZERO, use.available), min(ZERO, use.limit - use.forecast), min(ZERO, -use.variance))
    return (SEVERITY.index(line_status(use)), *missing, -use.used / use.limit if use.limit > 0 else ZERO)


def _bar(item: LineUse, say: Words) -> StatusBar:
    use, parts = item.use, item.use.parts()
    named = [
        say("actuals.part", name=say(f"actuals.part_{name}"), amount=euro_short(amount, say.lang))
        for name, amount in (
            ("free", parts.free),
            ("paid", parts.paid),
            ("bound", parts.bound),
            ("reserved", parts.reserved),
        )
        if amount
    ]
    whole = say("actuals.limit_of", limit=euro_short(use.limit, say.lang), share=used_share(use, say))
    return StatusBar(
        f"{item.line.key} {item.line.title}",
        ", ".join([whole, *named]),
        line_flag(use, say),
        line_status(use).value,
        float(use.limit),
        float(parts.paid),
        float(parts.bound),
        float(parts.reserved),
    )


def _message(leaves: Sequence[LineUse], place: str, say: Words) -> str:
    over = [item for item in leaves if line_status(item.use) is Status.CRITICAL]
    risk = [item for item in leaves if line_status(item.use) is Status.AT_RISK]
    if over:
        sentence = say(
            "actuals.status_over",
            n=len(over),
            all=str(len(leaves)),
            place=place,
            title=over[0].line.title,
            amount=euro_short(-over[0].use.available, say.lang),
        )
    else:
        fullest = max(leaves, key=lambda item: item.use.used / item.use.limit if item.use.limit > 0 else 0)
        share = used_share(fullest.use, say)
        sentence = say("actuals.status_fine", n=len(leaves), place=place, title=fullest.line.title, share=share)
    return f"{sentence} {say('actuals.status_risk', n=len(risk))}" if risk else sentence
