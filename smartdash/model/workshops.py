"""From the first contribution to the adopted measure: events, contributions, strategy elements and their links."""

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


class EventKind(Choice):
    """What kind of meeting an event is."""

    WORKSHOP = "workshop", "Workshop", "workshop"
    INTERVIEW = "interview", "Interview", "interview"
    FORUM = "forum", "Forum", "forum"
    DIALOGUE = "dialogue", "Dialog", "dialogue"
    SURVEY = "survey", "Befragung", "survey"
    CONFERENCE = "conference", "Konferenz", "conference"


class EventFormat(Choice):
    """How people meet."""

    DIGITAL = "digital", "digital", "digital"
    ON_SITE = "on_site", "vor Ort", "on site"
    HYBRID = "hybrid", "hybrid", "hybrid"


class Audience(Choice):
    """Whom an event reaches."""

    ADMINISTRATION = "administration", "Verwaltung", "administration"
    COMPANIES = "companies", "Städtische Unternehmen", "municipal companies"
    POLITICS = "politics", "Politik", "politics"
    PUBLIC = "public", "Öffentlichkeit", "public"
    BUSINESS = "business", "Wirtschaft und Wissenschaft", "business and science"


class RecordState(Choice):
    """How far the written record of an event is."""

    NONE = "none", "offen", "open"
    DRAFT = "draft", "Entwurf", "draft"
    AGREED = "agreed", "abgestimmt", "agreed"


class ElementLevel(Choice):
    """Where a strategy element stands in the results chain."""

    GUIDING_PRINCIPLE = "guiding_principle", "Leitbild", "guiding principle"
    FIELD_OF_ACTION = "field_of_action", "Handlungsfeld", "field of action"
    GOAL = "goal", "Ziel", "goal"
    MEASURE = "measure", "Maßnahme", "measure"
    INDICATOR = "indicator", "Indikator", "indicator"


class ElementState(Choice):
    """How far a strategy element has come."""

    RAW = "raw", "roh", "raw"
    CONDENSED = "condensed", "verdichtet", "condensed"
    AGREED = "agreed", "abgestimmt", "agreed"
    ADOPTED = "adopted", "beschlossen", "adopted"
    REJECTED = "rejected", "verworfen", "rejected"


class ResultLevel(Choice):
    """IOOI: what an indicator measures."""

    INPUT = "input", "Input", "input"
    OUTPUT = "output", "Output", "output"
    OUTCOME = "outcome", "Outcome", "outcome"
    IMPACT = "impact", "Impact", "impact"


class LinkKind(Choice):
    """What the target owes to the origin."""

    DERIVED = "derived", "abgeleitet", "derived"
    MERGED = "merged", "zusammengeführt", "merged"
    SPLIT = "split", "geteilt", "split"
    CONTRIBUTES = "contributes", "trägt bei", "contributes"
    MEASURES = "measures", "misst", "measures"
    IMPLEMENTED_BY = "implemented_by", "umgesetzt durch", "implemented by"


def check_rejection(state: ElementState, reason: str | None) -> None:
    """Refuse a rejection without a reason.

    Raises:
        PydanticCustomError: of type `rejection_needs_reason`.
    """
    if state is ElementState.REJECTED and not reason:
        raise PydanticCustomError("rejection_needs_reason", "a rejection needs a reason", {"field": "reason"})


class ConsiderationOutcome(Choice):
    """What became of a contribution when it was weighed."""

    ADOPTED = "adopted", "berücksichtigt", "adopted"
    PARTLY = "partly", "teilweise berücksichtigt", "partly adopted"
    NOT_ADOPTED = "not_adopted", "nicht berücksichtigt", "not adopted"


