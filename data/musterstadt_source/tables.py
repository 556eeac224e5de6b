"""Read the handwritten tables of the folder texts.

A table starts with `[name] source=<key of a source>; place=<word before the row's number>`, then come the column
names and one record a line, cells separated by ` | `. Empty lines and lines that start with `#` are skipped.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

Row = dict[str, str]
Tables = dict[str, list[Row]]

_HEADING = re.compile(r"\[(?P<name>\w+)\] source=(?P<source>[\w-]*); place=(?P<place>.*)")
_TEXTS = Path(__file__).parent / "texts"


def read(name: str) -> Tables:
    """The tables of one file by name; a row holds its filled cells and where they come from.

    Raises:
        ValueError: a row has more cells than its table has columns.
    """
    tables: Tables = {}
    rows: list[Row] = []
    columns: list[str] = []
    source = place = ""
    for line in (_TEXTS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if heading := _HEADING.fullmatch(line):
            source, place = heading["source"], heading["place"]
            rows = tables.setdefault(heading["name"], [])
            columns = []
        elif not columns:
            columns = _cells(line)
        else:
            rows.append(_row(columns, _cells(line), source, f"{place} {len(rows) + 1}"))
    return tables


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _row(columns: list[str], cells: list[str], source: str, place: str) -> Row:
    if len(cells) > len(columns):
        raise ValueError(f"{len(cells)} cells for {len(columns)} columns: {' | '.join(cells)}")
    row = {column: cell for column, cell in zip(columns, cells, strict=False) if cell}
    return {"source": source, "source_place": place, **row} if source else row


def without(row: Row, *columns: str) -> Row:
    """The row without some of its cells."""
    return {name: value for name, value in row.items() if name not in columns}


def generator(seed: str) -> random.Random:
    """Random numbers of their own for each kind of series, so that changing one leaves the others as they are."""
    return random.Random(f"musterstadt {seed}")


def pick(numbers: random.Random, items: Sequence[str]) -> str:
    """One of the items; built on `random()`, whose sequence Python keeps stable between versions."""
    return items[int(numbers.random() * len(items))]


def workday(day: date) -> date:
    """The day itself, or the Friday before it at a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
