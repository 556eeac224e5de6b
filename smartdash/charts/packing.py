"""Room for what would overlap: intervals go to the first row that has some, labels are moved apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


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


def apart(wanted: Sequence[float], height: int, room: int) -> list[float]:
    """Heights in pixels near the wanted ones, at least `room` apart and within the plot, as far as all fit in it."""
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    placed = list(wanted)
    above = -room / 2
    for index in order:
        placed[index] = above = max(placed[index], above + room)
    below = height + room / 2
    for index in reversed(order):
        placed[index] = below = min(placed[index], below - room)
    return placed
