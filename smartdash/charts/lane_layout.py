"""Where the bars and marks of a timeline go: rows of their own for what would overlap, cuts at the edges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from smartdash.charts.packing import packed
from smartdash.charts.theme import BASE_SIZE
from smartdash.charts.timeline import PHONE_WIDTH, Span
from smartdash.charts.tokens import Status

Days = tuple[date, date]
"""First and last day, both included."""

Shape = Literal["milestone", "gate", "event", "session", "cancelled", "context"]

Side = Literal["left", "right", "inside"]

TEXT_SIZE = BASE_SIZE - 2
LABEL = 18
HEADING = 26
MARK_ROW = 19
BAR = 14
SLIM_BAR = 9

_GAP = 9
_BAR_GAP = 5
_HALF_MARK = 7.0
_TEXT_GAP = 4.0
# A little wider than the mean of the font, so that a text of wide letters keeps its distance as well.
_CHARACTER = TEXT_SIZE * 0.53
_LONGEST = 34
_NARROW = 90.0
"""Beside something with less room than this on both sides, no text is readable."""


@dataclass(frozen=True, slots=True)
class Bars:
    """A stretch of time as planned, as it happened and as it is expected; `first_plan` is the plan before a baseline.

    `text` stands beside it where there is room.
    """

    planned: Days | None
    actual: Days | None
    expected: Days | None
    details: Mapping[str, str]
    first_plan: Days | None = None
    text: str = ""

    @property
    def known(self) -> list[Days]:
        """Everything that is drawn of it."""
        return [days for days in (self.planned, self.actual, self.expected, self.first_plan) if days]

    @property
    def whole(self) -> Days:
        """From its first to its last day."""
        return min(days[0] for days in self.known), max(days[1] for days in self.known)


@dataclass(frozen=True, slots=True)
class Mark:
    """A day, or several, with what is written beside it: `text` where there is room, `short` where there is less.

    `passed`: it has been reached or held. `status` colours the text.
    """

    days: Days
    shape: Shape
    passed: bool
    text: str
    short: str
    details: Mapping[str, str]
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """What stands below one name: bars first, then marks. A `heading` begins a section of the chart.

    Texts beside bars and marks are written where they take `most_rows` rows at most, short ones for twice as many.
    """

    label: str
    note: str = ""
    status: Status | None = None
    depth: int = 0
    heading: bool = False
    bars: tuple[Bars, ...] = ()
    marks: tuple[Mark, ...] = ()
    most_rows: int = 2
    as_of: date | None = None

    @property
    def days(self) -> list[date]:
        """Every first and last day of the lane."""
        return [day for bars in self.bars for days in bars.known for day in days] + [
            day for mark in self.marks for day in mark.days
        ]


@dataclass(frozen=True, slots=True)
class Placed:
    """Bars or a mark at its row, counted from 0, with its text ("" for none) and where that stands."""

    row: int
    text: str
    side: Side


def bars_in(lane: Lane, span: Span) -> list[Bars]:
    """The bars of a lane that the span shows something of, by their first day."""
    return sorted(
        (bars for bars in lane.bars if any(span.cut(*days) for days in bars.known)), key=lambda bars: bars.whole
    )


def marks_in(lane: Lane, span: Span) -> list[Mark]:
    """The marks of a lane that lie in the span, by their first day."""
    return sorted((mark for mark in lane.marks if span.cut(*mark.days)), key=lambda mark: mark.days)


def place_bars(bars: Sequence[Bars], span: Span, most_rows: int) -> list[Placed]:
    """Rows for bars, with their texts where these do not take more than `most_rows` rows."""
    extents = [_extent(item.whole, span, 0.0) for item in bars]
    return _fitting(extents, [([item.text for item in bars], most_rows)])


def place_marks(marks: Sequence[Mark], span: Span, most_rows: int) -> list[Placed]:
    """Rows for marks, so that none hides another.

    With their texts where these take `most_rows` rows at most, else with the short ones where these take twice as
    many, else with none.
    """
    extents = [_extent(mark.days, span, _HALF_MARK) for mark in marks]
    return _fitting(
        extents, [([mark.text for mark in marks], most_rows), ([mark.short for mark in marks], 2 * most_rows)]
    )


def _extent(days: Days, span: Span, half: float) -> tuple[float, float]:
    """The pixels that days take on a phone; a single day has at least the width of its mark."""
    first, last = span.cut(*days) or days
    start = span.share(first) * PHONE_WIDTH
    end = (span.share(last) + 1 / (span.last - span.first).days) * PHONE_WIDTH
    missing = max(0.0, half - (end - start) / 2)
    return start - missing, end + missing


def _fitting(extents: Sequence[tuple[float, float]], choices: Sequence[tuple[Sequence[str], int]]) -> list[Placed]:
    """The first of several choices of texts that takes no more rows than it may, else no texts."""
    for texts, most in choices:
        placed = _with_texts(extents, texts)
        if rows_of(placed) <= most:
            return placed
    return _with_texts(extents, [""] * len(extents))


def _with_texts(extents: Sequence[tuple[float, float]], texts: Sequence[str]) -> list[Placed]:
    found = [_beside(extent, text) for extent, text in zip(extents, texts, strict=True)]
    rows = packed([extent for extent, _, _ in found])
    return [Placed(row, text, side) for row, (_, text, side) in zip(rows, found, strict=True)]


def _beside(extent: tuple[float, float], text: str) -> tuple[tuple[float, float], str, Side]:
    """The extent with its text, the text, and its side: the right one, or the left where the right edge is too near.

    Where neither has room for all of it, it is cut at the wider one, or stands within what fills the chart.
    """
    if not text:
        return extent, "", "right"
    start, end = extent
    right, left = PHONE_WIDTH - end, start
    width = min(len(text), _LONGEST) * _CHARACTER + 2 * _TEXT_GAP
    if max(left, right) < min(width, _NARROW):
        return extent, _cut(text, _LONGEST), "inside"
    at_left = right < width and left > right
    room = min(left if at_left else right, width)
    shown = _cut(text, int((room - 2 * _TEXT_GAP) / _CHARACTER + 0.5))
    taken = len(shown) * _CHARACTER + 2 * _TEXT_GAP
    return ((start - taken, end), shown, "left") if at_left else ((start, end + taken), shown, "right")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: max(0, most - 1)].rstrip()}…"


def rows_of(placed: Sequence[Placed]) -> int:
    """How many rows something takes."""
    return max((item.row for item in placed), default=-1) + 1


def head_height(lane: Lane) -> int:
    """Pixels of the name of a lane."""
    return HEADING if lane.heading else LABEL


def bar_height(lane: Lane) -> int:
    """Pixels of the outline of the plan; slimmer for sub-steps."""
    return BAR if lane.depth == 0 else SLIM_BAR


def bar_row(lane: Lane) -> int:
    """Pixels from one row of bars to the next."""
    return bar_height(lane) + _BAR_GAP


def lane_height(lane: Lane, bar_rows: int, mark_rows: int) -> int:
    """Pixels of a whole lane."""
    return head_height(lane) + bar_rows * bar_row(lane) + mark_rows * MARK_ROW + (_GAP if bar_rows or mark_rows else 0)
