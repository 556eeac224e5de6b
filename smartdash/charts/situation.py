"""The progress of fields of work against what was to be expected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from smartdash.charts.tokens import STATUS_SIGNS, Tokens, status_colour

_ROW = 46


def field_progress(
    bars: Sequence[dict[str, Any]], tokens: Tokens, *, expected: float, expected_word: str
) -> alt.LayerChart | alt.FacetChart:
    """A progress bar per field of work with its name above, and a line at the expected progress.

    Args:
        bars: `title`, `progress` (0 to 1 or None), `label` (the progress in words), `status`, `word` (the status).
        tokens: the colours.
        expected: the share that was to be expected, 0 to 1.
        expected_word: what is written at the line.
    """
    frame = pd.DataFrame(
        [
            {
                **bar,
                "row": place,
                "full": 1.0,
                "sign": f"{STATUS_SIGNS[bar['status']]} {bar['word']} · {bar['label']}",
                "colour": status_colour(tokens, bar["status"]),
            }
            for place, bar in enumerate(bars)
        ]
    )
    across = alt.X("progress:Q", title=None, axis=None, scale=alt.Scale(domain=[0, 1]))
    down = alt.Y("row:O", title=None, axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    base = alt.Chart(frame).encode(y=down)
    tooltip = [alt.Tooltip("title:N", title=" "), alt.Tooltip("sign:N", title=" ")]
    track = base.mark_bar(height=12, cornerRadius=3, yOffset=10, fill=tokens.border, strokeWidth=0).encode(
        x=alt.X("full:Q", scale=alt.Scale(domain=[0, 1]), axis=None, title=None), tooltip=tooltip
    )
    bar = base.mark_bar(height=12, cornerRadius=3, yOffset=10, strokeWidth=0).encode(
        x=across, fill=alt.Fill("colour:N", scale=None), tooltip=tooltip
    )
    name = base.mark_text(align="left", dy=-8, fontWeight=600, color=tokens.text, limit=420).encode(
        x=alt.XValue(0), text=alt.Text("title:N")
    )
    word = base.mark_text(align="right", dy=-8).encode(
        x=alt.XValue("width"), text=alt.Text("sign:N"), color=alt.Color("colour:N", scale=None)
    )
    line = pd.DataFrame({"expected": [expected], "word": [expected_word]})
    rule = (
        alt.Chart(line).mark_rule(color=tokens.text, strokeDash=[4, 3], strokeWidth=1.5).encode(x=alt.X("expected:Q"))
    )
    late = expected > 0.5
    below = (
        alt.Chart(line)
        .mark_text(align="right" if late else "left", dx=-5 if late else 5, dy=14, color=tokens.muted)
        .encode(x=alt.X("expected:Q"), y=alt.YValue("height"), text=alt.Text("word:N"))
    )
    return alt.layer(track, bar, name, word, rule, below).properties(height=_ROW * len(frame))
