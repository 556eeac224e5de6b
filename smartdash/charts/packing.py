"""Rows for what would overlap: each interval goes to the first row in which it has room."""

from __future__ import annotations

from collections.abc import Iterable


def packed(intervals: Iterable[tuple[float, float]]) -> list[int]:
    """The row of each interval, counted from 0, so that no two of one row overlap; to touch is no overlap.

    They are placed in the order given: ordered by their beginning, they take as few rows as can be.
    """
    rows: list[list[tuple[float, float]]] = []
    places = []
    for start, end in intervals:
        free = (row for row, taken in enumerate(rows) if all(end <= first or last <= start for first, last in taken))
        row = next(free, len(rows))
        if row == len(rows):
            rows.append([])
        rows[row].append((start, end))
        places.append(row)
    return places
