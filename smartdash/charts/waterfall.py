"""The way from one sum to another in steps, each where the one before it ended."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
from altair.typing import ChartType

from smartdash.charts.rows import ChartRow, Tooltips, bar, coloured_line, data, stacked, text_line
from smartdash.charts.tokens import Tokens

_ROW, _END = 50, 34
_BAND = (22, 38)
_KEPT = 150
"""Pixels beside a label that belong to the amount."""


def waterfall(rows: Sequence[ChartRow], tokens: Tokens, tooltips: Tooltips) -> ChartType:
    """Steps from one sum to another, counted from the first sum, whose line is at zero.

    Args:
        rows: `label`, `value` (as it is written), and where it is a step or a whole change `start` and `end`; `change`
            is "more", "less" or "" (a sum), and more costs more, so it is drawn as the worse one.
        tokens: The colours.
        tooltips: What a step says when pointed at.
    """
    colours = {"more": tokens.crit, "less": tokens.ok, "": tokens.text}
    placed, height = stacked(
        [{**row, "ink": colours[row["change"]]} for row in rows], [_ROW if "start" in row else _END for row in rows]
    )
    steps = [row for row in placed if "start" in row]
    ends = [row[side] for row in steps for side in ("start", "end")]
    domain = [min(0.0, *ends), max(0.0, *ends)]
    x = alt.X("start:Q", axis=None, scale=alt.Scale(domain=domain, nice=False))
    layers = [
        bar([row for row in steps if row["change"] == change], x, "end", _BAND, height, tooltips, fill=colour)
        for change, colour in colours.items()
    ]
    zero = alt.Chart(data([{"start": 0, "top": 0, "end_y": height}])).mark_rule(color=tokens.axis, strokeWidth=1)
    layers.append(zero.encode(x=x, y=alt.value(_END - 6), y2=alt.value(height - 4)))
    for change in colours:
        own = [row for row in placed if row["change"] == change]
        weight = 400 if change else 600
        layers.append(text_line(own, "label", 2, height, tokens.text, keep=_KEPT, weight=weight))
    layers.append(coloured_line(placed, "value", "ink", 2, height))
    return alt.layer(*layers).properties(width="container", height=height)
