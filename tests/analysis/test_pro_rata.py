"""Computed splits close in rows and columns to the cent, stay within a cent of the proportion, and hide no gap."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal as D
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartdash.analysis.controlled_rounding import rounded_table
from smartdash.analysis.pro_rata import Allocation, allocations

MARGINS = st.lists(st.integers(0, 10_000_00), min_size=1, max_size=7)
SIGNED = st.lists(st.integers(-500, 2_000), min_size=1, max_size=6)


def equal_sums(rows: list[int], columns: list[int]) -> tuple[list[int], list[int]]:
    """The margins with a last column that makes their sums the same."""
    return rows, [*columns, sum(rows) - sum(columns)]


def deviations(rows: Sequence[int], columns: Sequence[int], table: Sequence[Sequence[int]]) -> list[Fraction]:
    total = sum(rows)
    return [
        table[i][j] - Fraction(row * column, total) for i, row in enumerate(rows) for j, column in enumerate(columns)
    ]


@given(MARGINS, MARGINS)
@settings(max_examples=150)
def test_rows_and_columns_close_and_every_cell_is_within_one(rows: list[int], columns: list[int]) -> None:
    check_table(rows, columns)


@given(SIGNED, SIGNED)
@settings(max_examples=150)
def test_negative_margins_close_as_well(rows: list[int], columns: list[int]) -> None:
    check_table(rows, columns)


def check_table(rows: list[int], columns: list[int]) -> None:
    rows, columns = equal_sums(rows, columns)
    if not sum(rows):
        return
    table = rounded_table(rows, columns)
    assert [sum(cells) for cells in table] == rows
    assert [sum(cells) for cells in zip(*table, strict=True)] == columns
    found = deviations(rows, columns, table)
    assert all(abs(one) < 1 for one in found)
    assert all(not cell for row, cells in zip(rows, table, strict=True) if not row for cell in cells)
    exact = [one for one in found if one.denominator == 1]
    assert not any(exact), "a whole proportion stays as it is"


@given(st.lists(st.integers(0, 9), min_size=2, max_size=3), st.lists(st.integers(0, 9), min_size=2, max_size=2))
@settings(max_examples=60)
def test_no_other_table_is_nearer(rows: list[int], columns: list[int]) -> None:
    rows, columns = equal_sums(rows, columns)
    total = sum(rows)
    if not total:
        return
    places = list(product(range(len(rows)), range(len(columns))))
    floors = {(i, j): rows[i] * columns[j] // total for i, j in places}
    best = None
    for raised in product(*(((0, 1) if rows[i] * columns[j] % total else (0,)) for i, j in places)):
        cells = {place: floors[place] + up for place, up in zip(places, raised, strict=True)}
        table = [[cells[i, j] for j in range(len(columns))] for i in range(len(rows))]
        if [sum(line) for line in table] == rows and [sum(line) for line in zip(*table, strict=True)] == columns:
            size = sum(one * one for one in deviations(rows, columns, table))
            best = size if best is None else min(best, size)
    assert best == sum(one * one for one in deviations(rows, columns, rounded_table(rows, columns)))


def test_with_one_free_margin_it_is_the_method_of_largest_remainders() -> None:
    assert rounded_table([10], [5, 3, 2]) == [[5, 3, 2]]
    assert rounded_table([3, 3, 4], [7, 3]) == [[2, 1], [2, 1], [3, 1]]


def test_a_thousand_equal_lines_close_although_each_rounds_the_same_way() -> None:
    rows = [100] * 999
    columns = [33_300, 33_300, 33_300]
    table = rounded_table(rows, columns)
    assert [sum(cells) for cells in zip(*table, strict=True)] == columns
    assert {cell for cells in table for cell in cells} == {33, 34}


@pytest.mark.parametrize(("rows", "columns"), [([1], [2]), ([0, 0], [0]), ([1, -1], [0])])
def test_margins_that_cannot_close_are_refused(rows: list[int], columns: list[int]) -> None:
    with pytest.raises(ValueError, match="same sum"):
        rounded_table(rows, columns)


ABOVE = {"1": ("1",), "1.1": ("1.1", "1"), "1.2": ("1.2", "1"), "2": ("2",)}


def table(found: list[Allocation]) -> dict[tuple[str | None, str | None], tuple[str, str]]:
    return {(item.line, item.source): (str(item.stated), str(item.computed)) for item in found}


def test_what_is_stated_counts_and_the_rest_is_spread_over_what_is_not_yet_paid() -> None:
    costs = {("1.1", 2025): D("100.00"), ("1.2", 2025): D("50.00"), ("2", 2025): D("150.00"), ("2", 2026): D(0)}
    funding = {("city", 2025, None): D("100.00"), ("state", 2025, "1.1"): D("100.00"), ("state", 2025, None): D(100)}
    assert table(allocations(costs, funding, ABOVE)) == {
        ("1.1", "state"): ("100.00", "0.00"),
        ("1.2", "city"): ("0.00", "25.00"),
        ("1.2", "state"): ("0.00", "25.00"),
        ("2", "city"): ("0.00", "75.00"),
        ("2", "state"): ("0.00", "75.00"),
    }


def test_money_for_a_group_of_lines_is_spread_over_the_lines_below_it() -> None:
    costs = {("1.1", 2025): D("100.00"), ("1.2", 2025): D("50.00"), ("2", 2025): D("150.00")}
    funding = {("state", 2025, "1"): D("150.00"), ("city", 2025, None): D("150.00")}
    assert table(allocations(costs, funding, ABOVE)) == {
        ("1.1", "state"): ("0.00", "100.00"),
        ("1.2", "state"): ("0.00", "50.00"),
        ("2", "city"): ("0.00", "150.00"),
    }


@pytest.mark.parametrize(
    ("costs", "funding", "expected"),
    [
        ("100.00", {None: "90.00"}, {("2", "s"): ("0.00", "90.00"), ("2", None): ("0", "10.00")}),
        ("100.00", {None: "120.00"}, {("2", "s"): ("0.00", "120.00"), ("2", None): ("0", "-20.00")}),
        ("100.00", {"2": "130.00"}, {("2", "s"): ("130.00", "0.00"), ("2", None): ("0", "-30.00")}),
        ("100.00", {}, {("2", None): ("0", "100.00")}),
        ("0.00", {None: "5.00"}, {(None, "s"): ("5.00", "0.00"), (None, None): ("0", "-5.00")}),
        ("0.00", {"2": "5.00"}, {("2", "s"): ("5.00", "0.00"), ("2", None): ("0", "-5.00")}),
        ("0.00", {"9": "5.00"}, {("9", "s"): ("5.00", "0.00"), ("9", None): ("0", "-5.00")}),
        ("-10.00", {None: "-8.00"}, {("2", "s"): ("0.00", "-8.00"), ("2", None): ("0", "-2.00")}),
    ],
    ids=[
        "too little", "too much", "stated too much", "nothing", "no cost", "stated without cost", "unknown", "credit",
    ],
)  # fmt: skip
def test_a_gap_stays_visible(
    costs: str, funding: dict[str | None, str], expected: dict[tuple[str | None, str | None], tuple[str, str]]
) -> None:
    given_funding = {("s", 2025, line): D(amount) for line, amount in funding.items()}
    assert table(allocations({("2", 2025): D(costs)}, given_funding, ABOVE)) == expected


def test_fractions_of_a_cent_are_refused() -> None:
    with pytest.raises(ValueError, match="fractions of a cent"):
        allocations({("2", 2025): D("0.001")}, {}, ABOVE)


CENTS = st.integers(0, 1_000_00).map(lambda cents: D(cents).scaleb(-2))
LINES = st.sampled_from(["1.1", "1.2", "2"])
YEARS = st.integers(2025, 2026)
COSTS = st.dictionaries(st.tuples(LINES, YEARS), CENTS)
FUNDING = st.dictionaries(
    st.tuples(st.sampled_from(["own", "third", "federal"]), YEARS, st.sampled_from([None, "1", "1.1", "2"])), CENTS
)


@given(COSTS, FUNDING, st.randoms())
@settings(max_examples=150)
def test_every_margin_closes_whatever_the_plan_states_in_whatever_order(costs, funding, random) -> None:  # type: ignore[no-untyped-def]
    found = allocations(costs, funding, ABOVE)
    for line, year in {*costs, *((item.line, item.year) for item in found)}:
        cells = [item.amount for item in found if (item.line, item.year) == (line, year)]
        assert sum(cells) == costs.get((line, year), 0), "the sources of a line and its gap are its cost"
    for source, year in {(source, year) for source, year, _ in funding}:
        given_amount = sum(a for (one, at, _), a in funding.items() if (one, at) == (source, year))
        assert sum(item.amount for item in found if (item.source, item.year) == (source, year)) == given_amount
    mixed = [list(part.items()) for part in (costs, funding)]
    for part in mixed:
        random.shuffle(part)
    assert allocations(dict(mixed[0]), dict(mixed[1]), ABOVE) == found
