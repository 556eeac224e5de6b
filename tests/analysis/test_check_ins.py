"""Check-ins: due or not, their number on a day, and what fits which kind of key result."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from okr_records import END, HALF, START, band, change, check_in, standing, step, steps, zones

from smartdash.analysis.check_ins import (
    Entry,
    Opening,
    corrected,
    is_due,
    made_check_in,
    needs_impediment,
    next_number,
    opening,
    refuse_unfit,
    ticked,
)
from smartdash.analysis.condensing import Refusal
from smartdash.model.check_ins import Zone
from smartdash.model.declare import Record
from smartdash.model.okr import KeyResult

DAY = timedelta(days=1)


def entry(**values: Any) -> Entry:
    given: dict[str, Any] = {"reported_on": HALF, "value": None, "zone": None, "confidence": 5, "forecast": None}
    return Entry(**{**given, "comment": None, "public": False, **values})


@pytest.mark.parametrize(
    ("records", "day", "due"),
    [
        ([], START - DAY, False),
        ([], START, True),
        ([], END, True),
        ([], END + DAY, False),
        ([check_in("1", HALF)], HALF, False),
        ([check_in("1", HALF - 13 * DAY)], HALF, False),
        ([check_in("1", HALF - 14 * DAY)], HALF, True),
        ([check_in("1", HALF - 20 * DAY), check_in("1", HALF - DAY)], HALF, False),
        ([check_in("1", HALF + DAY)], HALF, True),
    ],
)
def test_due_two_weeks_after_the_last_one_while_the_cycle_runs(records: list[Record], day: date, due: bool) -> None:
    assert is_due(standing(change(), records, day), day) is due


def test_a_milestone_done_without_a_check_in_leaves_it_due() -> None:
    assert is_due(standing(steps(), [step("1", HALF)], HALF), HALF)


@pytest.mark.parametrize(
    ("day", "score", "expected"),
    [
        (START - DAY, None, Opening.NOT_BEGUN),
        (START, None, Opening.RUNNING),
        (END, None, Opening.RUNNING),
        (END + DAY, None, Opening.AFTER_END),
        (END + DAY, "0.4", Opening.SCORED),
        (HALF, "0.4", Opening.SCORED),
    ],
)
def test_open_in_its_cycle_and_after_it_until_the_score(day: date, score: str | None, expected: Opening) -> None:
    assert opening(standing(change(), [], day, score), day) is expected


@pytest.mark.parametrize(("taken", "number"), [([], None), ([None], 2), ([None, 2], 3), ([2], 3), ([None, 4], 5)])
def test_the_next_number_of_a_day(taken: list[int | None], number: int | None) -> None:
    reports = [check_in("1", HALF, number=item) for item in taken]
    others = [check_in("1", HALF, "other", number=7), check_in("1", HALF - DAY, number=8)]
    assert next_number([*others, *reports], "k", HALF) == number


def test_a_day_has_nine_check_ins_at_most() -> None:
    with pytest.raises(Refusal, match=r"check_in\.too_many_of_day"):
        next_number([check_in("1", HALF, number=9)], "k", HALF)


ONE = Decimal(1)


@pytest.mark.parametrize(
    ("key_result", "values", "refused"),
    [
        (change(), {"value": Decimal(0)}, None),
        (change(), {"value": Decimal(-3)}, None),
        (change(), {}, "value_needed"),
        (change(), {"value": ONE, "zone": Zone.COMMIT}, "no_zone"),
        (band(), {"value": ONE}, None),
        (band(), {}, "value_needed"),
        (zones(), {"zone": Zone.FAIL}, None),
        (zones(), {}, "zone_needed"),
        (zones(), {"zone": Zone.FAIL, "value": ONE}, "no_value"),
        (steps(), {}, None),
        (steps(), {"value": ONE}, "no_value"),
        (steps(), {"zone": Zone.FAIL}, "no_zone"),
        (steps(), {"done_on": (("s", HALF),)}, None),
        (steps(), {"done_on": (("s", HALF + DAY),)}, "done_in_future"),
        (change(), {"value": ONE, "confidence": None}, "confidence_needed"),
        (change(), {"value": ONE, "confidence": 0}, None),
        (change(), {"value": ONE, "reported_on": HALF + DAY}, "day_outside"),
        (change(), {"value": ONE, "reported_on": START - DAY}, "day_outside"),
    ],
)
def test_what_fits_a_key_result(key_result: KeyResult, values: dict[str, Any], refused: str | None) -> None:
    item = standing(key_result, [], HALF)
    if refused is None:
        refuse_unfit(item, entry(**values), HALF)
    else:
        with pytest.raises(Refusal) as found:
            refuse_unfit(item, entry(**values), HALF)
        assert found.value.message == f"check_in.{refused}"


@pytest.mark.parametrize(
    ("confidence", "before", "needed"),
    [(None, None, False), (0, None, True), (3, None, True), (4, None, False), (3, 4, True), (2, 3, False)],
)
def test_a_low_confidence_needs_an_impediment(confidence: int | None, before: int | None, needed: bool) -> None:
    corrects = None if before is None else check_in("1", HALF, confidence=before)
    assert needs_impediment(confidence, corrects) is needed


def test_a_correction_keeps_key_day_and_number() -> None:
    before = check_in("1", HALF, number=2, confidence=5, source_place="S. 3")
    after = corrected(before, entry(public=before.public, reported_on=END, value=Decimal(7), confidence=8))
    assert after == before.model_copy(update={"value": Decimal(7), "confidence": 8})


def test_a_new_check_in_has_the_number_in_its_key() -> None:
    made = made_check_in(standing(change(), [], HALF), entry(value=ONE), 2, demo=True)
    assert (made.key, made.number, made.demo) == (f"k/{HALF.isoformat()}/2", 2, True)


def test_only_changed_milestones_are_written() -> None:
    milestones = [step("1", HALF, "a"), step("1", None, "b"), step("1", HALF, "c")]
    written = ticked(milestones, entry(done_on=(("a", HALF), ("b", HALF), ("c", None))))
    assert [(item.key, item.done_on) for item in written] == [("b", HALF), ("c", None)]
