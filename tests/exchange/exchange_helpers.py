from __future__ import annotations

import io
import zipfile
from typing import Any

from openpyxl import Workbook

from smartdash.exchange import Problem, Reading, read

Rows = list[list[Any]]


def workbook(sheets: dict[str, Rows]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def read_sheets(sheets: dict[str, Rows], **options: Any) -> Reading:
    return read(("liste.xlsx", workbook(sheets)), **{"programme": "muster", **options})


def zipped(files: dict[str, bytes | str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


def messages(reading: Reading) -> list[str]:
    return [problem.message.removeprefix("exchange.") for problem in reading.problems]


def only(reading: Reading) -> Problem:
    assert len(reading.problems) == 1, reading.problems
    assert not reading.records
    return reading.problems[0]
