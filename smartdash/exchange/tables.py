"""What a file holds before anything is understood: sheets of raw cells."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from smartdash.exchange.problems import Fault

DAMAGED_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, ValueError)
"""What the standard library raises for archives whose content or directory is broken (found by changing bytes)."""

MAX_BYTES = 500_000_000
MAX_ROWS = 1_000_000


@dataclass(frozen=True, slots=True)
class Table:
    """One worksheet or one CSV file.

    `rows` starts at the first row of the sheet. `broken` names cells (row, column, both from 0) that have no usable
    content; `merged_rows` the rows that merged cells touch.
    """

    file: str
    name: str
    rows: list[list[Any]]
    broken: Mapping[tuple[int, int], Fault] = field(default_factory=dict)
    merged_rows: frozenset[int] = frozenset()
