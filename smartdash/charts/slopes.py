"""Lines from one survey to the next on a common scale, named at their ends, with their values at both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import altair as alt

from smartdash.charts.lanes import detail_fields, haloed, layered, tooltips
from smartdash.charts.packing import apart
from smartdash.charts.rows import data, y_at
from smartdash.charts.tokens import Tokens

_LABEL_ROW = 19
_TOP = 46
_LEAST_PLOT = 400
_LEFT = 44
_NAMES = "max(min(330, width * 0.56), min(width - 120, 240))"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a line from one stop to another, by their places; dashed where the two do not really compare."""

    start: int
    end: int
    first: float
    last: float
    dashed: bool
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SlopeLine:
    """A line with its name at the end and the text at its beginning; `change` (its sign) chooses the colour."""

    name: str
    begins: str
    stretches: tuple[Stretch, ...]
    change: float
    strong: bool = False


def slope_chart(lines: Sequence[SlopeLine], stops: Sequence[str], tokens: Tokens) -> alt.LayerChart:
    """Lines over stops that stand in their order; the vertical scale fits the values, which are written at the ends."""
    plot = max(_LEAST_PLOT, _LABEL_ROW * (len(lines) + 2))
    height = _TOP + plot + 8
    values = [value for line in lines for part in line.stretches for value in (part.first, part.last)]
    low, high = min(values), max(values)
    span = (high - low) or 1.0

    def level(value: float) -> float:
        return _TOP + 10 + (plot - 20) * (high - value) / span

    x = alt.X(
        "at:Q",
        axis=None,
        scale=alt.Scale(
            domain=[0, max(len(stops) - 1, 1)], range=[_LEFT, alt.ExprRef(f"width - {_NAMES}")], nice=False
        ),
    )
    layers = [*_stops(stops, x, height, tokens), *_stretches(lines, level, x, height, tokens)]
    layers += _texts(lines, level, x, height, plot, tokens)
    return layered(layers, height)


def _stops(stops: Sequence[str], x: alt.X, height: int, tokens: Tokens) -> list[alt.Chart]:
    rows = [{"at": place, "text": text, "top": _TOP - 6, "end": height} for place, text in enumerate(stops)]
    rules = alt.Chart(data(rows)).mark_rule(color=tokens.border, strokeWidth=1)
    texts = alt.Chart(data([{**row, "text_y": 2} for row in rows]))
    return [
        rules.encode(x=x, y=y_at("top", height), y2=alt.Y2("end:Q")),
        texts.mark_text(baseline="top", color=tokens.muted, fontSize=12, lineBreak="\n").encode(
            x=x, y=y_at("text_y", height), text=alt.Text("text:N")
        ),
    ]


def _colour(line: SlopeLine, tokens: Tokens) -> str:
    return tokens.actual_fill if line.change > 0 else tokens.deviation_above if line.change < 0 else tokens.axis


def _stretches(
    lines: Sequence[SlopeLine], level: Callable[[float], float], x: alt.X, height: int, tokens: Tokens
) -> list[alt.Chart]:
    rows = [
        {
            "at": part.start,
            "to": part.end,
            "first": level(part.first),
            "last": level(part.last),
            "colour": _colour(line, tokens),
            "strong": line.strong,
            "dashed": part.dashed,
            **detail_fields(part.details),
        }
        for line in lines
        for part in line.stretches
    ]
    details = lines[0].stretches[0].details
    colour = alt.Color("colour:N", scale=None, legend=None)
    layers = []
    for strong in (False, True):
        for dashed in (False, True):
            own = [row for row in rows if row["strong"] is strong and row["dashed"] is dashed]
            if own:
                rule = alt.Chart(data(own)).mark_rule(
                    strokeWidth=4 if strong else 2, strokeDash=[6, 4] if dashed else alt.Undefined
                )
                layers.append(
                    rule.encode(
                        x=x,
                        x2=alt.X2("to:Q"),
                        y=y_at("first", height),
                        y2=alt.Y2("last:Q"),
                        color=colour,
                        tooltip=tooltips(details),
                    )
                )
    ends = [{**row, "at": row[at], "y": row[y]} for row in rows for at, y in (("at", "first"), ("to", "last"))]
    dots = alt.Chart(data(ends)).mark_point(filled=True, size=64, opacity=1)
    return [*layers, dots.encode(x=x, y=y_at("y", height), color=colour, tooltip=tooltips(details))]


def _texts(
    lines: Sequence[SlopeLine], level: Callable[[float], float], x: alt.X, height: int, plot: int, tokens: Tokens
) -> list[alt.Chart]:
    """Names at the ends and values at the beginnings, moved apart where they would overlap."""
    layers: list[alt.Chart] = []
    for end in (True, False):
        wanted = [level(line.stretches[-1].last if end else line.stretches[0].first) - _TOP for line in lines]
        rows = [
            {
                "at": line.stretches[-1].end if end else line.stretches[0].start,
                "y": _TOP + place,
                "text": line.name if end else line.begins,
                "strong": line.strong,
            }
            for line, place in zip(lines, apart(wanted, plot, _LABEL_ROW), strict=True)
        ]
        for strong in (False, True):
            own_rows = [row for row in rows if row["strong"] is strong]
            if own_rows:
                base = alt.Chart(data(own_rows)).encode(x=x, y=y_at("y", height), text=alt.Text("text:N"))
                layers += haloed(
                    base,
                    tokens,
                    align="left" if end else "right",
                    baseline="middle",
                    dx=10 if end else -10,
                    fontSize=13,
                    color=tokens.text,
                    fontWeight=600 if strong else 400,
                    limit=alt.ExprRef(f"{_NAMES} - 10") if end else _LEFT,
                )
    return layers
