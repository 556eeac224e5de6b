"""Records as the rows of an edit grid, and such rows back as the CSV that the importer reads.

An edited grid goes the way of every file, so that both refuse the same things in the same words.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from smartdash.exchange.numbers import text_from_number
from smartdash.locale import Language
from smartdash.model.declare import Choice, Record, fields
from smartdash.spreadsheet import protect


def grid_rows(records: Sequence[Record], record: type[Record], lang: Language) -> list[list[Any]]:
    """Each record as a row: numbers as text with the language's decimal sign, choices as words."""
    return [[_shown(getattr(item, one.name), lang) for one in fields(record)] for item in records]


def _shown(value: Any, lang: Language) -> Any:
    if isinstance(value, Choice):
        return value.label(lang)
    if isinstance(value, bool | date) or value is None:
        return value
    if isinstance(value, Decimal):
        return text_from_number(value, lang)
    return str(value)


def grid_csv(record: type[Record], rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows of the grid, whose columns are the record's fields, as a CSV file."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([one.name for one in fields(record)])
    writer.writerows([_written(value) for value in row] for row in rows)
    return stream.getvalue().encode()


def _written(value: Any) -> str:
    # A cell that was never filled is None, NaN or NaT; the latter two differ from themselves.
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()[:10]
    return protect(str(value))
