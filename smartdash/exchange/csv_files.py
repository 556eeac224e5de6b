"""Reading CSV files: encoding, separator, quotes, and text that was protected from running as a formula."""

from __future__ import annotations

import codecs
import csv
import io
import re

from smartdash.exchange.problems import Fault
from smartdash.exchange.tables import MAX_ROWS, Table
from smartdash.spreadsheet import unprotect


def read_csv(file: str, name: str, content: bytes) -> Table:
    """Return the rows of a CSV file in UTF-8, separated by comma, semicolon or tab.

    Raises:
        Fault: The file is empty, in another encoding, or its quotes are not closed.
    """
    text = _decoded(content)
    separator = None
    hint = re.match(r"sep=(.)\r?\n", text)
    if hint:
        separator = hint[1]
        text = "\n" + text[hint.end() :]
    return separated_rows(file, name, text, separator or _separator(text))


def separated_rows(file: str, name: str, text: str, separator: str) -> Table:
    """Return the rows of a text whose cells are separated by `separator`.

    Raises:
        Fault: There are too many rows, or its quotes are not closed.
    """
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=False)
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > MAX_ROWS:
                raise Fault("exchange.too_many_rows", limit=str(MAX_ROWS))
    except csv.Error:
        raise Fault("exchange.broken_quotes", line=str(reader.line_num)) from None
    if "'" in text:
        rows = [[unprotect(cell) for cell in row] for row in rows]
    return Table(file, name, [list(row) for row in rows])


def _decoded(content: bytes) -> str:
    if not content.strip():
        raise Fault("exchange.empty_file")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in content[:1000]:
        raise Fault("exchange.utf_16")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Fault("exchange.not_utf_8", line=str(line)) from None
    if not text.strip():
        raise Fault("exchange.empty_file")
    return text


def _separator(text: str) -> str:
    heading = next(line for line in text.splitlines() if line.strip())
    outside_quotes = re.sub(r'"[^"]*"', "", heading)
    return max(",;\t", key=outside_quotes.count)
