"""The rules of the grant on Schwerin's plan, worked out by hand: what must be found, and nothing else."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from functools import cache
from pathlib import Path
from typing import Any

from smartdash.analysis.rules import PlanFacts, RuleResult, evaluate
from smartdash.model import RECORDS
from smartdash.model.rule_parts import RuleStatus
from smartdash.store.rule_packs import rule_packs

BUNDLE = Path(__file__).parents[2] / "data" / "schwerin-smart-city-2021"


def load(name: str) -> list[Any]:
    with (BUNDLE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = [{cell: value for cell, value in row.items() if value} for row in csv.DictReader(file)]
    return [RECORDS[name].model_validate({"programme": BUNDLE.name, **row}) for row in rows]


@cache
def schwerin() -> PlanFacts:
    return PlanFacts(
        as_of=date(2026, 11, 25),
        version=load("plan_version")[0],
        lines=load("cost_line"),
        costs={(item.cost_line, item.year): item.amount for item in load("cost_amount")},
        funders=load("funding_source"),
        funding={(item.funding_source, item.year, None): item.amount for item in load("funding_amount")},
        stated=load("stated_total"),
        phases=load("phase"),
    )


@cache
def results() -> tuple[RuleResult, ...]:
    return evaluate([rule_packs()["plan"], rule_packs()["kfw436-2021"]], schwerin())


def broken(rule: str) -> dict[str, tuple[str, D | None]]:
    found = [item for item in results() if item.rule == rule and item.status is RuleStatus.VIOLATED]
    return {item.place: (item.severity.value, item.difference) for item in found}


def test_advice_is_over_a_third_in_both_phases_and_in_all_years_but_the_first() -> None:
    assert broken("kfw436-2021.advice_third") == {
        "A": ("error", D("173333.33")),
        "B": ("error", D("545000.00")),
        "A/2022": ("warning", D("116666.67")),
        "A/2023": ("warning", D("73333.33")),
        "B/2023": ("warning", D("45000.00")),
        "B/2024": ("warning", D("100000.00")),
        "B/2025": ("warning", D("83333.33")),
        "B/2026": ("warning", D("83333.33")),
        "B/2027": ("warning", D("83333.33")),
        "B/2028": ("warning", D("150000.00")),
    }
    [kept] = [item for item in results() if item.rule == "kfw436-2021.advice_third" and item.status is RuleStatus.OK]
    assert (kept.place, kept.room_left) == ("A/2021", D("16666.67"))


def test_the_federal_share_is_over_the_highest_rate_in_total_and_in_three_years() -> None:
    assert broken("kfw436-2021.federal_max") == {
        "": ("error", D("72500.00")),
        "2024": ("warning", D("25000.00")),
        "2025": ("warning", D("25000.00")),
        "2026": ("warning", D("25000.00")),
    }
    whole = next(item for item in results() if item.rule == "kfw436-2021.federal_max" and item.deciding)
    assert (whole.left, whole.right) == (D("16475000.00"), D("16402500.00"))


def test_the_implementation_phase_is_over_its_ceiling_where_that_is_meant_for_cost_not_for_the_grant() -> None:
    assert broken("kfw436-2021.ceiling_b_cost") == {"B": ("warning", D("970000.00"))}
    room = {item.rule: item.room_left for item in results() if item.type == "amount_cap"}
    # Computed: the plan gives the federal money of 2023 for both phases: 1,176,500 x 490,000 / 1,310,000 = 440,064.89.
    assert room == {
        "kfw436-2021.ceiling_a_grant": D("472064.89"),
        "kfw436-2021.ceiling_a_cost": D("245000.00"),
        "kfw436-2021.first_measures_grant": D("505381.68"),
        "kfw436-2021.first_measures_cost": D("450000.00"),
        "kfw436-2021.ceiling_b_grant": D("552935.11"),
        "kfw436-2021.ceiling_b_cost": D("-970000.00"),
    }


def test_what_nobody_knows_about_the_grant_is_not_checkable_and_nothing_else() -> None:
    unknown = {
        item.rule: (item.reason, item.values.get("parameter"))
        for item in results()
        if item.status is RuleStatus.UNKNOWN
    }
    assert unknown == {
        "kfw436-2021.federal_rate": ("no_parameter", "funding_rate"),
        "kfw436-2021.own_share": ("no_parameter", "min_own_share"),
        "kfw436-2021.duration_a": ("no_parameter", "phase_a_months"),
        "kfw436-2021.duration_b": ("no_parameter", "phase_b_months"),
        "kfw436-2021.duration_a_longest": ("to_the_year", None),
        "kfw436-2021.duration_b_longest": ("to_the_year", None),
        "kfw436-2021.proof_a": ("no_parameter", "grant_notice_a"),
        "kfw436-2021.proof_b": ("no_parameter", "grant_notice_b"),
    }


def test_nothing_else_of_the_grants_rules_breaks() -> None:
    found = {item.rule for item in results() if item.finding and item.rule.startswith("kfw436")}
    assert found == {"kfw436-2021.advice_third", "kfw436-2021.federal_max", "kfw436-2021.ceiling_b_cost"}
    deciding = {(item.rule, item.place) for item in results() if item.finding and item.deciding}
    assert deciding == {
        ("kfw436-2021.advice_third", "A"),
        ("kfw436-2021.advice_third", "B"),
        ("kfw436-2021.federal_max", ""),
        ("kfw436-2021.ceiling_b_cost", "B"),
    }


def test_sums_of_the_plan_agree_to_the_cent_and_one_cent_is_found_and_named() -> None:
    sums = [item for item in results() if item.type == "sum_equals"]
    assert len(sums) > 100
    assert {item.status for item in sums} == {RuleStatus.OK}
    facts = schwerin()
    costs = {**facts.costs, ("2.1.5", 2026): facts.costs["2.1.5", 2026] + D("0.01")}
    found = evaluate([rule_packs()["plan"]], replace(facts, costs=costs))
    named = {(item.rule, item.place) for item in found if item.type == "sum_equals" and item.finding}
    codes = ("2.1/2026", "2.1", "2.1.5", "1+2/2026", "1+2", "Kontrollsumme/2026", "Kontrollsumme")
    assert named == {
        *(("plan.stated_totals", code) for code in codes),
        ("plan.costs_equal_funding", "2026"),
        ("plan.costs_equal_funding", ""),
    }
