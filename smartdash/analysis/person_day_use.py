"""Person-days worked against those bought, and against the time that has passed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartdash.analysis.budget import ZERO, months
from smartdash.analysis.status import Status
from smartdash.model.spending import PersonDayBudget, PersonDayUse


@dataclass(frozen=True, slots=True)
class DayUse:
    """A budget of person-days and what is worked of it, in days.

    `worked` is None before the first report. `due` is what was to be worked up to the end of the month of the last
    report, by days per month; without a report up to the as-of date. `until` is the end of the last month that the
    days suffice for at the pace so far, None without one.
    """

    budget: PersonDayBudget
    planned: Decimal
    worked: Decimal | None
    due: Decimal
    reported_on: date | None
    until: date | None
    as_of: date

    @property
    def left(self) -> Decimal | None:
        """Planned less worked; negative where more was worked."""
        return None if self.worked is None else self.planned - self.worked

    @property
    def ahead(self) -> Decimal:
        """By how many days more was worked than planned up to the last report; negative where it was less."""
        return (self.worked or ZERO) - self.due

    @property
    def status(self) -> Status:
        """Critical where more is worked than bought, at risk where it would not last; unknown without a report."""
        if self.worked is None:
            return Status.PLANNED if self.as_of < self.budget.start else Status.UNKNOWN
        if self.worked > self.planned:
            return Status.CRITICAL
        if self.as_of > self.budget.end:
            return Status.DONE
        return Status.AT_RISK if self.ahead > 0 else Status.ON_TRACK


def day_use(budget: PersonDayBudget, uses: Iterable[PersonDayUse], as_of: date) -> DayUse:
    """The use of a budget by its own reports up to the as-of date; months count as wholes, as they are bought."""
    spans = months(budget.start, budget.end)
    own = [use for use in uses if use.person_day_budget == budget.key]
    reported = max((use.reported_on for use in own), default=None)
    worked = sum((use.days for use in own), ZERO) if own else None
    passed = len([end for end in spans if end.replace(day=1) <= (reported or as_of)])
    planned = budget.days_per_month * len(spans)
    until = None
    if worked and worked > 0 and passed:
        until = spans[min(len(spans), max(1, int(planned * passed // worked))) - 1]
    return DayUse(budget, planned, worked, budget.days_per_month * passed, reported, until, as_of)
