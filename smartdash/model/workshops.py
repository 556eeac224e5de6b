"""From the first contribution to the adopted measure: events, contributions, strategy elements and their links."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from smartdash.model.declare import (
    Choice,
    Day,
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
    format: Annotated[EventFormat | None, Pick("Format", "Format")] = None
    audience: Annotated[Audience | None, Pick("Zielgruppe", "Audience")] = None
    minutes: Annotated[int | None, Whole("Dauer", "Duration", unit="min"), Field(gt=0)] = None
    participants: Annotated[int | None, Whole("Teilnehmende", "Participants"), Field(ge=0)] = None
    phase: Annotated[str | None, Reference("Phase", "Phase", to=("phase",))] = None
    allowance: Annotated[str | None, Reference("Leistungskontingent", "Allowance", to=("allowance",))] = None
    record_state: Annotated[RecordState, Pick("Ergebnissicherung", "Record")] = RecordState.NONE


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
    state: Annotated[ElementState, Pick("Stand", "State")] = ElementState.RAW
    reason: Annotated[
        str | None, Text("Grund", "Reason", "Bei verworfenen Elementen.", "For rejected ones.", long=True)
    ] = None
    description: Annotated[str | None, Text("Erläuterung", "Description", long=True)] = None
    field_of_work: Annotated[str | None, Reference("Handlungsfeld", "Field of work", to=("field_of_work",))] = None
    unit: Annotated[str | None, Reference("Zuständig", "Responsible", to=("unit",))] = None
    result_level: Annotated[
        ResultLevel | None,
        Pick("Wirkungsstufe", "Result level", "Nur bei Indikatoren.", "For indicators only."),
    ] = None
    measured_in: Annotated[str | None, Text("Einheit", "Unit"), Field(max_length=40)] = None
    baseline: Annotated[Measure | None, Number("Ausgangswert", "Baseline")] = None
    target: Annotated[Measure | None, Number("Zielwert", "Target")] = None


class Link(MadeKeyRecord):
    """What came of what: from a contribution or element to the element or project it led to."""

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
    target: Annotated[str, Reference("Nach", "To", to=("strategy_element", "project", "key_result"), owner=True)]
    kind: Annotated[LinkKind, Pick("Art", "Kind")]


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
