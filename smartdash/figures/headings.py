"""Words around a figure: headings named as the record's own field, and enumerations."""

from __future__ import annotations

from smartdash.locale import Words
from smartdash.model.declare import Record, fields


def heading(record: type[Record], name: str, say: Words) -> str:
    """The label of a record's field."""
    return next(field.column.label(say.lang) for field in fields(record) if field.name == name)


def listing(parts: list[str], say: Words) -> str:
    """Parts of a sentence in a row: "a, b und c"."""
    if len(parts) < 2:
        return "".join(parts)
    return say("headings.and", first=", ".join(parts[:-1]), last=parts[-1])
