"""How much text a reader copies out of the list in which an .xlsx file keeps each text once for all its cells."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from xml.parsers import expat

from smartdash.exchange.problems import Fault
from smartdash.exchange.room import parser

_LIST = "xl/sharedstrings.xml"
_WHOLE = 50_000_000
_NOT_PLAIN = re.compile(rb"""<!|=\s*"[^"<]*<|=\s*'[^'<]*<""")
"""What could hide where a text begins: comments, and attributes with an element in them."""
_OF_LIST = re.compile(rb"""t\s*=\s*["']s["']""")
_NUMBER = re.compile(rb't="s"><v>([0-9]{1,9})</v>')


def copied(archive: zipfile.ZipFile, cells: int, enough: int) -> int:
    """Bytes that the cells have at most, each with its own copy; counted exactly only where they might be too many.

    Raises:
        Fault: the list is no XML.
    """
    lists = [info for info in archive.infolist() if info.filename.lower() == _LIST]
    longest = max((_longest(archive, info) for info in lists), default=0)
    if longest * cells <= enough:
        return longest * cells
    return max(_exactly(archive, _lengths(archive, info)) for info in lists)


def _longest(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> int:
    """Bytes that no text of the list exceeds."""
    if info.file_size > _WHOLE:
        return info.file_size
    content = archive.read(info)
    return len(content) if _NOT_PLAIN.search(content) else max(map(len, content.split(b"<si")))


def _lengths(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Sequence[int]:
    lengths: list[int] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name.split(":", 1)[-1] == "si":
            lengths.append(0)

    def text(data: str) -> None:
        if lengths:
            lengths[-1] += len(data)

    reading = parser()
    reading.StartElementHandler, reading.CharacterDataHandler = start, text
    try:
        with archive.open(info) as part:
            reading.ParseFile(part)
    except (expat.ExpatError, LookupError):  # the latter for an encoding that nobody knows
        raise Fault("exchange.damaged_workbook") from None
    return lengths


def _exactly(archive: zipfile.ZipFile, lengths: Sequence[int]) -> int:
    longest, total = max(lengths, default=0), 0
    for info in archive.infolist():
        if info.filename.lower() == _LIST:
            continue
        rest, piece = b"", b" "
        with archive.open(info) as part:
            while piece:
                piece = part.read(1_000_000)
                whole = rest + piece
                # A cell is not cut in two: what follows the last one waits for the next piece.
                cut = whole.rfind(b"<c ") if piece else len(whole)
                block, rest = (whole[:cut], whole[cut:]) if cut > 0 else (whole, b"")
                numbers = _NUMBER.findall(block)
                total += sum(lengths[int(number)] for number in numbers if int(number) < len(lengths))
                # Of a cell that is written in another way it is not known which text it has.
                total += longest * (len(_OF_LIST.findall(block)) - len(numbers))
    return total
