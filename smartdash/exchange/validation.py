"""From columns to valid records: cells are converted, rows checked by the model, keys made and compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from smartdash.exchange.cells import convert
from smartdash.exchange.columns import RawColumn, RawSheet
from smartdash.exchange.problems import Fault, Problem
from smartdash.locale.texts import shortened
from smartdash.model.columns import RecordColumns
from smartdash.model.declare import TIME_PATTERN, Record, natural_key

_MESSAGES = {
    "string_too_long": ("exchange.too_long", "max_length"),
    "greater_than_equal": ("exchange.at_least", "ge"),
    "greater_than": ("exchange.more_than", "gt"),
    "less_than_equal": ("exchange.at_most", "le"),
    "less_than": ("exchange.less_than", "lt"),
    "decimal_max_places": ("exchange.too_many_decimals", "decimal_places"),
    "decimal_max_digits": ("exchange.too_large", ""),
    "decimal_whole_digits": ("exchange.too_large", ""),
    "string_pattern_mismatch": ("exchange.bad_signs", ""),
}
_BETWEEN_FIELDS = frozenset(
    {
        "end_before_start",
        "yellow_needs_measure",
        "red_needs_decision",
        "change_needs_values",
        "target_is_baseline",
        "band_needs_limits",
        "band_upside_down",
        "milestone_needs_date",
        "levels_upside_down",
        "level_with_answer",
        "rejection_needs_reason",
        "consideration_needs_reason",
        "report_on_two",
        "zones_need_texts",
        "value_and_zone",
        "score_needs_cause",
        "review_needs_reason",
        "level_event_needs_level",
        "step_event_needs_step",
        "reverses_itself",
        "carried_backwards",
        "transfer_leads_nowhere",
        "forecast_amount",
        "drawdown_needs_day",
        "parameter_value_or_day",
        "anchors_upside_down",
        "indicator_needs_anchors",
    }
)
"""Rules of the model that compare fields of one row; each is a message "exchange.<name>"."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One sheet after its cells are read: values by field, keys by row, the faulty cells, and the valid records.

    `records` is empty where the sheet has problems.
    """

    raw: RawSheet
    values: Mapping[str, list[Any]]
    keys: Sequence[str | None]
    faulty: frozenset[tuple[int, str]]
    records: Sequence[Record]

    def problem(self, index: int, field: str, message: str, values: Mapping[str, str]) -> Problem:
        """Return a problem at a field of a row, with the heading and the text that the file has there."""
        column = next((one for one in self.raw.columns if one.field.name == field), None)
        more = {"record": self.raw.record.sheet.name, "field": field, **values}
        heading = column.heading if column else ""
        value = shown(column.cells[index]) if column else ""
        return Problem(self.raw.file, self.raw.name, self.raw.rows[index], heading, value, message, more)


def shown(cell: Any) -> str:
    """Return a cell's content as a message quotes it: dates as 31.12.2024, long texts cut."""
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y")
    return shortened(str(cell).strip(), 80)


def check(raw: RawSheet, programme: str) -> tuple[Checked, list[Problem]]:
    """Return the checked sheet and its problems; rows are checked even where others are wrong, so all are listed."""
    values, faults = _converted(raw)
    keys = _keys(raw.record, values, len(raw.rows))
    filled = {name: column for name, column in values.items() if name != "key" and column.count(None) < len(column)}
    records, errors = _validated(raw.record, programme, {**filled, "key": keys})
    checked = Checked(raw, values, keys, frozenset(faults), records)
    found = [checked.problem(index, name, fault.message, fault.values) for (index, name), fault in faults.items()]
    found += _row_problems(checked, errors)
    found += _duplicates(checked)
    return (checked if not found else Checked(raw, values, keys, checked.faulty, [])), found


def _validated(
    record: type[Record], programme: str, columns: Mapping[str, Sequence[Any]]
) -> tuple[Sequence[Record], list[ErrorDetails]]:
    """The records that the columns make, or the errors by row and field.

    Where no rule of the model compares fields of a row, whole columns are checked, which is several times as fast.
    """
    whole = None if _compares_fields(record) else _whole_columns(record, columns)
    if whole is not None:
        return RecordColumns(record, programme, whole), []
    names = ["programme", *columns]
    rows = (dict(zip(names, (programme, *row), strict=True)) for row in zip(*columns.values(), strict=True))
    try:
        return _adapter(record).validate_python(rows), []
    except ValidationError as error:
        return [], error.errors(include_url=False, include_input=False)


def _whole_columns(record: type[Record], columns: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]] | None:
    """The checked columns; None where a value is wrong, since only rows tell which, and what else is."""
    try:
        return {name: _column_adapter(record, name).validate_python(cells) for name, cells in columns.items()}
    except ValidationError:
        return None