class Event(Record):
    """A workshop, interview, forum, dialogue, survey or conference."""

    sheet = Sheet(
        "event",
        "Veranstaltungen",
        "Events",
        "workshops",
        "Workshops, Interviews, Foren und andere Formate.",
        "Workshops, interviews, forums and other formats.",
    )
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=200)]
    kind: Annotated[EventKind, Pick("Art", "Kind")]
    held_on: Annotated[date, Day("Datum", "Date")]
    ends_on: Annotated[
        date | None, Day("Letzter Tag", "Last day", "Nur bei mehreren Tagen.", "For several days only.")
    ] = None
    format: Annotated[EventFormat | None, Pick("Format", "Format")] = None
    audience: Annotated[Audience | None, Pick("Zielgruppe", "Audience")] = None
    minutes: Annotated[int | None, Whole("Dauer", "Duration", unit="min"), Field(gt=0)] = None
    participants: Annotated[int | None, Whole("Teilnehmende", "Participants"), Field(ge=0)] = None
    phase: Annotated[str | None, Reference("Phase", "Phase", to=("phase",))] = None
    allowance: Annotated[str | None, Reference("Leistungskontingent", "Allowance", to=("allowance",))] = None
    field_of_work: Annotated[str | None, Reference("Handlungsfeld", "Field of work", to=("field_of_work",))] = None
    unit: Annotated[str | None, Reference("Veranstalter", "Organised by", to=("unit",))] = None
    record_state: Annotated[RecordState, Pick("Ergebnissicherung", "Record")] = RecordState.NONE

    @model_validator(mode="after")
    def _order(self) -> Self:
        check_order(self.held_on, self.ends_on, "ends_on")
        return self


class Attendance(MadeKeyRecord):
    """A unit, company or partner that took part in an event."""

    sheet = Sheet(
        "attendance",
        "Beteiligte Stellen",
        "Attendances",
        "workshops",
        "Welche Stellen an welcher Veranstaltung teilgenommen haben; keine Namen von Personen.",
        "Which units took part in which event; no names of persons.",
        key_from=("event", "unit"),
    )
    event: Annotated[str, Reference("Veranstaltung", "Event", to=("event",), owner=True)]
    unit: Annotated[str, Reference("Stelle", "Unit", to=("unit",), owner=True)]
    participants: Annotated[int | None, Whole("Teilnehmende", "Participants"), Field(ge=0)] = None


class Contribution(Record):
    """What somebody said at an event, without a name."""

    sheet = Sheet(
        "contribution",
        "Beiträge",
        "Contributions",
        "workshops",
        "Rohbeiträge aus Veranstaltungen, ohne Namen.",
        "Raw contributions from events, without names.",
        reported_on="collected_on",
    )
    text: Annotated[str, Text("Beitrag", "Contribution", long=True)]
    event: Annotated[str, Reference("Veranstaltung", "Event", to=("event",), owner=True)]
    collected_on: Annotated[date, Day("Erfasst am", "Collected on")]
    cluster: Annotated[str | None, Text("Cluster", "Cluster")] = None
    votes: Annotated[int | None, Whole("Stimmen", "Votes"), Field(ge=0)] = None
    field_of_work: Annotated[str | None, Reference("Handlungsfeld", "Field of work", to=("field_of_work",))] = None
    public: Annotated[
        bool,
        Flag(
            "Öffentlich",
            "Public",
            "Ja, wenn der Beitrag veröffentlicht werden darf. Leer: nein.",
            "Yes where it may be published. Empty: no.",
        ),
    ] = False


class StrategyElement(Record):
    """A guiding principle, field of action, goal, measure or indicator on its way to adoption."""

    sheet = Sheet(
        "strategy_element",
        "Strategieelemente",
        "Strategy elements",
        "workshops",
        "Leitbilder, Handlungsfelder, Ziele, Maßnahmen und Indikatoren.",
        "Guiding principles, fields of action, goals, measures and indicators.",
    )
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=300)]
    level: Annotated[ElementLevel, Pick("Ebene", "Level")]
    state: Annotated[
        ElementState,
        Pick(
            "Stand",
            "State",
            "Stand, bevor die erste Standänderung gilt.",
            "State before the first state change.",
        ),
    ] = ElementState.RAW
    reason: Annotated[
        str | None,
        Text("Grund", "Reason", "Bei verworfenen Elementen nötig.", "Needed for rejected ones.", long=True),
    ] = None
    description: Annotated[str | None, Text("Erläuterung", "Description", long=True)] = None
    field_of_work: Annotated[str | None, Reference("Handlungsfeld", "Field of work", to=("field_of_work",))] = None
    unit: Annotated[str | None, Reference("Zuständig", "Responsible", to=("unit",))] = None
    follows: Annotated[
        str | None,
        Reference("Vorbild", "Follows", "Dokument des Vorbilds.", "Document of the model followed.", to=("source",)),
    ] = None
    result_level: Annotated[
        ResultLevel | None,
        Pick("Wirkungsstufe", "Result level", "Nur bei Indikatoren.", "For indicators only."),
    ] = None
    measured_in: Annotated[str | None, Text("Einheit", "Unit"), Field(max_length=40)] = None
    baseline: Annotated[Measure | None, Number("Ausgangswert", "Baseline")] = None
    target: Annotated[Measure | None, Number("Zielwert", "Target")] = None

    @model_validator(mode="after")
    def _reasoned(self) -> Self:
        check_rejection(self.state, self.reason)
        return self


