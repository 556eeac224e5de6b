"""A small programme with a review of two objectives, held today, and a cycle that follows."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from smartdash.model.check_ins import CheckIn
from smartdash.model.conferences import AgendaItem, AgendaKind, Conference, ConferenceKind
from smartdash.model.declare import Record
from smartdash.model.okr import Cycle, CycleState, KeyResult, Objective
from smartdash.model.shared import Programme
from smartdash.store import Changes, Origin, Store

TODAY = date.today()
PROGRAMME = Programme(programme="p", key="p", title="Programm", municipality_name="Stadt")
BEGIN = TODAY - timedelta(85)
CYCLE = Cycle(programme="p", key="q1", title="Q1", start=BEGIN, end=TODAY + timedelta(5), state=CycleState.ACTIVE)
NEXT = Cycle(programme="p", key="q2", title="Q2", start=TODAY + timedelta(6), end=TODAY + timedelta(95))
CONFERENCE = Conference(
    programme="p", key="k1", title="Rückblick Q1", cycle="q1", next_cycle="q2", held_on=TODAY,
    kind=ConferenceKind.REVIEW, moderator_role="Programmbüro",
)  # fmt: skip
O1 = Objective(programme="p", key="o1", title="Der Dienst ist für alle da", cycle="q1", order=1)
O2 = Objective(programme="p", key="o2", title="Daten sind offen", cycle="q1", order=2)


def result(key: str, objective: str, **values: Any) -> KeyResult:
    given = {"title": f"Ergebnis {key}", "baseline": Decimal(0), "target": Decimal(100), "measured_in": "%"}
    return KeyResult(programme="p", key=key, objective=objective, **{**given, **values})


def report(key_result: str, value: int, *, days_ago: int = 10, **values: Any) -> CheckIn:
    on = TODAY - timedelta(days_ago)
    return CheckIn(programme="p", key="", key_result=key_result, reported_on=on, value=Decimal(value), **values)


def item(key: str, order: int, kind: AgendaKind, **values: Any) -> AgendaItem:
    return AgendaItem(programme="p", key=key, conference="k1", order=order, kind=kind, **{"minutes": 10, **values})


AGENDA = (
    item("a1", 1, AgendaKind.OPENING, minutes=5),
    item("a2", 2, AgendaKind.OBJECTIVE, objective="o1", minutes=15),
    item("a3", 3, AgendaKind.OBJECTIVE, objective="o2"),
    item("a4", 4, AgendaKind.CLOSING, minutes=5),
)
MATERIAL: tuple[Record, ...] = (
    CYCLE,
    NEXT,
    O1,
    O2,
    result("kr1", "o1"),
    result("kr2", "o1"),
    result("kr3", "o2"),
    report("kr1", 40, days_ago=40, confidence=6, comment="Der Anfang ist gemacht."),
    report("kr1", 62, confidence=5, forecast=Decimal(70)),
    report("kr3", 95, confidence=9),
)


def fill(store: Store, *records: Record) -> None:
    """Write the records and the programme they belong to."""
    by_type: dict[str, list[Record]] = defaultdict(list)
    for record in (PROGRAMME, *records):
        by_type[record.sheet.name].append(record)
    store.write(Changes("p", by_type), author="Test", reason="Test", origin=Origin("form"))
