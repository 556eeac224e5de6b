"""Maturity models, survey waves with their responses, and context indicators of municipalities."""

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
from smartdash.model.shared import check_order


class ResponseState(Choice):
    """Whether a criterion was answered, and if not, why."""

    ANSWERED = "answered", "beantwortet", "answered"
    NOT_APPLICABLE = "not_applicable", "nicht zutreffend", "not applicable"
    DO_NOT_KNOW = "do_not_know", "weiß nicht", "do not know"
    MISSING = "missing", "ohne Antwort", "missing"


class MaturityModel(Record):
    """A versioned set of dimensions, criteria and level descriptions."""

    sheet = Sheet(
        "maturity_model",
        "Reifegradmodelle",
        "Maturity models",
        "maturity",
        "Modelle mit Fassung und Zahl der Stufen.",
        "Models with version and number of levels.",
        shared=True,
    )
    title_de: Annotated[str, Text("Titel (deutsch)", "Title (German)"), Field(max_length=200)]
    title_en: Annotated[str, Text("Titel (englisch)", "Title (English)"), Field(max_length=200)]
    version: Annotated[str, Text("Fassung", "Version"), Field(max_length=20)]
    lowest: Annotated[int, Whole("Niedrigste Stufe", "Lowest level"), Field(ge=0)] = 1
    highest: Annotated[int, Whole("Höchste Stufe", "Highest level"), Field(gt=0)] = 5
    licence: Annotated[str | None, Text("Lizenz", "Licence")] = None

    @model_validator(mode="after")
    def _levels(self) -> Self:
        if self.highest <= self.lowest:
            raise PydanticCustomError("levels_upside_down", "highest level is not above", {"field": "highest"})
        return self


class Dimension(Record):
    """A dimension of a maturity model."""

    sheet = Sheet(
        "dimension",
        "Dimensionen",
        "Dimensions",
        "maturity",
        "Dimensionen eines Reifegradmodells.",
        "Dimensions of a maturity model.",
        shared=True,
    )
    maturity_model: Annotated[str, Reference("Modell", "Model", to=("maturity_model",), owner=True)]
    title_de: Annotated[str, Text("Titel (deutsch)", "Title (German)"), Field(max_length=200)]
    title_en: Annotated[str, Text("Titel (englisch)", "Title (English)"), Field(max_length=200)]
    weight: Annotated[Measure, Number("Gewicht", "Weight"), Field(gt=0)] = Decimal(1)
    order: Annotated[int | None, Whole("Reihenfolge", "Order")] = None
    inspired_by: Annotated[str | None, Text("Angelehnt an", "Inspired by", long=True)] = None


class Criterion(Record):
    """A question of a dimension that is answered with a level."""

    sheet = Sheet(
        "criterion",
        "Kriterien",
        "Criteria",
        "maturity",
        "Kriterien je Dimension.",
        "Criteria per dimension.",
        shared=True,
    )
    dimension: Annotated[str, Reference("Dimension", "Dimension", to=("dimension",), owner=True)]
    title_de: Annotated[str, Text("Titel (deutsch)", "Title (German)"), Field(max_length=200)]
    title_en: Annotated[str, Text("Titel (englisch)", "Title (English)"), Field(max_length=200)]
    weight: Annotated[Measure, Number("Gewicht", "Weight"), Field(gt=0)] = Decimal(1)
    evidence_hint: Annotated[str | None, Text("Möglicher Nachweis", "Possible evidence")] = None
    may_not_apply: Annotated[bool, Flag("Kann nicht zutreffen", "May not apply")] = True
    order: Annotated[int | None, Whole("Reihenfolge", "Order")] = None


class LevelDescriptor(MadeKeyRecord):
    """What a level of a dimension means, in words."""

    sheet = Sheet(
        "level_descriptor",
        "Stufen",
        "Levels",
        "maturity",
        "Beschreibung jeder Stufe je Dimension.",
        "Description of each level per dimension.",
        key_from=("dimension", "level"),
        shared=True,
    )
    dimension: Annotated[str, Reference("Dimension", "Dimension", to=("dimension",), owner=True)]
    level: Annotated[int, Whole("Stufe", "Level"), Field(ge=0)]
    name_de: Annotated[str, Text("Name (deutsch)", "Name (German)"), Field(max_length=100)]
    name_en: Annotated[str, Text("Name (englisch)", "Name (English)"), Field(max_length=100)]
    text_de: Annotated[str, Text("Beschreibung (deutsch)", "Description (German)", long=True)]
    text_en: Annotated[str, Text("Beschreibung (englisch)", "Description (English)", long=True)]


class SurveyWave(Record):
    """One round of a maturity survey."""

    sheet = Sheet(
        "survey_wave",
        "Erhebungen",
        "Survey waves",
        "maturity",
        "Runden der Reifegrad-Erhebung.",
        "Rounds of the maturity survey.",
    )
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=200)]
    maturity_model: Annotated[str, Reference("Modell", "Model", to=("maturity_model",))]
    start: Annotated[date, Day("Beginn", "Start")]
    end: Annotated[date, Day("Ende", "End")]
    units_invited: Annotated[int | None, Whole("Eingeladene Einheiten", "Units invited"), Field(ge=0)] = None

    @model_validator(mode="after")
    def _order(self) -> Self:
        check_order(self.start, self.end, "end")
        return self


class Response(MadeKeyRecord):
    """One respondent's answer to one criterion; the respondent is a pseudonym."""

    sheet = Sheet(
        "response",
        "Antworten",
        "Responses",
        "maturity",
        "Antworten der Befragten; das Kürzel ist ein Pseudonym.",
        "Answers of the respondents, under a pseudonym.",
        reported_on="answered_on",
        key_from=("survey_wave", "unit", "respondent", "criterion"),
    )
    survey_wave: Annotated[str, Reference("Erhebung", "Survey wave", to=("survey_wave",), owner=True)]
    unit: Annotated[str, Reference("Organisationseinheit", "Unit", to=("unit",), owner=True)]
    respondent: Annotated[
        str,
        Text("Kürzel", "Respondent", "Pseudonym, kein Name.", "A pseudonym, no name."),
        Field(max_length=20, pattern=r"^[\w-]+$"),
    ]
    criterion: Annotated[str, Reference("Kriterium", "Criterion", to=("criterion",), owner=True)]
    answered_on: Annotated[date, Day("Beantwortet am", "Answered on")]
    state: Annotated[ResponseState, Pick("Antwort", "Answer")] = ResponseState.ANSWERED
    level: Annotated[int | None, Whole("Stufe", "Level"), Field(ge=0)] = None
    target_level: Annotated[int | None, Whole("Zielstufe", "Target level"), Field(ge=0)] = None
    evidence: Annotated[str | None, Text("Nachweis", "Evidence"), Field(max_length=300)] = None
    comment: Annotated[str | None, Text("Kommentar", "Comment", long=True)] = None

    @model_validator(mode="after")
    def _level_with_answer(self) -> Self:
        if (self.level is not None) != (self.state is ResponseState.ANSWERED):
            raise PydanticCustomError("level_with_answer", "level and answer contradict", {"field": "level"})
        return self


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
    order: Annotated[int | None, Whole("Reihenfolge", "Order")] = None


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
