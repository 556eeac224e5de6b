from __future__ import annotations

from datetime import date

import pytest

from smartdash.analysis.status import THRESHOLDS, Status, status_of_delay, thresholds, worst

LIMITS = THRESHOLDS[-1]


@pytest.mark.parametrize(
    ("days_late", "expected"),
    [
        (-400, Status.ON_TRACK),
        (0, Status.ON_TRACK),
        (7, Status.ON_TRACK),
        (8, Status.AT_RISK),
        (31, Status.AT_RISK),
        (32, Status.CRITICAL),
        (4000, Status.CRITICAL),
    ],
)
def test_a_week_is_tolerated_and_a_month_is_critical(days_late: int, expected: Status) -> None:
    assert status_of_delay(days_late, LIMITS) is expected


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([], Status.UNKNOWN),
        ([Status.DONE], Status.DONE),
        ([Status.ON_TRACK, Status.UNKNOWN], Status.UNKNOWN),
        ([Status.UNKNOWN, Status.AT_RISK], Status.AT_RISK),
        ([Status.AT_RISK, Status.DONE, Status.CRITICAL], Status.CRITICAL),
        ([Status.DONE, Status.PLANNED], Status.PLANNED),
    ],
)
def test_the_worst_status_wins_and_silence_is_worse_than_on_track(statuses: list[Status], expected: Status) -> None:
    assert worst(statuses) is expected


def test_the_thresholds_in_force_are_the_newest_valid_ones() -> None:
    assert thresholds(date(2026, 8, 15)) is [item for item in THRESHOLDS if item.valid_from <= date(2026, 8, 15)][-1]
