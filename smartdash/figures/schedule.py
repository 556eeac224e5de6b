"""The figure of the phases, and what its message says about delays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from smartdash.analysis.schedule import MilestoneStanding, PhaseStanding
from smartdash.analysis.status import Status
from smartdash.charts.schedule import Diamond, PhaseRow, phases_chart
from smartdash.charts.timeline import span_of
from smartdash.figures.catalogue import figure
from smartdash.figures.delays import LATE, delay_note, milestone_details, status_text
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.standings import read_milestones, read_phases
from smartdash.figures.tables import column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import day, day_range
from smartdash.model.schedule import Phase
from smartdash.model.shared import Unit
from smartdash.store import Reader

_NAMED = 5
"""So many phases without dates are named in the note; more stand in the table only."""


@figure("schedule.phases", page="timeline", needs=("phase",))
def phases(reader: Reader, say: Words) -> Draft:
    """Phases and sub-steps with plan, actual and expected dates, and the milestones on their rows."""
    as_of = reader.scope.as_of
    milestones = read_milestones(reader)
    standings = read_phases(reader, milestones)
    units, parents = titles(reader.all(Unit)), titles(standing.phase for standing in standings)
    rows = tuple(
        (
            standing.phase.title,
            parents.get(standing.phase.parent),
            standing.planned_start,
            standing.planned_end,
            standing.phase.actual_start,
            standing.phase.actual_end,
            standing.expected_end,
            standing.days_late,
            standing.status.value,
            units.get(standing.phase.unit),
        )
        for standing in standings
    )
    drawn = _phase_rows(standings, milestones, as_of, say)
    span = span_of(_drawn_days(drawn), as_of) if any(_bars(row) for row in drawn) else None
    columns = (
        column(Phase, "title", say.lang),
        column(Phase, "parent", say.lang),
        *(
            column(Phase, name, say.lang, "day")
            for name in ("planned_start", "planned_end", "actual_start", "actual_end")
        ),
        TableColumn("expected_end", say("schedule.expected_end"), "day"),
        TableColumn("days_late", say("schedule.days_late"), "whole"),
        TableColumn("status", say("schedule.status"), "status"),
        column(Phase, "unit", say.lang),
    )
    message = _phases_message(standings, say)
    if span is None:
        return Draft(message, columns, rows, note=say("schedule.no_dates_note"))
    stand = say("schedule.as_of", day=day(as_of, say.lang))
    return Draft(
        message=message,
        columns=columns,
        rows=rows,
        unit=say("schedule.phases_unit"),
        chart=lambda tokens: phases_chart(drawn, span, as_of, stand, tokens),
        alt=say(
            "schedule.phases_alt",
            n=len(standings),
            span=day_range(span.first, span.end, say.lang),
            message=message,
        ),
        note=_phases_note(standings, as_of, span.end, say),
    )


def _phases_message(standings: Sequence[PhaseStanding], say: Words) -> str:
    top = [standing for standing in standings if standing.depth == 0]
    if not any(_has_dates(standing) for standing in standings):
        return say("schedule.phases_no_dates", n=len(top))
    reported = [standing for standing in top if standing.status not in (Status.PLANNED, Status.UNKNOWN)]
    if not reported:
        return say("schedule.phases_unreported", n=len(top))
    done = [standing for standing in top if standing.status is Status.DONE]
    late = sorted((item for item in top if item.status in LATE), key=lambda item: -(item.days_late or 0))
    if late:
        sentence = say(
            "schedule.phases_late" if len(top) > 1 else "schedule.only_phase_late",
            n=len(late),
            all=str(len(top)),
            title=late[0].phase.title,
            days=say("schedule.by_days", n=late[0].days_late or 0),
        )
    elif len(done) == len(top):
        sentence = say("schedule.phases_done", n=len(top))
    elif len(top) == 1:
        sentence = say("schedule.only_phase_punctual")
    else:
        sentence = say("schedule.phases_punctual", n=len(done), all=str(len(top)))
    silent = sum(standing.status is Status.UNKNOWN for standing in top)
    return f"{sentence} {say('schedule.phases_silent', n=silent)}" if silent else sentence


def _phases_note(standings: Sequence[PhaseStanding], as_of: date, last: date, say: Words) -> str:
    undated = [standing.phase.title for standing in standings if not _has_dates(standing)]
    parts = []
    if undated:
        names = ", ".join(say("schedule.quoted", title=title) for title in undated)
        few = len(undated) <= _NAMED
        parts.append(say("schedule.undated", names=names) if few else say("schedule.many_undated", n=len(undated)))
    if as_of > last:
        parts.append(say("schedule.after_span", day=day(as_of, say.lang)))
    if any(standing.expected_end and standing.status in (*LATE, Status.ON_TRACK) for standing in standings):
        parts.append(say("schedule.expected_note"))
    return " ".join(parts)


def _has_dates(standing: PhaseStanding) -> bool:
    phase = standing.phase
    return bool(standing.planned_start or standing.planned_end or phase.actual_start or phase.actual_end)


def _phase_rows(
    standings: Sequence[PhaseStanding], milestones: Sequence[MilestoneStanding], as_of: date, say: Words
) -> list[PhaseRow]:
    """The rows to draw: phases with a bar or a milestone, then the milestones without such a phase on their own row."""
    rows = []
    placed: set[str | None] = set()
    for standing in standings:
        row = _phase_row(
            standing, [item for item in milestones if item.milestone.phase == standing.phase.key], as_of, say
        )
        if _bars(row) or row.diamonds:
            rows.append(row)
            placed.add(standing.phase.key)
    rest = [item for item in milestones if item.milestone.phase not in placed]
    if rest:
        diamonds = tuple(_diamond(item, say) for item in rest)
        rows.append(PhaseRow(say("schedule.without_phase"), "", None, 0, None, None, None, {}, diamonds))
    return rows


def _phase_row(standing: PhaseStanding, milestones: Sequence[MilestoneStanding], as_of: date, say: Words) -> PhaseRow:
    phase, lang = standing.phase, say.lang
    open_end = None if standing.status is Status.DONE or (phase.actual_start or as_of) > as_of else as_of
    actual_end = phase.actual_end or open_end
    expected = None
    if standing.expected_end and standing.status not in (Status.DONE, Status.PLANNED, Status.UNKNOWN):
        begin = max(standing.planned_start or as_of, as_of) if not phase.actual_start else as_of
        expected = (begin, standing.expected_end) if begin < standing.expected_end else None
    return PhaseRow(
        label=phase.title,
        note=delay_note(standing.status, standing.days_late, say),
        status=standing.status.value,
        depth=standing.depth,
        planned=(standing.planned_start, standing.planned_end)
        if standing.planned_start and standing.planned_end
        else None,
        actual=(phase.actual_start, actual_end) if phase.actual_start and actual_end else None,
        expected=expected,
        details={
            say("schedule.phase"): phase.title,
            say("schedule.plan"): day_range(standing.planned_start, standing.planned_end, lang),
            say("schedule.actual"): day_range(phase.actual_start, phase.actual_end, lang),
            say("schedule.expected_end"): day(standing.expected_end, lang),
            say("schedule.status"): status_text(standing.status, say),
        },
        diamonds=tuple(_diamond(item, say) for item in milestones),
    )


def _diamond(standing: MilestoneStanding, say: Words) -> Diamond:
    # The year stands on the axis; a short date leaves room for the next one.
    short = day(standing.expected, say.lang).removesuffix(str(standing.expected.year)).strip()
    return Diamond(standing.expected, short, standing.milestone.actual is not None, milestone_details(standing, say))


def _bars(row: PhaseRow) -> list[tuple[date, date]]:
    return [bar for bar in (row.planned, row.actual, row.expected) if bar]


def _drawn_days(rows: Sequence[PhaseRow]) -> list[date]:
    return [day for row in rows for bar in _bars(row) for day in bar] + [
        diamond.day for row in rows for diamond in row.diamonds
    ]
