"""The tree of a cycle: fields of work, objectives, and a bullet bar with its confidence for each key result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
from altair.typing import ChartType

from smartdash.charts.rows import (
    ChartRow,
    Tooltips,
    bar,
    coloured_line,
    data,
    shifted,
    stacked,
    text_line,
    tooltip,
    y_at,
)
from smartdash.charts.tokens import Tokens, status_colour

_HEIGHTS = {"group": 34, "objective": 62, "result": 88}
_INDENT = 14
"""Pixels that a key result stands to the right of its objective."""
_SIDE = 92
"""Pixels at the right of a bar that the line of the confidence takes."""
_BAND = (22, 35)
_ZONES = (0.3, 0.7)


def key_result_tree(rows: Sequence[ChartRow], word: str, tokens: Tokens, tooltips: Tooltips) -> ChartType:
    """Progress bars under their objectives and these under their field of work or unit.

    A tick stands at the expected progress, a diamond at the owner's forecast, an open circle where the line through the
    check-ins leads; faint lines part the zones. At the right the confidence from check-in to check-in.

    Args:
        rows: `level` ("group", "objective", "result") and `label`; objectives with `details` and `people`; key results
            with `details`, `tags`, `status`, `status_text`, `confidence` (the last one as text), `course` ((place in
            the cycle, confidence) pairs), and `reached`, `expected`, `forecast`, `fitted` between 0 and 1 or None.
        word: What stands above the lines at the right.
        tokens: The colours.
        tooltips: What a key result says when pointed at.
    """
    placed, height = stacked(rows, [_HEIGHTS[row["level"]] for row in rows])
    groups, objectives, results = ([row for row in placed if row["level"] == level] for level in _HEIGHTS)
    results = [{**row, "zero": 0, "one": 1, "ink": status_colour(tokens, row["status"])} for row in results]
    plain = [{name: value for name, value in row.items() if name != "course"} for row in results]
    layers = [
        *_bars(plain, height, tokens, tooltips),
        *_courses(results, height, tokens),
        *_texts(groups, objectives, plain, word, height, tokens),
    ]
    # The bars and the lines beside them have their own scales.
    chart: ChartType = alt.layer(*layers).resolve_scale(x="independent").properties(width="container", height=height)
    return chart


def _bars(rows: Sequence[ChartRow], height: int, tokens: Tokens, tooltips: Tooltips) -> list[alt.Chart]:
    known = [row for row in rows if row["reached"] is not None]
    zones = [{"top": row["top"], "zone": zone} for row in rows for zone in _ZONES]
    upper, lower = _BAND
    return [
        bar(rows, _share("zero"), "one", _BAND, height, tooltips, fill=tokens.idle_tint, stroke=None),
        bar(known, _share("zero"), "reached", _BAND, height, tooltips, fill=tokens.actual_fill, stroke=None),
        _ticks(zones, "zone", (lower, lower + 4), height, tokens.axis, 1),
        _ticks(
            [row for row in rows if row["expected"] is not None],
            "expected",
            (upper - 4, lower + 4),
            height,
            tokens.text,
            2.5,
        ),
        _marks(rows, "fitted", height, tooltips, shape="circle", size=70, fill=tokens.background, stroke=tokens.axis),
        _marks(
            rows,
            "forecast",
            height,
            tooltips,
            shape="diamond",
            size=90,
            fill=tokens.forecast_fill,
            stroke=tokens.forecast_stroke,
        ),
    ]


def _share(field: str) -> alt.X:
    # `range` is typed for plain numbers only.
    ends: Any = [_INDENT, alt.ExprRef(f"width - {_SIDE}")]
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False, range=ends))


def _ticks(
    rows: Sequence[ChartRow], field: str, ends: tuple[int, int], height: int, colour: str, thickness: float
) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(data(shifted(rows, upper=ends[0], lower=ends[1])))
        .mark_rule(color=colour, strokeWidth=thickness)
        .encode(x=_share(field), y=y_at("upper", height), y2=alt.Y2("lower:Q"))
    )
    return chart


def _marks(rows: Sequence[ChartRow], field: str, height: int, tooltips: Tooltips, **mark: Any) -> alt.Chart:
    known = [row for row in rows if row[field] is not None]
    chart: alt.Chart = (
        alt.Chart(data(shifted(known, middle=sum(_BAND) // 2)))
        .mark_point(opacity=1, strokeWidth=1.5, **mark)
        .encode(x=_share(field), y=y_at("middle", height), tooltip=tooltip(tooltips))
    )
    return chart


def _courses(results: Sequence[ChartRow], height: int, tokens: Tokens) -> list[alt.Chart]:
    """The confidence (0 to 10) through the cycle as a line, its last point filled."""
    bottom, full = 38, 20
    points = [
        {"line": str(place), "at": at, "level": row["top"] + bottom - full * confidence / 10}
        for place, row in enumerate(results)
        for at, confidence in row["course"]
    ]
    last = list({point["line"]: point for point in points}.values())
    ends: Any = [alt.ExprRef(f"width - {_SIDE - 18}"), alt.ExprRef("width - 26")]
    x = alt.X("at:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False, clamp=True, range=ends))
    y = y_at("level", height)
    return [
        alt.Chart(data(points))
        .mark_line(color=tokens.axis, strokeWidth=1.5)
        .encode(x=x, y=y, detail=alt.Detail("line:N")),
        alt.Chart(data(last)).mark_point(filled=True, color=tokens.text, size=28, opacity=1).encode(x=x, y=y),
    ]


def _texts(
    groups: Sequence[ChartRow],
    objectives: Sequence[ChartRow],
    results: Sequence[ChartRow],
    word: str,
    height: int,
    tokens: Tokens,
) -> list[alt.Chart]:
    heads = [{**row, "word": word} for row in objectives]
    return [
        text_line(groups, "label", 10, height, tokens.brand, size=15, weight=600),
        text_line(objectives, "label", 6, height, tokens.text, weight=600),
        text_line(objectives, "details", 24, height, tokens.muted, keep=80, size=12),
        text_line(heads, "word", 24, height, tokens.muted, align="right", size=12),
        text_line(objectives, "people", 40, height, tokens.muted, size=12),
        text_line(results, "label", 2, height, tokens.text, indent=_INDENT),
        text_line(results, "confidence", 20, height, tokens.text, align="right"),
        coloured_line(results, "status_text", "ink", 43, height, align="left", indent=_INDENT),
        text_line(results, "details", 44, height, tokens.muted, align="right", keep=118, size=12),
        text_line(results, "tags", 61, height, tokens.muted, size=12, indent=_INDENT),
    ]
