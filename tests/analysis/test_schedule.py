from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from smartdash.analysis.schedule import (
    DeliverableState,
    current_phase,
    deliverable_standings,
    deliverable_state,
    milestone_standings,
    newest_forecasts,
    phase_standings,
)
from smartdash.analysis.status import Status
from smartdash.analysis.trees import tree_order
from smartdash.model.schedule import (
    Deliverable,
    DeliverableContent,
    Milestone,
    MilestoneForecast,
    Phase,
)

AS_OF = date(2026, 8, 15)
BEFORE, AFTER = date(2026, 8, 1), date(2026, 9, 1)


def phase(key: str = "p", **values: Any) -> Phase:
    return Phase(programme="x", key=key, title=key, **values)


def milestone(key: str = "m", planned: date = AFTER, **values: Any) -> Milestone:
    return Milestone(programme="x", key=key, title=key, planned=planned, **values)


def forecast(day: date, *, reported: date = BEFORE, of: str = "m", key: str | None = None) -> MilestoneForecast:
    values = {"key": key} if key else {}
    return MilestoneForecast(programme="x", milestone=of, reported_on=reported, forecast=day, **values)


@pytest.mark.parametrize(
    ("planned", "actual", "forecasts", "expected", "late", "status"),
    [
        # nothing reported
        (AFTER, None, [], AFTER, 0, Status.PLANNED),
        (AS_OF, None, [], AS_OF, 0, Status.PLANNED),
        (BEFORE, None, [], AS_OF, 14, Status.UNKNOWN),
        # reached early, on a leap day, late
        (AFTER, BEFORE, [], BEFORE, -31, Status.DONE),
        (date(2024, 2, 28), date(2024, 3, 1), [], date(2024, 3, 1), 2, Status.DONE),
        (date(2024, 2, 29), date(2025, 2, 28), [], date(2025, 2, 28), 365, Status.DONE),
        # a forecast ahead of the plan, on it, a week and a month behind it
        (AFTER, None, [date(2026, 8, 20)], date(2026, 8, 20), -12, Status.ON_TRACK),
        (AFTER, None, [AFTER], AFTER, 0, Status.ON_TRACK),
        (AFTER, None, [date(2026, 9, 8)], date(2026, 9, 8), 7, Status.ON_TRACK),
        (AFTER, None, [date(2026, 9, 9)], date(2026, 9, 9), 8, Status.AT_RISK),
        (AFTER, None, [date(2026, 10, 3)], date(2026, 10, 3), 32, Status.CRITICAL),
        # a forecast that has passed moves to the as-of date and keeps growing
        (BEFORE, None, [date(2026, 8, 5)], AS_OF, 14, Status.AT_RISK),
        (AFTER, None, [date(2026, 8, 5)], AS_OF, -17, Status.ON_TRACK),
        # the actual date beats every forecast
        (BEFORE, BEFORE, [date(2026, 12, 1)], BEFORE, 0, Status.DONE),
    ],
)
def test_a_milestone_counts_with_what_is_known_of_it(
    planned: date, actual: date | None, forecasts: list[date], expected: date, late: int, status: Status
) -> None:
    reports = [forecast(day) for day in forecasts]
    (standing,) = milestone_standings([milestone(planned=planned, actual=actual)], reports, AS_OF)
    assert (standing.expected, standing.days_late, standing.status) == (expected, late, status)


def test_the_last_reported_forecast_counts_and_the_higher_key_within_a_day() -> None:
    later = forecast(date(2026, 10, 1), reported=date(2026, 8, 2), key="a")
    same_day = forecast(date(2026, 11, 1), reported=date(2026, 8, 2), key="b")
    newest = newest_forecasts([same_day, forecast(date(2026, 12, 1)), later])
    assert newest["m"].forecast == date(2026, 11, 1)


def test_milestones_stand_in_order_of_their_plan() -> None:
    found = milestone_standings([milestone("b"), milestone("a"), milestone("c", BEFORE)], [], AS_OF)
    assert [standing.milestone.key for standing in found] == ["c", "a", "b"]


START, END = date(2026, 3, 1), date(2026, 8, 31)


@pytest.mark.parametrize(
    ("values", "expected_end", "late", "status"),
    [
        ({}, None, None, Status.PLANNED),
        ({"planned_start": AFTER, "planned_end": AFTER}, AFTER, None, Status.PLANNED),
        ({"planned_start": AS_OF, "planned_end": AFTER}, AFTER, None, Status.PLANNED),
        ({"planned_start": START, "planned_end": END}, END, None, Status.UNKNOWN),
        ({"planned_end": BEFORE}, BEFORE, None, Status.UNKNOWN),
        ({"planned_start": START}, None, None, Status.UNKNOWN),
        ({"actual_start": START}, None, None, Status.ON_TRACK),
        ({"planned_end": END, "actual_start": START}, END, 0, Status.ON_TRACK),
        ({"planned_end": date(2026, 8, 5), "actual_start": START}, AS_OF, 10, Status.AT_RISK),
        ({"planned_end": date(2026, 7, 1), "actual_start": START}, AS_OF, 45, Status.CRITICAL),
        ({"planned_end": END, "actual_start": START, "actual_end": BEFORE}, BEFORE, -30, Status.DONE),
        ({"actual_start": START, "actual_end": BEFORE}, BEFORE, None, Status.DONE),
    ],
)
def test_a_phase_counts_with_what_is_known_of_it(
    values: dict[str, date], expected_end: date | None, late: int | None, status: Status
) -> None:
    (standing,) = phase_standings([phase(**values)], [], AS_OF)
    assert (standing.expected_end, standing.days_late, standing.status) == (expected_end, late, status)


