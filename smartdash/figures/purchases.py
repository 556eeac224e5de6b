"""Figures about what is bought by the day and who works on it: person-days and positions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from smartdash.analysis.budget import ZERO, PersonDays, months, person_days, share
from smartdash.analysis.checks import Check, CheckStatus, check_person_days
from smartdash.charts.budget import outlined_bars
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn, Tile
from smartdash.figures.headings import heading
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import euro, number, percent
from smartdash.model.shared import Unit
from smartdash.model.spending import PersonDayBudget, Staffing, VatRate
from smartdash.store import Reader


def _plain_bar(label: str, details: str, outline: Decimal, solid: Decimal) -> dict[str, object]:
    ends = {"outline": float(outline), "solid": float(solid), "light": 0}
    return {"label": label, "details": details, **ends, "flag": "", "flag_status": ""}


@figure("budget.person_days", page="purchases", needs=("person_day_budget",))
def bought_days(reader: Reader, say: Words) -> Draft:
    """Person-days recomputed from rate and value-added tax, against the amount in the document."""
    rates = reader.all(VatRate)
    found = [person_days(budget, rates) for budget in reader.all(PersonDayBudget)]
    checks = check_person_days(found)
    rows = tuple(_person_days_row(item) for item in found)
    if len(found) > 1:
        rows = (*rows, _person_days_total(found, say))
    gross = _known_sum([item.gross for item in found])
    vat = _known_sum([item.vat for item in found])
    net = sum((item.net for item in found), ZERO)
    days = sum((item.days for item in found), ZERO).normalize()
    return Draft(
        message=_person_days_message(found, checks, days, gross, say),
        columns=(
            column(PersonDayBudget, "title", say.lang),
            column(PersonDayBudget, "start", say.lang, "day"),
            column(PersonDayBudget, "end", say.lang, "day"),
            column(PersonDayBudget, "days_per_month", say.lang, "number"),
            TableColumn("months", say("budget.months"), "whole"),
            TableColumn("days", say("budget.days"), "number"),
            column(PersonDayBudget, "rate", say.lang, "money"),
            TableColumn("net", say("budget.net"), "money"),
            TableColumn("vat", say("budget.vat"), "money"),
            TableColumn("gross", say("budget.gross"), "money"),
            column(PersonDayBudget, "stated_gross", say.lang, "money"),
        ),
        rows=rows,
        unit=say("budget.person_days.unit"),
        note=say("budget.person_days.note"),
        tiles=(
            Tile(say("budget.days"), number(days, say.lang)),
            Tile(say("budget.net"), euro(net, say.lang, cents=True)),
            Tile(say("budget.vat"), euro(vat, say.lang, cents=True)),
            Tile(say("budget.gross"), euro(gross, say.lang, cents=True)),
        ),
    )


def _person_days_row(item: PersonDays) -> Row:
    budget = item.budget
    spans = len(months(budget.start, budget.end))
    amounts = (item.net, item.vat, item.gross, budget.stated_gross)
    return (budget.title, budget.start, budget.end, budget.days_per_month, spans, item.days, budget.rate, *amounts)


def _person_days_total(found: Sequence[PersonDays], say: Words) -> Row:
    days = sum((item.days for item in found), ZERO)
    stated = [item.budget.stated_gross for item in found if item.budget.stated_gross is not None]
    amounts = (
        sum((item.net for item in found), ZERO),
        _known_sum([item.vat for item in found]),
        _known_sum([item.gross for item in found]),
        sum(stated, ZERO) if stated else None,
    )
    return (say("budget.total"), None, None, None, None, days, None, *amounts)


def _known_sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    """The sum, or None where one of the amounts is unknown."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, ZERO) if len(known) == len(amounts) else None


def _person_days_message(
    found: Sequence[PersonDays], checks: Sequence[Check], days: Decimal, gross: Decimal | None, say: Words
) -> str:
    rates = {item.budget.rate for item in found}
    bought = say("budget.person_days.bought", days=number(days, say.lang))
    if len(rates) == 1:
        rate = euro(next(iter(rates)), say.lang, cents=rates != {next(iter(rates)).to_integral_value()})
        bought = say("budget.person_days.at_rate", days=number(days, say.lang), rate=rate)
    if gross is None:
        return say("budget.person_days.unknown", bought=bought)
    result = say("budget.person_days.result", bought=bought, gross=euro(gross, say.lang, cents=True))
    wrong = [check for check in checks if check.status is CheckStatus.VIOLATED]
    if not checks:
        return say("budget.person_days.not_stated", result=result)
    if not wrong:
        return say("budget.person_days.agrees", result=result)
    stated, difference = wrong[0].left, wrong[0].difference
    return say(
        "budget.person_days.differs",
        result=result,
        stated=euro(stated, say.lang, cents=True),
        difference=euro(difference, say.lang, cents=True),
    )


@figure("budget.staffing", page="purchases", needs=("staffing",))
def staffing(reader: Reader, say: Words) -> Draft:
    """Positions that take part per unit, and those paid by the grant."""
    found = reader.all(Staffing)
    units = {unit.key: unit.title for unit in reader.all(Unit)}
    # Without the zeros that adding keeps: 4.5 + 4.5 is written as 9.
    involved = sum((item.involved for item in found), ZERO).normalize()
    funded = sum((item.funded for item in found), ZERO).normalize()
    shown = [_staffing_bar(units[item.unit], item, say) for item in found]
    tooltips = [("label", heading(Staffing, "unit", say)), ("details", Staffing.sheet.label(say.lang))]
    message = say(
        "budget.staffing.message",
        n=len(found),
        involved=number(involved, say.lang),
        funded=number(funded, say.lang),
        share=percent(share(funded, involved), say.lang),
    )
    return Draft(
        message=message,
        columns=(
            column(Staffing, "unit", say.lang),
            column(Staffing, "involved", say.lang, "number"),
            column(Staffing, "funded", say.lang, "number"),
        ),
        rows=(
            *((units[item.unit], item.involved, item.funded) for item in found),
            (say("budget.total"), involved, funded),
        ),
        unit=say("budget.staffing.unit"),
        chart=lambda tokens: outlined_bars(shown, tokens, tooltips),
        alt=message,
    )


def _staffing_bar(label: str, item: Staffing, say: Words) -> dict[str, object]:
    values: dict[str, Any] = {"involved": number(item.involved, say.lang), "funded": number(item.funded, say.lang)}
    return _plain_bar(label, say("budget.staffing.details", **values), item.involved, item.funded)
