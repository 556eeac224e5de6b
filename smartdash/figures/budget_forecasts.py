"""The figure of the forecasts: how each was estimated, what it says, and how it moved since the one before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from smartdash.analysis.budget import ZERO
from smartdash.analysis.cost_forecasts import Expected
from smartdash.charts.budget import outlined_bars
from smartdash.charts.tokens import STATUS_SIGNS, Status
from smartdash.figures.budget_data import BudgetData, read_budget, read_budget_on
from smartdash.figures.budget_words import MOST_BARS, signed
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.plans import details_tooltips
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import day, euro_short
from smartdash.model.appropriations import CostForecast
from smartdash.model.money import CostLine
from smartdash.store import Reader


@dataclass(frozen=True, slots=True)
class _Forecast:
    """The forecast that counts for a line and year, its plan, and what the forecast before said on its day."""

    record: CostForecast
    expected: Expected
    plan: Decimal
    before: Decimal | None

    @property
    def variance(self) -> Decimal:
        return self.expected.amount - self.plan

    @property
    def change(self) -> Decimal | None:
        return None if self.before is None else self.expected.amount - self.before


@figure("budget.forecasts", page="budget", needs=("cost_forecast",))
def forecasts(reader: Reader, say: Words) -> Draft:
    """The forecasts that count, the largest overrun on top; each with its method, reason and change."""
    data = read_budget(reader)
    found = sorted(_forecasts(reader, data), key=lambda item: (-item.variance, item.record.key))
    if not found:
        return Draft(say("actuals.forecasts_past"), (), ())
    names = {line.key: f"{line.key} {line.title}" for line in data.lines}
    bars = [_bar(item, names, say) for item in found[:MOST_BARS]]
    message = _message(found, names, say)
    return Draft(
        message=message,
        columns=(
            column(CostForecast, "cost_line", say.lang),
            column(CostForecast, "year", say.lang),
            column(CostForecast, "method", say.lang),
            column(CostForecast, "forecast_on", say.lang, "day"),
            TableColumn("plan", say("actuals.plan"), "money"),
            TableColumn("paid", say("actuals.paid"), "money"),
            TableColumn("open", say("actuals.still_open"), "money"),
            TableColumn("rest", say("actuals.rest"), "money", help=say("actuals.rest_help")),
            TableColumn("forecast", say("actuals.forecast"), "money"),
            TableColumn("variance", say("actuals.variance"), "money"),
            TableColumn("before", say("actuals.before"), "money", help=say("actuals.before_help")),
            TableColumn("change", say("actuals.change"), "money"),
            column(CostForecast, "reason", say.lang),
        ),
        rows=tuple(_row(item, names, say) for item in found),
        unit=say("actuals.lines_unit"),
        chart=lambda tokens: outlined_bars(bars, tokens, details_tooltips(CostLine.sheet.label(say.lang), say)),
        alt=say("actuals.forecasts_alt", n=len(bars), message=message),
        note=say("actuals.forecasts_note"),
    )


def _forecasts(reader: Reader, data: BudgetData) -> list[_Forecast]:
    by_place: dict[tuple[str, int], list[CostForecast]] = defaultdict(list)
    for item in sorted(reader.all(CostForecast), key=lambda one: one.forecast_on):
        by_place[item.cost_line, item.year].append(item)
    days = {records[-2].forecast_on for records in by_place.values() if len(records) > 1}
    earlier: Mapping[date, BudgetData] = {on: read_budget_on(reader, on) for on in days}
    plan = data.budget.columns["plan"]
    return [
        _Forecast(
            records[-1],
            data.expected[place],
            plan.get(place, ZERO),
            earlier[records[-2].forecast_on].expected[place].amount if len(records) > 1 else None,
        )
        for place, records in by_place.items()
        if data.expected[place].record is not None
    ]


def _method(item: _Forecast, say: Words) -> str:
    label = item.record.method.label(say.lang)
    return label if item.expected.method else say("actuals.not_computable", method=label)


def _row(item: _Forecast, names: dict[str, str], say: Words) -> Row:
    record, expected = item.record, item.expected
    return (
        names.get(record.cost_line, record.cost_line),
        str(record.year),
        _method(item, say),
        record.forecast_on,
        item.plan,
        expected.paid,
        expected.open,
        expected.rest,
        expected.amount,
        item.variance,
        item.before,
        item.change,
        record.reason,
    )


def _bar(item: _Forecast, names: dict[str, str], say: Words) -> dict[str, object]:
    record, expected = item.record, item.expected
    values: dict[str, Any] = {
        "method": _method(item, say),
        "day": day(record.forecast_on, say.lang),
        "forecast": euro_short(expected.amount, say.lang),
        "change": signed(item.change, say) if item.change else "",
    }
    details = say("actuals.forecast_changed" if item.change else "actuals.forecast_details", **values)
    over, under = item.variance > 0, item.variance < 0
    status: Status = "at_risk" if over else "on_track"
    return {
        "label": f"{names.get(record.cost_line, record.cost_line)}, {record.year}",
        "details": details,
        "outline": float(item.plan),
        "solid": float(expected.paid),
        "light": max(0.0, float(expected.amount - expected.paid)),
        "flag": f"{STATUS_SIGNS[status]} {signed(item.variance, say)}" if over or under else "",
        "flag_status": status if over or under else "",
    }


def _message(found: Sequence[_Forecast], names: dict[str, str], say: Words) -> str:
    worst = found[0]
    name = names.get(worst.record.cost_line, worst.record.cost_line)
    below = [item for item in found if item.expected.rest < 0]
    ending = f" {say('actuals.forecasts_below', n=len(below))}" if below else ""
    if worst.variance <= 0:
        return say("actuals.forecasts_fine", n=len(found)) + ending
    over = [item for item in found if item.variance > 0]
    sentence = say(
        "actuals.forecasts_over",
        n=len(over),
        all=str(len(found)),
        title=name,
        year=str(worst.record.year),
        amount=euro_short(worst.variance, say.lang),
    )
    return sentence + ending
