"""The chart of the phases: bars over time with the milestones on their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import altair as alt

from smartdash.charts.lanes import Label, haloed, label_layers, layered
from smartdash.charts.rows import data, y_at
from smartdash.charts.theme import BASE_SIZE
from smartdash.charts.timeline import AS_OF_HEIGHT, Span, as_of_line, instant, time_bars, time_points, time_x
from smartdash.charts.tokens import Status, Tokens, status_colour

Days = tuple[date, date]
"""First and last day, both included."""

_DAY = timedelta(days=1)
_LABEL = 18
_DATES = 18
_GAP = 10
_CLOSEST = 0.14
_ALIGNMENTS = ("left", "center", "right")


@dataclass(frozen=True, slots=True)
class Diamond:
    """A milestone on a phase's row: its day, the day as text, and whether it is reached."""

    day: date
    text: str
    reached: bool
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """A phase in the chart: plan, what happened, and what is still expected, as far as they are known."""

    label: str
    note: str
    status: Status | None
    depth: int
    planned: Days | None
    actual: Days | None
    expected: Days | None
    details: Mapping[str, str]
    diamonds: tuple[Diamond, ...] = field(default=())

    @property
    def bar(self) -> int:
        """Pixels of the outline of the plan; slimmer for sub-steps."""
        return 16 if self.depth == 0 else 10

    @property
    def height(self) -> int:
        """Pixels of the whole row."""
        return _LABEL + self.bar + _GAP + (_DATES if self.diamonds else 0)


def phases_chart(rows: Sequence[PhaseRow], span: Span, as_of: date, as_of_text: str, tokens: Tokens) -> alt.LayerChart:
    """Phases from top to bottom: plan outlined, actual solid, expected dashed, milestones as diamonds with dates."""
    height = sum(row.height for row in rows) + AS_OF_HEIGHT
    plan: list[dict[str, Any]] = []
    actual: list[dict[str, Any]] = []
    expected: list[dict[str, Any]] = []
    labels, points = [], []
    top = 0
    for row in rows:
        middle = top + _LABEL + row.bar / 2
        for days, half, found in (
            (row.expected, row.bar / 2 - 2, expected),
            (row.planned, row.bar / 2, plan),
            (row.actual, row.bar / 4, actual),
        ):
            if days:
                found.append(_bar(days, middle - half, middle + half, row.details))
        colour = status_colour(tokens, row.status) if row.status else ""
        labels.append(Label(row.label, top + _LABEL / 2 - 1, row.note, colour, 14 * row.depth, row.depth == 0))
        points += _diamonds(row, middle, top + _LABEL + row.bar + _DATES / 2, span)
        top += row.height
    layers = [
        *as_of_line(span, as_of, as_of_text, tokens, height),
        *time_bars(expected, span, height, fill=tokens.forecast_fill, stroke=tokens.forecast_stroke, strokeDash=[4, 3]),
        *time_bars(actual, span, height, fill=tokens.actual_fill, stroke=None),
        *time_bars(plan, span, height, fillOpacity=0, stroke=tokens.plan_stroke, strokeWidth=1.5),
        *_diamond_layers(points, span, height, tokens),
        *label_layers(labels, tokens, height),
    ]
    return layered(layers, height)


def _bar(days: Days, top: float, bottom: float, details: Mapping[str, str]) -> dict[str, Any]:
    start, end = instant(days[0]), instant(days[1] + _DAY)
    return {"start": start, "end": end, "top": top, "bottom": bottom, "details": details}


def _diamonds(row: PhaseRow, middle: float, below: float, span: Span) -> list[dict[str, Any]]:
    """The diamonds of a row; where two stand close together, only the first one's date is written."""
    found = []
    written = -1.0
    for diamond in sorted(row.diamonds, key=lambda item: item.day):
        share = span.share(diamond.day)
        fits = share - written >= _CLOSEST
        written = share if fits else written
        found.append(
            {
                "start": instant(diamond.day),
                "middle": middle,
                "below": below,
                "text": diamond.text if fits else "",
                "align": "left" if share < _CLOSEST / 2 else "right" if share > 1 - _CLOSEST / 2 else "center",
                "reached": diamond.reached,
                "details": diamond.details,
            }
        )
    return found


def _diamond_layers(diamonds: Sequence[dict[str, Any]], span: Span, height: int, tokens: Tokens) -> list[alt.Chart]:
    reached = [item for item in diamonds if item["reached"]]
    coming = [item for item in diamonds if not item["reached"]]
    return [
        *time_points(reached, span, height, tokens.text, tokens),
        *time_points(coming, span, height, tokens.background, tokens),
        *(
            layer
            for align in _ALIGNMENTS
            if (written := [item for item in diamonds if item["text"] and item["align"] == align])
            for layer in _dates(written, align, span, height, tokens)
        ),
    ]


def _dates(items: Sequence[dict[str, Any]], align: str, span: Span, height: int, tokens: Tokens) -> list[alt.Chart]:
    base = alt.Chart(data([{name: item[name] for name in ("start", "below", "text")} for item in items]))
    return haloed(
        base.encode(x=time_x(span), y=y_at("below", height), text="text:N"),
        tokens,
        align=align,
        baseline="middle",
        fontSize=BASE_SIZE - 2,
        color=tokens.muted,
    )
