"""Charts of the milestones: each with its delay, and how the forecasts of each moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt

from smartdash.charts.lanes import Label, label_layers, layered
from smartdash.charts.rows import data, y_at
from smartdash.charts.timeline import AS_OF_HEIGHT, Span, as_of_line, instant, time_points, time_x
from smartdash.charts.tokens import Status, Tokens, status_colour

_LABEL = 18


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A milestone in the chart: the planned day, and the day it was reached on or is expected.

    `first_planned` is given only where the plan in force is another one.
    """

    label: str
    note: str
    status: Status
    planned: date
    expected: date
    reached: bool
    details: Mapping[str, str]
    first_planned: date | None = None


def milestones_chart(
    rows: Sequence[MilestoneRow], span: Span, as_of: date, as_of_text: str, tokens: Tokens
) -> alt.LayerChart:
    """Milestones from top to bottom: the planned day hollow, a line for the delay, the reached or expected day.

    Where a baseline moved the plan, a tick marks the first one.
    """
    row_height = _LABEL + 24
    height = len(rows) * row_height + AS_OF_HEIGHT
    labels, delays, first = [], [], []
    planned: list[dict[str, Any]] = []
    reached: list[dict[str, Any]] = []
    expected: list[dict[str, Any]] = []
    for index, row in enumerate(rows):
        top = index * row_height
        middle = top + _LABEL + 9
        point = {"middle": middle, "details": row.details}
        moved = row.expected != row.planned
        if moved:
            planned.append({**point, "start": instant(row.planned)})
            colour = tokens.deviation_above if row.expected > row.planned else tokens.deviation_below
            delays.append(
                {"start": instant(row.planned), "end": instant(row.expected), "middle": middle, "colour": colour}
            )
        if row.first_planned:
            first.append({"start": instant(row.first_planned), "top": middle - 7, "bottom": middle + 7})
        if row.reached:
            reached.append({**point, "start": instant(row.expected)})
        else:
            (expected if moved else planned).append({**point, "start": instant(row.expected)})
        labels.append(Label(row.label, top + _LABEL / 2, row.note, status_colour(tokens, row.status), strong=False))
    layers = [
        *as_of_line(span, as_of, as_of_text, tokens, height),
        *_ticks(first, span, height, tokens),
        *_delay_lines(delays, span, height),
        *time_points(planned, span, height, tokens.background, tokens),
        *time_points(expected, span, height, tokens.forecast_fill, tokens, dash=True),
        *time_points(reached, span, height, tokens.actual_fill, tokens),
        *label_layers(labels, tokens, height),
    ]
    return layered(layers, height)


def _delay_lines(delays: Sequence[dict[str, Any]], span: Span, height: int) -> list[alt.Chart]:
    if not delays:
        return []
    mark = alt.Chart(data(delays)).mark_rule(strokeWidth=4)
    return [
        mark.encode(
            x=time_x(span),
            x2=alt.X2("end:Q"),
            y=y_at("middle", height),
            color=alt.Color("colour:N", scale=None),
        )
    ]


def _ticks(rows: Sequence[dict[str, Any]], span: Span, height: int, tokens: Tokens) -> list[alt.Chart]:
    if not rows:
        return []
    mark = alt.Chart(data(rows)).mark_rule(strokeWidth=2, color=tokens.plan_stroke)
    return [mark.encode(x=time_x(span), y=y_at("top", height), y2=alt.Y2("bottom:Q"))]
