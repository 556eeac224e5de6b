"""Charts of committees over time: steps of papers, sessions with deadlines, bodies, and conflicts of dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt

from smartdash.charts.lanes import Label, detail_fields, haloed, label_layers, layered, tooltips
from smartdash.charts.rows import data, y_at
from smartdash.charts.theme import BASE_SIZE
from smartdash.charts.timeline import AS_OF_HEIGHT, Span, as_of_line, instant, time_bars, time_x
from smartdash.charts.tokens import Status, Tokens, status_colour

_HEADING = 28
_STEP = 46
_LABEL = 18
_MIDDLE = _LABEL + 9
_POINT = 80
_BESIDE = 10
_LINE = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One committee's turn: its name, what it does with the paper, the day, and the text beside the mark."""

    committee: str
    role: str
    day: date
    text: str
    passed: bool
    details: Mapping[str, str]
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class PaperSteps:
    """A paper with its steps in order."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session to come: the deadline before it, the text beside the marks, and how ready its papers are."""

    committee: str
    note: str
    status: Status
    deadline: date | None
    day: date
    text: str
    cancelled: bool
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SessionMark:
    """A session on a body's row; `busy`: it dealt with a paper of the programme."""

    day: date
    busy: bool
    cancelled: bool
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body with its sessions; `warns` where its note needs attention."""

    title: str
    note: str
    warns: bool
    marks: tuple[SessionMark, ...]


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """Two dates in each other's way: the last day that would do, and the day that is set or expected instead."""

    title: str
    reason: str
    note: str
    status: Status
    needed: date | None
    found: date | None
    text: str
    details: Mapping[str, str]


def consultations_chart(
    papers: Sequence[PaperSteps], span: Span, as_of: date, as_of_text: str, tokens: Tokens
) -> alt.LayerChart:
    """Papers from top to bottom, each with a row per step: solid where passed, hollow to come, a cross if dropped."""
    height = sum(_HEADING + _STEP * len(paper.steps) for paper in papers) + AS_OF_HEIGHT
    labels: list[Label] = []
    headings: list[Label] = []
    points: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    top = 0
    for paper in papers:
        headings.append(Label(paper.title, top + _HEADING / 2 + 3))
        top += _HEADING
        for step in paper.steps:
            labels.append(Label(step.committee, top + _LABEL / 2, step.role, tokens.muted, strong=False))
            fill = tokens.actual_fill if step.passed else tokens.background
            points.append(_point(step.day, top + _MIDDLE, fill, tokens, step.details, step.dropped))
            texts.append(_text(step.text, step.day, step.day, top + _MIDDLE, span))
            top += _STEP
    layers = [
        *as_of_line(span, as_of, as_of_text, tokens, height),
        *_point_layers(points, papers[0].steps[0].details, span, height),
        *_text_layers(texts, span, height, tokens),
        *label_layers(headings, tokens, height),
        *label_layers(labels, tokens, height),
    ]
    return layered(layers, height)


def sessions_chart(
    rows: Sequence[SessionRow], span: Span, as_of: date, as_of_text: str, tokens: Tokens
) -> alt.LayerChart:
    """A row per session: a diamond for the deadline, a line from there to the circle of the session."""
    height = _STEP * len(rows) + AS_OF_HEIGHT
    labels, texts = [], []
    points: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    for index, row in enumerate(rows):
        top = index * _STEP
        middle, colour = top + _MIDDLE, status_colour(tokens, row.status)
        labels.append(Label(row.committee, top + _LABEL / 2, row.note, tokens.muted if row.cancelled else colour))
        first = row.day if row.cancelled else row.deadline or row.day
        texts.append(_text(row.text, first, row.day, middle, span))
        if first < row.day:
            lines.append(_line(first, row.day, middle, row.details, colour))
            points.append(_point(first, middle, colour, tokens, row.details, shape="diamond"))
        points.append(_point(row.day, middle, tokens.background, tokens, row.details, row.cancelled))
    layers = [
        *as_of_line(span, as_of, as_of_text, tokens, height),
        *_coloured_bars(lines, span, height),
        *_point_layers(points, rows[0].details, span, height),
        *_text_layers(texts, span, height, tokens),
        *label_layers(labels, tokens, height),
    ]
    return layered(layers, height)


def bodies_chart(rows: Sequence[BodyRow], span: Span, as_of: date, as_of_text: str, tokens: Tokens) -> alt.LayerChart:
    """A row per body with a circle for each session: solid with a paper of the programme, hollow without."""
    height = _STEP * len(rows) + AS_OF_HEIGHT
    labels = []
    points: list[dict[str, Any]] = []
    for index, row in enumerate(rows):
        top = index * _STEP
        labels.append(Label(row.title, top + _LABEL / 2, row.note, tokens.warn if row.warns else tokens.muted))
        for mark in row.marks:
            fill = tokens.actual_fill if mark.busy else tokens.background
            points.append(_point(mark.day, top + _MIDDLE, fill, tokens, mark.details, mark.cancelled))
    details = next(mark.details for row in rows for mark in row.marks)
    layers = [
        *as_of_line(span, as_of, as_of_text, tokens, height),
        *_point_layers(points, details, span, height),
        *label_layers(labels, tokens, height),
    ]
    return layered(layers, height)


