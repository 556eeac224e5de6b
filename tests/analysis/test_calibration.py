"""Forecasts against results, by hand: a cycle of 100 days from 1 January, so its middle is 20 February."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest
from okr_records import END, HALF, band, change, check_in, cycle, standing, steps

from smartdash.analysis.calibration import Leaning, calibrate, hit, middle
from smartdash.model.declare import Record

AFTER = date(2026, 4, 20)


def test_the_middle_of_a_cycle() -> None:
    assert middle(cycle()) == HALF
    assert middle(cycle(start=date(2028, 2, 28), end=date(2028, 3, 1))) == date(2028, 2, 29)
    assert middle(cycle(start=END, end=END)) == END


@pytest.mark.parametrize(
    ("records", "score", "expected"),
    [
        ([], None, None),
        ([check_in("50", HALF)], None, None),
        ([check_in("50", HALF, forecast=D(90))], None, None),
        ([check_in("50", HALF, forecast=D(90)), check_in("70", END)], None, (D("0.9"), D("0.7"), False)),
        ([check_in("50", HALF, forecast=D(90)), check_in("70", date(2026, 3, 27))], None, None),
        ([check_in("50", HALF, forecast=D(90)), check_in("70", date(2026, 3, 28))], "0.5", (D("0.9"), D("0.7"), False)),
        ([check_in("50", HALF, forecast=D(130))], "0.8", (D(1), D("0.8"), True)),
        ([check_in("50", HALF, forecast=D(130)), check_in("150", AFTER)], None, (D("1.3"), D("1.5"), False)),
        ([check_in("50", date(2026, 2, 21), forecast=D(90)), check_in("70", END)], None, None),
        (
            [
                check_in("9", date(2026, 1, 9), forecast=D(40)),
                check_in("50", HALF, forecast=D(90)),
                check_in("70", END),
            ],
            None,
            (D("0.9"), D("0.7"), False),
        ),
        (
            [check_in("9", date(2026, 1, 9), forecast=D(40)), check_in("50", HALF), check_in("70", END)],
            None,
            (D("0.4"), D("0.7"), False),
        ),
    ],
)
def test_a_forecast_is_compared_with_the_last_value_else_the_score(
    records: list[Record], score: str | None, expected: tuple[D, D, bool] | None
) -> None:
    found = hit(standing(change(), records, AFTER, score), AFTER)
    assert (found and (found.forecast, found.final, found.scored)) == expected


def test_no_comparison_before_the_end() -> None:
    records = [check_in("50", HALF, forecast=D(90)), check_in("70", date(2026, 4, 10))]
    assert hit(standing(change(), records, date(2026, 4, 10)), date(2026, 4, 10)) is None


def test_falling_targets_bands_and_milestones_are_compared_as_progress() -> None:
    falling = [check_in("80", HALF, forecast=D(20)), check_in("40", END)]
    found = hit(standing(change("100", "0"), falling, AFTER), AFTER)
    assert found
    assert found.difference == D("0.2")
    kept = [check_in("100", HALF, forecast=D(100)), check_in("130", END)]
    found = hit(standing(band(), kept, AFTER), AFTER)
    assert found
    assert found.difference == D("0.5")
    found = hit(standing(steps(), [check_in(None, HALF, forecast=D(70))], AFTER, "0.5"), AFTER)
    assert found
    assert found.difference == D("0.2")


@pytest.mark.parametrize(
    ("differences", "deviation", "bias", "leaning"),
    [
        ([], None, None, None),
        (["0.5"] * 4, None, None, None),
        (["0.2", "0.2", "0.2", "0.2", "0.2"], "0.2", "0.2", Leaning.HOPEFUL),
        (["-0.3", "-0.1", "0", "-0.2", "0.1"], "0.14", "-0.1", Leaning.CAUTIOUS),
        (["0.5", "-0.5", "0.25", "0", "0"], "0.25", "0.05", Leaning.EVEN),
        (["0", "0", "0", "0", "0"], "0", "0", Leaning.EVEN),
    ],
)
def test_deviation_and_bias(
    differences: list[str], deviation: str | None, bias: str | None, leaning: Leaning | None
) -> None:
    one = hit(standing(change(), [check_in("5", HALF, forecast=D(0)), check_in("0", END)], AFTER), AFTER)
    assert one
    result = calibrate([replace(one, forecast=D(text)) for text in differences])
    assert result.n == len(differences)
    assert result.deviation == (None if deviation is None else D(deviation))
    assert result.bias == (None if bias is None else D(bias))
    assert result.leaning is leaning
