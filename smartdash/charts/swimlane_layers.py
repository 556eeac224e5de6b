"""The layers of a timeline: bars, marks with their texts, arrows at the edges, lines between sections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import altair as alt

from smartdash.charts.lane_layout import TEXT_SIZE, Mark, Shape
from smartdash.charts.lanes import detail_fields, haloed, tooltips
from smartdash.charts.rows import data, y_at
from smartdash.charts.theme import BASE_SIZE
from smartdash.charts.timeline import AS_OF_HEIGHT, Span, instant, noon, ticks, time_bars, time_x
from smartdash.charts.tokens import Tokens

_FORMS: Mapping[Shape, tuple[str, int]] = {
    "milestone": ("diamond", 90),
    "gate": ("diamond", 70),
    "event": ("circle", 75),
    "session": ("square", 70),
    "cancelled": ("M-1,-1L1,1M-1,1L1,-1", 45),
    "context": ("triangle-up", 75),
}
_RING = 260
"""Size of the second outline around a gate."""

T = TypeVar("T")


def bar_layers(
    bars: Mapping[str, Sequence[dict[str, Any]]], span: Span, height: int, tokens: Tokens
) -> list[alt.Chart]:
    """Bars by what they mean, the plan in front of everything else; each row has its `details` as tooltip."""
    dashed = {"fill": tokens.forecast_fill, "stroke": tokens.forecast_stroke, "strokeDash": [4, 3]}
    outline = {"fillOpacity": 0, "stroke": tokens.plan_stroke, "strokeWidth": 1.5}
    styles: dict[str, dict[str, Any]] = {
        "first_plan": {"fill": tokens.axis, "stroke": None},
        "expected": dashed,
        "actual": {"fill": tokens.actual_fill, "stroke": None},
        "planned": outline,
        "held": {"fill": tokens.actual_fill, "stroke": None, "cornerRadius": 3},
        "coming": {**outline, "cornerRadius": 3},
    }
    layers = []
    for kind, style in styles.items():
        for rows in _by_titles(bars.get(kind, ()), _details):
            layers += time_bars(rows, span, height, **style)
    return layers


def _by_titles(items: Sequence[T], details: Callable[[T], Mapping[str, str]]) -> list[list[T]]:
    """The items in groups whose tooltips have the same lines."""
    groups: dict[tuple[str, ...], list[T]] = defaultdict(list)
    for item in items:
        groups[tuple(details(item))].append(item)
    return list(groups.values())


def _details(row: Mapping[str, Any]) -> Mapping[str, str]:
    details: Mapping[str, str] = row["details"]
    return details


def mark_layers(marks: Sequence[tuple[Mark, float]], span: Span, height: int, tokens: Tokens) -> list[alt.Chart]:
    """Marks on their first day, at so many pixels from the top; a gate has a second outline."""
    layers = []
    if rings := [{"start": noon(mark.days[0]), "middle": middle} for mark, middle in marks if mark.shape == "gate"]:
        ring = alt.Chart(data(rings)).mark_point(
            shape="diamond", size=_RING, filled=False, stroke=tokens.plan_stroke, strokeWidth=1.5, opacity=1
        )
        layers.append(ring.encode(x=time_x(span), y=y_at("middle", height)))
    for group in _by_titles(marks, lambda mark: mark[0].details):
        layers.append(_point_layer(group, span, height, tokens))
    return layers


def _point_layer(points: Sequence[tuple[Mark, float]], span: Span, height: int, tokens: Tokens) -> alt.Chart:
    rows = [
        {
            "start": noon(mark.days[0]),
            "middle": middle,
            "shape": _FORMS[mark.shape][0],
            "size": _FORMS[mark.shape][1],
            "fill": _fill(mark, tokens),
            "stroke": tokens.axis if mark.shape == "cancelled" else tokens.plan_stroke,
            **detail_fields(mark.details),
        }
        for mark, middle in points
    ]
    chart: alt.Chart = (
        alt.Chart(data(rows))
        .mark_point(filled=True, strokeWidth=1.5, opacity=1)
        .encode(
            x=time_x(span),
            y=y_at("middle", height),
            shape=alt.Shape("shape:N", scale=None),
            size=alt.Size("size:Q", scale=None),
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("stroke:N", scale=None),
            tooltip=tooltips(points[0][0].details),
        )
    )
    return chart


def _fill(mark: Mark, tokens: Tokens) -> str:
    if not mark.passed:
        return tokens.background
    return tokens.text if mark.shape in ("milestone", "gate") else tokens.actual_fill


def text_layers(texts: Sequence[dict[str, Any]], span: Span, height: int, tokens: Tokens) -> list[alt.Chart]:
    """The texts beside bars and marks, `offset` pixels to the right, or below zero to the left."""
    groups: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for text in texts:
        groups[text["offset"]].append({name: text[name] for name in ("start", "middle", "text", "colour")})
    layers = []
    for offset, rows in groups.items():
        base = alt.Chart(data(rows)).encode(
            x=time_x(span), y=y_at("middle", height), text=alt.Text("text:N"), color=alt.Color("colour:N", scale=None)
        )
        layers += haloed(
            base,
            tokens,
            align="left" if offset > 0 else "right",
            dx=offset,
            baseline="middle",
            fontSize=TEXT_SIZE,
        )
    return layers


def cut_layers(cuts: Mapping[str, Sequence[dict[str, Any]]], height: int, tokens: Tokens) -> list[alt.Chart]:
    """An arrow at the edge where something goes on beyond it."""
    layers = []
    for side, rows in cuts.items():
        arrow = alt.Chart(data(rows)).mark_point(
            shape=f"triangle-{side}",
            size=60,
            filled=True,
            fill=tokens.text,
            stroke=tokens.background,
            strokeWidth=1,
            opacity=1,
        )
        layers.append(arrow.encode(x=alt.XValue(0 if side == "left" else "width"), y=y_at("middle", height)))
    return layers


def heading_lines(rows: Sequence[dict[str, Any]], height: int, tokens: Tokens) -> list[alt.Chart]:
    """A line above each section."""
    if not rows:
        return []
    line = alt.Chart(data(rows)).mark_rule(color=tokens.axis, strokeWidth=1)
    return [line.encode(x=alt.XValue(0), x2=alt.X2Value("width"), y=y_at("middle", height))]


def stand_lines(stands: Sequence[dict[str, Any]], span: Span, height: int, tokens: Tokens) -> list[alt.Chart]:
    """The as-of date of each lane as a line through that lane only."""
    rows = [
        {"start": noon(stand["day"]), "top": stand["top"], "bottom": stand["bottom"]}
        for stand in stands
        if span.cut(stand["day"], stand["day"])
    ]
    if not rows:
        return []
    line = alt.Chart(data(rows)).mark_rule(color=tokens.deviation_above, strokeWidth=2)
    return [line.encode(x=time_x(span), y=y_at("top", height), y2=alt.Y2("bottom:Q"))]


def axis_below(span: Span, height: int, tokens: Tokens) -> list[alt.Chart]:
    """The labels of the axis once more below a tall chart."""
    days, pattern = ticks(span)
    base = (
        alt.Chart(data([{"start": instant(day), "middle": height - AS_OF_HEIGHT / 2} for day in days]))
        .transform_calculate(label=f"utcFormat(datum.start, '{pattern.replace('|', ' ')}')")
        .encode(x=time_x(span), y=y_at("middle", height), text=alt.Text("label:N"))
    )
    return haloed(base, tokens, align="left", baseline="middle", fontSize=BASE_SIZE, color=tokens.muted)
