"""A grown list of projects as a proposal: which values its rows give, and what is wrong where.

Nothing is compared with the store here and nothing is written. Empty cells give no value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from smartdash.analysis.participation import personal_traces
from smartdash.exchange.legacy_cells import read_column
from smartdash.exchange.legacy_headings import TARGETS, LegacySheet
from smartdash.exchange.names import plain
from smartdash.exchange.problems import Fault, Note, Problem, nearest
from smartdash.exchange.validation import shown

NAMED = ("unit", "field_of_work")
"""The targets whose cells name a record of the programme."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that no unit or field of work has; `near` is the key of the one most like it, `count` says how often."""

    target: str
    name: str
    near: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Names:
    """What units and fields of work are called, by target and key; `answers` say what an unknown name stands for.

    An answer is a key, or empty to leave the field empty; its key is the target and the name as in `Unknown`.
    """

    titles: Mapping[str, Mapping[str, str]]
    answers: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def key_of(self, target: str, name: str) -> str | None:
        """The key that a name stands for, empty where it is to be left empty, None where it is unknown."""
        known = self.titles.get(target, {})
        folded = {plain(key): key for key in known} | {plain(title): key for key, title in known.items()}
        return folded.get(plain(name)) or self.answers.get((target, name))

    def nearest(self, target: str, name: str) -> str | None:
        """The key of the unit or field whose title is most like a name, or None where none is."""
        by_title = {title: key for key, title in self.titles.get(target, {}).items()}
        guess = nearest(name, by_title)
        return None if guess is None else by_title[guess]


@dataclass(frozen=True, slots=True)
class LegacyRow:
    """A row of the list: the number a user sees, the values it gives by target, and its problems."""

    number: int
    values: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a list says, row by row; what must be known about the reading; and names that nobody knows."""

    sheet: LegacySheet
    columns: Mapping[int, str]
    rows: tuple[LegacyRow, ...]
    notes: tuple[Note, ...]
    unknown: tuple[Unknown, ...]

    def problem(self, row: LegacyRow, target: str, fault: Fault) -> Problem:
        """A fault at a target of a row, with the heading and the text that the file has there."""
        return _problem(self.sheet, self.columns, row.number, target, fault)


def mapping_faults(columns: Mapping[int, str]) -> list[Fault]:
    """What is wrong with a mapping: no column is the title, or two are the same target; "field" names it."""
    doubled = [name for name, count in Counter(columns.values()).items() if count > 1]
    missing = [] if "title" in columns.values() else [Fault("legacy.title_missing")]
    return missing + [Fault("legacy.target_twice", record=TARGETS[name].sheet.name, field=name) for name in doubled]


def propose(sheet: LegacySheet, columns: Mapping[int, str], names: Names) -> Proposal:
    """Read the rows of a list by a mapping of columns to targets, in which no target stands twice."""
    values: list[dict[str, Any]] = [{} for _ in sheet.rows]
    faults: list[dict[str, Fault]] = [{} for _ in sheet.rows]
    places = {number: index for index, (number, _) in enumerate(sheet.rows)}
    vague = 0
    for place, name in columns.items():
        read, wrong, some_vague = read_column(name, sheet.headings[place], [row[place] for _, row in sheet.rows])
        vague += some_vague
        wrong |= {
            places[row + 1]: fault
            for (row, column), fault in sheet.table.broken.items()
            if column == place and row + 1 in places
        }
        for index, value in enumerate(read):
            if index in wrong:
                faults[index][name] = wrong[index]
            elif value is not None:
                values[index][name] = value
    unknown = _resolve(values, faults, names)
    for index, (number, _) in enumerate(sheet.rows):
        faults[index] |= _row_faults(sheet, number, values[index], faults[index])
    rows = tuple(
        LegacyRow(number, given, tuple(_problem(sheet, columns, number, name, fault) for name, fault in found.items()))
        for (number, _), given, found in zip(sheet.rows, values, faults, strict=True)
    )
    notes = (Note("legacy.vague_days", vague),) if vague else ()
    return Proposal(sheet, dict(columns), rows, notes, unknown)


def _resolve(values: Sequence[dict[str, Any]], faults: Sequence[dict[str, Fault]], names: Names) -> tuple[Unknown, ...]:
    """Put keys in the place of the names of units and fields; return the names that are only known by an answer."""
    found = Counter((target, given[target]) for given in values for target in NAMED if target in given)
    keys = {(target, name): names.key_of(target, name) for target, name in found}
    unknown = {
        (target, name): Unknown(target, name, names.nearest(target, name), found[target, name])
        for (target, name), key in keys.items()
        if key is None or (target, name) in names.answers
    }
    for given, wrong in zip(values, faults, strict=True):
        for target in (one for one in NAMED if one in given):
            name = given.pop(target)
            key = keys[target, name]
            if key:
                given[target] = key
            elif key is None:
                near = unknown[target, name].near
                wrong[target] = (
                    Fault("legacy.unknown_name_near", nearest=names.titles[target][near])
                    if near
                    else Fault("legacy.unknown_name")
                )
    return tuple(unknown.values())


def _row_faults(
    sheet: LegacySheet, number: int, given: Mapping[str, Any], wrong: Mapping[str, Fault]
) -> dict[str, Fault]:
    found: dict[str, Fault] = {}
    if number - 1 in sheet.table.merged_rows:
        found[""] = Fault("legacy.merged_row")
    if "title" not in given and "title" not in wrong:
        found["title"] = Fault("legacy.no_title")
    if personal_traces(given.get("owner_role", "")):
        found["owner_role"] = Fault("legacy.person")
    return found


def _problem(sheet: LegacySheet, columns: Mapping[int, str], number: int, target: str, fault: Fault) -> Problem:
    place = next((place for place, name in columns.items() if name == target), None)
    cells = next(row for at, row in sheet.rows if at == number)
    heading, value = ("", "") if place is None else (sheet.column_name(place), shown(cells[place]))
    about = {"record": TARGETS[target].sheet.name, "field": target} if target in TARGETS else {}
    return Problem(sheet.table.file, sheet.table.name, number, heading, value, fault.message, {**about, **fault.values})
