"""Sums of a plan made in SQL are those of its leaves, for trees of any shape."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from smartdash.analysis.plan_sums import sums_below
from smartdash.model.money import CostAmount, CostLine, FundingAmount, FundingSource, PlanStatus, PlanVersion
from smartdash.store import Scope, Store
from smartdash.store.plan_queries import cost_sums, funding_sums, plan_lines
from tests.figures.made_stores import fill

_LINES = [
    CostLine(programme="p", key=key, title=key, parent=parent)
    for key, parent in (("1", None), ("1.10", "1"), ("1.2", "1"), ("1.2.1", "1.2"), ("2", None), ("x", "y"), ("y", "x"))
]
_AMOUNTS = [
    ("1.2.1", 2026, "0.10"),
    ("1.10", 2026, "0.20"),
    ("1.10", 2027, "5"),
    ("2", 2027, "-3.30"),
    ("x", 2027, "1"),
]


def _version(key: str) -> PlanVersion:
    return PlanVersion(programme="p", key=key, title=key, status=PlanStatus.APPROVAL)


def _cost(version: str, line: str, year: int, amount: str) -> CostAmount:
    return CostAmount(programme="p", plan_version=version, cost_line=line, year=year, amount=Decimal(amount))


def test_sums_of_a_plan_are_those_of_its_leaves(store: Store) -> None:
    sources = [
        FundingSource(programme="p", key="own", title="own"),
        FundingSource(programme="p", key="other", title="other", outside_plan=True),
    ]
    money = [
        FundingAmount(programme="p", plan_version="a", funding_source=source, year=2026, amount=Decimal(amount))
        for source, amount in (("own", "0.30"), ("other", "7"))
    ]
    amounts = [_cost("a", *item) for item in _AMOUNTS]
    fill(store, _version("a"), _version("b"), *_LINES, *amounts, _cost("b", "2", 2026, "99"), *sources, *money)
    with store.read(Scope("p", date(2026, 1, 1))) as reader:
        lines = plan_lines(reader)
        found = cost_sums(reader, "a", [line.key for line in lines])
        inside, everything = (funding_sums(reader, "a", ["own", "other"], outside=outside) for outside in (False, True))
        assert cost_sums(reader, "none", ["1"]) == {}
    expected = sums_below(_LINES, [(line, year, Decimal(amount)) for line, year, amount in _AMOUNTS])
    assert found == expected
    assert [(line.key, line.depth, line.leaf) for line in lines if line.key not in "xy"] == [
        ("1", 1, False), ("1.2", 2, False), ("1.2.1", 3, True), ("1.10", 2, True), ("2", 1, True)
    ]  # fmt: skip
    assert (inside[None, 2026], inside.get(("other", 2026))) == (Decimal("0.30"), None)
    assert (everything[None, 2026], everything["other", None]) == (Decimal("7.30"), 7)
