"""From a table to columns: which record type, which heading means which field, which rows hold something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from smartdash.exchange.names import headings, match_headings, record_of, sheet_names
from smartdash.exchange.problems import Fault, Problem, nearest
from smartdash.exchange.tables import Table
from smartdash.exchange.workbooks import column_letters
from smartdash.model.declare import DeclaredField, Record, fields


@dataclass(frozen=True, slots=True)
class RawColumn:
    """The cells of one field, without the empty rows; `broken` are the faults by index that reading found."""

    field: DeclaredField
    heading: str
    cells: Sequence[Any]
    broken: dict[int, Fault]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """The columns of one record type as the file has them; `rows` are the row numbers a user sees."""

    record: type[Record]
    file: str
    name: str
    rows: Sequence[int]
    columns: tuple[RawColumn, ...]


def understand(table: Table) -> tuple[RawSheet | None, list[Problem]]:
    """Return the columns of a table, or None with the problems that keep it from being read."""
    top = next((index for index, row in enumerate(table.rows) if filled(row)), None)
    record = record_of(table.name)
    if record is None:
        return None, [] if top is None else [_unknown_sheet(table)]
    if top is None:
        return None, []
    if top in table.merged_rows:
        return None, [Problem(table.file, table.name, top + 1, "", "", "exchange.merged_heading")]
    shown = [str(cell).strip() for cell in table.rows[top]]
    found = match_headings(record, shown)
    if not any(found):
        values = {"record": record.sheet.name}
        return None, [
            Problem(table.file, table.name, top + 1, "", " | ".join(shown)[:100], "exchange.no_heading", values)
        ]
    return _raw_sheet(table, record, top, shown, found)


def _raw_sheet(
    table: Table, record: type[Record], top: int, shown: list[str], found: list[DeclaredField | None]
) -> tuple[RawSheet, list[Problem]]:
    width = len(shown)
    positions = [index for index in range(top + 1, len(table.rows)) if filled(table.rows[index])]
    at_index = {position: index for index, position in enumerate(positions)} if table.broken else {}
    problems = _long_rows(table, positions, width)
    rows = [table.rows[position] for position in positions]
    if any(len(row) != width for row in rows):
        rows = [(row + [""] * width)[:width] for row in rows]
    cells = list(zip(*rows, strict=True)) if rows else [()] * width
    problems += _heading_problems(table, record, top, shown, found, cells)
    columns = []
    for place, (one, heading) in enumerate(zip(found, shown, strict=True)):
        if one is not None and one not in found[:place]:
            broken = {
                at_index[row]: fault
                for (row, column), fault in table.broken.items()
                if column == place and row in at_index
            }
            columns.append(RawColumn(one, heading, cells[place], broken))
    return RawSheet(record, table.file, table.name, [position + 1 for position in positions], tuple(columns)), problems


def filled(row: Sequence[Any]) -> bool:
    """Whether any cell of a row holds more than blanks."""
    # A loop, since this runs for every row of a file; most rows end at their first cell.
    for cell in row:  # noqa: SIM110
        if cell != "" and (type(cell) is not str or not cell.isspace()):
            return True
    return False


def _unknown_sheet(table: Table) -> Problem:
    guess = nearest(table.name, sheet_names())
    if guess is None:
        return Problem(table.file, table.name, None, "", table.name, "exchange.unknown_sheet")
    return Problem(table.file, table.name, None, "", table.name, "exchange.unknown_sheet_near", {"nearest": guess})


def _long_rows(table: Table, positions: list[int], width: int) -> list[Problem]:
    return [
        Problem(table.file, table.name, position + 1, "", "", "exchange.too_many_cells", {"width": str(width)})
        for position in positions
        if len(table.rows[position]) > width and filled(table.rows[position][width:])
    ]


def _heading_problems(
    table: Table,
    record: type[Record],
    top: int,
    shown: list[str],
    found: list[DeclaredField | None],
    cells: list[Any],
) -> list[Problem]:
    faults: list[tuple[str, str, str, dict[str, str]]] = []
    name = record.sheet.name
    for place, (heading, one) in enumerate(zip(shown, found, strict=True)):
        if not heading:
            if filled(cells[place]):
                faults.append((column_letters(place), "", "exchange.heading_missing", {}))
        elif one is None:
            guess = nearest(heading, headings(record))
            values = {"record": name} | ({} if guess is None else {"nearest": guess})
            faults.append((heading, heading, f"exchange.unknown_column{'' if guess is None else '_near'}", values))
        elif one in found[:place]:
            first = shown[found.index(one)]
            faults.append((heading, heading, "exchange.heading_twice", {"first": first}))
    if any(filled(column) for column in cells):
        faults += [
            ("", "", "exchange.missing_column", {"record": name, "field": one.name})
            for one in fields(record)
            if one.required and one not in found and not (one.name == "key" and record.sheet.key_from)
        ]
    return [
        Problem(table.file, table.name, top + 1, column, value, message, values)
        for column, value, message, values in faults
    ]
