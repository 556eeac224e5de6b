"""The board of statuses: projects from top to bottom, a cell per dimension with the reported and the computed one."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
from altair.typing import ChartType

from smartdash.charts.rows import ChartRow, Tooltips, coloured_cells, stacked, text_line
from smartdash.charts.tokens import STATUS_SIGNS, Tokens, status_colour, status_tint

_ROW_HEIGHT = 50


def status_board(
    labels: Sequence[str], columns: Sequence[str], cells: Sequence[ChartRow], tokens: Tokens, tooltips: Tooltips
) -> ChartType:
    """A table of cells in the colour of the reported status; a computed one that differs stands behind an arrow.

    Args:
        labels: The projects, each above its cells.
        columns: The dimensions.
        cells: `row` (index of the label), `column`, `status`, `computed_status`, `deviates`, and the tooltips' fields.
        tokens: The colours.
        tooltips: What a cell says when pointed at.
    """
    rows, height = stacked([{"label": label} for label in labels], [_ROW_HEIGHT] * len(labels))
    filled = [
        {
            **cell,
            "top": rows[cell["row"]]["top"],
            "fill": status_tint(tokens, cell["status"]),
            "ink": status_colour(tokens, cell["status"]),
            "sign": STATUS_SIGNS[cell["status"]]
            + (f" ≠ {STATUS_SIGNS[cell['computed_status']]}" if cell["deviates"] else ""),
        }
        for cell in cells
    ]
    x = alt.X(
        "column:O",
        sort=list(columns),
        scale=alt.Scale(domain=list(columns), paddingInner=0.04, paddingOuter=0),
        axis=alt.Axis(orient="top", title=None, domain=False, ticks=False, labelOverlap=False, labelAngle=0),
    )
    return alt.layer(
        *coloured_cells(filled, x, "sign", height, tooltips), text_line(rows, "label", 3, height, tokens.text)
    ).properties(width="container", height=height)
