"""Cycles, objectives, key results and how they hang together."""

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
    MILESTONES = "milestones", "Etappen", "milestones"
    ZONES = "zones", "Zonen", "zones"


class Commitment(Choice):
    """Whether a key result is a promise or a stretch."""

    COMMITTED = "committed", "verpflichtend", "committed"
    ASPIRATIONAL = "aspirational", "ambitioniert", "aspirational"


class Timing(Choice):
    """Whether a key result shows success early or only afterwards."""

    LEADING = "leading", "frühzeitig", "leading"
    LAGGING = "lagging", "nachlaufend", "lagging"


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


class ContributingUnit(MadeKeyRecord):
    """A unit that contributes to an objective without leading it."""

    sheet = Sheet(
        "contributing_unit",
        "Mitwirkende Stellen",
        "Contributing units",
        "okr",
        "Stellen, die an einem Objective mitwirken, ohne es zu führen.",
        "Units that contribute to an objective without leading it.",
        key_from=("objective", "unit"),
    )
    objective: Annotated[str, Reference("Objective", "Objective", to=("objective",), owner=True)]
    unit: Annotated[str, Reference("Stelle", "Unit", to=("unit",), owner=True)]
    role: Annotated[str | None, Text("Beitrag", "Contribution"), Field(max_length=200)] = None


class KeyResult(Record):
    """How it is known that an objective is reached.

    A value to change, a band to stay in, milestones to complete, or zones described in words.
    """

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
    zone_commit: Annotated[
        str | None,
        Text("Zone Zusage", "Commit zone", "Was mindestens erreicht wird.", "What is reached at least.", long=True),
    ] = None
    zone_target: Annotated[
        str | None, Text("Zone Ziel", "Target zone", "Was erreicht werden soll.", "What should be reached.", long=True)
    ] = None
    zone_stretch: Annotated[
        str | None,
        Text("Zone Spitze", "Stretch zone", "Was im besten Fall gelingt.", "What succeeds at best.", long=True),
    ] = None
    weight: Annotated[
        Measure,
        Number("Gewicht", "Weight", "0: zählt nicht in der Zusammenfassung.", "0: does not count in the roll-up."),
        Field(ge=0),
    ] = Decimal(1)
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
        elif self.kind is KeyResultKind.BAND:
            if self.band_low is None or self.band_high is None or self.tolerance is None:
                raise PydanticCustomError("band_needs_limits", "limits and tolerance are needed", {"field": "band_low"})
            if self.band_low > self.band_high:
                raise PydanticCustomError("band_upside_down", "lower limit above upper limit", {"field": "band_low"})
        elif self.kind is KeyResultKind.ZONES and not (self.zone_commit and self.zone_target and self.zone_stretch):
            raise PydanticCustomError("zones_need_texts", "each zone needs its text", {"field": "zone_target"})
        return self


class KeyResultMilestone(Record):
    """A step of a key result that is measured by milestones; done or not, with a weight."""

    sheet = Sheet(
        "key_result_milestone",
        "Etappen",
        "Key result milestones",
        "okr",
        "Schritte eines Schlüsselergebnisses der Art Etappen, mit Gewicht.",
        "Steps of a key result of the kind milestones, with weights.",
    )
    title: Annotated[str, Text("Etappe", "Milestone"), Field(max_length=300)]
    key_result: Annotated[str, Reference("Schlüsselergebnis", "Key result", to=("key_result",), owner=True)]
    weight: Annotated[Measure, Number("Gewicht", "Weight"), Field(gt=0)] = Decimal(1)
    due: Annotated[date | None, Day("Fällig am", "Due")] = None
    done_on: Annotated[date | None, Day("Erledigt am", "Done on", reported=True)] = None
    order: Annotated[int | None, Whole("Reihenfolge", "Order")] = None


class PhasedTarget(MadeKeyRecord):
    """The value that a key result should have on a day of its cycle; overrides the straight line to the target."""

    sheet = Sheet(
        "phased_target",
        "Planwerte",
        "Phased targets",
        "okr",
        "Geplanter Wert eines Schlüsselergebnisses an einem Tag im Zyklus.",
        "Planned value of a key result on a day of the cycle.",
        key_from=("key_result", "planned_for"),
    )
    key_result: Annotated[str, Reference("Schlüsselergebnis", "Key result", to=("key_result",), owner=True)]
    planned_for: Annotated[date, Day("Tag", "Day")]
    value: Annotated[
        Measure,
        Number(
            "Planwert",
            "Planned value",
            "In der Einheit des Schlüsselergebnisses; bei Etappen und Zonen in Prozent.",
            "In the unit of the key result; in per cent for milestones and zones.",
        ),
    ]


class Alignment(MadeKeyRecord):
    """What contributes to what: objectives, key results and projects to objectives, key results and goals."""

    sheet = Sheet(
        "alignment",
        "Ausrichtung",
        "Alignments",
        "okr",
        "Was zu welchem Objective, Schlüsselergebnis oder Ziel beiträgt.",
        "What contributes to which objective, key result or goal.",
        key_from=("origin", "target"),
    )
    origin: Annotated[
        str,
        Reference("Beitrag von", "Contribution of", to=("objective", "key_result", "project"), owner=True),
    ]
    target: Annotated[
        str,
        Reference("Trägt bei zu", "Contributes to", to=("objective", "key_result", "strategy_element"), owner=True),
    ]
    explanation: Annotated[str | None, Text("Wodurch", "How", long=True)] = None
