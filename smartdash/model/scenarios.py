"""What if: named scenarios on top of a plan version, kept apart from every plan."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from smartdash.model.declare import (
    Day,
    Flag,
    MadeKeyRecord,
    Measure,
    Number,
    Record,
    Reference,
    Sheet,
    Text,
    Whole,
    Year,
)


class Scenario(Record):
    """A question to a plan version: another funding rate, caps enforced, a delay, other prices."""

    sheet = Sheet(
        "scenario",
        "Szenarien",
        "Scenarios",
        "money",
        "Was wäre wenn: andere Förderquote, Verzögerung, Preise. Ändert nie den Plan.",
        "What if: another funding rate, delay, prices. Never changes the plan.",
    )
    title: Annotated[str, Text("Name", "Name"), Field(max_length=120)]
    plan_version: Annotated[str, Reference("Planfassung", "Plan version", to=("plan_version",), owner=True)]
    funding_rate: Annotated[
        Measure | None,
        Number(
            "Förderquote",
            "Funding rate",
            "Anteil der Zuwendung an den förderfähigen Kosten; leer: wie im Plan.",
            "Share of the grant in the eligible cost; empty: as planned.",
            unit="%",
        ),
        Field(ge=0, le=100),
    ] = None
    enforce_caps: Annotated[
        bool,
        Flag(
            "Obergrenzen einhalten",
            "Enforce caps",
            "Ja: Was über den Grenzen der Regeln liegt, wird nicht gefördert.",
            "Yes: what exceeds the limits of the rules is not funded.",
        ),
    ] = False
    delay_months: Annotated[int, Whole("Verzögerung in Monaten", "Delay in months"), Field(ge=0, le=60)] = 0
    saved_on: Annotated[date, Day("Gespeichert am", "Saved on")]
    saved_by: Annotated[str | None, Text("Von (Rolle)", "By (role)"), Field(max_length=120)] = None
    note: Annotated[str | None, Text("Anmerkung", "Note", long=True)] = None


class ScenarioPrice(MadeKeyRecord):
    """By how many per cent the cost of a line, and of everything below it, changes in a scenario."""

    sheet = Sheet(
        "scenario_price",
        "Preisannahmen",
        "Scenario prices",
        "money",
        "Preisänderung je Kostenposition in einem Szenario.",
        "Price change per cost line in a scenario.",
        key_from=("scenario", "cost_line"),
    )
    scenario: Annotated[str, Reference("Szenario", "Scenario", to=("scenario",), owner=True)]
    cost_line: Annotated[str, Reference("Kostenposition", "Cost line", to=("cost_line",), owner=True)]
    percent: Annotated[Measure, Number("Preisänderung", "Price change", unit="%"), Field(ge=-100, le=1000)]
    from_year: Annotated[
        Year | None, Whole("Ab Jahr", "From year", "Leer: in allen Jahren.", "Empty: in every year.")
    ] = None
