"""What a status report lacks, and a jump from green to red."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from smartdash.analysis.deviations import deviates
from smartdash.analysis.reporting import jumped, lacking, latest_two
from smartdash.analysis.status import Status
from smartdash.model.projects import ReportState, StatusReport, TrafficLight

DAY = date(2026, 6, 30)
GREEN, YELLOW, RED = TrafficLight


def report(light: TrafficLight, on: date = DAY, **values: Any) -> StatusReport:
    return StatusReport(programme="p", project="V", reported_on=on, light=light, state=ReportState.DRAFT, **values)


@pytest.mark.parametrize(
    ("light", "values", "computed", "missing"),
    [
        (GREEN, {}, None, ()),
        (GREEN, {}, Status.ON_TRACK, ()),
        (GREEN, {}, Status.DONE, ()),
        (GREEN, {}, Status.UNKNOWN, ()),
        (GREEN, {}, Status.CRITICAL, ("deviation_reason",)),
        (GREEN, {"deviation_reason": "r"}, Status.CRITICAL, ()),
        (YELLOW, {}, None, ("measure", "measure_due")),
        (YELLOW, {"measure": "m"}, Status.AT_RISK, ("measure_due",)),
        (YELLOW, {"measure": "m", "measure_due": DAY}, Status.AT_RISK, ()),
        (RED, {"options": "nur eine; "}, None, ("cause", "options", "addressee")),
        (RED, {"cause": "c", "options": "a; b", "addressee": "Rat"}, Status.ON_TRACK, ("deviation_reason",)),
        (RED, {"cause": "c", "options": "a; b", "addressee": "Rat"}, Status.CRITICAL, ()),
    ],
)
def test_what_a_report_lacks(
    light: TrafficLight, values: dict[str, Any], computed: Status | None, missing: tuple[str, ...]
) -> None:
    assert lacking(report(light, **values), computed, DAY) == missing


@pytest.mark.parametrize(
    ("lights", "expected"),
    [([RED], False), ([GREEN, RED], True), ([GREEN, YELLOW, RED], False), ([RED, GREEN], False), ([RED, RED], False)],
)
def test_a_jump_is_from_green_to_red_at_once(lights: list[TrafficLight], expected: bool) -> None:
    reports = [report(light, date(2026, 1, 1 + place)) for place, light in enumerate(lights)]
    (pair,) = latest_two(reversed(reports)).values()
    assert jumped(pair) is expected


@pytest.mark.parametrize(
    ("light", "computed", "expected"),
    [
        (GREEN, Status.DONE, False),
        (GREEN, Status.PLANNED, False),
        (YELLOW, Status.PLANNED, True),
        (RED, Status.CRITICAL, False),
        (RED, Status.UNKNOWN, False),
        (GREEN, Status.CRITICAL, True),
    ],
)
def test_a_colour_deviates_from_what_is_computed(light: TrafficLight, computed: Status, expected: bool) -> None:
    assert deviates(light, computed) is expected
