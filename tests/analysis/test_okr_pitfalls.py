"""What OKR tools get wrong at the edges, each as a test (research of the anchors, pitfalls to test)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from okr_records import (
    END,
    HALF,
    START,
    band,
    change,
    check_in,
    cycle,
    in_zone,
    planned,
    standing,
    step,
    steps,
    zones,
)

from smartdash.analysis.key_result_status import Rule, effective_state
from smartdash.analysis.key_results import expected_of, expected_progress, line_at, progress, share_of_way
from smartdash.analysis.okr import covered, objective_progress, roll_up
from smartdash.analysis.silence import Missing, silences
from smartdash.analysis.status import Status
from smartdash.model.check_ins import CheckIn, Zone
from smartdash.model.declare import Record
from smartdash.model.okr import Commitment, CycleState, KeyResult

DAYS = st.dates(START - timedelta(days=30), END + timedelta(days=30))
VALUES = st.decimals("-1000", "1000", places=2)


def test_start_equal_to_target_is_no_way_at_all() -> None:
    with pytest.raises(ZeroDivisionError):
        share_of_way(D(5), D(5), D(5))


@pytest.mark.parametrize(
    ("baseline", "target", "value", "reached", "status"),
    [
        ("100", "20", "60", "0.5", Status.ON_TRACK),
        ("100", "20", "120", "-0.25", Status.CRITICAL),
        ("-4", "-10", "-7", "0.5", Status.ON_TRACK),
        ("-10", "10", "-10", "0", Status.CRITICAL),
        ("-10", "10", "-20", "-0.5", Status.CRITICAL),
        ("-5", "0", "-2.5", "0.5", Status.ON_TRACK),
    ],
)
def test_falling_and_negative_targets_are_a_way_like_any_other(
    baseline: str, target: str, value: str, reached: str, status: Status
) -> None:
    found = standing(change(baseline, target), [check_in(value, HALF)], HALF)
    assert (found.progress, found.status) == (D(reached), status)


def test_over_achievement_is_told_and_is_no_lead() -> None:
    found = standing(change(), [check_in("140", HALF)], HALF)
    assert (found.progress, found.pace) == (D("1.4"), D("0.5"))
    assert objective_progress([found]).value == 1


@pytest.mark.parametrize("commitment", list(Commitment))
def test_what_reached_its_target_early_is_on_track_and_not_done_before_the_score(commitment: Commitment) -> None:
    found = standing(change(commitment=commitment), [check_in("100", HALF)], HALF)
    assert (found.status, found.reason.rule) == (Status.ON_TRACK, Rule.REACHED)
    assert standing(change(commitment=commitment), [check_in("100", END)], END, score="1").status is Status.DONE


@pytest.mark.parametrize(
    ("commitment", "value", "status", "rule"),
    [
        (Commitment.COMMITTED, "99", Status.AT_RISK, Rule.PROMISE),
        (Commitment.COMMITTED, "69", Status.CRITICAL, Rule.PACE),
        (Commitment.COMMITTED, "100", Status.ON_TRACK, Rule.REACHED),
        (Commitment.ASPIRATIONAL, "99", Status.ON_TRACK, Rule.PACE),
    ],
)
def test_a_promise_is_green_at_the_end_only_in_full(
    commitment: Commitment, value: str, status: Status, rule: Rule
) -> None:
    found = standing(change(commitment=commitment), [check_in(value, END)], END)
    assert (found.status, found.reason.rule) == (status, rule)


def test_a_corrected_old_check_in_stays_in_its_place_in_time() -> None:
    newer, corrected = check_in("60", HALF), check_in("95", HALF - timedelta(days=20))
    found = standing(change(), [newer, corrected], HALF)
    assert found.check_in == newer
    assert [point.progress for point in found.points] == [D("0.95"), D("0.6")]


def test_of_two_check_ins_of_one_day_the_second_counts_whatever_their_order() -> None:
    first, second = check_in("10", HALF, confidence=2), check_in("50", HALF, number=2, confidence=6)
    for order in ([first, second], [second, first]):
        found = standing(change(), order, HALF)
        assert (found.check_in, found.progress) == (second, D("0.5"))
        assert [point.confidence for point in found.points] == [6]


def test_a_key_result_without_a_check_in_has_no_data_and_is_not_zero() -> None:
    silent, other = standing(change(), [], HALF), standing(change(), [check_in("40", HALF)], HALF)
    assert (silent.progress, silent.pace, silent.status, silent.reported_on) == (None, None, Status.UNKNOWN, None)
    rolled = objective_progress([silent, other])
    assert (rolled.value, rolled.coverage) == (D("0.4"), D("0.5"))


@pytest.mark.parametrize(
    ("weights", "value", "coverage"),
    [
        (("1", "1"), "0.5", "1"),
        (("7", "7"), "0.5", "1"),
        (("0", "1"), "0.8", "1"),
        (("0", "0"), None, "0"),
    ],
)
def test_weights_that_are_equal_or_zero(weights: tuple[str, str], value: str | None, coverage: str) -> None:
    shares = (D("0.2"), D("0.8"))
    found = roll_up((D(weight), share) for weight, share in zip(weights, shares, strict=True))
    assert (found.value, found.coverage) == (None if value is None else D(value), D(coverage))


@pytest.mark.parametrize(("data", "of", "value"), [(1, 2, D("0.4")), (1, 3, None), (0, 2, None)])
def test_a_roll_up_of_less_than_half_says_nothing(data: int, of: int, value: D | None) -> None:
    rolled = roll_up((D(1), D("0.4") if place < data else None) for place in range(of))
    assert covered(rolled, HALF) == value


@pytest.mark.parametrize(
    ("start", "end", "day", "expected"),
    [
        (date(2026, 2, 10), date(2026, 6, 10), date(2026, 3, 12), "0.25"),
        (date(2024, 2, 27), date(2024, 3, 2), date(2024, 2, 29), "0.5"),
        (date(2025, 12, 31), date(2026, 1, 2), date(2026, 1, 1), "0.5"),
        (date(2026, 3, 3), date(2026, 3, 3), date(2026, 3, 2), "0"),
        (date(2026, 3, 3), date(2026, 3, 3), date(2026, 3, 3), "1"),
    ],
)
def test_cycles_of_any_dates_and_leap_days(start: date, end: date, day: date, expected: str) -> None:
    assert expected_progress(cycle(start=start, end=end), day) == D(expected)


def test_a_cycle_shorter_than_the_first_days_is_judged_after_its_end() -> None:
    days = {"start": START, "end": START + timedelta(days=6)}
    reports = [check_in("20", START + timedelta(days=5))]
    assert standing(change(), reports, days["end"], **days).status is Status.PLANNED
    assert standing(change(), reports, days["end"] + timedelta(days=1), **days).status is Status.CRITICAL


def test_a_check_in_after_the_end_counts_and_silence_ends_with_the_cycle() -> None:
    late = standing(change(), [check_in("50", END), check_in("100", END + timedelta(days=6))], END + timedelta(days=9))
    assert (late.progress, late.expected, late.status) == (1, 1, Status.ON_TRACK)
    silent = standing(change(), [check_in("50", END)], END + timedelta(days=300))
    assert (silent.status, silent.silent_days) == (Status.CRITICAL, 300)
    assert standing(change(), [check_in("50", HALF)], END + timedelta(days=300)).status is Status.UNKNOWN


def test_a_check_in_of_tomorrow_is_not_known_today() -> None:
    found = standing(change(), [check_in("10", HALF), check_in("90", HALF + timedelta(days=1))], HALF)
    assert (found.progress, len(found.points)) == (D("0.1"), 1)


@pytest.mark.parametrize(
    ("records", "day", "reached", "status"),
    [
        ([step("3"), step("1")], HALF, None, Status.UNKNOWN),
        ([step("3"), step("1"), check_in(None, HALF)], HALF, "0", Status.CRITICAL),
        ([step("3", HALF), step("1")], HALF, "0.75", Status.ON_TRACK),
        ([step("3", HALF), step("1")], HALF - timedelta(days=1), None, Status.UNKNOWN),
        ([step("3", HALF), step("1", HALF)], HALF, "1", Status.ON_TRACK),
        ([check_in(None, HALF)], HALF, None, Status.UNKNOWN),
    ],
)
def test_milestones_count_by_weight_from_the_day_they_are_done(
    records: list[Record], day: date, reached: str | None, status: Status
) -> None:
    found = standing(steps(), records, day)
    assert (found.progress, found.status) == (None if reached is None else D(reached), status)


@pytest.mark.parametrize(("zone", "reached"), list(zip(Zone, ("0", "0.3", "0.7", "1"), strict=True)))
def test_zones_have_fixed_steps(zone: Zone, reached: str) -> None:
    assert standing(zones(), [in_zone(zone, HALF)], HALF).progress == D(reached)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (START - timedelta(days=1), "0"),
        (START, "0"),
        (date(2026, 1, 11), "0.05"),
        (date(2026, 1, 21), "0.1"),
        (date(2026, 2, 10), "0.2"),
        (date(2026, 3, 2), "0.3"),
        (date(2026, 3, 22), "0.65"),
        (END, "1"),
        (END + timedelta(days=1), "1"),
    ],
)
def test_phased_targets_bend_the_line_and_the_target_stands_at_the_end(day: date, expected: str) -> None:
    targets = [planned(date(2026, 3, 2), "30"), planned(date(2026, 1, 21), "10")]
    beside = [planned(END, "40"), planned(START - timedelta(days=5), "70")]
    assert expected_of(change(), cycle(), [*targets, *beside], day) == D(expected)


@pytest.mark.parametrize(
    ("key_result", "value", "expected"),
    [
        (change("60", "20"), "50", "0.25"),
        (steps(), "25", "0.25"),
        (zones(), "25", "0.25"),
        (band(), "25", "1"),
    ],
)
def test_planned_values_are_in_the_key_results_own_measure(key_result: KeyResult, value: str, expected: str) -> None:
    assert expected_of(key_result, cycle(), [planned(HALF, value)], HALF) == D(expected)


def test_forecast_fit_and_progress_are_three_numbers() -> None:
    days = [START + timedelta(days=number) for number in (10, 20, 30)]
    reports = [check_in(str(10 * place), day, forecast=D(80)) for place, day in enumerate(days, start=1)]
    found = standing(change(), reports, days[-1])
    assert (found.progress, found.forecast, found.fitted) == (D("0.3"), D("0.8"), 1)
    assert standing(change(), reports[:2], days[1]).fitted is None
    ended = standing(change(), reports, END)
    assert (ended.forecast, ended.fitted) == (None, None)


def test_the_line_of_a_band_runs_through_its_values() -> None:
    days = [START + timedelta(days=number) for number in (0, 10, 20)]
    reports = [check_in(value, day) for value, day in zip(("110", "111", "112"), days, strict=True)]
    assert standing(band(), reports, days[-1]).fitted == 1
    rising = [check_in(value, day) for value, day in zip(("100", "104", "108"), days, strict=True)]
    assert standing(band(), rising, days[-1]).fitted == 0


def test_the_colour_names_its_rule_inputs_and_version() -> None:
    reason = standing(change(), [check_in("34", HALF)], HALF).reason
    assert (reason.status, reason.rule, reason.value, reason.at_risk, reason.critical, reason.version) == (
        Status.AT_RISK,
        Rule.PACE,
        D("-0.16"),
        D("-0.15"),
        D("-0.30"),
        "1",
    )


def test_the_final_score_goes_before_silence_and_silence_before_pace() -> None:
    old = [check_in("100", START + timedelta(days=1))]
    assert standing(change(), old, END, score="0.5").reason.rule is Rule.SCORE
    assert standing(change(), old, END).reason.rule is Rule.OUTDATED


@pytest.mark.parametrize(
    ("stored", "day", "state"),
    [
        (CycleState.CLOSED, START - timedelta(days=1), CycleState.PREPARATION),
        (CycleState.PREPARATION, START, CycleState.ACTIVE),
        (CycleState.CLOSED, END, CycleState.ACTIVE),
        (CycleState.ACTIVE, END + timedelta(days=1), CycleState.CLOSING),
        (CycleState.PREPARATION, END + timedelta(days=1), CycleState.CLOSING),
        (CycleState.CLOSED, END + timedelta(days=1), CycleState.CLOSED),
    ],
)
def test_a_stored_state_never_goes_beyond_what_the_day_allows(stored: CycleState, day: date, state: CycleState) -> None:
    assert effective_state(cycle(state=stored), day) is state


@pytest.mark.parametrize(
    ("reports", "day", "missing"),
    [
        ([], START + timedelta(days=13), None),
        ([], START + timedelta(days=14), (Missing.FIRST_CHECK_IN, START, 14)),
        ([check_in("1", START)], START + timedelta(days=42), None),
        ([check_in("1", START)], START + timedelta(days=43), (Missing.CHECK_IN, START, 43)),
        ([check_in("1", END)], END + timedelta(days=1), (Missing.SCORE, END + timedelta(days=1), 0)),
    ],
)
def test_silence_has_a_first_day(reports: list[CheckIn], day: date, missing: tuple[Missing, date, int] | None) -> None:
    found = [(item.missing, item.since, item.days) for item in silences([standing(change(), reports, day)], day)]
    assert found == ([] if missing is None else [missing])


def test_a_closed_cycle_and_a_scored_key_result_are_not_silent() -> None:
    after = END + timedelta(days=5)
    closed, scored = standing(change(), [], after, state=CycleState.CLOSED), standing(change(), [], after, score="1")
    assert silences([closed, scored], after) == []


@given(st.lists(st.tuples(st.decimals("0.1", "9", places=1), st.none() | VALUES), min_size=1), st.integers(2, 9))
def test_a_roll_up_does_not_depend_on_the_scale_of_its_weights(members: list[tuple[D, D | None]], factor: int) -> None:
    plain, scaled = roll_up(members), roll_up((weight * factor, value) for weight, value in members)
    assert abs(plain.coverage - scaled.coverage) < D("1e-20")
    assert (plain.value is None) == (scaled.value is None)
    if plain.value is not None and scaled.value is not None:
        assert abs(plain.value - scaled.value) < D("1e-18")


@given(VALUES, VALUES, VALUES, st.decimals("0.5", "50", places=1), VALUES)
def test_progress_does_not_depend_on_the_unit(low: D, high: D, value: D, factor: D, shift: D) -> None:
    if low == high:
        high = low + 1
    there = [str(amount * factor + shift) for amount in (low, high, value)]
    same = progress(change(str(low), str(high)), value)
    assert abs(progress(change(there[0], there[1]), D(there[2])) - same) < D("1e-18")


@given(DAYS, DAYS, st.dictionaries(DAYS, st.decimals("0", "100", places=1), max_size=4))
def test_what_is_expected_never_falls_while_the_plan_does_not(first: date, second: date, plan: dict[date, D]) -> None:
    rising = zip(sorted(plan), sorted(plan.values()), strict=True)
    targets = [planned(day, str(value)) for day, value in rising]
    early, late = (expected_of(change(), cycle(), targets, day) for day in sorted((first, second)))
    assert 0 <= early <= late <= 1


@given(st.lists(DAYS, min_size=3, unique=True), VALUES, st.decimals("-5", "5", places=2), DAYS)
def test_the_fit_of_a_straight_line_is_the_line(days: list[date], height: D, slope: D, day: date) -> None:
    pairs = [(one, height + slope * (one - START).days) for one in sorted(days)]
    found = line_at(pairs, day)
    assert found is not None
    assert abs(found - (height + slope * (day - START).days)) < D("1e-18")
