"""Rows of a chart whose labels stand above their bars, so that it reads on a phone as well as on a wall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
from altair.typing import ChartType

from smartdash.charts.tokens import Tokens, text_on

ChartRow = Mapping[str, Any]
Tooltips = Sequence[tuple[str, str]]
"""(field of the row, heading) of what is shown when a mark is pointed at."""


def stacked(rows: Sequence[ChartRow], heights: Sequence[int]) -> tuple[list[dict[str, Any]], int]:
    """The rows with the distance of their upper edge from the top as `top`, and the height of all, in pixels."""
    placed, top = [], 0
    for row, height in zip(rows, heights, strict=True):
        placed.append({**row, "top": top})
        top += height
    return placed, top


def data(rows: Sequence[ChartRow]) -> alt.InlineData:
    """Rows as data that travels within the specification."""
    return alt.InlineData(values=[dict(row) for row in rows])


def y_at(field: str, height: int) -> alt.Y:
    """A vertical position in pixels from the top."""
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False, zero=False))


def shifted(rows: Sequence[ChartRow], **offsets: int) -> list[dict[str, Any]]:
    """The rows with further positions below their `top`, such as `upper=20, lower=36`."""
    return [{**row, **{name: row["top"] + offset for name, offset in offsets.items()}} for row in rows]


def tooltip(tooltips: Tooltips) -> list[alt.Tooltip]:
    """The entries of a tooltip."""
    return [alt.Tooltip(f"{field}:N", title=heading) for field, heading in tooltips]


def text_line(
    rows: Sequence[ChartRow],
    field: str,
    offset: int,
    height: int,
    colour: str,
    *,
    align: str = "left",
    keep: int = 0,
    size: int = 13,
    weight: int = 400,
    indent: int = 0,
) -> alt.Chart:
    """A line of text at the left or right edge, `offset` pixels below each row's top, cut `keep` before the edge.

    `indent` is its distance from the left edge.
    """
    mark: dict[str, Any] = {"align": align, "baseline": "top", "color": colour, "fontSize": size, "fontWeight": weight}
    chart: alt.Chart = (
        alt.Chart(data(shifted(rows, text_y=offset)))
        .mark_text(limit=alt.ExprRef(f"width - {keep + indent}"), **mark)
        .encode(
            x=alt.XValue(indent if align == "left" else "width"), y=y_at("text_y", height), text=alt.Text(f"{field}:N")
        )
    )
    return chart


def coloured_line(
    rows: Sequence[ChartRow],
    field: str,
    colour: str,
    offset: int,
    height: int,
    *,
    align: str = "right",
    indent: int = 0,
) -> alt.Chart:
    """A line of text at the edge in the colour that stands in the rows' field `colour`; `indent` as in `text_line`."""
    mark: dict[str, Any] = {"align": align, "baseline": "top", "fontSize": 13, "fontWeight": 600}
    chart: alt.Chart = (
        alt.Chart(data(shifted(rows, text_y=offset)))
        .mark_text(**mark)
        .encode(
            x=alt.XValue(indent if align == "left" else "width"),
            y=y_at("text_y", height),
            text=alt.Text(f"{field}:N"),
            color=alt.Color(f"{colour}:N", scale=None, legend=None),
        )
    )
    return chart


def bar(
    rows: Sequence[ChartRow],
    x: alt.X,
    x2: str,
    band: tuple[int, int],
    height: int,
    tooltips: Tooltips = (),
    **mark: Any,
) -> alt.Chart:
    """Bars from `x` to the field `x2`, between two distances below each row's top."""
    encoding: dict[str, Any] = {
        "x": x,
        "x2": alt.X2(f"{x2}:Q"),
        "y": y_at("band_top", height),
        "y2": alt.Y2("band_end:Q"),
    }
    if tooltips:
        encoding["tooltip"] = tooltip(tooltips)
    placed = shifted(rows, band_top=band[0], band_end=band[1])
    chart: alt.Chart = alt.Chart(data(placed)).mark_rect(**mark).encode(**encoding)
    return chart


