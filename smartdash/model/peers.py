"""Other municipalities: published indicators, their maturity results, and the groups they are compared in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
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
from smartdash.model.maturity import check_anchors


class PeerMethod(Choice):
    """How another city's result came about; results of different methods never stand in one ranking."""

    SURVEY = "survey", "Selbsteinschätzung", "self-assessment"
    DESK = "desk", "Einschätzung von außen", "assessment from outside"
    PUBLISHED = "published", "veröffentlichter Index", "published index"


class Region(Choice):
    """The part of Germany that a group is drawn from."""

    EAST = "east", "Ostdeutschland mit Berlin", "Eastern Germany with Berlin"
    WEST = "west", "Westdeutschland", "Western Germany"


class Indicator(Record):
    """A published figure by which municipalities can be set side by side; context, not maturity."""

    sheet = Sheet(
        "indicator",
        "Kontextindikatoren",
        "Context indicators",
        "maturity",
        "Veröffentlichte Kennzahlen der Kommunen, etwa die Breitbandversorgung.",
        "Published figures of municipalities, such as broadband coverage.",
        shared=True,
    )
    title_de: Annotated[str, Text("Titel (deutsch)", "Title (German)"), Field(max_length=200)]
    title_en: Annotated[str, Text("Titel (englisch)", "Title (English)"), Field(max_length=200)]
    measured_in: Annotated[
        str,
        Text(
            "Einheit",
            "Unit",
            "„ja/nein“ für Merkmale mit den Werten 1 und 0.",
            '"yes/no" for values 1 and 0.',
        ),
        Field(max_length=40),
    ]
    higher_is_better: Annotated[bool, Flag("Höher ist besser", "Higher is better")] = True
    weight: Annotated[Measure, Number("Gewicht", "Weight"), Field(gt=0)] = Decimal(1)
    anchor_low: Annotated[
        Measure | None,
        Number("Unterer Anker", "Lower anchor", "Fester Wert am unteren Ende.", "Fixed value at the lower end."),
    ] = None
    anchor_high: Annotated[
        Measure | None,
        Number("Oberer Anker", "Upper anchor", "Fester Wert am oberen Ende.", "Fixed value at the upper end."),
    ] = None
    order: Annotated[int | None, Whole("Reihenfolge", "Order")] = None

    @model_validator(mode="after")
    def _anchors(self) -> Self:
        check_anchors(self.anchor_low, self.anchor_high)
        return self


class Observation(MadeKeyRecord):
    """The value of an indicator for one municipality on one date."""

    sheet = Sheet(
        "observation",
        "Kontextwerte",
        "Observations",
        "maturity",
        "Werte der Kontextindikatoren je Kommune und Datum.",
        "Values of the context indicators per municipality and date.",
        reported_on="observed_on",
        key_from=("indicator", "municipality", "observed_on"),
        shared=True,
    )
    indicator: Annotated[str, Reference("Indikator", "Indicator", to=("indicator",), owner=True)]
    municipality: Annotated[str, Reference("Kommune", "Municipality", to=("municipality",), owner=True)]
    observed_on: Annotated[date, Day("Stand", "As of")]
    value: Annotated[Measure, Number("Wert", "Value")]


class PeerScore(MadeKeyRecord):
    """Another city's level in a maturity model, as a whole or in one dimension."""

    sheet = Sheet(
        "peer_score",
        "Vergleichswerte",
        "Peer scores",
        "maturity",
        "Reifegrade anderer Kommunen, je Dimension oder insgesamt.",
        "Maturity levels of other municipalities, per dimension or as a whole.",
        reported_on="observed_on",
        key_from=("maturity_model", "municipality", "method", "dimension", "observed_on"),
        shared=True,
    )
    maturity_model: Annotated[str, Reference("Modell", "Model", to=("maturity_model",), owner=True)]
    municipality: Annotated[str, Reference("Kommune", "Municipality", to=("municipality",), owner=True)]
    method: Annotated[PeerMethod, Pick("Art", "Method")]
    dimension: Annotated[
        str | None,
        Reference("Dimension", "Dimension", "Leer: insgesamt.", "Empty: as a whole.", to=("dimension",), owner=True),
    ] = None
    observed_on: Annotated[date, Day("Stand", "As of")]
    level: Annotated[Measure, Number("Stufe", "Level"), Field(ge=0)]
    units: Annotated[int | None, Whole("Einheiten", "Units"), Field(ge=0)] = None
    raters: Annotated[int | None, Whole("Antwortende", "Raters"), Field(ge=0)] = None


class PeerGroup(Record):
    """A saved choice of municipalities to compare with: rules, and single cities taken in or left out."""

    sheet = Sheet(
        "peer_group",
        "Vergleichsgruppen",
        "Peer groups",
        "maturity",
        "Gespeicherte Vergleichsgruppen mit ihren Regeln.",
        "Saved peer groups with their rules.",
    )
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=200)]
    population_from: Annotated[int | None, Whole("Einwohner ab", "Population from"), Field(ge=0)] = None
    population_to: Annotated[int | None, Whole("Einwohner bis", "Population to"), Field(ge=0)] = None
    edges: Annotated[
        bool,
        Flag(
            "Städte am Rand einschließen",
            "Include cities at the edge",
            "Auch Städte, die höchstens 5 % außerhalb der Spanne liegen.",
            "Also cities at most 5 % outside the band.",
        ),
    ] = False
    states: Annotated[
        str | None,
        Text("Länder", "States", "Durch Semikolon getrennt; leer: alle.", "Separated by semicolons; empty: all."),
    ] = None
    region: Annotated[Region | None, Pick("Region", "Region")] = None
    district_free: Annotated[bool, Flag("Nur kreisfreie Städte", "Only district-free cities")] = False
    nearest: Annotated[
        int | None,
        Whole(
            "Nächste nach Einwohnern",
            "Nearest by population",
            "Nur so viele Städte mit der ähnlichsten Einwohnerzahl.",
            "Only so many cities with the most similar population.",
        ),
        Field(ge=1),
    ] = None

    @model_validator(mode="after")
    def _band(self) -> Self:
        low, high = self.population_from, self.population_to
        if low is not None and high is not None and high < low:
            raise PydanticCustomError("band_upside_down", "band is upside down", {"field": "population_to"})
        return self


class PeerMember(MadeKeyRecord):
    """A city that somebody took into a group or left out by hand, and why."""

    sheet = Sheet(
        "peer_member",
        "Von Hand gewählte Städte",
        "Hand-picked cities",
        "maturity",
        "Städte, die von Hand in eine Vergleichsgruppe aufgenommen oder herausgenommen sind.",
        "Cities taken into or left out of a peer group by hand.",
        key_from=("peer_group", "municipality"),
    )
    peer_group: Annotated[str, Reference("Vergleichsgruppe", "Peer group", to=("peer_group",), owner=True)]
    municipality: Annotated[str, Reference("Kommune", "Municipality", to=("municipality",), owner=True)]
    included: Annotated[bool, Flag("Aufgenommen", "Included")] = True
    reason: Annotated[str, Text("Begründung", "Reason"), Field(max_length=300)]
