"""Charts of objectives and key results: bullet bars of a cycle, attainment by cycle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
from altair.typing import ChartType

from smartdash.charts.rows import ChartRow, Tooltips, bar, coloured_line, data, shifted, stacked, text_line, y_at
from smartdash.charts.tokens import Tokens, status_colour

_HEADING_HEIGHT = 46
_ROW_HEIGHT = 66
_BAND = (22, 36)


def bullets(rows: Sequence[ChartRow], tokens: Tokens, tooltips: Tooltips) -> ChartType:
    """Progress bars of key results under their objectives, with a tick for the expected progress.

    Args:
        rows: Headings (`heading` true, `label`, `details`) and key results (`label`, `details`, `status`,
            `status_text`, `reached` and `expected` between 0 and 1, `reached` None without data).
        tokens: The colours.
        tooltips: What a bar says when pointed at.
    """
    placed, height = stacked(rows, [_HEADING_HEIGHT if row["heading"] else _ROW_HEIGHT for row in rows])
    headings = [row for row in placed if row["heading"]]
    results = [
        {**row, "zero": 0, "one": 1, "ink": status_colour(tokens, row["status"])}
        for row in placed
        if not row["heading"]
    ]
    known = [row for row in results if row["reached"] is not None]
    expected = [row for row in results if row["expected"] is not None]
    return alt.layer(
        bar(results, _share("zero"), "one", _BAND, height, tooltips, fill=tokens.idle_tint, stroke=None),
        bar(known, _share("zero"), "reached", _BAND, height, tooltips, fill=tokens.actual_fill, stroke=None),
        alt.Chart(data(shifted(expected, upper=_BAND[0] - 4, lower=_BAND[1] + 4)))
        .mark_rule(color=tokens.text, strokeWidth=2.5)
        .encode(x=_share("expected"), y=y_at("upper", height), y2="lower:Q"),
        text_line(headings, "label", 6, height, tokens.text, weight=600),
        text_line(headings, "details", 24, height, tokens.muted, size=12),
        text_line(results, "label", 2, height, tokens.text),
        coloured_line(results, "status_text", "ink", 43, height, align="left"),
        text_line(results, "details", 44, height, tokens.muted, align="right", keep=118, size=12),
    ).properties(width="container", height=height)


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
