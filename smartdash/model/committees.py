"""How a paper passes through committees: committees, sessions, papers and consultations."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from smartdash.model.declare import Choice, Day, Flag, MadeKeyRecord, Pick, Record, Reference, Sheet, Text, Whole
from smartdash.model.shared import Rhythm, check_order


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


class ConsultationResult(Choice):
    """How a consultation ended."""

    ADOPTED = "adopted", "beschlossen", "adopted"
    AMENDED = "amended", "geändert beschlossen", "adopted as amended"
    RECOMMENDED = "recommended", "empfohlen", "recommended"
    NOTED = "noted", "zur Kenntnis genommen", "noted"
    REFERRED = "referred", "verwiesen", "referred"
    DEFERRED = "deferred", "vertagt", "deferred"
    REJECTED = "rejected", "abgelehnt", "rejected"


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
    rhythm: Annotated[
        Rhythm | None, Pick("Sitzungsrhythmus", "Meeting rhythm", "Wie oft es tagt.", "How often it meets.")
    ] = None
    lead_days: Annotated[
        int | None,
        Whole(
            "Abgabefrist",
            "Submission lead time",
            "Tage vor der Sitzung, an denen eine Vorlage vorliegen muss.",
            "Days before the session by which a paper must be in.",
            unit="d",
        ),
        Field(ge=0, le=365),
    ] = None
    since: Annotated[date | None, Day("Besteht seit", "Exists since")] = None
    until: Annotated[date | None, Day("Bestand bis", "Existed until")] = None

    @model_validator(mode="after")
    def _order(self) -> Self:
        check_order(self.since, self.until, "until")
        return self


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
    submission_due: Annotated[
        date | None,
        Day(
            "Abgabeschluss",
            "Submission due",
            "Leer: nach der Abgabefrist des Gremiums.",
            "Empty: by the committee's lead time.",
        ),
    ] = None
    cancelled: Annotated[bool, Flag("Abgesagt", "Cancelled")] = False
    url: Annotated[
        str | None, Text("Adresse im Ratsinformationssystem", "Address in the council system"), Field(max_length=500)
    ] = None

    @model_validator(mode="after")
    def _order(self) -> Self:
        check_order(self.submission_due, self.held_on, "held_on")
        return self


class Paper(Record):
    """A paper put before committees."""

    sheet = Sheet("paper", "Vorlagen", "Papers", "committees", "Vorlagen mit Nummer.", "Papers with their number.")
    title: Annotated[str, Text("Betreff", "Subject"), Field(max_length=300)]
    number: Annotated[str | None, Text("Nummer", "Number")] = None
    kind: Annotated[PaperKind, Pick("Art", "Kind")]
    issued: Annotated[date | None, Day("Datum", "Date")] = None
    unit: Annotated[str | None, Reference("Einreicher", "Submitted by", to=("unit",))] = None
    basis: Annotated[
        str | None,
        Reference(
            "Grundlage",
            "Basis",
            "Was fertig sein muss, bevor die Vorlage eingereicht werden kann.",
            "What must be ready before the paper can be submitted.",
            to=("phase", "milestone", "deliverable"),
        ),
    ] = None
    submitted_on: Annotated[date | None, Day("Eingereicht am", "Submitted on", reported=True)] = None
    withdrawn_on: Annotated[date | None, Day("Zurückgezogen am", "Withdrawn on", reported=True)] = None
    url: Annotated[
        str | None,
        Text(
            "Adresse im Ratsinformationssystem",
            "Address in the council system",
            "Etwa die OParl-Adresse der Vorlage.",
            "Such as the paper's OParl address.",
        ),
        Field(max_length=500),
    ] = None


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
        public_where="open_session",
    )
    paper: Annotated[str, Reference("Vorlage", "Paper", to=("paper",), owner=True)]
    session: Annotated[str, Reference("Sitzung", "Session", to=("committee_session",), owner=True)]
    order: Annotated[int | None, Whole("Reihenfolge", "Order")] = None
    role: Annotated[ConsultationRole, Pick("Zuständigkeit", "Role")]
    open_session: Annotated[
        bool | None,
        Flag(
            "Öffentliche Sitzung",
            "Public session",
            "Nein: Die Öffentlichkeit sieht die Beratung nicht.",
            "No: the public does not see the consultation.",
        ),
    ] = None
    agenda_item: Annotated[str | None, Text("Tagesordnungspunkt", "Agenda item"), Field(max_length=40)] = None
    result: Annotated[ConsultationResult | None, Pick("Art des Ergebnisses", "Result")] = None
    outcome: Annotated[str | None, Text("Ergebnis", "Outcome"), Field(max_length=200)] = None
