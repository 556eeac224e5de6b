"""The cells of a filled answer sheet: whose it is, where its answers stand, and what is wrong with its layout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from smartdash.exchange.answer_sheet import ASKED, FILLED_ON, IDENTITY, headings, identity_labels
from smartdash.exchange.columns import RawColumn
from smartdash.exchange.names import plain
from smartdash.exchange.problems import Fault, Problem
from smartdash.exchange.tables import Table
from smartdash.exchange.validation import shown
from smartdash.locale import LANGUAGES
from smartdash.model.declare import DeclaredField

_NEEDED = frozenset({"criterion", *ASKED} - {"value"})
_MOST_ABOVE = 50
"""So many rows at the most stand above the headings; no sheet of ours has more than a few."""


def content(table: Table, row: int, place: int) -> Any:
    """The content of a cell, "" where there is none; row and place count from 0."""
    cells = table.rows[row]
    cell = cells[place] if place < len(cells) else ""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)  # a spreadsheet keeps 3 as 3.0, which no message should quote
    return cell.strip() if isinstance(cell, str) else cell


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the first worksheet: where it stands, its label there, and what stands beside it."""

    table: Table
    row: int
    label: str

    @property
    def value(self) -> Any:
        """What stands beside the label."""
        return content(self.table, self.row, 1)

    def column(self, field: DeclaredField) -> RawColumn:
        """The line as a column of one cell."""
        fault = self.table.broken.get((self.row, 1))
        return RawColumn(field, self.label, [self.value], {} if fault is None else {0: fault})

    def problem(self, message: str, values: Mapping[str, str]) -> Problem:
        """A fault of this line."""
        return Problem(self.table.file, self.table.name, self.row + 1, self.label, shown(self.value), message, values)


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A sheet whose row `top` (from 0) holds the headings `shown`, which stand for the columns `names`.

    `lines` say whose it is, by name.
    """

    lines: Mapping[str, Line]
    table: Table
    top: int
    shown: Sequence[str]
    names: Sequence[str | None]

    def heading(self, name: str) -> str:
        """The heading of a column as the file has it, empty where it has none."""
        return self.shown[self.names.index(name)] if name in self.names else ""

    def cell(self, row: int, name: str) -> Any:
        """The content of a cell, "" where it is empty or the sheet has no such column."""
        return content(self.table, row, self.names.index(name)) if name in self.names else ""

    def fault(self, row: int, name: str) -> Fault | None:
        """Why a cell has no usable content, where that is so."""
        return self.table.broken.get((row, self.names.index(name))) if name in self.names else None

    def says(self, row: int) -> bool:
        """Whether anything was filled in for an answer."""
        return any(self.cell(row, name) != "" or self.fault(row, name) for name in ASKED)

    def rows(self) -> list[int]:
        """The rows below the headings that name a criterion or hold an answer."""
        below = range(self.top + 1, len(self.table.rows))
        return [row for row in below if self.cell(row, "criterion") != "" or self.says(row)]

    def problem(self, row: int, name: str, message: str, values: Mapping[str, str] | None = None) -> Problem:
        """A fault of a cell, with the heading and the text that the file has there."""
        value = shown(self.cell(row, name))
        return Problem(self.table.file, self.table.name, row + 1, self.heading(name), value, message, values or {})


def filled_sheet(tables: Sequence[Table]) -> FilledSheet:
    """The answer sheet that the tables of a file make, in German or English.

    Raises:
        Fault: the lines that say whose it is, or the rows of the answers, are not there or there twice.
    """
    lines = _lines(tables)
    if not set(IDENTITY) <= set(lines):
        raise Fault("answer_sheet.no_cover")
    found = list(_answers(lines, tables))
    if len(found) != 1:
        raise Fault("answer_sheet.several_answers" if found else "answer_sheet.no_answers")
    return found[0]


def _lines(tables: Iterable[Table]) -> dict[str, Line]:
    """The lines that say whose sheet it is, by name; of two with the same label, the first."""
    known = {plain(label): name for lang in LANGUAGES for name, label in identity_labels(lang).items()}
    found: dict[str, Line] = {}
    for table in tables:
        for row in range(min(len(table.rows), _MOST_ABOVE)):
            label = str(content(table, row, 0))
            name = known.get(plain(label))
            if name is not None and (name == FILLED_ON or content(table, row, 1) != ""):
                found.setdefault(name, Line(table, row, label))
        if set(IDENTITY) <= set(found):
            return found
        found.clear()
    return found


def _answers(lines: Mapping[str, Line], tables: Iterable[Table]) -> Iterable[FilledSheet]:
    known = {plain(heading): name for lang in LANGUAGES for name, heading in headings(lang).items()}
    for table in tables:
        for top, row in enumerate(table.rows[:_MOST_ABOVE]):
            names = [known.get(plain(str(cell))) for cell in row]
            if set(names) >= _NEEDED:
                yield FilledSheet(lines, table, top, [str(cell).strip() for cell in row], names)
                break
