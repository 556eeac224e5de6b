"""The conference of a cycle: its agenda, what it decided and assigned, and what it put aside."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from smartdash.model.declare import Choice, ClockTime, Day, Flag, Pick, Record, Reference, Sheet, Text, Whole

_ABOUT = ("objective", "key_result", "project", "impediment")

_Internal = Annotated[
    bool,
    Flag(
        "Öffentlich", "Public", "Ja, wenn es veröffentlicht werden darf. Leer: nein.", "Yes where it may be published."
    ),
]
"""What is said in a conference is internal unless somebody marks it."""


class ConferenceKind(Choice):
    """What a conference is for."""

    PLANNING = "planning", "Planung", "planning"
    MIDTERM = "midterm", "Halbzeit", "mid-term"
    REVIEW = "review", "Rückblick", "review"


class AgendaKind(Choice):
    """What an agenda item is about."""

    OPENING = "opening", "Eröffnung", "opening"
    LAST_TIME = "last_time", "Stand der Aufträge", "what was decided last time"
    OBJECTIVE = "objective", "Objective", "objective"
    IMPEDIMENTS = "impediments", "Hindernisse", "impediments"
    PARKED = "parked", "Themenspeicher", "parking lot"
    PLANNING = "planning", "Nächster Zyklus", "next cycle"
    CLOSING = "closing", "Abschluss", "closing"
    OTHER = "other", "Sonstiges", "other"


class Conference(Record):
    """A meeting in which the objectives of a cycle are planned, looked at halfway, or scored."""

    sheet = Sheet(
        "conference",
        "Konferenzen",
        "Conferences",
        "okr",
        "OKR-Konferenzen: Planung, Halbzeit oder Rückblick eines Zyklus.",
        "OKR conferences: planning, mid-term or review of a cycle.",
    )
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=200)]
    kind: Annotated[ConferenceKind, Pick("Art", "Kind")] = ConferenceKind.REVIEW
    cycle: Annotated[str, Reference("Zyklus", "Cycle", to=("cycle",), owner=True)]
    next_cycle: Annotated[
        str | None,
        Reference(
            "Nächster Zyklus",
            "Next cycle",
            "In den übertragen wird; leer: der zeitlich folgende.",
            "What is carried over goes there; empty: the following one.",
            to=("cycle",),
        ),
    ] = None
    held_on: Annotated[date, Day("Datum", "Date")]
    starts_at: Annotated[ClockTime | None, Text("Beginn", "Starts at", "Uhrzeit wie 09:00.", "Such as 09:00.")] = None
    place: Annotated[str | None, Text("Ort", "Place"), Field(max_length=200)] = None
    moderator_role: Annotated[str | None, Text("Moderation (Rolle)", "Moderator role"), Field(max_length=100)] = None
    closed_on: Annotated[date | None, Day("Abgeschlossen am", "Closed on", reported=True)] = None


class AgendaItem(Record):
    """One item of a conference with its minutes; the one that has begun and is not left is on the screen."""

    sheet = Sheet(
        "agenda_item",
        "Tagesordnung",
        "Agenda items",
        "okr",
        "Tagesordnungspunkte einer Konferenz mit Minuten.",
        "Agenda items of a conference with minutes.",
    )
    conference: Annotated[str, Reference("Konferenz", "Conference", to=("conference",), owner=True)]
    order: Annotated[int | None, Whole("Reihenfolge", "Order")] = None
    kind: Annotated[AgendaKind, Pick("Art", "Kind")]
    objective: Annotated[str | None, Reference("Objective", "Objective", to=("objective",), owner=True)] = None
    title: Annotated[str | None, Text("Titel", "Title"), Field(max_length=200)] = None
    minutes: Annotated[int, Whole("Minuten", "Minutes", unit="min"), Field(ge=0, le=600)]
    begun_at: Annotated[
        ClockTime | None,
        Text("Begonnen um", "Begun at", "Nur solange der Punkt läuft.", "Only while the item is on."),
    ] = None
    spent_seconds: Annotated[
        int,
        Whole("Verbraucht", "Spent", "Ohne den laufenden Aufruf.", "Without the current call.", unit="s"),
        Field(ge=0),
    ] = 0
    done: Annotated[bool, Flag("Erledigt", "Done")] = False
    notes: Annotated[str | None, Text("Notizen", "Notes", long=True)] = None
    public: _Internal = False


class Decision(Record):
    """What a conference decided."""

    sheet = Sheet(
        "decision",
        "Entscheidungen",
        "Decisions",
        "okr",
        "Was eine Konferenz entschieden hat.",
        "What a conference decided.",
        reported_on="decided_on",
    )
    conference: Annotated[str, Reference("Konferenz", "Conference", to=("conference",), owner=True)]
    about: Annotated[str | None, Reference("Betrifft", "About", to=_ABOUT, owner=True)] = None
    decided_on: Annotated[date, Day("Entschieden am", "Decided on")]
    text: Annotated[str, Text("Entscheidung", "Decision", long=True)]
    order: Annotated[int | None, Whole("Reihenfolge", "Order")] = None
    public: _Internal = False


class Assignment(Record):
    """What a role has to do until when, as a conference assigned it."""

    sheet = Sheet(
        "assignment",
        "Aufträge",
        "Assignments",
        "okr",
        "Wer was bis wann tut, wie in einer Konferenz verabredet.",
        "Who does what until when, as agreed in a conference.",
        reported_on="given_on",
    )
    conference: Annotated[str, Reference("Konferenz", "Conference", to=("conference",), owner=True)]
    about: Annotated[str | None, Reference("Betrifft", "About", to=_ABOUT, owner=True)] = None
    given_on: Annotated[date, Day("Erteilt am", "Given on")]
    text: Annotated[str, Text("Auftrag", "Assignment", long=True)]
    role: Annotated[str, Text("Zuständige Rolle", "Owner role"), Field(max_length=100)]
    due: Annotated[date, Day("Bis", "Due")]
    done_on: Annotated[date | None, Day("Erledigt am", "Done on", reported=True)] = None
    order: Annotated[int | None, Whole("Reihenfolge", "Order")] = None
    public: _Internal = False


class ParkedTopic(Record):
    """A topic that a conference put aside for later."""

    sheet = Sheet(
        "parked_topic",
        "Themenspeicher",
        "Parked topics",
        "okr",
        "Themen, die eine Konferenz für später aufgehoben hat.",
        "Topics that a conference put aside for later.",
        reported_on="parked_on",
    )
    conference: Annotated[str, Reference("Konferenz", "Conference", to=("conference",), owner=True)]
    parked_on: Annotated[date, Day("Aufgehoben am", "Parked on")]
    text: Annotated[str, Text("Thema", "Topic", long=True)]
    role: Annotated[str | None, Text("Zuständige Rolle", "Owner role"), Field(max_length=100)] = None
    settled_on: Annotated[date | None, Day("Geklärt am", "Settled on", reported=True)] = None
    order: Annotated[int | None, Whole("Reihenfolge", "Order")] = None
    public: _Internal = False
