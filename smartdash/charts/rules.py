"""The chart of rules: each side against its limit, all limits at the same place, and the verdict in words above."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
from altair.typing import ChartType

from smartdash.charts.rows import ChartRow, Tooltips, bar, coloured_line, data, stacked, text_line, y_at
from smartdash.charts.tokens import Tokens, status_colour

_BAND = (42, 54)
_TICK = (38, 58)
_HEADING, _ROW, _WITHOUT_BAR = 38, 92, 64
_LEAST, _MOST = 1.25, 2.0
"""The right edge of the chart in parts of a limit: room to see a breach, and no further for a single large one."""


def rule_bars(rows: Sequence[ChartRow], tokens: Tokens, tooltips: Tooltips) -> ChartType:
    """A bullet bar per rule, up to its limit or beyond; what breaks the limit has the colour of the verdict.

    Args:
        rows: `label`, `verdict` (sign, word and room or excess), `status`, `details` (place and both sides), `ratio`
            (left side in parts of the limit; None: nothing to draw) and `broken`; or `heading` alone where a group
            begins.
        tokens: The colours.
        tooltips: What a rule says when pointed at.
    """
    placed, height = stacked(rows, [_HEADING if "heading" in row else _row_height(row) for row in rows])
    headings = [row for row in placed if "heading" in row]
    rules = [{**row, "ink": status_colour(tokens, row["status"])} for row in placed if "heading" not in row]
    drawn = [row for row in rules if row["ratio"] is not None]
    high = min(max([_LEAST, *(row["ratio"] for row in drawn)]), _MOST)
    x = alt.X("zero:Q", axis=None, scale=alt.Scale(domain=[0, high], nice=False, clamp=True))
    bars = [{**row, **_ends(row)} for row in drawn]
    layers = [
        text_line(headings, "heading", 12, height, tokens.muted, weight=600),
        text_line(rules, "label", 2, height, tokens.text, weight=600),
        coloured_line(rules, "verdict", "ink", 20, height, align="left"),
    ]
    if plain := [row for row in rules if row["ratio"] is None]:
        layers.append(text_line(plain, "details", 38, height, tokens.muted, size=12))
    if bars:
        layers += [
            text_line(bars, "details", 62, height, tokens.muted, size=12),
            bar(bars, x, "limit", _BAND, height, tooltips, fill=tokens.idle_tint, stroke=None),
            bar(bars, x, "solid", _BAND, height, tooltips, fill=tokens.actual_fill, stroke=None),
            *_breaches([row for row in bars if row["broken"]], x, height, tooltips),
            _limits(bars, x, height, tokens),
        ]
    return alt.layer(*layers).properties(width="container", height=height)


def _row_height(row: ChartRow) -> int:
    return _WITHOUT_BAR if row["ratio"] is None else _ROW


def _ends(row: ChartRow) -> dict[str, float]:
    inner = min(row["ratio"], 1)
    return {"zero": 0, "limit": 1, "solid": inner, "from": inner, "to": max(row["ratio"], 1)}


def _breaches(rows: Sequence[ChartRow], x: alt.X, height: int, tooltips: Tooltips) -> list[alt.Chart]:
    """What is beyond the limit, or missing up to it."""
    if not rows:
        return []
    part = bar(rows, _at(x, "from"), "to", _BAND, height, tooltips, stroke=None)
    return [part.encode(color=alt.Color("ink:N", scale=None, legend=None))]


def _limits(rows: Sequence[ChartRow], x: alt.X, height: int, tokens: Tokens) -> alt.Chart:
    placed = [{**row, "upper": row["top"] + _TICK[0], "lower": row["top"] + _TICK[1]} for row in rows]
    chart: alt.Chart = (
        alt.Chart(data(placed))
        .mark_rule(color=tokens.plan_stroke, strokeWidth=2)
        .encode(x=_at(x, "limit"), y=y_at("upper", height), y2=alt.Y2("lower:Q"))
    )
    return chart


def _at(x: alt.X, field: str) -> alt.X:
    moved: alt.X = x.copy()
    moved.shorthand = f"{field}:Q"
    return moved
