"""What is bought, bound and paid: contracts, commitments, postings, person-days and positions, exact to the cent."""

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


class PostingKind(Choice):
    """What a posting records."""

    INVOICE = "invoice", "Rechnung", "invoice"
    CREDIT = "credit", "Gutschrift", "credit"
    PERSONNEL = "personnel", "Personalkosten", "personnel"


class CommitmentStage(Choice):
    """How firmly money is bound, up to the day on which what is left of it is released."""

    RESERVED = "reserved", "vorgemerkt", "reserved"
    PRE_BOUND = "pre_bound", "vorgebunden", "pre-bound"
    BOUND = "bound", "gebunden", "bound"
    RELEASED = "released", "aufgelöst", "released"


class Contract(Record):
    """What an outside partner is paid for."""

    sheet = Sheet("contract", "Verträge", "Contracts", "money", "Beauftragte Leistungen.", "Commissioned services.")
    title: Annotated[str, Text("Gegenstand", "Subject"), Field(max_length=300)]
    contractor: Annotated[str | None, Text("Auftragnehmer", "Contractor"), Field(max_length=200)] = None
    gross: Annotated[Amount, Money("Auftragswert (brutto)", "Contract value (gross)"), Field(ge=0)]
    stated_net: Annotated[
        Amount | None,
        Money(
            "Nettobetrag im Dokument",
            "Stated net amount",
            "Wird mit dem Steuersatz der Leistung nachgerechnet.",
            "Is recomputed by the VAT rate of the service.",
        ),
        Field(ge=0),
    ] = None
    delivered_on: Annotated[
        date | None,
        Day(
            "Leistung am",
            "Service on",
            "Der Tag der Leistung entscheidet über den Steuersatz.",
            "The day of the service decides the VAT rate.",
        ),
    ] = None
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
        "Gebuchte Beträge je Kostenposition; berichtigt wird durch Storno.",
        "Booked amounts per cost line; a correction is a reversal.",
        reported_on="booked_on",
    )
    cost_line: Annotated[str, Reference("Kostenposition", "Cost line", to=("cost_line",), owner=True)]
    booked_on: Annotated[date, Day("Buchungstag", "Booked on")]
    amount: Annotated[Amount, Money("Betrag", "Amount", "Gutschriften mit Minus.", "Credits are negative.")]
    kind: Annotated[PostingKind, Pick("Art", "Kind")] = PostingKind.INVOICE
    text: Annotated[str | None, Text("Buchungstext", "Text"), Field(max_length=300)] = None
    service_on: Annotated[
        date | None, Day("Leistungstag", "Service on", "Tag oder letzter Tag der Leistung.", "Day or last day of it.")
    ] = None
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
    reverses: Annotated[
        str | None,
        Reference(
            "Storniert",
            "Reverses",
            "Gebuchtes bleibt stehen; ein Storno bucht denselben Betrag mit umgekehrtem Vorzeichen.",
            "What is posted stays; a reversal posts the same amount with the opposite sign.",
            to=("posting",),
        ),
    ] = None

    @model_validator(mode="after")
    def _not_itself(self) -> Self:
        if self.reverses is not None and self.reverses == self.key:
            raise PydanticCustomError("reverses_itself", "{field} names the posting itself", {"field": "reverses"})
        return self


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
    due_on: Annotated[
        date | None,
        Day("Zahlung fällig am", "Payment due on", "Danach richtet sich der Mittelabruf.", "Drawdowns follow it."),
    ] = None
    contract: Annotated[str | None, Reference("Vertrag", "Contract", to=("contract",))] = None


class CommitmentStep(MadeKeyRecord):
    """A change of a commitment's stage or amount on a day."""

    sheet = Sheet(
        "commitment_step",
        "Obligo-Schritte",
        "Commitment steps",
        "money",
        "Wann ein Obligo fester, größer, kleiner oder aufgelöst wurde.",
        "When a commitment became firmer, larger, smaller or was released.",
        reported_on="changed_on",
        key_from=("commitment", "changed_on"),
    )
    commitment: Annotated[str, Reference("Obligo", "Commitment", to=("commitment",), owner=True)]
    changed_on: Annotated[date, Day("Vom", "Changed on")]
    stage: Annotated[CommitmentStage, Pick("Stufe", "Stage")]
    amount: Annotated[
        Amount | None, Money("Neuer Betrag", "New amount", "Leer: unverändert.", "Empty: unchanged."), Field(ge=0)
    ] = None


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
    cost_line: Annotated[str | None, Reference("Kostenposition", "Cost line", to=("cost_line",))] = None

    @model_validator(mode="after")
    def _order(self) -> Self:
        check_order(self.start, self.end, "end")
        return self


class PersonDayUse(MadeKeyRecord):
    """Person-days that were worked since the report before."""

    sheet = Sheet(
        "person_day_use",
        "Geleistete Personentage",
        "Person-days worked",
        "money",
        "Geleistete Tage je Meldung; sie werden zusammengezählt.",
        "Days worked per report; they are added up.",
        reported_on="reported_on",
        key_from=("person_day_budget", "reported_on"),
    )
    person_day_budget: Annotated[str, Reference("Personentage", "Person-days", to=("person_day_budget",), owner=True)]
    reported_on: Annotated[date, Day("Gemeldet am", "Reported on")]
    days: Annotated[Measure, Number("Tage seit der letzten Meldung", "Days since the last report", unit="PT")]


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