class StateChange(MadeKeyRecord):
    """The day on which a strategy element reached a state, and where that was decided."""

    sheet = Sheet(
        "state_change",
        "Standänderungen",
        "State changes",
        "workshops",
        "Wann ein Element verdichtet, abgestimmt, beschlossen oder verworfen wurde.",
        "When an element was condensed, agreed, adopted or rejected.",
        reported_on="changed_on",
        key_from=("element", "changed_on", "state"),
    )
    element: Annotated[str, Reference("Element", "Element", to=("strategy_element",), owner=True)]
    changed_on: Annotated[date, Day("Datum", "Date")]
    state: Annotated[ElementState, Pick("Neuer Stand", "New state")]
    reason: Annotated[
        str | None,
        Text("Grund", "Reason", "Bei verworfenen Elementen nötig.", "Needed for rejected ones.", long=True),
    ] = None
    event: Annotated[str | None, Reference("Veranstaltung", "Event", to=("event",))] = None
    paper: Annotated[str | None, Reference("Vorlage", "Paper", to=("paper",))] = None

    @model_validator(mode="after")
    def _reasoned(self) -> Self:
        check_rejection(self.state, self.reason)
        return self


class Consideration(MadeKeyRecord):
    """The answer to a contribution: whether it was taken up, and why."""

    sheet = Sheet(
        "consideration",
        "Abwägungen",
        "Considerations",
        "workshops",
        "Wie jeder Beitrag berücksichtigt wurde, mit Begründung.",
        "How each contribution was considered, with the reason.",
        reported_on="considered_on",
        key_from=("contribution", "considered_on"),
    )
    contribution: Annotated[str, Reference("Beitrag", "Contribution", to=("contribution",), owner=True)]
    considered_on: Annotated[date, Day("Beantwortet am", "Considered on")]
    outcome: Annotated[ConsiderationOutcome, Pick("Ergebnis", "Outcome")]
    reason: Annotated[
        str | None,
        Text(
            "Begründung",
            "Reason",
            "Nötig, wenn der Beitrag nicht oder nur teilweise berücksichtigt ist.",
            "Needed where it is not or only partly adopted.",
            long=True,
        ),
    ] = None
    unit: Annotated[str | None, Reference("Zuständig", "Responsible", to=("unit",))] = None

    @model_validator(mode="after")
    def _reasoned(self) -> Self:
        if self.outcome is not ConsiderationOutcome.ADOPTED and not self.reason:
            raise PydanticCustomError("consideration_needs_reason", "a reason is needed", {"field": "reason"})
        return self


class Link(MadeKeyRecord):
    """What came of what: from a contribution or element to what it led to; lineage has no circles."""

    sheet = Sheet(
        "link",
        "Herkunft",
        "Links",
        "workshops",
        "Was woraus entstanden ist: vom Beitrag bis zum Vorhaben.",
        "What came of what: from contribution to project.",
        key_from=("origin", "kind", "target"),
    )
    origin: Annotated[str, Reference("Von", "From", to=("contribution", "strategy_element"), owner=True)]
    target: Annotated[
        str,
        Reference("Nach", "To", to=("strategy_element", "contribution", "project", "key_result"), owner=True),
    ]
    kind: Annotated[LinkKind, Pick("Art", "Kind")]
    event: Annotated[str | None, Reference("Veranstaltung", "Event", to=("event",))] = None


class IndicatorValue(MadeKeyRecord):
    """A measured value of an indicator."""

    sheet = Sheet(
        "indicator_value",
        "Indikatorwerte",
        "Indicator values",
        "workshops",
        "Gemessene Werte der Indikatoren.",
        "Measured values of the indicators.",
        reported_on="measured_on",
        key_from=("indicator", "measured_on"),
    )
    indicator: Annotated[str, Reference("Indikator", "Indicator", to=("strategy_element",), owner=True)]
    measured_on: Annotated[date, Day("Gemessen am", "Measured on")]
    value: Annotated[Measure, Number("Wert", "Value")]
