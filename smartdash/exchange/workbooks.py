"""Reading workbooks: the cells, and what the fast reader leaves out (errors, formulas without a value)."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from smartdash.exchange.names import is_ours
from smartdash.exchange.problems import Fault
from smartdash.exchange.tables import DAMAGED_ZIP, MAX_ROWS, Table
from smartdash.exchange.workbook_safety import refuse_unsafe

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]+)([0-9]+)"')
_VALUE = re.compile(rb"<v>([^<]*)</v>")


def read_workbook(file: str, content: bytes) -> list[Table]:
    """Return the worksheets of a workbook; those that our own template adds for its reader are left out.

    Raises:
        Fault: The workbook is protected by a password, damaged, or larger than anybody can check.
    """
    refuse_unsafe(content)
    paths = _sheet_paths(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            _table(file, workbook.get_sheet_by_name(sheet.name), content, paths.get(sheet.name))
            for sheet in workbook.sheets_metadata
            if sheet.typ is SheetTypeEnum.WorkSheet and not is_ours(sheet.name)
        ]
    except PasswordError:
        raise Fault("exchange.password") from None
    except (CalamineError, *DAMAGED_ZIP):
        raise Fault("exchange.damaged_workbook") from None


def _table(file: str, sheet: CalamineSheet, content: bytes, path: str | None) -> Table:
    rows = sheet.to_python(skip_empty_area=False)
    if len(rows) > MAX_ROWS:
        raise Fault("exchange.too_many_rows", limit=str(MAX_ROWS))
    merged = frozenset(
        row for (first, _), (last, _) in sheet.merged_cell_ranges or () for row in range(first, min(last, MAX_ROWS) + 1)
    )
    # The reader gives an empty text for errors and formulas without a value; only then is the second look needed.
    suspect = path is not None and any("" in row for row in rows)
    broken = _broken_cells(content, path) if suspect and path is not None else {}
    return Table(file, sheet.name, rows, broken, merged)


def _sheet_paths(content: bytes) -> dict[str, str]:
    """Where each worksheet of an XLSX file lies; empty for other formats."""
    if not content.startswith(b"PK"):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                return {}
            book = _parsed(archive, "xl/workbook.xml")
            relations = _parsed(archive, "xl/_rels/workbook.xml.rels")
            known = set(archive.namelist())
    except (ElementTree.ParseError, *DAMAGED_ZIP):
        raise Fault("exchange.damaged_workbook") from None
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    paths = {
        sheet.get("name", ""): posixpath.normpath(posixpath.join("/xl", targets.get(sheet.get(_RELATION), "")))[1:]
        for sheet in book.iter(f"{_MAIN}sheet")
    }
    return {name: path for name, path in paths.items() if path in known}


def _parsed(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    content = archive.read(name)
    if b"<!DOCTYPE" in content:  # entities in a document type could expand without end; no workbook has one
        raise Fault("exchange.damaged_workbook")
    return ElementTree.fromstring(content)


def _broken_cells(content: bytes, path: str) -> Mapping[tuple[int, int], Fault]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read(path)
    if b"<f" not in xml and b't="e"' not in xml:
        return {}
    broken = {}
    for cell in _CELL.finditer(xml):
        attributes, body = cell[1], cell[2] or b""
        place, value = _PLACE.search(attributes), _VALUE.search(body)
        if place is None:
            continue
        at = (int(place[2]) - 1, _column_index(place[1]))
        shown = value[1].decode("utf-8", "replace").strip() if value else ""
        if b't="e"' in attributes:
            broken[at] = Fault("exchange.error_cell", error=shown or "#N/A")
        elif b"<f" in body and not shown and b't="str"' not in attributes:
            broken[at] = Fault("exchange.formula_without_value")
    return broken


def _column_index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


def column_letters(index: int) -> str:
    """Return the letters of a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
