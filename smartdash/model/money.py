"""Plan, funding, postings, commitments, contracts, person-days and positions, exact to the cent."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from smartdash.model.declare import (
    Amount,
    Choice,
    Day,
    Flag,
    MadeKeyRecord,
    Measure,
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
from smartdash.model.shared import check_order


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


class PostingKind(Choice):
    """What a posting records."""

    INVOICE = "invoice", "Rechnung", "invoice"
    CREDIT = "credit", "Gutschrift", "credit"
    PERSONNEL = "personnel", "Personalkosten", "personnel"


class CommitmentStage(Choice):
    """How firmly money is bound."""

    RESERVED = "reserved", "vorgemerkt", "reserved"
    PRE_BOUND = "pre_bound", "vorgebunden", "pre-bound"
    BOUND = "bound", "gebunden", "bound"


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
        "Geplante Finanzierung je Quelle und Jahr.",
        "Planned funding per source and year.",
        key_from=("plan_version", "funding_source", "year"),
    )
    plan_version: Annotated[str, Reference("Planfassung", "Plan version", to=("plan_version",), owner=True)]
    funding_source: Annotated[
        str, Reference("Finanzierungsquelle", "Funding source", to=("funding_source",), owner=True)
    ]
    year: Annotated[Year, Whole("Jahr", "Year")]
    amount: Annotated[Amount, Money("Betrag", "Amount")]


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


class Contract(Record):
    """What an outside partner is paid for."""

    sheet = Sheet("contract", "Verträge", "Contracts", "money", "Beauftragte Leistungen.", "Commissioned services.")
    title: Annotated[str, Text("Gegenstand", "Subject"), Field(max_length=300)]
    contractor: Annotated[str | None, Text("Auftragnehmer", "Contractor"), Field(max_length=200)] = None
    gross: Annotated[Amount, Money("Auftragswert (brutto)", "Contract value (gross)"), Field(ge=0)]
    signed_on: Annotated[date | None, Day("Geschlossen am", "Signed on", reported=True)] = None
    start: Annotated[date | None, Day("Beginn", "Start")] = None
    end: Annotated[date | None, Day("Ende", "End")] = None
    covered_by: Annotated[str | None, Text("Deckung", "Covered by", long=True)] = None
    decision: Annotated[str | None, Reference("Vorlage", "Paper", to=("paper",))] = None
    cost_line: Annotated[str | None, Reference("Kostenposition", "Cost line", to=("cost_line",))] = None

    @model_validator(mode="after")
    def _order(self) -> Self:
        check_order(self.start, self.end, "end")
        return self


class Posting(Record):
    """A booked amount; corrections are postings with the opposite sign."""

    sheet = Sheet(
        "posting",
        "Buchungen",
        "Postings",
        "money",
        "Gebuchte Beträge je Kostenposition.",
        "Booked amounts per cost line.",
        reported_on="booked_on",
    )
    cost_line: Annotated[str, Reference("Kostenposition", "Cost line", to=("cost_line",), owner=True)]
    booked_on: Annotated[date, Day("Buchungstag", "Booked on")]
    amount: Annotated[Amount, Money("Betrag", "Amount", "Gutschriften mit Minus.", "Credits are negative.")]
    kind: Annotated[PostingKind, Pick("Art", "Kind")] = PostingKind.INVOICE
    text: Annotated[str | None, Text("Buchungstext", "Text"), Field(max_length=300)] = None
    receipt: Annotated[str | None, Text("Beleg", "Receipt"), Field(max_length=60)] = None
    commitment: Annotated[
        str | None,
        Reference(
            "Obligo",
            "Commitment",
            "Zahlung auf dieses Obligo; es wird um den Betrag kleiner.",
            "Pays this commitment, which shrinks by the amount.",
            to=("commitment",),
        ),
    ] = None


class Commitment(Record):
    """Money that is reserved or bound for an order."""

    sheet = Sheet(
        "commitment",
        "Obligo",
        "Commitments",
        "money",
        "Vorgemerkte und gebundene Mittel.",
        "Reserved and bound money.",
        reported_on="committed_on",
    )
    title: Annotated[str, Text("Gegenstand", "Subject"), Field(max_length=300)]
    cost_line: Annotated[str, Reference("Kostenposition", "Cost line", to=("cost_line",), owner=True)]
    stage: Annotated[CommitmentStage, Pick("Stufe", "Stage")]
    committed_on: Annotated[date, Day("Vom", "Committed on")]
    year: Annotated[Year, Whole("Haushaltsjahr", "Budget year")]
    amount: Annotated[Amount, Money("Betrag", "Amount"), Field(ge=0)]
    contract: Annotated[str | None, Reference("Vertrag", "Contract", to=("contract",))] = None


class PersonDayBudget(Record):
    """Person-days bought at a net rate."""

    sheet = Sheet(
        "person_day_budget",
        "Personentage",
        "Person-days",
        "money",
        "Eingekaufte Personentage mit Tagessatz.",
        "Person-days bought, with their rate.",
    )
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=200)]
    start: Annotated[date, Day("Beginn", "Start")]
    end: Annotated[date, Day("Ende", "End")]
    days_per_month: Annotated[Measure, Number("Tage je Monat", "Days per month", unit="PT"), Field(ge=0)]
    rate: Annotated[Amount, Money("Tagessatz (netto)", "Day rate (net)"), Field(ge=0)]
    stated_gross: Annotated[
        Amount | None,
        Money(
            "Betrag im Dokument (brutto)",
            "Stated amount (gross)",
            "Wird nachgerechnet; nur bei einer Zeile je Beleg.",
            "Is recomputed; on one row per document only.",
        ),
    ] = None
    stated_group: Annotated[
        str | None,
        Text(
            "Gemeinsamer Betrag",
            "Shared amount",
            "Gleicher Name für Zeilen, deren Summe der Betrag im Dokument ist.",
            "Same name for rows whose sum is the stated amount.",
        ),
    ] = None
    contract: Annotated[str | None, Reference("Vertrag", "Contract", to=("contract",))] = None

    @model_validator(mode="after")
    def _order(self) -> Self:
        check_order(self.start, self.end, "end")
        return self


class VatRate(Record):
    """The standard rate of value-added tax in a period."""

    sheet = Sheet(
        "vat_rate",
        "Umsatzsteuersätze",
        "VAT rates",
        "money",
        "Regelsatz der Umsatzsteuer je Zeitraum.",
        "Standard VAT rate per period.",
        shared=True,
    )
    valid_from: Annotated[date, Day("Gültig ab", "Valid from")]
    valid_to: Annotated[date | None, Day("Gültig bis", "Valid to")] = None
    percent: Annotated[Measure, Number("Satz", "Rate", unit="%"), Field(ge=0, le=100)]


class Staffing(MadeKeyRecord):
    """Positions of a unit that take part, and those paid by the grant."""

    sheet = Sheet(
        "staffing",
        "Stellenanteile",
        "Staffing",
        "money",
        "Beteiligte und geförderte Stellen je Einheit.",
        "Positions involved and funded per unit.",
        key_from=("unit",),
    )
    unit: Annotated[str, Reference("Organisationseinheit", "Unit", to=("unit",), owner=True)]
    involved: Annotated[Measure, Number("Beteiligte Stellen", "Positions involved"), Field(ge=0)]
    funded: Annotated[Measure, Number("Geförderte Stellen", "Positions funded"), Field(ge=0)]
