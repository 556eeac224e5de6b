"""How the forecasts of a milestone moved: the lines of the trend analysis and the slip of each milestone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from smartdash.analysis.schedule import MilestoneStanding
from smartdash.model.schedule import MilestoneForecast


@dataclass(frozen=True, slots=True)
class Report:
    """A reported forecast and by how many days it moved against the one before, or against the first plan.

    Below zero it moved to an earlier day; None: there is nothing to compare with.
    """

    reported_on: date
    forecast: date
    reason: str | None
    moved: int | None


@dataclass(frozen=True, slots=True)
class Trend:
    """A milestone with its forecasts in the order they were reported in, one a day."""

    standing: MilestoneStanding
    reports: tuple[Report, ...]

    @property
    def moves_later(self) -> int:
        """How often a forecast moved to a later day: the slips."""
        return sum((report.moved or 0) > 0 for report in self.reports)

    @property
    def moves_earlier(self) -> int:
        """How often a forecast moved to an earlier day; this is no slip."""
        return sum((report.moved or 0) < 0 for report in self.reports)

    @property
    def last_reason(self) -> str | None:
        """The reason of the last move, in either direction."""
        return next((report.reason for report in reversed(self.reports) if report.moved), None)


def slipped_out(before: date, after: date, period_end: date) -> bool:
    """Whether something due in a period is not any more: old date <= end of the period < new date.

    A date that moves within the period, or to an earlier day, has not slipped.
    """
    return before <= period_end < after


def trends(standings: Sequence[MilestoneStanding], forecasts: Iterable[MilestoneForecast]) -> list[Trend]:
    """The reports of each milestone, in the order of the standings; of two of one day the higher key counts.

    Source: milestone trend analysis over recorded forecasts.
    """
    by_milestone: dict[str, list[MilestoneForecast]] = defaultdict(list)
    for item in sorted(forecasts, key=lambda each: (each.reported_on, each.key)):
        by_milestone[item.milestone].append(item)
    return [Trend(item, _reports(item.first_planned, by_milestone[item.milestone.key])) for item in standings]


def _reports(plan: date | None, forecasts: Sequence[MilestoneForecast]) -> tuple[Report, ...]:
    of_day = {item.reported_on: item for item in forecasts}
    found, before = [], plan
    for item in of_day.values():
        moved = (item.forecast - before).days if before else None
        found.append(Report(item.reported_on, item.forecast, item.reason, moved))
        before = item.forecast
    return tuple(found)


def slips(standings: Sequence[MilestoneStanding], forecasts: Iterable[MilestoneForecast]) -> list[Trend]:
    """The same, the largest slip against the first plan on top, without one last."""
    found = trends(standings, forecasts)
    return sorted(found, key=lambda trend: (trend.standing.slip is None, -(trend.standing.slip or 0)))
