"""What asks for attention, in which order, and who acts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from smartdash.analysis.attention import Item, Subject, attention, newest_reports
from smartdash.analysis.baselines import Plan
from smartdash.analysis.impediments import ImpedimentStanding, impediment_standings
from smartdash.analysis.schedule import milestone_standings, phase_standings
from smartdash.analysis.status import Status
from smartdash.model.impediments import EscalationLevel, Impediment, ImpedimentKind
from smartdash.model.projects import Project, ReportDimension, StatusReport, TrafficLight
from smartdash.model.schedule import Milestone, MilestoneForecast, Phase

DAY = date(2026, 6, 30)
UNITS = {"it": "Amt für IT"}


def found(**given: Any) -> list[Item]:
    nothing: dict[str, Any] = dict.fromkeys(
        ("phases", "milestones", "deliverables", "key_results", "impediments", "reports", "projects"), ()
    )
    return attention(**{**nothing, **given}, units=UNITS, as_of=DAY)


def impediment(key: str, **values: Any) -> ImpedimentStanding:
    given = {"kind": ImpedimentKind.LEGAL, "raised_on": date(2026, 5, 1), "title": key, **values}
    return impediment_standings([Impediment(programme="p", key=key, **given)], [], [], DAY)[0]


def report(key: str, day: date, light: TrafficLight, **values: Any) -> StatusReport:
    needed: dict[str, Any] = {
        TrafficLight.GREEN: {},
        TrafficLight.YELLOW: {"measure": "m", "measure_due": DAY},
        TrafficLight.RED: {"cause": "c", "options": "a; b", "addressee": "Lenkungskreis"},
    }[light]
    return StatusReport(programme="p", key=key, reported_on=day, light=light, **{**needed, **values})


def test_nothing_asks_for_nothing() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("values", "status", "late"),
    [
        ({}, Status.AT_RISK, None),
        ({"due": date(2026, 7, 1)}, Status.AT_RISK, None),
        ({"due": DAY}, Status.AT_RISK, None),
        ({"due": date(2026, 6, 20)}, Status.AT_RISK, 10),
        ({"due": date(2026, 5, 1)}, Status.CRITICAL, 60),
        ({"due": date(2026, 7, 1), "escalation": EscalationLevel.STEERING}, Status.CRITICAL, None),
        ({"escalation": EscalationLevel.TOP}, Status.CRITICAL, None),
        ({"escalation": EscalationLevel.OFFICE}, Status.AT_RISK, None),
    ],
)
def test_an_open_impediment_is_red_where_others_must_decide(
    values: dict[str, Any], status: Status, late: int | None
) -> None:
    (item,) = found(impediments=[impediment("H1", **values)])
    assert (item.status, item.days_late) == (status, late)


def test_a_resolved_impediment_asks_nothing() -> None:
    assert found(impediments=[impediment("H1", due=date(2026, 5, 1), resolved_on=date(2026, 6, 1))]) == []


def test_only_the_newest_report_of_a_project_and_dimension_counts() -> None:
    project = Project(programme="p", key="V1", title="E-Akte")
    early = report("a", date(2026, 3, 31), TrafficLight.RED, project="V1")
    late = report("b", date(2026, 6, 30), TrafficLight.GREEN, project="V1")
    money = report("c", date(2026, 3, 31), TrafficLight.YELLOW, project="V1", dimension=ReportDimension.MONEY)
    assert {item.key for item in newest_reports([late, money, early])} == {"b", "c"}
    (item,) = found(reports=[early, late, money], projects=[project])
    assert (item.title, item.status, item.due, item.step) == ("E-Akte", Status.AT_RISK, DAY, "m")


def test_a_red_report_names_who_decides_and_the_options() -> None:
    (item,) = found(reports=[report("a", DAY, TrafficLight.RED)])
    assert (item.subject, item.title) == (Subject.REPORT, ""), "a report without a project speaks of the programme"
    assert (item.status, item.who, item.step) == (Status.CRITICAL, "Lenkungskreis", "a; b")


def test_reports_of_finished_projects_are_history() -> None:
    project = Project(programme="p", key="V1", title="E-Akte", actual_end=date(2026, 5, 1))
    assert found(reports=[report("a", DAY, TrafficLight.RED, project="V1")], projects=[project]) == []


def test_a_phase_with_a_closing_milestone_is_named_by_the_milestone_only() -> None:
    phases = [
        Phase(programme="p", key=key, title=key, planned_end=date(2026, 6, 1), actual_start=date(2026, 1, 1), unit="it")
        for key in ("A", "B")
    ]
    closing = Milestone(
        programme="p", key="M", title="M", phase="A", closes_phase=True, planned=date(2026, 6, 1), owner_role="Leitung"
    )
    forecast = MilestoneForecast(programme="p", milestone="M", reported_on=DAY, forecast=date(2026, 6, 20))
    standings = milestone_standings([closing], [forecast], DAY)
    items = found(phases=phase_standings(phases, standings, DAY), milestones=standings)
    assert [(item.subject, item.title, item.who) for item in items] == [
        (Subject.PHASE, "B", "Amt für IT"),
        (Subject.MILESTONE, "M", "Leitung"),
    ]
    assert [item.days_late for item in items] == [29, 29]


def test_the_most_severe_and_latest_come_first_and_silence_last() -> None:
    silent = milestone_standings([Milestone(programme="p", key="S", title="S", planned=date(2026, 1, 1))], [], DAY)
    items = found(
        milestones=silent,
        impediments=[
            impediment("gelb", due=date(2026, 6, 20)),
            impediment("rot", due=date(2026, 5, 20)),
            impediment("röter", due=date(2026, 4, 20)),
        ],
    )
    assert [item.title for item in items] == ["röter", "rot", "gelb", "S"]
    assert items[-1].status is Status.UNKNOWN


def test_a_report_on_a_phase_or_milestone_is_not_one_on_the_programme() -> None:
    milestone = Milestone(programme="p", key="M", title="Vergabe", planned=date(2026, 9, 1))
    reached = Milestone(programme="p", key="R", title="Start", planned=DAY, actual=DAY)
    reports = [
        report("a", DAY, TrafficLight.RED, subject="M"),
        report("b", DAY, TrafficLight.RED, subject="R"),
        report("c", DAY, TrafficLight.YELLOW),
        report("d", date(2026, 6, 1), TrafficLight.RED),
        report("e", DAY, TrafficLight.RED, subject="gone"),
    ]
    assert {item.key for item in newest_reports(reports)} == {"a", "b", "c", "e"}
    items = found(milestones=milestone_standings([milestone, reached], [], DAY), reports=reports)
    assert [(item.title, item.status) for item in items] == [("Vergabe", Status.CRITICAL), ("", Status.AT_RISK)]


def test_a_date_that_a_decision_moved_is_due_on_its_new_day() -> None:
    late = Milestone(programme="p", key="M", title="M", planned=date(2026, 3, 1))
    plans = {"M": Plan(None, date(2026, 6, 1))}
    (item,) = found(milestones=milestone_standings([late], [], DAY, plans))
    assert (item.due, item.days_late) == (date(2026, 6, 1), 29)
