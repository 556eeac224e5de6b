"""What is being done: projects, their status reports, and the impediments in the way."""

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
)
from smartdash.model.shared import check_order


class ProjectKind(Choice):
    """What a project is."""

    PROJECT = "project", "Projekt", "project"
    MEASURE = "measure", "Maßnahme", "measure"
    PERMANENT = "permanent", "Daueraufgabe", "permanent task"
    IDEA = "idea", "Idee", "idea"


class ProjectState(Choice):
    """How far a project is."""

    PLANNED = "planned", "geplant", "planned"
    RUNNING = "running", "läuft", "running"
    COMPLETED = "completed", "abgeschlossen", "completed"
    STOPPED = "stopped", "beendet ohne Ergebnis", "stopped"


class ReportDimension(Choice):
    """What a status speaks about."""

    OVERALL = "overall", "Gesamt", "overall"
    TIME = "time", "Termine", "time"
    MONEY = "money", "Mittel", "money"
    CONTENT = "content", "Inhalt", "content"
    STAFF = "staff", "Personal", "staff"
    BENEFIT = "benefit", "Nutzen", "benefit"


class TrafficLight(Choice):
    """Who must act: nobody, the programme itself, or somebody outside."""

    GREEN = "green", "grün", "green"
    YELLOW = "yellow", "gelb", "yellow"
    RED = "red", "rot", "red"


class ImpedimentKind(Choice):
    """Where an impediment comes from."""

    RESOURCES = "resources", "Ressourcen", "resources"
    DEPENDENCY = "dependency", "Abhängigkeit", "dependency"
    CLARITY = "clarity", "Klarheit", "clarity"
    PRIORITY = "priority", "Priorität", "priority"
    EXTERNAL = "external", "Extern", "external"
    LEGAL = "legal", "Recht und Vergabe", "law and procurement"
    CODETERMINATION = "codetermination", "Mitbestimmung", "staff council"
    OPERATIONS = "operations", "IT-Betrieb", "IT operations"


class EscalationLevel(Choice):
    """Who has an impediment on the table."""

    TEAM = "team", "Team", "team"
    OFFICE = "office", "Programmbüro", "programme office"
    STEERING = "steering", "Lenkungskreis", "steering committee"
    TOP = "top", "Verwaltungsspitze", "head of administration"


class Project(Record):
    """A project, measure or permanent task of the programme."""

    sheet = Sheet("project", "Vorhaben", "Projects", "projects", "Projekte und Maßnahmen.", "Projects and measures.")
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=300)]
    kind: Annotated[ProjectKind, Pick("Art", "Kind")] = ProjectKind.PROJECT
    state: Annotated[ProjectState, Pick("Stand", "State")] = ProjectState.PLANNED
    goal: Annotated[str | None, Text("Ziel", "Goal", long=True)] = None
    field_of_work: Annotated[str | None, Reference("Handlungsfeld", "Field of work", to=("field_of_work",))] = None
    unit: Annotated[str | None, Reference("Federführung", "Lead", to=("unit",))] = None
    planned_start: Annotated[date | None, Day("Beginn (Plan)", "Planned start")] = None
    planned_end: Annotated[date | None, Day("Ende (Plan)", "Planned end")] = None
    actual_end: Annotated[date | None, Day("Ende (Ist)", "Actual end", reported=True)] = None
    cost: Annotated[
        Amount | None,
        Money(
            "Kosten",
            "Cost",
            "Gesamtkosten; bei laufenden Vorhaben geplant.",
            "Total cost; planned while running.",
        ),
        Field(ge=0),
    ] = None
    area: Annotated[str | None, Text("Raum", "Area"), Field(max_length=200)] = None
    follows: Annotated[
        str | None,
        Reference("Vorbild", "Follows", "Dokument des Vorbilds.", "Document of the model followed.", to=("source",)),
    ] = None

    @model_validator(mode="after")
    def _order(self) -> Self:
        check_order(self.planned_start, self.planned_end, "planned_end")
        return self


