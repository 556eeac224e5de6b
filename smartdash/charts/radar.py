"""A radar chart, drawn as closed lines at computed places; for export only, since its shape misleads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt

from smartdash.charts.rows import data
from smartdash.charts.tokens import Tokens

Side = Literal["left", "center", "right"]

_UNIT = 180
"""Pixels from the middle to the rim."""
_REACH = 1.75
_BOTTOM, _TOP = -1.3, 1.55
_MOST_RINGS = 10


@dataclass(frozen=True, slots=True)
class RadarSeries:
    """A closed line: its name and a level per axis, None where there is none, which leaves a gap."""

    name: str
    levels: tuple[float | None, ...]
    dashed: bool = False


def radar_chart(
    axes: Sequence[str], series: Sequence[RadarSeries], levels: tuple[int, int], tokens: Tokens
) -> alt.LayerChart:
    """Axes from the lowest level in the middle to the highest at the rim, clockwise from the top."""
    low, high = levels
    step = 1 if high - low <= _MOST_RINGS else max((high - low) // 5, 1)
    rings = range(low + step, high + 1, step)
    layers = [
        *(_line(_ring(len(axes), _share(at, levels)), tokens.border, 1) for at in rings),
        *(
            _line([_place(index, len(axes), share) for share in (0.0, 1.0)], tokens.border, 1)
            for index in range(len(axes))
        ),
        *_ring_labels(rings, levels, tokens),
        *_axis_labels(axes, tokens),
    ]
    colours = (tokens.actual_fill, tokens.deviation_above)
    for one, colour in zip(series, colours, strict=False):
        layers += _series(one, levels, colour)
    layers += _legend(series, colours, tokens)
    return alt.LayerChart(layer=layers, width=760, height=round((_TOP - _BOTTOM) * _UNIT))


def _share(level: float, levels: tuple[int, int]) -> float:
    return (level - levels[0]) / (levels[1] - levels[0])


def _place(index: int, count: int, share: float) -> tuple[float, float]:
    angle = 2 * math.pi * index / count
    return share * math.sin(angle), share * math.cos(angle)


def _ring(count: int, share: float) -> list[tuple[float, float]]:
    return [_place(index, count, share) for index in (*range(count), 0)]


def _encoding() -> dict[str, Any]:
    """One unit is as long across as upwards, however wide the picture is."""
    half = _REACH * _UNIT
    across = alt.Scale(
        domain=[-_REACH, _REACH],
        range=[alt.ExprRef(f"width / 2 - {half}"), alt.ExprRef(f"width / 2 + {half}")],
        nice=False,
    )
    up = alt.Scale(domain=[_BOTTOM, _TOP], nice=False)
    return {"x": alt.X("x:Q", axis=None, scale=across), "y": alt.Y("y:Q", axis=None, scale=up)}


def _line(places: Sequence[tuple[float, float]], colour: str, width: float, *, dash: Sequence[int] = ()) -> alt.Chart:
    rows = [{"x": x, "y": y, "order": order} for order, (x, y) in enumerate(places)]
    chart: alt.Chart = (
        alt.Chart(data(rows))
        .mark_line(color=colour, strokeWidth=width, strokeDash=list(dash) or alt.Undefined)
        .encode(**_encoding(), order="order:Q")
    )
    return chart


def _series(one: RadarSeries, levels: tuple[int, int], colour: str) -> list[alt.Chart]:
    count = len(one.levels)
    known = [
        None if level is None else _place(index, count, _share(level, levels)) for index, level in enumerate(one.levels)
    ]
    dash = [6, 4] if one.dashed else []
    layers = [
        _line([start, end], colour, 2.5, dash=dash)
        for start, end in zip(known, (*known[1:], known[0]), strict=True)
        if start is not None and end is not None
    ]
    rows = [{"x": place[0], "y": place[1]} for place in known if place is not None]
    dots = alt.Chart(data(rows)).mark_point(filled=True, size=70, opacity=1, color=colour)
    return [*layers, dots.encode(**_encoding())]


def _ring_labels(rings: Sequence[int], levels: tuple[int, int], tokens: Tokens) -> list[alt.Chart]:
    rows = [{"x": 0.03, "y": _share(at, levels) - 0.03, "text": str(at)} for at in rings]
    texts = alt.Chart(data(rows)).mark_text(align="left", baseline="top", fontSize=11, color=tokens.muted)
    return [texts.encode(**_encoding(), text=alt.Text("text:N"))]


def _axis_labels(axes: Sequence[str], tokens: Tokens) -> list[alt.Chart]:
    rows: dict[Side, list[dict[str, Any]]] = {"left": [], "center": [], "right": []}
    for index, text in enumerate(axes):
        x, y = _place(index, len(axes), 1.1)
        side: Side = "center" if abs(x) < 0.01 else "left" if x > 0 else "right"
        rows[side].append({"x": x, "y": y, "text": _broken(text)})
    return [
        alt.Chart(data(own))
        .mark_text(align=side, baseline="middle", fontSize=13, color=tokens.text, lineBreak="\n")
        .encode(**_encoding(), text=alt.Text("text:N"))
        for side, own in rows.items()
        if own
    ]


def _broken(text: str) -> str:
    """A long name in lines of some twenty characters."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= 20:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def _legend(series: Sequence[RadarSeries], colours: Sequence[str], tokens: Tokens) -> list[alt.Chart]:
    layers: list[alt.Chart] = []
    for place, (one, colour) in enumerate(zip(series, colours, strict=False)):
        y = _TOP - 0.06 - 0.11 * place
        layers.append(_line([(-_REACH, y), (-_REACH + 0.2, y)], colour, 2.5, dash=[6, 4] if one.dashed else []))
        text = alt.Chart(data([{"x": -_REACH + 0.26, "y": y, "text": one.name}]))
        layers.append(
            text.mark_text(align="left", baseline="middle", fontSize=13, color=tokens.text).encode(
                **_encoding(), text=alt.Text("text:N")
            )
        )
    return layers
