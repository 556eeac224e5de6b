"""Charts of rows that read on a phone: the name of a row stands above its bar, at places given in pixels."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from smartdash.charts.rows import data, y_at
from smartdash.charts.theme import BASE_SIZE
from smartdash.charts.tokens import Tokens, text_on

LABEL_HEIGHT = 18
"""Pixels of a row that its name takes."""
ROW_HEIGHT = 42
BAR_HEIGHT = 14

_CHARACTER_WIDTH = 6.6
_OUTLINE = "transparent"


@dataclass(frozen=True, slots=True)
class Label:
    """What stands above the bar of a row: its name at the left, a `note` in a colour at the right edge.

    `middle` is the height in pixels from the top, `indent` shifts a sub-step to the right.
    """

    text: str
    middle: float
    note: str = ""
    note_colour: str = ""
    indent: int = 0
    strong: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a stacked bar: its size, its fill ("" for an outline only) and the text in it."""

    size: float
    fill: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart: name, parts from left to right, the value as text, and the tooltip by its titles.

    `mark` is drawn as a tick across the bar; `value_colour` is the colour of the value where it stands for a status.
    """

    label: str
    parts: tuple[Part, ...]
    value: str
    details: Mapping[str, str]
    mark: float | None = None
    strong: bool = False
    value_colour: str = ""


def tooltips(details: Mapping[str, str]) -> list[alt.Tooltip]:
    """One line of the tooltip per detail; the rows carry the values under the same titles."""
    return [alt.Tooltip(f"{_field(title)}:N", title=title) for title in details]


def detail_fields(details: Mapping[str, str]) -> dict[str, str]:
    """The values of a tooltip as fields of a row."""
    return {_field(title): value for title, value in details.items()}


def _field(title: str) -> str:
    # A point or bracket in a field name would be read as a path.
    return "detail " + "".join(character if character.isalnum() else " " for character in title)


def haloed(base: alt.Chart, tokens: Tokens, **mark: Any) -> list[alt.Chart]:
    """Text with a rim in the colour of the ground, so that lines behind it do not run through its letters."""
    rim: dict[str, Any] = {"stroke": tokens.background, "strokeWidth": 4, "strokeJoin": "round"}
    return [base.mark_text(**mark, **rim), base.mark_text(**mark)]


def label_layers(labels: Sequence[Label], tokens: Tokens, height: int) -> list[alt.Chart]:
    """The names of the rows, each cut before its note, and the notes."""
    groups: dict[tuple[int, bool, int], list[dict[str, Any]]] = defaultdict(list)
    for label in labels:
        row = {"label": label.text, "middle": label.middle}
        groups[label.indent, label.strong, _width(label.note)].append(row)
    layers = []
    for (indent, strong, kept), rows in groups.items():
        base = alt.Chart(data(rows)).encode(x=alt.XValue(0), y=y_at("middle", height), text=alt.Text("label:N"))
        layers += haloed(
            base,
            tokens,
            align="left",
            baseline="middle",
            dx=indent,
            fontWeight=600 if strong else 400,
            fontSize=BASE_SIZE,
            color=tokens.text,
            limit=alt.ExprRef(f"width - {kept + indent}"),
        )
    notes = [
        {"note": label.note, "colour": label.note_colour or tokens.muted, "middle": label.middle}
        for label in labels
        if label.note
    ]
    if notes:
        base = alt.Chart(data(notes)).encode(
            x=alt.XValue("width"),
            y=y_at("middle", height),
            text=alt.Text("note:N"),
            color=alt.Color("colour:N", scale=None),
        )
        layers += haloed(base, tokens, align="right", baseline="middle", fontSize=BASE_SIZE)
    return layers


def _width(note: str) -> int:
    """The pixels to keep free for a note, in steps, so that few groups of rows arise."""
    return math.ceil(len(note) * _CHARACTER_WIDTH / 20) * 20 + 8 if note else 0


def layered(layers: Sequence[alt.Chart], height: int) -> alt.LayerChart:
    """Layers as one chart of a fixed height, as wide as its container."""
    return alt.LayerChart(layer=list(layers), height=height, width="container")


def bar_chart(bars: Sequence[Bar], tokens: Tokens, legend: Mapping[str, str] | None = None) -> alt.LayerChart:
    """Horizontal stacked bars on one scale from zero, each below its name and its value.

    `legend` gives the fill of each word that stands above the bars.
    """
    height = len(bars) * ROW_HEIGHT
    lengths = [max(sum(part.size for part in bar.parts), bar.mark or 0) for bar in bars]
    x = alt.X("start:Q", axis=None, scale=alt.Scale(domain=[0, max(lengths, default=0) or 1], nice=False))
    parts: list[dict[str, Any]] = []
    marks: list[dict[str, Any]] = []
    labels = []
    for index, bar in enumerate(bars):
        top = index * ROW_HEIGHT
        labels.append(
            Label(bar.label, top + LABEL_HEIGHT / 2, bar.value, bar.value_colour or tokens.text, strong=bar.strong)
        )
        parts += _placed_parts(bar, top + LABEL_HEIGHT, tokens)
        if bar.mark is not None:
            marks.append({"start": bar.mark, "top": top + LABEL_HEIGHT - 3, "bottom": top + ROW_HEIGHT - 7})
    layers = [
        *_part_layers(parts, bars[0].details, x, height, _fill(legend or {}, tokens)),
        *label_layers(labels, tokens, height),
    ]
    if marks:
        tick = alt.Chart(data(marks)).mark_rule(color=tokens.plan_stroke, strokeWidth=2.5)
        layers.append(tick.encode(x=x, y=y_at("top", height), y2=alt.Y2("bottom:Q")))
    return layered(layers, height)


def _placed_parts(bar: Bar, top: int, tokens: Tokens) -> list[dict[str, Any]]:
    placed = []
    start = 0.0
    for part in bar.parts:
        if part.size:
            placed.append(
                {
                    "start": start,
                    "end": start + part.size,
                    "centre": start + part.size / 2,
                    "top": top,
                    "bottom": top + BAR_HEIGHT,
                    "middle": top + BAR_HEIGHT / 2,
                    "fill": part.fill or _OUTLINE,
                    "stroke": tokens.background if part.fill else tokens.axis,
                    "text": part.text,
                    "ink": text_on(tokens, part.fill) if part.fill else tokens.text,
                    **detail_fields(bar.details),
                }
            )
        start += part.size
    return placed


def _fill(legend: Mapping[str, str], tokens: Tokens) -> alt.Fill:
    """The parts carry their fill themselves; a scale is needed only to have a legend."""
    if not legend:
        return alt.Fill("fill:N", scale=None)
    words = {fill or _OUTLINE: word for word, fill in legend.items()}
    return alt.Fill(
        "fill:N",
        scale=alt.Scale(domain=list(words), range=list(words)),
        legend=alt.Legend(
            columns=2, labelExpr=f"{json.dumps(words)}[datum.value]", symbolStrokeColor=tokens.axis, symbolStrokeWidth=1
        ),
    )


def _part_layers(
    parts: Sequence[dict[str, Any]], details: Mapping[str, str], x: alt.X, height: int, fill: alt.Fill
) -> list[alt.Chart]:
    if not parts:
        return []
    shapes = (
        alt.Chart(data(parts))
        .mark_bar()
        .encode(
            x=x,
            x2=alt.X2("end:Q"),
            y=y_at("top", height),
            y2=alt.Y2("bottom:Q"),
            fill=fill,
            stroke=alt.Stroke("stroke:N", scale=None),
            tooltip=tooltips(details),
        )
    )
    texts = (
        alt.Chart(data([part for part in parts if part["text"]]))
        .mark_text(baseline="middle", fontSize=BASE_SIZE - 2)
        .encode(
            x=alt.X("centre:Q", axis=None),
            y=y_at("middle", height),
            text=alt.Text("text:N"),
            color=alt.Color("ink:N", scale=None),
        )
    )
    return [shapes, texts] if any(part["text"] for part in parts) else [shapes]
