"""Charts of the programme's structure: an outline of bodies with connectors at its left edge, and bars of existence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import altair as alt

from smartdash.charts.lanes import (
    BAR_HEIGHT,
    LABEL_HEIGHT,
    ROW_HEIGHT,
    Label,
    detail_fields,
    label_layers,
    layered,
    tooltips,
)
from smartdash.charts.rows import data, y_at
from smartdash.charts.theme import BASE_SIZE
from smartdash.charts.timeline import AS_OF_HEIGHT, Span, as_of_line, instant, time_bars
from smartdash.charts.tokens import Tokens

Level = Literal["heading", "body", "role", "line"]
State = Literal["past", "current", "coming"]

_HEIGHTS: Mapping[Level, int] = {"heading": 32, "body": 24, "role": 20, "line": 20}
_INDENTS: Mapping[Level, int] = {"heading": 0, "body": 0, "role": 14, "line": 14}
_GAP = 6
_LANE = 8
_APART = 3
"""Pixels by which connectors leave a name below its middle and reach it above."""
_MOST_LANES = 6


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A row of the outline: a heading, a body, a role in it, or what one of them does.

    `note` stands at the right edge, `key` is what connectors name; `inner` shifts what belongs to a role.
    """

    level: Level
    text: str
    note: str = ""
    key: str = ""
    inner: bool = False
    details: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ExistenceRow:
    """What exists from a day to a day, as a bar; an open end reaches the edge of the chart.

    A row without a `state` only names what the rows after it belong to.
    """

    label: str
    note: str
    since: date | None
    until: date | None
    state: State | None
    details: Mapping[str, str]
    inner: bool = False


@dataclass(frozen=True, slots=True)
class _Lane:
    """The connectors to one target: the middles of its rows in pixels, and which lane from the left they run in."""

    origins: tuple[float, ...]
    target: float
    place: int


def outline_chart(rows: Sequence[OutlineRow], connections: Sequence[tuple[str, str]], tokens: Tokens) -> alt.LayerChart:
    """Bodies under the headings of their functions, with what they do; connectors run from origin to target.

    All connectors to one target share a lane. There are six lanes at most; what finds no room in them is not drawn, and
    only the text of the line names its target.
    """
    middles, tops, height = _places(rows)
    lanes = _lanes(rows, middles, connections)
    gutter = (max((lane.place for lane in lanes), default=-1) + 1) * _LANE
    gutter += 10 if lanes else 0
    labels = [
        Label(
            row.text,
            middle,
            row.note,
            indent=gutter + _INDENTS[row.level] * (2 if row.inner else 1),
            strong=row.level == "body",
        )
        for row, middle in zip(rows, middles, strict=True)
        if row.level != "heading"
    ]
    layers = [
        *_heading_layers(rows, middles, gutter, height, tokens),
        *(layer for lane in lanes for layer in _lane_layers(lane, gutter, height, tokens)),
        *label_layers(labels, tokens, height),
        *_pointed_at(rows, tops, height),
    ]
    return layered(layers, height)


def _places(rows: Sequence[OutlineRow]) -> tuple[list[float], list[int], int]:
    """The middle and the upper edge of each row, and the height of all, in pixels."""
    middles: list[float] = []
    tops: list[int] = []
    top = 0
    for index, row in enumerate(rows):
        if row.level == "body" and index and rows[index - 1].level != "heading":
            top += _GAP
        tops.append(top)
        middles.append(top + _HEIGHTS[row.level] / 2)
        top += _HEIGHTS[row.level]
    return middles, tops, top + _GAP


def _lanes(rows: Sequence[OutlineRow], middles: Sequence[float], connections: Sequence[tuple[str, str]]) -> list[_Lane]:
    """The lanes of the connectors, none of them over another; those with the most connectors first."""
    at = {row.key: middle for row, middle in zip(rows, middles, strict=True) if row.key}
    ends: dict[str, list[float]] = {}
    for origin, target in connections:
        if origin in at and target in at and origin != target:
            ends.setdefault(target, []).append(at[origin])
    stretches = {target: (min(*starts, at[target]), max(*starts, at[target])) for target, starts in ends.items()}
    taken: list[list[tuple[float, float]]] = [[] for _ in range(_MOST_LANES)]
    lanes = []
    for target in sorted(stretches, key=lambda key: (-len(ends[key]), stretches[key][1] - stretches[key][0])):
        first, last = stretches[target]
        free = (
            place for place, others in enumerate(taken) if all(last < start or end < first for start, end in others)
        )
        if (place := next(free, None)) is not None:
            taken[place].append((first, last))
            lanes.append(_Lane(tuple(ends[target]), at[target], place))
    return lanes


