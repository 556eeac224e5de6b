"""Objectives and key results by cycle, their check-ins and final scores."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

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
from smartdash.model.shared import check_order


class CycleState(Choice):
    """Where a cycle stands."""

    PREPARATION = "preparation", "in Vorbereitung", "in preparation"
    ACTIVE = "active", "läuft", "active"
    CLOSING = "closing", "in Auswertung", "closing"
    CLOSED = "closed", "abgeschlossen", "closed"


class KeyResultKind(Choice):
    """How progress is measured."""

    CHANGE = "change", "verändern", "change"
    BAND = "band", "im Rahmen halten", "keep within a band"


class Commitment(Choice):
    """Whether a key result is a promise or a stretch."""

    COMMITTED = "committed", "verpflichtend", "committed"
    ASPIRATIONAL = "aspirational", "ambitioniert", "aspirational"


class Timing(Choice):
    """Whether a key result shows success early or only afterwards."""

    LEADING = "leading", "frühzeitig", "leading"
    LAGGING = "lagging", "nachlaufend", "lagging"


class ScoreCause(Choice):
    """Why a key result was missed."""

    RESOURCES = "resources", "Ressourcen fehlten", "resources were missing"
    DEPENDENCY = "dependency", "Zulieferung fehlte", "a dependency was not met"
    PRIORITY = "priority", "andere Prioritäten", "other priorities"
    SCOPE = "scope", "zu großer Umfang", "scope was too large"
    CLARITY = "clarity", "unklar formuliert", "unclear wording"
    EXTERNAL = "external", "äußere Umstände", "outside circumstances"
    LEGAL = "legal", "Recht und Vergabe", "law and procurement"
    ASSUMPTION = "assumption", "falsche Annahme", "wrong assumption"


class Cycle(Record):
    """A period for which objectives are set, usually a quarter."""

    sheet = Sheet("cycle", "Zyklen", "Cycles", "okr", "OKR-Zyklen, meist Quartale.", "OKR cycles, mostly quarters.")
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=100)]
    start: Annotated[date, Day("Beginn", "Start")]
    end: Annotated[date, Day("Ende", "End")]
    state: Annotated[CycleState, Pick("Stand", "State")] = CycleState.PREPARATION

    @model_validator(mode="after")
    def _order(self) -> Self:
        check_order(self.start, self.end, "end")
        return self


class Objective(Record):
    """What is to be reached in a cycle, in words."""

    sheet = Sheet("objective", "Objectives", "Objectives", "okr", "Ziele eines Zyklus.", "Objectives of a cycle.")
    title: Annotated[str, Text("Objective", "Objective"), Field(max_length=300)]
    cycle: Annotated[str, Reference("Zyklus", "Cycle", to=("cycle",), owner=True)]
    field_of_work: Annotated[str | None, Reference("Handlungsfeld", "Field of work", to=("field_of_work",))] = None
    unit: Annotated[str | None, Reference("Federführung", "Lead", to=("unit",))] = None
    owner_role: Annotated[str | None, Text("Zuständige Rolle", "Owner role"), Field(max_length=100)] = None
    weight: Annotated[Measure, Number("Gewicht", "Weight"), Field(gt=0)] = Decimal(1)
    predecessor: Annotated[str | None, Reference("Übertrag von", "Carried over from", to=("objective",))] = None
    order: Annotated[int | None, Whole("Reihenfolge", "Order")] = None


class KeyResult(Record):
    """How it is known that an objective is reached: a value to change, or a band to stay in."""

    sheet = Sheet(
        "key_result",
        "Schlüsselergebnisse",
        "Key results",
        "okr",
        "Messbare Ergebnisse je Objective.",
        "Key results.",
    )
    title: Annotated[str, Text("Schlüsselergebnis", "Key result"), Field(max_length=300)]
    objective: Annotated[str, Reference("Objective", "Objective", to=("objective",), owner=True)]
    kind: Annotated[KeyResultKind, Pick("Art", "Kind")] = KeyResultKind.CHANGE
    commitment: Annotated[Commitment, Pick("Verbindlichkeit", "Commitment")] = Commitment.ASPIRATIONAL
    timing: Annotated[Timing | None, Pick("Frühindikator", "Leading or lagging")] = None
    measured_in: Annotated[str | None, Text("Einheit", "Unit"), Field(max_length=40)] = None
    baseline: Annotated[Measure | None, Number("Ausgangswert", "Baseline")] = None
    target: Annotated[Measure | None, Number("Zielwert", "Target")] = None
    band_low: Annotated[Measure | None, Number("Untergrenze", "Lower limit")] = None
    band_high: Annotated[Measure | None, Number("Obergrenze", "Upper limit")] = None
    tolerance: Annotated[
        Measure | None,
        Number(
            "Toleranz",
            "Tolerance",
            "Abstand vom Rahmen, ab dem der Fortschritt null ist.",
            "Distance from the band at which progress is nil.",
        ),
        Field(gt=0),
    ] = None
    weight: Annotated[Measure, Number("Gewicht", "Weight"), Field(gt=0)] = Decimal(1)
    owner_role: Annotated[str | None, Text("Zuständige Rolle", "Owner role"), Field(max_length=100)] = None
    predecessor: Annotated[str | None, Reference("Übertrag von", "Carried over from", to=("key_result",))] = None
    order: Annotated[int | None, Whole("Reihenfolge", "Order")] = None

    @model_validator(mode="after")
    def _measurable(self) -> Self:
        if self.kind is KeyResultKind.CHANGE:
            if self.baseline is None or self.target is None:
                raise PydanticCustomError("change_needs_values", "baseline and target are needed", {"field": "target"})
            if self.baseline == self.target:
                raise PydanticCustomError("target_is_baseline", "target equals baseline", {"field": "target"})
        elif self.band_low is None or self.band_high is None or self.tolerance is None:
            raise PydanticCustomError("band_needs_limits", "limits and tolerance are needed", {"field": "band_low"})
        elif self.band_low > self.band_high:
            raise PydanticCustomError("band_upside_down", "lower limit above upper limit", {"field": "band_low"})
        return self


class CheckIn(MadeKeyRecord):
    """The value, confidence and forecast of a key result as reported on a day."""

    sheet = Sheet(
        "check_in",
        "Check-ins",
        "Check-ins",
        "okr",
        "Gemeldete Werte mit Zuversicht und Prognose.",
        "Reported values with confidence and forecast.",
        reported_on="reported_on",
        key_from=("key_result", "reported_on"),
    )
    key_result: Annotated[str, Reference("Schlüsselergebnis", "Key result", to=("key_result",), owner=True)]
    reported_on: Annotated[date, Day("Gemeldet am", "Reported on")]
    value: Annotated[Measure, Number("Wert", "Value")]
    confidence: Annotated[
        int | None,
        Whole("Zuversicht", "Confidence", "0 (aussichtslos) bis 10 (sicher).", "0 (no chance) to 10 (certain)."),
        Field(ge=0, le=10),
    ] = None
    forecast: Annotated[
        Measure | None,
        Number(
            "Prognose",
            "Forecast",
            "Erwarteter Wert am Ende des Zyklus.",
            "Value expected at the cycle's end.",
        ),
    ] = None
    comment: Annotated[str | None, Text("Kommentar", "Comment", long=True)] = None


class Score(MadeKeyRecord):
    """The final score of a key result, set at the end of the cycle."""

    sheet = Sheet(
        "score",
        "Bewertungen",
        "Scores",
        "okr",
        "Bewertung je Schlüsselergebnis am Ende des Zyklus.",
        "Final score per key result at the cycle's end.",
        reported_on="scored_on",
        key_from=("key_result",),
    )
    key_result: Annotated[str, Reference("Schlüsselergebnis", "Key result", to=("key_result",), owner=True)]
    scored_on: Annotated[date, Day("Bewertet am", "Scored on")]
    value: Annotated[Measure, Number("Bewertung", "Score", "0,0 bis 1,0.", "0.0 to 1.0."), Field(ge=0, le=1)]
    cause: Annotated[ScoreCause | None, Pick("Ursache", "Cause")] = None
    reason: Annotated[str | None, Text("Begründung", "Reason", long=True)] = None
