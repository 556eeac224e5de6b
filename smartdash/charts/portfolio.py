"""The periods of programmes on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt
import pandas as pd

from smartdash.charts.tokens import Tokens

_ROW = 52


def programme_periods(
    bars: Sequence[dict[str, Any]], tokens: Tokens, *, as_of: date, as_of_word: str
) -> alt.LayerChart | alt.FacetChart:
    """A bar per programme with its name above, and the as-of line.

    Args:
        bars: `title`, `start`, `end` (dates, both inclusive), `period` (the dates in words), `demo`.
        tokens: the colours.
        as_of: where the line stands.
        as_of_word: what is written at the line.
    """
    frame = pd.DataFrame(
        [
            {
                **bar,
                "start": pd.Timestamp(bar["start"]),
                # The last day counts in full.
                "end": pd.Timestamp(bar["end"] + timedelta(days=1)),
                "row": place,
            }
            for place, bar in enumerate(sorted(bars, key=lambda bar: (bar["demo"], bar["start"])))
        ]
    )
    first, last = frame["start"].min(), frame["end"].max()
    frame["first"] = first
    line = min(max(pd.Timestamp(as_of), first), last)
    scale = alt.Scale(domain=[first.isoformat(), last.isoformat()])
    across = alt.X(
        "start:T",
        title=None,
        scale=scale,
        axis=alt.Axis(format="%Y", tickCount="year", grid=True, labelAlign="left", labelFlush=False),
    )
    down = alt.Y("row:O", title=None, axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    base = alt.Chart(frame).encode(y=down)
    demo = "datum.demo"
    bar = base.mark_bar(height=14, cornerRadius=3, yOffset=10, strokeWidth=1.5).encode(
        x=across,
        x2=alt.X2("end:T"),
        fill=alt.when(demo).then(alt.value(tokens.forecast_fill)).otherwise(alt.value(tokens.actual_fill)),
        stroke=alt.value(tokens.actual_fill),
        tooltip=[alt.Tooltip("title:N", title=" "), alt.Tooltip("period:N", title=" ")],
    )
    name = base.mark_text(align="left", dy=-10, fontWeight=600, color=tokens.text).encode(
        x=alt.X("first:T", scale=scale), text=alt.Text("title:N")
    )
    day = pd.DataFrame({"day": [line], "word": [as_of_word]})
    rule = alt.Chart(day).mark_rule(color=tokens.crit, strokeWidth=1.5).encode(x=alt.X("day:T", scale=scale))
    late = line > first + (last - first) / 2
    word = (
        alt.Chart(day)
        .mark_text(align="right" if late else "left", dx=-5 if late else 5, dy=-4, baseline="bottom", color=tokens.crit)
        .encode(x=alt.X("day:T", scale=scale), y=alt.YValue(0), text=alt.Text("word:N"))
    )
    return alt.layer(bar, name, rule, word).properties(height=_ROW * len(frame))
