"""Controlled rounding: a table of proportions as whole numbers whose rows and columns keep their exact sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from heapq import heappop, heappush

_Heaps = dict[tuple[int, int], list[tuple[int, int]]]


def rounded_table(rows: Sequence[int], columns: Sequence[int]) -> list[list[int]]:
    """The whole numbers nearest to `row x column / total` whose rows and columns sum to exactly the given margins.

    Each cell is the proportion rounded down or up, so less than one away from it; a proportion that is whole stays.
    Among all such tables this one has the least sum of squared deviations; with one free margin it is the method of
    largest remainders (Hamilton). Such a table always exists (Cox, A constructive procedure for unbiased controlled
    rounding, JASA 82, 1987; Causey, Cox, Ernst, JASA 80, 1985). It is found as a flow of least cost: each row is
    rounded by largest remainders, then single units move between columns along shortest paths (Ahuja, Magnanti, Orlin,
    Network Flows, 1993, section 9.7). Ties go to the earlier row and column. Margins may be negative.

    Raises:
        ValueError: the rows and the columns do not sum to the same number, or the total is zero.
    """
    total = sum(rows)
    if total != sum(columns) or not total:
        raise ValueError("rows and columns must have the same sum, and it must not be zero")
    sign = 1 if total > 0 else -1
    split = [[divmod(sign * row * column, sign * total) for column in columns] for row in rows]
    remainders = [[remainder for _, remainder in cells] for cells in split]
    up = [_largest(cells, sign * total) for cells in remainders]
    floors = [[floor for floor, _ in cells] for cells in split]
    excess = [
        sum(cells[place] + raised[place] for cells, raised in zip(floors, up, strict=True)) - column
        for place, column in enumerate(columns)
    ]
    _move_between_columns(remainders, up, excess)
    return [
        [floor + raised for floor, raised in zip(cells, places, strict=True)]
        for cells, places in zip(floors, up, strict=True)
    ]


def _largest(remainders: Sequence[int], whole: int) -> list[bool]:
    """Which cells of a row are rounded up: as many as its remainders make wholes, the largest first."""
    order = sorted(range(len(remainders)), key=lambda place: (-remainders[place], place))
    chosen = set(order[: sum(remainders) // whole])
    return [place in chosen for place in range(len(remainders))]


def _move_between_columns(remainders: Sequence[Sequence[int]], up: list[list[bool]], excess: list[int]) -> None:
    """Move units until no column has an excess, each along the path that costs least; changes `up` and `excess`."""
    moves: _Heaps = defaultdict(list)
    for row in range(len(up)):
        _offer(moves, row, remainders[row], up[row])
    while any(excess):
        origin = next(place for place, amount in enumerate(excess) if amount > 0)
        path, target = _cheapest(moves, up, excess, origin)
        for row, left, entered in path:
            up[row][left], up[row][entered] = False, True
        for row in {row for row, _, _ in path}:
            _offer(moves, row, remainders[row], up[row])
        excess[origin] -= 1
        excess[target] += 1


def _offer(moves: _Heaps, row: int, remainders: Sequence[int], up: Sequence[bool]) -> None:
    """Enter every move of a unit within a row from a raised cell to one that may still be raised, with its cost."""
    for left, raised in enumerate(up):
        if raised:
            for entered, remainder in enumerate(remainders):
                if remainder and not up[entered]:
                    heappush(moves[left, entered], (remainders[left] - remainder, row))


def _cheapest(
    moves: _Heaps, up: Sequence[Sequence[bool]], excess: Sequence[int], origin: int
) -> tuple[list[tuple[int, int, int]], int]:
    """The moves (row, column left, column entered) of least cost to a column that lacks units, and that column.

    Costs may be negative, but no circle is (Bellman, Ford).
    """
    best = {pair: heap[0] for pair, heap in moves.items() if _first_possible(heap, pair, up)}
    cost = {origin: 0}
    reached_by: dict[int, tuple[int, int, int]] = {}
    for _ in excess:
        for (left, entered), (step, row) in best.items():
            if left in cost and (entered not in cost or cost[left] + step < cost[entered]):
                cost[entered] = cost[left] + step
                reached_by[entered] = (row, left, entered)
    target = min((place for place in cost if excess[place] < 0), key=lambda place: (cost[place], place))
    path, place = [], target
    while place != origin:
        path.append(reached_by[place])
        place = path[-1][1]
    return path, target


def _first_possible(heap: list[tuple[int, int]], pair: tuple[int, int], up: Sequence[Sequence[bool]]) -> bool:
    """Drop the moves that are no longer possible from the front of a heap; whether one is left."""
    left, entered = pair
    while heap and not (up[heap[0][1]][left] and not up[heap[0][1]][entered]):
        heappop(heap)
    return bool(heap)
