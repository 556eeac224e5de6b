"""Chart of events: dots on a time axis, a lane for each audience, sized by how many took part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt

from smartdash.charts.lanes import Label, detail_fields, label_layers, layered, tooltips
from smartdash.charts.rows import data, y_at
from smartdash.charts.timeline import AS_OF_HEIGHT, Span, as_of_line, instant, time_x
from smartdash.charts.tokens import Tokens

_LABEL = 20
_LANE = 64
_SMALLEST = 50
_LARGEST = 900


@dataclass(frozen=True, slots=True)
class EventDot:
    """An event: its first and last day, how many took part (None: not known), and whether it has begun."""

    day: date
    last: date
    participants: int | None
    held: bool
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lane:
    """The events of one audience, with what is said about them at the right edge."""

    label: str
    note: str
    dots: tuple[EventDot, ...]


def events_chart(lanes: Sequence[Lane], span: Span, as_of: date, as_of_text: str, tokens: Tokens) -> alt.LayerChart:
    """Events over time: filled where held, outlined where planned; the area grows with the number of people.

    A line leads from the first to the last day of those over several days.
    """
    height = len(lanes) * _LANE + AS_OF_HEIGHT
    most = max((dot.participants or 0 for lane in lanes for dot in lane.dots), default=0) or 1
    rows: list[dict[str, Any]] = [
        {
            "start": instant(dot.day),
            "end": instant(dot.last),
            "middle": index * _LANE + (_LABEL + _LANE) / 2,
            "size": _SMALLEST + (_LARGEST - _SMALLEST) * (dot.participants or 0) / most,
            "fill": tokens.actual_fill if dot.held else tokens.background,
            "stroke": tokens.background if dot.held else tokens.plan_stroke,
            **detail_fields(dot.details),
        }
        for index, lane in enumerate(lanes)
        for dot in sorted(lane.dots, key=lambda dot: -(dot.participants or 0))
    ]
    details = next(dot.details for lane in lanes for dot in lane.dots)
    dots = (
        alt.Chart(data(rows))
        .mark_point(shape="circle", filled=True, strokeWidth=1.5, opacity=1, fillOpacity=0.85)
        .encode(
            x=time_x(span),
            y=y_at("middle", height),
            size=alt.Size("size:Q", scale=None),
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("stroke:N", scale=None),
            tooltip=tooltips(details),
        )
    )
    labels = [Label(lane.label, index * _LANE + _LABEL / 2, lane.note) for index, lane in enumerate(lanes)]
    layers = [*as_of_line(span, as_of, as_of_text, tokens, height)]
    if long := [row for row in rows if row["end"] > row["start"]]:
        lines = alt.Chart(data(long)).mark_rule(strokeWidth=4, color=tokens.axis)
        layers.append(
            lines.encode(x=time_x(span), x2=alt.X2("end:Q"), y=y_at("middle", height), tooltip=tooltips(details))
        )
    layers += [dots, *label_layers(labels, tokens, height)]
    return layered(layers, height)
