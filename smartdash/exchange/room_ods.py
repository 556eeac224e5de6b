"""How far the sheets of an OpenDocument file reach: one element may stand for many cells or rows."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from typing import IO
from xml.parsers import expat

from smartdash.exchange.problems import Fault
from smartdash.exchange.room import Room, parser

_CELLS = ("table:table-cell", "table:covered-table-cell")
_COLUMNS = "table:number-columns-repeated"
_SAYS = re.compile("office:|table:formula")
"""How the attributes begin that give a cell a content."""
_COUNT = re.compile("[0-9]{1,9}")
_BEYOND = 10**9
"""What is taken for a count that is none or longer than any sheet."""


def ods_rooms(archive: zipfile.ZipFile) -> list[Room]:
    """How far each sheet reaches.

    Raises:
        Fault: the content is no XML, or has a table in a cell.
    """
    rooms: list[Room] = []
    for info in archive.infolist():
        if info.filename.lower() == "content.xml":
            with archive.open(info) as part:
                rooms += _Tables().read(part)
    return rooms


class _Tables:
    """Counts the cells of each table while its elements pass by.

    Empty cells and rows count only where others follow: programs fill a sheet up with them to its last possible row.
    """

    def __init__(self) -> None:
        self.rooms: list[Room] = []
        self.rows = self.columns = self.cells = self.repeated = 0
        self.row_times = self.column = self.cell_times = self.began = self.waiting_rows = self.waiting_cells = 0
        self.in_cell = self.full_row = self.full_cell = False

    def read(self, part: IO[bytes]) -> list[Room]:
        self.parser = parser()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self.start, self.end
        try:
            self.parser.ParseFile(part)
        except (expat.ExpatError, LookupError):  # the latter for an encoding that nobody knows
            raise Fault("exchange.damaged_workbook") from None
        return self.rooms

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "text:p":  # the most frequent one, of which nothing is needed
            return
        if name in _CELLS:
            self.refuse_nested()
            self.cell_times = _count(attributes, _COLUMNS) if _COLUMNS in attributes else 1
            self.full_cell = "office:value-type" in attributes or any(map(_SAYS.match, attributes))
            # A reader makes room for empty cells as soon as any other follows.
            self.column += self.waiting_cells
            self.waiting_cells = 0 if self.full_cell else self.cell_times
            self.in_cell = True
            if self.cell_times > 1 or self.row_times > 1:
                self.began = self.parser.CurrentByteIndex
        elif name == "table:table-row":
            self.refuse_nested()
            self.row_times = _count(attributes, "table:number-rows-repeated")
            self.column = self.waiting_cells = 0
            self.full_row = False
        elif name == "table:table":
            self.refuse_nested()
            self.rows = self.columns = self.cells = self.repeated = self.waiting_rows = 0
        elif name == "text:s":
            self.repeated += _count(attributes, "text:c") * self.cell_times * self.row_times

    def end(self, name: str) -> None:
        if name == "text:p":
            return
        if name in _CELLS:
            self.in_cell = False
            if self.full_cell:
                self.column += self.cell_times
                self.columns = max(self.columns, self.column)
                self.full_row = True
                if self.cell_times > 1 or self.row_times > 1:
                    size = self.parser.CurrentByteIndex - self.began
                    self.repeated += self.cell_times * self.row_times * size
        elif name == "table:table-row":
            self.cells += self.column
            self.waiting_rows += self.row_times
            if self.full_row:
                self.cells += self.column * (self.row_times - 1)
                self.rows += self.waiting_rows
                self.waiting_rows = 0
        elif name == "table:table":
            last = (self.rows, self.columns)
            self.rooms.append(Room(last, last, self.cells, repeated=self.repeated))

    def refuse_nested(self) -> None:
        if self.in_cell:
            raise Fault("exchange.damaged_workbook")


def _count(attributes: Mapping[str, str], name: str) -> int:
    told = attributes.get(name, "1")
    return int(told) if _COUNT.fullmatch(told) else _BEYOND