def _compares_fields(record: type[Record]) -> bool:
    return any(rule.info.mode == "after" for rule in record.__pydantic_decorators__.model_validators.values())


@cache
def _adapter(record: type[Record]) -> TypeAdapter[list[Record]]:
    return TypeAdapter(list[record])  # type: ignore[valid-type]


@cache
def _column_adapter(record: type[Record], name: str) -> TypeAdapter[list[Any]]:
    kind = get_type_hints(record, include_extras=True)[name]
    return TypeAdapter(list[kind], config=ConfigDict(str_strip_whitespace=True))  # type: ignore[valid-type]


def _converted(raw: RawSheet) -> tuple[dict[str, list[Any]], dict[tuple[int, str], Fault]]:
    values: dict[str, list[Any]] = {}
    faults: dict[tuple[int, str], Fault] = {}
    for column in raw.columns:
        name = column.field.name
        values[name], wrong = convert(column.field, column.cells)
        wrong |= column.broken
        if None in values[name]:
            wrong = _filled_up(raw.record, column, values[name]) | wrong
        faults |= {(index, name): fault for index, fault in wrong.items()}
    return values, faults


def _filled_up(record: type[Record], column: RawColumn, values: list[Any]) -> dict[int, Fault]:
    """Put the default into empty cells; return the faults of those that must not be empty."""
    one = column.field
    empty = [index for index, value in enumerate(values) if value is None]
    if one.required:
        made = one.name == "key" and bool(record.sheet.key_from)
        return {} if made else {index: Fault("exchange.required") for index in empty}
    if one.default is not None:
        for index in empty:
            values[index] = one.default
    return {}


def _keys(record: type[Record], values: Mapping[str, list[Any]], count: int) -> list[str | None]:
    given = values.get("key", [None] * count)
    parts = [name for name in record.sheet.key_from if name in values]
    if not parts or None not in given:
        return given
    rows = zip(*(values[name] for name in parts), strict=True)
    return [
        key or natural_key(tuple(parts), dict(zip(parts, row, strict=True))) or None
        for key, row in zip(given, rows, strict=True)
    ]


def _row_problems(checked: Checked, errors: Sequence[ErrorDetails]) -> list[Problem]:
    faulty_rows = {index for index, _ in checked.faulty}
    wrong_rows = faulty_rows | {int(error["loc"][0]) for error in errors if error["loc"][1:] != ("key",)}
    problems = []
    for error in errors:
        index = int(error["loc"][0])
        context = error.get("ctx", {})
        field = str(context["field"]) if error["type"] in _BETWEEN_FIELDS else str(error["loc"][1])
        # A key made of wrong parts is wrong itself, but nobody has to correct it.
        made_key = field == "key" and index in wrong_rows and not _is_given(checked, index)
        if (index, field) in checked.faulty or made_key or (error["type"] in _BETWEEN_FIELDS and index in faulty_rows):
            continue
        # A rule that compares fields may blame one that the file has no column for.
        if field in checked.values or field == "key" or error["type"] in _BETWEEN_FIELDS:
            problems.append(_row_problem(checked, index, field, error))
    return problems


def _is_given(checked: Checked, index: int) -> bool:
    return "key" in checked.values and bool(checked.values["key"][index])


def _row_problem(checked: Checked, index: int, field: str, error: ErrorDetails) -> Problem:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "string_pattern_mismatch" and field == "key":
        return checked.problem(index, field, "exchange.bad_key", {"key": checked.keys[index] or ""})
    if kind == "string_pattern_mismatch" and context.get("pattern") == TIME_PATTERN:
        return checked.problem(index, field, "exchange.no_time", {})
    fault = fault_of(error)
    return checked.problem(index, field, fault.message, fault.values)


def fault_of(error: ErrorDetails) -> Fault:
    """What a rule of the model says about a value, or about the fields of one row together."""
    if error["type"] in _BETWEEN_FIELDS:
        return Fault(f"exchange.{error['type']}")
    message, limit = _MESSAGES.get(error["type"], ("exchange.invalid", ""))
    return Fault(message, **({"limit": str(error.get("ctx", {})[limit])} if limit else {}))


def _duplicates(checked: Checked) -> list[Problem]:
    keys = [key for key in checked.keys if key is not None]
    if len(set(keys)) == len(keys):
        return []
    first: dict[str, int] = {}
    problems = []
    for index, key in enumerate(checked.keys):
        if key is not None and first.setdefault(key, index) != index:
            values = {"key": key, "first": str(checked.raw.rows[first[key]])}
            problems.append(checked.problem(index, "key", "exchange.key_twice", values))
    return problems
