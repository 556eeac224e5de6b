"""The plan in force: the first plan until a decision changes it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartdash.analysis.baselines import Plan, first_plans, moves, plans_in_force
from smartdash.analysis.schedule import milestone_standings, phase_standings
from smartdash.analysis.status import Status
from smartdash.model.projects import ReportDimension, StatusReport, TrafficLight
from smartdash.model.schedule import Baseline, BaselineDate, Milestone, MilestoneForecast, Phase

FIRST, SECOND, THIRD = date(2026, 3, 31), date(2026, 5, 31), date(2026, 8, 31)
DECIDED = date(2026, 4, 15)
MILESTONE = Milestone(programme="x", key="m", title="Ziel", planned=FIRST)
PHASE = Phase(programme="x", key="p", title="Phase", planned_start=date(2026, 1, 1), planned_end=FIRST)


def baseline(key: str, day: date) -> Baseline:
    return Baseline(programme="x", key=key, title=key, decided_on=day, decided_by="SVV", reason="Vergabe")


def dated(of: str, subject: str, end: date, start: date | None = None) -> BaselineDate:
    return BaselineDate(programme="x", baseline=of, subject=subject, planned_start=start, planned_end=end)


@pytest.mark.parametrize(
    ("on", "baselines", "dates", "expected"),
    [
        (SECOND, [], [], FIRST),
        (date(2026, 4, 14), [baseline("b1", DECIDED)], [dated("b1", "m", SECOND)], FIRST),
        (DECIDED, [baseline("b1", DECIDED)], [dated("b1", "m", SECOND)], SECOND),
        (DECIDED, [baseline("b1", DECIDED)], [dated("b1", "other", SECOND)], FIRST),
        (DECIDED, [], [dated("b1", "m", SECOND)], FIRST),
        (SECOND, [baseline("b2", DECIDED), baseline("b1", DECIDED)],
         [dated("b2", "m", THIRD), dated("b1", "m", SECOND)], THIRD),
        (SECOND, [baseline("b9", DECIDED), baseline("b1", SECOND)],
         [dated("b9", "m", THIRD), dated("b1", "m", SECOND)], SECOND),
        (date(2024, 2, 29), [baseline("b1", date(2024, 2, 29))], [dated("b1", "m", SECOND)], SECOND),
    ],
    ids=["none", "day before", "same day", "about another", "decision out of sight", "two of one day", "later one",
         "leap day"],
)  # fmt: skip
def test_a_baseline_is_in_force_from_the_day_of_its_decision(
    on: date, baselines: list[Baseline], dates: list[BaselineDate], expected: date
) -> None:
    assert plans_in_force(first_plans([MILESTONE], []), baselines, dates, on)["m"] == Plan(None, expected)


def test_an_end_alone_leaves_the_start_of_a_phase() -> None:
    baselines = [baseline("b1", DECIDED), baseline("b2", SECOND)]
    dates = [dated("b1", "p", SECOND, date(2026, 2, 1)), dated("b2", "p", THIRD)]
    found = moves(first_plans([], [PHASE]), {"p": "Phase"}, baselines, dates)
    assert [(move.title, move.after, move.start_days, move.end_days) for move in found] == [
        ("Phase", Plan(date(2026, 2, 1), SECOND), 31, 61),
        ("Phase", Plan(date(2026, 2, 1), THIRD), 0, 92),
    ]


def test_a_date_may_move_to_an_earlier_day() -> None:
    (move,) = moves(first_plans([MILESTONE], []), {}, [baseline("b1", DECIDED)], [dated("b1", "m", date(2026, 3, 1))])
    assert (move.end_days, move.start_days) == (-30, None)


def standings(as_of: date, forecasts: list[tuple[date, date]]) -> Any:
    reports = [
        MilestoneForecast(programme="x", milestone="m", reported_on=day, forecast=value) for day, value in forecasts
    ]
    dates = [dated("b1", "m", SECOND), dated("b1", "p", SECOND)]
    plans = plans_in_force(first_plans([MILESTONE], [PHASE]), [baseline("b1", DECIDED)], dates, as_of)
    milestones = milestone_standings([MILESTONE], reports, as_of, plans)
    return milestones[0], phase_standings([PHASE], milestones, as_of, plans)[0]


@pytest.mark.parametrize(
    ("as_of", "forecasts", "planned", "late", "slip", "status"),
    [
        (date(2026, 4, 10), [], FIRST, 10, 10, Status.UNKNOWN),
        (date(2026, 4, 20), [], SECOND, 0, 61, Status.PLANNED),
        (date(2026, 4, 20), [(date(2026, 4, 18), SECOND)], SECOND, 0, 61, Status.ON_TRACK),
        (date(2026, 4, 20), [(date(2026, 4, 18), date(2026, 6, 20))], SECOND, 20, 81, Status.AT_RISK),
        (date(2026, 4, 10), [(date(2026, 4, 1), SECOND)], FIRST, 61, 61, Status.CRITICAL),
    ],
    ids=["before the decision", "before any forecast", "on the new plan", "behind it", "decision still to come"],
)
def test_delay_counts_from_the_plan_in_force_and_slip_from_the_first(
    as_of: date, forecasts: list[tuple[date, date]], planned: date, late: int, slip: int, status: Status
) -> None:
    found, phase = standings(as_of, forecasts)
    assert (found.planned, found.first_planned, found.days_late, found.slip) == (planned, FIRST, late, slip)
    assert found.status is status
    assert (phase.planned_end, phase.first_end, phase.planned_start) == (planned, FIRST, PHASE.planned_start)


def report(day: int, subject: str | None, dimension: str = "overall", light: str = "green") -> StatusReport:
    return StatusReport(
        programme="x",
        subject=subject,
        reported_on=date(2026, 4, day),
        dimension=ReportDimension(dimension),
        light=TrafficLight(light),
    )


def test_the_newest_report_on_the_whole_or_the_dates_stands_beside_the_computed_status() -> None:
    reports = [report(9, "m", "money"), report(2, "m"), report(5, "m", "time"), report(8, None), report(3, "p")]
    milestones = milestone_standings([MILESTONE], [], DECIDED, reports=reports)
    (phase,) = phase_standings([PHASE], milestones, DECIDED, reports=reports)
    assert milestones[0].reported == report(5, "m", "time")
    assert phase.reported == report(3, "p")


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(st.lists(st.tuples(DAYS, DAYS), max_size=8), DAYS, st.randoms(use_true_random=False))
def test_standings_do_not_depend_on_the_order_of_reports_and_decisions(
    given_dates: list[tuple[date, date]], as_of: date, chance: Any
) -> None:
    forecasts = [
        MilestoneForecast(programme="x", key=str(index), milestone="m", reported_on=day, forecast=value)
        for index, (day, value) in enumerate(given_dates)
    ]
    baselines = [baseline(f"b{index}", day) for index, (day, _) in enumerate(given_dates)]
    dates = [dated(f"b{index}", "m", value) for index, (_, value) in enumerate(given_dates)]

    def result() -> Any:
        plans = plans_in_force(first_plans([MILESTONE], []), baselines, dates, as_of)
        return milestone_standings([MILESTONE], forecasts, as_of, plans)

    before = result()
    for items in (forecasts, baselines, dates):
        chance.shuffle(items)
    assert result() == before
