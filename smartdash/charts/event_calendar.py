"""Chart of a year's events: a row for each month, a column for each day, a sign and a colour for each audience."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import altair as alt

from smartdash.charts.lanes import detail_fields, haloed, layered, tooltips
from smartdash.charts.rows import data
from smartdash.charts.tokens import Tokens

_LEVEL = 14
"""Pixels between two events of one month that overlap."""
_ROW = 26
_WORD = 18
_SIGNS = ("circle", "square", "diamond", "triangle-up", "triangle-down", "cross")
_DAYS = (1, 5, 10, 15, 20, 25, 30)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class CalendarMark:
    """An event within the year: its days, the place of its group's sign and colour, whether it has begun."""

    first: date
    last: date
    group: int
    held: bool
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Row:
    month: int
    top: int
    height: int


def calendar_chart(
    months: Sequence[str],
    marks: Sequence[CalendarMark],
    groups: Mapping[int, str],
    as_of: date,
    as_of_text: str,
    tokens: Tokens,
) -> alt.LayerChart:
    """The events of one year: filled signs where they have begun, outlines where planned, lines over several days.

    Args:
        months: The short names of the months.
        marks: At least one event, all within one year.
        groups: The word of each group by its place from 0 to 5, in the order of the legend.
        as_of: The day that is marked where it lies in the year.
        as_of_text: The word at that day.
        tokens: The colours.
    """
    year = marks[0].first.year
    placed = [
        {"month": month, "level": level, "mark": mark, "first": first, "last": last}
        for month in range(1, 13)
        for level, mark, first, last in _levels(marks, year, month)
    ]
    rows = _rows(placed, as_of if as_of.year == year else None)
    height = rows[-1].top + rows[-1].height
    y = _Months(months, rows, height)
    layers = [*_ground(rows, year, tokens, y), *_as_of(rows, as_of, year, as_of_text, tokens, y)]
    layers += _marks(placed, rows, groups, tokens, y)
    return layered(layers, height)


@dataclass(frozen=True, slots=True)
class _Months:
    """The vertical position, labelled with the months' names."""

    names: Sequence[str]
    rows: Sequence[_Row]
    height: int

    def __call__(self, field: str) -> alt.Y:
        names = {row.top + _ROW // 2: self.names[row.month - 1] for row in self.rows}
        axis = alt.Axis(
            values=list(names),
            # The theme's few ticks would thin out the names.
            tickCount=len(names),
            labelExpr=f"{json.dumps(names)}[datum.value]",
            title=None,
            grid=False,
            ticks=False,
            domain=False,
            labelOverlap=False,
        )
        return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(domain=[self.height, 0], nice=False, zero=False))


def _levels(marks: Sequence[CalendarMark], year: int, month: int) -> list[tuple[int, CalendarMark, int, int]]:
    """The events of a month with the first and last day of the month they cover, each on a level of its own."""
    begin, end = date(year, month, 1), _end(year, month)
    taken: list[int] = []
    found = []
    for mark in sorted(marks, key=lambda mark: (mark.first, mark.last)):
        if mark.last < begin or mark.first > end:
            continue
        first, last = max(mark.first, begin).day, min(mark.last, end).day
        level = next((place for place, day in enumerate(taken) if day < first), len(taken))
        taken[level : level + 1] = [last]
        found.append((level, mark, first, last))
    return found


def _end(year: int, month: int) -> date:
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _rows(placed: Sequence[Mapping[str, Any]], as_of: date | None) -> list[_Row]:
    rows, top = [], 0
    for month in range(1, 13):
        deepest = max((item["level"] for item in placed if item["month"] == month), default=0)
        height = _ROW + deepest * _LEVEL + (_WORD if as_of and as_of.month == month else 0)
        rows.append(_Row(month, top, height))
        top += height
    return rows


