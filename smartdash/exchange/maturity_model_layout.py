"""A maturity model in two tables, one row per level of a dimension and one per criterion, turned into sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from smartdash.exchange.cells import convert
from smartdash.exchange.columns import RawColumn, RawSheet, filled
from smartdash.exchange.names import plain
from smartdash.exchange.problems import Note, Problem
from smartdash.exchange.tables import Table
from smartdash.exchange.validation import shown
from smartdash.model.declare import Record, fields
from smartdash.model.maturity import Criterion, Dimension, LevelDescriptor, MaturityModel

_MODEL = {"model_id": "key", "model_version": "version", "model_de": "title_de", "model_en": "title_en"} | {
    name: name for name in ("lowest", "highest", "licence", "validated")
}
_DIMENSION = {
    "dimension_id": "key",
    "dimension_de": "title_de",
    "dimension_en": "title_en",
    "dimension_weight": "weight",
    "inspired_by": "inspired_by",
}
_LEVEL = {
    "dimension_id": "dimension",
    "criterion_id": "criterion",
    "level": "level",
    "level_name_de": "name_de",
    "level_name_en": "name_en",
    "descriptor_de": "text_de",
    "descriptor_en": "text_en",
}
_CRITERION = {
    "dimension_id": "dimension",
    "criterion_id": "key",
    "criterion_de": "title_de",
    "criterion_en": "title_en",
    "weight": "weight",
    "question_de": "question_de",
    "question_en": "question_en",
    "evidence_hint_de": "evidence_hint",
    "na_allowed": "may_not_apply",
    "kind": "kind",
    "measured_in": "measured_in",
    "anchor_low": "anchor_low",
    "anchor_high": "anchor_high",
    "higher_is_better": "higher_is_better",
}
LEVEL_HEADINGS = tuple(dict.fromkeys((*_MODEL, *_DIMENSION, *_LEVEL)))
CRITERION_HEADINGS = ("model_id", "model_version", *_CRITERION)
_NEEDED = {True: ("model_id", "model_version", "dimension_id", "level"), False: ("dimension_id", "criterion_id")}


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a table that hold something, with the place of each heading."""

    table: Table
    top: int
    places: Mapping[str, int]
    rows: tuple[int, ...]

    def cell(self, row: int, heading: str) -> Any:
        line, place = self.table.rows[row], self.places.get(heading)
        return line[place] if place is not None and place < len(line) else ""

    def problem(self, row: int, heading: str, message: str, **values: str) -> Problem:
        value = shown(self.cell(row, heading))
        return Problem(self.table.file, self.table.name, row + 1, heading, value, message, values)

    def sheet(self, record: type[Record], names: Mapping[str, str], rows: Sequence[int]) -> RawSheet:
        """The columns that `names` maps to fields of a record type, of some rows."""
        declared = {one.name: one for one in fields(record)}
        columns = []
        for heading, name in names.items():
            if (place := self.places.get(heading)) is not None:
                faults = self.table.broken
                broken = {index: faults[row, place] for index, row in enumerate(rows) if (row, place) in faults}
                cells = [self.cell(row, heading) for row in rows]
                columns.append(RawColumn(declared[name], heading, cells, broken))
        return RawSheet(record, self.table.file, self.table.name, [row + 1 for row in rows], tuple(columns))


def in_two_tables(tables: Sequence[Table]) -> bool:
    """Whether a table is one of this layout: it names a dimension, and a level or a criterion, by their headings."""
    return any(_is_levels(table) is not None for table in tables)


def sheets_of(tables: Sequence[Table]) -> tuple[dict[str, RawSheet], list[Problem], list[Note]]:
    """The sheets that the tables mean, or the problems that keep them from being understood.

    Where the model's title is not given, its key stands for it; where its scale is not given, it reaches from the
    lowest to the highest level that is described; the notes say so.
    """
    problems: list[Problem] = []
    found: dict[bool, _Rows] = {}
    for table in tables:
        levels = _is_levels(table)
        if levels is None:
            problems.append(Problem(table.file, table.name, None, "", table.name, "maturity_model.foreign_table"))
        elif levels in found:
            first = {"first": found[levels].table.file}
            problems.append(Problem(table.file, table.name, None, "", "", "maturity_model.table_twice", first))
        else:
            found[levels] = _rows(table)
            problems += _heading_problems(found[levels], levels)
    if problems:
        return {}, problems, []
    sheets: dict[str, RawSheet] = {}
    notes: list[Note] = []
    if (levels_table := found.get(True)) and levels_table.rows:
        problems += _other_models(levels_table) + _other_dimensions(levels_table)
        sheets, notes = _level_sheets(levels_table)
    if criteria := found.get(False):
        sheets[Criterion.sheet.name] = criteria.sheet(Criterion, _CRITERION, criteria.rows)
    return sheets, problems, notes


