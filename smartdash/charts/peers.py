"""Charts of a city among others: its group by population, and a strip per indicator or dimension."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
from altair.typing import ChartType

from smartdash.charts.rows import ChartRow, Tooltips, bar, data, shifted, stacked, text_line, tooltip, y_at
from smartdash.charts.tokens import Tokens

_ROW_HEIGHT = 100
_MIDDLE = 33
_STEP = 13
_AXIS = 30


def population_dots(
    dots: Sequence[ChartRow], band: tuple[float, float], span: tuple[float, float], tokens: Tokens, tooltips: Tooltips
) -> ChartType:
    """The cities of a group as dots on their population, stacked where they are near each other.

    Args:
        dots: `x` (inhabitants), `place` (0 at the bottom of a stack), `kind` ("own", "in" or "beside"), and the
            tooltips' fields.
        band: The population band, drawn as a ground.
        span: What the axis shows.
        tokens: The colours.
        tooltips: What a dot says when pointed at.
    """
    height = _STEP * (1 + max((dot["place"] for dot in dots), default=0)) + 8
    placed = [{**dot, "y": height - 8 - _STEP * dot["place"]} for dot in dots]
    scale = alt.Scale(domain=list(span), nice=False, zero=False)
    axis = alt.Axis(title=None, format=",d", tickCount=5, grid=False, labelFlush=True, labelOverlap=True)
    kinds: dict[str, dict[str, Any]] = {
        "in": {"fill": tokens.axis, "stroke": None, "size": 90},
        "beside": {"fill": tokens.background, "stroke": tokens.axis, "strokeWidth": 1.5, "size": 80},
        "own": {"fill": tokens.deviation_above, "stroke": tokens.background, "strokeWidth": 1.5, "size": 170},
    }
    ground = (
        alt.Chart(data([{"low": band[0], "high": band[1]}]))
        .mark_rect(fill=tokens.surface, stroke=tokens.border)
        .encode(x=alt.X("low:Q", scale=scale, axis=axis), x2=alt.X2("high:Q"))
    )
    layers = [
        alt.Chart(data([dot for dot in placed if dot["kind"] == kind]))
        .mark_point(shape="circle", filled=True, opacity=1, **look)
        .encode(x=alt.X("x:Q", scale=scale, axis=axis), y=y_at("y", height), tooltip=tooltip(tooltips))
        for kind, look in kinds.items()
    ]
    return alt.layer(ground, *layers).properties(width="container", height=height + _AXIS)


def strips(rows: Sequence[ChartRow], dots: Sequence[ChartRow], tokens: Tokens, tooltips: Tooltips) -> ChartType:
    """A strip per row: light dots for the peers, quartile band, median tick, target diamond, the own city as large dot.

    All positions run from 0 to 1.

    Args:
        rows: `label`, `details`, `more`, and the positions `lower`, `middle`, `upper`, `own`, `target`, `share` (None:
            not drawn); `share` is a bar from 0 for a yes-or-no indicator.
        dots: One per peer: `row` (index of the row), `x`, and the tooltips' fields.
        tokens: The colours.
        tooltips: What a dot says when pointed at.
    """
    placed, height = stacked([{**row, "zero": 0, "one": 1} for row in rows], [_ROW_HEIGHT] * len(rows))
    middle = shifted(placed, at=_MIDDLE, over=_MIDDLE - 11, under=_MIDDLE + 11)
    peers = [{**dot, "at": placed[dot["row"]]["top"] + _MIDDLE} for dot in dots]
    banded = [row for row in placed if row["lower"] is not None]
    shared = [row for row in placed if row["share"] is not None]
    ground = (_MIDDLE - 8, _MIDDLE + 8)
    own: dict[str, Any] = {"fill": tokens.deviation_above, "stroke": tokens.background, "strokeWidth": 1.5}
    diamond: dict[str, Any] = {"shape": "diamond", "fill": None, "stroke": tokens.deviation_above, "strokeWidth": 2}
    return alt.layer(
        bar(placed, _unit("zero"), "one", (_MIDDLE, _MIDDLE), height, stroke=tokens.border, strokeWidth=1),
        bar(banded, _unit("lower"), "upper", ground, height, fill=tokens.forecast_fill, stroke=None),
        bar(shared, _unit("zero"), "share", ground, height, fill=tokens.forecast_fill, stroke=None),
        alt.Chart(data(peers))
        .mark_point(filled=True, fill=tokens.axis, stroke=None, size=42, opacity=0.45)
        .encode(x=_unit("x"), y=y_at("at", height), tooltip=tooltip(tooltips)),
        alt.Chart(data([row for row in middle if row["middle"] is not None]))
        .mark_rule(color=tokens.text, strokeWidth=2.5)
        .encode(x=_unit("middle"), y=y_at("over", height), y2=alt.Y2("under:Q")),
        alt.Chart(data([row for row in middle if row["target"] is not None]))
        .mark_point(filled=False, size=130, opacity=1, **diamond)
        .encode(x=_unit("target"), y=y_at("at", height)),
        alt.Chart(data([row for row in middle if row["own"] is not None]))
        .mark_point(filled=True, size=210, opacity=1, **own)
        .encode(x=_unit("own"), y=y_at("at", height)),
        text_line(placed, "label", 2, height, tokens.text),
        text_line(placed, "details", 48, height, tokens.muted, size=12),
        text_line(placed, "more", 64, height, tokens.muted, size=12),
    ).properties(width="container", height=height)


def shifts(rows: Sequence[ChartRow], tokens: Tokens, tooltips: Tooltips) -> ChartType:
    """How far the median can move when one city is left out: a bar between its lowest and highest position.

    Args:
        rows: `label`, `details`, and the positions `low`, `middle`, `high`, `own` (None: not drawn) from 0 to 1
            between the ends of the middle half.
        tokens: The colours.
        tooltips: What a bar says when pointed at.
    """
    placed, height = stacked([{**row, "zero": 0, "one": 1} for row in rows], [_ROW_HEIGHT - 16] * len(rows))
    middle = shifted(placed, at=_MIDDLE, over=_MIDDLE - 11, under=_MIDDLE + 11)
    own: dict[str, Any] = {"fill": tokens.deviation_above, "stroke": tokens.background, "strokeWidth": 1.5}
    return alt.layer(
        bar(placed, _unit("zero"), "one", (_MIDDLE, _MIDDLE), height, stroke=tokens.border, strokeWidth=1),
        bar(
            placed,
            _unit("low"),
            "high",
            (_MIDDLE - 7, _MIDDLE + 7),
            height,
            tooltips,
            fill=tokens.forecast_fill,
            stroke=tokens.forecast_stroke,
        ),
        alt.Chart(data(middle))
        .mark_rule(color=tokens.text, strokeWidth=2.5)
        .encode(x=_unit("middle"), y=y_at("over", height), y2=alt.Y2("under:Q")),
        alt.Chart(data([row for row in middle if row["own"] is not None]))
        .mark_point(filled=True, size=150, opacity=1, **own)
        .encode(x=_unit("own"), y=y_at("at", height)),
        text_line(placed, "label", 2, height, tokens.text),
        text_line(placed, "details", 48, height, tokens.muted, size=12),
    ).properties(width="container", height=height)


def _unit(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[-0.01, 1.01], nice=False, zero=False))
