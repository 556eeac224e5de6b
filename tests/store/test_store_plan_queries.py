"""Sums of a plan made in SQL are those of its leaves, for trees of any shape."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from smartdash.analysis.plan_sums import sums_below
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
from smartdash.store import Scope, Store
from smartdash.store.plan_queries import compared_totals, cost_sums, funding_sums, stated_totals, version_totals
from tests.figures.made_stores import fill

_ABOVE = {"1": None, "1.10": "1", "1.2": "1", "1.2.1": "1.2", "2": None, "2.1": "2", "x": "y", "y": "x"}
_LINES = [
    CostLine(programme="p", key=key, title=key, parent=parent, eligible=key != "2") for key, parent in _ABOVE.items()
]
_AMOUNTS = [
    ("1.2.1", 2026, "0.10"),
    ("1.10", 2026, "0.20"),
    ("1.10", 2027, "5"),
    ("2.1", 2027, "-3.30"),
    ("x", 2027, "1"),
]


def _version(key: str) -> PlanVersion:
    return PlanVersion(programme="p", key=key, title=key, status=PlanStatus.APPROVAL)


def _cost(version: str, line: str, year: int, amount: str) -> CostAmount:
    return CostAmount(programme="p", plan_version=version, cost_line=line, year=year, amount=Decimal(amount))


def _printed(version: str) -> StatedTotal:
    return StatedTotal(programme="p", plan_version=version, code="1", label=version, subject=StatedSubject.COST,
                       amount=Decimal(1))  # fmt: skip


def test_sums_of_a_plan_are_those_of_its_leaves(store: Store) -> None:
    sources = [
        FundingSource(programme="p", key="own", title="own"),
        FundingSource(programme="p", key="other", title="other", outside_plan=True),
        FundingSource(programme="p", key="below", title="below", parent="other"),
    ]
    money = [
        FundingAmount(programme="p", plan_version="a", funding_source=source, year=2026, amount=Decimal(amount))
        for source, amount in (("own", "0.30"), ("below", "7"))
    ]
    amounts = [_cost("a", *item) for item in _AMOUNTS]
    printed = [_printed("a"), _printed("b")]
    fill(store, *map(_version, "ab"), *_LINES, *amounts, _cost("b", "2.1", 2026, "99"), *sources, *money, *printed)
    with store.read(Scope("p", date(2026, 1, 1))) as reader:
        found = cost_sums(reader, "a", [line.key for line in _LINES])
        eligible = cost_sums(reader, "a", [], eligible=True)
        inside, everything = (funding_sums(reader, "a", outside=outside) for outside in (False, True))
        totals, stated = version_totals(reader), stated_totals(reader, "a")
        lines, years = (compared_totals(reader, "a", "b", by) for by in ("cost_line", "year"))
        assert cost_sums(reader, "none", ["1"]) == {}
    assert found == sums_below(_LINES, [(line, year, Decimal(amount)) for line, year, amount in _AMOUNTS])
    assert eligible == {(None, 2026): Decimal("0.30"), (None, 2027): 6, (None, None): Decimal("6.30")}
    assert (inside[None, 2026], inside.get(("other", 2026))) == (Decimal("0.30"), None)
    assert (everything[None, 2026], everything["other", None]) == (Decimal("7.30"), 7)
    assert totals == {"a": (3, Decimal("0.30")), "b": (99, None)}
    assert ("2.1", Decimal("-3.30"), 99) in lines
    assert ("1.10", Decimal("5.20"), None) in lines
    assert years == [(2026, Decimal("0.30"), 99), (2027, Decimal("2.70"), None)]
    assert [item.label for item in stated] == ["a"]