def conflicts_chart(
    rows: Sequence[ConflictRow], span: Span, as_of: date, as_of_text: str, tokens: Tokens
) -> alt.LayerChart:
    """A row per conflict: a diamond where something has to be ready, a bar from there to when it is instead."""
    row_height = _STEP + _LABEL
    height = row_height * len(rows) + AS_OF_HEIGHT
    labels, texts = [], []
    points: list[dict[str, Any]] = []
    bars: list[dict[str, Any]] = []
    for index, row in enumerate(rows):
        top = index * row_height
        middle, colour = top + _LABEL + _MIDDLE, status_colour(tokens, row.status)
        labels.append(Label(row.title, top + _LABEL / 2, row.note, colour))
        labels.append(Label(row.reason, top + _LABEL * 1.5, strong=False))
        days = [day for day in (row.needed, row.found) if day]
        if not days:
            continue
        texts.append(_text(row.text, min(days), max(days), middle, span))
        if len(days) == 2:
            bars.append(_line(min(days), max(days), middle, row.details, colour))
        if row.found:
            points.append(_point(row.found, middle, colour, tokens, row.details))
        if row.needed:
            points.append(_point(row.needed, middle, tokens.background, tokens, row.details, shape="diamond"))
    layers = [
        *as_of_line(span, as_of, as_of_text, tokens, height),
        *_coloured_bars(bars, span, height),
        *_point_layers(points, rows[0].details, span, height),
        *_text_layers(texts, span, height, tokens),
        *label_layers(labels, tokens, height),
    ]
    return layered(layers, height)


def _point(
    day: date,
    middle: float,
    fill: str,
    tokens: Tokens,
    details: Mapping[str, str],
    cancelled: bool = False,
    shape: str = "circle",
) -> dict[str, Any]:
    return {
        "start": instant(day),
        "middle": middle,
        "fill": tokens.muted if cancelled else fill,
        "stroke": tokens.muted if cancelled else tokens.plan_stroke,
        "shape": "cross" if cancelled else shape,
        **detail_fields(details),
    }


def _point_layers(
    points: Sequence[dict[str, Any]], details: Mapping[str, str], span: Span, height: int
) -> list[alt.Chart]:
    shapes = sorted({point["shape"] for point in points})
    return [
        alt.Chart(data([point for point in points if point["shape"] == shape]))
        .mark_point(
            shape=shape, filled=True, size=_POINT, strokeWidth=1.5, opacity=1, angle=45 if shape == "cross" else 0
        )
        .encode(
            x=time_x(span),
            y=y_at("middle", height),
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("stroke:N", scale=None),
            tooltip=tooltips(details),
        )
        for shape in shapes
    ]


def _line(first: date, last: date, middle: float, details: Mapping[str, str], colour: str) -> dict[str, Any]:
    return {
        "start": instant(first),
        "end": instant(last),
        "top": middle - _LINE,
        "bottom": middle + _LINE,
        "details": details,
        "colour": colour,
    }


def _coloured_bars(bars: Sequence[dict[str, Any]], span: Span, height: int) -> list[alt.Chart]:
    colours = sorted({bar["colour"] for bar in bars})
    return [
        layer
        for colour in colours
        for layer in time_bars([bar for bar in bars if bar["colour"] == colour], span, height, color=colour)
    ]


def _text(text: str, first: date, last: date, middle: float, span: Span) -> dict[str, Any]:
    """A text after the last mark of a row, or before its first where there is more room; `room` of the whole width."""
    before, behind = span.share(first), 1 - span.share(last)
    after = behind >= before
    return {
        "start": instant(last if after else first),
        "middle": middle,
        "text": text,
        "after": after,
        "room": max(before, behind),
    }


def _text_layers(texts: Sequence[dict[str, Any]], span: Span, height: int, tokens: Tokens) -> list[alt.Chart]:
    layers = []
    for after in sorted({text["after"] for text in texts}):
        base = alt.Chart(data([text for text in texts if text["after"] is after]))
        layers += haloed(
            base.encode(x=time_x(span), y=y_at("middle", height), text=alt.Text("text:N")),
            tokens,
            align="left" if after else "right",
            dx=_BESIDE if after else -_BESIDE,
            baseline="middle",
            fontSize=BASE_SIZE - 1,
            color=tokens.text,
            limit=alt.ExprRef(f"datum.room * width - {_BESIDE}"),
        )
    return layers
