"""A reader of records made in a test, cut at the as-of date as the store does it."""

from __future__ import annotations

from datetime import date
from typing import Any

from smartdash.figures.figure import Draft
from smartdash.locale import Language, words
from smartdash.model.declare import Record
from smartdash.store import Scope


class MadeReader:
    def __init__(self, as_of: date, *records: Record) -> None:
        self.scope = Scope("x", as_of)
        self._records = records

    def all(self, record: type[Record]) -> tuple[Any, ...]:
        reported = record.sheet.reported_on
        return tuple(
            item
            for item in self._records
            if isinstance(item, record) and (reported is None or getattr(item, reported) <= self.scope.as_of)
        )


def column(draft: Draft, name: str) -> list[Any]:
    place = [item.name for item in draft.columns].index(name)
    return [row[place] for row in draft.rows]


def build(builder: Any, as_of: date, *records: Record, lang: Language = "de") -> Draft:
    draft: Draft = builder(MadeReader(as_of, *records), words(lang))
    assert all(len(row) == len(draft.columns) for row in draft.rows)
    return draft
