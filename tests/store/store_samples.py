"""Records the store's tests are made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from smartdash.model import RECORDS
from smartdash.model.check_ins import CheckIn
from smartdash.model.declare import Choice, Day, DeclaredField, Flag, Money, Number, Record, Reference, Whole, fields
from smartdash.model.money import CostLine
from smartdash.model.okr import Cycle, KeyResult, Objective
from smartdash.model.shared import Programme, Unit
from smartdash.store import Changes, Difference, Origin, Revision, Store

P = "musterstadt"
FORM = Origin("form")
NASTY = 'Robert\'); DROP TABLE history.unit; -- "drop" $programme ? {x} \\ ä„“ 🏛\n\t%s'


def programme(key: str = P, **values: Any) -> Programme:
    return Programme(
        **{"programme": key, "key": key, "title": key.title(), "municipality_name": "Musterstadt", **values}
    )


def unit(key: str, **values: Any) -> Unit:
    return Unit(**{"programme": P, "key": key, "title": key, **values})


def line(key: str, **values: Any) -> CostLine:
    return CostLine(**{"programme": P, "key": key, "title": key, **values})


def okr_tree(**values: Any) -> dict[str, list[Record]]:
    """A cycle, an objective, a key result and two check-ins; `values` go to the key result."""
    key_result = {"objective": "o1", "title": "KR", "baseline": 0, "target": 100, **values}
    return {
        "cycle": [Cycle(programme=P, key="c1", title="Q1", start=date(2024, 1, 1), end=date(2024, 3, 31))],
        "objective": [Objective(programme=P, key="o1", title="O", cycle="c1")],
        "key_result": [KeyResult(programme=P, key="kr1", **key_result)],
        "check_in": [check_in(date(2024, 1, 31), "10"), check_in(date(2024, 2, 29), "20.5")],
    }


def okr_records() -> list[Record]:
    return [record for records in okr_tree().values() for record in records]


def check_in(day: date, value: str, key_result: str = "kr1", **values: Any) -> CheckIn:
    return CheckIn(
        **{"programme": P, "key_result": key_result, "reported_on": day, "value": Decimal(value), "key": "", **values}
    )


def changes(*records: Record, complete: bool = False, at: str = P) -> Changes:
    grouped: dict[str, list[Record]] = {}
    for record in records:
        grouped.setdefault(record.sheet.name, []).append(record)
    return Changes(at, grouped, complete)


def write(store: Store, what: Changes | Sequence[Record] | Record, **values: Any) -> tuple[Revision | None, Difference]:
    if isinstance(what, Record):
        what = [what]
    if not isinstance(what, Changes):
        what = changes(*what, at=what[0].programme)
    return store.write(what, **{"author": "Programmbüro", "reason": "Test", "origin": FORM, **values})


_TO_ITSELF = ("predecessor", "supersedes", "reverses")
"""Fields that name another record of the same type, of which there is none."""


def full_record(name: str, public: bool = True) -> Record:
    """A record with a value in every field; references lead to the other records made so, none to itself."""
    record = RECORDS[name]
    values = {field.name: None if field.name in _TO_ITSELF else _value(field) for field in fields(record)}
    values |= {"programme": P, "key": f"{name}-1", "public": public}
    ordered = {key: values[key] for key in record.model_fields}
    return record.model_construct(None, **ordered)


def _value(field: DeclaredField) -> Any:
    if isinstance(field.column, Reference):
        return f"{field.column.to[-1]}-1"
    if issubclass(field.type, Choice):
        return list(field.type)[-1]
    known = {
        Money: Decimal("9999999999999999.99"),
        Number: Decimal("0.07"),
        Whole: 3,
        Day: date(2024, 1, 1),
        Flag: True,
    }
    return known.get(type(field.column), NASTY)
