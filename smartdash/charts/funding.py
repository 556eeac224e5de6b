"""Who pays: bars that each fill 100 %, with the share written in the part and the limit of a rule as a tick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
from altair.typing import ChartType

from smartdash.charts.rows import ChartRow, Tooltips, coloured_line, data, shifted, stacked, text_line, tooltip, y_at
from smartdash.charts.tokens import Tokens, status_colour, text_on

_ROW_HEIGHT = 58
_BAND = (22, 48)
_TICK = (17, 53)
_NARROW = 22
"""Pixels below which a part is too narrow for its share."""


def share_bars(
    bars: Sequence[ChartRow],
    shares: Sequence[ChartRow],
    parts: Sequence[str],
    tokens: Tokens,
    tooltips: Tooltips,
) -> ChartType:
    """Bars from top to bottom that each fill 100 %; where there is a limit, a tick across the bar and a word.

    Args:
        bars: `label`, `flag` with `status` (empty where nothing is to be said), `limit` (0 to 1, or None).
        shares: `bar` (index of its bar), `part`, `start` and `end` (0 to 1), `text` (empty where the part is too small
            for it), and the tooltips' fields.
        parts: The names of the parts from left to right, at most as many as there are category colours.
        tokens: The colours.
        tooltips: What a part says when pointed at.
    """
    placed, height = stacked(bars, [_ROW_HEIGHT] * len(bars))
    flagged = [{**row, "ink": status_colour(tokens, row["status"])} for row in placed if row["flag"]]
    plain = [row for row in placed if not row["flag"]]
    return alt.layer(
        *_shares(shares, placed, parts, height, tokens, tooltips),
        *_limits([row for row in placed if row["limit"] is not None], height, tokens),
        text_line(plain, "label", 2, height, tokens.text, weight=600),
        text_line(flagged, "label", 2, height, tokens.text, keep=200, weight=600),
        coloured_line(flagged, "flag", "ink", 2, height),
    ).properties(width="container", height=height)


def _x(field: str, **style: Any) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False), **style)


def _shares(
    shares: Sequence[ChartRow],
    bars: Sequence[ChartRow],
    parts: Sequence[str],
    height: int,
    tokens: Tokens,
    tooltips: Tooltips,
) -> list[alt.Chart]:
    colours = dict(zip(parts, tokens.category, strict=False))
    rows = shifted(
        [
            {
                **row,
                "top": bars[row["bar"]]["top"],
                "centre": (row["start"] + row["end"]) / 2,
                "ink": text_on(tokens, colours[row["part"]]),
            }
            for row in shares
        ],
        upper=_BAND[0],
        lower=_BAND[1],
        middle=sum(_BAND) // 2,
    )
    base = alt.Chart(data(rows))
    fill = alt.Fill(
        "part:N",
        scale=alt.Scale(domain=list(parts), range=[colours[part] for part in parts]),
        legend=alt.Legend(columns=2 if max(map(len, parts), default=0) <= 22 else 1, labelLimit=310),
    )
    shapes = base.mark_rect(stroke=tokens.background).encode(
        x=_x("start"),
        x2=alt.X2("end:Q"),
        y=y_at("upper", height),
        y2=alt.Y2("lower:Q"),
        fill=fill,
        tooltip=tooltip(tooltips),
    )
    wide = alt.condition(f"width * (datum.end - datum.start) > {_NARROW}", alt.value(1), alt.value(0))
    texts = (
        alt.Chart(data([row for row in rows if row["text"]]))
        .mark_text(baseline="middle", fontSize=12)
        .encode(
            x=_x("centre"),
            y=y_at("middle", height),
            text=alt.Text("text:N"),
            color=alt.Color("ink:N", scale=None),
            opacity=wide,
        )
    )
    return [shapes, texts]


def _limits(rows: Sequence[ChartRow], height: int, tokens: Tokens) -> list[alt.Chart]:
    """A tick with a rim in the colour of the ground, so that it is seen on every part."""
    if not rows:
        return []
    base = alt.Chart(data(shifted(rows, upper=_TICK[0], lower=_TICK[1]))).encode(
        x=_x("limit"), y=y_at("upper", height), y2=alt.Y2("lower:Q")
    )
    return [
        base.mark_rule(strokeWidth=5, color=tokens.background),
        base.mark_rule(strokeWidth=2.5, color=tokens.plan_stroke),
    ]
