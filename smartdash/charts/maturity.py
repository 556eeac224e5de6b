"""Charts of maturity: levels per dimension of two waves, and a city among others on context indicators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
from altair.typing import ChartType

from smartdash.charts.rows import ChartRow, Tooltips, bar, data, shifted, stacked, text_line, tooltip, y_at
from smartdash.charts.tokens import Tokens

_ROW_HEIGHT = 66
_MIDDLE = 31


def profile(rows: Sequence[ChartRow], levels: tuple[int, int], tokens: Tokens, tooltips: Tooltips) -> ChartType:
    """Dots per dimension on the scale of levels: now solid, the wave before hollow, the target a diamond.

    Args:
        rows: `label`, `details`, and `level`, `before`, `target` as numbers or None.
        levels: Lowest and highest level of the model.
        tokens: The colours.
        tooltips: What a dot says when pointed at.
    """
    placed, height = stacked(rows, [_ROW_HEIGHT] * len(rows))
    low, high = levels
    ticks = list(range(low, high + 1))

    def x(field: str) -> alt.X:
        axis = alt.Axis(
            orient="top",
            values=ticks,
            title=None,
            domain=False,
            ticks=False,
            grid=False,
            format="d",
            tickCount=len(ticks),
            labelOverlap=False,
        )
        return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(domain=[low - 0.1, high + 0.1], nice=False, zero=False))

    def dots(field: str, **mark: Any) -> alt.Chart:
        known = shifted([row for row in placed if row[field] is not None], middle=_MIDDLE)
        chart: alt.Chart = (
            alt.Chart(data(known))
            .mark_point(**mark)
            .encode(x=x(field), y=y_at("middle", height), tooltip=tooltip(tooltips))
        )
        return chart

    both = shifted([row for row in placed if row["level"] is not None and row["before"] is not None], middle=_MIDDLE)
    steps = [{"top": row["top"], "at": tick} for row in placed for tick in ticks]
    colour = tokens.actual_fill
    line: dict[str, Any] = {"fill": None, "filled": False, "strokeWidth": 2, "opacity": 1}
    return alt.layer(
        bar(
            [{**row, "low": low, "high": high} for row in placed],
            x("low"),
            "high",
            (_MIDDLE, _MIDDLE),
            height,
            stroke=tokens.border,
            strokeWidth=1,
        ),
        bar(steps, x("at"), "at", (_MIDDLE - 5, _MIDDLE + 5), height, stroke=tokens.axis, strokeWidth=1),
        alt.Chart(data(both))
        .mark_rule(color=colour, strokeWidth=2)
        .encode(x=x("before"), x2=alt.X2("level:Q"), y=y_at("middle", height)),
        dots("target", shape="diamond", size=120, stroke=tokens.deviation_above, **line),
        dots(
            "before",
            shape="circle",
            size=90,
            stroke=colour,
            fill=tokens.background,
            filled=True,
            strokeWidth=2,
            opacity=1,
        ),
        dots("level", shape="circle", size=150, fill=colour, filled=True, stroke=None, opacity=1),
        text_line(placed, "label", 2, height, tokens.text),
        text_line(placed, "details", 44, height, tokens.muted, size=12),
    ).properties(width="container", height=height)


def strips(rows: Sequence[ChartRow], dots: Sequence[ChartRow], tokens: Tokens, tooltips: Tooltips) -> ChartType:
    """A strip per indicator: light dots for the peers, quartile band, median tick, the own city as a large dot.

    All positions run from 0 to 1.

    Args:
        rows: `label`, `details`, and the positions `lower`, `middle`, `upper`, `own`, `share` (None: not drawn);
            `share` is a bar from 0 for a yes-or-no indicator.
        dots: One per peer: `row` (index of the row), `x`, and the tooltips' fields.
        tokens: The colours.
        tooltips: What a dot says when pointed at.
    """
    placed, height = stacked([{**row, "zero": 0, "one": 1} for row in rows], [_ROW_HEIGHT] * len(rows))
    middle = shifted(placed, at=_MIDDLE, over=_MIDDLE - 11, under=_MIDDLE + 11)
    peers = [{**dot, "at": placed[dot["row"]]["top"] + _MIDDLE} for dot in dots]
    banded = [row for row in placed if row["lower"] is not None]
    shared = [row for row in placed if row["share"] is not None]
    return alt.layer(
        bar(placed, _unit("zero"), "one", (_MIDDLE, _MIDDLE), height, stroke=tokens.border, strokeWidth=1),
        bar(
            banded, _unit("lower"), "upper", (_MIDDLE - 8, _MIDDLE + 8), height, fill=tokens.forecast_fill, stroke=None
        ),
        bar(shared, _unit("zero"), "share", (_MIDDLE - 8, _MIDDLE + 8), height, fill=tokens.forecast_fill, stroke=None),
        alt.Chart(data(peers))
        .mark_point(filled=True, fill=tokens.axis, stroke=None, size=42, opacity=0.45)
        .encode(x=_unit("x"), y=y_at("at", height), tooltip=tooltip(tooltips)),
        alt.Chart(data([row for row in middle if row["middle"] is not None]))
        .mark_rule(color=tokens.text, strokeWidth=2.5)
        .encode(x=_unit("middle"), y=y_at("over", height), y2=alt.Y2("under:Q")),
        alt.Chart(data([row for row in middle if row["own"] is not None]))
        .mark_point(
            filled=True, fill=tokens.deviation_above, stroke=tokens.background, strokeWidth=1.5, size=210, opacity=1
        )
        .encode(x=_unit("own"), y=y_at("at", height)),
        text_line(placed, "label", 2, height, tokens.text),
        text_line(placed, "details", 45, height, tokens.muted, size=12),
    ).properties(width="container", height=height)


def _unit(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[-0.01, 1.01], nice=False, zero=False))
