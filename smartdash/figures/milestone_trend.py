"""Figures of how the dates of milestones moved: trend analysis and slip list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from smartdash.analysis.trend import Report, Trend, slips, trends
from smartdash.charts.timeline import span_of
from smartdash.charts.tokens import STATUS_SIGNS
from smartdash.charts.trend import TrendLine, TrendPoint, trend_chart
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.delays import LATE
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.standings import read_milestones
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import day, days
from smartdash.model.schedule import Milestone, MilestoneForecast
from smartdash.store import Reader

_MONTH = timedelta(days=30)


@figure("schedule.trend", page="milestones", needs=("milestone", "milestone_forecast"), options=("milestones",))
def trend(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Milestone trend analysis: the forecasts of the chosen milestones over the days they were reported on."""
    lang, as_of = say.lang, reader.scope.as_of
    everything = [item for item in trends(read_milestones(reader), reader.all(MilestoneForecast)) if item.reports]
    offered = {name: say(f"milestones.show_{name}") for name in ("all", "gates", "late")}
    offered |= {item.standing.milestone.key: item.standing.milestone.title for item in everything}
    option = choice("milestones", say("milestones.shown"), offered, chosen)
    found = [item for item in everything if _is_shown(item, option.chosen)]
    lines = [_line(item, say) for item in found]
    message = _trend_message(found, say)
    across = span_of((point.reported_on for line in lines for point in line.path), as_of)
    # A month around the dates, so that a move of a few days does not fill the whole height.
    ends = (point.forecast + margin for line in lines for point in line.path for margin in (-_MONTH, _MONTH))
    up = span_of(ends, as_of)
    return Draft(
        message=message,
        columns=(
            column(MilestoneForecast, "milestone", lang),
            column(MilestoneForecast, "reported_on", lang, "day"),
            column(MilestoneForecast, "forecast", lang, "day"),
            TableColumn("moved", say("milestones.moved"), "whole"),
            column(MilestoneForecast, "reason", lang),
            column(Milestone, "actual", lang, "day"),
        ),
        rows=tuple(
            (
                item.standing.milestone.title,
                report.reported_on,
                report.forecast,
                report.moved,
                report.reason,
                item.standing.milestone.actual,
            )
            for item in found
            for report in item.reports
        ),
        unit=say("milestones.trend_unit"),
        chart=(lambda tokens: trend_chart(lines, across, up, say("milestones.reached_line"), tokens))
        if across and up
        else None,
        alt=say("milestones.trend_alt", n=len(found), message=message) if found else "",
        options=(option,),
    )


def _is_shown(item: Trend, chosen: str) -> bool:
    if chosen == "gates":
        return item.standing.milestone.gate
    if chosen == "late":
        return item.standing.status in LATE
    return chosen in ("all", item.standing.milestone.key)


def _line(item: Trend, say: Words) -> TrendLine:
    standing = item.standing
    points = tuple(_point(standing.milestone.title, report, say) for report in item.reports)
    reached = standing.milestone.actual
    end = None
    if reached:
        details = {**points[-1].details, say("schedule.reached"): day(reached, say.lang)}
        end = TrendPoint(reached, reached, details)
    label = f"{STATUS_SIGNS[standing.status.value]} {standing.milestone.title}"
    return TrendLine(label, standing.status.value, points, end)


def _point(title: str, report: Report, say: Words) -> TrendPoint:
    return TrendPoint(
        report.reported_on,
        report.forecast,
        {
            say("schedule.milestone"): title,
            say("milestones.reported_on"): day(report.reported_on, say.lang),
            say("schedule.forecast"): day(report.forecast, say.lang),
            say("milestones.moved"): days(report.moved, say.lang),
            say("milestones.reason"): report.reason or "–",
        },
    )


def _trend_message(found: Sequence[Trend], say: Words) -> str:
    if not found:
        return say("milestones.trend_none")
    slipped = [item for item in found if item.moves_later]
    if not slipped:
        return say("milestones.trend_steady", n=len(found))
    most = max(slipped, key=lambda item: (item.moves_later, item.standing.slip or 0))
    values = {
        "title": most.standing.milestone.title,
        "times": say("milestones.times", n=most.moves_later),
        "days_moved": say("milestones.days_moved", n=_moved(most)),
    }
    if len(found) == 1:
        return say("milestones.trend_one", n=None, **values)
    return say("milestones.trend_slipped", n=len(slipped), all=str(len(found)), **values)


def _moved(item: Trend) -> int:
    """Days that the forecasts moved later, all moves to a later day together."""
    return sum(report.moved for report in item.reports if report.moved and report.moved > 0)


@figure("schedule.slips", page="milestones", needs=("milestone",))
def slip_list(reader: Reader, say: Words) -> Draft:
    """Each milestone with its first plan, its plan in force, its newest date, its slip and how often it moved."""
    lang = say.lang
    found = slips(read_milestones(reader), reader.all(MilestoneForecast))
    return Draft(
        message=_slip_message(found, say),
        columns=(
            column(Milestone, "title", lang),
            TableColumn("slip", say("milestones.slip"), "whole"),
            TableColumn("moves_later", say("milestones.moves_later"), "whole"),
            TableColumn("moves_earlier", say("milestones.moves_earlier"), "whole"),
            TableColumn("last_reason", say("milestones.last_reason")),
            TableColumn("first_planned", say("milestones.first_planned"), "day"),
            TableColumn("planned", say("milestones.planned"), "day"),
            column(MilestoneForecast, "forecast", lang, "day"),
            column(Milestone, "actual", lang, "day"),
        ),
        rows=tuple(
            (
                item.standing.milestone.title,
                item.standing.slip,
                item.moves_later if item.reports else None,
                item.moves_earlier if item.reports else None,
                item.last_reason,
                item.standing.first_planned,
                item.standing.planned,
                item.standing.forecast,
                item.standing.milestone.actual,
            )
            for item in found
        ),
        unit=say("milestones.slips_unit"),
        note=say("milestones.slips_note"),
    )


def _slip_message(found: Sequence[Trend], say: Words) -> str:
    slipped = [item for item in found if (item.standing.slip or 0) > 0]
    earlier = sum((item.standing.slip or 0) < 0 for item in found)
    if not found:
        return say("schedule.no_milestone_yet")
    if slipped:
        sentence = say(
            "milestones.slipped",
            n=len(slipped),
            all=str(len(found)),
            title=slipped[0].standing.milestone.title,
            days=say("schedule.by_days", n=slipped[0].standing.slip or 0),
        )
    else:
        sentence = say("milestones.none_slipped", n=len(found))
    return f"{sentence} {say('milestones.earlier', n=earlier)}" if earlier else sentence
