"""Tables of figures: columns that carry the names of the records' fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from smartdash.figures.figure import Kind, TableColumn
from smartdash.locale import Language
from smartdash.model.declare import Record, fields


def column(record: type[Record], field: str, lang: Language, kind: Kind = "text", name: str = "") -> TableColumn:
    """The column of a record's field under the field's own label; `name` in code where it differs from the field's.

    Raises:
        StopIteration: the record has no such field.
    """
    found = next(one for one in fields(record) if one.name == field)
    return TableColumn(name or field, found.column.label(lang), kind, found.column.unit if kind == "whole" else "")


def titles(records: Iterable[Any]) -> dict[str | None, str]:
    """The titles of records by key."""
    return {record.key: record.title for record in records}


def capital(text: str) -> str:
    """A text with its first letter large, as it begins a label."""
    return text[:1].upper() + text[1:]


def numbered(texts: Sequence[str]) -> str:
    """Texts one after the other, each with its number before it."""
    return " ".join(f"({place}) {text}" for place, text in enumerate(texts, 1))
