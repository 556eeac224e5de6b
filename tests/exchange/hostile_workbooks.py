"""Workbooks written byte by byte, as no program would: small files that reach far."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable

from exchange_helpers import workbook, zipped

Cell = tuple[int, int]
"""Row and column, from 0."""

_EMPTY = workbook({"A": []})
_MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF


def xlsx(rows: str | bytes, before: str = "", texts: str = "") -> bytes:
    """A workbook of one sheet; `before` stands in front of its rows, as the claimed area does; `texts` is its list."""
    main = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    written = rows if isinstance(rows, bytes) else rows.encode()
    sheet = main + before.encode() + b"<sheetData>" + written + b"</sheetData></worksheet>"
    with zipfile.ZipFile(io.BytesIO(_EMPTY)) as whole:
        parts: dict[str, bytes | str] = {name: whole.read(name) for name in whole.namelist()}
    parts["xl/sharedStrings.xml"] = f"<sst>{texts}</sst>"
    return zipped({**parts, "xl/worksheets/sheet1.xml": sheet})


def ods(table: str, head: str = "") -> bytes:
    """A spreadsheet of one table with these rows; `head` stands in front of its root."""
    spaces = 'xmlns:office="o" xmlns:table="t" xmlns:text="x"'
    body = f'<office:body><office:spreadsheet><table:table table:name="A">{table}</table:table></office:spreadsheet>'
    content = f"{head}<office:document-content {spaces}>{body}</office:body></office:document-content>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "META-INF/manifest.xml": _MANIFEST, "content.xml": content})


def xls(cells: Iterable[Cell], claimed: tuple[int, int, int, int] = (0, 1, 0, 1), strings: int = 0) -> bytes:
    """An old workbook of one sheet with numbers; `claimed` are its rows and columns, each from and before."""
    book = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    book += _record(0xFC, struct.pack("<II", 0, strings)) if strings else b""
    start = len(book) + 4 + 9 + 4
    book += _record(0x85, struct.pack("<IBBBB", start, 0, 0, 1, 0) + b"A") + _record(0x0A)
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0))
    top, below, left, right = claimed
    sheet += _record(0x0200, struct.pack("<IIHHH", top, below, left, right, 0))
    sheet += b"".join(_record(0x0203, struct.pack("<HHHd", row, column, 0, 1.0)) for row, column in cells)
    return _compound((book + sheet + _record(0x0A)).ljust(4096, b"\0"))


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _compound(stream: bytes) -> bytes:
    stream += bytes(-len(stream) % 512)
    count = len(stream) // 512
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_FREE] * 108)
    chain = [0xFFFFFFFD, _END, *range(3, count + 2), _END]
    table = struct.pack("<128I", *chain, *[_FREE] * (128 - len(chain)))
    entries = _entry("Root Entry", 5, _END, 0) + _entry("Workbook", 2, 2, len(stream)) + bytes(256)
    return head + table + entries + stream


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    letters = (name + "\0").encode("utf-16-le")
    return letters.ljust(64, b"\0") + struct.pack("<HBB12x36xIQ", len(letters), kind, 1, start, size)
