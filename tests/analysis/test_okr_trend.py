"""The way of key results through their cycle: what was known on each day, and where a line may be drawn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from okr_records import END, HALF, START, band, change, check_in, cycle, planned, step, steps

from smartdash.analysis.okr import KeyResultStanding, RollUp, key_result_standings, objective_progress
from smartdash.analysis.okr_trend import (
    expected_corners,
    expected_on,
    forecast_at_end,
    score_at_end,
    trend_days,
    unbroken,
)
from smartdash.model.check_ins import CheckIn, Score
from smartdash.model.okr import KeyResult, KeyResultMilestone, Objective, PhasedTarget


def day(number: int) -> date:
    return START.replace(day=number)


def together(
    key_results: list[KeyResult],
    *check_ins: CheckIn,
    as_of: date = HALF,
    scores: list[Score] | None = None,
    milestones: list[KeyResultMilestone] | None = None,
    targets: list[PhasedTarget] | None = None,
) -> list[KeyResultStanding]:
    objective = Objective(programme="p", key="o", title="O", cycle="c")
    return key_result_standings(
        key_results, [objective], [cycle()], check_ins, scores or [], as_of, milestones or [], targets or []
    )


A, B = change(key="a", weight=D(3)), change(key="b")


@pytest.mark.parametrize(
    ("check_ins", "expected"),
    [
        ([], []),
        ([check_in("20", day(5), "b")], [("0.2", "0.25")]),
        ([check_in("0", day(5), "a")], [("0", "0.75")]),
        ([check_in("20", day(5), "a"), check_in("60", day(9), "b")], [("0.2", "0.75"), ("0.3", "1")]),
        ([check_in("200", day(5), "a"), check_in("-40", day(9), "b")], [("1", "0.75"), ("0.75", "1")]),
        ([check_in("20", day(5), "a"), check_in(None, day(9), "a")], [("0.2", "0.75"), (None, "0")]),
        ([check_in("20", day(5), "a"), check_in("40", day(5), "a", number=2)], [("0.4", "0.75")]),
        ([check_in("20", date(2026, 2, 21), "a")], []),
    ],
)
def test_each_day_rolls_up_what_was_known_by_then(
    check_ins: list[CheckIn], expected: list[tuple[str | None, str]]
) -> None:
    found = [(one.progress.value, one.progress.coverage) for one in trend_days(together([A, B], *check_ins))]
    assert found == [(None if value is None else D(value), D(coverage)) for value, coverage in expected]


def test_a_single_key_result_shows_steps_back_and_what_is_beyond_the_target() -> None:
    standings = together([A], check_in("-40", day(5), "a"), check_in("130", day(9), "a"))
    assert [one.progress.value for one in trend_days(standings)] == [D("-0.4"), D("1.3")]


def test_a_milestone_done_without_a_check_in_keeps_the_confidence_reported_before() -> None:
    milestones = [step("1", day(9), "one"), step("3", None, "two")]
    standings = together([steps()], check_in(None, day(5), confidence=4), milestones=milestones)
    assert [(one.day, one.progress.value, one.confidence.value) for one in trend_days(standings)] == [
        (day(5), D(0), D(4)),
        (day(9), D("0.25"), D(4)),
    ]


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b"]), st.integers(1, 28), st.integers(-50, 150)),
        unique_by=lambda one: one[:2],
        min_size=1,
        max_size=8,
    )
)
def test_the_last_day_is_the_objective_as_it_stands(reports: list[tuple[str, int, int]]) -> None:
    standings = together([A, B], *(check_in(str(value), day(number), key) for key, number, value in reports))
    assert trend_days(standings)[-1].progress == objective_progress(standings)


@pytest.mark.parametrize(
    ("key_results", "targets", "expected"),
    [
        ([change()], [], [(START, "0"), (END, "1")]),
        ([band()], [], [(START, "1"), (END, "1")]),
        ([change()], [planned(HALF, "20")], [(START, "0"), (HALF, "0.2"), (END, "1")]),
        ([change(), change(key="z")], [planned(HALF, "20")], [(START, "0"), (HALF, "0.35"), (END, "1")]),
        ([change()], [planned(END, "20")], [(START, "0"), (END, "1")]),
    ],
)
def test_planned_values_bend_the_expected_line(
    key_results: list[KeyResult], targets: list[PhasedTarget], expected: list[tuple[date, str]]
) -> None:
    found = expected_corners(together(key_results, targets=targets))
    assert found == tuple((one, D(value)) for one, value in expected)


def test_what_is_expected_between_the_corners_lies_on_the_line() -> None:
    standings = together([change()], targets=[planned(HALF, "20")])
    assert expected_on(standings, date(2026, 1, 26)) == D("0.1")


def test_forecast_and_score_at_the_end_have_their_own_coverage() -> None:
    scores = [Score(programme="p", key_result="b", scored_on=HALF, value=D("0.8"))]
    reports = [check_in("10", day(5), "a", forecast=D(120)), check_in("10", day(5), "b", forecast=D(40))]
    standings = together([A, B], *reports, scores=scores)
    assert forecast_at_end(standings) == RollUp(D(1), D("0.75"))
    assert score_at_end(standings) == RollUp(D("0.8"), D("0.25"))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], []),
        ([(START, "0.5")], [1]),
        ([(START, "0.49")], []),
        ([(START, "1"), (date(2026, 2, 12), "1")], [2]),
        ([(START, "1"), (date(2026, 2, 13), "1")], [1, 1]),
        ([(day(1), "1"), (day(5), "0.4"), (day(9), "1")], [1, 1]),
    ],
)
def test_a_line_breaks_where_too_little_or_nothing_is_known(
    values: list[tuple[date, str]], expected: list[int]
) -> None:
    stretches = unbroken([(one, RollUp(D("0.3"), D(coverage))) for one, coverage in values], HALF)
    assert [len(stretch) for stretch in stretches] == expected
