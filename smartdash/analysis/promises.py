"""Promise keeping: which milestones were reached by the date that was promised when a quarter began."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from smartdash.analysis.baselines import first_plans, plans_in_force
from smartdash.analysis.schedule import newest_forecasts
from smartdash.analysis.trend import slipped_out
from smartdash.model.schedule import Baseline, BaselineDate, Milestone, MilestoneForecast


class Outcome(StrEnum):
    """Whether a milestone was reached by the date that held when its quarter began; open: it has not passed yet."""

    KEPT = "kept"
    MISSED = "missed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Promise:
    """A milestone with the date promised for it; `moved_out` tells whether it left the quarter for a later one."""

    milestone: Milestone
    promised: date
    outcome: Outcome
    moved_out: bool


@dataclass(frozen=True, slots=True)
class Quarter:
    """A calendar quarter with the promises that lay in it when it began; `running` until its last day has passed."""

    start: date
    end: date
    promises: tuple[Promise, ...]
    running: bool

    def count(self, outcome: Outcome) -> int:
        """How many promises ended that way."""
        return sum(promise.outcome is outcome for promise in self.promises)

    @property
    def share(self) -> Decimal | None:
        """Kept of all promised; None without a promise, and while one is open."""
        if not self.promises or self.count(Outcome.OPEN):
            return None
        return Decimal(self.count(Outcome.KEPT)) / len(self.promises)


def quarters(
    milestones: Sequence[Milestone],
    forecasts: Sequence[MilestoneForecast],
    baselines: Sequence[Baseline],
    dates: Sequence[BaselineDate],
    as_of: date,
) -> list[Quarter]:
    """Every calendar quarter from the first known date to the as-of date, also those without a promise.

    A promise is the date that held on the quarter's first day: the newest forecast or, where none was reported or a
    baseline was decided after it, the plan in force. It counts in the quarter it lies in, unless the milestone was
    reached before. It is kept if the milestone was reached by that date (Zusagetreue).
    """
    known = [day for item in milestones for day in (item.planned, item.actual) if day]
    known += [item.reported_on for item in forecasts]
    found = []
    start = quarter_start(min(known, default=as_of))
    while start <= as_of:
        end = quarter_start(start + timedelta(days=100)) - timedelta(days=1)
        dated = _dates_on(start, milestones, forecasts, baselines, dates)
        later = _dates_on(min(end, as_of), milestones, forecasts, baselines, dates)
        promises = tuple(
            _promise(item, day, later.get(item.key, day), end, as_of)
            for item in milestones
            if (day := dated.get(item.key)) and start <= day <= end and not (item.actual and item.actual < start)
        )
        found.append(Quarter(start, end, promises, as_of <= end))
        start = end + timedelta(days=1)
    return found


def _promise(milestone: Milestone, promised: date, later: date, end: date, as_of: date) -> Promise:
    reached = milestone.actual
    if reached:
        outcome = Outcome.KEPT if reached <= promised else Outcome.MISSED
    else:
        outcome = Outcome.OPEN if promised >= as_of else Outcome.MISSED
    return Promise(milestone, promised, outcome, slipped_out(promised, reached or max(later, as_of), end))


def _dates_on(
    day: date,
    milestones: Sequence[Milestone],
    forecasts: Iterable[MilestoneForecast],
    baselines: Sequence[Baseline],
    dates: Sequence[BaselineDate],
) -> dict[str, date]:
    """The date of each milestone as everybody knew it on a day: what was said last, by forecast or by decision."""
    plans = plans_in_force(first_plans(milestones, ()), baselines, dates, day)
    known = {key: plan.end for key, plan in plans.items() if plan.end}
    decided = {item.key: item.decided_on for item in baselines if item.decided_on <= day}
    last: dict[str, date] = {}
    for item in dates:
        if item.baseline in decided:
            last[item.subject] = max(decided[item.baseline], last.get(item.subject, decided[item.baseline]))
    reported = newest_forecasts(item for item in forecasts if item.reported_on <= day)
    for key, report in reported.items():
        if key not in last or report.reported_on >= last[key]:
            known[key] = report.forecast
    return known


def quarter_start(day: date) -> date:
    """The first day of a day's calendar quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
