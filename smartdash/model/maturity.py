"""Maturity models: dimensions, criteria with their weights, and what each level means."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from smartdash.model.declare import (
    Choice,
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


class CriterionKind(Choice):
    """How a criterion is answered: by a level, or by a measured value that its anchors turn into one."""

    LEVEL = "level", "Stufe", "level"
    INDICATOR = "indicator", "Kennzahl", "indicator"


def check_anchors(low: Decimal | None, high: Decimal | None) -> None:
    """Refuse fixed anchors of which one is missing, or that do not lie one above the other.

    Raises:
        PydanticCustomError: of type `anchors_upside_down`.
    """
    if (low is None) != (high is None) or (low is not None and high is not None and high <= low):
        raise PydanticCustomError("anchors_upside_down", "anchors are not in order", {"field": "anchor_high"})


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
    validated: Annotated[
        bool,
        Flag(
            "Empirisch geprüft",
            "Validated",
            "Ja, wenn eine Untersuchung belegt, dass das Modell misst, was es messen soll.",
            "Yes where a study shows that the model measures what it is meant to measure.",
        ),
    ] = False

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
    """A question of a dimension that is answered with a level, or with a value between two fixed anchors."""

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
    question_de: Annotated[str | None, Text("Frage (deutsch)", "Question (German)", long=True)] = None
    question_en: Annotated[str | None, Text("Frage (englisch)", "Question (English)", long=True)] = None
    evidence_hint: Annotated[str | None, Text("Möglicher Nachweis", "Possible evidence")] = None
    may_not_apply: Annotated[bool, Flag("Kann nicht zutreffen", "May not apply")] = True
    kind: Annotated[CriterionKind, Pick("Antwortart", "Answered by")] = CriterionKind.LEVEL
    measured_in: Annotated[
        str | None, Text("Einheit", "Unit", "Nur bei Kennzahlen.", "For indicators only."), Field(max_length=40)
    ] = None
    anchor_low: Annotated[
        Measure | None,
        Number("Unterer Anker", "Lower anchor", "Fester Wert am unteren Ende.", "Fixed value at the lower end."),
    ] = None
    anchor_high: Annotated[
        Measure | None,
        Number("Oberer Anker", "Upper anchor", "Fester Wert am oberen Ende.", "Fixed value at the upper end."),
    ] = None
    higher_is_better: Annotated[bool, Flag("Höher ist besser", "Higher is better")] = True
    order: Annotated[int | None, Whole("Reihenfolge", "Order")] = None

    @model_validator(mode="after")
    def _anchors(self) -> Self:
        check_anchors(self.anchor_low, self.anchor_high)
        if (self.kind is CriterionKind.INDICATOR) != (self.anchor_low is not None):
            raise PydanticCustomError("indicator_needs_anchors", "kind and anchors contradict", {"field": "anchor_low"})
        return self


class LevelDescriptor(MadeKeyRecord):
    """What a level of a dimension, or of one of its criteria, means in words.

    On a long scale, such as 0 to 100, a described level is the lowest of a band.
    """

    sheet = Sheet(
        "level_descriptor",
        "Stufen",
        "Levels",
        "maturity",
        "Beschreibung jeder Stufe je Dimension oder je Kriterium.",
        "Description of each level per dimension or per criterion.",
        key_from=("dimension", "criterion", "level"),
        shared=True,
    )
    dimension: Annotated[str, Reference("Dimension", "Dimension", to=("dimension",), owner=True)]
    criterion: Annotated[
        str | None,
        Reference(
            "Kriterium",
            "Criterion",
            "Leer: gilt für alle Kriterien der Dimension.",
            "Empty: holds for all criteria of the dimension.",
            to=("criterion",),
        ),
    ] = None
    level: Annotated[int, Whole("Stufe", "Level"), Field(ge=0)]
    name_de: Annotated[str, Text("Name (deutsch)", "Name (German)"), Field(max_length=100)]
    name_en: Annotated[str, Text("Name (englisch)", "Name (English)"), Field(max_length=100)]
    text_de: Annotated[str, Text("Beschreibung (deutsch)", "Description (German)", long=True)]
    text_en: Annotated[str, Text("Beschreibung (englisch)", "Description (English)", long=True)]
