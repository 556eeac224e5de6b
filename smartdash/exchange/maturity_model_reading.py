"""Reading a maturity model from a workbook or tables: the whole model under the keys of its file, or all problems."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from smartdash.analysis.maturity_model_keys import short_key
from smartdash.analysis.maturity_models import WholeModel, local_key, whole_models
from smartdash.exchange.columns import RawColumn, RawSheet, filled, understand
from smartdash.exchange.files import Contents, Upload, load
from smartdash.exchange.maturity_model_layout import in_two_tables, sheets_of
from smartdash.exchange.problems import Note, Problem, capped
from smartdash.exchange.references import check_references
from smartdash.exchange.tables import Table
from smartdash.exchange.validation import Checked, check, shown
from smartdash.model.declare import REFERENCE, Record, fields
from smartdash.model.maturity import Criterion, Dimension, LevelDescriptor, MaturityModel
from smartdash.model.shared import Source
from smartdash.store import Origin

P = TypeVar("P", Dimension, Criterion)

SHEETS: tuple[type[Record], ...] = (MaturityModel, Dimension, Criterion, LevelDescriptor, Source)
"""The sheets of a model's workbook; the source may be missing, it is asked for."""
LONGEST_KEY = 30
"""Keys of dimensions and criteria, so that those made of them stay within what a key may have."""

_BOTH = ("title", "name", "text")
"""Texts that a model has in German and in English."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model as its file has it, with the source that the file names, and the sheets to name rows by.

    The records stand under the reference data's key until it is known where they go.
    """

    origin: Origin
    whole: WholeModel
    source: Source | None
    sheets: Mapping[str, Checked]
    notes: tuple[Note, ...]

    def problem(self, part: Record, field: str, message: str, **values: str) -> Problem:
        """A problem at a field of one of the file's records."""
        sheet = self.sheets[part.sheet.name]
        return sheet.problem(list(sheet.keys).index(part.key), field, message, values)


def read_model(*files: Path | str | Upload) -> tuple[ModelFile | None, tuple[Problem, ...]]:
    """Read one model from its files: a workbook, a zip or folder of tables, or tables one by one.

    Two layouts are understood: sheets as an export has them (model, dimensions, criteria, levels, source), and two
    tables with a row per level of a dimension and a row per criterion. Where a text is given in one language only, it
    stands for the other as well, which a note says.
    """
    contents = [load(file) for file in files]
    name = ", ".join(one.name for one in contents)
    problems = [problem for one in contents for problem in one.problems]
    problems += [Problem(one.name, "", None, "", "", "maturity_model.no_tables") for one in contents if one.documents]
    tables = [table for one in contents for table in one.tables]
    two = in_two_tables(tables)
    sheets, found, notes = sheets_of(tables) if two else (*_understood(tables), [])
    problems += found or (_absent(name, sheets) if not problems else [])
    checked: dict[str, Checked] = {}
    more: list[Note] = []
    if not _absent(name, sheets):  # Rows are checked even where others are wrong, so that all problems are listed.
        sheets, more = _completed(sheets)
        checked, wrong = _checked(sheets)
        problems += wrong
    if problems:
        return None, capped(problems)
    (whole,) = whole_models(*(checked[one.sheet.name].records for one in SHEETS[:4]))  # type: ignore[arg-type]
    source: Any = next(iter(checked[Source.sheet.name].records), None) if Source.sheet.name in checked else None
    return ModelFile(_origin(name, contents), _in_order(whole), source, checked, (*notes, *more)), ()


def _origin(name: str, contents: Sequence[Contents]) -> Origin:
    if len(contents) == 1:
        return Origin(name, contents[0].sha256)
    return Origin(name, hashlib.sha256("".join(one.sha256 for one in contents).encode()).hexdigest())


def _in_order(whole: WholeModel) -> WholeModel:
    """The model with its dimensions and criteria numbered as they stand in the file, where it does not number them."""
    return replace(whole, dimensions=_numbered(whole.dimensions), criteria=_numbered(whole.criteria))


def _numbered(parts: tuple[P, ...]) -> tuple[P, ...]:
    if any(item.order is not None for item in parts):
        return parts
    return tuple(item.model_copy(update={"order": place}) for place, item in enumerate(parts, 1))


def _understood(tables: Sequence[Table]) -> tuple[dict[str, RawSheet], list[Problem]]:
    """The sheets of a model; what can be filled in later is not missing yet."""
    sheets: dict[str, RawSheet] = {}
    problems: list[Problem] = []
    for table in tables:
        sheet, found = understand(table)
        problems += [problem for problem in found if not _comes_later(problem, sheet)]
        if sheet is None:
            continue
        name = sheet.record.sheet.name
        if sheet.record not in SHEETS:
            problems.append(Problem(table.file, table.name, None, "", table.name, "maturity_model.foreign_table"))
        elif name in sheets:
            values = {"first": sheets[name].file, "record": name}
            problems.append(Problem(table.file, table.name, None, "", "", "exchange.sheet_twice", values))
        else:
            sheets[name] = sheet
    return sheets, problems


def _comes_later(problem: Problem, sheet: RawSheet | None) -> bool:
    """Whether a missing column is filled from another one: the other language, the only model, the criterion's."""
    if problem.message != "exchange.missing_column" or sheet is None:
        return False
    name, columns = problem.values["field"], {column.field.name for column in sheet.columns}
    if (sheet.record, name) in ((Dimension, "maturity_model"), (LevelDescriptor, "dimension")):
        return name == "maturity_model" or "criterion" in columns
    return name.endswith(("_de", "_en")) and _other_language(name) in columns


