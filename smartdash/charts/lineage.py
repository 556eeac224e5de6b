"""Charts of lineage: columns of boxes with flows between them where there is room, else an outline in lines."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from smartdash.charts.flow_layout import LINE, THICKNESS, Box, Layout, Ribbon, layout, shortened
from smartdash.charts.lanes import detail_fields, haloed, layered, tooltips
from smartdash.charts.rows import data, y_at
from smartdash.charts.theme import BASE_SIZE
from smartdash.charts.tokens import Tokens
from smartdash.model.workshops import ElementState

STATE_SIGNS: Mapping[ElementState, str] = {
    ElementState.RAW: "◌",
    ElementState.CONDENSED: "○",
    ElementState.AGREED: "●",
    ElementState.ADOPTED: "✓",
    ElementState.REJECTED: "×",
}
"""The sign of an element's state; the shapes differ so that it also reads in a black-and-white copy."""

Rows = list[dict[str, Any]]

_BROAD, _NARROW = "width >= 560", "width < 560"
_SMALL = BASE_SIZE - 2
_INDENT = 16
_BREAK = "\n"
"""Between the lines of a text; a browser gets tables, which hold no lists."""
_NARROW_WIDTH, _BROAD_WIDTH = 325, 560
_CHARACTER_WIDTH = 6.6
_LINE_GAP = 8
_CURVE = tuple((step / 8, (step / 8) ** 2 * (3 - 2 * step / 8)) for step in range(9))
"""A flow between two boxes: the share of the way across, and down (the smooth step 3t² - 2t³)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the outline: its text, a note below it or a `value` at the right edge, and how deep it stands.

    The text may take `most` lines. The bar at its left carries the colour `fill` ("": none).
    """

    text: str
    depth: int
    fill: str
    note: str = ""
    value: str = ""
    most: int = 1
    strong: bool = False


def state_fills(tokens: Tokens) -> dict[ElementState, str]:
    """The colour of each state of an element, the furthest first."""
    return {
        ElementState.ADOPTED: tokens.sequential[9],
        ElementState.AGREED: tokens.sequential[6],
        ElementState.CONDENSED: tokens.sequential[4],
        ElementState.RAW: tokens.sequential[2],
        ElementState.REJECTED: tokens.deviation_above,
    }


def flow_chart(
    boxes: Sequence[Box],
    ribbons: Sequence[Ribbon],
    columns: Sequence[tuple[str, int]],
    outline: Sequence[Line],
    tokens: Tokens,
    legend: Mapping[str, str],
    most_lines: int,
) -> alt.LayerChart:
    """Flows from column to column, as wide as the number of contributions; on a narrow screen the outline instead.

    Args:
        boxes: The nodes by column and from top to bottom.
        ribbons: The flows.
        columns: What each column holds, and its share of the width.
        outline: The same for a narrow screen.
        tokens: The colours.
        legend: The fill of each word that stands above the picture.
        most_lines: How many lines the title of a box may take.
    """
    lines, outline_height = _outline_rows(outline, _NARROW_WIDTH)
    placed = layout(boxes, ribbons, [width for _, width in columns], most_lines, outline_height)
    layers = [
        *_ribbon_layers(placed),
        *_box_layers(placed, [heading for heading, _ in columns], tokens, legend),
        *_outline_layers(lines, tokens, placed.height, _NARROW),
    ]
    return layered(layers, placed.height)


def outline_chart(outline: Sequence[Line], tokens: Tokens) -> alt.LayerChart:
    """An indented outline: each line with its colour, its text and its note."""
    narrow, height = _outline_rows(outline, _NARROW_WIDTH)
    _, natural = _outline_rows(outline, _BROAD_WIDTH)
    broad, _ = _outline_rows(outline, _BROAD_WIDTH, (height - natural) / len(outline))
    layers = [
        *_outline_layers(narrow, tokens, height, _NARROW),
        *_outline_layers(broad, tokens, height, _BROAD),
    ]
    return layered(layers, height)


def _x(field: str, placed: Layout) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, placed.edges[-1]], nice=False, zero=False))


def _fill(legend: Mapping[str, str], tokens: Tokens) -> alt.Fill:
    """The boxes carry their fill themselves; a scale is needed only to have a legend."""
    words = {fill: word for word, fill in legend.items()}
    return alt.Fill(
        "fill:N",
        scale=alt.Scale(domain=list(words), range=list(words)),
        legend=alt.Legend(columns=2, labelExpr=f"{json.dumps(words)}[datum.value]", symbolStrokeColor=tokens.axis),
    )


def _ribbon_layers(placed: Layout) -> list[alt.Chart]:
    rows = [
        {
            "flow": index,
            "x": round(item.left + (item.right - item.left) * across, 3),
            "upper": round(item.start + (item.end - item.start) * down, 1),
            "lower": round(item.start + (item.end - item.start) * down + item.thickness, 1),
            "fill": item.ribbon.fill,
        }
        for index, item in enumerate(placed.ribbons)
        for across, down in _CURVE
    ]
    if not rows:
        return []
    described: dict[str, Any] = {
        str(index): detail_fields(item.ribbon.details) for index, item in enumerate(placed.ribbons)
    }
    names = list(detail_fields(placed.ribbons[0].ribbon.details))
    chart = alt.Chart(data(rows)).transform_filter(_BROAD)
    for name in names:
        # In ASCII, as an expression may not hold every line separator that a text may.
        texts = json.dumps({key: found[name] for key, found in described.items()})
        chart = chart.transform_calculate(**{name: f"{texts}[datum.flow]"})
    return [
        chart.mark_area(interpolate="monotone", fillOpacity=0.4, line=False).encode(
            x=_x("x", placed),
            y=y_at("upper", placed.height),
            y2=alt.Y2("lower:Q"),
            detail=alt.Detail("flow:N"),
            fill=alt.Fill("fill:N", scale=None),
            tooltip=tooltips(placed.ribbons[0].ribbon.details),
        )
    ]


