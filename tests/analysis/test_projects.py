"""Project standings: each formula as a table of cases, and the laws that hold for any projects."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from okr_records import HALF, change, check_in, cycle, standing

from smartdash.analysis.deviations import Agreement
from smartdash.analysis.project_status import Rule, expected_completion
from smartdash.analysis.projects import (
    ProjectRecords,
    ProjectStanding,
    budget_total,
    by_field,
    project_standings,
    reported_status,
)
from smartdash.analysis.status import Status, worst
from smartdash.model.okr import Alignment
from smartdash.model.projects import (
    Project,
    ProjectField,
    ProjectProgress,
    ProjectStage,
    ProjectState,
    ReportDimension,
    StatusReport,
    TrafficLight,
)
from smartdash.model.workshops import Link, LinkKind

AS_OF = HALF
START, END = date(2026, 1, 1), date(2026, 4, 11)
TIME, MONEY, CONTENT = ReportDimension.TIME, ReportDimension.MONEY, ReportDimension.CONTENT
BENEFIT, OVERALL = ReportDimension.BENEFIT, ReportDimension.OVERALL


def project(**values: Any) -> Project:
    given = {"key": "v", "title": "V", "state": ProjectState.RUNNING, "planned_start": START, "planned_end": END}
    return Project(programme="p", **{**given, **values})


def progress(day: date = AS_OF, **values: Any) -> ProjectProgress:
    return ProjectProgress(programme="p", project="v", reported_on=day, **values)


def stands(one: Project, *reports: ProjectProgress, as_of: date = AS_OF, **records: Any) -> ProjectStanding:
    (found,) = project_standings([one], ProjectRecords(reports, **records), [], None, as_of)
    return found


def judged(found: ProjectStanding, dimension: ReportDimension) -> tuple[Status, Rule]:
    computed = found.dimensions[dimension].computed
    return computed.status, computed.rule


@pytest.mark.parametrize(
    ("late", "status"),
    [
        (-10, Status.ON_TRACK),
        (7, Status.ON_TRACK),
        (8, Status.AT_RISK),
        (31, Status.AT_RISK),
        (32, Status.CRITICAL),
    ],
)
def test_the_forecast_end_is_held_against_the_planned_one(late: int, status: Status) -> None:
    found = stands(project(), progress(forecast_end=END + timedelta(late)))
    assert (found.days_late, judged(found, TIME)) == (late, (status, Rule.DELAY))


def test_an_end_that_has_passed_is_expected_today_at_the_earliest() -> None:
    day = END + timedelta(10)
    found = stands(project(), progress(day, forecast_end=END), as_of=day)
    assert (found.expected_end, found.days_late, found.status) == (day, 10, Status.AT_RISK)


@pytest.mark.parametrize(
    ("cost", "forecast", "status", "rule"),
    [
        (None, "5", Status.UNKNOWN, Rule.NO_BUDGET),
        ("100", None, Status.UNKNOWN, Rule.NO_FORECAST_COST),
        ("100", "0", Status.ON_TRACK, Rule.OVERRUN),
        ("100", "110", Status.ON_TRACK, Rule.OVERRUN),
        ("100", "110.01", Status.AT_RISK, Rule.OVERRUN),
        ("100", "120", Status.AT_RISK, Rule.OVERRUN),
        ("100", "120.01", Status.CRITICAL, Rule.OVERRUN),
        ("0", "0", Status.ON_TRACK, Rule.NO_BASE),
        ("0", "1", Status.CRITICAL, Rule.NO_BASE),
    ],
)
def test_the_forecast_cost_is_held_against_the_budget(
    cost: str | None, forecast: str | None, status: Status, rule: Rule
) -> None:
    found = stands(project(cost=cost and D(cost)), progress(forecast_cost=forecast and D(forecast)))
    assert judged(found, MONEY) == (status, rule)


@pytest.mark.parametrize(
    ("percent", "status"),
    [(100, Status.ON_TRACK), (35, Status.ON_TRACK), (34, Status.AT_RISK), (20, Status.AT_RISK), (19, Status.CRITICAL)],
)
def test_completion_is_held_against_half_of_the_planned_time(percent: int, status: Status) -> None:
    assert judged(stands(project(), progress(completion=percent)), CONTENT) == (status, Rule.PACE)


@pytest.mark.parametrize(
    ("start", "end", "day", "share"),
    [
        (START, END, START - timedelta(1), "0"),
        (START, END, HALF, "0.5"),
        (START, END, END + timedelta(1), "1"),
        (date(2024, 2, 28), date(2024, 3, 1), date(2024, 2, 29), "0.5"),
        (START, START, START, None),
        (None, END, HALF, None),
        (START, None, HALF, None),
    ],
)
def test_expected_completion_is_the_planned_time_that_has_passed(
    start: date | None, end: date | None, day: date, share: str | None
) -> None:
    expected = None if share is None else D(share)
    assert expected_completion(project(planned_start=start, planned_end=end), day) == expected


def test_the_first_days_have_no_pace() -> None:
    day = START + timedelta(13)
    assert judged(stands(project(), progress(day, completion=0), as_of=day), CONTENT)[1] is Rule.FIRST_DAYS
    later = START + timedelta(14)
    assert judged(stands(project(), progress(later, completion=0), as_of=later), CONTENT)[1] is Rule.PACE


@pytest.mark.parametrize(
    ("one", "reports", "status", "rule"),
    [
        (project(), (), Status.UNKNOWN, Rule.SILENT),
        (project(), (progress(AS_OF - timedelta(43), completion=90),), Status.UNKNOWN, Rule.OUTDATED),
        (project(), (progress(AS_OF - timedelta(42), completion=90),), Status.ON_TRACK, Rule.WORST),
        (project(state=ProjectState.PLANNED, planned_start=AS_OF), (), Status.PLANNED, Rule.NOT_BEGUN),
        (project(state=ProjectState.PLANNED), (), Status.UNKNOWN, Rule.SILENT),
        (project(actual_end=AS_OF), (), Status.DONE, Rule.CLOSED),
        (project(), (progress(stage=ProjectStage.CLOSED),), Status.DONE, Rule.CLOSED),
        (project(state=ProjectState.COMPLETED), (), Status.UNKNOWN, Rule.SILENT),
        (project(planned_end=None), (progress(),), Status.UNKNOWN, Rule.NOTHING),
    ],
)
def test_silence_is_never_green(one: Project, reports: tuple[ProjectProgress, ...], status: Status, rule: Rule) -> None:
    assert judged(stands(one, *reports), OVERALL) == (status, rule)


def test_a_report_of_tomorrow_is_not_known_today_and_a_value_left_out_stays() -> None:
    found = stands(
        project(),
        progress(AS_OF - timedelta(5), completion=40),
        progress(comment="nothing new"),
        progress(AS_OF + timedelta(1), completion=99),
    )
    assert found.completion == D("0.4")
    assert found.progress
    assert found.progress.reported_on == AS_OF


def test_total_cost_and_attainment_count_only_after_the_end() -> None:
    values = {"final_cost": D(130), "cost": D(100), "attainment": D(80)}
    running, over = stands(project(**values), progress()), stands(project(**values, actual_end=AS_OF))
    assert (running.final_cost, running.attainment) == (None, None)
    assert (over.final_cost, over.attainment, over.course.overrun) == (D(130), D("0.8"), D("0.3"))


def test_staff_cannot_be_computed() -> None:
    found = stands(project(), progress(completion=50))
    assert judged(found, ReportDimension.STAFF) == (Status.UNKNOWN, Rule.STAFF)
    assert found.status is Status.ON_TRACK


@pytest.mark.parametrize("through_a_measure", [True, False])
@pytest.mark.parametrize(("value", "status"), [("50", Status.ON_TRACK), ("30", Status.AT_RISK), ("0", Status.CRITICAL)])
def test_the_benefit_is_the_pace_of_the_key_results(through_a_measure: bool, value: str, status: Status) -> None:
    result = standing(change(), [check_in(value, AS_OF)], AS_OF)
    alignments = [] if through_a_measure else [Alignment(programme="p", origin="v", target="k")]
    kind = LinkKind.IMPLEMENTED_BY
    links = [Link(programme="p", origin="m", target=to, kind=kind) for to in ("v", "k")] if through_a_measure else []
    records = ProjectRecords([progress()], alignments=alignments, links=links)
    (found,) = project_standings([project()], records, [result], cycle().key, AS_OF)
    assert judged(found, BENEFIT) == (status, Rule.PACE)
    assert (found.key_results, found.benefit.coverage) == (("k",), D(1))
    (other,) = project_standings([project()], records, [result], "another", AS_OF)
    assert judged(other, BENEFIT) == (Status.UNKNOWN, Rule.OTHER_CYCLE)


def test_key_results_without_a_check_in_leave_the_benefit_grey() -> None:
    result = standing(change(), [], AS_OF)
    records = ProjectRecords([progress()], alignments=[Alignment(programme="p", origin="v", target="k")])
    (found,) = project_standings([project()], records, [result], cycle().key, AS_OF)
    assert judged(found, BENEFIT) == (Status.UNKNOWN, Rule.LOW_COVERAGE)


def report(light: TrafficLight, day: date = AS_OF, **values: Any) -> StatusReport:
    needed = {"measure": "m", "measure_due": END, "cause": "c", "options": "a; b", "addressee": "x"}
    return StatusReport(
        programme="p", project="v", reported_on=day, dimension=TIME, light=light, **{**needed, **values}
    )


@pytest.mark.parametrize(
    ("reports", "agreement", "status"),
    [
        ([], None, None),
        ([report(TrafficLight.GREEN)], Agreement.SAME, Status.ON_TRACK),
        ([report(TrafficLight.RED)], Agreement.UNEXPLAINED, Status.CRITICAL),
        ([report(TrafficLight.RED, deviation_reason="r")], Agreement.EXPLAINED, Status.CRITICAL),
        ([report(TrafficLight.RED, AS_OF - timedelta(42))], Agreement.UNEXPLAINED, Status.CRITICAL),
        ([report(TrafficLight.RED, AS_OF - timedelta(43))], Agreement.OUTDATED, Status.UNKNOWN),
        (
            [report(TrafficLight.RED, AS_OF - timedelta(1)), report(TrafficLight.GREEN)],
            Agreement.SAME,
            Status.ON_TRACK,
        ),
        ([report(TrafficLight.RED, AS_OF + timedelta(1))], None, None),
    ],
)
def test_the_reported_status_stands_beside_the_computed_one(
    reports: list[StatusReport], agreement: Agreement | None, status: Status | None
) -> None:
    beside = stands(project(), progress(forecast_end=END), reports=reports).dimensions[TIME]
    assert (beside.agreement, reported_status(beside)) == (agreement, status)


FIELDS = st.lists(st.sampled_from("abc"), max_size=3)
PROJECTS = st.lists(st.tuples(st.integers(0, 1000), FIELDS), max_size=8)


@given(PROJECTS)
def test_a_project_in_several_fields_is_counted_once_in_every_total(made: list[tuple[int, list[str]]]) -> None:
    projects = [
        project(key=f"v{place}", cost=D(cost), field_of_work=own[0] if own else None)
        for place, (cost, own) in enumerate(made)
    ]
    more = [
        ProjectField(programme="p", key=f"f{place}{part}", project=f"v{place}", field_of_work=field)
        for place, (_, own) in enumerate(made)
        for part, field in enumerate(own)
    ]
    found = project_standings(projects, ProjectRecords(fields=more), [], None, AS_OF)
    groups = by_field(found)
    shown = [item for group in groups.values() for item in group]
    assert budget_total(shown) == budget_total(found) == (sum(D(cost) for cost, _ in made) if made else None)
    assert all(len({item.project.key for item in group}) == len(group) for group in groups.values())


@given(st.integers(-60, 60), st.integers(0, 100), st.integers(0, 300))
def test_overall_is_the_worst_of_what_can_be_computed(late: int, percent: int, cost: int) -> None:
    one = progress(forecast_end=END + timedelta(late), completion=percent, forecast_cost=D(cost))
    found = stands(project(cost=D(100)), one)
    known = [found.dimensions[item].computed.status for item in (TIME, MONEY, CONTENT)]
    assert found.status is worst(known)
