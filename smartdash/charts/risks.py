"""The matrix of probability and impact, with numbers for what stands in a cell and a line from where it was before."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
from altair.typing import ChartType

from smartdash.charts.lanes import haloed
from smartdash.charts.rows import ChartRow, Tooltips, data, tooltip
from smartdash.charts.tokens import Tokens

_SIDE = 5
_CELL = 58


def risk_matrix(
    cells: Sequence[ChartRow], moves: Sequence[ChartRow], titles: tuple[str, str], tokens: Tokens, tooltips: Tooltips
) -> ChartType:
    """A matrix of five by five cells, darker the more weight they have.

    Args:
        cells: `x` and `y` from 1 to 5, `text` (empty where nothing stands in the cell), and the tooltips' fields. Where
            `x` grows to the left, the caller mirrors it with `shown`, the label under the column.
        moves: `x`, `y` before and `to_x`, `to_y` now.
        titles: What the horizontal and the vertical axis say.
        tokens: The colours.
        tooltips: What a cell says when pointed at.
    """
    filled = []
    for cell in cells:
        fill = tokens.sequential[min((int(cell["weight"]) - 1) * 8 // 25, 7)]
        edges = {"left": cell["x"] - 0.5, "right": cell["x"] + 0.5, "low": cell["y"] - 0.5, "high": cell["y"] + 0.5}
        filled.append({**cell, **edges, "fill": fill})
    scale = alt.Scale(domain=[0.5, _SIDE + 0.5], nice=False, zero=False)
    names = {int(cell["x"]): str(cell["shown"]) for cell in cells}
    words = " : ".join(f"datum.value == {place} ? '{name}'" for place, name in sorted(names.items()))
    ticks = list(range(1, _SIDE + 1))
    across = alt.Axis(
        values=ticks, title=titles[0], labelExpr=f"{words} : ''", domain=False, ticks=False, tickCount=_SIDE
    )
    up = alt.Axis(values=ticks, title=titles[1], format="d", domain=False, ticks=False, grid=False, tickCount=_SIDE)
    base = alt.Chart(data(filled))
    squares = base.mark_rect(stroke=tokens.background, strokeWidth=2).encode(
        x=alt.X("left:Q", scale=scale, axis=across),
        x2=alt.X2("right:Q"),
        y=alt.Y("low:Q", scale=scale, axis=up),
        y2=alt.Y2("high:Q"),
        fill=alt.Fill("fill:N", scale=None, legend=None),
        tooltip=tooltip(tooltips),
    )
    named = alt.Chart(data([cell for cell in filled if cell["text"]])).encode(
        x=alt.X("x:Q", scale=scale, axis=across), y=alt.Y("y:Q", scale=scale, axis=up), text=alt.Text("text:N")
    )
    layers = [squares]
    if moves:
        path = alt.Chart(data(moves)).encode(
            x=alt.X("x:Q", scale=scale, axis=across), y=alt.Y("y:Q", scale=scale, axis=up)
        )
        layers += [
            path.mark_rule(color=tokens.deviation_above, strokeWidth=2.5, strokeDash=[5, 3]).encode(
                x2=alt.X2("to_x:Q"), y2=alt.Y2("to_y:Q")
            ),
            path.mark_point(stroke=tokens.deviation_above, strokeWidth=2.5, fill=tokens.background, size=70, opacity=1),
        ]
    numbers = haloed(named, tokens, fontSize=17, fontWeight=700, color=tokens.text)
    return alt.layer(*layers, *numbers).properties(width="container", height=_SIDE * _CELL)
