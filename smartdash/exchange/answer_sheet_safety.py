"""What is refused of an answer sheet from outside before any reader makes room for it; smaller limits than usual."""

from __future__ import annotations

import io
import zipfile

from smartdash.exchange.problems import Fault
from smartdash.exchange.room_xlsx import xlsx_rooms
from smartdash.exchange.tables import DAMAGED_ZIP
from smartdash.exchange.workbook_safety import OLD_OFFICE
from smartdash.exchange.workbooks import column_letters

LARGEST = 20_000_000
"""Bytes of a sheet, unpacked; a filled one has a hundredth of it."""

_WORKBOOK = "xl/workbook.xml"
_MOST_CELLS = 1_000_000


def refuse_strange(content: bytes) -> None:
    """Refuse an archive that is no .xlsx, is too large unpacked, or has a cell far outside of any answer sheet.

    What is no archive at all passes; the reader names what it is.

    Raises:
        Fault: says which.
    """
    if content.startswith(OLD_OFFICE):
        raise Fault("answer_sheet.not_xlsx")
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > LARGEST:
                raise Fault("exchange.too_large_file", limit=str(LARGEST // 1_000_000))
            if _WORKBOOK not in archive.namelist():
                raise Fault("answer_sheet.not_xlsx")
            for room in xlsx_rooms(archive):
                if room.area > _MOST_CELLS:
                    row, column = room.farthest
                    raise Fault("answer_sheet.far_cell", cell=f"{column_letters(column - 1)}{row}")
    except DAMAGED_ZIP:
        raise Fault("exchange.damaged_zip") from None
    except RuntimeError:  # zipfile has no error of its own for a part that is encrypted
        raise Fault("exchange.password") from None
