"""Whether the schedule agrees with itself: sub-steps, allowances, reported statuses and decided dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from smartdash.analysis.allowances import allowance_standings
from smartdash.analysis.baselines import Plan, first_plans, moves
from smartdash.analysis.checks import Check, CheckStatus
from smartdash.analysis.deviations import Agreement, agreement
from smartdash.analysis.schedule import milestone_standings, phase_standings
from smartdash.analysis.schedule_checks import check_allowances, check_baselines, check_reported, check_sub_steps
from smartdash.model.projects import StatusReport, TrafficLight
from smartdash.model.schedule import (
    Allowance,
    AllowanceUnit,
    AllowanceUse,
    Baseline,
    BaselineDate,
    Milestone,
    MilestoneForecast,
    Phase,
)
from smartdash.model.workshops import Event, EventFormat, EventKind

AS_OF = date(2026, 8, 15)


def violated(checks: list[Check]) -> list[str]:
    return [check.rule for check in checks if check.status is CheckStatus.VIOLATED]


@pytest.mark.parametrize(
    ("end", "status"), [(date(2024, 6, 30), CheckStatus.OK), (date(2024, 7, 1), CheckStatus.VIOLATED)]
)
def test_a_sub_step_must_end_within_its_phase(end: date, status: CheckStatus) -> None:
    outer = Phase(programme="p", key="a", title="A", planned_start=date(2024, 1, 1), planned_end=date(2024, 6, 30))
    inner = Phase(programme="p", key="b", title="B", parent="a", planned_start=date(2024, 2, 1), planned_end=end)
    [found] = check_sub_steps([outer, inner])
    assert (found.status, found.values["parent"]) == (status, "A")


def test_a_sub_step_is_measured_by_the_plan_in_force() -> None:
    first, later = date(2024, 6, 30), date(2024, 9, 30)
    phases = [
        Phase(programme="p", key=key, title=key, parent=parent, planned_start=date(2024, 1, 1), planned_end=first)
        for key, parent in (("a", None), ("b", "a"))
    ]
    plans = first_plans([], phases)
    moved = Plan(date(2024, 1, 1), later)
    assert violated(check_sub_steps(phases, plans)) == []
    assert violated(check_sub_steps(phases, {**plans, "b": moved})) == ["sub_step_inside"]
    assert violated(check_sub_steps(phases, {"a": moved, "b": moved})) == []
    assert check_sub_steps(phases, {"a": Plan(None, None), "b": moved}) == []


@pytest.mark.parametrize(
    ("amount", "expected"),
    [(None, []), ("8.9", []), ("9", ["allowance_near"]), ("10", ["allowance_near"]), ("10.1", ["allowance"])],
)
def test_an_allowance_nearly_used_or_overdrawn_is_found(amount: str | None, expected: list[str]) -> None:
    allowance = Allowance(programme="p", key="a", title="A", cap=Decimal(10), unit=AllowanceUnit.PERSON_DAY)
    uses = [AllowanceUse(programme="p", allowance="a", used_on=AS_OF, amount=Decimal(amount))] if amount else []
    assert violated(check_allowances(allowance_standings([allowance], [], uses, AS_OF), [])) == expected


def test_an_item_that_is_too_long_or_held_on_site_is_found() -> None:
    allowance = Allowance(
        programme="p", key="a", title="A", cap=Decimal(9), unit=AllowanceUnit.WORKSHOP, limit_minutes=60, digital=True
    )
    event = Event(
        programme="p", key="e", title="Long", kind=EventKind.WORKSHOP, held_on=AS_OF, minutes=61, allowance="a",
        format=EventFormat.ON_SITE,
    )  # fmt: skip
    checks = check_allowances(allowance_standings([allowance], [event], [], AS_OF), [event])
    assert violated(checks) == ["allowance_item", "allowance_on_site"]
    assert (checks[1].left, checks[1].right) == (61, 60)


def report(light: str, day: date = date(2026, 8, 1), reason: str | None = None) -> StatusReport:
    needed = {"measure": "m", "measure_due": AS_OF, "cause": "c", "options": "a; b", "addressee": "Rat"}
    return StatusReport(
        programme="p", subject="m", reported_on=day, light=TrafficLight(light), deviation_reason=reason, **needed
    )


LATE, HARDLY = date(2026, 9, 20), date(2026, 9, 8)


@pytest.mark.parametrize(
    ("values", "forecast", "given", "expected"),
    [
        ({}, LATE, None, None),
        ({}, LATE, report("yellow"), Agreement.SAME),
        ({}, LATE, report("green"), Agreement.UNEXPLAINED),
        ({}, LATE, report("red", reason="Der Rat entscheidet."), Agreement.EXPLAINED),
        ({}, LATE, report("green", date(2026, 7, 4)), Agreement.UNEXPLAINED),
        ({}, LATE, report("green", date(2026, 7, 3)), Agreement.OUTDATED),
        ({}, HARDLY, report("green"), Agreement.SAME),
        ({}, None, report("green"), Agreement.SAME),
        ({}, None, report("yellow"), Agreement.UNEXPLAINED),
        ({"actual": date(2026, 8, 10)}, None, report("green"), Agreement.SAME),
        ({"planned": date(2026, 8, 1)}, None, report("yellow"), Agreement.SAME),
        ({"planned": date(2026, 8, 1)}, None, report("green"), Agreement.UNEXPLAINED),
    ],
    ids=[
        "nothing reported", "same", "greener", "with reason", "six weeks old", "older", "within a week", "planned",
        "worse than planned", "reached", "overdue in silence, yellow", "overdue in silence, green",
    ],
)  # fmt: skip
def test_a_reported_status_agrees_or_gives_its_reason(
    values: dict[str, Any], forecast: date | None, given: StatusReport | None, expected: Agreement | None
) -> None:
    milestone = Milestone(programme="p", key="m", title="M", **{"planned": date(2026, 9, 1), **values})
    forecasts = [
        MilestoneForecast(programme="p", milestone="m", reported_on=date(2026, 8, 1), forecast=day)
        for day in [forecast]
        if day
    ]
    reports = [given] if given else []
    (standing,) = milestone_standings([milestone], forecasts, AS_OF, reports=reports)
    assert agreement(standing, AS_OF) is expected
    found = violated(check_reported([standing], AS_OF))
    assert found == (["reported_status"] if expected is Agreement.UNEXPLAINED else [])


def test_a_phase_of_which_nothing_is_known_cannot_disagree() -> None:
    phase = Phase(programme="p", key="m", title="P", planned_end=date(2026, 8, 1))
    (standing,) = phase_standings([phase], [], AS_OF, reports=[report("green")])
    assert check_reported([standing], AS_OF) == []


@pytest.mark.parametrize(
    ("actual", "status"),
    [
        (None, CheckStatus.OK),
        (date(2026, 5, 2), CheckStatus.OK),
        (date(2026, 5, 1), CheckStatus.VIOLATED),
        (date(2026, 4, 1), CheckStatus.VIOLATED),
    ],
)
def test_a_decision_moves_no_date_that_was_reached(actual: date | None, status: CheckStatus) -> None:
    milestone = Milestone(programme="p", key="m", title="M", planned=date(2026, 4, 1), actual=actual)
    decided = Baseline(programme="p", key="b", title="B", decided_on=date(2026, 5, 1), decided_by="rat", reason="r")
    dates = [BaselineDate(programme="p", baseline="b", subject="m", planned_end=AS_OF)]
    (found,) = check_baselines(moves(first_plans([milestone], []), {}, [decided], dates), [milestone], [])
    assert found.status is status
