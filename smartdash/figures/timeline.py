"""The figure of the timeline: phases, milestones and dates, grouped and zoomed as the reader chooses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smartdash.charts.swimlanes import swimlanes_chart
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.standings import read_milestones, read_phases
from smartdash.figures.tables import titles
from smartdash.figures.timeline_dates import date_sections
from smartdash.figures.timeline_entries import Line, Names, lanes_in, lines_in
from smartdash.figures.timeline_groups import group_option, phase_sections
from smartdash.figures.timeline_words import legend, phases_message, phases_note, timeline_columns
from smartdash.figures.zoom import window
from smartdash.locale import Words
from smartdash.locale.numbers import day, day_range
from smartdash.model.shared import FieldOfWork, Unit
from smartdash.store import Reader


@figure("schedule.phases", page="timeline", needs=("phase",), options=("group", "zoom", "begin"))
def phases(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Phases with plan, actual and expected dates, their milestones, and events, sessions and context below them."""
    as_of = reader.scope.as_of
    milestones = read_milestones(reader)
    standings = read_phases(reader, milestones)
    names = Names(
        titles(standing.phase for standing in standings), titles(reader.all(Unit)), titles(reader.all(FieldOfWork))
    )
    group = group_option(chosen, say)
    sections = [
        *phase_sections(group.chosen, standings, milestones, names, as_of, say),
        *date_sections(reader, names, say),
    ]
    view = window((day for item in sections for entry in item.entries for day in entry.lane.days), as_of, chosen, say)
    span = view.span
    lines = lines_in(sections, span if view.period else None)
    columns = timeline_columns(lines, say)
    message = phases_message(standings, say)
    if view.period:
        shown = sum(line.phase for line in lines)
        message += " " + say("timeline.in_period", n=shown, all=str(len(standings)), period=view.period)
    if span is None:
        return Draft(message, columns, _rows(lines, columns), note=say("schedule.no_dates_note"), options=(group,))
    lanes = lanes_in(sections, span)
    stand = say("schedule.as_of", day=day(as_of, say.lang))
    return Draft(
        message=message,
        columns=columns,
        rows=_rows(lines, columns),
        unit=legend(lanes, span, say),
        chart=(lambda tokens: swimlanes_chart(lanes, span, as_of, stand, tokens)) if lanes else None,
        alt=say("timeline.alt", n=len(lines), span=day_range(span.first, span.end, say.lang), message=message),
        note=phases_note(standings, milestones, lanes, view, as_of, say),
        options=(group, *view.options),
    )


def _rows(lines: Sequence[Line], columns: Sequence[TableColumn]) -> tuple[Row, ...]:
    return tuple(tuple(line.values.get(one.name) for one in columns) for line in lines)
