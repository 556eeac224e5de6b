"""Where the boxes and ribbons of a flow picture stand, in columns across and pixels down."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from textwrap import wrap

LINE = 15
"""Pixels of a line of text."""
HEADING = 28
"""Pixels above the columns for their headings."""
THICKNESS = 0.05
"""How wide a box is, as a share of the narrowest columns."""

_GAP = 10
_WIDTH = 760
_CHARACTER_WIDTH = 6.4
_TALLEST_COLUMN = 420
_WIDEST_VOICE = 14.0
_THINNEST = 1.0
_LOWEST = 6.0


@dataclass(frozen=True, slots=True)
class Box:
    """A node: what it is called, a short note in the colour `ink`, and the number behind it."""

    key: str
    column: int
    title: str
    note: str
    size: int
    fill: str
    ink: str
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A flow between two boxes by their keys."""

    origin: str
    target: str
    size: int
    fill: str
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A box with its upper and lower edge and its title in lines."""

    box: Box
    upper: float
    lower: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacedRibbon:
    """A ribbon with its ends: columns across, upper edges down, and its thickness."""

    ribbon: Ribbon
    left: float
    right: float
    start: float
    end: float
    thickness: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything in its place: the left edges of the columns with the right edge of the last, the height in pixels."""

    boxes: tuple[PlacedBox, ...]
    ribbons: tuple[PlacedRibbon, ...]
    edges: tuple[int, ...]
    height: int


def layout(
    boxes: Sequence[Box], ribbons: Sequence[Ribbon], widths: Sequence[int], most_lines: int, lowest: int = 0
) -> Layout:
    """Boxes one below the other in their columns, ribbons between them.

    One scale for all: the fullest column is 420 pixels high. A box is as high as the larger of what flows in and out,
    and takes at least the room of its title (of `most_lines` lines at most) and its note. Columns that need less room
    than the highest one, or than `lowest` pixels, spread out. `widths` are the columns' shares of the width.
    """
    columns = len(widths)
    into, out = Counter[str](), Counter[str]()
    for ribbon in ribbons:
        into[ribbon.target] += ribbon.size
        out[ribbon.origin] += ribbon.size
    sizes = {box.key: max(box.size, into[box.key], out[box.key]) for box in boxes}
    fullest = max((sum(sizes[box.key] for box in _inside(boxes, column)) for column in range(columns)), default=0)
    voice = min(_WIDEST_VOICE, _TALLEST_COLUMN / fullest) if fullest else _WIDEST_VOICE
    edges = tuple(accumulate(widths, initial=0))
    share = _WIDTH / edges[-1] / _CHARACTER_WIDTH
    lines = {box.key: shortened(box.title, int(widths[box.column] * share) - 4, most_lines) for box in boxes}
    needed = {
        box.key: max(sizes[box.key] * voice, (len(lines[box.key]) + bool(box.note)) * LINE) + _GAP for box in boxes
    }
    room = max(
        [lowest - HEADING, *(sum(needed[box.key] for box in _inside(boxes, column)) for column in range(columns))]
    )
    placed: dict[str, PlacedBox] = {}
    for column in range(columns):
        inside = _inside(boxes, column)
        spread = (room - sum(needed[box.key] for box in inside)) / max(len(inside), 1)
        top = HEADING + spread / 2
        for box in inside:
            lower = top + max(sizes[box.key] * voice, _LOWEST)
            placed[box.key] = PlacedBox(box, round(top, 1), round(lower, 1), lines[box.key])
            top += needed[box.key] + spread
    flows = _placed_ribbons(placed, ribbons, voice, edges)
    return Layout(tuple(placed.values()), flows, edges, int(room) + HEADING)


def _inside(boxes: Sequence[Box], column: int) -> list[Box]:
    return [box for box in boxes if box.column == column]


def _placed_ribbons(
    placed: Mapping[str, PlacedBox], ribbons: Sequence[Ribbon], voice: float, edges: Sequence[int]
) -> tuple[PlacedRibbon, ...]:
    """At each box the ribbons stand in the order of their other ends, so that few of them cross."""
    starts = _upper_edges(placed, ribbons, voice, lambda ribbon: (ribbon.origin, ribbon.target))
    ends = _upper_edges(placed, ribbons, voice, lambda ribbon: (ribbon.target, ribbon.origin))
    return tuple(
        PlacedRibbon(
            ribbon,
            left=edges[placed[ribbon.origin].box.column] + THICKNESS,
            right=edges[placed[ribbon.target].box.column],
            start=starts[ribbon.origin, ribbon.target],
            end=ends[ribbon.target, ribbon.origin],
            thickness=max(ribbon.size * voice, _THINNEST),
        )
        for ribbon in ribbons
    )


def _upper_edges(
    placed: Mapping[str, PlacedBox],
    ribbons: Sequence[Ribbon],
    voice: float,
    pair: Callable[[Ribbon], tuple[str, str]],
) -> dict[tuple[str, str], float]:
    """The upper edge of each ribbon at the first box of its pair."""
    used: dict[str, float] = defaultdict(float)
    upper = {}
    for ribbon in sorted(ribbons, key=lambda ribbon: placed[pair(ribbon)[1]].upper):
        here, there = pair(ribbon)
        upper[here, there] = placed[here].upper + used[here]
        used[here] += ribbon.size * voice
    return upper


def shortened(text: str, width: int, most: int) -> tuple[str, ...]:
    """A text in lines of a width in characters, at most so many; the last one says where it was cut."""
    lines = wrap(text, width, break_long_words=False)
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], lines[most - 1][: width - 1].rstrip(" ,;:") + "…")
