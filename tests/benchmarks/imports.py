"""Import of a large workbook of postings against reading its sheet alone."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from smartdash.exchange import import_file
from smartdash.exchange.first_use import load_samples
from smartdash.store import Store

_ROWS = 100_000
_REPEATS = 3
_SHEET = "Buchungen"
_COLUMNS = ("key", "cost_line", "booked_on", "amount", "kind", "text", "receipt", "source")


def import_table(folder: Path) -> str:
    """The table of medians and ratios."""
    workbook = folder / "postings.xlsx"
    _make_workbook(workbook)
    prepared = folder / "prepared.duckdb"
    for _ in load_samples(Store(prepared)):
        pass
    reading: list[float] = []
    importing: list[float] = []
    for turn in range(_REPEATS):
        reading.append(_seconds(lambda: _read(workbook)))
        store = Store(shutil.copy(prepared, folder / f"import-{turn}.duckdb"))
        importing.append(_seconds(lambda store=store: _import(store, workbook)))  # type: ignore[misc]
    lines = [
        f"Workbook with {_ROWS:,} postings, {len(_COLUMNS)} filled columns, {workbook.stat().st_size / 1e6:.1f} MB, "
        f"median of {_REPEATS}; aim: at most 3 x reading",
        f"{'':<28}{'s':>8}{'x reading':>12}",
    ]
    for name, runs in (("reading with calamine", reading), ("import into a store", importing)):
        lines.append(f"{name:<28}{median(runs):>8.2f}{median(runs) / median(reading):>12.2f}")
    return "\n".join(lines)


def _make_workbook(path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_SHEET)
    sheet.append(_COLUMNS)
    first = date(2025, 1, 1)
    for number in range(_ROWS):
        sheet.append(
            (
                f"X{number:06}",
                "1.1.2",
                first + timedelta(days=number % 500),
                Decimal(number % 9_000_000 + 100) / 100,
                "invoice",
                f"Bürobedarf und Technik {number:06}",
                f"RE-{number:06}",
                "buchhaltung",
            )
        )
    book.save(path)


def _read(path: Path) -> None:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(_SHEET).to_python()
    if len(rows) != _ROWS + 1:
        raise RuntimeError(f"read {len(rows)} rows")


def _import(store: Store, path: Path) -> None:
    result = import_file(store, path, programme="musterstadt", author="benchmark")
    if result.problems or result.difference is None or result.difference.types["posting"].new != _ROWS:
        raise RuntimeError(f"not imported: {result.problems[:3]}")


def _seconds(job: Callable[[], None]) -> float:
    begin = time.perf_counter()
    job()
    return time.perf_counter() - begin