def _other_language(name: str) -> str:
    return name[:-3] + {"_de": "_en", "_en": "_de"}[name[-3:]]


def _absent(file: str, sheets: Mapping[str, RawSheet]) -> list[Problem]:
    """The sheets without which there is no model; and more than one model in a file."""
    model = sheets.get(MaturityModel.sheet.name)
    if model and len(model.rows) > 1:
        return [Problem(model.file, model.name, model.rows[1], "", "", "maturity_model.one_model")]
    return [
        Problem(file, "", None, "", "", "maturity_model.sheet_missing", {"record": record.sheet.name})
        for record in SHEETS[:4]
        if record.sheet.name not in sheets or not sheets[record.sheet.name].rows
    ]


def _completed(sheets: Mapping[str, RawSheet]) -> tuple[dict[str, RawSheet], list[Note]]:
    """The sheets with what the rest of the file says filled in, and how many texts stand for the other language."""
    notes, done = [], {}
    counts = {"_de": 0, "_en": 0}
    for name, sheet in sheets.items():
        for base in _BOTH:
            for ending in counts:
                sheet, count = _from_other(sheet, f"{base}{ending}")
                counts[ending] += count
        done[name] = replace(sheet, columns=tuple(one for one in sheet.columns if one.field.name != "source"))
    dimensions = done["dimension"]
    for column in done["maturity_model"].columns:
        if column.field.name == "key":
            done["dimension"] = _filled_in(dimensions, "maturity_model", [column.cells[0]] * len(dimensions.rows))
    done["level_descriptor"] = _with_dimensions(done["level_descriptor"], done["criterion"])
    notes += [Note(f"maturity_model.taken{ending}", count) for ending, count in counts.items() if count]
    return done, notes


def _from_other(sheet: RawSheet, name: str) -> tuple[RawSheet, int]:
    """The sheet with the texts of a field that are empty taken from the other language, and how many those are."""
    cells = {column.field.name: column for column in sheet.columns}
    other = cells.get(_other_language(name))
    if other is None:
        return sheet, 0
    own = cells[name].cells if name in cells else [""] * len(sheet.rows)
    count = sum(not filled((cell,)) and filled((there,)) for cell, there in zip(own, other.cells, strict=True))
    return _filled_in(sheet, name, other.cells, other.heading), count


def _filled_in(sheet: RawSheet, name: str, values: Sequence[Any], heading: str = "") -> RawSheet:
    """The sheet with the empty cells of a field filled from `values`."""
    column = next((one for one in sheet.columns if one.field.name == name), None)
    if column is None:
        field = next(one for one in fields(sheet.record) if one.name == name)
        return replace(sheet, columns=(*sheet.columns, RawColumn(field, heading, values, {})))
    cells = [cell if filled((cell,)) else value for cell, value in zip(column.cells, values, strict=True)]
    full = replace(column, cells=cells)
    return replace(sheet, columns=tuple(full if one is column else one for one in sheet.columns))


def _with_dimensions(levels: RawSheet, criteria: RawSheet) -> RawSheet:
    """Level texts of a criterion belong to its dimension, also where the row does not name it."""
    columns = {column.field.name: column.cells for column in criteria.columns}
    named = next((column.cells for column in levels.columns if column.field.name == "criterion"), None)
    if named is None or not {"key", "dimension"} <= columns.keys():
        return levels
    home = {shown(key): dimension for key, dimension in zip(columns["key"], columns["dimension"], strict=True)}
    return _filled_in(levels, "dimension", [home.get(shown(cell), "") for cell in named])


def _checked(sheets: Mapping[str, RawSheet]) -> tuple[dict[str, Checked], list[Problem]]:
    checked: dict[str, Checked] = {}
    problems: list[Problem] = []
    for name, raw in sheets.items():
        checked[name], found = check(raw, REFERENCE)
        problems += found
    problems += check_references(checked, REFERENCE, None)
    if problems:
        return {}, problems
    model = checked["maturity_model"].keys[0] or ""
    for name in ("dimension", "criterion"):
        problems += _unfit_keys(checked[name], model)
    problems += _strangers(checked)
    if not problems:
        for sheet in checked.values():
            problems += _twice(sheet, model)
    return checked, problems


def _twice(sheet: Checked, model: str) -> Iterable[Problem]:
    """Rows that stand for the same part as one before them, though their keys differ."""
    first: dict[str, int] = {}
    for index, record in enumerate(sheet.records):
        key = short_key(model, record) if isinstance(record, Dimension | Criterion | LevelDescriptor) else record.key
        if first.setdefault(key, index) != index:
            values = {"key": key, "first": str(sheet.raw.rows[first[key]])}
            yield sheet.problem(index, "key", "exchange.key_twice", values)


def _unfit_keys(sheet: Checked, model: str) -> Iterable[Problem]:
    """Keys that could not be joined with the model's."""
    for index, key in enumerate(sheet.keys):
        short = local_key(model, key or "")
        if "/" in short or len(short) > LONGEST_KEY:
            yield sheet.problem(index, "key", "maturity_model.unfit_key", {"limit": str(LONGEST_KEY)})


def _strangers(checked: Mapping[str, Checked]) -> Iterable[Problem]:
    """Level texts under a dimension that their criterion does not belong to."""
    criteria, levels = checked["criterion"], checked["level_descriptor"]
    home = dict(zip(criteria.keys, criteria.values["dimension"], strict=True))
    named = levels.values.get("criterion", ())
    for index, criterion in enumerate(named):
        if criterion is not None and levels.values["dimension"][index] != home[criterion]:
            values = {"criterion": criterion, "dimension": str(home[criterion])}
            yield levels.problem(index, "dimension", "maturity_model.other_dimension", values)
