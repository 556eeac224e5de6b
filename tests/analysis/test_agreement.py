"""The agreement of raters against cases computed by hand, and the laws it keeps."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartdash.analysis.agreement import agreement

LEVELS = st.lists(st.integers(1, 5).map(D), max_size=8)


@pytest.mark.parametrize(
    ("levels", "scale", "quarters", "within_group", "to_clarify"),
    [
        ("", (1, 5), None, None, False),
        ("3", (1, 5), "3 3 3 3 3", None, False),
        ("2 3", (1, 5), "2 2.25 2.5 2.75 3", None, False),
        ("4 2", (1, 5), "2 2.5 3 3.5 4", None, True),  # two raters: by the range, of which the quartiles show half
        ("3 3 3", (1, 5), "3 3 3 3 3", "1", False),
        ("4 2 3", (1, 5), "2 2.5 3 3.5 4", "0.5", False),  # S² = 1: exactly one half is enough
        ("3 3 3 5", (1, 5), "3 3 3 3.5 5", "0.5", False),
        ("2 2 4", (1, 5), "2 2 2 3 4", "1/3", True),  # S² = 4/3
        ("1 3 5", (1, 5), "1 2 3 4 5", "-1", True),  # S² = 4
        ("4 4 1 4", (1, 5), "1 3.25 4 4 4", "-1/8", True),  # S² = 9/4, though the quartiles lie together
        ("2 2 2 3 4 4 4", (1, 5), "2 2 3 4 4", "0.5", True),  # only by the middle half, of two levels
        ("0 1", (0, 3), "0 0.25 0.5 0.75 1", None, False),  # half of this scale is one and a half levels
        ("0 2", (0, 3), "0 0.5 1 1.5 2", None, True),
        ("0 1 2", (0, 3), "0 0.5 1 1.5 2", "0.2", True),  # S² = 1 of 15/12
        ("40 90", (0, 100), "40 52.5 65 77.5 90", None, True),
        ("40 89", (0, 100), "40 52.25 64.5 76.75 89", None, False),
        ("2.5 4.4", (1, 5), "2.5 2.975 3.45 3.925 4.4", None, False),  # values of an indicator lie between levels
    ],
)
def test_raters_agree_or_are_to_clarify(
    levels: str, scale: tuple[int, int], quarters: str | None, within_group: str | None, to_clarify: bool
) -> None:
    found = agreement([D(level) for level in levels.split()], *scale)
    shown = (found.lowest, found.lower_quartile, found.median, found.upper_quartile, found.highest)
    assert shown == ((None,) * 5 if quarters is None else tuple(map(D, quarters.split())))
    assert found.raters == len(levels.split())
    assert found.within_group == (None if within_group is None else pytest.approx(_fraction(within_group)))
    assert found.to_clarify is to_clarify


def _fraction(text: str) -> D:
    above, _, below = text.partition("/")
    return D(above) / D(below or 1)


def test_distances_are_zero_without_raters() -> None:
    assert (agreement([], 1, 5).range, agreement([], 1, 5).middle_half) == (0, 0)
    assert (agreement([D(1), D(2), D(5)], 1, 5).range, agreement([D(1), D(2), D(5)], 1, 5).middle_half) == (4, D("2"))


@given(LEVELS)
def test_agreement_is_the_same_when_the_scale_is_turned_round(levels: list[D]) -> None:
    found, turned = agreement(levels, 1, 5), agreement([6 - level for level in levels], 1, 5)
    assert (found.within_group, found.to_clarify) == (turned.within_group, turned.to_clarify)
    assert (found.range, found.middle_half) == (turned.range, turned.middle_half)


@given(LEVELS.filter(lambda levels: len(levels) >= 2), st.integers(1, 5).map(D))
def test_raters_who_say_the_same_agree_fully(levels: list[D], level: D) -> None:
    found = agreement([level for _ in levels], 1, 5)
    assert not found.to_clarify
    assert found.within_group == (None if len(levels) < 3 else 1)
