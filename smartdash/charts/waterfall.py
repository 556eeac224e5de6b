"""The way from one sum to another in steps, each where the one before it ended."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
from altair.typing import ChartType

from smartdash.charts.rows import ChartRow, Tooltips, bar, coloured_line, data, shifted, stacked, text_line, y_at
from smartdash.charts.tokens import Tokens

_ROW, _END = 50, 34
_BAND = (22, 38)
_KEPT = 150
"""Pixels beside a label that belong to the amount."""


def waterfall(rows: Sequence[ChartRow], tokens: Tokens, tooltips: Tooltips) -> ChartType:
    """Steps from one sum to another, counted from the first sum, which the short lines mark.

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
    at_zero = [{**row, "zero": 0} for row in shifted(steps, band_top=_BAND[0] - 3, band_end=_BAND[1] + 3)]
    zero = alt.Chart(data(at_zero)).mark_rule(color=tokens.text, strokeWidth=1.5)
    layers.append(
        zero.encode(
            x=alt.X("zero:Q", axis=None, scale=alt.Scale(domain=domain, nice=False)),
            y=y_at("band_top", height),
            y2=alt.Y2("band_end:Q"),
        )
    )
    for change in colours:
        own = [row for row in placed if row["change"] == change]
        weight = 400 if change else 600
        layers.append(text_line(own, "label", 2, height, tokens.text, keep=_KEPT, weight=weight))
    layers.append(coloured_line(placed, "value", "ink", 2, height))
    return alt.layer(*layers).properties(width="container", height=height)
