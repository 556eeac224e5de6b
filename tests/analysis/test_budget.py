"""Trees of cost, shares, and person-days with dated value-added tax, to the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from smartdash.analysis.budget import (
    cents,
    current_plan,
    eligible_lines,
    months,
    person_days,
    plan_funding,
    share,
    top_line_of,
    total_by,
    vat_percent,
)
from smartdash.model.money import CostLine, FundingAmount, FundingSource, PlanStatus, PlanVersion
from smartdash.model.spending import PersonDayBudget, VatRate

RATES = [
    VatRate(programme="p", key="a", valid_from=date(2007, 1, 1), valid_to=date(2020, 6, 30), percent=D(19)),
    VatRate(programme="p", key="b", valid_from=date(2020, 7, 1), valid_to=date(2020, 12, 31), percent=D(16)),
    VatRate(programme="p", key="c", valid_from=date(2021, 1, 1), percent=D(19)),
]


def lines(**parents: str | None) -> list[CostLine]:
    return [CostLine(programme="p", key=key, title=key, parent=parent) for key, parent in parents.items()]


def budget(start: date, end: date, days: str, rate: str) -> PersonDayBudget:
    return PersonDayBudget(
        programme="p", key="b", title="B", start=start, end=end, days_per_month=D(days), rate=D(rate)
    )


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("0.005", "0.01"), ("-0.005", "-0.01"), ("2.675", "2.68"), ("-2.674", "-2.67"), ("1", "1.00")],
)
def test_cents_are_rounded_half_away_from_zero(amount: str, expected: str) -> None:
    assert str(cents(D(amount))) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2024, 2, 1), date(2024, 2, 29), [date(2024, 2, 29)]),
        (date(2023, 2, 28), date(2023, 3, 1), [date(2023, 2, 28), date(2023, 3, 31)]),
        (date(2024, 12, 31), date(2025, 1, 1), [date(2024, 12, 31), date(2025, 1, 31)]),
        (date(2100, 2, 5), date(2100, 2, 5), [date(2100, 2, 28)]),
    ],
)
def test_months_are_those_a_period_touches_leap_years_included(start: date, end: date, expected: list[date]) -> None:
    assert months(start, end) == expected


@pytest.mark.parametrize(
    ("day", "percent"),
    [
        (date(2006, 12, 31), None),
        (date(2020, 6, 30), 19),
        (date(2020, 7, 1), 16),
        (date(2020, 12, 31), 16),
        (date(2021, 1, 1), 19),
        (date(2040, 1, 1), 19),
    ],
)
def test_the_tax_rate_is_the_one_in_force_that_day(day: date, percent: int | None) -> None:
    assert vat_percent(RATES, day) == percent


@pytest.mark.parametrize(
    ("start", "end", "days", "rate", "expected"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), "5", "1280", ("60", "76800.00", "14592.00", "91392.00")),
        # Two months at 19 % and two at 16 %, each part rounded once: 380.00 + 320.00.
        (date(2020, 5, 1), date(2020, 8, 31), "1", "1000", ("4", "4000.00", "700.00", "4700.00")),
        # 0.5 x 33.33 = 16.665; net 16.67, tax 3.16635.
        (date(2024, 2, 1), date(2024, 2, 29), "0.5", "33.33", ("0.5", "16.67", "3.17", "19.84")),
        (date(2024, 1, 1), date(2024, 1, 31), "0", "1000", ("0", "0.00", "0.00", "0.00")),
    ],
)
def test_person_days_are_recomputed_to_the_cent(
    start: date, end: date, days: str, rate: str, expected: tuple[str, ...]
) -> None:
    found = person_days(budget(start, end, days, rate), RATES)
    assert (found.days, found.net, found.vat, found.gross) == tuple(map(D, expected))


def test_one_month_without_a_known_rate_leaves_tax_and_gross_unknown() -> None:
    found = person_days(budget(date(2006, 12, 1), date(2007, 1, 31), "1", "100"), RATES)
    assert (found.net, found.vat, found.gross) == (D(200), None, None)


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        ({"1": None, "1.1": "1", "2": None}, {"1": "1", "1.1": "1", "2": "2"}),
        ({"0": None, "1": "0", "1.1": "1", "2": "0"}, {"0": "0", "1": "1", "1.1": "1", "2": "2"}),
        ({"1": None}, {"1": "1"}),
        ({"1": "gone", "2": None}, {"1": "1", "2": "2"}),
    ],
)
def test_a_single_line_above_all_is_no_top_level(tree: dict[str, str | None], expected: dict[str, str]) -> None:
    assert top_line_of(lines(**tree)) == expected


def test_a_total_share_is_a_ratio_of_sums_and_not_a_mean_of_shares() -> None:
    parts, wholes = [D(50), D(0)], [D(100), D(900)]
    assert share(sum(parts), sum(wholes)) == D("0.05")
    assert share(D(1), D(0)) is None


def test_totals_keep_the_order_of_their_groups() -> None:
    assert list(total_by([("b", D(1)), ("a", D(2)), ("b", D("-1"))]).items()) == [("b", 0), ("a", 2)]


@pytest.mark.parametrize(
    ("as_of", "key"),
    [(date(2023, 1, 1), "open"), (date(2024, 1, 1), "first"), (date(2025, 6, 1), "second")],
)
def test_the_plan_in_force_is_the_newest_valid_one(as_of: date, key: str) -> None:
    days = {"second": date(2025, 6, 1), "first": date(2024, 1, 1), "open": None}
    versions = [
        PlanVersion(programme="p", key=name, title=name, status=PlanStatus.APPROVAL, valid_from=day)
        for name, day in days.items()
    ]
    found = current_plan(versions, as_of)
    assert found
    assert found.key == key


def test_before_any_plan_is_valid_the_first_to_come_counts() -> None:
    later = PlanVersion(programme="p", key="a", title="A", status=PlanStatus.APPROVAL, valid_from=date(2030, 1, 1))
    assert current_plan([later], date(2024, 1, 1)) is later
    assert current_plan([], date(2024, 1, 1)) is None


def test_a_line_that_is_not_eligible_bars_all_below_it() -> None:
    tree = (("1", None, True), ("1.1", "1", False), ("1.1.1", "1.1", True), ("1.2", "1", True))
    lines = [CostLine(programme="p", key=key, title=key, parent=above, eligible=own) for key, above, own in tree]
    assert eligible_lines(lines) == {"1", "1.2"}


def test_money_outside_the_plan_does_not_cover_its_costs() -> None:
    sources = [
        FundingSource(programme="p", key="in", title="In"),
        FundingSource(programme="p", key="out", title="Out", outside_plan=True),
        FundingSource(programme="p", key="below", title="Below", parent="out"),
    ]
    amounts = [
        FundingAmount(programme="p", plan_version="v", funding_source=key, year=2024, amount=D(5))
        for key in ("in", "out", "below")
    ]
    assert [item.funding_source for item in plan_funding(sources, amounts)] == ["in"]
