"""Guessing a key: a few mistakes cost nothing, many cost time, and the time passes."""

from __future__ import annotations

import pytest

from smartdash.analysis.guessing import MOST_WRONG, WITHIN, seconds_to_wait, still_counting


@pytest.mark.parametrize(
    ("wrong", "now", "expected"),
    [
        ([], 0, 0),
        ([0, 1, 2, 3], 4, 0),
        ([0, 1, 2, 3, 4], 4, 596),
        ([4, 2, 0, 3, 1], 4, 596),
        ([0, 1, 2, 3, 4], 599.5, 0.5),
        ([0, 1, 2, 3, 4], 600, 0),
        ([0, 0, 0, 0, 0], 0, 600),
        ([0, 1, 2, 3, 4, 100, 100], 100, 502),
    ],
)
def test_how_long_nobody_may_try(wrong: list[float], now: float, expected: float) -> None:
    assert seconds_to_wait(wrong, now) == expected


def test_somebody_who_tries_as_often_as_allowed_has_five_keys_in_ten_minutes() -> None:
    wrong: list[float] = []
    for second in range(6 * 600):
        if not seconds_to_wait(wrong, second):
            wrong = [*still_counting(wrong, second), float(second)]
            assert len(wrong) <= MOST_WRONG
    assert wrong[0] >= 6 * 600 - WITHIN
