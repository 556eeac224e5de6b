"""All programmes on one axis: their phases as bars, their milestones as diamonds, each at its own as-of date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from smartdash.analysis.schedule import PhaseStanding
from smartdash.charts.lane_layout import Bars, Lane
from smartdash.charts.swimlanes import swimlanes_chart
from smartdash.figures.catalogue import figure
from smartdash.figures.delays import LATE
from smartdash.figures.figure import Draft, TableColumn, Value
from smartdash.figures.portfolio import reader_of
from smartdash.figures.standings import read_milestones, read_phases
from smartdash.figures.tables import column, titles
from smartdash.figures.timeline_entries import (
    Entry,
    Line,
    Names,
    Section,
    lies_in,
    lines_in,
    milestone_line,
    milestone_mark,
    phase_bars,
    phase_entry,
)
from smartdash.figures.timeline_words import legend, quoted, timeline_columns
from smartdash.figures.zoom import window
from smartdash.locale import Words
from smartdash.locale.numbers import day, day_range
from smartdash.model.shared import Programme, Unit
from smartdash.store import Reader

_MOST_ROWS = 6
"""So many rows of phases carry their names; where it takes more, the table names them."""


@dataclass(frozen=True, slots=True)
class _Course:
    """A programme with its top-level phases, and the lane and lines that show it."""

    programme: Programme
    as_of: date
    phases: Sequence[PhaseStanding]
    entry: Entry

    @property
    def late(self) -> bool:
        return any(item.status in LATE for item in self.phases)

    def runs(self, on: date) -> bool:
        """Whether the programme's period, or its dates where it has none, holds a day."""
        days = self.entry.lane.days
        first = self.programme.start or min(days, default=None)
        last = self.programme.end or max(days, default=None)
        return bool(first and last and first <= on <= last)


@figure("portfolio.timeline", page="timeline", options=("zoom", "begin"))
def programmes_on_one_axis(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Every programme with its top-level phases and its milestones; without dated phases, its period."""
    as_of = reader.scope.as_of
    courses = sorted(
        (_course(reader_of(reader, programme), programme, say) for programme in reader.programmes()),
        key=lambda course: (course.programme.demo, course.programme.start or date.max, course.programme.key),
    )
    view = window((day for course in courses for day in course.entry.lane.days), as_of, chosen, say)
    span = view.span
    lines = lines_in([Section("", (course.entry,)) for course in courses], span if view.period else None)
    columns = (
        column(Programme, "municipality_name", say.lang),
        TableColumn("programme", Programme.sheet.label(say.lang)),
        *timeline_columns(lines, say),
        TableColumn("as_of", say("timeline.as_of"), "day"),
        TableColumn("demo", say("timeline.fictional"), "flag"),
    )
    message = _message(courses, as_of, say)
    lanes = [lane for course in courses for lane in _lanes(course, say) if span and lies_in(course.entry.lane, span)]
    return Draft(
        message=message,
        columns=columns,
        rows=tuple(tuple(line.values.get(one.name) for one in columns) for line in lines),
        unit=legend(lanes, span, say) if span else "",
        chart=(lambda tokens: swimlanes_chart(lanes, span, None, "", tokens)) if span and lanes else None,
        alt=say(
            "timeline.portfolio_alt",
            n=len(courses),
            span=day_range(span.first, span.end, say.lang),
            message=message,
        )
        if span
        else "",
        note=_note(courses, say),
        options=view.options,
    )


def _course(own: Reader, programme: Programme, say: Words) -> _Course:
    as_of = own.scope.as_of
    milestones = read_milestones(own)
    phases = [standing for standing in read_phases(own, milestones) if standing.depth == 0]
    names = Names(titles(standing.phase for standing in phases), titles(own.all(Unit)), {})
    bars = [phase_bars(standing, as_of, say, standing.phase.title) for standing in phases]
    known = tuple(item for item in bars if item.known) or _period(programme, say)
    # The diamonds are many on an axis of years: the table says which they are.
    marks = tuple(replace(milestone_mark(item, say), text="", short="") for item in milestones)
    lines = [line for standing in phases for line in phase_entry(standing, 0, (), names, as_of, say).lines]
    lines += [milestone_line(item, names, say) for item in milestones]
    whose: dict[str, Value] = {
        "municipality_name": programme.municipality_name,
        "programme": programme.title,
        "as_of": as_of,
        "demo": programme.demo,
    }
    lane = Lane(programme.title, bars=known, marks=marks, most_rows=_MOST_ROWS, as_of=as_of)
    told = tuple(Line({**line.values, **whose}, line.days, line.phase) for line in lines)
    return _Course(programme, as_of, phases, Entry(lane, told or (_alone(programme, whose, say),)))


def _period(programme: Programme, say: Words) -> tuple[Bars, ...]:
    """The period of a programme whose phases have no dates."""
    if not (programme.start and programme.end):
        return ()
    details = {
        say("timeline.programme"): programme.title,
        say("timeline.period"): day_range(programme.start, programme.end, say.lang),
    }
    return (Bars((programme.start, programme.end), None, None, details, text=say("timeline.period")),)


def _alone(programme: Programme, whose: Mapping[str, Value], say: Words) -> Line:
    """The line of a programme that has neither phases nor milestones."""
    start, end = programme.start, programme.end
    values: dict[str, Value] = {"kind": say("timeline.period"), "planned_start": start, "planned_end": end}
    return Line({**values, **whose}, ((start, end),) if start and end else ())


def _lanes(course: _Course, say: Words) -> tuple[Lane, Lane]:
    programme = course.programme
    demo = f" · {say('common.demo')}" if programme.demo else ""
    stand = say("schedule.as_of", day=day(course.as_of, say.lang))
    return Lane(f"{programme.municipality_name}{demo}", stand, heading=True), course.entry.lane


def _message(courses: Sequence[_Course], as_of: date, say: Words) -> str:
    if not courses:
        return say("portfolio.empty")
    running = sum(course.runs(as_of) for course in courses)
    parts = [say("timeline.programmes", n=running, all=str(len(courses)), day=day(as_of, say.lang))]
    if late := sum(course.late for course in courses):
        parts.append(say("timeline.programmes_late", n=late))
    return " ".join(parts)


def _note(courses: Sequence[_Course], say: Words) -> str:
    parts = [say("timeline.portfolio_note")] if courses else []
    if undated := [course.programme.title for course in courses if not course.entry.lane.days]:
        parts.append(say("schedule.undated", names=quoted(undated, say)))
    return " ".join(parts)