@pytest.mark.parametrize(
    ("closes", "actual", "reported", "expected_end", "late", "status"),
    [
        (True, None, date(2026, 9, 30), date(2026, 9, 30), 30, Status.AT_RISK),
        (True, None, date(2026, 8, 25), date(2026, 8, 25), -6, Status.ON_TRACK),
        (False, None, date(2026, 9, 30), END, 0, Status.ON_TRACK),
        (True, None, None, END, 0, Status.ON_TRACK),
        (True, date(2026, 8, 10), None, date(2026, 8, 10), -21, Status.DONE),
    ],
)
def test_the_milestone_that_closes_a_phase_says_when_it_ends(
    closes: bool, actual: date | None, reported: date | None, expected_end: date, late: int, status: Status
) -> None:
    closing = milestone(planned=END, actual=actual, phase="p", closes_phase=closes)
    reports = [forecast(reported)] if reported else []
    milestones = milestone_standings([closing], reports, AS_OF)
    (standing,) = phase_standings([phase(planned_end=END, actual_start=START)], milestones, AS_OF)
    assert (standing.expected_end, standing.days_late, standing.status) == (expected_end, late, status)


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        ({}, []),
        ({"b": None, "a": None}, [("b", 0), ("a", 0)]),
        ({"a1": "a", "b": None, "a": None, "a11": "a1"}, [("b", 0), ("a", 0), ("a1", 1), ("a11", 2)]),
        ({"a": "elsewhere"}, [("a", 0)]),
        ({"a": "b", "b": "a", "c": None}, [("c", 0), ("a", 0), ("b", 0)]),
    ],
    ids=["empty", "given order", "sub-steps", "parent out of sight", "circle"],
)
def test_sub_steps_follow_their_phase_and_none_is_lost(
    parents: dict[str, str | None], expected: list[tuple[str, int]]
) -> None:
    ordered = tree_order([phase(key, parent=parent) for key, parent in parents.items()])
    assert [(item.key, depth) for item, depth, _ in ordered] == expected


@pytest.mark.parametrize(
    ("phases", "expected"),
    [
        ([], None),
        ([phase("a", planned_start=START, planned_end=BEFORE)], None),
        ([phase("a", planned_start=START, planned_end=AS_OF)], "a"),
        ([phase("a", planned_start=START, planned_end=END), phase("b", actual_start=START)], "b"),
        ([phase("a", planned_start=START, planned_end=END, actual_end=BEFORE)], None),
        ([phase("a"), phase("a1", parent="a", actual_start=START)], None),
    ],
)
def test_the_current_phase_is_the_one_begun_else_the_one_planned(phases: list[Phase], expected: str | None) -> None:
    found = current_phase(phase_standings(phases, [], AS_OF), AS_OF)
    assert (found.phase.key if found else None) == expected


@pytest.mark.parametrize(
    ("due", "delivered", "covered", "status", "counts"),
    [
        (None, None, [], Status.PLANNED, (0, 0)),
        (AS_OF, None, [], Status.PLANNED, (0, 0)),
        (BEFORE, None, [], Status.UNKNOWN, (0, 0)),
        (BEFORE, None, [None, None], Status.UNKNOWN, (2, 0)),
        (BEFORE, None, [BEFORE, None], Status.AT_RISK, (2, 1)),
        (date(2026, 7, 1), None, [BEFORE], Status.CRITICAL, (1, 1)),
        (date(2026, 7, 1), BEFORE, [None], Status.DONE, (1, 0)),
    ],
)
def test_a_deliverable_is_overdue_or_silent_but_never_green_by_itself(
    due: date | None, delivered: date | None, covered: list[date | None], status: Status, counts: tuple[int, int]
) -> None:
    deliverable = Deliverable(programme="x", key="d", title="d", due=due, delivered=delivered)
    contents = [
        DeliverableContent(programme="x", key=str(index), deliverable="d", title="c", covered_on=day)
        for index, day in enumerate(covered)
    ]
    (standing,) = deliverable_standings([deliverable], contents, AS_OF)
    assert (standing.status, (standing.required, standing.covered)) == (status, counts)


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, DeliverableState.OPEN),
        ({"due": AS_OF}, DeliverableState.OPEN),
        ({"due": date(2026, 8, 14)}, DeliverableState.OVERDUE),
        ({"due": BEFORE, "delivered": AFTER}, DeliverableState.DELIVERED),
        ({"due": BEFORE, "delivered": AFTER, "accepted": AFTER}, DeliverableState.ACCEPTED),
        ({"accepted": AFTER}, DeliverableState.ACCEPTED),
    ],
)
def test_a_deliverable_is_open_overdue_delivered_or_accepted(values: dict[str, date], state: DeliverableState) -> None:
    assert deliverable_state(Deliverable(programme="x", key="d", title="d", **values), AS_OF) is state
