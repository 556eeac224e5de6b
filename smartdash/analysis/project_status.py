"""The computed status of a project in each dimension, with the rule that gave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from smartdash.analysis.okr import KeyResultStanding, RollUp, clamp, roll_up
from smartdash.analysis.status import (
    Status,
    Thresholds,
    status_of_delay,
    status_of_overrun,
    status_of_pace,
    thresholds,
    worst,
)
from smartdash.model.projects import Project, ProjectProgress, ProjectStage, ProjectState, ReportDimension


class Rule(StrEnum):
    """What decided the computed status of a dimension; the value is part of its message."""

    CLOSED = "closed"
    NOT_BEGUN = "not_begun"
    SILENT = "silent"
    OUTDATED = "outdated"
    NO_PLANNED_END = "no_planned_end"
    DELAY = "delay"
    NO_BUDGET = "no_budget"
    NO_FORECAST_COST = "no_forecast_cost"
    OVERRUN = "overrun"
    NO_BASE = "no_base"
    NO_COMPLETION = "no_completion"
    NO_PERIOD = "no_period"
    FIRST_DAYS = "first_days"
    PACE = "pace"
    NO_KEY_RESULT = "no_key_result"
    OTHER_CYCLE = "other_cycle"
    LOW_COVERAGE = "low_coverage"
    STAFF = "staff"
    WORST = "worst"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Dimension:
    """The computed status of a project in one dimension.

    `value` is what the rule was held against: days late for a delay, days since the last report for silence, else a
    share. `at_risk` and `critical` are the limits in the same measure; `version` is that of the thresholds.
    """

    dimension: ReportDimension
    status: Status
    rule: Rule
    value: Decimal | None
    at_risk: Decimal | None
    critical: Decimal | None
    version: str


@dataclass(frozen=True, slots=True)
class Course:
    """The dates, completion and cost of a project as known on a day.

    Each value is the last one reported, which need not stand in the last report. Shares are of one.
    """

    project: Project
    as_of: date
    reported_on: date | None
    stage: ProjectStage | None
    completion: Decimal | None
    expected_completion: Decimal | None
    expected_end: date | None
    days_late: int | None
    forecast_cost: Decimal | None
    overrun: Decimal | None
    closed: bool

    @classmethod
    def of(cls, project: Project, reports: Sequence[ProjectProgress], as_of: date) -> Course:
        """The course from the reports up to the day, in the order of time.

        A project is closed once its actual end or the phase "closed" is reported: its state alone has no date, so it
        cannot say whether it was over on an earlier day.
        """
        last = reports[-1] if reports else None
        stage = next((item.stage for item in reversed(reports) if item.stage), None)
        percent = next((item.completion for item in reversed(reports) if item.completion is not None), None)
        forecast = next((item.forecast_end for item in reversed(reports) if item.forecast_end), None)
        cost = next((item.forecast_cost for item in reversed(reports) if item.forecast_cost is not None), None)
        closed = project.actual_end is not None or stage is ProjectStage.CLOSED
        planned = forecast or project.planned_end
        end = project.actual_end
        if end is None and planned:
            end = planned if closed else max(planned, as_of)
        spent = project.final_cost if closed and project.final_cost is not None else cost
        return cls(
            project,
            as_of,
            last.reported_on if last else None,
            stage,
            None if percent is None else Decimal(percent) / 100,
            expected_completion(project, as_of),
            end,
            (end - project.planned_end).days if end and project.planned_end else None,
            cost,
            (spent - project.cost) / project.cost if spent is not None and project.cost else None,
            closed,
        )

    @property
    def waiting(self) -> bool:
        """Whether nothing has to be reported yet: it has not begun, and its planned start has not passed."""
        begun = self.project.actual_start or self.reported_on or self.closed
        due = self.project.planned_start or self.project.planned_end
        if begun or self.project.state is not ProjectState.PLANNED:
            return False
        return due is None or due >= self.as_of


@dataclass(frozen=True, slots=True)
class Judgement:
    """The computed status of each dimension, and the roll-up of progress that the benefit speaks of."""

    dimensions: tuple[Dimension, ...]
    benefit: RollUp


def expected_completion(project: Project, as_of: date) -> Decimal | None:
    """The share of the planned time that has passed, between 0 and 1; None without both dates or of one day.

    Linear: (day - planned start) / (planned end - planned start).
    """
    if not project.planned_start or not project.planned_end or project.planned_end == project.planned_start:
        return None
    days = Decimal((project.planned_end - project.planned_start).days)
    return clamp(Decimal((as_of - project.planned_start).days) / days)


def judge_project(course: Course, key_results: Sequence[KeyResultStanding], aligned: bool) -> Judgement:
    """The computed status of a project in every dimension; overall is the worst of those that can be computed.

    Silence is never green: a project that should report and does not is unknown overall, unless a dimension that can
    still be computed is at risk or critical.

    Args:
        course: The project's dates, completion and cost.
        key_results: Its key results of the running cycle.
        aligned: Whether it has key results at all.
    """
    limits = thresholds(course.as_of)
    benefit = roll_up(
        (item.key_result.weight, None if item.progress is None else clamp(item.progress)) for item in key_results
    )
    found = (
        _time(course, limits),
        _money(course, limits),
        _content(course, limits),
        Dimension(ReportDimension.STAFF, Status.UNKNOWN, Rule.STAFF, None, None, None, limits.version),
        _benefit(key_results, aligned, limits),
    )
    return Judgement((_overall(course, found, limits), *found), benefit)


def _silence(course: Course, dimension: ReportDimension, limits: Thresholds) -> Dimension | None:
    """The status where a project says nothing: closed, not begun, never reported, or reported too long ago."""
    interval = Decimal(limits.report_days)
    if course.closed:
        return Dimension(dimension, Status.DONE, Rule.CLOSED, None, None, None, limits.version)
    if course.waiting:
        return Dimension(dimension, Status.PLANNED, Rule.NOT_BEGUN, None, None, None, limits.version)
    if course.reported_on is None:
        return Dimension(dimension, Status.UNKNOWN, Rule.SILENT, None, interval, None, limits.version)
    value = (course.as_of - course.reported_on).days
    if value > limits.report_days:
        return Dimension(dimension, Status.UNKNOWN, Rule.OUTDATED, Decimal(value), interval, None, limits.version)
    return None


def _unknown(dimension: ReportDimension, rule: Rule, limits: Thresholds) -> Dimension:
    return Dimension(dimension, Status.UNKNOWN, rule, None, None, None, limits.version)


def _time(course: Course, limits: Thresholds) -> Dimension:
    if silent := _silence(course, ReportDimension.TIME, limits):
        return silent
    if course.days_late is None:
        return _unknown(ReportDimension.TIME, Rule.NO_PLANNED_END, limits)
    return Dimension(
        ReportDimension.TIME,
        status_of_delay(course.days_late, limits),
        Rule.DELAY,
        Decimal(course.days_late),
        Decimal(limits.days_at_risk),
        Decimal(limits.days_critical),
        limits.version,
    )


def _money(course: Course, limits: Thresholds) -> Dimension:
    dimension = ReportDimension.MONEY
    if silent := _silence(course, dimension, limits):
        return silent
    if course.project.cost is None:
        return _unknown(dimension, Rule.NO_BUDGET, limits)
    if course.forecast_cost is None:
        return _unknown(dimension, Rule.NO_FORECAST_COST, limits)
    if course.overrun is None:
        # No share of a budget of nothing: any cost at all is beyond it.
        status = Status.CRITICAL if course.forecast_cost else Status.ON_TRACK
        return Dimension(dimension, status, Rule.NO_BASE, course.forecast_cost, None, None, limits.version)
    status = status_of_overrun(course.overrun, limits)
    at_risk, critical = limits.money_at_risk, limits.money_critical
    return Dimension(dimension, status, Rule.OVERRUN, course.overrun, at_risk, critical, limits.version)


def _content(course: Course, limits: Thresholds) -> Dimension:
    dimension, start = ReportDimension.CONTENT, course.project.planned_start
    if silent := _silence(course, dimension, limits):
        return silent
    if course.completion is None:
        return _unknown(dimension, Rule.NO_COMPLETION, limits)
    if course.expected_completion is None or start is None:
        return _unknown(dimension, Rule.NO_PERIOD, limits)
    days = (course.as_of - start).days
    if days < limits.pace_from_day:
        first = Decimal(limits.pace_from_day)
        return Dimension(dimension, Status.PLANNED, Rule.FIRST_DAYS, Decimal(days), first, None, limits.version)
    return _paced(dimension, course.completion - course.expected_completion, limits)


def _paced(dimension: ReportDimension, pace: Decimal, limits: Thresholds) -> Dimension:
    at_risk, critical = limits.pace_at_risk, limits.pace_critical
    return Dimension(dimension, status_of_pace(pace, limits), Rule.PACE, pace, at_risk, critical, limits.version)


def _benefit(key_results: Sequence[KeyResultStanding], aligned: bool, limits: Thresholds) -> Dimension:
    """The weighted pace of the key results that have reported in time; too little coverage says nothing."""
    dimension = ReportDimension.BENEFIT
    if not key_results:
        return _unknown(dimension, Rule.OTHER_CYCLE if aligned else Rule.NO_KEY_RESULT, limits)
    rolled = roll_up(
        (item.key_result.weight, None if item.status is Status.UNKNOWN else item.pace) for item in key_results
    )
    if rolled.value is None or rolled.coverage < limits.coverage:
        return Dimension(
            dimension, Status.UNKNOWN, Rule.LOW_COVERAGE, rolled.coverage, limits.coverage, None, limits.version
        )
    return _paced(dimension, rolled.value, limits)


def _overall(course: Course, found: Sequence[Dimension], limits: Thresholds) -> Dimension:
    dimension = ReportDimension.OVERALL
    silent = _silence(course, dimension, limits)
    if silent and silent.status in (Status.DONE, Status.PLANNED):
        return silent
    status = worst(item.status for item in found if item.status is not Status.UNKNOWN)
    if silent and status not in (Status.AT_RISK, Status.CRITICAL):
        return silent
    rule = Rule.NOTHING if status is Status.UNKNOWN else Rule.WORST
    return Dimension(dimension, status, rule, None, None, None, limits.version)
