"""Rows of marks on a model's scale of levels: own city, peers and target, or several results side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt

from smartdash.charts.lanes import Label, detail_fields, label_layers, layered, tooltips
from smartdash.charts.rows import bar, data, shifted, stacked, text_line, y_at
from smartdash.charts.tokens import Tokens

MarkKind = Literal["peer", "target", "before", "own", "geometric", "weakest", "partner", "company", "administration"]
"""What a mark stands for; each has a shape or size of its own."""

_ROW_HEIGHT = 76
_LABEL = 11
_LINE = 33
_DETAILS = 48
_MOST_TICKS = 10
_BESIDE: dict[MarkKind, int] = {"geometric": -8, "administration": -6, "company": 6}
"""Pixels by which marks that may stand at one level are moved off the line, so that none hides another."""


@dataclass(frozen=True, slots=True)
class LevelMark:
    """A mark at a level, and what is shown when it is pointed at."""

    kind: MarkKind
    at: float
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A row: its name, its value at the right edge, a line of details, and what is drawn on the scale between them.

    `band` is a range behind the marks (the middle half of the peers), `tick` a line across it (their median), `bounds`
    a thin line with ends (what is possible with the answers that are missing), `way` a line that joins marks.
    """

    label: str
    value: str
    details: str
    marks: tuple[LevelMark, ...]
    band: tuple[float, float] | None = None
    tick: float | None = None
    bounds: tuple[float, float] | None = None
    way: tuple[float, float] | None = None
    strong: bool = False


def level_chart(rows: Sequence[LevelRow], levels: tuple[int, int], tokens: Tokens) -> alt.LayerChart:
    """Rows below each other on the scale from the lowest to the highest level, which stands at the top."""
    placed, height = stacked(
        [{"label": row.label, "value": row.value, "details": row.details} for row in rows], [_ROW_HEIGHT] * len(rows)
    )
    tops = [line["top"] for line in placed]
    low, high = levels
    x = _axis(low, high)
    plain = [{"top": top, "start": low, "end": high} for top in tops]
    steps = [{"top": top, "start": at} for top in tops for at in _ticks(low, high)]
    layers = [
        bar(plain, x, "end", (_LINE, _LINE), height, stroke=tokens.border, strokeWidth=1),
        bar(steps, x, "start", (_LINE - 4, _LINE + 4), height, stroke=tokens.axis, strokeWidth=1),
    ]
    layers += _ranges(rows, tops, x, height, tokens)
    layers += _marks(rows, tops, x, height, tokens)
    labels = [
        Label(row.label, top + _LABEL, row.value, tokens.text, strong=row.strong)
        for row, top in zip(rows, tops, strict=True)
    ]
    layers += label_layers(labels, tokens, height)
    layers.append(text_line(placed, "details", _DETAILS, height, tokens.muted, size=12))
    return layered(layers, height)


def _axis(low: int, high: int) -> alt.X:
    margin = (high - low) / 40
    axis = alt.Axis(
        orient="top",
        values=_ticks(low, high),
        tickCount=len(_ticks(low, high)),
        title=None,
        domain=False,
        ticks=False,
        grid=False,
        format="d",
        labelOverlap=False,
    )
    scale = alt.Scale(domain=[low - margin, high + margin], nice=False, zero=False)
    return alt.X("start:Q", axis=axis, scale=scale)


def _ticks(low: int, high: int) -> list[int]:
    """Every level of a short scale; of a long one fifths."""
    step = 1 if high - low <= _MOST_TICKS else max((high - low) // 5, 1)
    return list(range(low, high + 1, step))


def _ranges(rows: Sequence[LevelRow], tops: Sequence[int], x: alt.X, height: int, tokens: Tokens) -> list[alt.Chart]:
    def ranged(found: Sequence[tuple[float, float] | None]) -> list[dict[str, Any]]:
        return [
            {"top": top, "start": one[0], "end": one[1]}
            for top, one in zip(tops, found, strict=True)
            if one is not None
        ]

    layers = []
    if bands := ranged([row.band for row in rows]):
        layers.append(bar(bands, x, "end", (_LINE - 9, _LINE + 9), height, fill=tokens.forecast_fill, stroke=None))
    if ways := ranged([row.way for row in rows]):
        layers.append(bar(ways, x, "end", (_LINE, _LINE), height, stroke=tokens.actual_fill, strokeWidth=2))
    if bounds := ranged([row.bounds for row in rows]):
        layers.append(bar(bounds, x, "end", (_LINE, _LINE), height, stroke=tokens.actual_fill, strokeWidth=1.5))
        ends = [{"top": line["top"], "start": line[end]} for line in bounds for end in ("start", "end")]
        layers.append(bar(ends, x, "start", (_LINE - 6, _LINE + 6), height, stroke=tokens.actual_fill, strokeWidth=1.5))
    if ticks := ranged([None if row.tick is None else (row.tick, row.tick) for row in rows]):
        layers.append(bar(ticks, x, "end", (_LINE - 12, _LINE + 12), height, stroke=tokens.text, strokeWidth=2.5))
    return layers


def _marks(rows: Sequence[LevelRow], tops: Sequence[int], x: alt.X, height: int, tokens: Tokens) -> list[alt.Chart]:
    looks = _looks(tokens)
    drawn = [
        (mark, {"top": top, "start": mark.at, **detail_fields(mark.details)})
        for row, top in zip(rows, tops, strict=True)
        for mark in row.marks
    ]
    layers = []
    for kind in looks:
        own = [(mark, line) for mark, line in drawn if mark.kind == kind]
        if own:
            chart = alt.Chart(data(shifted([line for _, line in own], middle=_LINE + _BESIDE.get(kind, 0))))
            layers.append(
                chart.mark_point(filled=True, **looks[kind]).encode(
                    x=x, y=y_at("middle", height), tooltip=tooltips(own[0][0].details)
                )
            )
    return layers


def _looks(tokens: Tokens) -> dict[MarkKind, dict[str, Any]]:
    ground, ink = tokens.background, tokens.actual_fill

    def look(shape: str, size: int, fill: str, stroke: str, width: float = 1.5, opacity: float = 1) -> dict[str, Any]:
        return {
            "shape": shape, "size": size, "fill": fill, "stroke": stroke, "strokeWidth": width, "opacity": opacity,
        }  # fmt: skip

    return {
        "peer": look("circle", 46, tokens.axis, tokens.axis, 0, 0.45),
        "target": look("diamond", 120, ground, tokens.deviation_above, 2),
        "before": look("circle", 100, ground, ink, 2),
        "own": look("circle", 190, ink, ground),
        "geometric": look("square", 90, ground, ink, 2),
        "weakest": look("triangle-left", 130, tokens.deviation_above, ground),
        "partner": look("triangle-up", 140, tokens.category[2], ground),
        "company": look("square", 140, tokens.category[1], ground),
        "administration": look("circle", 170, tokens.category[0], ground),
    }
