"""What every chart over time shares: the span it shows, its axis, its bars, and the line of the as-of date.

Days are drawn as milliseconds on a plain number scale, so that no time zone can move a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import altair as alt

from smartdash.charts.lanes import detail_fields, haloed, tooltips
from smartdash.charts.periods import within_calendar
from smartdash.charts.rows import data, y_at
from smartdash.charts.tokens import Tokens

AS_OF_HEIGHT = 20
"""Pixels kept free below the rows for the word at the as-of line."""

PHONE_WIDTH = 300
"""Pixels of the plot on a phone; what does not overlap here overlaps nowhere."""

_NEAR = 0.15
_DIAMOND = 90
_STEPS = ((1, 5), (2, 5), (3, 5), (6, 5), (12, 8), (24, 8), (60, 8))
_DAYS_BY_NAME = 10
_DAYS_BY_WEEK = 45
_LINE = 15
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayPatterns:
    """How the axis writes days and weeks, as time formats of d3; "|" begins a new line."""

    day: str
    week: str


@dataclass(frozen=True, slots=True)
class Span:
    """The days a chart shows, from `first` to before `last`.

    Without `patterns` its axis names nothing shorter than a month.
    """

    first: date
    last: date
    patterns: DayPatterns | None = None

    @property
    def end(self) -> date:
        """The last day shown."""
        return self.last - _DAY

    def share(self, day: date) -> float:
        """How far along the span a day lies: 0 at its beginning, 1 at its end."""
        return (day - self.first) / (self.last - self.first)

    def cut(self, first: date, last: date) -> tuple[date, date] | None:
        """The days from `first` to `last`, both included, as far as they are shown; None where none is."""
        begin, end = max(first, self.first), min(last, self.end)
        return (begin, end) if begin <= end else None


def instant(day: date) -> int:
    """The beginning of a day as milliseconds since 1970."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)


def noon(day: date) -> int:
    """The middle of a day as milliseconds since 1970: where a mark stands that is a single day."""
    return instant(day) + 43_200_000


def span_of(days: Iterable[date | None], as_of: date) -> Span | None:
    """The span from the first to the last day, in whole months; with the as-of date where it lies near, else without.

    None where there is no day at all. Days beyond the calendar of the axis count as its ends.
    """
    known = [within_calendar(day) for day in days if day]
    if not known:
        return None
    first, last = min(known), max(known) + _DAY
    margin = max((last - first) * _NEAR, timedelta(days=14))
    if first - margin <= as_of <= last + margin:
        first, last = min(first, as_of), max(last, as_of + _DAY)
    end = last if last.day == 1 else (last.replace(day=1) + timedelta(days=32)).replace(day=1)
    return Span(first.replace(day=1), end)


