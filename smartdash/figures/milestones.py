"""The figure of the milestones: how each stands against its plan, and what its message says."""

from __future__ import annotations

from collections.abc import Sequence

from smartdash.analysis.schedule import MilestoneStanding
from smartdash.analysis.status import Status
from smartdash.charts.milestones import MilestoneRow, milestones_chart
from smartdash.charts.timeline import span_of
from smartdash.figures.catalogue import figure
from smartdash.figures.delays import LATE, delay_note, milestone_details
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.standings import read_milestones
from smartdash.figures.tables import column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import day, day_range
from smartdash.model.schedule import Milestone, MilestoneForecast, Phase
from smartdash.model.shared import Unit
from smartdash.store import Reader


@figure("schedule.milestones", page="milestones", needs=("milestone",))
def milestones(reader: Reader, say: Words) -> Draft:
    """Milestones with planned, expected and reached dates, in order of the plan."""
    as_of, lang = reader.scope.as_of, say.lang
    standings = read_milestones(reader)
    units, phase_titles = titles(reader.all(Unit)), titles(reader.all(Phase))
    rows = tuple(
        (
            item.milestone.title,
            phase_titles.get(item.milestone.phase),
            item.milestone.gate,
            item.planned,
            item.forecast,
            item.milestone.actual,
            item.days_late,
            item.status.value,
            item.milestone.owner_role or units.get(item.milestone.unit),
        )
        for item in standings
    )
    drawn = [
        MilestoneRow(
            item.milestone.title,
            delay_note(item.status, item.days_late, say),
            item.status.value,
            item.planned or item.expected,
            item.expected,
            item.milestone.actual is not None,
            milestone_details(item, say),
        )
        for item in standings
    ]
    span = span_of((moment for row in drawn for moment in (row.planned, row.expected)), as_of)
    stand, message = say("schedule.as_of", day=day(as_of, lang)), _milestones_message(standings, say)
    return Draft(
        message=message,
        columns=(
            column(Milestone, "title", lang),
            column(Milestone, "phase", lang),
            column(Milestone, "gate", lang, "flag"),
            column(Milestone, "planned", lang, "day"),
            column(MilestoneForecast, "forecast", lang, "day"),
            column(Milestone, "actual", lang, "day"),
            TableColumn("days_late", say("schedule.days_late"), "whole"),
            TableColumn("status", say("schedule.status"), "status"),
            TableColumn("who", say("schedule.who")),
        ),
        rows=rows,
        unit=say("schedule.milestones_unit"),
        chart=(lambda tokens: milestones_chart(drawn, span, as_of, stand, tokens)) if span else None,
        alt=say("schedule.milestones_alt", n=len(rows), span=day_range(span.first, span.end, lang), message=message)
        if span
        else "",
        note=say("schedule.after_span", day=day(as_of, lang)) if span and as_of > span.end else "",
    )


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
