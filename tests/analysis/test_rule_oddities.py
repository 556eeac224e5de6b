"""Oddities of a plan: what must be found, and what looks like it but must not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from fractions import Fraction as F
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from smartdash.analysis.rules.oddities import (
    Labelled,
    PhaseLine,
    RestingLines,
    identical_series,
    repeated_labels,
    resting_lines,
)
from smartdash.analysis.rules.stale_base import other_bases
from smartdash.analysis.rules.tax import contract_tax
from smartdash.model.spending import Contract, VatRate

RATES = [F(9, 10)]


def series(*amounts: int, start: int = 2023) -> dict[int, D]:
    return {start + place: D(amount) for place, amount in enumerate(amounts)}


def label(code: str, text: str, value: int, above: str = "3.3", column: str = "") -> Labelled:
    return Labelled(code, above, text, {column: D(value)})


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([], []),
        ([label("1", "Own", 5), label("2", "Grant", 90)], []),
        ([label("1", "Own", 5), label("2", "Own", 90)], [("1", "2")]),
        ([label("1", "Own", 5), label("2", " OWN ", 90)], [("1", "2")]),
        ([label("1", "Own", 5), label("2", "Own", 5)], []),
        ([label("1", "Own", 5), label("2", "Own", 5), label("3", "Own", 6)], [("1", "2", "3")]),
        ([label("1", "Own", 5), label("2", "Own", 90, above="3.1")], []),
        ([label("1", "Own", 5, column="2023"), label("2", "Own", 90, column="2024")], []),
    ],
)
def test_labels_that_repeat_below_one_heading_with_other_values(rows: list[Labelled], found: list[Any]) -> None:
    assert [tuple(row.code for row in group) for group in repeated_labels(rows)] == found


@pytest.mark.parametrize(
    ("amounts", "min_years", "found"),
    [
        ({}, 2, []),
        ({"a": series(1, 2), "b": series(1, 2)}, 2, [("a", "b")]),
        ({"a": series(1, 2), "b": series(1, 2, 0)}, 2, [("a", "b")]),
        ({"a": series(1, 2), "b": series(1, 3)}, 2, []),
        ({"a": series(1, 2), "b": series(1, 2, start=2024)}, 2, []),
        ({"a": series(0, 0), "b": series(0, 0)}, 2, []),
        ({"a": series(0, 0), "b": series(0, 0)}, 0, []),
        ({"a": series(5), "b": series(5)}, 2, []),
        ({"a": series(5), "b": series(5)}, 1, [("a", "b")]),
    ],
)
def test_series_that_are_identical(amounts: dict[str, dict[int, D]], min_years: int, found: list[Any]) -> None:
    assert identical_series(amounts, min_years) == found


@pytest.mark.parametrize(
    ("lines", "planned", "found"),
    [
        ({"a": series(0, 1), "b": series(1, 1)}, range(0), [(2023, ("a",))]),
        ({"a": series(0, 1)}, range(0), []),
        ({"a": series(0, 1)}, range(2023, 2025), [(2023, ("a",))]),
        ({"a": series(1, 0, 1), "c": series(0, 0, 1), "b": series(1, 1, 1)}, range(0), [(2024, ("a", "c"))]),
        ({"a": series(0, 0, 1), "b": series(1, 1, 1)}, range(0), [(2024, ("a",))]),
        ({"a": series(0, 0, 0), "b": series(1, 1, 1)}, range(0), []),
        ({"a": {2024: D(1)}, "b": series(1, 1)}, range(0), [(2023, ("a",))]),
    ],
)
def test_lines_that_rest_in_a_year_in_which_their_phase_is_active(
    lines: dict[str, dict[int, D]], planned: range, found: list[tuple[int, tuple[str, ...]]]
) -> None:
    made = [PhaseLine(key, "B", amounts) for key, amounts in lines.items()]
    assert resting_lines(made, {"B": planned}) == [RestingLines("B", year, keys) for year, keys in found]


def test_a_line_does_not_make_the_phase_of_another_active() -> None:
    assert resting_lines([PhaseLine("a", "A", series(1, 1)), PhaseLine("b", "B", series(0, 1))], {}) == []


COSTS = {"a": series(1000), "b": series(250)}


@pytest.mark.parametrize(
    ("own", "grant", "found"),
    [
        (125, 1125, []),
        (100, 1150, [(2023, "own", 1000, ("b",)), (None, "own", 1000, ("b",))]),
        (350, 900, [(2023, "grant", 1000, ("b",)), (None, "grant", 1000, ("b",))]),
        (130, 1120, []),
        (0, 1250, []),
    ],
)
def test_funding_that_fits_the_cost_without_a_line(own: int, grant: int, found: list[Any]) -> None:
    hints = other_bases(COSTS, series(own), series(grant), RATES)
    assert [(hint.year, hint.part, int(hint.base), hint.lines) for hint in hints] == found


def test_funding_rounded_to_the_cent_fits_its_own_cost() -> None:
    assert other_bases({"a": {2023: D("0.15")}, "b": {2023: D("0.05")}}, {}, {2023: D("0.18")}, RATES) == []
    costs = {"a": {2023: D("10.05")}, "b": {2023: D("0.05")}}
    assert other_bases(costs, {2023: D("1.01")}, {2023: D("9.09")}, RATES) == []


def test_funding_that_fits_the_cost_with_a_line_that_was_taken_out() -> None:
    costs = {"a": series(1000, 1000), "b": series(0, 25)}
    year, whole = other_bases(costs, {2023: D("102.50"), 2024: D("102.50")}, series(), RATES)
    assert (year.year, year.base, year.difference, year.lines) == (2023, 1025, -25, ("b",))
    assert (whole.year, whole.difference, whole.lines) == (None, -25, ())


def test_the_total_is_explained_by_its_years_only_where_every_year_is() -> None:
    costs = {"a": series(1000, 1000, 1000), "b": series(250, 100, 0)}
    hints = other_bases(costs, series(100, 100, 100), series(), RATES)
    assert [(hint.year, hint.difference) for hint in hints] == [(2023, 250), (2024, 100), (None, 350)]
    hints = other_bases(costs, series(100, 100, 93), series(), RATES)
    assert [hint.year for hint in hints] == [2023, 2024]


@given(
    some.lists(some.integers(1, 10**6), min_size=1, max_size=5),
    some.sampled_from([F(9, 10), F(65, 100), F(1, 3), F(1)]),
)
def test_funding_by_a_rate_of_the_planned_cost_raises_no_hint(amounts: list[int], rate: F) -> None:
    costs = {str(place): {2023: D(amount).scaleb(-2)} for place, amount in enumerate(amounts)}
    cost = D(sum(amounts)).scaleb(-2)
    grant = (cost * rate.numerator / rate.denominator).quantize(D("0.01"), "ROUND_HALF_UP")
    assert other_bases(costs, {2023: cost - grant}, {2023: grant}, [rate]) == []


def vat() -> list[VatRate]:
    spans = [(date(2020, 1, 1), date(2020, 6, 30), 19), (date(2020, 7, 1), date(2020, 12, 31), 16)]
    return [
        VatRate(programme="p", key=str(start), valid_from=start, valid_to=end, percent=D(percent))
        for start, end, percent in spans
    ]


@pytest.mark.parametrize(
    ("days", "percents", "gross"),
    [
        ({}, (), None),
        ({"delivered_on": date(2020, 7, 1)}, (16,), D("116.00")),
        ({"delivered_on": date(2020, 6, 30), "end": date(2020, 12, 31)}, (19,), D("119.00")),
        ({"delivered_on": date(2022, 1, 1)}, (), None),
        ({"start": date(2020, 3, 1), "end": date(2020, 6, 30)}, (19,), D("119.00")),
        ({"start": date(2020, 3, 1), "end": date(2020, 7, 1)}, (16, 19), None),
        ({"start": date(2020, 3, 1), "end": date(2021, 3, 1)}, (), None),
        ({"end": date(2020, 8, 1)}, (16,), D("116.00")),
    ],
)
def test_the_tax_of_a_contract_is_that_of_the_day_of_its_service(
    days: dict[str, date], percents: tuple[int, ...], gross: D | None
) -> None:
    contract = Contract(programme="p", key="c", title="C", gross=D(1), stated_net=D(100), **days)
    tax = contract_tax(contract, vat())
    assert (tax.percents, tax.gross) == (percents, gross)
