"""Charts of money: stacks per year, shares per year, and plan against what is paid and bound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import altair as alt
from altair.typing import ChartType

from smartdash.charts.rows import ChartRow, Tooltips, bar, coloured_line, data, stacked, text_line, tooltip
from smartdash.charts.tokens import Status, Tokens, status_colour

_HEIGHT = 300
_PLANNED = 0.25
_BAND = (22, 40)
_INNER = (26, 36)


def year_stacks(
    rows: Sequence[ChartRow], totals: Sequence[ChartRow], parts: Sequence[str], tokens: Tokens, tooltips: Tooltips
) -> ChartType:
    """Stacked bars per year with the total on top; outlined and lightly filled, because they are planned.

    Args:
        rows: `year`, `part` and `value`.
        totals: `year`, `value` and `text`, the total as it is written.
        parts: The names of the parts from the bottom up, at most as many as there are category colours.
        tokens: The colours.
        tooltips: What a part says when pointed at.
    """
    years = [row["year"] for row in totals]
    placed = [{**row, "order": parts.index(row["part"])} for row in rows]
    y = alt.Y("value:Q", stack="zero", axis=None, scale=alt.Scale(zero=True))
    bars = (
        alt.Chart(data(placed))
        .mark_bar(fillOpacity=_PLANNED, strokeWidth=1.5)
        .encode(
            x=year_columns(years),
            y=y,
            color=_colours(parts, tokens),
            stroke=_colours(parts, tokens, alt.Stroke),
            order=alt.Order("order:Q"),
            tooltip=tooltip(tooltips),
        )
    )
    labels = (
        alt.Chart(data([{**row, "above": max(row["value"], 0)} for row in totals]))
        .mark_text(baseline="bottom", dy=-5, fontWeight=600, color=tokens.text)
        .encode(x=year_columns(years), y=alt.Y("above:Q", axis=None), text=alt.Text("text:N"))
    )
    return alt.layer(bars, labels).properties(width="container", height=_HEIGHT)


def outlined_bars(rows: Sequence[ChartRow], tokens: Tokens, tooltips: Tooltips) -> ChartType:
    """Bars in the outline of their plan: solid for what is done, then light and dashed for what is bound.

    Args:
        rows: `label`, `details`, `outline`, `solid`, `light` (0 where there is nothing to draw), and `flag` with
            `flag_status`, a sign and word at the right edge, empty where nothing is to be said; `strong` where the row
            sums up others.
        tokens: The colours.
        tooltips: What a row says when pointed at.
    """
    placed, height = stacked([_with_ends(row, tokens) for row in rows], [66] * len(rows))
    solid = [row for row in placed if row["solid"]]
    light = [row for row in placed if row["light"]]
    flagged = [row for row in placed if row["flag"]]
    low = min([0.0, *(row["solid"] for row in placed)])
    high = max([row["outline"] for row in placed] + [row["end"] for row in placed] + [low + 1])

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[low, high], nice=False))

    dashed: dict[str, Any] = {"fill": tokens.forecast_fill, "stroke": tokens.forecast_stroke, "strokeDash": [4, 3]}
    outline: dict[str, Any] = {"fillOpacity": 0, "stroke": tokens.plan_stroke, "strokeWidth": 1.5}
    return alt.layer(
        bar(solid, x("zero"), "solid", _INNER, height, fill=tokens.actual_fill, stroke=None),
        bar(light, x("solid"), "end", _INNER, height, **dashed),
        bar(placed, x("zero"), "outline", _BAND, height, tooltips, fill=tokens.background, **outline),
        *(
            text_line(rows, "label", 2, height, tokens.text, keep=keep, weight=weight)
            for weight, keep, rows in _labels(placed)
            if rows
        ),
        coloured_line(flagged, "flag", "ink", 2, height),
        text_line(placed, "details", 44, height, tokens.muted, size=12),
    ).properties(width="container", height=height)


def _labels(placed: Sequence[ChartRow]) -> Iterator[tuple[int, int, list[ChartRow]]]:
    """The rows whose labels are written alike: their weight, and the room kept for a flag."""
    for weight, keep in ((400, 0), (400, 150), (600, 0), (600, 150)):
        strong, flagged = weight == 600, keep > 0
        yield (
            weight,
            keep,
            [row for row in placed if bool(row["flag"]) is flagged and row.get("strong", False) is strong],
        )


def _with_ends(row: ChartRow, tokens: Tokens) -> dict[str, object]:
    status: Status = row["flag_status"] or "planned"
    return {**row, "zero": 0, "end": row["solid"] + row["light"], "ink": status_colour(tokens, status)}


def year_columns(columns: Sequence[str]) -> alt.X:
    """The years from left to right, each with its label below."""
    return alt.X(
        "year:O",
        sort=list(columns),
        axis=alt.Axis(title=None, ticks=False, domain=False, labelOverlap=False, labelFontSize=12),
        scale=alt.Scale(domain=list(columns), paddingInner=0.12, paddingOuter=0.02),
    )


def _colours(parts: Sequence[str], tokens: Tokens, channel: type[Any] = alt.Color) -> Any:
    return channel(
        "part:N",
        scale=alt.Scale(domain=list(parts), range=list(tokens.category[: len(parts)])),
        legend=alt.Legend(orient="top", columns=2 if max(map(len, parts), default=0) <= 22 else 1, labelLimit=310),
    )
