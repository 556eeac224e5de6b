"""Small multiples of a plan and its scenarios: one row each, a bar per year, all on the same scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
from altair.typing import ChartType

from smartdash.charts.rows import ChartRow, Tooltips, coloured_line, data, shifted, stacked, text_line, tooltip, y_at
from smartdash.charts.tokens import Tokens

_HEADING = 34
_FOOT = 118
"""Distance of the baseline from the top of a row; values and bars stand above it, year and difference below."""
_BARS = 58
_ROW = {"plan": 146, "scenario": 164}
_INK = {"more": "crit", "less": "ok", "same": "muted"}


def scenario_multiples(
    rows: Sequence[ChartRow], cells: Sequence[ChartRow], years: Sequence[str], tokens: Tokens, tooltips: Tooltips
) -> ChartType:
    """The plan outlined, each scenario dashed with a line across every bar where the plan stands.

    Args:
        rows: `kind` ("heading", "plan" or "scenario") and `label`; but for headings also `details`, coloured by
            `effect` ("more", "less" or "same").
        cells: `row` (index of the row), `year`, `value` and `plan` (0 or more), `text`, `change` and `effect`, and the
            tooltips' fields.
        years: The years from left to right.
        tokens: The colours.
        tooltips: What a bar says when pointed at.
    """
    heights = [_HEADING if row["kind"] == "heading" else _ROW[row["kind"]] for row in rows]
    placed, height = stacked([_inked(row, tokens) for row in rows], heights)
    drawn = [row for row in placed if row["kind"] != "heading"]
    headings = [row for row in placed if row["kind"] == "heading"]
    bars = _placed_bars(placed, cells, tokens)
    planned = [bar for bar in bars if bar["kind"] == "plan"]
    assumed = [bar for bar in bars if bar["kind"] == "scenario"]
    x = alt.X("year:O", sort=list(years), axis=None, scale=alt.Scale(domain=list(years), paddingInner=0.22))
    outline: dict[str, Any] = {"fill": tokens.background, "stroke": tokens.plan_stroke, "strokeWidth": 1.5}
    dashed: dict[str, Any] = {"fill": tokens.forecast_fill, "stroke": tokens.forecast_stroke, "strokeDash": [4, 3]}
    layers = [
        _columns(planned, x, height, tooltips, **outline),
        _columns(assumed, x, height, tooltips, **dashed),
        _plan_lines(assumed, x, height, tokens),
        _baselines(drawn, height, tokens),
        _texts(bars, x, "text", "value_y", height, "bottom", "text_ink", weight=600),
        _texts(bars, x, "year", "year_y", height, "top", "year_ink"),
        _texts(assumed, x, "change", "change_y", height, "top", "ink", weight=600),
        text_line(drawn, "label", 4, height, tokens.text, weight=600),
        coloured_line(drawn, "details", "ink", 23, height, align="left"),
    ]
    if headings:
        layers.append(text_line(headings, "label", 12, height, tokens.muted, weight=600))
    return alt.layer(*layers).properties(width="container", height=height)


def _inked(row: ChartRow, tokens: Tokens) -> dict[str, Any]:
    return {**row, "ink": getattr(tokens, _INK[row.get("effect", "same")])}


def _placed_bars(rows: Sequence[ChartRow], cells: Sequence[ChartRow], tokens: Tokens) -> list[dict[str, Any]]:
    """The bars in pixels; where nothing is to be paid, they have no height."""
    highest = max([0.0, *(max(cell["value"], cell["plan"]) for cell in cells)]) or 1.0
    bars = []
    for cell in cells:
        row = rows[cell["row"]]
        foot = row["top"] + _FOOT
        upper, planned = (foot - _BARS * cell[field] / highest for field in ("value", "plan"))
        bars.append(
            {
                **_inked(cell, tokens),
                "kind": row["kind"],
                "foot": foot,
                "upper": upper,
                "plan_y": planned,
                "value_y": min(upper, planned if row["kind"] == "scenario" else upper) - 4,
                "year_y": foot + 6,
                "change_y": foot + 23,
                "text_ink": tokens.text,
                "year_ink": tokens.muted,
            }
        )
    return bars


def _columns(bars: Sequence[ChartRow], x: alt.X, height: int, tooltips: Tooltips, **mark: Any) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(data(bars))
        .mark_bar(**mark)
        .encode(x=x, y=y_at("upper", height), y2=alt.Y2("foot:Q"), tooltip=tooltip(tooltips))
    )
    return chart


def _plan_lines(bars: Sequence[ChartRow], x: alt.X, height: int, tokens: Tokens) -> alt.Chart:
    mark: dict[str, Any] = {"color": tokens.plan_stroke, "thickness": 2.5, "bandSize": alt.Undefined}
    chart: alt.Chart = alt.Chart(data(bars)).mark_tick(**mark).encode(x=x, y=y_at("plan_y", height))
    return chart


def _baselines(rows: Sequence[ChartRow], height: int, tokens: Tokens) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(data(shifted(rows, foot=_FOOT)))
        .mark_rule(color=tokens.axis)
        .encode(x=alt.XValue(0), x2=alt.X2Value("width"), y=y_at("foot", height))
    )
    return chart


def _texts(
    bars: Sequence[ChartRow], x: alt.X, field: str, at: str, height: int, baseline: str, ink: str, weight: int = 400
) -> alt.Chart:
    mark: dict[str, Any] = {"baseline": baseline, "fontSize": 12, "fontWeight": weight}
    chart: alt.Chart = (
        alt.Chart(data(bars))
        .mark_text(**mark)
        .encode(
            x=x, y=y_at(at, height), text=alt.Text(f"{field}:N"), color=alt.Color(f"{ink}:N", scale=None, legend=None)
        )
    )
    return chart
