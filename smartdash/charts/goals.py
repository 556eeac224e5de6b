"""Chart of goals: a bullet bar for each indicator below its goal, with the course of its values beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
from altair.typing import ChartType

from smartdash.charts.rows import ChartRow, Tooltips, bar, data, shifted, stacked, text_line, y_at
from smartdash.charts.tokens import Tokens

_HEADING_HEIGHT, _EMPTY_HEIGHT, _ROW_HEIGHT = 42, 60, 66
_BAND = (22, 36)
_END = 1.4
_COURSE = (1.1, 1.37)
"""Across, the bar goes from 0 to 1 and the course of the values stands to its right."""


def indicator_bars(rows: Sequence[ChartRow], tokens: Tokens, tooltips: Tooltips) -> ChartType:
    """How far each indicator has come from its baseline (left) to its target (right end of the bar).

    Args:
        rows: Goals (`heading` true, `label`, and `details` where there is no indicator) and indicators (`label`,
            `details`, `value_text`, `reached` between 0 and 1 or None, `course` with the values by day).
        tokens: The colours.
        tooltips: What a bar says when pointed at.
    """
    placed, height = stacked([dict(row) for row in rows], [_height(row) for row in rows])
    headings = [row for row in placed if row["heading"]]
    indicators = [{**row, "zero": 0, "one": 1} for row in placed if not row["heading"]]
    known = [row for row in indicators if row["reached"] is not None]
    layers = [
        bar(indicators, _across("zero"), "one", _BAND, height, tooltips, fill=tokens.idle_tint, stroke=None),
        bar(known, _across("zero"), "reached", _BAND, height, tooltips, fill=tokens.actual_fill, stroke=None),
        alt.Chart(data(shifted(known, upper=_BAND[0] - 4, lower=_BAND[1] + 4)))
        .mark_rule(color=tokens.plan_stroke, strokeWidth=2)
        .encode(x=_across("one"), y=y_at("upper", height), y2=alt.Y2("lower:Q")),
        *_courses(indicators, tokens, height),
        text_line(headings, "label", 8, height, tokens.text, weight=600),
        text_line(headings, "details", 26, height, tokens.muted, size=12),
        text_line(indicators, "label", 3, height, tokens.text, keep=60),
        text_line(indicators, "value_text", 3, height, tokens.text, align="right", weight=600),
        text_line(indicators, "details", 42, height, tokens.muted, size=12),
    ]
    return alt.layer(*layers).properties(width="container", height=height)


def _height(row: ChartRow) -> int:
    if not row["heading"]:
        return _ROW_HEIGHT
    return _EMPTY_HEIGHT if row["details"] else _HEADING_HEIGHT


def _across(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, _END], nice=False))


def _courses(rows: Sequence[ChartRow], tokens: Tokens, height: int) -> list[alt.Chart]:
    """The values of each indicator as a small line, the lowest below and the highest above, with the newest dotted."""
    points: list[dict[str, Any]] = []
    for index, row in enumerate(rows):
        values: Sequence[float] = row["course"]
        low, high = min(values, default=0), max(values, default=0)
        for place, value in enumerate(values):
            share = (value - low) / (high - low) if high > low else 0.5
            points.append(
                {
                    "row": index,
                    "across": _COURSE[0] + (_COURSE[1] - _COURSE[0]) * (place / max(len(values) - 1, 1)),
                    "down": row["top"] + _BAND[1] + 2 - share * (_BAND[1] - _BAND[0] + 4),
                    "newest": place == len(values) - 1,
                }
            )
    lines = [point for point in points if len(rows[point["row"]]["course"]) > 1]
    if not lines:
        return []
    base = alt.Chart(data(lines)).encode(x=_across("across"), y=y_at("down", height))
    return [
        base.mark_line(stroke=tokens.axis, strokeWidth=1.5).encode(detail=alt.Detail("row:N")),
        base.transform_filter("datum.newest").mark_point(fill=tokens.actual_fill, size=34, opacity=1),
    ]
