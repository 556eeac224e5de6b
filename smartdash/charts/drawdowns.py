"""Drawn grant money against what was spent of it: both summed up over time, and the window of each drawdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt

from smartdash.charts.lanes import detail_fields, haloed, layered, tooltips
from smartdash.charts.rows import data, y_at
from smartdash.charts.timeline import AS_OF_HEIGHT, Span, as_of_line, instant, noon, time_x
from smartdash.charts.tokens import Status, Tokens, status_colour, status_tint

_TOP = 14
_PLOT = 280
_NAMES = _TOP + _PLOT + 22
_NAME_ROW = 20
_STEP: Any = "step-after"

Place = tuple[date, float]
"""A day and the euro reached on it."""


@dataclass(frozen=True, slots=True)
class Window:
    """A drawdown as a box: from the day it was paid out to the last day of its use, from what was drawn before it."""

    first: date
    last: date
    low: float
    high: float
    status: Status
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CashCourse:
    """What is drawn: sums in euro by day, each line beginning where it leaves the one before.

    `spent` and `drawn` end on the as-of date, `expected` and `planned` go on from there. `deadlines` are days with the
    name of what is due.
    """

    spent: Sequence[Place]
    drawn: Sequence[Place]
    expected: Sequence[Place]
    planned: Sequence[Place]
    windows: Sequence[Window]
    deadlines: Sequence[tuple[date, str]]


@dataclass(frozen=True, slots=True)
class CashWords:
    """What is written in the chart: what both lines have reached, at the as-of line, and at the levels of the grid."""

    spent: str
    drawn: str
    as_of: str
    levels: Mapping[float, str]


def cash_chart(course: CashCourse, span: Span, as_of: date, words: CashWords, tokens: Tokens) -> alt.LayerChart:
    """Two rising steps: drawn in one colour, spent in the other; solid up to the as-of date, dashed after it.

    Each drawdown is a box. The line of what is spent must leave it through its upper edge before its right one.
    Deadlines are vertical lines whose names stand one below the other.
    """
    height = _NAMES + _NAME_ROW * len(course.deadlines) + AS_OF_HEIGHT
    highest = max([1.0, *words.levels, *(value for line in _lines(course) for _, value in line)])

    def up(value: float) -> float:
        return _TOP + _PLOT * (1 - value / highest)

    def at(rows: Sequence[Mapping[str, Any]]) -> alt.Chart:
        chart: alt.Chart = alt.Chart(data(rows)).encode(x=time_x(span), y=y_at("level", height))
        return chart

    def line(places: Sequence[Place], **style: Any) -> list[alt.Chart]:
        rows = [{"start": instant(day), "level": up(value)} for day, value in places]
        return [at(rows).mark_line(interpolate=_STEP, **style)] if len(rows) > 1 else []

    drawn, spent = tokens.category[2], tokens.actual_fill
    layers = [
        *_grid({up(value): text for value, text in words.levels.items()}, height, tokens),
        *_windows(course.windows, up, at, tokens),
        *as_of_line(span, as_of, words.as_of, tokens, height),
        *_deadlines(course.deadlines, span, at, tokens),
        *line(course.planned, color=drawn, strokeWidth=1.5, strokeDash=[5, 4]),
        *line(course.expected, color=spent, strokeWidth=1.5, strokeDash=[5, 4]),
        *line(course.drawn, color=drawn, strokeWidth=2.5),
        *line(course.spent, color=spent, strokeWidth=2.5),
        *_legend(words, drawn, spent, height, tokens),
    ]
    return layered(layers, height)


def _lines(course: CashCourse) -> list[Sequence[Place]]:
    boxes = [(window.last, window.high) for window in course.windows]
    return [course.spent, course.drawn, course.expected, course.planned, boxes]


def _grid(levels: Mapping[float, str], height: int, tokens: Tokens) -> list[alt.Chart]:
    rows = [{"level": level, "text": text} for level, text in levels.items()]
    base = alt.Chart(data(rows)).encode(y=y_at("level", height))
    words = base.encode(x=alt.XValue(0), text=alt.Text("text:N"))
    return [
        base.mark_rule(color=tokens.border, strokeWidth=1),
        *haloed(words, tokens, align="left", baseline="bottom", dy=-2, fontSize=11, color=tokens.muted),
    ]


def _windows(windows: Sequence[Window], up: Any, at: Any, tokens: Tokens) -> list[alt.Chart]:
    if not windows:
        return []
    rows = [
        {
            "start": instant(window.first),
            "end": noon(window.last),
            "level": up(window.high),
            "below": up(window.low),
            "fill": status_tint(tokens, window.status),
            "edge": status_colour(tokens, window.status),
            **detail_fields(window.details),
        }
        for window in windows
    ]
    mark = at(rows).mark_rect(strokeWidth=1)
    return [
        mark.encode(
            x2=alt.X2("end:Q"),
            y2=alt.Y2("below:Q"),
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("edge:N", scale=None),
            tooltip=tooltips(windows[0].details),
        )
    ]


def _deadlines(deadlines: Sequence[tuple[date, str]], span: Span, at: Any, tokens: Tokens) -> list[alt.Chart]:
    layers: list[alt.Chart] = []
    for place, (day, text) in enumerate(deadlines):
        level = _NAMES + _NAME_ROW * place
        rule = at([{"start": noon(day), "level": _TOP, "end": level}])
        layers.append(rule.mark_rule(color=tokens.muted, strokeWidth=1.5, strokeDash=[2, 3]).encode(y2=alt.Y2("end:Q")))
        right = span.share(day) < 0.5
        room: Any = alt.ExprRef(f"width * {max(span.share(day), 1 - span.share(day)):.3f} - 8")
        layers += haloed(
            at([{"start": noon(day), "level": level, "text": text}]).encode(text=alt.Text("text:N")),
            tokens,
            align="left" if right else "right",
            dx=6 if right else -6,
            limit=room,
            baseline="middle",
            fontSize=12,
            color=tokens.muted,
        )
    return layers


def _legend(words: CashWords, drawn: str, spent: str, height: int, tokens: Tokens) -> list[alt.Chart]:
    """What both lines have reached, in their colours: in the upper left corner, where rising lines never are."""
    layers: list[alt.Chart] = []
    for place, (text, colour) in enumerate(((words.drawn, drawn), (words.spent, spent))):
        base = alt.Chart(data([{"level": _TOP + 16 + _NAME_ROW * place, "text": f"■ {text}"}]))
        layers += haloed(
            base.encode(x=alt.XValue(34), y=y_at("level", height), text=alt.Text("text:N")),
            tokens,
            align="left",
            baseline="middle",
            fontWeight=600,
            color=colour,
        )
    return layers
