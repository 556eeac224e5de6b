"""Plan, actual and forecast per year with their variance above; oriented to the notation of IBCS.

Time runs from left to right; the plan is outlined, the actual solid, the forecast dashed; the variance has its sign,
and its colour says whether it helps or hurts. Source: IBCS Standards, unify (scenarios) and express (variances).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
from altair.typing import ChartType

from smartdash.charts.budget import year_columns
from smartdash.charts.rows import Tooltips, data, text_line, tooltip, y_at
from smartdash.charts.tokens import Tokens

_HEADING = 2
_ZERO, _VARIANCE = 62, 22
"""Where the variances begin, and how far the largest reaches up or down."""

_SECOND_HEADING = 104
_TOP, _BOTTOM = 154, 344
_MARK = "▼"
_LABEL = 15


@dataclass(frozen=True, slots=True)
class YearColumn:
    """A year: amounts in euro, and how the forecast and its variance are written; `details` is the tooltip."""

    year: str
    plan: float
    paid: float
    forecast: float
    text: str
    variance: str
    marked: bool
    details: str


def plan_actual_columns(
    years: Sequence[YearColumn], variance_heading: str, cost_heading: str, tokens: Tokens, tooltips: Tooltips
) -> ChartType:
    """Columns per year: the plan's outline around the solid actual and the dashed forecast, variances above.

    Args:
        years: The years from left to right; `marked` ones carry ▼ and lie on a ground of their own.
        variance_heading: What stands above the variances.
        cost_heading: What stands above the columns.
        tokens: The colours.
        tooltips: What a year says when pointed at.
    """
    scale = _scale(years)
    rows = [_placed(item, scale, _largest(years), tokens) for item in years]
    names = [item.year for item in years]
    headings = [{"top": 0, "variance": variance_heading, "cost": cost_heading}]
    outline: dict[str, Any] = {"fillOpacity": 0, "stroke": tokens.plan_stroke, "strokeWidth": 1.5}
    dashed: dict[str, Any] = {
        "fill": tokens.forecast_fill,
        "stroke": tokens.forecast_stroke,
        "strokeWidth": 1.5,
        "strokeDash": [4, 3],
    }
    marked = [row for row in rows if row["marked"]]
    expected = [row for row in rows if row["forecast_top"] < row["paid_top"]]
    return alt.layer(
        _columns(marked, names, "ground_top", "ground_bottom", 1.0, fill=tokens.surface),
        _columns(rows, names, "variance_top", "variance_bottom", 0.42, colour="ink"),
        _line(_ZERO, tokens),
        _columns(rows, names, "paid_top", "paid_bottom", 0.5, fill=tokens.actual_fill),
        _columns(expected, names, "forecast_top", "paid_top", 0.5, **dashed),
        _columns(rows, names, "plan_top", "base", 0.74, tooltips, fill=tokens.background, **outline),
        _line(scale[1], tokens),
        _texts(rows, names, "variance", "variance_at").encode(color=alt.Color("ink:N", scale=None)),
        _texts(rows, names, "text", "text_at").encode(color=alt.value(tokens.text)),
        _texts(marked, names, "mark", "mark_at").encode(color=alt.value(tokens.text)),
        text_line(headings, "variance", _HEADING, _BOTTOM, tokens.muted, size=12),
        text_line(headings, "cost", _SECOND_HEADING, _BOTTOM, tokens.muted, size=12),
    ).properties(width="container", height=_BOTTOM)


def _scale(years: Sequence[YearColumn]) -> tuple[float, float]:
    """Pixels per euro, and the pixel at which zero lies; negative amounts hang below it."""
    high = max([0.0, *(max(item.plan, item.paid, item.forecast) for item in years)])
    low = min([0.0, *(min(item.plan, item.paid, item.forecast) for item in years)])
    per_euro = (_BOTTOM - _TOP) / ((high - low) or 1)
    return per_euro, _TOP + high * per_euro


def _largest(years: Sequence[YearColumn]) -> float:
    return max([abs(item.forecast - item.plan) for item in years], default=0) or 1


def _placed(item: YearColumn, scale: tuple[float, float], largest: float, tokens: Tokens) -> dict[str, Any]:
    per_euro, base = scale
    variance = item.forecast - item.plan
    reach = variance / largest * _VARIANCE
    paid, forecast, plan = (base - amount * per_euro for amount in (item.paid, item.forecast, item.plan))
    return {
        "year": item.year,
        "mark": _MARK,
        "mark_at": _SECOND_HEADING + 18 + _LABEL / 2,
        "marked": item.marked,
        "details": item.details,
        "text": item.text,
        "variance": item.variance,
        "ink": tokens.crit if variance > 0 else tokens.ok if variance < 0 else tokens.muted,
        "base": base,
        "ground_top": _SECOND_HEADING + 18,
        "ground_bottom": _BOTTOM,
        "variance_top": _ZERO - max(reach, 0),
        "variance_bottom": _ZERO - min(reach, 0),
        "variance_at": _ZERO - reach - _LABEL / 2 if reach >= 0 else _ZERO - reach + _LABEL / 2,
        "paid_top": paid,
        "paid_bottom": base,
        "forecast_top": forecast,
        "plan_top": plan,
        "text_at": min(plan, forecast, paid, base) - _LABEL / 2,
    }


def _columns(
    rows: Sequence[dict[str, Any]],
    names: Sequence[str],
    top: str,
    bottom: str,
    width: float,
    tooltips: Tooltips = (),
    colour: str = "",
    **mark: Any,
) -> alt.Chart:
    """Columns of a share of a year's width between two fields of pixels."""
    encoding: dict[str, Any] = {"x": year_columns(names), "y": y_at(top, _BOTTOM), "y2": f"{bottom}:Q"}
    if colour:
        encoding["color"] = alt.Color(f"{colour}:N", scale=None)
    if tooltips:
        encoding["tooltip"] = tooltip(tooltips)
    chart: alt.Chart = alt.Chart(data(rows)).mark_bar(width=alt.RelativeBandSize(width), **mark).encode(**encoding)
    return chart


def _line(at: float, tokens: Tokens) -> alt.Chart:
    """A line across all years."""
    mark = alt.Chart(data([{"at": at}])).mark_rule(color=tokens.axis)
    chart: alt.Chart = mark.encode(y=y_at("at", _BOTTOM))
    return chart


def _texts(rows: Sequence[dict[str, Any]], names: Sequence[str], field: str, at: str) -> alt.Chart:
    mark = alt.Chart(data(rows)).mark_text(baseline="middle", fontSize=12, fontWeight=600)
    chart: alt.Chart = mark.encode(x=year_columns(names), y=y_at(at, _BOTTOM), text=alt.Text(f"{field}:N"))
    return chart
