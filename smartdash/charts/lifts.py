"""What each step would gain: a bar of points, and beside it the rank with its interval, as it is and after the step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
from altair.typing import ChartType

from smartdash.charts.rows import ChartRow, Tooltips, bar, data, shifted, stacked, text_line, tooltip, y_at
from smartdash.charts.tokens import Tokens

_ROW_HEIGHT = 70
_BAND = (24, 40)
_NOW, _AFTER = 27, 37
_VALUE_WIDTH = 108
"""Pixels at the right of a name that its value takes."""
_PART = 0.54
"""So much of the width the bars take where ranks stand beside them."""


def gain_bars(rows: Sequence[ChartRow], count: int | None, tokens: Tokens, tooltips: Tooltips) -> ChartType:
    """A bar per row as long as its gain, on a track as long as the longest; the value stands at the right.

    Args:
        rows: `label`, `value`, `details`, `gain` as a number, and the tooltips' fields. With `count` also `now` and
            `after`: lowest, middle and highest rank.
        count: How many cities are ranked, or None where no ranks stand beside the bars. Rank 1 is at the left.
        tokens: The colours.
        tooltips: What a bar says when pointed at.
    """
    longest = max((row["gain"] for row in rows), default=0) or 1
    placed, height = stacked([{**row, "zero": 0, "end": longest} for row in rows], [_ROW_HEIGHT] * len(rows))
    plain = [{name: value for name, value in row.items() if name not in ("now", "after")} for row in placed]
    x = _x("zero", (0, longest), (0, _PART if count else 1))
    layers = [
        bar(plain, x, "end", _BAND, height, tooltips, fill=tokens.idle_tint, stroke=None),
        bar(plain, x, "gain", _BAND, height, tooltips, fill=tokens.actual_fill, stroke=None),
    ]
    if count:
        layers += _ranks(placed, count, height, tokens, tooltips)
    layers += [
        text_line(plain, "label", 2, height, tokens.text, keep=_VALUE_WIDTH, weight=600),
        text_line(plain, "value", 2, height, tokens.text, align="right"),
        text_line(plain, "details", 46, height, tokens.muted, size=12),
    ]
    # Points and ranks have their own scales.
    chart: ChartType = alt.layer(*layers).resolve_scale(x="independent").properties(width="container", height=height)
    return chart


def _x(field: str, domain: tuple[float, float], parts: tuple[float, float]) -> alt.X:
    """A scale over a part of the width."""
    ends: Any = [alt.ExprRef(f"width * {part}") for part in parts]
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=list(domain), nice=False, zero=False, range=ends))


def _ranks(rows: Sequence[ChartRow], count: int, height: int, tokens: Tokens, tooltips: Tooltips) -> list[alt.Chart]:
    """The rank as it is, above, and after the step, below: a line over the interval and a dot."""
    x = _x("low", (0.5, count + 0.5), (_PART + 0.04, 1))
    names = [field for field, _ in tooltips]
    layers = [
        bar(
            [{"top": row["top"], "low": 0.5, "high": count + 0.5} for row in rows],
            x,
            "high",
            _BAND,
            height,
            fill=tokens.surface,
            stroke=None,
        )
    ]
    looks = {
        "now": (_NOW, tokens.axis, tokens.background),
        "after": (_AFTER, tokens.actual_fill, tokens.actual_fill),
    }
    for name, (at, colour, fill) in looks.items():
        ranked = [
            {
                "top": row["top"],
                "low": low - 0.3,
                "middle": rank,
                "high": high + 0.3,
                **{key: row[key] for key in names},
            }
            for row in rows
            if row[name]
            for low, rank, high in (row[name],)
        ]
        if ranked:
            dots = alt.Chart(data(shifted(ranked, at=at))).mark_point(
                shape="circle", filled=True, size=60, fill=fill, stroke=colour, strokeWidth=2, opacity=1
            )
            layers.append(bar(ranked, x, "high", (at, at), height, stroke=colour, strokeWidth=2))
            layers.append(
                dots.encode(
                    x=_x("middle", (0.5, count + 0.5), (_PART + 0.04, 1)),
                    y=y_at("at", height),
                    tooltip=tooltip(tooltips),
                )
            )
    return layers
