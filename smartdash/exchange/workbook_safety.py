"""What is refused of any workbook before a reader makes room for it; every reader of workbooks comes through here."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from smartdash.exchange.problems import Fault
from smartdash.exchange.room import Room
from smartdash.exchange.room_ods import ods_rooms
from smartdash.exchange.room_texts import copied
from smartdash.exchange.room_xls import xls_rooms
from smartdash.exchange.room_xlsx import xlsx_rooms
from smartdash.exchange.tables import DAMAGED_ZIP, MAX_ROWS

OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""How old Office files begin."""

_BINARY = "xl/workbook.bin"
_MOST_CELLS = 50_000_000
"""Cells of all sheets together up to the last of each, also where nothing stands between."""
_SPARSE_FROM, _SPARSE = 10_000_000, 100
"""A sheet of more cells than the first is refused where only one in so many of them is there."""
_MOST_COPIED = 1_000_000_000
"""Bytes of the texts of all cells, each with its own copy of what an .xlsx file has once."""
_MOST_REPEATED = 100_000_000
"""Bytes of the texts that an .ods file has once for many cells; a reader has several copies of each at a time."""


def refuse_unsafe(content: bytes) -> None:
    """Refuse a workbook for which a reader would make room beyond reason, however little of it is in the file.

    It is read in pieces and nothing of it is kept. What is no workbook passes; the reader names what it is.

    Raises:
        Fault: it is too large, damaged, or of a kind that cannot be checked.
    """
    if content.startswith(OLD_OFFICE):
        _refuse_large(xls_rooms(content))
    if not content.startswith(b"PK") and not zipfile.is_zipfile(io.BytesIO(content)):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            # Readers look for a part without regard to large and small letters.
            if any(name.lower() == _BINARY for name in archive.namelist()):
                raise Fault("exchange.binary_workbook")
            rooms = list(xlsx_rooms(archive))
            _refuse_large(rooms)
            if copied(archive, sum(room.cells for room in rooms), _MOST_COPIED) > _MOST_COPIED:
                raise Fault("exchange.too_many_copies")
            _refuse_large(ods_rooms(archive))
    except DAMAGED_ZIP:
        raise Fault("exchange.damaged_workbook") from None
    except RuntimeError:  # zipfile has no error of its own for a part that is encrypted
        raise Fault("exchange.password") from None


def _refuse_large(rooms: Iterable[Room]) -> None:
    area = repeated = 0
    for room in rooms:
        area += room.area
        repeated += room.repeated
        if (
            max(room.rows, room.claimed[0]) > MAX_ROWS
            or max(area, room.claimed[0] * room.claimed[1]) > _MOST_CELLS
            or (room.area > _SPARSE_FROM and room.area > _SPARSE * room.cells)
            or room.cells > _MOST_CELLS
        ):
            raise Fault("exchange.too_many_rows", limit=str(MAX_ROWS))
        if repeated > _MOST_REPEATED:
            raise Fault("exchange.too_many_copies")
