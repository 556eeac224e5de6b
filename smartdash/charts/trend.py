"""The trend analysis of milestones: how the date forecast for each moved from report to report."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt

from smartdash.charts.lanes import detail_fields, haloed, layered, tooltips
from smartdash.charts.packing import apart
from smartdash.charts.rows import data
from smartdash.charts.theme import BASE_SIZE
from smartdash.charts.timeline import Span, instant, tick_days, time_scale
from smartdash.charts.tokens import Status, Tokens, status_colour

_LABEL_ROW = 16
_LEAST_HEIGHT = 300
_LABELS = "clamp(width * 0.34, 132, 250)"
"""Pixels at the right that the names of the milestones take."""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A report: the day it was made on, the date it forecast, and what is shown when it is pointed at."""

    reported_on: date
    forecast: date
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TrendLine:
    """A milestone in the chart: its reports in order, and the day it was reached on."""

    label: str
    status: Status
    points: tuple[TrendPoint, ...]
    reached: TrendPoint | None = None

    @property
    def path(self) -> tuple[TrendPoint, ...]:
        """The reports and the day it was reached on, from left to right."""
        reached = (self.reached,) if self.reached else ()
        return tuple(sorted((*self.points, *reached), key=lambda point: point.reported_on))


@dataclass(frozen=True, slots=True)
class _End:
    """The end of a line and what is written there."""

    point: TrendPoint
    label: str
    colour: str


def trend_chart(
    lines: Sequence[TrendLine], across: Span, up: Span, reached_word: str, tokens: Tokens
) -> alt.LayerChart:
    """Report days from left to right (`across`), forecast days upwards (`up`), a line for each milestone.

    A line that rises slips; one that is level keeps its date; all end at the diagonal, where the day of the report is
    the day forecast: there the milestone is reached. The names stand at the ends of the lines.
    """
    height = max(_LEAST_HEIGHT, _LABEL_ROW * (len(lines) + 6))
    scales = {"x": _across(across), "y": _up(up)}
    diagonal = _diagonal(across, up)
    ends = [_End(line.path[-1], line.label, status_colour(tokens, line.status)) for line in lines]
    if diagonal:
        ends.append(_End(TrendPoint(diagonal[1], diagonal[1], {}), reached_word, tokens.muted))
    rows = [
        {
            "line": str(index),
            "start": instant(point.reported_on),
            "level": instant(point.forecast),
            "colour": status_colour(tokens, line.status),
            "reached": point is line.reached,
            **detail_fields(point.details),
        }
        for index, line in enumerate(lines)
        for point in line.path
    ]
    layers = [
        *([_diagonal_line(diagonal, scales, tokens)] if diagonal else []),
        alt.Chart(data(rows))
        .mark_line(strokeWidth=2, interpolate="linear")
        .encode(**scales, detail=alt.Detail("line:N"), color=alt.Color("colour:N", scale=None)),
        *_points([row for row in rows if not row["reached"]], lines[0].path[0].details, scales, "circle", 44),
        *(
            layer
            for details in [line.reached.details for line in lines if line.reached][:1]
            for layer in _points([row for row in rows if row["reached"]], details, scales, "diamond", 90)
        ),
        *_names(ends, across, up, height, scales, tokens),
    ]
    return layered(layers, height)


def _across(span: Span) -> alt.X:
    scale = time_scale(span, range=[0, alt.ExprRef(f"width - {_LABELS}")])
    return alt.X("start:Q", scale=scale, axis=_axis(span, orient="bottom", labelAlign="left", grid=False))


def _up(span: Span) -> alt.Y:
    return alt.Y("level:Q", scale=time_scale(span), axis=_axis(span, orient="left", grid=True, labelPadding=4))


def _axis(span: Span, **style: Any) -> alt.Axis:
    ticks, step = tick_days(span)
    return alt.Axis(
        title=None,
        values=[instant(day) for day in ticks],
        labelExpr=f"utcFormat(datum.value, '{'%Y' if step >= 12 else '%m/%y'}')",
        labelOverlap="greedy",
        domain=False,
        tickSize=0,
        **style,
    )


def _diagonal(across: Span, up: Span) -> tuple[date, date] | None:
    """First and last day of the diagonal, as far as both axes show it."""
    first, last = max(across.first, up.first), min(across.last, up.last)
    return (first, last) if first < last else None


def _diagonal_line(ends: tuple[date, date], scales: Mapping[str, Any], tokens: Tokens) -> alt.Chart:
    rows = [{"start": instant(day), "level": instant(day)} for day in ends]
    line = alt.Chart(data(rows)).mark_line(stroke=tokens.axis, strokeWidth=1.5, strokeDash=[5, 4])
    chart: alt.Chart = line.encode(**scales)
    return chart


def _points(
    rows: Sequence[Mapping[str, Any]], details: Mapping[str, str], scales: Mapping[str, Any], shape: str, size: int
) -> list[alt.Chart]:
    if not rows:
        return []
    mark = alt.Chart(data(rows)).mark_point(shape=shape, size=size, filled=True, opacity=1)
    return [mark.encode(**scales, color=alt.Color("colour:N", scale=None), tooltip=tooltips(details))]


def _names(
    ends: Sequence[_End], across: Span, up: Span, height: int, scales: Mapping[str, Any], tokens: Tokens
) -> list[alt.Chart]:
    """The names at the ends of the lines, moved apart where they would overlap, with a thread to their end.

    A line that ends early leaves its name more room to the right.
    """
    levels = apart([height * (1 - up.share(end.point.forecast)) for end in ends], height, _LABEL_ROW)
    per_pixel = (up.last - up.first).total_seconds() * 1000 / height
    rows = [
        {
            "start": instant(end.point.reported_on),
            "end": instant(end.point.forecast),
            "level": instant(up.last) - level * per_pixel,
            "label": end.label,
            "colour": end.colour,
            "room": _room(end, across),
        }
        for end, level in zip(ends, levels, strict=True)
    ]
    colour = alt.Color("colour:N", scale=None)
    thread = alt.Chart(data(rows)).mark_rule(strokeWidth=1, opacity=0.6, xOffset=8, x2Offset=8)
    layers = [thread.encode(**scales, y2=alt.Y2("end:Q"), color=colour)]
    for room in sorted({_room(end, across) for end in ends}):
        layers += haloed(
            alt.Chart(data([row for row in rows if row["room"] == room])).encode(
                **scales, text=alt.Text("label:N"), color=colour
            ),
            tokens,
            align="left",
            baseline="middle",
            dx=12,
            fontSize=BASE_SIZE - 1,
            limit=alt.ExprRef(f"{_LABELS} + (width - {_LABELS}) * {room} - 14"),
        )
    return layers


def _room(end: _End, across: Span) -> float:
    """The share of the plot to the right of an end, in tenths, so that few groups of names arise."""
    return math.floor((1 - across.share(end.point.reported_on)) * 10) / 10