def _x(field: str = "day") -> alt.X:
    axis = alt.Axis(
        orient="top",
        title=None,
        values=list(_DAYS),
        tickCount=len(_DAYS),
        format="d",
        grid=False,
        domain=False,
        ticks=False,
    )
    return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(domain=[0.4, 31.6], nice=False, zero=False))


def _ground(rows: Sequence[_Row], year: int, tokens: Tokens, y: _Months) -> list[alt.Chart]:
    """A band as long as the month, its weekends darker."""
    bands, weekends = [], []
    for row in rows:
        edges = {"top": row.top + 1, "bottom": row.top + row.height - 1}
        last = _end(year, row.month).day
        bands.append({"day": 0.5, "until": last + 0.5, **edges})
        weekends += [
            {"day": day - 0.5, "until": day + 0.5, **edges}
            for day in range(1, last + 1)
            if date(year, row.month, day).weekday() >= _SATURDAY
        ]
    return [
        alt.Chart(data(found))
        .mark_rect(color=colour)
        .encode(x=_x(), x2=alt.X2("until:Q"), y=y("top"), y2=alt.Y2("bottom:Q"))
        for found, colour in ((bands, tokens.surface), (weekends, tokens.idle_tint))
    ]


def _as_of(rows: Sequence[_Row], as_of: date, year: int, text: str, tokens: Tokens, y: _Months) -> list[alt.Chart]:
    if as_of.year != year:
        return []
    row = rows[as_of.month - 1]
    bottom = row.top + row.height
    left = as_of.day < 16
    base = alt.Chart(
        data([{"day": as_of.day, "top": row.top, "bottom": bottom, "word": bottom - _WORD // 2, "text": text}])
    )
    rule = base.mark_rule(color=tokens.deviation_above, strokeWidth=2).encode(x=_x(), y=y("top"), y2=alt.Y2("bottom:Q"))
    word = haloed(
        base.encode(x=_x(), y=y("word"), text=alt.Text("text:N")),
        tokens,
        align="left" if left else "right",
        dx=5 if left else -5,
        baseline="middle",
        fontWeight=600,
        color=tokens.text,
    )
    return [rule, *word]


def _marks(
    placed: Sequence[Mapping[str, Any]],
    rows: Sequence[_Row],
    groups: Mapping[int, str],
    tokens: Tokens,
    y: _Months,
) -> list[alt.Chart]:
    colours = (*tokens.category[:5], tokens.idle)
    words = list(groups.values())
    # Two columns of these words would be wider than a phone.
    legend = alt.Legend(columns=1, symbolSize=100, symbolStrokeWidth=2)
    colour = alt.Color(
        "word:N", scale=alt.Scale(domain=words, range=[colours[place] for place in groups]), legend=legend
    )
    shape = alt.Shape("word:N", scale=alt.Scale(domain=words, range=[_SIGNS[place] for place in groups]), legend=legend)
    points = [
        {
            "day": item["first"],
            "until": item["last"],
            "middle": rows[item["month"] - 1].top + _ROW / 2 + item["level"] * _LEVEL,
            "word": groups[item["mark"].group],
            "held": item["mark"].held,
            **detail_fields(item["mark"].details),
        }
        for item in placed
    ]
    tip = tooltips(placed[0]["mark"].details)
    layers = []
    if long := [point for point in points if point["until"] > point["day"]]:
        lines = alt.Chart(data(long)).mark_rule(strokeWidth=3)
        layers.append(lines.encode(x=_x(), x2=alt.X2("until:Q"), y=y("middle"), color=colour, tooltip=tip))
    for held in (True, False):
        if found := [point for point in points if point["held"] is held]:
            style: dict[str, Any] = {"filled": True} if held else {"filled": False, "fill": tokens.background}
            signs = alt.Chart(data(found)).mark_point(size=90, strokeWidth=2, opacity=1, **style)
            layers.append(signs.encode(x=_x(), y=y("middle"), color=colour, shape=shape, tooltip=tip))
    return layers
