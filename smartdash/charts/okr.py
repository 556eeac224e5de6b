"""The chart of what cycles attained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
from altair.typing import ChartType

from smartdash.charts.rows import ChartRow, Tooltips, bar, stacked, text_line
from smartdash.charts.tokens import Tokens


def attainment_bars(rows: Sequence[ChartRow], tokens: Tokens, tooltips: Tooltips) -> ChartType:
    """A bar per cycle: solid for final scores, light with a dashed edge for the progress of a cycle without scores.

    Args:
        rows: `label`, `value_text`, `value` between 0 and 1 (None: no data) and `final`.
        tokens: The colours.
        tooltips: What a bar says when pointed at.
    """
    placed, height = stacked([{**row, "zero": 0, "one": 1} for row in rows], [44] * len(rows))
    known = [row for row in placed if row["value"] is not None]
    final = [row for row in known if row["final"]]
    running = [row for row in known if not row["final"]]
    dashed: dict[str, Any] = {"fill": tokens.forecast_fill, "stroke": tokens.forecast_stroke, "strokeDash": [4, 3]}
    return alt.layer(
        bar(placed, _share("zero"), "one", (20, 36), height, tooltips, fill=tokens.idle_tint, stroke=None),
        bar(final, _share("zero"), "value", (20, 36), height, tooltips, fill=tokens.actual_fill, stroke=None),
        bar(running, _share("zero"), "value", (20, 36), height, tooltips, **dashed),
        text_line(placed, "label", 2, height, tokens.text, keep=210),
        text_line(placed, "value_text", 2, height, tokens.muted, align="right", keep=90),
    ).properties(width="container", height=height)


def _share(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