class StatusReport(MadeKeyRecord):
    """A reported status of the programme, or of one project, phase or milestone, in one dimension.

    Yellow needs a measure and its date; red needs the cause, at least two options and the addressee.
    """

    sheet = Sheet(
        "status_report",
        "Statusberichte",
        "Status reports",
        "projects",
        "Gemeldeter Stand je Vorhaben, Phase oder Meilenstein und Dimension.",
        "Reported status per project, phase or milestone and dimension.",
        reported_on="reported_on",
        key_from=("project", "subject", "dimension", "reported_on"),
    )
    project: Annotated[
        str | None,
        Reference(
            "Vorhaben",
            "Project",
            "Leer: das ganze Programm.",
            "Empty: the whole programme.",
            to=("project",),
            owner=True,
        ),
    ] = None
    subject: Annotated[
        str | None,
        Reference(
            "Phase oder Meilenstein",
            "Phase or milestone",
            "Nur wenn der Bericht davon handelt; dann kein Vorhaben.",
            "Only where the report is about it; then no project.",
            to=("phase", "milestone"),
            owner=True,
        ),
    ] = None
    reported_on: Annotated[date, Day("Berichtstag", "Reported on")]
    dimension: Annotated[ReportDimension, Pick("Dimension", "Dimension")] = ReportDimension.OVERALL
    light: Annotated[TrafficLight, Pick("Ampel", "Status")]
    text: Annotated[str | None, Text("Lage", "Situation", long=True)] = None
    measure: Annotated[str | None, Text("Maßnahme", "Measure", "Bei Gelb nötig.", "Needed for yellow.", long=True)] = (
        None
    )
    measure_due: Annotated[date | None, Day("Maßnahme bis", "Measure due", "Bei Gelb nötig.", "Needed for yellow.")] = (
        None
    )
    cause: Annotated[str | None, Text("Ursache", "Cause", "Bei Rot nötig.", "Needed for red.", long=True)] = None
    options: Annotated[
        str | None,
        Text(
            "Handlungsoptionen",
            "Options",
            "Bei Rot mindestens zwei, durch Semikolon getrennt.",
            "Red needs at least two, separated by semicolons.",
            long=True,
        ),
    ] = None
    addressee: Annotated[str | None, Text("Entscheidung durch", "Decision by", "Bei Rot nötig.", "Needed for red.")] = (
        None
    )

    deviation_reason: Annotated[
        str | None,
        Text(
            "Grund der Abweichung",
            "Reason for deviation",
            "Nötig, wenn die Ampel vom berechneten Stand abweicht.",
            "Needed where the status differs from the computed one.",
            long=True,
        ),
    ] = None

    @model_validator(mode="after")
    def _who_must_act(self) -> Self:
        if self.project and self.subject:
            raise PydanticCustomError("report_on_two", "a report is about one thing", {"field": "subject"})
        if self.light is TrafficLight.YELLOW and not (self.measure and self.measure_due):
            raise PydanticCustomError("yellow_needs_measure", "yellow needs a measure and its date", {"field": "light"})
        options = [option for option in (self.options or "").split(";") if option.strip()]
        if self.light is TrafficLight.RED and not (self.cause and len(options) >= 2 and self.addressee):
            raise PydanticCustomError(
                "red_needs_decision", "red needs the cause, two options and the addressee", {"field": "light"}
            )
        return self


class Impediment(Record):
    """Something that holds the programme up, who deals with it next and by when."""

    sheet = Sheet(
        "impediment",
        "Hindernisse",
        "Impediments",
        "projects",
        "Was das Programm aufhält, mit nächstem Schritt und Frist.",
        "What holds the programme up, with next step and due date.",
        reported_on="raised_on",
    )
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=300)]
    kind: Annotated[ImpedimentKind, Pick("Art", "Kind")]
    blocks: Annotated[
        str | None,
        Reference("Blockiert", "Blocks", to=("key_result", "project", "milestone")),
    ] = None
    cause_unit: Annotated[str | None, Reference("Verursacht durch", "Caused by", to=("unit",))] = None
    owner_role: Annotated[str | None, Text("Zuständige Rolle", "Owner role"), Field(max_length=100)] = None
    next_step: Annotated[str | None, Text("Nächster Schritt", "Next step", long=True)] = None
    due: Annotated[date | None, Day("Frist", "Due")] = None
    escalation: Annotated[EscalationLevel, Pick("Eskalation", "Escalation")] = EscalationLevel.TEAM
    raised_on: Annotated[date, Day("Gemeldet am", "Raised on")]
    resolved_on: Annotated[date | None, Day("Gelöst am", "Resolved on", reported=True)] = None
    reopened: Annotated[int, Whole("Wieder geöffnet", "Reopened"), Field(ge=0)] = 0

    @model_validator(mode="after")
    def _order(self) -> Self:
        check_order(self.raised_on, self.resolved_on, "resolved_on")
        return self
