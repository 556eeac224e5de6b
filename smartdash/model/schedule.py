"""What is due when: phases, milestones and their forecasts, deliverables, allowances."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from smartdash.model.declare import (
    Choice,
    Day,
    Flag,
    MadeKeyRecord,
    Measure,
    Number,
    Pick,
    Record,
    Reference,
    Sheet,
    Text,
    Whole,
)
from smartdash.model.shared import check_order


class AllowanceUnit(Choice):
    """What an allowance counts."""

    INTERVIEW = "interview", "Interviews", "interviews"
    WORKSHOP = "workshop", "Workshops", "workshops"
    PERSON_DAY = "person_day", "Personentage", "person-days"


class Phase(Record):
    """A stretch of the programme; sub-steps name the phase they belong to."""

    sheet = Sheet(
        "phase",
        "Phasen",
        "Phases",
        "schedule",
        "Phasen und Teilschritte mit Plan- und Ist-Daten.",
        "Phases and sub-steps with planned and actual dates.",
    )
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=200)]
    parent: Annotated[
        str | None,
        Reference("Teil von", "Part of", "Nur bei Teilschritten.", "For sub-steps only.", to=("phase",)),
    ] = None
    order: Annotated[int | None, Whole("Reihenfolge", "Order")] = None
    planned_start: Annotated[date | None, Day("Beginn (Plan)", "Planned start")] = None
    planned_end: Annotated[date | None, Day("Ende (Plan)", "Planned end")] = None
    actual_start: Annotated[date | None, Day("Beginn (Ist)", "Actual start", reported=True)] = None
    actual_end: Annotated[date | None, Day("Ende (Ist)", "Actual end", reported=True)] = None
    unit: Annotated[str | None, Reference("Zuständig", "Responsible", to=("unit",))] = None
    field_of_work: Annotated[str | None, Reference("Handlungsfeld", "Field of work", to=("field_of_work",))] = None
    decision: Annotated[
        str | None,
        Reference(
            "Benötigter Beschluss",
            "Decision needed",
            "Vorlage, über die bis zum Ende der Phase entschieden sein muss.",
            "Paper that must be decided by the end of the phase.",
            to=("paper",),
        ),
    ] = None
    description: Annotated[str | None, Text("Erläuterung", "Description", long=True)] = None

    @model_validator(mode="after")
    def _order(self) -> Self:
        check_order(self.planned_start, self.planned_end, "planned_end")
        check_order(self.actual_start, self.actual_end, "actual_end")
        return self


class Milestone(Record):
    """A dated point that shows whether the programme is on its way; a gate needs a decision to pass."""

    sheet = Sheet(
        "milestone",
        "Meilensteine",
        "Milestones",
        "schedule",
        "Termine, an denen sich der Fortschritt zeigt.",
        "Dates that show whether the programme is on its way.",
    )
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=200)]
    phase: Annotated[str | None, Reference("Phase", "Phase", to=("phase",))] = None
    gate: Annotated[
        bool,
        Flag(
            "Entscheidungspunkt",
            "Gate",
            "Ja, wenn es ohne Beschluss nicht weitergeht.",
            "Yes: needs a decision.",
        ),
    ] = False
    closes_phase: Annotated[
        bool,
        Flag(
            "Schließt die Phase ab",
            "Closes the phase",
            "Ja: Die Prognose gilt auch für das Ende der Phase.",
            "Yes: its forecast is the forecast of the phase's end.",
        ),
    ] = False
    planned: Annotated[
        date | None,
        Day(
            "Termin (Plan)",
            "Planned date",
            "Nur leer, wenn der Meilenstein erreicht ist und kein Plan bekannt ist.",
            "Empty only where it was reached and no plan is known.",
        ),
    ] = None
    actual: Annotated[date | None, Day("Erreicht am", "Reached on", reported=True)] = None
    decision: Annotated[
        str | None,
        Reference(
            "Benötigter Beschluss",
            "Decision needed",
            "Vorlage, über die bis zum Termin entschieden sein muss.",
            "Paper that must be decided by the date.",
            to=("paper",),
        ),
    ] = None
    unit: Annotated[str | None, Reference("Zuständig", "Responsible", to=("unit",))] = None
    owner_role: Annotated[
        str | None,
        Text("Rolle", "Role", "Rolle, kein Name einer Person.", "A role, not a person's name."),
        Field(max_length=100),
    ] = None

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if not (self.planned or self.actual):
            raise PydanticCustomError("milestone_needs_date", "a planned date is needed", {"field": "planned"})
        return self


class MilestoneForecast(MadeKeyRecord):
    """The date expected for a milestone, as reported on a day."""

    sheet = Sheet(
        "milestone_forecast",
        "Meilensteinprognosen",
        "Milestone forecasts",
        "schedule",
        "Gemeldete Prognosen je Meilenstein; jede Meldung ist eine Zeile.",
        "Reported forecasts per milestone; each report is a row.",
        reported_on="reported_on",
        key_from=("milestone", "reported_on"),
    )
    milestone: Annotated[str, Reference("Meilenstein", "Milestone", to=("milestone",), owner=True)]
    reported_on: Annotated[date, Day("Gemeldet am", "Reported on")]
    forecast: Annotated[date, Day("Prognose", "Forecast")]
    reason: Annotated[str | None, Text("Grund", "Reason", long=True)] = None


class Baseline(Record):
    """A new plan of dates, in force from the day it was decided on.

    The dates that stand on phases and milestones are the first plan. They stay; only a decision puts others in force.
    """

    sheet = Sheet(
        "baseline",
        "Basispläne",
        "Baselines",
        "schedule",
        "Beschlossene Änderungen des Terminplans. Ohne Beschluss gilt der erste Plan.",
        "Decided changes of the plan of dates. Without a decision the first plan holds.",
        reported_on="decided_on",
    )
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=200)]
    decided_on: Annotated[date, Day("Beschlossen am", "Decided on")]
    decided_by: Annotated[
        str,
        Reference("Beschlossen durch", "Decided by", to=("committee", "unit", "role")),
    ]
    paper: Annotated[str | None, Reference("Vorlage", "Paper", to=("paper",))] = None
    reason: Annotated[str, Text("Grund", "Reason", long=True)]


class BaselineDate(MadeKeyRecord):
    """The dates that a baseline gives to a milestone or a phase."""

    sheet = Sheet(
        "baseline_date",
        "Basistermine",
        "Baseline dates",
        "schedule",
        "Neue Plantermine je Meilenstein oder Phase.",
        "New planned dates per milestone or phase.",
        key_from=("baseline", "subject"),
    )
    baseline: Annotated[str, Reference("Basisplan", "Baseline", to=("baseline",), owner=True)]
    subject: Annotated[
        str, Reference("Meilenstein oder Phase", "Milestone or phase", to=("milestone", "phase"), owner=True)
    ]
    planned_start: Annotated[date | None, Day("Neuer Beginn", "New start", "Nur bei Phasen.", "For phases only.")] = (
        None
    )
    planned_end: Annotated[date, Day("Neuer Termin", "New date", "Bei Phasen das Ende.", "The end of a phase.")]

    @model_validator(mode="after")
    def _order(self) -> Self:
        check_order(self.planned_start, self.planned_end, "planned_end")
        return self


class Dependency(MadeKeyRecord):
    """What must be ready before something else can go on."""

    sheet = Sheet(
        "dependency",
        "Abhängigkeiten",
        "Dependencies",
        "schedule",
        "Was fertig sein muss, bevor anderes weitergeht.",
        "What must be ready before something else goes on.",
        key_from=("provider", "consumer"),
    )
    provider: Annotated[
        str,
        Reference(
            "Zuerst",
            "First",
            "Was fertig sein muss, oder die Stelle, die liefert.",
            "What must be ready, or the unit that provides it.",
            to=("milestone", "phase", "project", "unit"),
            owner=True,
        ),
    ]
    consumer: Annotated[
        str,
        Reference(
            "Danach",
            "Then",
            "Was darauf wartet.",
            "What waits for it.",
            to=("phase", "milestone", "project", "key_result"),
            owner=True,
        ),
    ]
    lag_days: Annotated[
        int,
        Whole("Abstand", "Lag", "Tage, die dazwischen nötig sind.", "Days needed in between.", unit="d"),
        Field(ge=0),
    ] = 0
    needed_by: Annotated[date | None, Day("Benötigt bis", "Needed by")] = None
    confirmed_on: Annotated[date | None, Day("Bestätigt am", "Confirmed on", reported=True)] = None
    provided_on: Annotated[date | None, Day("Geliefert am", "Provided on", reported=True)] = None
    owner_role: Annotated[str | None, Text("Zuständige Rolle", "Owner role"), Field(max_length=100)] = None
    description: Annotated[str | None, Text("Erläuterung", "Description", long=True)] = None


class Deliverable(Record):
    """A result that has to be handed over."""

    sheet = Sheet(
        "deliverable",
        "Arbeitsergebnisse",
        "Deliverables",
        "schedule",
        "Ergebnisse, die zu liefern sind, etwa Berichte und Konzepte.",
        "Results to be handed over, such as reports and concepts.",
    )
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=300)]
    phase: Annotated[str | None, Reference("Phase", "Phase", to=("phase",))] = None
    due: Annotated[date | None, Day("Fällig am", "Due")] = None
    delivered: Annotated[date | None, Day("Geliefert am", "Delivered", reported=True)] = None
    accepted: Annotated[date | None, Day("Abgenommen am", "Accepted", reported=True)] = None
    unit: Annotated[str | None, Reference("Zuständig", "Responsible", to=("unit",))] = None


class DeliverableContent(Record):
    """A content that a deliverable must cover."""

    sheet = Sheet(
        "deliverable_content",
        "Pflichtinhalte",
        "Required contents",
        "schedule",
        "Was ein Arbeitsergebnis mindestens enthalten muss.",
        "What a deliverable must contain.",
    )
    deliverable: Annotated[str, Reference("Arbeitsergebnis", "Deliverable", to=("deliverable",), owner=True)]
    title: Annotated[str, Text("Inhalt", "Content"), Field(max_length=300)]
    order: Annotated[int | None, Whole("Reihenfolge", "Order")] = None
    covered_on: Annotated[date | None, Day("Abgedeckt am", "Covered on", reported=True)] = None


class Allowance(Record):
    """A cap on what a contract or a phase may use, with a limit for each item."""

    sheet = Sheet(
        "allowance",
        "Leistungskontingente",
        "Allowances",
        "schedule",
        "Obergrenzen für Interviews, Workshops oder Personentage.",
        "Caps on interviews, workshops or person-days.",
    )
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=200)]
    phase: Annotated[str | None, Reference("Phase", "Phase", to=("phase",))] = None
    unit: Annotated[AllowanceUnit, Pick("Zählt", "Counts")]
    cap: Annotated[Measure, Number("Höchstens", "Cap"), Field(ge=0)]
    limit_minutes: Annotated[int | None, Whole("Höchstdauer je Termin", "Limit per item", unit="min"), Field(gt=0)] = (
        None
    )
    full_day: Annotated[bool, Flag("Ganztägig", "Full day")] = False
    digital: Annotated[bool, Flag("Digital", "Digital")] = False


class AllowanceUse(MadeKeyRecord):
    """What was taken from an allowance apart from events; with a date to come it is planned."""

    sheet = Sheet(
        "allowance_use",
        "Leistungsabrufe",
        "Allowance uses",
        "schedule",
        "Abgerufene oder geplante Leistungen, die keine Veranstaltung sind, etwa Personentage.",
        "Uses that are no event, done or planned, such as person-days.",
        key_from=("allowance", "used_on"),
    )
    allowance: Annotated[str, Reference("Leistungskontingent", "Allowance", to=("allowance",), owner=True)]
    used_on: Annotated[date, Day("Datum", "Date")]
    amount: Annotated[Measure, Number("Menge", "Amount"), Field(gt=0)]
    description: Annotated[str | None, Text("Wofür", "For what", long=True)] = None
