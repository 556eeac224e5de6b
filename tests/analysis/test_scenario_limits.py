"""Limits that scenarios keep come from rules: which lines and money they count, in which scope, with which factor."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from fractions import Fraction
from typing import Any

import pytest

from smartdash.analysis.rules import PlanFacts
from smartdash.analysis.scenario_limits import limits, plan_money
from smartdash.analysis.scenarios import scenario_plan
from smartdash.model.grants import RuleParameter
from smartdash.model.money import CostKind, CostLine, FunderKind, FundingSource
from smartdash.model.rule_packs import RulePack
from smartdash.model.scenarios import Scenario
from smartdash.model.schedule import Phase

TEXTS = {"title_de": "T", "title_en": "T"}
ADVICE = {"of": "cost", "kinds": ["advice"]}
STAFF = {"of": "cost", "kinds": ["personnel"]}
FEDERAL = {"of": "funding", "kinds": ["federal"]}
ELIGIBLE = {"of": "cost", "eligible": True}


def pack(*, valid_to: str | None = None, **rule: Any) -> RulePack:
    made = {
        **TEXTS,
        "key": "limit",
        "explain_de": "E",
        "explain_en": "E",
        "scope": {"total": "error", "phase": "error", "year": "error"},
        "deciding": "total",
        "source": {"document": "D", "checked_on": "2026-01-01"},
        **rule,
    }
    rate = {**TEXTS, "name": "rate", "unit": "percent"}
    return RulePack.model_validate(
        {**TEXTS, "key": "pack", "valid_to": valid_to, "parameters": [rate], "rules": [made]}
    )


def facts(*parameters: RuleParameter) -> PlanFacts:
    """Advice 100.00 and staff 60.00 in 2025 (phase A); staff 200.00 in 2026 (B); federal money is 300.00 of 360.00."""
    lines = [("a", CostKind.ADVICE, "A"), ("s", CostKind.PERSONNEL, "A"), ("t", CostKind.PERSONNEL, "B")]
    givers = [("own", FunderKind.OWN), ("federal", FunderKind.FEDERAL), ("state", FunderKind.STATE)]
    return PlanFacts(
        as_of=date(2026, 1, 1),
        lines=[CostLine(programme="p", key=key, title=key, kind=kind, phase=phase) for key, kind, phase in lines],
        costs={("a", 2025): D("100.00"), ("s", 2025): D("60.00"), ("t", 2026): D("200.00")},
        funders=[
            FundingSource(programme="p", key="all", title="all"),
            *(FundingSource(programme="p", key=key, title=key, kind=kind, parent="all") for key, kind in givers),
            FundingSource(programme="p", key="part", title="part", parent="federal"),
            FundingSource(programme="p", key="else", title="else", kind=FunderKind.FEDERAL, outside_plan=True),
        ],
        funding={
            ("part", 2025, None): D("120.00"),
            ("part", 2026, None): D("180.00"),
            ("own", 2025, None): D("30.00"),
            ("own", 2026, None): D("20.00"),
            ("state", 2025, None): D("10.00"),
            ("else", 2025, None): D("999.00"),
        },
        phases=[Phase(programme="p", key=key, title=key) for key in "AB"],
        parameters=parameters,
    )


def grant(rules: RulePack, *parameters: RuleParameter) -> D:
    known = facts(*parameters)
    kept = Scenario(programme="p", key="s", title="S", plan_version="v", saved_on=known.as_of, enforce_caps=True)
    return scenario_plan(plan_money(known), kept, caps=limits([rules], known).caps).total.grant


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param(pack(type="ratio_cap", part=ADVICE, whole=STAFF, factor="1/4"), "273.75", id="advice in all"),
        pytest.param(
            pack(type="ratio_cap", part=ADVICE, whole=STAFF, factor="1/4", deciding="phase"), "236.25", id="per phase"
        ),
        pytest.param(
            pack(type="ratio_cap", part=ADVICE, whole=STAFF, factor="1/4", deciding="year"), "236.25", id="per year"
        ),
        pytest.param(
            pack(type="share_max", part=FEDERAL, whole=ELIGIBLE, factor="1/2"), "180.00", id="a share of cost"
        ),
        pytest.param(
            pack(type="share_max", part=FEDERAL, whole={"of": "funding"}, factor="1/2"), "180.00", id="of all funding"
        ),
        pytest.param(
            pack(type="share_max", part={"of": "funding", "kinds": ["federal", "state"]}, whole=ELIGIBLE, factor="1/2"),
            "170.00",
            id="the state's money counts and stays",
        ),
        pytest.param(
            pack(type="share_max", part=FEDERAL, whole=ELIGIBLE, factor="3/4", deciding="phase"),
            "270.00",
            id="of a phase",
        ),
        pytest.param(
            pack(type="share_max", part={"of": "funding", "kinds": ["state"]}, whole=ELIGIBLE, factor="0"),
            "300.00",
            id="a limit on money that no scenario changes",
        ),
        pytest.param(
            pack(type="share_max", part=FEDERAL, whole=ELIGIBLE, factor="1/2", valid_to="2025-12-31"),
            "300.00",
            id="no longer in force",
        ),
        pytest.param(pack(type="amount_cap", part=FEDERAL, limit="250"), "250.00", id="a ceiling on the grant"),
        pytest.param(
            pack(type="amount_cap", part=FEDERAL, limit="90", phase=1, scope={"phase": "error"}, deciding="phase"),
            "270.00",
            id="and of a phase",
        ),
        pytest.param(
            pack(type="amount_cap", part={**FEDERAL, "spent_on": ADVICE}, limit="60"),
            "285.00",
            id="spent on some lines",
        ),
        pytest.param(pack(type="amount_cap", part=STAFF, limit="130"), "187.50", id="a ceiling on cost"),
        pytest.param(
            pack(type="share_max", part={"of": "funding"}, whole=ELIGIBLE, factor="1/2"),
            "170.00",
            id="own funds fill what is left",
        ),
        pytest.param(
            pack(type="share_max", part=FEDERAL, whole=ELIGIBLE, factor="1/2", scope={"total": "warning"}),
            "300.00",
            id="a rule that only warns",
        ),
        pytest.param(
            pack(type="share_min", part=FEDERAL, whole=ELIGIBLE, factor="1/2"), "300.00", id="a least share is no limit"
        ),
    ],
)
def test_a_rule_limits_the_grant(rule: RulePack, expected: str) -> None:
    assert grant(rule) == D(expected)


def test_a_limit_whose_value_nobody_knows_is_left_out_and_named() -> None:
    rule = pack(type="share_max", part=FEDERAL, whole=ELIGIBLE, factor={"param": "rate"})
    unknown = limits([rule], facts())
    assert (unknown.caps, [item.key for item in unknown.left_out]) == ((), ["limit"])
    half = RuleParameter(programme="p", key="rate", name="rate", value=D(50))
    known = limits([rule], facts(half))
    assert [(cap.factor, cap.own_rate) for cap in known.caps] == [(Fraction(1, 2), True)]
    assert not known.left_out
    assert grant(rule, half) == D("180.00")


def test_a_limit_measured_by_some_of_the_money_is_left_out() -> None:
    rule = pack(type="share_max", part=FEDERAL, whole={"of": "funding", "kinds": ["own", "federal"]}, factor="1/2")
    assert [item.key for item in limits([rule], facts()).left_out] == ["limit"]