def heat_table(
    rows: Sequence[ChartRow], columns: Sequence[str], cells: Sequence[ChartRow], tokens: Tokens, tooltips: Tooltips
) -> ChartType:
    """A table of coloured cells with a number in each; the row's label stands above its cells.

    Args:
        rows: `label`, and `heading` where the row is a heading without cells.
        columns: The headings of the columns; a blank in them breaks the line.
        cells: `row` (index of the row), `column`, `text`, `share` (0 to 1, None: grey), and the tooltips' fields; where
            it has them, `hatched` lines the cell and `framed` leaves it empty within a dashed frame.
        tokens: The colours.
        tooltips: What a cell says when pointed at.
    """
    placed, height = stacked(rows, [30 if row.get("heading") else 50 for row in rows])
    filled = [{**cell, "top": placed[cell["row"]]["top"], **_cell_colours(cell["share"], tokens)} for cell in cells]
    x = alt.X(
        "column:O",
        sort=list(columns),
        scale=alt.Scale(domain=list(columns), paddingInner=0.04, paddingOuter=0),
        axis=alt.Axis(
            orient="top",
            title=None,
            domain=False,
            ticks=False,
            labelExpr="split(datum.label, ' ')",
            # The lines of a label grow downwards, towards the first row.
            labelPadding=6 + 15 * max((column.count(" ") for column in columns), default=0),
            labelOverlap=False,
        ),
    )
    headings = [row for row in placed if row.get("heading")]
    plain = [row for row in placed if not row.get("heading")]
    hatched, framed = ([cell for cell in filled if cell.get(name)] for name in ("hatched", "framed"))
    layers = [
        *coloured_cells([cell for cell in filled if not cell.get("hatched")], x, "text", height, tooltips),
        *_hatched_cells(hatched, x, height, tokens, tooltips),
        *_frames(framed, x, height, tokens),
        text_line(plain, "label", 3, height, tokens.text),
    ]
    if headings:
        layers.append(text_line(headings, "label", 12, height, tokens.muted, weight=600))
    return alt.layer(*layers).properties(width="container", height=height)


def coloured_cells(cells: Sequence[ChartRow], x: alt.X, field: str, height: int, tooltips: Tooltips) -> list[alt.Chart]:
    """The squares of a table's cells in their colour `fill`, and in each its text `field` in the colour `ink`."""
    base = alt.Chart(data(shifted(cells, upper=20, middle=32, lower=44)))
    squares = base.mark_rect().encode(
        x=x,
        y=y_at("upper", height),
        y2=alt.Y2("lower:Q"),
        color=alt.Color("fill:N", scale=None, legend=None),
        tooltip=tooltip(tooltips),
    )
    texts = base.mark_text(baseline="middle", fontSize=13).encode(
        x=x, y=y_at("middle", height), text=alt.Text(f"{field}:N"), color=alt.Color("ink:N", scale=None, legend=None)
    )
    return [squares, texts]


def _hatched_cells(
    cells: Sequence[ChartRow], x: alt.X, height: int, tokens: Tokens, tooltips: Tooltips
) -> list[alt.Chart]:
    """Cells without a colour, with three lines across them and their text above these."""
    if not cells:
        return []
    base = alt.Chart(data(shifted(cells, upper=20, middle=32, lower=44)))
    square = base.mark_rect(fill=tokens.background, stroke=tokens.border, strokeWidth=1.5).encode(
        x=x, y=y_at("upper", height), y2=alt.Y2("lower:Q"), tooltip=tooltip(tooltips)
    )
    lines = []
    for (left, low), (right, high) in (
        ((0.0, "middle"), (0.5, "upper")),
        ((0.0, "lower"), (1.0, "upper")),
        ((0.5, "lower"), (1.0, "middle")),
    ):
        start = x.copy()
        start["bandPosition"] = left
        rule = base.mark_rule(color=tokens.border, strokeWidth=1.5)
        lines.append(
            rule.encode(
                x=start,
                x2=alt.X2("column:O", bandPosition=right),
                y=y_at(low, height),
                y2=alt.Y2(f"{high}:Q"),
            )
        )
    rim: dict[str, Any] = {"stroke": tokens.background, "strokeWidth": 5, "strokeJoin": "round"}
    text = {"x": x, "y": y_at("middle", height), "text": alt.Text("text:N"), "tooltip": tooltip(tooltips)}
    texts = [
        base.mark_text(baseline="middle", fontSize=13, color=tokens.idle, **mark).encode(**text) for mark in (rim, {})
    ]
    return [square, *lines, *texts]


def _frames(cells: Sequence[ChartRow], x: alt.X, height: int, tokens: Tokens) -> list[alt.Chart]:
    """Dashed frames over cells, with their text in them."""
    if not cells:
        return []
    frames = alt.Chart(data(shifted(cells, upper=21, lower=43))).mark_rect(
        fill=tokens.background, stroke=tokens.axis, strokeWidth=1, strokeDash=[3, 2]
    )
    texts = alt.Chart(data(shifted(cells, middle=32))).mark_text(baseline="middle", fontSize=13, color=tokens.idle)
    return [
        frames.encode(x=x, y=y_at("upper", height), y2=alt.Y2("lower:Q")),
        texts.encode(x=x, y=y_at("middle", height), text=alt.Text("text:N")),
    ]


def _cell_colours(share: float | None, tokens: Tokens) -> dict[str, str]:
    if share is None:
        return {"fill": tokens.idle_tint, "ink": tokens.idle}
    steps = tokens.sequential
    fill = steps[min(int(max(share, 0.0) * len(steps)), len(steps) - 1)]
    return {"fill": fill, "ink": text_on(tokens, fill)}