def _box_layers(placed: Layout, headings: Sequence[str], tokens: Tokens, legend: Mapping[str, str]) -> list[alt.Chart]:
    height, edges = placed.height, placed.edges
    rows = [
        {
            "left": edges[item.box.column],
            "right": edges[item.box.column] + THICKNESS,
            "room": (edges[item.box.column + 1] - edges[item.box.column] - THICKNESS) / edges[-1],
            "upper": item.upper,
            "lower": item.lower,
            "lines": _BREAK.join(item.lines),
            "note": item.box.note,
            "note_y": item.upper + len(item.lines) * LINE,
            "fill": item.box.fill,
            "ink": item.box.ink,
            **detail_fields(item.box.details),
        }
        for item in placed.boxes
    ]
    base = alt.Chart(data(rows)).transform_filter(_BROAD)
    bars = base.mark_rect(stroke=tokens.background, strokeWidth=1).encode(
        x=_x("left", placed),
        x2=alt.X2("right:Q"),
        y=y_at("upper", height),
        y2=alt.Y2("lower:Q"),
        fill=_fill(legend, tokens),
        tooltip=tooltips(placed.boxes[0].box.details),
    )
    beside: dict[str, Any] = {
        "align": "left",
        "baseline": "top",
        "dx": 6,
        "limit": alt.ExprRef("width * datum.room - 10"),
    }
    beginning = base.encode(x=_x("right", placed))
    titles = beginning.encode(y=y_at("upper", height), text=alt.Text("lines:N"))
    ink = alt.Color("ink:N", scale=None, legend=None)
    notes = beginning.encode(y=y_at("note_y", height), text=alt.Text("note:N"), color=ink)
    heads = alt.Chart(data([{"left": edges[index], "head": head} for index, head in enumerate(headings)]))
    top = heads.transform_filter(_BROAD).encode(x=_x("left", placed), y=alt.YValue(0), text=alt.Text("head:N"))
    return [
        bars,
        *haloed(titles, tokens, **beside, fontSize=BASE_SIZE - 1, lineHeight=LINE, lineBreak=_BREAK, color=tokens.text),
        *haloed(notes, tokens, **beside, fontSize=_SMALL),
        top.mark_text(align="left", baseline="top", fontWeight=600, fontSize=BASE_SIZE, color=tokens.muted),
    ]


def _outline_rows(outline: Sequence[Line], width: int, spread: float = 0) -> tuple[Rows, int]:
    """The lines of the outline at their places for a width in pixels, and the height of all."""
    rows: Rows = []
    top = 0.0
    for line in outline:
        characters = int((width - line.depth * _INDENT) / _CHARACTER_WIDTH) - len(line.value)
        texts = shortened(line.text, characters, line.most)
        notes = shortened(line.note, int(characters * BASE_SIZE / _SMALL), 2)
        note_y = top + len(texts) * LINE
        bottom = note_y + len(notes) * LINE
        rows.append(
            {
                "lines": _BREAK.join(texts),
                "upper": top,
                "lower": bottom - 1,
                "note": _BREAK.join(notes),
                "value": line.value,
                "note_y": note_y,
                "indent": line.depth * _INDENT,
                "strong": line.strong,
                "fill": line.fill or "transparent",
            }
        )
        top = bottom + _LINE_GAP + spread
    return rows, int(top)


def _outline_layers(rows: Rows, tokens: Tokens, height: int, visible: str) -> list[alt.Chart]:
    base = alt.Chart(data(rows)).transform_filter(visible)
    indent = alt.ExprRef("datum.indent")
    # The flows beside it have a scale across; the outline stands at places in pixels.
    bars = base.mark_rule(strokeWidth=4, x=indent).encode(
        y=y_at("upper", height), y2=alt.Y2("lower:Q"), color=alt.Color("fill:N", scale=None, legend=None)
    )
    beside: dict[str, Any] = {"align": "left", "baseline": "top", "dx": 8, "x": indent}
    layers = [bars]
    for strong, weight in ((False, 400), (True, 600)):
        mark: dict[str, Any] = {
            "fontSize": BASE_SIZE,
            "lineHeight": LINE,
            "lineBreak": _BREAK,
            "fontWeight": weight,
            "color": tokens.text,
        }
        texts = base.transform_filter(f"datum.strong === {json.dumps(strong)}")
        layers.append(texts.mark_text(**beside, **mark).encode(y=y_at("upper", height), text=alt.Text("lines:N")))
    notes = base.mark_text(**beside, fontSize=_SMALL, lineHeight=LINE, lineBreak=_BREAK, color=tokens.muted).encode(
        y=y_at("note_y", height), text=alt.Text("note:N")
    )
    edge = alt.ExprRef("width")
    values = base.mark_text(align="right", baseline="top", x=edge, fontSize=BASE_SIZE, color=tokens.muted).encode(
        y=y_at("upper", height), text=alt.Text("value:N")
    )
    return [*layers, notes, values]
