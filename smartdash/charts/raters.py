"""Rater strips: each answer a dot on the scale of levels, with the median, the middle half, and what was agreed on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from smartdash.charts.lanes import Label, detail_fields, label_layers, layered, tooltips
from smartdash.charts.rows import data, y_at
from smartdash.charts.tokens import Tokens

_ROW = 78
_TOP = 22
"""Pixels above the first row, for the numbers of the levels."""
_MIDDLE = 42
"""Pixels from a row's top to the middle of its dots."""
_STACK = 20
"""Pixels that the dots on one level take at most, from the lowest to the highest of them."""
_MOST_TICKS = 11


@dataclass(frozen=True, slots=True)
class Strip:
    """A row: its label, a note in a colour at the right edge, the levels of the answers, and what they come to.

    `half` is the middle half, from the lower to the upper quartile; `agreed` the level that the meeting settled on.
    """

    label: str
    note: str
    note_colour: str
    levels: tuple[float, ...]
    median: float | None
    half: tuple[float, float] | None
    agreed: float | None
    details: Mapping[str, str]


def rater_strips(strips: Sequence[Strip], lowest: int, highest: int, tokens: Tokens) -> alt.LayerChart:
    """Strips one below the other on one scale from the lowest to the highest level."""
    height = _TOP + len(strips) * _ROW
    margin = (highest - lowest) / 24
    step = -(-(highest - lowest) // (_MOST_TICKS - 1))
    levels = list(range(lowest, highest + 1, step))
    axis = alt.Axis(
        orient="top", title=None, values=levels, tickCount=len(levels), domain=False, ticks=False, grid=True,
        gridColor=tokens.border, offset=-_TOP, labelPadding=4, labelOverlap=False, format="d", zindex=0,
    )  # fmt: skip
    scale = alt.Scale(domain=[lowest - margin, highest + margin], nice=False, zero=False)
    x = alt.X("level:Q", axis=axis, scale=scale)
    tops = [_TOP + place * _ROW for place in range(len(strips))]
    placed = list(zip(strips, tops, strict=True))
    labels = [Label(one.label, top + 10, one.note, one.note_colour) for one, top in placed]
    return layered(
        [
            *_answers(placed, x, tokens, height),
            *_agreed(placed, x, tokens, height),
            *label_layers(labels, tokens, height),
        ],
        height,
    )


def _answers(placed: Sequence[tuple[Strip, int]], x: alt.X, tokens: Tokens, height: int) -> list[alt.Chart]:
    """The middle half as a band, the answers as dots, and the median as a tick through them."""
    details = tooltips(placed[0][0].details)
    halves = [
        {"level": one.half[0], "end": one.half[1], "top": top + _MIDDLE - 7, "bottom": top + _MIDDLE + 7}
        for one, top in placed
        if one.half is not None and one.half[0] < one.half[1]
    ]
    medians = [
        {"level": one.median, "top": top + _MIDDLE - 21, "bottom": top + _MIDDLE + 20}
        for one, top in placed
        if one.median is not None
    ]
    dots = [dot for one, top in placed for dot in _dots(one, top)]
    band = alt.Chart(data(halves)).mark_rect(color=tokens.forecast_fill)
    tick = alt.Chart(data(medians)).mark_rule(color=tokens.plan_stroke, strokeWidth=3)
    dot = alt.Chart(data(dots)).mark_circle(color=tokens.actual_fill, size=130, opacity=1, stroke=tokens.background)
    return [
        band.encode(x=x, x2=alt.X2("end:Q"), y=y_at("top", height), y2=alt.Y2("bottom:Q")),
        tick.encode(x=x, y=y_at("top", height), y2=alt.Y2("bottom:Q")),
        dot.encode(x=x, y=y_at("middle", height), tooltip=details),
    ]


def _dots(strip: Strip, top: int) -> list[dict[str, Any]]:
    """One dot per answer; those on the same level stand above one another, closer the more there are."""
    same: dict[float, int] = defaultdict(int)
    for level in strip.levels:
        same[level] += 1
    dots = []
    for level, count in same.items():
        step = min(12.0, _STACK / (count - 1)) if count > 1 else 0.0
        for place in range(count):
            middle = top + _MIDDLE + step * (place - (count - 1) / 2)
            dots.append({"level": level, "middle": middle, **detail_fields(strip.details)})
    return dots


def _agreed(placed: Sequence[tuple[Strip, int]], x: alt.X, tokens: Tokens, height: int) -> list[alt.Chart]:
    """What was agreed on, as a diamond below the answers, never on them."""
    rows = [
        {"level": one.agreed, "middle": top + _MIDDLE + 25, **detail_fields(one.details)}
        for one, top in placed
        if one.agreed is not None
    ]
    if not rows:
        return []
    mark = alt.Chart(data(rows)).mark_point(
        shape="diamond", filled=True, color=tokens.category[1], size=150, opacity=1, stroke=tokens.background
    )
    return [mark.encode(x=x, y=y_at("middle", height), tooltip=tooltips(placed[0][0].details))]