def _is_levels(table: Table) -> bool | None:
    """True for the table of levels, False for that of criteria, None for any other."""
    names = set(_rows(table).places)
    if "dimension_id" not in names or not names & {"level", "criterion_id"}:
        return None
    return "level" in names


def _rows(table: Table) -> _Rows:
    found = [index for index, row in enumerate(table.rows) if filled(row)]
    if not found:
        return _Rows(table, 0, {}, ())
    known = {plain(name): name for name in (*LEVEL_HEADINGS, *CRITERION_HEADINGS)}
    headings = [str(cell).strip() for cell in table.rows[found[0]]]
    places = {known.get(plain(heading), heading): place for place, heading in reversed(list(enumerate(headings)))}
    return _Rows(table, found[0], places, tuple(found[1:]))


def _heading_problems(rows: _Rows, levels: bool) -> list[Problem]:
    table, allowed = rows.table, LEVEL_HEADINGS if levels else CRITERION_HEADINGS
    columns = {"columns": ", ".join(allowed)}
    unknown = [
        Problem(table.file, table.name, rows.top + 1, name, name, "maturity_model.unknown_heading", columns)
        for name in rows.places
        if name and name not in allowed
    ]
    missing = [name for name in _NEEDED[levels] if name not in rows.places]
    return unknown + [
        Problem(table.file, table.name, rows.top + 1, "", "", "maturity_model.missing_heading", {"heading": name})
        for name in missing
    ]


def _other_models(rows: _Rows) -> list[Problem]:
    """Rows that belong to another model or version than the first one."""
    return [
        rows.problem(row, heading, "maturity_model.other_model", first=shown(rows.cell(rows.rows[0], heading)))
        for row in rows.rows
        for heading in ("model_id", "model_version")
        if rows.cell(row, heading) != rows.cell(rows.rows[0], heading)
    ]


def _other_dimensions(rows: _Rows) -> list[Problem]:
    """Rows that say something else about their dimension than its first row."""
    first = _first_rows(rows)
    problems = []
    for row in rows.rows:
        start = first[rows.cell(row, "dimension_id")]
        for heading in _DIMENSION:
            cell, there = rows.cell(row, heading), rows.cell(start, heading)
            if filled((cell,)) and cell != there:
                values = {"first": shown(there), "first_row": str(start + 1)}
                problems.append(rows.problem(row, heading, "maturity_model.dimension_differs", **values))
    return problems


def _first_rows(rows: _Rows) -> dict[Any, int]:
    return {rows.cell(row, "dimension_id"): row for row in reversed(rows.rows)}


def _level_sheets(rows: _Rows) -> tuple[dict[str, RawSheet], list[Note]]:
    model, notes = _with_title_and_scale(rows.sheet(MaturityModel, _MODEL, rows.rows[:1]), rows)
    sheets = {
        MaturityModel.sheet.name: model,
        Dimension.sheet.name: rows.sheet(Dimension, _DIMENSION, sorted(_first_rows(rows).values())),
        LevelDescriptor.sheet.name: rows.sheet(LevelDescriptor, _LEVEL, rows.rows),
    }
    return sheets, notes


def _with_title_and_scale(model: RawSheet, rows: _Rows) -> tuple[RawSheet, list[Note]]:
    declared = {one.name: one for one in fields(MaturityModel)}
    given = {column.field.name for column in model.columns if filled(column.cells)}
    made: dict[str, tuple[str, Any]] = {}
    notes = []
    if not {"title_de", "title_en"} & given:
        key = rows.cell(rows.rows[0], "model_id")
        made |= {"title_de": ("model_id", key), "title_en": ("model_id", key)}
        notes.append(Note("maturity_model.title_is_key"))
    level = next(one for one in fields(LevelDescriptor) if one.name == "level")
    levels = [value for value in convert(level, [rows.cell(row, "level") for row in rows.rows])[0] if value is not None]
    if levels and not {"lowest", "highest"} <= given:
        made |= {"lowest": ("level", min(levels)), "highest": ("level", max(levels))}
        notes.append(
            Note("maturity_model.scale_is_described", None, {"lowest": str(min(levels)), "highest": str(max(levels))})
        )
    kept = tuple(column for column in model.columns if column.field.name not in made)
    added = tuple(RawColumn(declared[name], heading, [cell], {}) for name, (heading, cell) in made.items())
    return replace(model, columns=kept + added), notes
