"""What is reported of key results and objectives: check-ins, final scores and reviews."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from smartdash.model.declare import Choice, Day, MadeKeyRecord, Measure, Number, Pick, Reference, Sheet, Text, Whole

CAUSE_NEEDED_BELOW = Decimal("0.7")
"""A final score below this one names its cause (Google re:Work: 0.6 to 0.7 is the sweet spot, less is a miss)."""


class Zone(Choice):
    """How far a key result described in words has come."""

    FAIL = "fail", "verfehlt", "fail"
    COMMIT = "commit", "Zusage", "commit"
    TARGET = "target", "Ziel", "target"
    STRETCH = "stretch", "Spitze", "stretch"


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


class ReviewOutcome(Choice):
    """What happens to an objective after its cycle."""

    KEEP = "keep", "behalten", "keep"
    CHANGE = "change", "ändern", "change"
    END = "end", "beenden", "end"


class CheckIn(MadeKeyRecord):
    """The value or zone, confidence and forecast of a key result as reported on a day.

    A correction has the same key; a second check-in of one day has a number.
    """

    sheet = Sheet(
        "check_in",
        "Check-ins",
        "Check-ins",
        "okr",
        "Gemeldete Werte mit Zuversicht und Prognose.",
        "Reported values with confidence and forecast.",
        reported_on="reported_on",
        key_from=("key_result", "reported_on", "number"),
    )
    key_result: Annotated[str, Reference("Schlüsselergebnis", "Key result", to=("key_result",), owner=True)]
    reported_on: Annotated[date, Day("Gemeldet am", "Reported on")]
    number: Annotated[
        int | None,
        Whole(
            "Nr. am Tag",
            "No. of the day",
            "Nur beim zweiten und weiteren Check-in eines Tages.",
            "Only for the second and further check-in of a day.",
        ),
        Field(ge=2, le=9),
    ] = None
    value: Annotated[
        Measure | None,
        Number("Wert", "Value", "Leer bei Zonen und Etappen.", "Empty for zones and milestones."),
    ] = None
    zone: Annotated[Zone | None, Pick("Zone", "Zone", "Nur bei der Art Zonen.", "Only for the kind zones.")] = None
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
            "Erwarteter Wert am Ende des Zyklus; bei Etappen und Zonen in Prozent.",
            "Value expected at the cycle's end; in per cent for milestones and zones.",
        ),
    ] = None
    comment: Annotated[str | None, Text("Kommentar", "Comment", long=True)] = None

    @model_validator(mode="after")
    def _value_or_zone(self) -> Self:
        if self.value is not None and self.zone is not None:
            raise PydanticCustomError("value_and_zone", "a value or a zone, not both", {"field": "zone"})
        return self


class Score(MadeKeyRecord):
    """The final score of a key result, set at the end of the cycle; below 0.7 with the cause."""

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
    cause: Annotated[ScoreCause | None, Pick("Ursache", "Cause", "Unter 0,7 nötig.", "Needed below 0.7.")] = None
    reason: Annotated[str | None, Text("Begründung", "Reason", long=True)] = None

    @model_validator(mode="after")
    def _cause(self) -> Self:
        if self.value < CAUSE_NEEDED_BELOW and self.cause is None:
            raise PydanticCustomError("score_needs_cause", "a score below 0.7 needs its cause", {"field": "cause"})
        return self


class Review(MadeKeyRecord):
    """What was decided about an objective at the end of its cycle: keep, change or end."""

    sheet = Sheet(
        "review",
        "Objective-Entscheide",
        "Objective reviews",
        "okr",
        "Ob ein Objective nach dem Zyklus behalten, geändert oder beendet wird.",
        "Whether an objective is kept, changed or ended after its cycle.",
        reported_on="reviewed_on",
        key_from=("objective",),
    )
    objective: Annotated[str, Reference("Objective", "Objective", to=("objective",), owner=True)]
    reviewed_on: Annotated[date, Day("Entschieden am", "Reviewed on")]
    outcome: Annotated[ReviewOutcome, Pick("Entscheid", "Outcome")]
    reason: Annotated[
        str | None,
        Text(
            "Grund",
            "Reason",
            "Beim Ändern und Beenden nötig.",
            "Needed where it is changed or ended.",
            long=True,
        ),
    ] = None

    @model_validator(mode="after")
    def _why(self) -> Self:
        if self.outcome is not ReviewOutcome.KEEP and not self.reason:
            raise PydanticCustomError("review_needs_reason", "a change or end needs a reason", {"field": "reason"})
        return self
