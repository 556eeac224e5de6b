"""The records of a programme that the public may have, so that they stand on their own."""

from __future__ import annotations

from typing import Any

from smartdash.model import RECORDS
from smartdash.model.committees import Consultation
from smartdash.model.declare import DeclaredField, Record, Reference, fields
from smartdash.store import Audience, Reader

_References = list[tuple[DeclaredField, Reference]]


def public_records(reader: Reader) -> dict[str, tuple[Record, ...]]:
    """What a reader of the public scope sees of its programme, by record type in sheet order.

    A reference to something hidden is left empty, since its key would tell of it; where the field must be filled, the
    record is left out, and so is what refers to it in the same way. A session without a consultation that the public
    sees is left out, since its date would betray a closed one.

    Raises:
        ValueError: the reader's scope is not the public one.
    """
    if reader.scope.audience is not Audience.PUBLIC:
        raise ValueError("public records are read through the public scope")
    seen: dict[str, tuple[Record, ...]] = {name: reader.all(record) for name, record in RECORDS.items()}
    open_sessions = {step.session for step in reader.all(Consultation)}
    seen["committee_session"] = tuple(item for item in seen["committee_session"] if item.key in open_sessions)
    while True:
        keys = {name: {record.key for record in records} for name, records in seen.items()}
        kept = {
            name: tuple(cleaned for record in seen[name] if (cleaned := _cleaned(record, _references(kind), keys)))
            for name, kind in RECORDS.items()
        }
        if all(len(kept[name]) == len(seen[name]) for name in RECORDS):
            break
        seen = kept
    own = reader.scope.programme
    return {name: tuple(record for record in records if record.programme == own) for name, records in kept.items()}


def _references(record: type[Record]) -> _References:
    return [(field, field.column) for field in fields(record) if isinstance(field.column, Reference)]


def _cleaned(record: Record, references: _References, keys: dict[str, set[str]]) -> Record | None:
    """The record without references to what is not among `keys`, or None where it cannot be without."""
    emptied: dict[str, Any] = {}
    for field, column in references:
        value = getattr(record, field.name)
        if value is None or any(value in keys[target] for target in column.to):
            continue
        if field.required:
            return None
        emptied[field.name] = None
    return record.model_copy(update=emptied) if emptied else record
