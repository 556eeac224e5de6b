"""What the municipal budget allows and expects: appropriations, carry-overs, transfers and forecasts per cost line."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from smartdash.model.declare import (
    Amount,
    Choice,
    Day,
    MadeKeyRecord,
    Money,
    Pick,
    Record,
    Reference,
    Sheet,
    Text,
    Whole,
    Year,
)


class CarryOverKind(Choice):
    """What carried-over money is for; budget law lets it live for different times."""

    INVESTMENT = "investment", "Investition", "investment"
    RUNNING = "running", "laufender Aufwand", "running cost"
    EARMARKED = "earmarked", "zweckgebunden", "earmarked"


class ForecastMethod(Choice):
    """How the rest of a year's cost is estimated."""

    MANUAL = "manual", "geschätzt", "estimated"
    PLAN = "plan", "Rest laut Plan", "rest as planned"
    LINEAR = "linear", "wie bisher", "as until now"
    PERSON_DAYS = "person_days", "Rest der Personentage", "rest of the person-days"
    COMMITTED = "committed", "nur Gebundenes", "commitments only"


class Appropriation(MadeKeyRecord):
    """What the municipal budget provides for a cost line in a year, and what of it is blocked."""

    sheet = Sheet(
        "appropriation",
        "Haushaltsansätze",
        "Appropriations",
        "money",
        "Was der Haushalt je Position und Jahr bereitstellt.",
        "What the municipal budget provides per line and year.",
        key_from=("cost_line", "year"),
    )
    cost_line: Annotated[str, Reference("Kostenposition", "Cost line", to=("cost_line",), owner=True)]
    year: Annotated[Year, Whole("Haushaltsjahr", "Budget year")]
    amount: Annotated[Amount, Money("Ansatz", "Appropriation"), Field(ge=0)]
    blocked: Annotated[
        Amount | None,
        Money(
            "Gesperrt", "Blocked", "Haushaltssperre; fehlt an den freien Mitteln.", "Is missing from the free money."
        ),
        Field(ge=0),
    ] = None
    decision: Annotated[str | None, Reference("Beschluss", "Decision", to=("paper",))] = None


class BudgetCarryOver(MadeKeyRecord):
    """An unused appropriation that may still be spent later, until it expires."""

    sheet = Sheet(
        "budget_carry_over",
        "Haushaltsreste",
        "Budget carry-overs",
        "money",
        "Übertragene Ermächtigungen mit Verfall.",
        "Unused appropriations carried over, with their expiry.",
        reported_on="carried_on",
        key_from=("cost_line", "from_year"),
    )
    cost_line: Annotated[str, Reference("Kostenposition", "Cost line", to=("cost_line",), owner=True)]
    from_year: Annotated[Year, Whole("Aus dem Jahr", "From year")]
    year: Annotated[Year, Whole("In das Jahr", "Into year")]
    amount: Annotated[Amount, Money("Betrag", "Amount"), Field(gt=0)]
    kind: Annotated[CarryOverKind, Pick("Art", "Kind")]
    carried_on: Annotated[date, Day("Übertragen am", "Carried over on")]
    expires_on: Annotated[
        date | None, Day("Verfällt nach dem", "Expires after", "Leer: nicht bekannt.", "Empty: not known.")
    ] = None
    decision: Annotated[str | None, Reference("Beschluss", "Decision", to=("paper",))] = None

    @model_validator(mode="after")
    def _later(self) -> Self:
        if self.year <= self.from_year:
            raise PydanticCustomError("carried_backwards", "{field} is not later", {"field": "year"})
        return self


class BudgetTransfer(Record):
    """Money moved between cost lines in a year, or granted beyond the budget where it comes from nowhere."""

    sheet = Sheet(
        "budget_transfer",
        "Umschichtungen",
        "Budget transfers",
        "money",
        "Deckung aus anderen Positionen, über- und außerplanmäßige Mittel.",
        "Money from other lines, and what is granted beyond the budget.",
        reported_on="transferred_on",
    )
    from_line: Annotated[
        str | None,
        Reference(
            "Von Position",
            "From line",
            "Leer: über- oder außerplanmäßig bereitgestellt.",
            "Empty: granted beyond the budget.",
            to=("cost_line",),
        ),
    ] = None
    to_line: Annotated[
        str | None,
        Reference(
            "Zu Position",
            "To line",
            "Leer: an den Haushalt zurückgegeben.",
            "Empty: given back.",
            to=("cost_line",),
        ),
    ] = None
    year: Annotated[Year, Whole("Haushaltsjahr", "Budget year")]
    amount: Annotated[Amount, Money("Betrag", "Amount"), Field(gt=0)]
    transferred_on: Annotated[date, Day("Vom", "Transferred on")]
    reason: Annotated[str, Text("Grund", "Reason", long=True)]
    decision: Annotated[str | None, Reference("Beschluss", "Decision", to=("paper",))] = None

    @model_validator(mode="after")
    def _two_ends(self) -> Self:
        if self.from_line == self.to_line:
            raise PydanticCustomError("transfer_leads_nowhere", "{field} is the same", {"field": "to_line"})
        return self


class CostForecast(MadeKeyRecord):
    """What a cost line is expected to cost in a year, and how that was estimated."""

    sheet = Sheet(
        "cost_forecast",
        "Prognosen",
        "Cost forecasts",
        "money",
        "Erwartete Kosten je Position und Jahr mit ihrer Methode.",
        "Expected cost per line and year, with its method.",
        reported_on="forecast_on",
        key_from=("cost_line", "year", "forecast_on"),
    )
    cost_line: Annotated[str, Reference("Kostenposition", "Cost line", to=("cost_line",), owner=True)]
    year: Annotated[Year, Whole("Jahr", "Year")]
    forecast_on: Annotated[date, Day("Prognose vom", "Forecast on")]
    method: Annotated[ForecastMethod, Pick("Methode", "Method")]
    amount: Annotated[
        Amount | None,
        Money(
            "Erwartete Kosten des Jahres",
            "Expected cost of the year",
            "Nur bei der Methode „geschätzt“; sonst wird gerechnet.",
            "Only with the method “estimated”; otherwise it is computed.",
        ),
    ] = None
    reason: Annotated[str | None, Text("Begründung", "Reason", long=True)] = None

    @model_validator(mode="after")
    def _amount_where_estimated(self) -> Self:
        if (self.amount is not None) != (self.method is ForecastMethod.MANUAL):
            raise PydanticCustomError("forecast_amount", "{field} does not fit the method", {"field": "amount"})
        return self
