"""Rules that recompute what a document states, and name what does not agree."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from smartdash.analysis.budget import person_days
from smartdash.analysis.checks import (
    Check,
    CheckStatus,
    Plan,
    check_person_days,
    check_plan,
    check_sources,
)
from smartdash.model.money import (
    CostAmount,
    CostLine,
    FundingAmount,
    FundingSource,
    PlanStatus,
    PlanVersion,
    StatedSubject,
    StatedTotal,
)
from smartdash.model.spending import PersonDayBudget, VatRate


def stated(amount: str, subject: StatedSubject = StatedSubject.COST, **values: Any) -> StatedTotal:
    given = {"plan_version": "v", "code": "1", "label": "Sum", "source": "doc", **values}
    return StatedTotal(programme="p", subject=subject, amount=D(amount), **given)


def plan(*totals: StatedTotal, federal: str = "90.00", on_parent: str | None = None) -> Plan:
    """Costs 60 + 40 in 2024, funded by 10 own and 90 federal money, and 5 outside the plan."""
    tree = {"1": None, "1.1": "1", "1.2": "1"}
    costs = {"1.1": "60.00", "1.2": "40.00"} | ({"1": on_parent} if on_parent else {})
    funding = {"own": "10.00", "federal": federal, "other": "5.00"}
    return Plan(
        PlanVersion(programme="p", key="v", title="V", status=PlanStatus.APPROVAL, source="doc"),
        [CostLine(programme="p", key=key, title=key, parent=parent) for key, parent in tree.items()],
        [
            CostAmount(programme="p", plan_version="v", cost_line=key, year=2024, amount=D(amount))
            for key, amount in costs.items()
        ],
        [FundingSource(programme="p", key=key, title=key, outside_plan=key == "other") for key in funding],
        [
            FundingAmount(programme="p", plan_version="v", funding_source=key, year=2024, amount=D(amount))
            for key, amount in funding.items()
        ],
        totals,
    )


def violated(checks: list[Check]) -> list[Check]:
    return [check for check in checks if check.status is CheckStatus.VIOLATED]


def test_a_plan_that_agrees_with_itself_violates_nothing() -> None:
    checks = check_plan(plan(stated("100.00"), stated("60.00", cost_line="1.1", code="1.1", year=2024)))
    assert [check.rule for check in checks] == ["costs_equal_funding"] * 2 + ["stated_total"] * 2
    assert not violated(checks)


def test_a_stated_total_one_cent_off_is_violated_and_named() -> None:
    [found] = violated(check_plan(plan(stated("100.01", code="1.7", label="Summe"))))
    assert (found.rule, found.difference, found.values["code"], found.values["label"], found.source) == (
        "stated_total",
        D("0.01"),
        "1.7",
        "Summe",
        "doc",
    )


def test_funding_that_does_not_cover_the_costs_is_found_per_year_and_in_total() -> None:
    found = violated(check_plan(plan(federal="89.99")))
    assert [(check.rule, check.period, check.difference) for check in found] == [
        ("costs_equal_funding", "2024", D("0.01")),
        ("costs_equal_funding", "", D("0.01")),
    ]


@pytest.mark.parametrize(
    ("total", "right"),
    [
        (stated("100", StatedSubject.FUNDING), "100.00"),
        (stated("105", StatedSubject.FUNDING, includes_outside=True), "105.00"),
        (stated("5", StatedSubject.FUNDING, funding_source="other"), "5.00"),
        (stated("0", StatedSubject.CONTROL), "0.00"),
        (stated("90", StatedSubject.SHARE, funding_source="federal"), "90.00"),
        (stated("0", StatedSubject.COST, year=2025), "0"),
    ],
)
def test_each_kind_of_stated_total_is_recomputed(total: StatedTotal, right: str) -> None:
    [found] = [check for check in check_plan(plan(total)) if check.rule == "stated_total"]
    assert (found.status, found.right) == (CheckStatus.OK, D(right))


def test_a_share_of_nothing_cannot_be_checked() -> None:
    total = stated("90", StatedSubject.SHARE, funding_source="federal", year=2030)
    [found] = [check for check in check_plan(plan(total)) if check.rule == "stated_total"]
    assert (found.status, found.right, found.difference) == (CheckStatus.UNKNOWN, None, None)


def test_an_amount_above_the_leaves_is_named() -> None:
    found = violated(check_plan(plan(on_parent="1.00")))
    assert [(check.values["line"], check.left) for check in found if check.rule == "leaves_only"] == [("1", 1)]


def budget(key: str, days: str, gross: str | None, group: str | None = None, year: int = 2024) -> PersonDayBudget:
    return PersonDayBudget(
        programme="p",
        key=key,
        title=key,
        start=date(year, 1, 1),
        end=date(year, 12, 31),
        days_per_month=D(days),
        rate=D(1280),
        stated_gross=None if gross is None else D(gross),
        stated_group=group,
    )


RATES = [VatRate(programme="p", key="r", valid_from=date(2021, 1, 1), percent=D(19))]


@pytest.mark.parametrize(
    ("budgets", "expected"),
    [
        ([budget("a", "3", "91392.00", "g"), budget("b", "2", None, "g")], [(CheckStatus.OK, D(0))]),
        ([budget("a", "5", "91392.01")], [(CheckStatus.VIOLATED, D("0.01"))]),
        ([budget("a", "5", "91392.00", year=2010)], [(CheckStatus.UNKNOWN, None)]),
        ([budget("a", "5", None)], []),
    ],
)
def test_person_days_are_checked_against_the_document(
    budgets: list[PersonDayBudget], expected: list[tuple[CheckStatus, D | None]]
) -> None:
    checks = check_person_days([person_days(item, RATES) for item in budgets])
    assert [(check.status, check.difference) for check in checks] == expected


def test_records_without_a_source_are_counted_by_type() -> None:
    [found] = check_sources({"unit": (2, ["b"]), "source": (3, ["x"]), "phase": (0, [])})
    assert (found.status, found.left, found.right, found.values["example"]) == (CheckStatus.VIOLATED, 1, 2, "b")
