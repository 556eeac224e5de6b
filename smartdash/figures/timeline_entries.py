"""What the timeline shows, each with its lane in the chart and its lines in the table: phases and milestones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from smartdash.analysis.schedule import MilestoneStanding, PhaseStanding
from smartdash.analysis.status import Status
from smartdash.charts.lane_layout import Bars, Days, Lane, Mark, bars_in, marks_in
from smartdash.charts.timeline import Span
from smartdash.charts.tokens import STATUS_SIGNS
from smartdash.figures.delays import LATE, delay_note, milestone_details, status_text
from smartdash.figures.figure import Value
from smartdash.locale import Words
from smartdash.locale.numbers import day, day_range
from smartdash.model.projects import StatusReport


@dataclass(frozen=True, slots=True)
class Names:
    """The titles of what phases, milestones and events refer to, by key."""

    phases: Mapping[str | None, str]
    units: Mapping[str | None, str]
    fields: Mapping[str | None, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: its values by column, the stretches of time it speaks of, whether it is a phase."""

    values: Mapping[str, Value]
    days: tuple[Days, ...]
    phase: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A lane of the chart with the lines of the table that say the same."""

    lane: Lane
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Entries below one heading ("" for none)."""

    heading: str
    entries: tuple[Entry, ...]


def lines_in(sections: Iterable[Section], span: Span | None) -> list[Line]:
    """The lines of which the span holds a day, all of them without a span; each names the heading it stands below."""
    return [
        replace(line, values={**line.values, "group": section.heading or None})
        for section in sections
        for entry in section.entries
        for line in entry.lines
        if span is None or any(span.cut(*days) for days in line.days)
    ]


def lanes_in(sections: Iterable[Section], span: Span) -> list[Lane]:
    """The lanes of which the span shows something, below their headings.

    A phase of which it shows nothing keeps its name where it shows a sub-step of it.
    """
    found: list[Lane] = []
    for section in sections:
        kept: list[Lane] = []
        for lane in reversed([entry.lane for entry in section.entries]):
            below = kept and not kept[-1].heading and kept[-1].depth > lane.depth
            if below or lies_in(lane, span):
                kept.append(lane)
        if kept and section.heading:
            found.append(Lane(section.heading, heading=True))
        found += reversed(kept)
    return found


def lies_in(lane: Lane, span: Span) -> bool:
    """Whether the span shows a bar or a mark of a lane."""
    return bool(bars_in(lane, span) or marks_in(lane, span))


def phase_entry(
    standing: PhaseStanding,
    depth: int,
    milestones: Sequence[MilestoneStanding],
    names: Names,
    as_of: date,
    say: Words,
) -> Entry:
    """A phase with its milestones."""
    phase, bars = standing.phase, phase_bars(standing, as_of, say)
    lane = Lane(
        phase.title,
        delay_note(standing.status, standing.days_late, say),
        standing.status.value,
        depth,
        bars=(bars,) if bars.known else (),
        marks=tuple(milestone_mark(item, say) for item in milestones),
    )
    line = Line(
        {
            "kind": say("timeline.sub_step" if phase.parent in names.phases else "schedule.phase"),
            "title": phase.title,
            "part_of": names.phases.get(phase.parent),
            "planned_start": standing.planned_start,
            "planned_end": standing.planned_end,
            "first_start": _moved(standing.first_start, standing.planned_start),
            "first_end": _moved(standing.first_end, standing.planned_end),
            "actual_start": phase.actual_start,
            "actual_end": phase.actual_end,
            "expected_end": standing.expected_end,
            "days_late": standing.days_late,
            "status": standing.status.value,
            **_reported(standing.reported, say),
            "who": names.units.get(phase.unit),
            "field_of_work": names.fields.get(phase.field_of_work),
        },
        tuple(bars.known),
        phase=True,
    )
    return Entry(lane, (line, *(milestone_line(item, names, say) for item in milestones)))


