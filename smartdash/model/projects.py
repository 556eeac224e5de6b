"""What is being done: projects, how far they are, and their status reports."""

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


class ProjectStage(Choice):
    """Which phase of its life a project is in."""

    IDEA = "idea", "Idee", "idea"
    STUDY = "study", "Vorstudie", "preliminary study"
    INITIATION = "initiation", "Initiierung", "initiation"
    PLANNING = "planning", "Planung", "planning"
    IMPLEMENTATION = "implementation", "Umsetzung", "implementation"
    ROLLOUT = "rollout", "Rollout", "rollout"
    OPERATION = "operation", "Betrieb", "operation"
    CLOSED = "closed", "beendet", "closed"


class ReportState(Choice):
    """Whether a status report counts: a draft is seen in its form only."""

    DRAFT = "draft", "Entwurf", "draft"
    PUBLISHED = "published", "veröffentlicht", "published"


LEAST_OPTIONS = 2
"""So many options a decision from outside is offered at the least."""


def separate_options(text: str | None) -> list[str]:
    """The options of a text in which they are separated by semicolons; blank ones are left out."""
    return [option.strip() for option in (text or "").split(";") if option.strip()]


class Project(Record):
    """A project, measure or permanent task of the programme."""

    sheet = Sheet("project", "Vorhaben", "Projects", "projects", "Projekte und Maßnahmen.", "Projects and measures.")
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=300)]
    kind: Annotated[ProjectKind, Pick("Art", "Kind")] = ProjectKind.PROJECT
    state: Annotated[ProjectState, Pick("Stand", "State")] = ProjectState.PLANNED
    goal: Annotated[str | None, Text("Ziel", "Goal", long=True)] = None
    field_of_work: Annotated[str | None, Reference("Handlungsfeld", "Field of work", to=("field_of_work",))] = None
    unit: Annotated[str | None, Reference("Federführung", "Lead", to=("unit",))] = None
    owner_role: Annotated[str | None, Text("Zuständige Rolle", "Owner role"), Field(max_length=100)] = None
    planned_start: Annotated[date | None, Day("Beginn (Plan)", "Planned start")] = None
    planned_end: Annotated[date | None, Day("Ende (Plan)", "Planned end")] = None
    actual_start: Annotated[date | None, Day("Beginn (Ist)", "Actual start", reported=True)] = None
    actual_end: Annotated[date | None, Day("Ende (Ist)", "Actual end", reported=True)] = None
    cost: Annotated[
        Amount | None,
        Money("Budget", "Budget", "Geplante Gesamtkosten.", "Planned total cost."),
        Field(ge=0),
    ] = None
    final_cost: Annotated[
        Amount | None,
        Money(
            "Gesamtkosten",
            "Final cost",
            "Abgerechnete Kosten; nur nach dem Ende.",
            "Settled cost; only after the end.",
        ),
        Field(ge=0),
    ] = None
    attainment: Annotated[
        Measure | None,
        Number(
            "Zielerreichung",
            "Attainment",
            "In Prozent; nur nach dem Ende.",
            "In per cent; only after the end.",
            unit="%",
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
        check_order(self.actual_start, self.actual_end, "actual_end")
        return self


class ProjectField(MadeKeyRecord):
    """A further field of work that a project belongs to besides its own; it is still counted once."""

    sheet = Sheet(
        "project_field",
        "Weitere Handlungsfelder",
        "Further fields of work",
        "projects",
        "Handlungsfelder, zu denen ein Vorhaben außer dem eigenen gehört.",
        "Fields of work that a project belongs to besides its own.",
        key_from=("project", "field_of_work"),
    )
    project: Annotated[str, Reference("Vorhaben", "Project", to=("project",), owner=True)]
    field_of_work: Annotated[str, Reference("Handlungsfeld", "Field of work", to=("field_of_work",), owner=True)]


class ProjectProgress(MadeKeyRecord):
    """How far a project is, as reported on a day: phase, degree of completion, expected end and cost."""

    sheet = Sheet(
        "project_progress",
        "Vorhabenfortschritt",
        "Project progress",
        "projects",
        "Gemeldete Phase, Fertigstellung, erwartetes Ende und erwartete Kosten je Vorhaben.",
        "Reported phase, completion, expected end and expected cost per project.",
        reported_on="reported_on",
        key_from=("project", "reported_on"),
    )
    project: Annotated[str, Reference("Vorhaben", "Project", to=("project",), owner=True)]
    reported_on: Annotated[date, Day("Gemeldet am", "Reported on")]
    stage: Annotated[ProjectStage | None, Pick("Phase", "Phase")] = None
    completion: Annotated[int | None, Whole("Fertigstellungsgrad", "Completion", unit="%"), Field(ge=0, le=100)] = None
    forecast_end: Annotated[date | None, Day("Ende (Prognose)", "Forecast end")] = None
    forecast_cost: Annotated[Amount | None, Money("Kosten (Prognose)", "Forecast cost"), Field(ge=0)] = None
    comment: Annotated[str | None, Text("Kommentar", "Comment", long=True)] = None


class StatusReport(MadeKeyRecord):
    """A reported status of the programme, or of one project, phase or milestone, in one dimension.

    Yellow needs a measure and its date; red needs the cause, at least two options and the addressee. A draft may still
    lack them, and nobody sees it but who writes it.
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
        draft_where="state",
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

    state: Annotated[
        ReportState,
        Pick("Stand", "State", "Ein Entwurf erscheint in keiner Auswertung.", "A draft appears in no figure."),
    ] = ReportState.PUBLISHED

    @model_validator(mode="after")
    def _who_must_act(self) -> Self:
        if self.project and self.subject:
            raise PydanticCustomError("report_on_two", "a report is about one thing", {"field": "subject"})
        if self.state is ReportState.DRAFT:
            return self
        if self.light is TrafficLight.YELLOW and not (self.measure and self.measure_due):
            raise PydanticCustomError("yellow_needs_measure", "yellow needs a measure and its date", {"field": "light"})
        enough = len(separate_options(self.options)) >= LEAST_OPTIONS
        if self.light is TrafficLight.RED and not (self.cause and enough and self.addressee):
            raise PydanticCustomError(
                "red_needs_decision", "red needs the cause, two options and the addressee", {"field": "light"}
            )
        return self
