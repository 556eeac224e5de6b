"""Changes between two versions of a plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartdash.analysis.plan_changes import LineChange, by_day, changes_at, largest_first, predecessor, steps
from smartdash.model.money import PlanStatus, PlanVersion

_CENTS = st.none() | st.decimals(-1_000_000, 1_000_000, places=2)
_KEYS = ("1.1.1", "1.1.2", "1.2", "2", "3.1", "3.2", "4")
_CHANGES = st.fixed_dictionaries({}, optional=dict.fromkeys(_KEYS, st.tuples(_CENTS, _CENTS))).map(
    lambda sides: [LineChange(key, before, after) for key, (before, after) in sides.items()]
)
_PLACE = {"1.1.1": "1.1", "1.1.2": "1.1", "3.1": "3", "3.2": "3"}


@given(_CHANGES, st.integers(1, 8), st.booleans())
def test_steps_of_a_waterfall_sum_to_the_difference(changes: list[LineChange], most: int, above: bool) -> None:
    before = sum((change.before or Decimal(0) for change in changes), Decimal(0))
    after = sum((change.after or Decimal(0) for change in changes), Decimal(0))
    shown = steps(largest_first(changes_at(changes, _PLACE if above else {})), most)
    assert sum((step.difference for step in shown), Decimal(0)) == after - before
    assert [step.start for step in shown[1:]] == [step.end for step in shown[:-1]]
    assert not shown or (shown[0].start, shown[-1].end) == (0, after - before)
    assert len(shown) <= most + 1


def test_the_rest_is_one_step_and_never_stands_for_a_single_line() -> None:
    changes = largest_first([LineChange(str(size), Decimal(0), Decimal(size)) for size in (1, 5, -9, 3)])
    assert [(step.key, step.count, step.difference) for step in steps(changes, 2)] == [
        ("-9", 1, -9), ("5", 1, 5), (None, 2, 4)
    ]  # fmt: skip
    assert [step.key for step in steps(changes, 3)] == ["-9", "5", "3", "1"]


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        ([(None, "5")], (None, 5)),
        ([("0", "5")], (0, 5)),
        ([(None, "5"), ("2", None)], (2, 5)),
        ([("2", None)], (2, None)),
    ],
)
def test_no_amount_is_not_an_amount_of_nothing(
    sides: list[tuple[str | None, str | None]], expected: tuple[int | None, int | None]
) -> None:
    given = [
        LineChange(str(place), *(None if side is None else Decimal(side) for side in pair))
        for place, pair in enumerate(sides)
    ]
    (found,) = changes_at(given, {str(place): "all" for place in range(len(sides))})
    assert (found.before, found.after) == expected


def _version(key: str, day: date | None, supersedes: str | None = None) -> PlanVersion:
    return PlanVersion(programme="p", key=key, title=key, status=PlanStatus.APPROVAL, valid_from=day,
                       supersedes=supersedes)  # fmt: skip


def test_a_version_follows_the_one_it_supersedes() -> None:
    first, same_day = date(2026, 1, 1), date(2026, 4, 1)
    versions = [
        _version("a", same_day, "b"),
        _version("b", same_day, "c"),
        _version("c", first),
        _version("d", None),
        _version("gone", date(2026, 5, 1), "unknown"),
    ]
    assert [version.key for version in by_day(versions)] == ["d", "c", "b", "a", "gone"]
    before = {version.key: predecessor(version, versions) for version in versions}
    assert {key: found and found.key for key, found in before.items()} == {
        "d": None, "c": "d", "b": "c", "a": "b", "gone": "a"
    }  # fmt: skip
    circle = [_version("x", first, "y"), _version("y", first, "x")]
    assert sorted(version.key for version in by_day(circle)) == ["x", "y"]
