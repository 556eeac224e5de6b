from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smartdash.analysis.indicators import attainment, goal_standings
from smartdash.analysis.key_results import share_of_way
from smartdash.model.workshops import ElementLevel, IndicatorValue, Link, LinkKind, StrategyElement


def element(key: str, level: str, baseline: str | None = None, target: str | None = None) -> StrategyElement:
    return StrategyElement(
        programme="x",
        key=key,
        title=key,
        level=ElementLevel(level),
        baseline=None if baseline is None else Decimal(baseline),
        target=None if target is None else Decimal(target),
    )


@pytest.mark.parametrize(
    ("baseline", "target", "value", "expected"),
    [
        ("0", "10", "4", "0.4"),
        ("31", "12", "31", "0"),
        ("31", "12", "12", "1"),
        ("20", "10", "15", "0.5"),
        ("20", "10", "25", "-0.5"),
        ("-5", "5", "10", "1.5"),
        ("10", "10", "10", None),
        (None, "10", "5", None),
        ("0", None, "5", None),
    ],
)
def test_attainment_is_the_share_of_the_way_for_rising_and_falling_targets(
    baseline: str | None, target: str | None, value: str, expected: str | None
) -> None:
    found = attainment(element("I", "indicator", baseline, target), Decimal(value))
    assert found == (None if expected is None else Decimal(expected))


def test_no_way_between_equal_ends_is_an_error_and_no_number() -> None:
    with pytest.raises(ZeroDivisionError, match="baseline"):
        share_of_way(Decimal(1), Decimal(1), Decimal(1))


def test_each_goal_stands_with_its_indicators_and_the_newest_value_counts() -> None:
    elements = [
        element("Z1", "goal"),
        element("Z2", "goal"),
        element("I1", "indicator", "0", "10"),
        element("I2", "indicator", "0", "10"),
        element("I3", "indicator"),
    ]
    links = [
        Link(programme="x", origin=origin, kind=LinkKind.MEASURES, target=target)
        for origin, target in [("I2", "Z1"), ("I1", "Z1"), ("I3", "gone")]
    ]
    values = [
        IndicatorValue(programme="x", indicator="I1", measured_on=date(2026, month, 1), value=Decimal(value))
        for month, value in [(3, 5), (1, 2)]
    ]
    found = goal_standings(elements, links, values)
    assert [
        (item.goal.key if item.goal else None, [one.indicator.key for one in item.indicators]) for item in found
    ] == [
        ("Z1", ["I1", "I2"]),
        ("Z2", []),
        (None, ["I3"]),
    ]
    first, second = found[0].indicators
    assert [value.value for value in first.values] == [2, 5]
    assert first.newest is first.values[-1]
    assert first.attainment == Decimal("0.5")
    assert (second.newest, second.attainment) == (None, None)
