"""Which sheets belong to an area; programme and sources always come along, so that a file stands on its own."""

from __future__ import annotations

from smartdash.model import RECORDS
from smartdash.model.declare import AREAS, DeclaredField, Record

_ALWAYS = ("programme", "source")


def record_types(area: str | None) -> tuple[type[Record], ...]:
    """Return the record types of an area, or all, in sheet order.

    Raises:
        ValueError: There is no such area.
    """
    if area is not None and area not in AREAS:
        raise ValueError(f"unknown area {area!r}, expected one of {', '.join(AREAS)}")
    return tuple(
        record for name, record in RECORDS.items() if area is None or record.sheet.area == area or name in _ALWAYS
    )


def must_be_filled(record: type[Record], one: DeclaredField) -> bool:
    """Say whether a user must fill the column; a key that is made from other fields need not be given."""
    return one.required and not (one.name == "key" and record.sheet.key_from)
