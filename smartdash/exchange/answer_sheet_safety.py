"""What is refused of a file from outside before any reader makes room for it."""

from __future__ import annotations

import io
import re
import zipfile

from smartdash.exchange.problems import Fault
from smartdash.exchange.tables import DAMAGED_ZIP

LARGEST = 20_000_000
"""Bytes of a sheet, unpacked; a filled one has a hundredth of it."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_WORKBOOK = "xl/workbook.xml"
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Z]+)([0-9]+)""")
_MOST_CELLS = 1_000_000
"""A reader makes room for every cell up to the last one, also where nothing stands between."""


def refuse_unsafe(content: bytes) -> None:
    """Refuse an archive that is no .xlsx, is too large unpacked, or has a cell far outside of any sheet.

    What is no archive at all passes; the reader names what it is.

    Raises:
        Fault: says which.
    """
    if content.startswith(_OLD_OFFICE):
        raise Fault("answer_sheet.not_xlsx")
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > LARGEST:
                raise Fault("exchange.too_large_file", limit=str(LARGEST // 1_000_000))
            if _WORKBOOK not in archive.namelist():
                raise Fault("answer_sheet.not_xlsx")
            # Every part, since the workbook itself says under which name its sheets lie.
            for info in archive.infolist():
                _refuse_far_cells(archive.read(info))
    except DAMAGED_ZIP:
        raise Fault("exchange.damaged_zip") from None
    except RuntimeError:  # zipfile has no error of its own for a part that is encrypted
        raise Fault("exchange.password") from None


def _refuse_far_cells(part: bytes) -> None:
    lines, width = 0, 0
    for cell in _CELL.finditer(part):
        column = 0
        for letter in cell[1][:4]:
            column = column * 26 + letter - 64
        lines, width = max(lines, int(cell[2][:8])), max(width, column)
        if lines * width > _MOST_CELLS:
            raise Fault("answer_sheet.far_cell", cell=f"{cell[1][:4].decode()}{cell[2][:8].decode()}")
