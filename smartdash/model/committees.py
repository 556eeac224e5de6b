"""How a paper passes through committees: committees, sessions, papers and consultations."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from smartdash.model.declare import Choice, Day, Flag, MadeKeyRecord, Pick, Record, Reference, Sheet, Text, Whole


class CommitteeKind(Choice):
    """What a committee is."""

    COUNCIL = "council", "Vertretung", "council"
    COMMITTEE = "committee", "Ausschuss", "committee"
    ADVISORY = "advisory", "Beirat", "advisory board"
    STEERING = "steering", "Lenkungskreis", "steering committee"


class PaperKind(Choice):
    """What a paper asks for."""

    DECISION = "decision", "Beschlussvorlage", "paper for decision"
    INFORMATION = "information", "Mitteilungsvorlage", "paper for information"
    MOTION = "motion", "Antrag", "motion"


class ConsultationRole(Choice):
    """What a committee does with a paper."""

    PREPARATORY = "preparatory", "Vorberatung", "preliminary debate"
    DECISION = "decision", "Entscheidung", "decision"
    NOTICE = "notice", "zur Kenntnis", "for information"


class Committee(Record):
    """A body that debates or decides."""

    sheet = Sheet(
        "committee",
        "Gremien",
        "Committees",
        "committees",
        "Gremien der Kommune.",
        "Committees of the council.",
    )
    title: Annotated[str, Text("Name", "Name"), Field(max_length=200)]
    kind: Annotated[CommitteeKind, Pick("Art", "Kind")] = CommitteeKind.COMMITTEE
    reports_regularly: Annotated[
        bool,
        Flag(
            "Regelmäßiger Bericht",
            "Regular report",
            "Ja, wenn das Programm dort berichtet.",
            "Yes: receives reports.",
        ),
    ] = False


class CommitteeSession(MadeKeyRecord):
    """A dated meeting of a committee."""

    sheet = Sheet(
        "committee_session",
        "Sitzungen",
        "Sessions",
        "committees",
        "Sitzungstermine der Gremien.",
        "Meeting dates of the committees.",
        key_from=("committee", "held_on"),
    )
    committee: Annotated[str, Reference("Gremium", "Committee", to=("committee",), owner=True)]
    held_on: Annotated[date, Day("Datum", "Date")]


class Paper(Record):
    """A paper put before committees."""

    sheet = Sheet("paper", "Vorlagen", "Papers", "committees", "Vorlagen mit Nummer.", "Papers with their number.")
    title: Annotated[str, Text("Betreff", "Subject"), Field(max_length=300)]
    number: Annotated[str | None, Text("Nummer", "Number")] = None
    kind: Annotated[PaperKind, Pick("Art", "Kind")]
    issued: Annotated[date | None, Day("Datum", "Date")] = None
    unit: Annotated[str | None, Reference("Einreicher", "Submitted by", to=("unit",))] = None


class Consultation(MadeKeyRecord):
    """One step of a paper's consultation sequence."""

    sheet = Sheet(
        "consultation",
        "Beratungsfolge",
        "Consultations",
        "committees",
        "Stationen einer Vorlage in den Gremien.",
        "Steps of a paper through the committees.",
        key_from=("paper", "session"),
    )
    paper: Annotated[str, Reference("Vorlage", "Paper", to=("paper",), owner=True)]
    session: Annotated[str, Reference("Sitzung", "Session", to=("committee_session",), owner=True)]
    order: Annotated[int | None, Whole("Reihenfolge", "Order")] = None
    role: Annotated[ConsultationRole, Pick("Zuständigkeit", "Role")]
    open_session: Annotated[bool | None, Flag("Öffentliche Sitzung", "Public session")] = None
    outcome: Annotated[str | None, Text("Ergebnis", "Outcome"), Field(max_length=200)] = None
