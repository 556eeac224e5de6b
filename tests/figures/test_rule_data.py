"""The rules of a programme on its scope: which packs bind, on which version, as known on which day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

from made_stores import fill

from smartdash.analysis.rules import RuleResult
from smartdash.figures.rule_data import missing_packs, rule_results
from smartdash.model.declare import Record
from smartdash.model.grants import RulePackUse, RuleParameter, Waiver
from smartdash.model.money import (
    CostAmount,
    CostLine,
    FunderKind,
    FundingAmount,
    FundingSource,
    PlanStatus,
    PlanVersion,
)
from smartdash.model.rule_parts import RuleStatus
from smartdash.store import Scope, Store

DAY = date(2026, 6, 30)


def plan(version: str, federal: str, **values: object) -> list[Record]:
    return [
        PlanVersion.model_validate(
            {"programme": "p", "key": version, "title": version, "status": PlanStatus.APPROVAL, **values}
        ),
        CostAmount(programme="p", key="", plan_version=version, cost_line="1", year=2026, amount=D(100)),
        FundingAmount(programme="p", key="", plan_version=version, funding_source="f", year=2026, amount=D(federal)),
    ]


RECORDS: list[Record] = [
    CostLine(programme="p", key="1", title="All"),
    FundingSource(programme="p", key="f", title="Federal", kind=FunderKind.FEDERAL),
    *plan("old", "91.00", valid_from=date(2025, 1, 1)),
    *plan("new", "60.00", valid_from=date(2026, 7, 1)),
]


def judged(store: Store, day: date = DAY, rule: str = "kfw436-2021.federal_max") -> RuleResult | None:
    with store.read(Scope("p", day)) as reader:
        return next((item for item in rule_results(reader) if item.rule == rule and item.deciding), None)


def test_a_pack_binds_where_the_programme_names_it_and_one_that_is_missing_is_named(empty_store: Store) -> None:
    fill(empty_store, *RECORDS)
    assert judged(empty_store) is None
    assert judged(empty_store, rule="plan.costs_equal_funding") is not None
    fill(empty_store, *(RulePackUse(programme="p", key="", pack=pack) for pack in ("kfw436-2021", "plan", "nobody")))
    assert judged(empty_store) is not None
    with empty_store.read(Scope("p", DAY)) as reader:
        assert missing_packs(reader) == ["nobody"]
        assert len([item for item in rule_results(reader) if item.rule == "plan.leaves_only"]) <= 1


def test_rules_are_judged_on_the_version_in_force_and_with_what_is_known_on_the_day(empty_store: Store) -> None:
    waiver = Waiver(
        programme="p",
        key="w",
        rule="kfw436-2021.federal_max",
        reason="Agreed",
        approved_by="Head",
        approved_on=date(2026, 5, 1),
    )
    rate = RuleParameter(programme="p", key="", name="funding_rate", value=D(65), valid_from=date(2026, 1, 1))
    fill(empty_store, *RECORDS, RulePackUse(programme="p", key="", pack="kfw436-2021"), waiver, rate)
    states = {}
    for day in (date(2025, 12, 31), DAY, date(2026, 7, 1)):
        found, rated = judged(empty_store, day), judged(empty_store, day, "kfw436-2021.federal_rate")
        assert found is not None
        assert rated is not None
        states[day] = (found.status, found.waiver is not None, found.finding, rated.status)
    assert states == {
        date(2025, 12, 31): (RuleStatus.VIOLATED, False, True, RuleStatus.UNKNOWN),
        DAY: (RuleStatus.VIOLATED, True, False, RuleStatus.VIOLATED),
        date(2026, 7, 1): (RuleStatus.OK, False, False, RuleStatus.OK),
    }


def test_an_empty_programme_has_nothing_to_judge(empty_store: Store) -> None:
    fill(empty_store)
    with empty_store.read(Scope("p", DAY)) as reader:
        results = rule_results(reader)
        assert {item.status for item in results} <= {RuleStatus.NOT_APPLICABLE}
        assert missing_packs(reader) == []
