"""What the timeline says in words: its message, its legend, its notes, and the columns of its table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from smartdash.analysis.schedule import MilestoneStanding, PhaseStanding
from smartdash.analysis.status import Status, thresholds
from smartdash.charts.lane_layout import Lane, marks_in, place_marks
from smartdash.charts.timeline import Span
from smartdash.figures.delays import LATE
from smartdash.figures.figure import TableColumn
from smartdash.figures.tables import column
from smartdash.figures.timeline_entries import Line
from smartdash.figures.zoom import Window
from smartdash.locale import Words
from smartdash.locale.numbers import day
from smartdash.model.projects import StatusReport, TrafficLight
from smartdash.model.schedule import Phase

_NAMED = 5
"""So many phases without dates are named in the note; more stand in the table only."""
_LIGHTS = {
    Status.ON_TRACK: TrafficLight.GREEN,
    Status.AT_RISK: TrafficLight.YELLOW,
    Status.CRITICAL: TrafficLight.RED,
}


def phases_message(standings: Sequence[PhaseStanding], say: Words) -> str:
    """What is most important about the phases: how many are late, which most of all, what nobody reports on."""
    top = [standing for standing in standings if standing.depth == 0]
    if not any(has_dates(standing) for standing in standings):
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
    parts = [sentence]
    if below := sum(standing.depth > 0 and standing.status in LATE for standing in standings):
        parts.append(say("timeline.sub_steps_late", n=below))
    if silent := sum(standing.status is Status.UNKNOWN for standing in top):
        parts.append(say("schedule.phases_silent", n=silent))
    return " ".join(parts)


def has_dates(standing: PhaseStanding) -> bool:
    """Whether anything is known of when a phase is."""
    phase = standing.phase
    return bool(standing.planned_start or standing.planned_end or phase.actual_start or phase.actual_end)


def legend(lanes: Iterable[Lane], span: Span, say: Words) -> str:
    """The words for what the chart draws, and for nothing else."""
    kept = list(lanes)
    bars = [bars for lane in kept for bars in lane.bars]
    marks = [mark for lane in kept for mark in lane.marks if span.cut(*mark.days)]
    shapes = {mark.shape for mark in marks}
    days = [days for one in bars for days in one.known if span.cut(*days)]
    parts = [
        (any(one.planned for one in bars), say("timeline.legend_plan")),
        (any(one.actual for one in bars), say("timeline.legend_actual")),
        (any(one.expected for one in bars), say("timeline.legend_expected")),
        (any(one.first_plan for one in bars), say("timeline.legend_first_plan")),
        ("milestone" in shapes, say("timeline.legend_milestone")),
        ("gate" in shapes, say("timeline.legend_gate")),
        ("event" in shapes, say("timeline.legend_event")),
        ("session" in shapes, say("timeline.legend_session")),
        ("cancelled" in shapes, say("timeline.legend_cancelled")),
        ("context" in shapes, say("timeline.legend_context")),
        (any(first < span.first or last > span.end for first, last in days), say("timeline.legend_cut")),
    ]
    return "; ".join(text for drawn, text in parts if drawn)


def phases_note(
    standings: Sequence[PhaseStanding],
    milestones: Sequence[MilestoneStanding],
    lanes: Sequence[Lane],
    view: Window,
    as_of: date,
    say: Words,
) -> str:
    """What the reader must know: what has no dates, where the as-of date is, where reports say something else."""
    parts = [] if view.period else [_undated(standings, say)]
    if span := view.span:
        if as_of > span.end:
            parts.append(say("schedule.after_span", day=day(as_of, say.lang)))
        if as_of < span.first:
            parts.append(say("timeline.before_span", day=day(as_of, say.lang)))
        if any(not place.text for lane in lanes for place in place_marks(marks_in(lane, span), span, lane.most_rows)):
            parts.append(say("timeline.without_text"))
    if any(standing.expected_end and standing.status in (*LATE, Status.ON_TRACK) for standing in standings):
        parts += [say("schedule.expected_note"), limits_note(as_of, say)]
    reports = [(item.status, item.reported) for item in standings]
    reports += [(item.status, item.reported) for item in milestones]
    parts.append(_deviations(reports, say))
    return " ".join(filter(None, parts))


def _undated(standings: Sequence[PhaseStanding], say: Words) -> str:
    undated = [standing.phase.title for standing in standings if not has_dates(standing)]
    if len(undated) > _NAMED:
        return say("schedule.many_undated", n=len(undated))
    return say("schedule.undated", names=quoted(undated, say)) if undated else ""


def quoted(titles: Iterable[str], say: Words) -> str:
    """Titles in quotation marks, one after the other."""
    return ", ".join(say("schedule.quoted", title=title) for title in titles)


def limits_note(as_of: date, say: Words) -> str:
    """From how many days late on something is at risk, and critical."""
    limits = thresholds(as_of)
    return say("timeline.limits", risk=str(limits.days_at_risk + 1), critical=str(limits.days_critical + 1))


def _deviations(reports: Iterable[tuple[Status, StatusReport | None]], say: Words) -> str:
    deviating = [report for status, report in reports if report and deviates(status, report)]
    if not deviating:
        return ""
    sentence = say("timeline.deviating", n=len(deviating))
    silent = sum(not report.deviation_reason for report in deviating)
    return f"{sentence} {say('timeline.no_reason', n=silent)}" if silent else sentence


def deviates(status: Status, report: StatusReport) -> bool:
    """Whether the reported status is another one than the dates say."""
    return status in _LIGHTS and report.light is not _LIGHTS[status]


def timeline_columns(lines: Sequence[Line], say: Words) -> tuple[TableColumn, ...]:
    """The columns of which any line has a value; those of every schedule stand always."""
    lang = say.lang
    always = ("kind", "title", "part_of", "planned_start", "planned_end", "actual_start", "actual_end", "status")
    columns = (
        TableColumn("group", say("timeline.heading")),
        TableColumn("kind", say("timeline.kind")),
        column(Phase, "title", lang),
        TableColumn("part_of", say("timeline.part_of")),
        column(Phase, "planned_start", lang, "day"),
        column(Phase, "planned_end", lang, "day"),
        TableColumn("first_start", say("timeline.first_start"), "day"),
        TableColumn("first_end", say("timeline.first_end"), "day"),
        column(Phase, "actual_start", lang, "day"),
        column(Phase, "actual_end", lang, "day"),
        TableColumn("expected_end", say("schedule.expected_end"), "day"),
        TableColumn("days_late", say("schedule.days_late"), "whole"),
        TableColumn("status", say("schedule.status"), "status"),
        TableColumn("reported", say("timeline.reported")),
        column(StatusReport, "deviation_reason", lang, name="reason"),
        column(Phase, "unit", lang, name="who"),
        column(Phase, "field_of_work", lang),
    )
    used = {name for line in lines for name, value in line.values.items() if value is not None}
    return tuple(one for one in columns if one.name in always or one.name in used)
