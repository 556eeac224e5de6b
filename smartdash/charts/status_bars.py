"""What became of a limit: paid, bound, reserved and free, each bar as long as its own limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
from altair.typing import ChartType

from smartdash.charts.rows import ChartRow, Tooltips, bar, coloured_line, data, shifted, stacked, text_line, y_at
from smartdash.charts.tokens import Status, Tokens, status_colour

_BAND = (23, 37)
_TICK = (19, 41)
_MOST = 1.35
"""Bars end at this multiple of their limit; what lies beyond is said in words only."""

_LEAST = -0.1
_MARGIN = 0.004
"""So that the line of the limit is whole at the edge."""


@dataclass(frozen=True, slots=True)
class StatusBar:
    """A limit in euro with its parts; `flag` is a sign and word in the colour of `status`."""

    label: str
    details: str
    flag: str
    status: Status
    limit: float
    paid: float
    bound: float
    reserved: float


def status_bars(rows: Sequence[StatusBar], tokens: Tokens, tooltips: Tooltips) -> ChartType:
    """Bars from top to bottom: paid solid, bound dashed, reserved outlined, free white, a tick at the limit.

    Where there is no limit, the bar ends with what is used, and the tick stands at zero.
    """
    placed, height = stacked([_shares(row, tokens) for row in rows], [66] * len(rows))
    most = max([1.0, *(row["reserved_end"] for row in placed)])
    least = min([0.0, *(row["paid_end"] for row in placed)])
    domain = [max(least, _LEAST), min(most, _MOST) + _MARGIN]

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=domain, nice=False))

    dashed: dict[str, Any] = {"fill": tokens.forecast_fill, "stroke": tokens.forecast_stroke, "strokeDash": [4, 3]}
    outline: dict[str, Any] = {"fill": tokens.background, "stroke": tokens.forecast_stroke, "strokeWidth": 1.5}
    free: dict[str, Any] = {"fill": tokens.background, "stroke": tokens.border}

    def some(start: str, end: str) -> list[dict[str, Any]]:
        return [row for row in placed if row[start] != row[end]]

    return alt.layer(
        bar(placed, x("zero"), "limit_end", _BAND, height, tooltips, clip=True, **free),
        bar(some("zero", "paid_end"), x("zero"), "paid_end", _BAND, height, clip=True, fill=tokens.actual_fill),
        bar(some("paid_end", "bound_end"), x("paid_end"), "bound_end", _BAND, height, clip=True, **dashed),
        bar(some("bound_end", "reserved_end"), x("bound_end"), "reserved_end", _BAND, height, clip=True, **outline),
        _limits(placed, x("limit_end"), height, tokens),
        text_line(placed, "label", 2, height, tokens.text, keep=135),
        coloured_line(placed, "flag", "ink", 2, height),
        text_line(placed, "details", 44, height, tokens.muted, size=12),
    ).properties(width="container", height=height)


def _limits(rows: Sequence[ChartRow], x: alt.X, height: int, tokens: Tokens) -> alt.Chart:
    mark = alt.Chart(data(shifted(rows, tick_top=_TICK[0], tick_end=_TICK[1]))).mark_rule(strokeWidth=3)
    chart: alt.Chart = mark.encode(
        x=x, y=y_at("tick_top", height), y2=alt.Y2("tick_end:Q"), color=alt.value(tokens.plan_stroke)
    )
    return chart


def _shares(row: StatusBar, tokens: Tokens) -> dict[str, Any]:
    used = row.paid + row.bound + row.reserved
    whole = row.limit if row.limit > 0 else max(used, row.paid, 1.0)
    limit = 1.0 if row.limit > 0 else 0.0
    paid, bound, reserved = row.paid / whole, row.bound / whole, row.reserved / whole
    return {
        "label": row.label,
        "details": row.details,
        "flag": row.flag,
        "ink": status_colour(tokens, row.status),
        "zero": 0,
        "limit_end": limit,
        "paid_end": paid,
        "bound_end": paid + bound,
        "reserved_end": paid + bound + reserved,
    }
