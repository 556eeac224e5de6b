"""How far the sheets of a workbook reach: a reader makes room for every cell up to the last one."""

from __future__ import annotations

from dataclasses import dataclass
from xml.parsers import expat

from smartdash.exchange.problems import Fault

Place = tuple[int, int]
"""Row and column of a cell, both from 1."""


@dataclass(frozen=True, slots=True)
class Room:
    """How far a sheet reaches: its lowest and its rightmost cell, and how many cells it has.

    `claimed` is the last cell that the sheet says it has, whatever it has. `repeated` are
    the bytes of texts that a format stores once for many cells, as often as a reader copies them.
    """

    lowest: Place = (0, 0)
    rightmost: Place = (0, 0)
    cells: int = 0
    claimed: Place = (0, 0)
    repeated: int = 0

    @property
    def rows(self) -> int:
        """The last row, from 1."""
        return self.lowest[0]

    @property
    def area(self) -> int:
        """All cells up to the last row and column, also where nothing stands."""
        return self.lowest[0] * self.rightmost[1]

    @property
    def farthest(self) -> Place:
        """The cell that makes the sheet as large as it is."""
        return max(self.lowest, self.rightmost, key=lambda place: place[0] * place[1])


def parser() -> expat.XMLParserType:
    """A parser that keeps nothing; it refuses a document type, as entities could expand without end."""

    def refuse(*_: object) -> None:
        raise Fault("exchange.damaged_workbook")

    made = expat.ParserCreate()
    made.StartDoctypeDeclHandler = refuse
    return made
