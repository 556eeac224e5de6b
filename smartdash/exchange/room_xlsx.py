"""How far the sheets of an .xlsx file reach, read in pieces and without trusting what the file says of itself."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import IO
from xml.parsers import expat

import numpy as np
import numpy.typing as npt
from openpyxl.utils import column_index_from_string

from smartdash.exchange.problems import Fault
from smartdash.exchange.room import Place, Room, parser

_SHEET = b"sheetData"
_PIECE = 1_000_000
_REACH = 24
"""Bytes looked at behind a name of an element: more than a whole reference."""
_DIMENSION = re.compile(rb'<dimension ref="[A-Z]+[0-9]+:([A-Z]+[0-9]+)"')
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_BEYOND = (10_000_000, 20_000)
"""Where a cell is put whose reference is longer than any sheet."""

_LETTER = np.zeros(256, np.int64)
_LETTER[65:91] = _LETTER[97:123] = np.arange(1, 27)
_DIGIT = np.full(256, -1, np.int64)
_DIGIT[48:58] = np.arange(10)
_ENDS_NAME = np.zeros(256, bool)
_ENDS_NAME[list(b" \t\r\n/>")] = True
_QUOTE = ord('"')


def xlsx_rooms(archive: zipfile.ZipFile) -> Iterator[Room]:
    """How far each sheet reaches; every part is looked at, since any of them may be named as a sheet.

    Raises:
        Fault: a sheet is no XML.
    """
    for info in archive.infolist():
        with archive.open(info) as part:
            room = _usual(part)
        if room is None:
            with archive.open(info) as part:
                room = _unusual(part)
        if room != Room():
            yield room


def _usual(part: IO[bytes]) -> Room | None:
    """The room of a sheet whose every cell begins with its place, as all programs write it; None for any other."""
    room, rest, is_sheet, piece = Room(), b"", False, b" "
    while piece:
        piece = part.read(_PIECE)
        block = rest + (piece or b" " * _REACH)
        if not is_sheet and _SHEET in block:
            is_sheet, room = True, Room(claimed=_claimed(block))
        found = _reach(block, room) if is_sheet else room
        if found is None:
            return None
        room, rest = found, block[-_REACH:]
    return room


def _claimed(block: bytes) -> Place:
    found = _DIMENSION.search(block)
    return _placed(found[1].decode()) if found else (0, 0)


def _reach(block: bytes, before: Room) -> Room | None:
    """The room after the cells of a block but those in its last bytes; None where one is written in another way."""
    text = np.frombuffer(block, np.uint8)
    at = np.flatnonzero(text[1 : 1 - _REACH] == ord("c")) + 1
    opens = text[at - 1]
    at = at[((opens == ord("<")) | (opens == ord(":"))) & _ENDS_NAME[text[at + 1]]]
    if not at.size:
        return before
    for place, expected in enumerate(b' r="', 1):
        if (text[at + place] != expected).any():
            return None
    places = _places(text, at + 5)
    if places is None:
        return None
    rows, columns = places
    low, right = int(rows.argmax()), int(columns.argmax())
    return Room(
        max(before.lowest, (int(rows[low]), int(columns[low]))),
        max(before.rightmost, (int(rows[right]), int(columns[right])), key=lambda place: place[1]),
        before.cells + at.size,
        before.claimed,
    )


def _places(text: npt.NDArray[np.uint8], at: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], ...] | None:
    """Rows and columns of the references that begin at `at`; None where one is no reference."""
    columns = _LETTER[text[at]]
    if not columns.all():
        return None
    at = at + 1
    for _ in range(2):
        letter = _LETTER[text[at]]
        columns = np.where(letter > 0, columns * 26 + letter, columns)
        at = at + (letter > 0)
    rows = np.zeros_like(columns)
    for _ in range(7):
        digit = _DIGIT[text[at]]
        rows = np.where(digit >= 0, rows * 10 + digit, rows)
        at = at + (digit >= 0)
    return (rows, columns) if (text[at] == _QUOTE).all() else None


def _unusual(part: IO[bytes]) -> Room:
    """The room of any sheet, with a parser: cells and rows may have no place and follow on the one before."""
    row = column = 0
    lowest: Place = (0, 0)
    rightmost: Place = (0, 0)
    cells = 0

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal row, column, lowest, rightmost, cells
        kind, place = name.split(":", 1)[-1], attributes.get("r")
        if kind == "row" and place is not None:
            row = int(place) - 1 if re.fullmatch("[0-9]{1,7}", place) else _BEYOND[0]
        elif kind == "c":
            at = (row + 1, column + 1) if place is None else _placed(place)
            column = at[1]
            lowest, rightmost = max(lowest, at), max(rightmost, at, key=lambda one: one[1])
            cells += 1

    def end(name: str) -> None:
        nonlocal row, column
        if name.split(":", 1)[-1] == "row":
            row, column = row + 1, 0

    reading = parser()
    reading.StartElementHandler, reading.EndElementHandler = start, end
    try:
        reading.ParseFile(part)
    except (expat.ExpatError, LookupError):  # the latter for an encoding that nobody knows
        raise Fault("exchange.damaged_workbook") from None
    return Room(lowest, rightmost, cells)


def _placed(reference: str) -> Place:
    found = _REFERENCE.fullmatch(reference)
    return (int(found[2]), column_index_from_string(found[1])) if found else _BEYOND
