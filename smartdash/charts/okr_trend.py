"""The way through a cycle: progress against what was expected above, the confidence below on a scale of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt

from smartdash.charts.lanes import detail_fields, haloed, layered, tooltips
from smartdash.charts.rows import data, y_at
from smartdash.charts.timeline import AS_OF_HEIGHT, Span, as_of_line, noon, time_x
from smartdash.charts.tokens import Tokens

_TOP = 26
_PLOT = 220
_HEADING = _TOP + _PLOT + 26
_LOW_TOP = _HEADING + 28
_LOW_PLOT = 54
_EVENTS = _LOW_TOP + _LOW_PLOT + 20
_EVENT_ROW = 20
_MOST_CONFIDENT = 10

Place = tuple[date, float]


@dataclass(frozen=True, slots=True)
class CourseMark:
    """A mark of the chart: its day, its value, the text beside it, and what is shown when it is pointed at."""

    day: date
    value: float
    text: str
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Course:
    """What is drawn of a cycle: shares of the way (1 = target) and confidences from 0 to 10.

    `progress` and `confidence` are stretches that are each one line; `reports` are the progress points. `forecast` and
    `score` stand at the cycle's end. `events` happened outside; their value is not drawn.
    """

    expected: Sequence[Place]
    progress: Sequence[Sequence[Place]]
    reports: Sequence[CourseMark]
    confidence: Sequence[Sequence[Place]]
    confidences: Sequence[CourseMark]
    forecast: CourseMark | None
    score: CourseMark | None
    events: Sequence[CourseMark]


@dataclass(frozen=True, slots=True)
class CourseWords:
    """What is written in the chart: at the expected line, above the confidence, at the as-of line, and at the grid."""

    expected: str
    confidence: str
    as_of: str
    percent: Mapping[float, str]


def course_chart(course: Course, span: Span, as_of: date, words: CourseWords, tokens: Tokens) -> alt.LayerChart:
    """Expected progress dashed, progress as a line with its reports, and below them the confidence.

    Events are vertical lines whose names stand one below the other, so that no two overlap. The owner's forecast is a
    dashed diamond at the cycle's end, the final score an open square, so that progress below it is seen.
    """
    word = AS_OF_HEIGHT if span.first <= as_of <= span.end else 0
    height = _EVENTS + _EVENT_ROW * len(course.events) + word
    area = _Area(span, height, _limits(course), tokens)
    low = [_low(value) for value in (0.0, float(_MOST_CONFIDENT))]
    layers = [
        *_grid(area, [(area.up(value), text) for value, text in words.percent.items()]),
        *_grid(area, list(zip(low, ("0", str(_MOST_CONFIDENT)), strict=True))),
        *_events(area, course.events),
        _line(area, [[(day, area.up(value)) for day, value in course.expected]], tokens.axis, strokeDash=[6, 4]),
        *_expected_word(area, course.expected, words.expected),
        *_lines(area, [[(day, area.up(value)) for day, value in part] for part in course.progress], tokens.actual_fill),
        *_lines(area, [[(day, _low(value)) for day, value in part] for part in course.confidence], tokens.muted),
        *as_of_line(span, as_of, words.as_of, tokens, height),
        *_ends(area, course),
        *_marks(area, course.confidences, _low, shape="circle", size=34, filled=True, color=tokens.muted),
        *_marks(area, course.reports, area.up, shape="circle", size=60, filled=True, color=tokens.actual_fill),
        *_last_text(area, course.reports, area.up),
        *_last_text(area, course.confidences, _low),
        *_heading(area, words.confidence),
    ]
    return layered(layers, height)


@dataclass(frozen=True, slots=True)
class _Area:
    span: Span
    height: int
    limits: tuple[float, float]
    tokens: Tokens

    def up(self, value: float) -> float:
        """Pixels from the top of a share of the way."""
        low, high = self.limits
        return _TOP + _PLOT * (high - value) / (high - low)

    def at(self, rows: Sequence[Mapping[str, Any]]) -> alt.Chart:
        """A chart of rows at `start` and `level`."""
        chart: alt.Chart = alt.Chart(data(rows)).encode(x=time_x(self.span), y=y_at("level", self.height))
        return chart


def _low(confidence: float) -> float:
    return _LOW_TOP + _LOW_PLOT * (1 - confidence / _MOST_CONFIDENT)


def _limits(course: Course) -> tuple[float, float]:
    """From 0 to 1, and further where something lies beyond."""
    ends = [mark.value for mark in (course.forecast, course.score) if mark]
    values = [*(mark.value for mark in course.reports), *(value for _, value in course.expected), *ends]
    return min([0.0, *values]), max([1.0, *values])


def _grid(area: _Area, levels: Sequence[tuple[float, str]]) -> list[alt.Chart]:
    rows = [{"level": level, "text": text} for level, text in levels]
    base = alt.Chart(data(rows)).encode(y=y_at("level", area.height))
    words = base.encode(x=alt.XValue(0), text=alt.Text("text:N"))
    return [
        base.mark_rule(color=area.tokens.border, strokeWidth=1),
        *haloed(words, area.tokens, align="left", baseline="bottom", dy=-2, fontSize=11, color=area.tokens.muted),
    ]


def _events(area: _Area, events: Sequence[CourseMark]) -> list[alt.Chart]:
    layers = []
    for place, event in enumerate(events):
        level = _EVENTS + _EVENT_ROW * place
        row = {"start": noon(event.day), "level": _TOP - 6, "end": level, **detail_fields(event.details)}
        layers.append(
            area.at([row])
            .mark_rule(color=area.tokens.muted, strokeWidth=1.5, strokeDash=[2, 3])
            .encode(y2=alt.Y2("end:Q"), tooltip=tooltips(event.details))
        )
        name = area.at([{**row, "level": level, "text": event.text}]).encode(text=alt.Text("text:N"))
        layers += haloed(
            name.encode(tooltip=tooltips(event.details)),
            area.tokens,
            **_beside(area.span, event.day),
            baseline="middle",
            fontSize=12,
            color=area.tokens.muted,
        )
    return layers


def _beside(span: Span, day: date) -> dict[str, Any]:
    """A text at the side of a day where there is more room, cut where the plot ends."""
    share = span.share(day)
    right = share < 0.5
    room: Any = alt.ExprRef(f"width * {max(share, 1 - share):.3f} - 8")
    return {"align": "left" if right else "right", "dx": 6 if right else -6, "limit": room}


def _line(area: _Area, parts: Sequence[Sequence[Place]], colour: str, **style: Any) -> alt.Chart:
    rows = [
        {"start": noon(day), "level": level, "part": str(place)}
        for place, part in enumerate(parts)
        for day, level in part
    ]
    chart: alt.Chart = (
        area.at(rows)
        .mark_line(interpolate="linear", color=colour, **{"strokeWidth": 2, **style})
        .encode(detail=alt.Detail("part:N"))
    )
    return chart


def _lines(area: _Area, parts: Sequence[Sequence[Place]], colour: str) -> list[alt.Chart]:
    return [_line(area, parts, colour)] if parts else []


def _expected_word(area: _Area, expected: Sequence[Place], word: str) -> list[alt.Chart]:
    """The name of the expected line above its last stretch, where it is farthest from the reports."""
    (before, low), (last, high) = expected[-2:] if len(expected) > 1 else (expected[0], expected[0])
    place = before + (last - before) * 2 // 3
    row = {"start": noon(place), "level": area.up(low + (high - low) * 2 / 3), "text": word}
    return haloed(
        area.at([row]).encode(text=alt.Text("text:N")),
        area.tokens,
        align="right",
        baseline="bottom",
        dx=-6,
        dy=-2,
        fontSize=12,
        color=area.tokens.muted,
    )


def _ends(area: _Area, course: Course) -> list[alt.Chart]:
    layers: list[alt.Chart] = []
    tokens = area.tokens
    if course.forecast:
        if course.reports:
            way = [(mark.day, area.up(mark.value)) for mark in (course.reports[-1], course.forecast)]
            layers.append(_line(area, [way], tokens.forecast_stroke, strokeWidth=1.5, strokeDash=[3, 4]))
        style = {"fill": tokens.forecast_fill, "stroke": tokens.forecast_stroke, "strokeDash": [2, 2]}
        layers += _marks(area, [course.forecast], area.up, shape="diamond", size=130, strokeWidth=1.5, **style)
        layers += _last_text(area, [course.forecast], area.up, _under(course, course.forecast))
    if course.score:
        layers += _marks(
            area,
            [course.score],
            area.up,
            shape="square",
            size=170,
            strokeWidth=2,
            stroke=tokens.text,
            fill="transparent",
        )
        layers += _last_text(area, [course.score], area.up, _under(course, course.score))
    return layers


def _under(course: Course, mark: CourseMark) -> bool:
    """Whether a text at the end stands below its mark: above it would lie on the expected line."""
    return 0.15 < mark.value < course.expected[-1][1]


def _marks(area: _Area, marks: Sequence[CourseMark], level: Any, **style: Any) -> list[alt.Chart]:
    if not marks:
        return []
    rows = [{"start": noon(mark.day), "level": level(mark.value), **detail_fields(mark.details)} for mark in marks]
    return [area.at(rows).mark_point(opacity=1, **style).encode(tooltip=tooltips(marks[0].details))]


def _last_text(area: _Area, marks: Sequence[CourseMark], level: Any, below: bool = False) -> list[alt.Chart]:
    """The text of the last mark, above it or `below`, towards the side with more room."""
    if not marks:
        return []
    last = marks[-1]
    row = {"start": noon(last.day), "level": level(last.value), "text": last.text}
    style = _beside(area.span, last.day)
    return haloed(
        area.at([row]).encode(text=alt.Text("text:N")),
        area.tokens,
        align=style["align"],
        dx=-style["dx"],
        dy=10 if below else -10,
        baseline="top" if below else "bottom",
        fontWeight=600,
        color=area.tokens.text,
    )


def _heading(area: _Area, text: str) -> list[alt.Chart]:
    base = alt.Chart(data([{"level": _HEADING, "text": text}]))
    words = base.encode(x=alt.XValue(0), y=y_at("level", area.height), text=alt.Text("text:N"))
    return haloed(words, area.tokens, align="left", baseline="middle", fontSize=12, color=area.tokens.muted)
