"""How far the sheets of an old .xls file reach: a compound file whose stream is a chain of records ([MS-XLS])."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from smartdash.exchange.problems import Fault
from smartdash.exchange.room import Place, Room

_CHAIN_END = 0xFFFFFFFE
_FREE = 0xFFFFFFFF
_SECTORS = {9: 512, 12: 4096}
"""Bytes of a sector by what the header says."""
_SMALL_STREAM = 4096
_STREAMS = ("Workbook", "Book")
_END, _DIMENSIONS, _BOUND_SHEET, _STRINGS, _MANY_NUMBERS = 0x0A, 0x0200, 0x85, 0xFC, 0xBD
_CELLS = frozenset((0x06, 0x0203, 0x0204, 0x0205, 0x027E, 0xFD, _MANY_NUMBERS))


def xls_rooms(content: bytes) -> list[Room]:
    """How far each sheet reaches, by its cells and by what it says of itself, for which a reader makes room, too.

    Raises:
        Fault: the file is damaged.
    """
    try:
        return [room for stream in _streams(content) for room in _sheets(stream)]
    except (struct.error, IndexError):
        raise Fault("exchange.damaged_workbook") from None


def _sheets(stream: bytes) -> Iterator[Room]:
    starts = []
    for kind, at, size in _records(stream, 0):
        if kind == _BOUND_SHEET and size >= 4:
            starts.append(struct.unpack_from("<I", stream, at)[0])
        elif kind == _STRINGS and struct.unpack_from("<I", stream, at + 4)[0] > len(stream):
            raise Fault("exchange.damaged_workbook")
    for start in starts:
        yield _reach(stream, start)


def _reach(stream: bytes, start: int) -> Room:
    lowest: Place = (0, 0)
    rightmost: Place = (0, 0)
    claimed: Place = (0, 0)
    cells = 0
    if start >= len(stream):
        raise Fault("exchange.damaged_workbook")
    for kind, at, size in _records(stream, start):
        if kind in _CELLS and size >= 4:
            row, column = struct.unpack_from("<HH", stream, at)
            if kind == _MANY_NUMBERS:
                column = struct.unpack_from("<H", stream, at + size - 2)[0]
            cells += 1
            lowest = max(lowest, (row + 1, column + 1))
            if column >= rightmost[1]:
                rightmost = (row + 1, column + 1)
        elif kind == _DIMENSIONS:
            below, right = _claimed(stream, at, size)
            claimed = max(claimed[0], below), max(claimed[1], right)
    return Room(lowest, rightmost, cells, claimed)


def _claimed(stream: bytes, at: int, size: int) -> Place:
    """The last cell that a sheet says it has.

    Raises:
        Fault: the first cell stands behind it.
    """
    top, below, left, right = struct.unpack_from("<IIHH" if size >= 14 else "<HHHH", stream, at)
    if below and right and (top >= below or left >= right):
        raise Fault("exchange.damaged_workbook")
    return below, right


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and size of each record up to the one that ends the part."""
    unpack, end = struct.Struct("<HH").unpack_from, len(stream) - 4
    while at <= end:
        kind, size = unpack(stream, at)
        yield kind, at + 4, size
        if kind == _END:
            return
        at += 4 + size


def _streams(content: bytes) -> Iterator[bytes]:
    """The streams of a compound file that may hold a workbook ([MS-CFB]).

    Raises:
        Fault: the file says of itself that a part of it is larger than all of it, or a chain runs in a circle.
    """
    size = _SECTORS.get(struct.unpack_from("<H", content, 30)[0])
    if size is None:
        raise Fault("exchange.damaged_workbook")
    directories, tables, directory = struct.unpack_from("<III", content, 40)
    small_start, small_tables, more_start, more = struct.unpack_from("<IIII", content, 60)
    if max(directories, tables, small_tables, more) * size > len(content):
        raise Fault("exchange.damaged_workbook")
    listed = list(struct.unpack_from("<109I", content, 76))
    seen = 0
    while more_start < _CHAIN_END:
        *added, more_start = struct.unpack_from(f"<{size // 4}I", content, (more_start + 1) * size)
        listed += added
        seen += 1
        if seen * size > len(content):
            raise Fault("exchange.damaged_workbook")
    table: list[int] = []
    for sector in listed:
        if sector != _FREE:
            table += struct.unpack_from(f"<{size // 4}I", content, (sector + 1) * size)
    entries = _chain(content, table, directory, size, size)
    small = b""
    for at in range(0, len(entries) - 127, 128):
        name = entries[at : at + 64].decode("utf-16-le", "replace").split("\0")[0]
        start, length = struct.unpack_from("<II", entries, at + 116)
        if at == 0:
            small = _chain(content, table, start, size, size)
            small_table = _chain(content, table, small_start, size, size)
            numbers = list(struct.unpack(f"<{len(small_table) // 4}I", small_table))
        elif name in _STREAMS:
            if length > len(content):
                raise Fault("exchange.damaged_workbook")
            is_small = length < _SMALL_STREAM
            whole = _chain(small, numbers, start, 64, 0) if is_small else _chain(content, table, start, size, size)
            yield whole[:length]


def _chain(content: bytes, table: list[int], sector: int, size: int, before: int) -> bytes:
    """The sectors of a chain put together; `before` are the bytes in front of the first one."""
    parts: list[bytes] = []
    while sector < _CHAIN_END:
        at = before + sector * size
        parts.append(content[at : at + size])
        sector = table[sector]
        if len(parts) * size > len(content) + size:
            raise Fault("exchange.damaged_workbook")
    return b"".join(parts)
