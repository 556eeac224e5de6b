"""Which record type a sheet and which field a heading stands for, in German, English or by its name in the code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from smartdash.model import RECORDS
from smartdash.model.declare import DeclaredField, Record, fields

GUIDE = {"de": "Anleitung", "en": "Guide"}
EXAMPLE = {"de": "Beispiel", "en": "Example"}
LISTS = "_lists"

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def plain(name: str) -> str:
    """Return a name without case, spaces and signs, with umlauts spelled out, so that spellings can be compared."""
    letters = unicodedata.normalize("NFC", name).casefold().translate(_UMLAUTS)
    return re.sub(r"[\W_]+", "", letters)


def is_ours(sheet: str) -> bool:
    """Say whether a sheet is a guide, an example or a list that an import skips."""
    return sheet.startswith("_") or plain(sheet) in {plain(name) for name in (*GUIDE.values(), *EXAMPLE.values())}


@cache
def _sheets() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, record in RECORDS.items():
        found |= {plain(label): name for label in (record.sheet.en, record.sheet.de)}
    return found | {plain(name): name for name in RECORDS}


def record_of(sheet: str) -> type[Record] | None:
    """Return the record type that a sheet or file name stands for, or None."""
    name = _sheets().get(plain(sheet))
    return None if name is None else RECORDS[name]


def sheet_names() -> list[str]:
    """Return every name a sheet may have: the labels in both languages and the names of the tables."""
    return [name for record in RECORDS.values() for name in (record.sheet.de, record.sheet.en, record.sheet.name)]


def headings(record: type[Record]) -> list[str]:
    """Return every heading a column of the record type may have."""
    return [name for one in fields(record) for name in (one.column.de, one.column.en, one.name)]


@cache
def _schemes(record: type[Record]) -> tuple[dict[str, DeclaredField], ...]:
    """The headings by naming scheme, since one word may name different fields ("Unit") in two of them."""
    schemes: tuple[dict[str, DeclaredField], ...] = ({}, {}, {})
    for one in fields(record):
        for scheme, heading in zip(schemes, (one.column.de, one.column.en, one.name), strict=True):
            scheme |= {heading: one, f"{heading} {one.column.unit}": one}
    return schemes


def match_headings(record: type[Record], row: Sequence[str]) -> list[DeclaredField | None]:
    """Return the field of each heading, or None; a word with two meanings is read as the other headings are."""
    ranked = sorted(_schemes(record), key=lambda scheme: _fit(scheme, row), reverse=True)
    lookups = [{plain(heading): one for heading, one in scheme.items()} for scheme in ranked]
    return [next((scheme[plain(cell)] for scheme in lookups if plain(cell) in scheme), None) for cell in row]


def _fit(scheme: dict[str, DeclaredField], row: Sequence[str]) -> tuple[int, int]:
    spellings = {plain(heading) for heading in scheme}
    return sum(plain(cell) in spellings for cell in row), sum(cell.strip("* ") in scheme for cell in row)
