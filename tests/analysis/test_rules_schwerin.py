"""The rules of the grant on Schwerin's plan, worked out by hand: what must be found, and nothing else."""

from __future__ import annotations

import csv
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


def test_the_rate_of_the_notice_cannot_be_checked_without_the_notice() -> None:
    [found] = [item for item in results() if item.rule == "kfw436-2021.federal_rate"]
    assert (found.status, found.reason, found.values["parameter"]) == (
        RuleStatus.UNKNOWN,
        "no_parameter",
        "funding_rate",
    )
