"""The figure of the way through a cycle: progress against what was expected, confidence, forecast and score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from smartdash.analysis.okr import KeyResultStanding, RollUp, covered
from smartdash.analysis.okr_trend import (
    TrendDay,
    expected_corners,
    expected_on,
    forecast_at_end,
    score_at_end,
    trend_days,
    unbroken,
)
from smartdash.charts.okr_trend import Course, CourseMark, CourseWords, course_chart
from smartdash.charts.timeline import span_of
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Option, Row, TableColumn
from smartdash.figures.okr_words import cycle_option
from smartdash.figures.standings import read_key_results, running_cycle
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day, day_range, number, percent
from smartdash.model.okr import Cycle
from smartdash.model.shared import ContextEvent
from smartdash.store import Reader


@dataclass(frozen=True, slots=True)
class _Trend:
    """What the figure is about, everything it shows, and the as-of date it holds for."""

    title: str
    cycle: Cycle
    standings: Sequence[KeyResultStanding]
    days: tuple[TrendDay, ...]
    forecast: Decimal | None
    score: Decimal | None
    events: Sequence[ContextEvent]
    as_of: date

    def value(self, rolled: RollUp) -> Decimal | None:
        """A roll-up that covers enough of the weight to say something."""
        return covered(rolled, self.as_of)

    @property
    def drawn(self) -> list[tuple[TrendDay, Decimal]]:
        """The days whose progress covers enough, with it."""
        return [(one, value) for one in self.days if (value := self.value(one.progress)) is not None]


@figure("okr.trend", page="okr", needs=("key_result",), options=("cycle", "subject"))
def trend(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """An objective or a key result through its cycle, from report to report."""
    standings = read_key_results(reader)
    current = running_cycle(reader)
    if current is None:
        return Draft(say("okr.quarter.none", cycle=EMPTY), _columns(say), ())
    filled = {item.cycle.key: item.cycle for item in standings if item.cycle.key != current.key}
    cycles = cycle_option(current, filled.values(), chosen, say)
    cycle = {current.key: current, **filled}[cycles.chosen]
    own = [item for item in standings if item.cycle.key == cycle.key]
    if not own:
        return Draft(say("okr.quarter.none", cycle=cycle.title), _columns(say), (), options=(cycles,))
    subjects = _subjects(own, chosen, say)
    known = _read(reader, cycle, [item for item in own if subjects.chosen in _names(item)], subjects.chosen)
    message = _message(known, say)
    span = span_of([cycle.start, cycle.end, *(one.day for one in known.days)], known.as_of)
    course = _course(known, say)
    words = CourseWords(
        say("okr.trend.expected"),
        say("okr.trend.confidence"),
        say("okr.trend.as_of"),
        {share: percent(Decimal(str(share)), say.lang, 0) for share in (0.0, 0.5, 1.0)},
    )
    return Draft(
        message=message,
        columns=_columns(say),
        rows=_rows(known, say),
        unit=say("okr.trend.unit", days=day_range(cycle.start, cycle.end, say.lang)),
        chart=(lambda tokens: course_chart(course, span, known.as_of, words, tokens)) if span else None,
        alt=say("okr.trend.alt", message=message),
        note=_note(known, say),
        options=(cycles, subjects),
    )


def _names(item: KeyResultStanding) -> tuple[str, str]:
    """The names of the objective and of the key result among the subjects; their keys alone may be the same."""
    return f"objective:{item.objective.key}", f"key_result:{item.key_result.key}"


def _subjects(own: Sequence[KeyResultStanding], chosen: Mapping[str, str], say: Words) -> Option:
    """The objectives, each followed by its key results."""
    values: dict[str, str] = {}
    for item in own:
        objective, key_result = _names(item)
        values.setdefault(objective, item.objective.title)
        values[key_result] = say("okr.trend.key_result", title=item.key_result.title)
    return choice("subject", say("okr.trend.subject"), values, chosen)


def _read(reader: Reader, cycle: Cycle, standings: Sequence[KeyResultStanding], subject: str) -> _Trend:
    as_of, first = reader.scope.as_of, standings[0]
    title = first.objective.title if subject == _names(first)[0] else first.key_result.title
    events = [item for item in reader.all(ContextEvent) if cycle.start <= item.happened_on <= cycle.end]
    return _Trend(
        title,
        cycle,
        standings,
        trend_days(standings),
        covered(forecast_at_end(standings), as_of),
        covered(score_at_end(standings), as_of),
        sorted(events, key=lambda item: (item.happened_on, item.key)),
        as_of,
    )


def _message(known: _Trend, say: Words) -> str:
    if not known.days:
        return say("okr.trend.silent", title=known.title)
    if not known.drawn:
        coverage = percent(known.days[-1].progress.coverage, say.lang, 0)
        return say("okr.trend.too_few", title=known.title, coverage=coverage)
    (first, start), (last, reached) = known.drawn[0], known.drawn[-1]
    values: dict[str, Any] = {
        "title": known.title,
        "reached": percent(reached, say.lang, 0),
        "expected": percent(last.expected, say.lang, 0),
        "day": day(last.day, say.lang),
    }
    if len(known.drawn) == 1:
        return say("okr.trend.one", **values)
    if values["reached"] == percent(start, say.lang, 0):
        return say("okr.trend.level", since=day(first.day, say.lang), **values)
    moved = "okr.trend.rises" if reached > start else "okr.trend.falls"
    return say(moved, start=percent(start, say.lang, 0), since=day(first.day, say.lang), **values)


def _note(known: _Trend, say: Words) -> str:
    parts = []
    thin = len(known.days) - len(known.drawn)
    if thin:
        parts.append(say("okr.trend.thin", n=thin))
    if known.drawn and known.drawn[-1][0].progress.coverage < 1:
        parts.append(say("okr.trend.coverage", coverage=percent(known.drawn[-1][0].progress.coverage, say.lang, 0)))
    stretches = unbroken([(one.day, one.progress) for one in known.days], known.as_of)
    if len(stretches) > 1:
        parts.append(say("okr.trend.broken", n=len(stretches) - 1))
    return " ".join([*parts, say("okr.trend.note")])


def _course(known: _Trend, say: Words) -> Course:
    confidences = [(one, value) for one in known.days if (value := known.value(one.confidence)) is not None]
    return Course(
        expected=[(corner, float(value)) for corner, value in expected_corners(known.standings)],
        progress=_stretches([(one.day, one.progress) for one in known.days], known.as_of),
        reports=[
            CourseMark(one.day, float(value), percent(value, say.lang, 0), _details(known, one, say))
            for one, value in known.drawn
        ],
        confidence=_stretches([(one.day, one.confidence) for one in known.days], known.as_of),
        confidences=[
            CourseMark(one.day, float(value), number(value, say.lang, 1), _details(known, one, say))
            for one, value in confidences
        ],
        forecast=_at_end(known, known.forecast, "okr.term_forecast", percent(known.forecast, say.lang, 0), say),
        score=_at_end(known, known.score, "okr.term_score", number(known.score, say.lang, 2), say),
        events=[
            CourseMark(
                item.happened_on,
                0,
                item.title,
                {say("okr.trend.event"): item.title, say("okr.trend.day"): day(item.happened_on, say.lang)},
            )
            for item in known.events
        ],
    )


def _stretches(values: Sequence[tuple[date, RollUp]], as_of: date) -> list[list[tuple[date, float]]]:
    return [[(one, float(value)) for one, value in part] for part in unbroken(values, as_of)]


def _at_end(known: _Trend, value: Decimal | None, term: str, text: str, say: Words) -> CourseMark | None:
    if value is None:
        return None
    details = {say(term): text, say("okr.trend.day"): day(known.cycle.end, say.lang)}
    return CourseMark(known.cycle.end, float(value), say("okr.trend.named", term=say(term), value=text), details)


def _details(known: _Trend, one: TrendDay, say: Words) -> dict[str, str]:
    return {
        say("okr.trend.day"): day(one.day, say.lang),
        say("okr.term_progress"): percent(known.value(one.progress), say.lang),
        say("okr.term_expected"): percent(one.expected, say.lang),
        say("okr.term_confidence"): number(known.value(one.confidence), say.lang, 1),
        say("okr.coverage"): percent(one.progress.coverage, say.lang, 0),
    }


def _columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("day", say("okr.trend.day"), "day"),
        TableColumn("what", say("okr.trend.what")),
        TableColumn("progress", say("okr.term_progress"), "percent", help=say("okr.about_progress")),
        TableColumn("expected", say("okr.term_expected"), "percent", help=say("okr.about_expected")),
        TableColumn("coverage", say("okr.coverage"), "percent", help=say("okr.about_coverage")),
        TableColumn("confidence", say("okr.term_confidence"), "number", help=say("okr.about_confidence")),
        TableColumn("forecast", say("okr.term_forecast"), "percent", help=say("okr.about_forecast")),
        TableColumn("score", say("okr.term_score"), "number", help=say("okr.about_score")),
    )


def _rows(known: _Trend, say: Words) -> tuple[Row, ...]:
    """Reports, corners of the expected line and events, in the order of time; forecast and score at the end."""
    rows: list[tuple[date, int, Row]] = []
    for one in known.days:
        values = (
            known.value(one.progress),
            one.expected,
            one.progress.coverage,
            _one_digit(known.value(one.confidence)),
        )
        rows.append((one.day, 1, (one.day, say("okr.trend.report"), *values, None, None)))
    for corner, expected in expected_corners(known.standings):
        if corner == known.cycle.end:
            score = None if known.score is None else round(known.score, 2)
            end = (corner, say("okr.trend.end"), None, expected, None, None, known.forecast, score)
            rows.append((corner, 3, end))
        else:
            name = "okr.trend.start" if corner == known.cycle.start else "okr.trend.planned"
            rows.append((corner, 0, (corner, say(name), None, expected, None, None, None, None)))
    for event in known.events:
        title = say("okr.trend.named", term=say("okr.trend.event"), value=event.title)
        expected = expected_on(known.standings, event.happened_on)
        rows.append((event.happened_on, 2, (event.happened_on, title, None, expected, None, None, None, None)))
    return tuple(row for _, _, row in sorted(rows, key=lambda item: item[:2]))


def _one_digit(value: Decimal | None) -> Decimal | None:
    return None if value is None else round(value, 1)
