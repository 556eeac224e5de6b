"""Events, committee sessions and context events of the timeline, each in a section of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from smartdash.analysis.status import Status
from smartdash.charts.lane_layout import Days, Lane, Mark, Shape
from smartdash.figures.figure import Value
from smartdash.figures.tables import capital
from smartdash.figures.timeline_entries import Entry, Line, Names, Section, short_day
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day, day_range
from smartdash.model.committees import Committee, CommitteeSession, Consultation, Paper
from smartdash.model.shared import ContextEvent
from smartdash.model.workshops import Event
from smartdash.store import Audience, Reader

_MOST_ROWS = 5
"""So many rows of a section may be written out; more marks get a shorter text or none."""


def date_sections(reader: Reader, names: Names, say: Words) -> list[Section]:
    """The sections of which there is anything."""
    as_of = reader.scope.as_of
    found = (
        (say("timeline.events"), [_event(event, names, as_of, say) for event in reader.all(Event)]),
        (say("timeline.sessions"), _sessions(reader, say)),
        (say("timeline.context_events"), [_context(event, say) for event in reader.all(ContextEvent)]),
    )
    return [_section(heading, items) for heading, items in found if items]


def _section(heading: str, items: Sequence[tuple[Mark, Line]]) -> Section:
    ordered = sorted(items, key=lambda item: (item[0].days, item[0].text))
    marks = tuple(mark for mark, _ in ordered)
    lane = Lane(heading, heading=True, marks=marks, most_rows=_MOST_ROWS)
    return Section("", (Entry(lane, tuple(line for _, line in ordered)),))


def _event(event: Event, names: Names, as_of: date, say: Words) -> tuple[Mark, Line]:
    days = (event.held_on, event.ends_on or event.held_on)
    kind = capital(event.kind.label(say.lang))
    held = event.held_on <= as_of
    details = {
        say("timeline.event"): event.title,
        say("timeline.kind"): kind,
        say("timeline.date"): day_range(*days, say.lang),
        say("schedule.status"): say("timeline.held" if held else "status.planned"),
    }
    more: dict[str, Value] = {
        "part_of": names.phases.get(event.phase),
        "who": names.units.get(event.unit),
        "field_of_work": names.fields.get(event.field_of_work),
    }
    return _dated(event.title, kind, days, "event", held, details, more, say)


def _sessions(reader: Reader, say: Words) -> list[tuple[Mark, Line]]:
    committees = {committee.key: committee.title for committee in reader.all(Committee)}
    papers = {paper.key: paper.title for paper in reader.all(Paper)}
    agenda: dict[str, list[str]] = defaultdict(list)
    for step in reader.all(Consultation):
        agenda[step.session].append(papers[step.paper])
    # To the public a bare date would betray that something was consulted behind closed doors.
    everything = reader.scope.audience is Audience.INTERNAL
    return [
        _session(session, committees[session.committee], agenda.get(session.key, ()), reader.scope.as_of, say)
        for session in reader.all(CommitteeSession)
        if everything or session.key in agenda
    ]


def _session(
    session: CommitteeSession, committee: str, papers: Sequence[str], as_of: date, say: Words
) -> tuple[Mark, Line]:
    held = session.held_on <= as_of and not session.cancelled
    state = say("timeline.cancelled" if session.cancelled else "timeline.held" if held else "status.planned")
    details = {
        say("timeline.session"): committee,
        say("timeline.date"): day(session.held_on, say.lang),
        say("timeline.papers"): ", ".join(papers) or EMPTY,
        say("schedule.status"): state,
    }
    kind = say("timeline.cancelled_session" if session.cancelled else "timeline.session")
    name = f"{committee} ({state})" if session.cancelled else committee
    shape: Shape = "cancelled" if session.cancelled else "session"
    return _dated(name, kind, (session.held_on, session.held_on), shape, held, details, {}, say)


def _context(event: ContextEvent, say: Words) -> tuple[Mark, Line]:
    details = {
        say("timeline.context_event"): event.title,
        say("timeline.date"): day(event.happened_on, say.lang),
        say("timeline.description"): event.description or EMPTY,
    }
    days = (event.happened_on, event.happened_on)
    return _dated(event.title, say("timeline.context_event"), days, "context", True, details, {}, say)


def _dated(
    title: str,
    kind: str,
    days: Days,
    shape: Shape,
    passed: bool,
    details: Mapping[str, str],
    more: Mapping[str, Value],
    say: Words,
) -> tuple[Mark, Line]:
    """A mark, and its line of the table: its days count as actual where it has passed, else as planned."""
    short = short_day(days[0], say)
    mark = Mark(days, shape, passed, f"{short} {title}", short, details)
    dates: dict[str, Value]
    if passed:
        dates = {"actual_start": days[0], "actual_end": days[1]}
    else:
        dates = {"planned_start": days[0], "planned_end": days[1]}
    if shape in ("event", "session"):
        dates["status"] = (Status.DONE if passed else Status.PLANNED).value
    return mark, Line({"kind": kind, "title": title, **dates, **more}, (days,))
