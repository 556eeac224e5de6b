"""The cost and financing plan: its versions, cost lines, funding sources and printed totals, exact to the cent."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from smartdash.model.declare import (
    Amount,
    Choice,
    Day,
    Flag,
    MadeKeyRecord,
    Money,
    Number,
    Pick,
    Record,
    Reference,
    Sheet,
    Text,
    Whole,
    Year,
)


class PlanStatus(Choice):
    """What standing a plan version has."""

    APPLICATION = "application", "Antrag", "application"
    APPROVAL = "approval", "Bewilligung", "approval"
    AMENDMENT = "amendment", "Nachtrag", "amendment"
    WORKING = "working", "Arbeitsstand", "working state"


class CostKind(Choice):
    """What kind of cost a line holds."""

    PERSONNEL = "personnel", "Personalkosten", "personnel"
    MATERIAL = "material", "Sachkosten", "material"
    ADVICE = "advice", "Externe Beratung", "external advice"
    TRAINING = "training", "Fortbildung und Reisen", "training and travel"
    NETWORK = "network", "Netzwerk und Wissenstransfer", "network and knowledge transfer"
    INVESTMENT = "investment", "Investitionen", "investment"


class FunderKind(Choice):
    """Whose money a funding source is."""

    OWN = "own", "Eigenmittel", "own funds"
    THIRD_PARTY = "third_party", "Mittel Dritter", "third-party funds"
    FEDERAL = "federal", "Bundesmittel", "federal funds"
    STATE = "state", "Landesmittel", "state funds"
    EU = "eu", "EU-Mittel", "EU funds"


class StatedSubject(Choice):
    """What a printed total sums up."""

    COST = "cost", "Kosten", "cost"
    FUNDING = "funding", "Finanzierung", "funding"
    CONTROL = "control", "Kontrollsumme", "control sum"
    SHARE = "share", "Anteil in Prozent", "share in per cent"


class PlanVersion(Record):
    """One state of the cost and financing plan."""

    sheet = Sheet(
        "plan_version",
        "Planfassungen",
        "Plan versions",
        "money",
        "Fassungen des Kosten- und Finanzierungsplans.",
        "States of the cost and financing plan.",
    )
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=200)]
    status: Annotated[PlanStatus, Pick("Stand", "Status")]
    valid_from: Annotated[
        date | None,
        Day("Gültig ab", "Valid from", "Die jüngste gültige Fassung gilt.", "The newest valid one counts."),
    ] = None
    decision: Annotated[str | None, Reference("Beschluss", "Decision", to=("paper",))] = None
    supersedes: Annotated[
        str | None,
        Reference(
            "Ersetzt",
            "Supersedes",
            "Die Fassung, aus der diese entstanden ist.",
            "The version this one was made from.",
            to=("plan_version",),
        ),
    ] = None
    gross: Annotated[
        bool | None, Flag("Brutto", "Gross", "Leer: Das Dokument sagt es nicht.", "Empty: not stated.")
    ] = None


class CostLine(Record):
    """A line of the cost plan; lines form a tree, amounts stand on the leaves only."""

    sheet = Sheet(
        "cost_line",
        "Kostenpositionen",
        "Cost lines",
        "money",
        "Gliederung der Kosten; der Schlüssel ist die laufende Nummer.",
        "The tree of costs; the key is the line's number.",
    )
    title: Annotated[str, Text("Bezeichnung", "Title"), Field(max_length=300)]
    parent: Annotated[str | None, Reference("Teil von", "Part of", to=("cost_line",))] = None
    kind: Annotated[CostKind | None, Pick("Kostenart", "Kind of cost")] = None
    phase: Annotated[str | None, Reference("Phase", "Phase", to=("phase",))] = None
    project: Annotated[str | None, Reference("Vorhaben", "Project", to=("project",))] = None
    eligible: Annotated[
        bool,
        Flag(
            "Förderfähig",
            "Eligible",
            "Nein: Die Kosten zählen nicht zur Bemessung der Zuwendung.",
            "No: the cost does not count towards the grant.",
        ),
    ] = True
    order: Annotated[int | None, Whole("Reihenfolge", "Order")] = None


class CostAmount(MadeKeyRecord):
    """What a cost line may cost in a year, by plan version."""

    sheet = Sheet(
        "cost_amount",
        "Planansätze",
        "Cost amounts",
        "money",
        "Geplante Kosten je Position und Jahr.",
        "Planned cost per line and year.",
        key_from=("plan_version", "cost_line", "year"),
    )
    plan_version: Annotated[str, Reference("Planfassung", "Plan version", to=("plan_version",), owner=True)]
    cost_line: Annotated[str, Reference("Kostenposition", "Cost line", to=("cost_line",), owner=True)]
    year: Annotated[Year, Whole("Jahr", "Year")]
    amount: Annotated[Amount, Money("Betrag", "Amount")]


class FundingSource(Record):
    """Where money comes from; sources form a tree, amounts stand on the leaves only."""

    sheet = Sheet(
        "funding_source",
        "Finanzierungsquellen",
        "Funding sources",
        "money",
        "Wer bezahlt: Eigenmittel, Dritte, Bund, Land, EU.",
        "Who pays: own, third-party, federal, state, EU.",
    )
    title: Annotated[str, Text("Bezeichnung", "Title"), Field(max_length=300)]
    parent: Annotated[str | None, Reference("Teil von", "Part of", to=("funding_source",))] = None
    kind: Annotated[FunderKind | None, Pick("Herkunft", "Origin")] = None
    outside_plan: Annotated[
        bool,
        Flag(
            "Außerhalb des Plans",
            "Outside the plan",
            "Ja: zählt nicht zur Deckung der förderfähigen Kosten.",
            "Yes: does not cover the eligible costs.",
        ),
    ] = False
    order: Annotated[int | None, Whole("Reihenfolge", "Order")] = None


class FundingAmount(MadeKeyRecord):
    """What a funding source gives in a year, by plan version."""

    sheet = Sheet(
        "funding_amount",
        "Finanzierungsbeträge",
        "Funding amounts",
        "money",
        "Geplante Finanzierung je Quelle und Jahr, wo bekannt je Kostenposition.",
        "Planned funding per source and year, and per cost line where known.",
        key_from=("plan_version", "funding_source", "year", "cost_line"),
    )
    plan_version: Annotated[str, Reference("Planfassung", "Plan version", to=("plan_version",), owner=True)]
    funding_source: Annotated[
        str, Reference("Finanzierungsquelle", "Funding source", to=("funding_source",), owner=True)
    ]
    year: Annotated[Year, Whole("Jahr", "Year")]
    amount: Annotated[Amount, Money("Betrag", "Amount")]
    cost_line: Annotated[
        str | None,
        Reference(
            "Kostenposition",
            "Cost line",
            "Leer: Der Plan sagt nicht, für welche Position.",
            "Empty: the plan does not say for which line.",
            to=("cost_line",),
            owner=True,
        ),
    ] = None


class StatedTotal(MadeKeyRecord):
    """A total or share as a document prints it, kept to be compared with the recomputed one."""

    sheet = Sheet(
        "stated_total",
        "Gedruckte Summen",
        "Stated totals",
        "money",
        "Summen und Anteile, wie sie im Dokument stehen; sie werden nachgerechnet.",
        "Totals and shares as printed; they are recomputed.",
        key_from=("plan_version", "code", "year"),
    )
    plan_version: Annotated[str, Reference("Planfassung", "Plan version", to=("plan_version",), owner=True)]
    code: Annotated[str, Text("Nummer im Dokument", "Code in the document"), Field(max_length=40)]
    label: Annotated[str, Text("Bezeichnung im Dokument", "Label in the document"), Field(max_length=300)]
    subject: Annotated[StatedSubject, Pick("Summiert", "Sums up")]
    cost_line: Annotated[
        str | None,
        Reference("Kostenposition", "Cost line", "Leer: alle Kosten.", "Empty: all costs.", to=("cost_line",)),
    ] = None
    funding_source: Annotated[
        str | None,
        Reference("Finanzierungsquelle", "Funding source", "Leer: alle.", "Empty: all.", to=("funding_source",)),
    ] = None
    includes_outside: Annotated[bool, Flag("Mit Mitteln außerhalb des Plans", "With money outside the plan")] = False
    year: Annotated[Year | None, Whole("Jahr", "Year", "Leer: alle Jahre.", "Empty: all years.")] = None
    amount: Annotated[Amount, Number("Gedruckter Wert", "Printed value")]
