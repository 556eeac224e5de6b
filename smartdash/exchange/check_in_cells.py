"""The cells of a filled list of check-ins: which column is meant, which rows say something, and where a fault is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from smartdash.exchange.check_in_list import ASKED, IMPEDIMENT, KEY, NEW_IMPEDIMENT, declared, headings, new_column
from smartdash.exchange.columns import RawColumn, RawSheet
from smartdash.exchange.names import plain
from smartdash.exchange.problems import Problem
from smartdash.exchange.tables import Table
from smartdash.exchange.validation import shown
from smartdash.locale import LANGUAGES, Language
from smartdash.model.declare import Record

NEEDED = (KEY, "reported_on", "confidence")
"""The columns that no list can do without."""

_SAYING = frozenset(
    {*ASKED, IMPEDIMENT, *map(new_column, NEW_IMPEDIMENT)} - {"reported_on", "number"},
)
"""A row that is filled in none of these was left as it was handed out."""


@dataclass(frozen=True, slots=True)
class FilledList:
    """A sheet whose row `top` (from 0) holds the headings `shown`; `names` are the columns that they stand for."""

    table: Table
    top: int
    shown: Sequence[str]
    names: Sequence[str | None]

    def cell(self, row: int, name: str) -> Any:
        """The content of a cell, "" where it is empty or the list has no such column; rows count from 0."""
        if name not in self.names:
            return ""
        cells, place = self.table.rows[row], self.names.index(name)
        cell = cells[place] if place < len(cells) else ""
        if isinstance(cell, float) and cell.is_integer():
            return int(cell)  # a spreadsheet keeps 11 as 11.0, which no message should quote
        return cell.strip() if isinstance(cell, str) else cell

    def rows(self) -> tuple[list[int], int]:
        """The rows that say something, and how many were left empty."""
        filled = [row for row in range(self.top + 1, len(self.table.rows)) if self._says(row) or self.cell(row, KEY)]
        saying = [row for row in filled if self._says(row)]
        return saying, len(filled) - len(saying)

    def _says(self, row: int) -> bool:
        broken = {self.names[place] for at, place in self.table.broken if at == row and place < len(self.names)}
        return any(self.cell(row, name) != "" for name in _SAYING) or bool(broken & _SAYING)

    def column(self, record: type[Record], field: str, name: str, rows: Sequence[int]) -> RawColumn:
        """The cells of a column in some rows as those of a record's field."""
        place = self.names.index(name)
        broken = {
            index: self.table.broken[row, place] for index, row in enumerate(rows) if (row, place) in self.table.broken
        }
        return RawColumn(declared(record, field), self.shown[place], [self.cell(row, name) for row in rows], broken)

    def raw(self, record: type[Record], rows: Sequence[int], columns: Iterable[RawColumn]) -> RawSheet:
        """Columns of some rows as the sheet of a record type."""
        return RawSheet(record, self.table.file, self.table.name, [row + 1 for row in rows], tuple(columns))

    def problem(
        self, row: int, name: str, message: str, values: Mapping[str, str] | None = None, *, lang: Language
    ) -> Problem:
        """A fault at a column of a row, with the heading and the text that the file has there."""
        heading = self.shown[self.names.index(name)] if name in self.names else headings(lang)[name]
        value = shown(self.cell(row, name))
        return Problem(self.table.file, self.table.name, row + 1, heading, value, message, values or {})

    def heading_problems(self) -> list[Problem]:
        """Filled columns that nobody knows, and columns that are there twice."""
        found = []
        for place, (heading, name) in enumerate(zip(self.shown, self.names, strict=True)):
            cells = [row[place] for row in self.table.rows[self.top + 1 :] if place < len(row)]
            values: dict[str, str] = {}
            if name is not None and name in self.names[:place]:
                message, values = "exchange.heading_twice", {"first": self.shown[self.names.index(name)]}
            elif name is None and any(str(cell).strip() for cell in cells):
                message = "check_in_bulk.unknown_column"
            else:
                continue
            found.append(Problem(self.table.file, self.table.name, self.top + 1, heading, heading, message, values))
        return found


def filled_lists(tables: Iterable[Table]) -> list[FilledList]:
    """The sheets that have the headings of a list of check-ins, in German or English."""
    known = {plain(heading): name for lang in LANGUAGES for name, heading in headings(lang).items()}
    found = []
    for table in tables:
        for top, row in enumerate(table.rows):
            names = [known.get(plain(str(cell))) for cell in row]
            if set(NEEDED) <= set(names):
                found.append(FilledList(table, top, [str(cell).strip() for cell in row], names))
                break
    return found