def phase_bars(standing: PhaseStanding, as_of: date, say: Words, text: str = "") -> Bars:
    """The bars of a phase; where only one end is known, a single day stands for it."""
    phase, lang = standing.phase, say.lang
    planned = _days(standing.planned_start, standing.planned_end)
    first = _days(standing.first_start, standing.first_end)
    moved = first is not None and first != planned
    details = {
        say("schedule.phase"): phase.title,
        say("schedule.plan"): day_range(standing.planned_start, standing.planned_end, lang),
        say("schedule.actual"): day_range(phase.actual_start, phase.actual_end, lang),
        say("schedule.expected_end"): day(standing.expected_end, lang),
        say("schedule.status"): status_text(standing.status, say),
    }
    if moved:
        details[say("timeline.first_plan")] = day_range(standing.first_start, standing.first_end, lang)
    if standing.reported:
        details[say("timeline.reported")] = standing.reported.light.label(lang)
    return Bars(
        planned=planned,
        actual=_actual(standing, as_of),
        expected=_expected(standing, as_of),
        details=details,
        first_plan=first if moved else None,
        text=text,
    )


def _days(start: date | None, end: date | None) -> Days | None:
    known = [day for day in (start, end) if day]
    return (known[0], known[-1]) if known else None


def _actual(standing: PhaseStanding, as_of: date) -> Days | None:
    phase = standing.phase
    if phase.actual_start is None:
        return _days(phase.actual_end, None)
    end = phase.actual_end or (standing.expected_end if standing.status is Status.DONE else as_of)
    return (phase.actual_start, max(phase.actual_start, end)) if end else None


def _expected(standing: PhaseStanding, as_of: date) -> Days | None:
    """From the day after the as-of date, or from a start that is still to come, to the expected end."""
    if standing.expected_end is None or standing.status in (Status.DONE, Status.PLANNED, Status.UNKNOWN):
        return None
    coming = as_of + date.resolution
    start = coming if standing.phase.actual_start else max(standing.planned_start or coming, coming)
    return (start, standing.expected_end) if start <= standing.expected_end else None


def _reported(report: StatusReport | None, say: Words) -> dict[str, Value]:
    if report is None:
        return {"reported": None, "reason": None}
    return {"reported": report.light.label(say.lang), "reason": report.deviation_reason}


def milestone_mark(standing: MilestoneStanding, say: Words) -> Mark:
    """A milestone on the day it was reached or is expected; a late one carries the sign of its status."""
    short = short_day(standing.expected, say)
    urgent = standing.status in LATE or (standing.status is Status.UNKNOWN and bool(standing.days_late))
    text = f"{STATUS_SIGNS[standing.status.value]} {short}" if urgent else short
    details = milestone_details(standing, say)
    if standing.planned != standing.first_planned:
        details[say("timeline.first_plan")] = day(standing.first_planned, say.lang)
    return Mark(
        days=(standing.expected, standing.expected),
        shape="gate" if standing.milestone.gate else "milestone",
        passed=standing.milestone.actual is not None,
        text=f"{text} {standing.milestone.title}",
        short=text,
        details=details,
        status=standing.status.value if urgent else None,
    )


def milestone_line(standing: MilestoneStanding, names: Names, say: Words) -> Line:
    """A milestone in the table; its dates stand where a phase has the end."""
    milestone = standing.milestone
    return Line(
        {
            "kind": say("timeline.gate" if milestone.gate else "schedule.milestone"),
            "title": milestone.title,
            "part_of": names.phases.get(milestone.phase),
            "planned_end": standing.planned,
            "first_end": _moved(standing.first_planned, standing.planned),
            "actual_end": milestone.actual,
            "expected_end": standing.expected,
            "days_late": standing.days_late,
            "status": standing.status.value,
            **_reported(standing.reported, say),
            "who": milestone.owner_role or names.units.get(milestone.unit),
        },
        ((standing.expected, standing.expected), *_single(standing.planned)),
    )


def _moved(first: date | None, planned: date | None) -> date | None:
    """The first plan where a baseline put another date in force."""
    return first if first != planned else None


def _single(day: date | None) -> tuple[Days, ...]:
    return ((day, day),) if day else ()


def short_day(value: date, say: Words) -> str:
    """A day without its year, which stands on the axis."""
    return day(value, say.lang).removesuffix(str(value.year)).strip()
