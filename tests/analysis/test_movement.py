"""A change of standing falls into three parts that add up to it, whoever moved first."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartdash.analysis.movement import Movement, Snapshot, Split, movement

FOUR = {"A": 60, "B": 40, "C": 30, "D": 20}


def snapshot(own: float, **peers: float) -> Snapshot:
    return Snapshot(D(str(own)), {city: D(str(value)) for city, value in peers.items()})


def parts(split: Split) -> tuple[D, D, D]:
    return split.own, split.peers, split.group


def moved(before: Snapshot, after: Snapshot, higher_is_better: bool = True) -> Movement:
    found = movement(before, after, higher_is_better)
    assert found
    return found


@pytest.mark.parametrize(
    ("after", "rank", "change", "expected"),
    [
        (snapshot(50, **FOUR), 2, 0, (0, 0, 0)),
        (snapshot(61, **FOUR), 1, 1, (1, 0, 0)),
        (snapshot(50, **{**FOUR, "B": 55}), 3, -1, (0, -1, 0)),
        (snapshot(50, **FOUR, E=70), 3, -1, (0, 0, -1)),
        (snapshot(50, B=40, C=30, D=20, E=10), 1, 1, (0, 0, 1)),
        (snapshot(50, **{**FOUR, "B": 55}, E=70), 4, -2, (0, -1, -1)),
        # We pass 55, to which B has risen: both orders count half.
        (snapshot(58, **{**FOUR, "B": 55}), 2, 0, ("0.5", "-0.5", 0)),
        # Four tenths shown: 55,04 and 55,0 are equal, so nobody is passed.
        (snapshot("55.04", **{**FOUR, "B": 55}), 2, 0, ("0.5", "-0.5", 0)),
    ],
)
def test_the_rank_by_hand(after: Snapshot, rank: int, change: int, expected: tuple[D | int | str, ...]) -> None:
    split = moved(snapshot(50, **FOUR), after).rank
    assert (split.before, split.after, split.change) == (2, rank, change)
    assert parts(split) == tuple(D(part) for part in expected)


def test_the_distance_to_the_median_by_hand() -> None:
    """Medians: 40 and 50 of the old peers (40, then the own 50 is among five), 55 of the new ones."""
    split = moved(snapshot(50, **FOUR), snapshot(50, A=60, B=55, C=52, D=20)).distance
    assert (split.before, split.after, split.change) == (D(10), D(-2), D(-12))
    assert parts(split) == (0, D(-12), 0)


def test_a_third_is_rounded_so_that_the_parts_add_up() -> None:
    """Own rise, the peers' fall and the group's loss each would do alone: a third of a place each."""
    before = snapshot(10, A=20, B=1, C=1, D=1)
    after = snapshot(30, A=5, E=1, B=1, C=1, D=1)
    gone = Snapshot(after.own, {city: value for city, value in after.peers.items() if city != "A"})
    split = moved(before, gone).rank
    assert split.change == 1
    assert sum(parts(split)) == 1
    both = moved(before, after).rank
    assert parts(both) == (D("0.5"), D("0.5"), D(0))


def test_less_can_be_better() -> None:
    down = moved(snapshot(50, **FOUR), snapshot(15, **FOUR), higher_is_better=False)
    assert (down.rank.before, down.rank.after, down.rank.own) == (4, 1, 3)
    assert (down.distance.before, down.distance.after) == (D(-10), D(15))


@pytest.mark.parametrize(("before", "after"), [({"A": 1, "B": 1, "C": 1}, FOUR), (FOUR, {"A": 1, "B": 1, "C": 1})])
def test_under_five_cities_nothing_is_split(before: dict[str, float], after: dict[str, float]) -> None:
    assert movement(snapshot(1, **before), snapshot(1, **after)) is None


VALUES = st.decimals(0, 100, places=2)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    return Snapshot(draw(VALUES), draw(st.dictionaries(st.sampled_from("ABCDEFGH"), VALUES, min_size=4)))


@settings(max_examples=60, deadline=None)
@given(snapshots(), snapshots(), st.booleans())
def test_the_parts_add_up_forth_and_back(one: Snapshot, other: Snapshot, higher: bool) -> None:
    forth, back = moved(one, other, higher), moved(other, one, higher)
    for split, reverse in ((forth.rank, back.rank), (forth.distance, back.distance)):
        assert sum(parts(split)) == split.change == -reverse.change
        assert all(abs(a + b) <= D("0.1") for a, b in zip(parts(split), parts(reverse), strict=True))
    assert forth.rank.change == forth.rank.before - forth.rank.after


@settings(max_examples=30, deadline=None)
@given(snapshots(), VALUES)
def test_what_only_we_changed_is_ours(before: Snapshot, own: D) -> None:
    found = moved(before, Snapshot(own, before.peers))
    assert (found.rank.own, found.distance.own) == (found.rank.change, found.distance.change)
