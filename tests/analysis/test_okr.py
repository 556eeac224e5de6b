"""Progress, pace, status and roll-up of key results."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from okr_records import END, START, band, change, check_in, cycle, standing
from pydantic import ValidationError

from smartdash.analysis.key_result_status import score_status
from smartdash.analysis.key_results import expected_progress, newest_check_ins, progress
from smartdash.analysis.okr import (
    attainment,
    cycle_on,
    key_result_standings,
    objective_progress,
    roll_up,
)
from smartdash.analysis.status import Status, thresholds
from smartdash.model.check_ins import CheckIn
from smartdash.model.okr import Commitment, KeyResult, Objective


@pytest.mark.parametrize(
    ("baseline", "target", "value", "expected"),
    [
        ("0", "100", "0", "0"),
        ("0", "100", "100", "1"),
        ("20", "60", "30", "0.25"),
        ("60", "20", "50", "0.25"),
        ("60", "20", "70", "-0.25"),
        ("-10", "10", "0", "0.5"),
        ("-10", "-30", "-20", "0.5"),
        ("0", "100", "140", "1.4"),
        ("0", "100", "-20", "-0.2"),
        ("1.5", "2.5", "1.75", "0.25"),
    ],
)
def test_progress_is_the_share_of_the_way_in_either_direction(
    baseline: str, target: str, value: str, expected: str
) -> None:
    assert progress(change(baseline, target), D(value)) == D(expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("80", "1"), ("120", "1"), ("100", "1"), ("79", "0.95"), ("121", "0.95"), ("60", "0"), ("140", "0"), ("-5", "0")],
)
def test_a_band_is_kept_up_to_its_edges_and_lost_at_its_tolerance(value: str, expected: str) -> None:
    assert progress(band(), D(value)) == D(expected)


def test_a_target_that_equals_its_baseline_is_refused() -> None:
    with pytest.raises(ValidationError, match="target equals baseline"):
        change("5", "5")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 12, 31), "0"),
        (START, "0"),
        (date(2026, 1, 26), "0.25"),
        (END, "1"),
        (date(2026, 12, 31), "1"),
    ],
)
def test_expected_progress_runs_from_the_first_to_the_last_day(day: date, expected: str) -> None:
    assert expected_progress(cycle(), day) == D(expected)


@pytest.mark.parametrize(("day", "expected"), [(date(2025, 12, 31), 0), (START, 1), (date(2026, 1, 2), 1)])
def test_a_cycle_of_one_day_is_over_on_that_day(day: date, expected: int) -> None:
    assert expected_progress(cycle(end=START), day) == expected


def test_the_newest_check_in_is_by_day_then_by_key_and_not_by_order_given() -> None:
    late = check_in("3", date(2026, 2, 2), key="a")
    first, second = check_in("1", date(2026, 2, 1), key="x1"), check_in("2", date(2026, 2, 1), key="x2")
    assert newest_check_ins([second, first])["k"].value == 2
    assert newest_check_ins([late, second, first])["k"].value == 3


@pytest.mark.parametrize(
    ("key_result", "value", "day", "pace", "status"),
    [
        (change(), "35", date(2026, 2, 20), "-0.15", Status.ON_TRACK),
        (change(), "34", date(2026, 2, 20), "-0.16", Status.AT_RISK),
        (change(), "20", date(2026, 2, 20), "-0.30", Status.AT_RISK),
        (change(), "19", date(2026, 2, 20), "-0.31", Status.CRITICAL),
        (change(), "140", date(2026, 2, 20), "0.5", Status.ON_TRACK),
        (change(), "-20", date(2026, 1, 16), "-0.35", Status.CRITICAL),
        (change(), "0", date(2026, 1, 14), None, Status.PLANNED),
        (band(), "100", date(2026, 1, 16), "0", Status.ON_TRACK),
        (band(), "76", date(2026, 1, 16), "-0.2", Status.AT_RISK),
        (band(), "70", date(2026, 4, 1), "-0.5", Status.CRITICAL),
    ],
)
def test_pace_is_progress_minus_expected_and_decides_the_status(
    key_result: KeyResult, value: str, day: date, pace: str | None, status: Status
) -> None:
    found = standing(key_result, [check_in(value, day)], day)
    assert found.pace == (None if pace is None else D(pace))
    assert found.status is status


@pytest.mark.parametrize(
    ("check_ins", "day", "status"),
    [
        ([], date(2025, 12, 31), Status.PLANNED),
        ([], date(2026, 1, 14), Status.PLANNED),
        ([], date(2026, 1, 15), Status.UNKNOWN),
        ([check_in("100", date(2026, 1, 20))], date(2026, 3, 3), Status.ON_TRACK),
        ([check_in("100", date(2026, 1, 20))], date(2026, 3, 4), Status.UNKNOWN),
    ],
)
def test_silence_is_never_on_track(check_ins: list[CheckIn], day: date, status: Status) -> None:
    assert standing(change(), check_ins, day).status is status


def test_a_score_ends_the_pace_and_sets_the_status() -> None:
    found = standing(change(), [check_in("10", END)], END, score="0.7")
    assert (found.pace, found.score, found.status) == (None, D("0.7"), Status.DONE)


@pytest.mark.parametrize(
    ("score", "commitment", "status"),
    [
        ("1", Commitment.COMMITTED, Status.DONE),
        ("0.99", Commitment.COMMITTED, Status.AT_RISK),
        ("0.7", Commitment.ASPIRATIONAL, Status.DONE),
        ("0.69", Commitment.ASPIRATIONAL, Status.AT_RISK),
        ("0.4", Commitment.ASPIRATIONAL, Status.AT_RISK),
        ("0.39", Commitment.ASPIRATIONAL, Status.CRITICAL),
        ("0", Commitment.COMMITTED, Status.CRITICAL),
    ],
)
def test_a_promise_is_kept_only_in_full(score: str, commitment: Commitment, status: Status) -> None:
    assert score_status(D(score), commitment, thresholds(START)) is status


@pytest.mark.parametrize(
    ("members", "value", "coverage"),
    [
        ([], None, "0"),
        ([("1", None)], None, "0"),
        ([("1", "0")], "0", "1"),
        ([("1", "0.5"), ("1", None)], "0.5", "0.5"),
        ([("3", "1"), ("1", "0")], "0.75", "1"),
        ([("1", "1"), ("3", None)], "1", "0.25"),
    ],
)
def test_no_data_lowers_the_coverage_and_not_the_mean(
    members: list[tuple[str, str | None]], value: str | None, coverage: str
) -> None:
    found = roll_up((D(weight), None if share is None else D(share)) for weight, share in members)
    assert (found.value, found.coverage) == (None if value is None else D(value), D(coverage))


WEIGHTS = st.decimals("0.01", "100", places=2)
SHARES = st.decimals("0", "1", places=4)


@given(st.lists(st.tuples(WEIGHTS, st.none() | SHARES), max_size=8))
def test_a_roll_up_lies_between_its_members_and_covers_a_share(members: list[tuple[D, D | None]]) -> None:
    found = roll_up(members)
    known = [value for _, value in members if value is not None]
    assert 0 <= found.coverage <= 1
    assert (found.value is None) == (not known)
    if found.value is not None:
        assert min(known) - D("1e-20") <= found.value <= max(known) + D("1e-20")


def test_an_objective_counts_each_key_result_clamped() -> None:
    day = date(2026, 3, 1)
    found = [standing(change(), [check_in(value, day)], day) for value in ("200", "-100")]
    assert objective_progress(found).value == D("0.5")


def test_attainment_weights_objectives_and_then_their_key_results() -> None:
    day = date(2026, 3, 1)
    objectives = [
        Objective(programme="p", key="a", title="A", cycle="c", weight=D(3)),
        Objective(programme="p", key="b", title="B", cycle="c", weight=D(1)),
    ]
    results = [
        change(key="a1", objective="a"),
        change(key="b1", objective="b"),
        change(key="b2", objective="b"),
    ]
    check_ins = [check_in("40", day, "a1"), check_in("80", day, "b1")]
    found = key_result_standings(results, objectives, [cycle()], check_ins, [], day)
    total = attainment((item, item.progress) for item in found)
    assert total.value == D("0.5")
    assert total.coverage == D("0.875")


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2025, 12, 1), "q1"),
        (date(2026, 1, 1), "q1"),
        (date(2026, 3, 31), "q1"),
        (date(2026, 4, 5), "q1"),
        (date(2026, 4, 10), "q2"),
        (date(2027, 1, 1), "q2"),
    ],
)
def test_the_cycle_of_a_day_is_the_running_one_else_the_last_else_the_first(day: date, key: str) -> None:
    cycles = [
        cycle(key="q2", start=date(2026, 4, 10), end=date(2026, 6, 30)),
        cycle(key="q1", start=date(2026, 1, 1), end=date(2026, 3, 31)),
    ]
    found = cycle_on(cycles, day)
    assert found
    assert found.key == key
    assert cycle_on([], day) is None