def _lane_layers(lane: _Lane, gutter: int, height: int, tokens: Tokens) -> list[alt.Chart]:
    """The line down the lane, a stub at each origin, and an arrow at the target."""
    colour = tokens.category[lane.place % len(tokens.category)]
    x = gutter - 10 - _LANE * lane.place - _LANE / 2
    stroke: dict[str, Any] = {"color": colour, "strokeWidth": 1.5, "opacity": 1}
    ends = [*(origin + _APART for origin in lane.origins), lane.target - _APART]
    reach = {"top": min(ends), "bottom": max(ends)}
    down = alt.Chart(data([reach])).mark_rule(**stroke)
    stubs = alt.Chart(data([{"middle": end} for end in ends])).mark_rule(**stroke)
    arrow = alt.Chart(data([{"middle": ends[-1]}])).mark_point(
        shape="triangle-right", filled=True, color=colour, size=55, opacity=1
    )
    return [
        down.encode(x=alt.XValue(x), y=y_at("top", height), y2=alt.Y2("bottom:Q")),
        stubs.encode(x=alt.XValue(x), x2=alt.X2Value(gutter - 5), y=y_at("middle", height)),
        arrow.encode(x=alt.XValue(gutter - 6), y=y_at("middle", height)),
    ]


def _heading_layers(
    rows: Sequence[OutlineRow], middles: Sequence[float], gutter: int, height: int, tokens: Tokens
) -> list[alt.Chart]:
    """The words above a rule, right of the lanes, so that no connector crosses them."""
    placed = [
        {"text": row.text, "note": row.note, "middle": middle + 4, "rule": middle + 14}
        for row, middle in zip(rows, middles, strict=True)
        if row.level == "heading"
    ]
    base = alt.Chart(data(placed))
    words = base.mark_text(
        align="left", baseline="middle", fontSize=BASE_SIZE, fontWeight=600, color=tokens.brand
    ).encode(x=alt.XValue(gutter), y=y_at("middle", height), text=alt.Text("text:N"))
    counts = base.mark_text(align="right", baseline="middle", fontSize=BASE_SIZE, color=tokens.muted).encode(
        x=alt.XValue("width"), y=y_at("middle", height), text=alt.Text("note:N")
    )
    rules = base.mark_rule(color=tokens.border, strokeWidth=1).encode(
        x=alt.XValue(gutter), x2=alt.X2Value("width"), y=y_at("rule", height)
    )
    return [rules, words, counts]


def _pointed_at(rows: Sequence[OutlineRow], tops: Sequence[int], height: int) -> list[alt.Chart]:
    """Areas without a mark that say more when they are pointed at; rows with the same titles share a layer."""
    groups: dict[tuple[str, ...], list[tuple[OutlineRow, int]]] = {}
    for row, top in zip(rows, tops, strict=True):
        if row.details:
            groups.setdefault(tuple(row.details), []).append((row, top))
    layers = []
    for members in groups.values():
        details = members[0][0].details or {}
        areas = [
            {"top": top, "bottom": top + _HEIGHTS[row.level], **detail_fields(row.details or {})}
            for row, top in members
        ]
        layers.append(
            alt.Chart(data(areas))
            .mark_rect(opacity=0)
            .encode(
                x=alt.XValue(0),
                x2=alt.X2Value("width"),
                y=y_at("top", height),
                y2=alt.Y2("bottom:Q"),
                tooltip=tooltips(details),
            )
        )
    return layers


def existence_chart(
    rows: Sequence[ExistenceRow], span: Span, as_of: date, as_of_text: str, tokens: Tokens
) -> alt.LayerChart:
    """Bars from beginning to end: solid what exists on the as-of date, outlined what ended, dashed what is to come."""
    styles: dict[State, dict[str, Any]] = {
        "past": {"fillOpacity": 0, "stroke": tokens.plan_stroke, "strokeWidth": 1.2},
        "current": {"fill": tokens.actual_fill},
        "coming": {"fill": tokens.forecast_fill, "stroke": tokens.forecast_stroke, "strokeDash": [4, 3]},
    }
    bars: dict[State, list[dict[str, Any]]] = {state: [] for state in styles}
    labels, top = [], 0
    for row in rows:
        inner = _INDENTS["line"] if row.inner else 0
        labels.append(Label(row.label, top + LABEL_HEIGHT / 2, row.note, indent=inner, strong=not row.inner))
        if row.state:
            bars[row.state].append(_existence_bar(row, top + LABEL_HEIGHT, span))
        top += ROW_HEIGHT if row.state else LABEL_HEIGHT + _GAP
    height = top + AS_OF_HEIGHT
    layers = [
        *(layer for state, style in styles.items() for layer in time_bars(bars[state], span, height, **style)),
        *as_of_line(span, as_of, as_of_text, tokens, height),
        *label_layers(labels, tokens, height),
    ]
    return layered(layers, height)


def _existence_bar(row: ExistenceRow, top: int, span: Span) -> dict[str, Any]:
    return {
        "start": instant(row.since or span.first),
        "end": instant(row.until + timedelta(days=1) if row.until else span.last),
        "top": top,
        "bottom": top + BAR_HEIGHT,
        "details": row.details,
    }
