"""The figure of the milestones: how each stands against its plan, and what its message says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from smartdash.analysis.deviations import LIGHTS, Agreement, agreement
from smartdash.analysis.schedule import MilestoneStanding
from smartdash.analysis.status import Status, thresholds
from smartdash.charts.milestones import MilestoneRow, milestones_chart
from smartdash.charts.timeline import span_of
from smartdash.figures.catalogue import figure
from smartdash.figures.delays import LATE, delay_note, deviation_text, milestone_details
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.standings import read_milestones
from smartdash.figures.tables import column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import day, day_range
from smartdash.model.committees import Paper
from smartdash.model.schedule import Milestone, MilestoneForecast, Phase
from smartdash.model.shared import Unit
from smartdash.store import Reader


@figure("schedule.milestones", page="milestones", needs=("milestone",))
def milestones(reader: Reader, say: Words) -> Draft:
    """Milestones with plan, expected and reached dates, computed and reported status, and who must act."""
    as_of, lang = reader.scope.as_of, say.lang
    standings = read_milestones(reader)
    drawn = [_milestone_row(item, say) for item in standings]
    days = (moment for row in drawn for moment in (row.planned, row.expected, row.first_planned))
    span = span_of(days, as_of)
    stand, message = say("schedule.as_of", day=day(as_of, lang)), _message(standings, as_of, say)
    return Draft(
        message=message,
        columns=_columns(say),
        rows=_rows(reader, standings, say),
        unit=say("schedule.milestones_unit"),
        chart=(lambda tokens: milestones_chart(drawn, span, as_of, stand, tokens)) if span else None,
        alt=say(
            "schedule.milestones_alt", n=len(standings), span=day_range(span.first, span.end, lang), message=message
        )
        if span
        else "",
        note=_note(span.end if span else as_of, as_of, say),
    )


def _columns(say: Words) -> tuple[TableColumn, ...]:
    lang = say.lang
    return (
        column(Milestone, "title", lang),
        column(Milestone, "phase", lang),
        column(Milestone, "gate", lang, "flag"),
        TableColumn("first_planned", say("milestones.first_planned"), "day"),
        TableColumn("planned", say("milestones.planned"), "day"),
        column(MilestoneForecast, "forecast", lang, "day"),
        column(Milestone, "actual", lang, "day"),
        TableColumn("days_late", say("schedule.days_late"), "whole"),
        TableColumn("slip", say("milestones.slip"), "whole"),
        TableColumn("status", say("schedule.status"), "status"),
        TableColumn("reported", say("milestones.reported"), "status"),
        TableColumn("reported_on", say("milestones.reported_on"), "day"),
        TableColumn("deviation", say("milestones.deviation")),
        column(Milestone, "decision", lang),
        TableColumn("who", say("schedule.who")),
    )


def _rows(reader: Reader, standings: Sequence[MilestoneStanding], say: Words) -> tuple[Row, ...]:
    units, phases, papers = (titles(reader.all(record)) for record in (Unit, Phase, Paper))
    return tuple(
        (
            item.milestone.title,
            phases.get(item.milestone.phase),
            item.milestone.gate,
            item.first_planned,
            item.planned,
            item.forecast,
            item.milestone.actual,
            item.days_late,
            item.slip,
            item.status.value,
            LIGHTS[item.reported.light].value if item.reported else None,
            item.reported.reported_on if item.reported else None,
            deviation_text(item, reader.scope.as_of, say),
            papers.get(item.milestone.decision),
            item.milestone.owner_role or units.get(item.milestone.unit),
        )
        for item in standings
    )


def _milestone_row(item: MilestoneStanding, say: Words) -> MilestoneRow:
    return MilestoneRow(
        item.milestone.title,
        delay_note(item.status, item.days_late, say),
        item.status.value,
        item.planned or item.expected,
        item.expected,
        item.milestone.actual is not None,
        milestone_details(item, say),
        item.first_planned if item.first_planned != item.planned else None,
    )


def _note(last: date, as_of: date, say: Words) -> str:
    limits = thresholds(as_of)
    rule = say(
        "milestones.rule",
        at_risk=say("schedule.by_days", n=limits.days_at_risk),
        critical=say("schedule.by_days", n=limits.days_critical),
        version=limits.version,
    )
    return f"{say('schedule.after_span', day=day(as_of, say.lang))} {rule}" if as_of > last else rule


def _message(standings: Sequence[MilestoneStanding], as_of: date, say: Words) -> str:
    """How the milestones stand, and how many reported statuses say something else than the dates."""
    found = Counter(agreement(item, as_of) for item in standings)
    unexplained, explained = found[Agreement.UNEXPLAINED], found[Agreement.EXPLAINED]
    sentence = _milestones_message(standings, say)
    if not unexplained + explained:
        return sentence
    deviating = say("milestones.deviating", n=unexplained + explained)
    reasons = say("milestones.unexplained", n=unexplained) if unexplained else say("milestones.all_explained")
    return f"{sentence} {deviating} {reasons}"


def _milestones_message(standings: Sequence[MilestoneStanding], say: Words) -> str:
    if not standings:
        return say("schedule.no_milestone_yet")
    reached = sum(item.status is Status.DONE for item in standings)
    late = sorted((item for item in standings if item.status in LATE), key=lambda item: -(item.days_late or 0))
    silent = sum(item.status is Status.UNKNOWN for item in standings)
    counts = {"all": str(len(standings)), "reached": str(reached)}
    if late:
        sentence = say(
            "schedule.milestones_late" if len(standings) > 1 else "schedule.only_milestone_late",
            n=len(late),
            title=late[0].milestone.title,
            days=say("schedule.by_days", n=late[0].days_late or 0),
            **counts,
        )
    elif reached == len(standings):
        sentence = say("schedule.milestones_done", n=reached)
    elif not reached and all(item.forecast is None for item in standings):
        sentence = say("schedule.milestones_unreported", n=len(standings))
    elif len(standings) == 1:
        sentence = say("schedule.only_milestone_punctual")
    else:
        sentence = say("schedule.milestones_punctual", n=reached, all=str(len(standings)))
    return f"{sentence} {say('schedule.milestones_silent', n=silent)}" if silent else sentence
