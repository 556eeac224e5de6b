"""The options "zoom" and "begin" of figures over time, and the days they choose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from smartdash.charts.periods import Zoom, period_of, periods, within_calendar
from smartdash.charts.timeline import DayPatterns, Span, span_of
from smartdash.figures.catalogue import choice
from smartdash.figures.figure import Option
from smartdash.locale import Words
from smartdash.locale.numbers import day_range, month, quarter

_DAY = date.resolution


@dataclass(frozen=True, slots=True)
class Window:
    """The days that a chart shows (None: no day is known), and the options they were chosen with.

    `period` is the chosen period in words, "" where everything is shown.
    """

    span: Span | None
    period: str
    options: tuple[Option, ...]


def window(days: Iterable[date], as_of: date, chosen: Mapping[str, str], say: Words) -> Window:
    """The window on `days`: all of them, or one period of the calendar.

    Unless another one is chosen, it is the period of the as-of date, or the one nearest to it that holds any of the
    days. A chosen day stands for the period that holds it, so that a change of the zoom stays at its place.
    """
    known = sorted(within_calendar(day) for day in days)
    whole = span_of(known, as_of)
    if whole is None:
        return Window(None, "", ())
    zoom = choice("zoom", say("timeline.zoom"), {zoom.value: say(f"timeline.zoom_{zoom}") for zoom in Zoom}, chosen)
    length = Zoom(zoom.chosen)
    patterns = DayPatterns(say("timeline.day_pattern"), say("timeline.week_pattern"))
    if length is Zoom.ALL:
        return Window(replace(whole, patterns=patterns), "", (zoom,))
    nearest = period_of(length, min(max(as_of, known[0]), known[-1]))[0]
    begins = dict.fromkeys((nearest, *periods(length, known[0], known[-1])))
    words = {begin.isoformat(): period_in_words(length, begin, say) for begin in begins}
    begin = choice("begin", say("timeline.begin"), words, {"begin": _begin(length, chosen.get("begin", ""))})
    first, last = period_of(length, date.fromisoformat(begin.chosen))
    return Window(Span(first, last + _DAY, patterns), words[begin.chosen], (zoom, begin))


def _begin(zoom: Zoom, given: str) -> str:
    try:
        return period_of(zoom, within_calendar(date.fromisoformat(given)))[0].isoformat()
    except ValueError:
        return ""


def period_in_words(zoom: Zoom, begin: date, say: Words) -> str:
    """A period as a reader calls it: "2020–2029", "2026", "Q3 2026", "August 2026", "KW 34 (17.08. – 23.08.2026)"."""
    first, last = period_of(zoom, begin)
    if zoom is Zoom.DECADE:
        return f"{first.year}–{last.year}"
    if zoom is Zoom.YEAR:
        return str(first.year)
    if zoom is Zoom.QUARTER:
        return quarter(first, say.lang)
    if zoom is Zoom.MONTH:
        return month(first, say.lang)
    return say("timeline.week", week=str(first.isocalendar().week), days=day_range(first, last, say.lang))
