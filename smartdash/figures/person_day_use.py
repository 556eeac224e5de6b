"""Person-days worked of those bought, against the time that has passed."""

from __future__ import annotations

from collections.abc import Sequence

from smartdash.analysis.budget import ZERO, share
from smartdash.analysis.person_day_use import DayUse, day_use
from smartdash.analysis.status import Status
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.tokens import STATUS_SIGNS, Tokens, status_colour
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import day, day_range, month, number, percent
from smartdash.model.spending import PersonDayBudget, PersonDayUse
from smartdash.store import Reader

_ORDER = (Status.CRITICAL, Status.AT_RISK, Status.UNKNOWN, Status.ON_TRACK, Status.PLANNED, Status.DONE)

_WORDS = {
    Status.UNKNOWN: "purchases.not_reported",
    Status.PLANNED: "purchases.not_begun",
    Status.DONE: "purchases.over_time",
    Status.ON_TRACK: "purchases.in_plan",
}


@figure("purchases.days_used", page="purchases", needs=("person_day_budget", "person_day_use"))
def days_used(reader: Reader, say: Words) -> Draft:
    """Each budget of person-days with what is worked and left of it, those that need attention first."""
    uses = reader.all(PersonDayUse)
    found = [day_use(budget, uses, reader.scope.as_of) for budget in reader.all(PersonDayBudget)]
    found.sort(key=lambda item: (_ORDER.index(item.status), item.budget.start))
    message = _message(found, say)
    return Draft(
        message=message,
        columns=(
            TableColumn("status", say("schedule.status"), "status"),
            column(PersonDayBudget, "title", say.lang),
            column(PersonDayBudget, "start", say.lang, "day"),
            column(PersonDayBudget, "end", say.lang, "day"),
            column(PersonDayBudget, "rate", say.lang, "money"),
            TableColumn("planned", say("purchases.bought"), "number"),
            TableColumn("worked", say("purchases.worked"), "number"),
            TableColumn("left", say("purchases.left"), "number"),
            TableColumn("share", say("purchases.worked_share"), "percent"),
            TableColumn("due", say("purchases.due"), "number"),
            TableColumn("reported_on", say("purchases.reported_on"), "day"),
            TableColumn("until", say("purchases.until")),
        ),
        rows=tuple(_row(item, say) for item in found),
        unit=say("purchases.days_unit"),
        chart=lambda tokens: bar_chart([_bar(item, tokens, say) for item in found], tokens),
        alt=message,
        note=say("purchases.days_note"),
    )


def _row(item: DayUse, say: Words) -> Row:
    budget = item.budget
    return (
        item.status.value,
        budget.title,
        budget.start,
        budget.end,
        budget.rate,
        item.planned,
        item.worked,
        item.left,
        None if item.worked is None else share(item.worked, item.planned),
        item.due,
        item.reported_on,
        month(item.until, say.lang) if _short(item) else None,
    )


def _short(item: DayUse) -> bool:
    """Whether the days end before the time, at the pace so far."""
    return item.status is Status.AT_RISK and item.until is not None and item.until < item.budget.end


def _bar(item: DayUse, tokens: Tokens, say: Words) -> Bar:
    worked = item.worked or ZERO
    return Bar(
        label=f"{item.budget.title}, {day_range(item.budget.start, item.budget.end, say.lang)}",
        parts=(Part(float(worked), tokens.actual_fill), Part(float(max(ZERO, item.planned - worked)), "")),
        value=_value(item, say),
        details={
            heading(PersonDayBudget, "title", say): item.budget.title,
            say("purchases.bought"): number(item.planned, say.lang),
            say("purchases.worked"): number(item.worked, say.lang),
            say("purchases.due"): number(item.due, say.lang),
            say("purchases.reported_on"): day(item.reported_on, say.lang),
        },
        mark=float(item.due),
        value_colour=status_colour(tokens, item.status.value),
    )


def _value(item: DayUse, say: Words) -> str:
    """Worked of bought, and what that means, as sign and word."""
    of = say("purchases.of", worked=number(item.worked, say.lang), planned=number(item.planned, say.lang))
    sign = STATUS_SIGNS[item.status.value]
    if item.status is Status.CRITICAL:
        return f"{of} {sign} {say('purchases.too_many', days=number(-(item.left or ZERO), say.lang))}"
    if item.status is Status.AT_RISK:
        return f"{of} {sign} {say('purchases.ahead', days=number(item.ahead, say.lang))}"
    word = {
        Status.UNKNOWN: "purchases.not_reported",
        Status.PLANNED: "purchases.not_begun",
        Status.DONE: "purchases.over_time",
    }
    return f"{of} {sign} {say(word.get(item.status, 'purchases.in_plan'))}"


def _message(found: Sequence[DayUse], say: Words) -> str:
    planned = sum((item.planned for item in found), ZERO)
    known = [item for item in found if item.worked is not None]
    worked = sum((item.worked or ZERO for item in known), ZERO)
    first = say(
        "purchases.days_message",
        planned=number(planned, say.lang),
        worked=number(worked, say.lang),
        share=percent(share(worked, planned), say.lang),
    )
    worst = found[0]
    if worst.status is Status.CRITICAL:
        days = number(-(worst.left or ZERO), say.lang)
        return f"{first} {say('purchases.days_over', title=worst.budget.title, days=days)}"
    if _short(worst):
        until = month(worst.until, say.lang)
        end = day(worst.budget.end, say.lang)
        return f"{first} {say('purchases.days_short', title=worst.budget.title, until=until, end=end)}"
    silent = [item for item in found if item.status is Status.UNKNOWN]
    return f"{first} {say('purchases.days_silent', n=len(silent))}" if silent else first
