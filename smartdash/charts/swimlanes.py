"""The chart of a timeline: lanes with bars for plan, actual and forecast, marks for single days, and the as-of line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import altair as alt

from smartdash.charts.lane_layout import (
    LABEL,
    MARK_ROW,
    Bars,
    Days,
    Lane,
    Mark,
    Placed,
    bar_height,
    bar_row,
    bars_in,
    head_height,
    lane_height,
    marks_in,
    place_bars,
    place_marks,
    rows_of,
)
from smartdash.charts.lanes import Label, label_layers, layered
from smartdash.charts.swimlane_layers import (
    axis_below,
    bar_layers,
    cut_layers,
    heading_lines,
    mark_layers,
    stand_lines,
    text_layers,
)
from smartdash.charts.timeline import AS_OF_HEIGHT, Span, as_of_line, instant, noon
from smartdash.charts.tokens import Tokens, status_colour

_INDENT = 14
_DEEPEST = 4
_TALL = 700
"""From so many pixels on, the labels of the axis stand below the chart as well."""
_DAY_LENGTH = 86_400_000
_BESIDE = 4
_WITHIN = 12
_HALF_MARK = 8


@dataclass(frozen=True, slots=True)
class _Drawing:
    """The rows of each layer, gathered lane by lane."""

    span: Span
    tokens: Tokens
    bars: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    marks: list[tuple[Mark, float]] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)
    cuts: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    labels: list[Label] = field(default_factory=list)
    headings: list[dict[str, Any]] = field(default_factory=list)
    stands: list[dict[str, Any]] = field(default_factory=list)


def swimlanes_chart(
    lanes: Sequence[Lane], span: Span, as_of: date | None, as_of_text: str, tokens: Tokens
) -> alt.LayerChart:
    """Lanes from top to bottom: plan outlined, actual solid, expected dashed, the first plan as a thin line.

    What leaves the span is cut there, with an arrow at the edge. Without `as_of` each lane has its own as-of date.
    """
    drawing = _Drawing(span, tokens)
    top = AS_OF_HEIGHT if as_of else 0
    for lane in lanes:
        top += _draw(lane, top, drawing)
    tall = top > _TALL
    height = top + (AS_OF_HEIGHT if tall else 0)
    layers = [
        *heading_lines(drawing.headings, height, tokens),
        *(as_of_line(span, as_of, as_of_text, tokens, height, AS_OF_HEIGHT / 2 - 2) if as_of else []),
        *stand_lines(drawing.stands, span, height, tokens),
        *bar_layers(drawing.bars, span, height, tokens),
        *cut_layers(drawing.cuts, height, tokens),
        *mark_layers(drawing.marks, span, height, tokens),
        *text_layers(drawing.texts, span, height, tokens),
        *label_layers(drawing.labels, tokens, height),
        *(axis_below(span, height, tokens) if tall else []),
    ]
    return layered(layers, height)


def _draw(lane: Lane, top: float, drawing: _Drawing) -> int:
    """Add a lane to the drawing and return its height."""
    span, tokens = drawing.span, drawing.tokens
    bars, marks = bars_in(lane, span), marks_in(lane, span)
    bar_places, mark_places = place_bars(bars, span, lane.most_rows), place_marks(marks, span, lane.most_rows)
    bar_rows, head = rows_of(bar_places), head_height(lane)
    height = lane_height(lane, bar_rows, rows_of(mark_places))
    colour = status_colour(tokens, lane.status) if lane.status else ""
    indent = _INDENT * min(lane.depth, _DEEPEST)
    strong = lane.heading or lane.depth == 0
    drawing.labels.append(Label(lane.label, top + head - LABEL / 2 - 1, lane.note, colour, indent, strong))
    if lane.heading:
        drawing.headings.append({"middle": top + 2})
    if lane.as_of:
        drawing.stands.append({"day": lane.as_of, "top": top + head - 2, "bottom": top + height - 4})
    for item, place in zip(bars, bar_places, strict=True):
        _draw_bars(item, place, top + head + place.row * bar_row(lane), bar_height(lane), drawing)
    for mark, place in zip(marks, mark_places, strict=True):
        _draw_mark(mark, place, top + head + bar_rows * bar_row(lane) + (place.row + 0.5) * MARK_ROW, drawing)
    return height


def _draw_bars(bars: Bars, place: Placed, top: float, size: int, drawing: _Drawing) -> None:
    middle = top + size / 2
    for kind, days, upper, lower in (
        ("first_plan", bars.first_plan, top + size + 2, top + size + 3.5),
        ("expected", bars.expected, top + 2, top + size - 2),
        ("actual", bars.actual, middle - size / 4, middle + size / 4),
        ("planned", bars.planned, top, top + size),
    ):
        if days and (shown := drawing.span.cut(*days)):
            drawing.bars[kind].append({**_ends(shown), "top": upper, "bottom": lower, "details": bars.details})
    whole = bars.whole
    _draw_cuts(whole, middle, drawing)
    if shown := drawing.span.cut(*whole):
        ends = _ends(shown)
        at = ends["end" if place.side == "right" else "start"]
        _draw_text(place, at, middle, _WITHIN if place.side == "inside" else _BESIDE, drawing.tokens.text, drawing)


def _draw_mark(mark: Mark, place: Placed, middle: float, drawing: _Drawing) -> None:
    """A mark stands on its first day; several days are a bar from there to the last one."""
    shown = drawing.span.cut(*mark.days)
    if shown is None:
        return
    several = shown[0] < shown[1]
    if several:
        tail = {**_ends(shown), "start": noon(shown[0]), "top": middle - 3, "bottom": middle + 3}
        drawing.bars["held" if mark.passed else "coming"].append({**tail, "details": mark.details})
    if mark.days[0] == shown[0]:
        drawing.marks.append((mark, middle))
    _draw_cuts(mark.days, middle, drawing)
    colour = status_colour(drawing.tokens, mark.status) if mark.status else drawing.tokens.text
    at = _ends(shown)["end"] if several and place.side == "right" else noon(shown[0])
    _draw_text(place, at, middle, _HALF_MARK + _BESIDE, colour, drawing)


def _ends(days: Days) -> dict[str, int]:
    return {"start": instant(days[0]), "end": instant(days[1]) + _DAY_LENGTH}


def _draw_cuts(days: Days, middle: float, drawing: _Drawing) -> None:
    if days[0] < drawing.span.first:
        drawing.cuts["left"].append({"middle": middle})
    if days[1] > drawing.span.end:
        drawing.cuts["right"].append({"middle": middle})


def _draw_text(place: Placed, at: int, middle: float, distance: int, colour: str, drawing: _Drawing) -> None:
    """The text of bars or a mark, so many pixels to its side."""
    if place.text:
        offset = -distance if place.side == "left" else distance
        drawing.texts.append({"start": at, "middle": middle, "text": place.text, "colour": colour, "offset": offset})
