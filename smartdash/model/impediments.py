"""What holds the programme up: impediments, what they block, and how they went on."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from smartdash.model.declare import Choice, Day, MadeKeyRecord, Pick, Record, Reference, Sheet, Text, Whole
from smartdash.model.shared import check_order

_BLOCKED = ("key_result", "project", "milestone")


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


class ImpedimentEventKind(Choice):
    """What happened to an impediment."""

    STEP = "step", "nächster Schritt", "next step"
    LEVEL = "level", "Ebene geändert", "level changed"
    RESOLVED = "resolved", "gelöst", "resolved"
    REOPENED = "reopened", "wieder geöffnet", "reopened"


class Impediment(Record):
    """Something that holds the programme up, as it was raised; how it went on stands in its events."""

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
    blocks: Annotated[str | None, Reference("Blockiert", "Blocks", to=_BLOCKED)] = None
    cause_unit: Annotated[str | None, Reference("Verursacht durch", "Caused by", to=("unit",))] = None
    owner_role: Annotated[str | None, Text("Zuständige Rolle", "Owner role"), Field(max_length=100)] = None
    next_step: Annotated[str | None, Text("Nächster Schritt", "Next step", long=True)] = None
    due: Annotated[date | None, Day("Frist", "Due")] = None
    escalation: Annotated[
        EscalationLevel,
        Pick("Eskalation", "Escalation", "Die Ebene bei der Meldung.", "The level when it was raised."),
    ] = EscalationLevel.TEAM
    cause: Annotated[
        str | None,
        Text(
            "Ursache",
            "Cause",
            "Nötig, wenn außerhalb des Programms entschieden wird.",
            "Needed for a decision from outside the programme.",
            long=True,
        ),
    ] = None
    options: Annotated[
        str | None,
        Text(
            "Handlungsoptionen",
            "Options",
            "Mindestens zwei, durch Semikolon getrennt.",
            "At least two, separated by semicolons.",
            long=True,
        ),
    ] = None
    addressee: Annotated[
        str | None, Text("Entscheidung durch", "Decision by", "Wer entscheidet.", "Who decides."), Field(max_length=200)
    ] = None
    raised_on: Annotated[date, Day("Gemeldet am", "Raised on")]
    resolved_on: Annotated[
        date | None,
        Day(
            "Gelöst am",
            "Resolved on",
            "Die erste Lösung; weitere stehen im Verlauf.",
            "The first time; further ones stand in the events.",
            reported=True,
        ),
    ] = None
    reopened: Annotated[
        int,
        Whole(
            "Wieder geöffnet",
            "Reopened",
            "Wie oft, soweit es nicht im Verlauf steht.",
            "How often, as far as the events do not say.",
        ),
        Field(ge=0),
    ] = 0

    @model_validator(mode="after")
    def _order(self) -> Self:
        check_order(self.raised_on, self.resolved_on, "resolved_on")
        return self


class Blockage(MadeKeyRecord):
    """A further key result, project or milestone that an impediment blocks."""

    sheet = Sheet(
        "blockage",
        "Weitere Blockaden",
        "Further blockages",
        "projects",
        "Was ein Hindernis außerdem blockiert.",
        "What an impediment blocks as well.",
        key_from=("impediment", "subject"),
    )
    impediment: Annotated[str, Reference("Hindernis", "Impediment", to=("impediment",), owner=True)]
    subject: Annotated[str, Reference("Blockiert", "Blocks", to=_BLOCKED, owner=True)]


class ImpedimentEvent(MadeKeyRecord):
    """What happened to an impediment on a day: a next step, another level, resolved, or reopened."""

    sheet = Sheet(
        "impediment_event",
        "Verlauf der Hindernisse",
        "Impediment events",
        "projects",
        "Wie es mit einem Hindernis weiterging.",
        "How an impediment went on.",
        reported_on="happened_on",
        key_from=("impediment", "happened_on", "kind", "number"),
    )
    impediment: Annotated[str, Reference("Hindernis", "Impediment", to=("impediment",), owner=True)]
    happened_on: Annotated[date, Day("Datum", "Date")]
    kind: Annotated[ImpedimentEventKind, Pick("Was", "What")]
    number: Annotated[
        int | None,
        Whole("Nr. am Tag", "No. of the day", "Nur bei Wiederholung.", "Only where it is repeated."),
        Field(ge=2, le=9),
    ] = None
    level: Annotated[
        EscalationLevel | None,
        Pick("Eskalation", "Escalation", "Bei geänderter Ebene nötig.", "Needed where the level changed."),
    ] = None
    owner_role: Annotated[str | None, Text("Zuständige Rolle", "Owner role"), Field(max_length=100)] = None
    next_step: Annotated[str | None, Text("Nächster Schritt", "Next step", long=True)] = None
    due: Annotated[date | None, Day("Frist", "Due")] = None
    comment: Annotated[str | None, Text("Kommentar", "Comment", long=True)] = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind is ImpedimentEventKind.LEVEL and self.level is None:
            raise PydanticCustomError(
                "level_event_needs_level", "a change of level needs the level", {"field": "level"}
            )
        if self.kind is ImpedimentEventKind.STEP and not self.next_step:
            raise PydanticCustomError("step_event_needs_step", "a next step needs its text", {"field": "next_step"})
        return self