def ticks(span: Span) -> tuple[list[date], str]:
    """The days to label and the time format of their labels: as many as fit a phone.

    From a week to years: days by name, weeks, months, quarters, half-years, years.
    """
    length = (span.last - span.first).days
    if span.patterns and length <= _DAYS_BY_NAME:
        return [span.first + day * _DAY for day in range(length)], span.patterns.day
    if span.patterns and length <= _DAYS_BY_WEEK:
        monday = span.first + timedelta(days=-span.first.weekday() % 7)
        mondays = [monday + timedelta(weeks=week) for week in range(length // 7 + 1)]
        return [day for day in mondays if day < span.last and span.share(day) <= _room(1)], span.patterns.week
    days, step = tick_days(span)
    return days, "%Y" if step >= 12 else "Q%q %Y" if step == 3 else "%b %Y"


def tick_days(span: Span) -> tuple[list[date], int]:
    """First days of months to label, and the months between two of them: as many as fit a phone."""
    months = (span.last.year - span.first.year) * 12 + span.last.month - span.first.month
    step = next((step for step, most in _STEPS if months <= step * most), 120)
    index = span.first.year * 12 + span.first.month - 1
    index += -index % step
    days = []
    while (day := date(index // 12, index % 12 + 1, 1)) < span.last:
        days.append(day)
        index += step
    return [day for day in days if span.share(day) <= _room(step)] or days[:1], step


def _room(step: int) -> float:
    """The last place for a label: it begins at its tick and must not leave the plot."""
    return 0.88 if step >= 12 else 0.8


def time_x(span: Span, field: str = "start") -> alt.X:
    """The horizontal axis of a chart over time, labelled on top in the reader's language."""
    days, pattern = ticks(span)
    axis = alt.Axis(
        orient="top",
        title=None,
        values=[instant(day) for day in days],
        # Vega would thin out the values by the count of the theme.
        tickCount=len(days),
        labelExpr=f"split(utcFormat(datum.value, '{pattern}'), '|')",
        labelAlign="left",
        # Vega would measure lines of a label as one text.
        labelOverlap=False if "|" in pattern else "greedy",
        # The lines of a label grow downwards, towards the first row.
        labelPadding=6 + _LINE * pattern.count("|"),
        grid=True,
        domain=False,
        tickSize=0,
    )
    return alt.X(f"{field}:Q", axis=axis, scale=time_scale(span))


def time_scale(span: Span, **style: Any) -> alt.Scale:
    """The scale from the first to the last moment of a span, without room beside them."""
    return alt.Scale(domain=[instant(span.first), instant(span.last)], nice=False, zero=False, **style)


def as_of_line(
    span: Span, as_of: date, label: str, tokens: Tokens, height: int, middle: float | None = None
) -> list[alt.Chart]:
    """The line of the as-of date with its word; nothing where the span does not hold the day.

    The word stands `middle` pixels from the top, or below the rows.
    """
    if not span.first <= as_of <= span.end:
        return []
    left = span.share(as_of) < 0.5
    place = height - 6 if middle is None else middle
    base = alt.Chart(data([{"start": noon(as_of), "label": label, "place": place}]))
    line = base.mark_rule(color=tokens.deviation_above, strokeWidth=2).encode(x=time_x(span))
    word = haloed(
        base.encode(x=time_x(span), y=y_at("place", height), text=alt.Text("label:N")),
        tokens,
        align="left" if left else "right",
        dx=4 if left else -4,
        baseline="middle",
        fontWeight=600,
        color=tokens.text,
    )
    return [line, *word]


def time_bars(rows: Sequence[Mapping[str, Any]], span: Span, height: int, **style: Any) -> list[alt.Chart]:
    """Bars from `start` to `end` and from `top` to `bottom`, each with its `details` as tooltip.

    Returns:
        One layer, or none where there is no row.
    """
    if not rows:
        return []
    places = [
        {**{name: row[name] for name in ("start", "end", "top", "bottom")}, **detail_fields(row["details"])}
        for row in rows
    ]
    return [
        alt.Chart(data(places))
        .mark_bar(**style)
        .encode(
            x=time_x(span),
            x2=alt.X2("end:Q"),
            y=y_at("top", height),
            y2=alt.Y2("bottom:Q"),
            tooltip=tooltips(rows[0]["details"]),
        )
    ]


def time_points(
    items: Sequence[Mapping[str, Any]], span: Span, height: int, fill: str, tokens: Tokens, dash: bool = False
) -> list[alt.Chart]:
    """Diamonds at `start`, `middle` pixels from the top, each with its `details` as tooltip.

    Returns:
        One layer, or none where there is no item.
    """
    if not items:
        return []
    rows = [{"start": item["start"], "middle": item["middle"], **detail_fields(item["details"])} for item in items]
    return [
        alt.Chart(data(rows))
        .mark_point(
            shape="diamond",
            size=_DIAMOND,
            filled=True,
            fill=fill,
            stroke=tokens.plan_stroke,
            strokeWidth=1.5,
            strokeDash=[2, 2] if dash else [],
            opacity=1,
        )
        .encode(x=time_x(span), y=y_at("middle", height), tooltip=tooltips(items[0]["details"]))
    ]
