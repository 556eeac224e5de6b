"""The ladder of escalation: levels from top to bottom with the age of each impediment as a bar."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
from altair.typing import ChartType

from smartdash.charts.rows import ChartRow, Tooltips, bar, coloured_line, stacked, text_line
from smartdash.charts.tokens import Tokens, status_colour

_HEADING_HEIGHT = 34
_ROW_HEIGHT = 58
_BAND = (22, 34)
_AGE_WIDTH = 90


def ladder_chart(rows: Sequence[ChartRow], tokens: Tokens, tooltips: Tooltips) -> ChartType:
    """Levels with their impediments below, each with a bar as long as it is open.

    Args:
        rows: Headings (`heading` true, `label`, `details`) and impediments (`label`, `days`, `age`, `status`,
            `details` about the due date).
        tokens: The colours.
        tooltips: What a bar says when pointed at.
    """
    placed, height = stacked(rows, [_HEADING_HEIGHT if row["heading"] else _ROW_HEIGHT for row in rows])
    headings = [row for row in placed if row["heading"]]
    items = [{**row, "zero": 0, "ink": status_colour(tokens, row["status"])} for row in placed if not row["heading"]]
    longest = max(row["days"] for row in items) or 1
    x = alt.X("zero:Q", axis=None, scale=alt.Scale(domain=[0, longest], nice=False))
    return alt.layer(
        bar(items, x, "days", _BAND, height, tooltips, fill=tokens.actual_fill, stroke=None),
        text_line(headings, "label", 10, height, tokens.muted, weight=600),
        text_line(headings, "details", 10, height, tokens.muted, align="right", size=12),
        text_line(items, "label", 3, height, tokens.text, keep=_AGE_WIDTH),
        text_line(items, "age", 3, height, tokens.muted, align="right", size=12),
        coloured_line(items, "details", "ink", 37, height, align="left"),
    ).properties(width="container", height=height)
