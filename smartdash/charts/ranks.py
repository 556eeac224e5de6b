"""Charts of ranks: where a rank lies in most of the runs, and parts of a move to the better and to the worse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt

from smartdash.charts.lanes import LABEL_HEIGHT, Label, detail_fields, label_layers, layered, tooltips
from smartdash.charts.rows import data, text_line, y_at
from smartdash.charts.tokens import Tokens

_ROW = 38
_MIDDLE = LABEL_HEIGHT + 8
_HALF_BAR = 5
_BAR = 14
_CAUSE_ROW = 80
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200)
_MOST_TICKS = 7


@dataclass(frozen=True, slots=True)
class Interval:
    """A row: name, rank in words, ends and middle of the interval, the tooltip by its titles.

    `strong` is the row that the chart is about; `tick` is a second rank, such as the one with today's weights.
    """

    label: str
    value: str
    low: int
    middle: int
    high: int
    details: Mapping[str, str]
    tick: int | None = None
    strong: bool = False


def rank_intervals(rows: Sequence[Interval], count: int, tokens: Tokens) -> alt.LayerChart:
    """A bar from the lower to the upper end of each interval on the ranks from 1 at the left to `count`."""
    height = len(rows) * _ROW
    marked = _ticks(count)
    axis = alt.Axis(
        orient="top",
        values=marked,
        tickCount=len(marked),
        format="d",
        title=None,
        domain=False,
        ticks=False,
        grid=True,
        gridColor=tokens.border,
        labelOverlap=False,
    )
    scale = alt.Scale(domain=[0.4, count + 0.6], nice=False, zero=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=axis, scale=scale)

    placed = [
        {
            "low": row.low - 0.35,
            "high": row.high + 0.35,
            "middle": row.middle,
            "tick": row.tick,
            "at": place * _ROW + _MIDDLE,
            "over": place * _ROW + _MIDDLE - _HALF_BAR,
            "under": place * _ROW + _MIDDLE + _HALF_BAR,
            "tick_over": place * _ROW + _MIDDLE - _HALF_BAR - 3,
            "tick_under": place * _ROW + _MIDDLE + _HALF_BAR + 3,
            "fill": tokens.deviation_above if row.strong else tokens.sequential[3],
            "dot": tokens.text if row.strong else tokens.actual_fill,
            **detail_fields(row.details),
        }
        for place, row in enumerate(rows)
    ]
    told = tooltips(rows[0].details) if rows else []
    bars = alt.Chart(data(placed)).mark_rect(cornerRadius=_HALF_BAR)
    ticks = alt.Chart(data([row for row in placed if row["tick"] is not None]))
    dots = alt.Chart(data(placed)).mark_point(
        filled=True, size=70, stroke=tokens.background, strokeWidth=1.5, opacity=1
    )
    labels = [
        Label(
            row.label,
            place * _ROW + LABEL_HEIGHT / 2,
            row.value,
            tokens.text if row.strong else tokens.muted,
            strong=row.strong,
        )
        for place, row in enumerate(rows)
    ]
    return layered(
        [
            bars.encode(
                x=x("low"),
                x2=alt.X2("high:Q"),
                y=y_at("over", height),
                y2=alt.Y2("under:Q"),
                color=alt.Color("fill:N", scale=None, legend=None),
                tooltip=told,
            ),
            ticks.mark_rule(color=tokens.text, strokeWidth=2).encode(
                x=x("tick"), y=y_at("tick_over", height), y2=alt.Y2("tick_under:Q"), tooltip=told
            ),
            dots.encode(
                x=x("middle"),
                y=y_at("at", height),
                fill=alt.Fill("dot:N", scale=None, legend=None),
                tooltip=told,
            ),
            *label_layers(labels, tokens, height),
        ],
        height,
    )


def _ticks(count: int) -> list[int]:
    """The first and the last rank, and round ones between them that leave room for their numbers."""
    step = next((step for step in _STEPS if count / step <= _MOST_TICKS), _STEPS[-1])
    between = [rank for rank in range(step, count, step) if min(rank - 1, count - rank) > step / 2]
    return [1, *between, count] if count > 1 else [1]


@dataclass(frozen=True, slots=True)
class Causes:
    """A row: name, whole change in words, its parts by cause, two lines below, the tooltip by its titles.

    The three parts are the own one, that of the others and that of the group; above zero they lead to the better.
    `total` is their sum.
    """

    label: str
    value: str
    parts: Mapping[str, float]
    total: float
    below: tuple[str, str]
    details: Mapping[str, str]


def causes(rows: Sequence[Causes], tokens: Tokens) -> alt.LayerChart:
    """Parts to the better grow from zero to the right, those to the worse to the left; a tick marks the whole."""
    height = len(rows) * _CAUSE_ROW
    names = list(rows[0].parts) if rows else []
    reach = max((sum(map(abs, row.parts.values())) for row in rows), default=0) or 1
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    band = LABEL_HEIGHT + 2
    pieces = [piece for place, row in enumerate(rows) for piece in _pieces(row, place * _CAUSE_ROW + band)]
    ends = [
        {"start": at, "over": place * _CAUSE_ROW + band - more, "under": place * _CAUSE_ROW + band + _BAR + more}
        for more, column in ((2, [0.0] * len(rows)), (4, [row.total for row in rows]))
        for place, at in enumerate(column)
    ]
    base = alt.Chart(data(pieces)).mark_rect(stroke=tokens.background, strokeWidth=1)
    zero, whole = ends[: len(rows)], ends[len(rows) :]
    labels = [
        Label(row.label, place * _CAUSE_ROW + LABEL_HEIGHT / 2, row.value, tokens.text)
        for place, row in enumerate(rows)
    ]
    below = [
        {"top": place * _CAUSE_ROW + band + _BAR, "first": row.below[0], "second": row.below[1]}
        for place, row in enumerate(rows)
    ]

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=scale)

    def rule(at: Sequence[Mapping[str, float]], width: float) -> alt.Chart:
        chart: alt.Chart = alt.Chart(data(at)).mark_rule(color=tokens.text, strokeWidth=width)
        return chart.encode(x=x("start"), y=y_at("over", height), y2=alt.Y2("under:Q"))

    return layered(
        [
            base.encode(
                x=x("start"),
                x2=alt.X2("end:Q"),
                y=y_at("over", height),
                y2=alt.Y2("under:Q"),
                color=alt.Color(
                    "cause:N",
                    scale=alt.Scale(domain=names, range=[tokens.actual_fill, tokens.deviation_above, tokens.axis]),
                    legend=alt.Legend(columns=2),
                ),
                tooltip=tooltips(rows[0].details) if rows else [],
            ),
            rule(zero, 1),
            rule(whole, 3),
            *label_layers(labels, tokens, height),
            text_line(below, "first", 6, height, tokens.muted, size=12),
            text_line(below, "second", 22, height, tokens.muted, size=12),
        ],
        height,
    )


def _pieces(row: Causes, top: int) -> list[dict[str, object]]:
    """The parts one after the other, those to the better and those to the worse each from zero."""
    reached = {True: 0.0, False: 0.0}
    pieces: list[dict[str, object]] = []
    for cause, size in row.parts.items():
        start = reached[size > 0]
        if size:
            reached[size > 0] = start + size
            pieces.append(
                {
                    "cause": cause,
                    "start": start,
                    "end": start + size,
                    "over": top,
                    "under": top + _BAR,
                    **detail_fields(row.details),
                }
            )
    return pieces
