"""The oddities of Schwerin's plan, worked out by hand: exactly these are found; and the rules where nothing is odd."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from test_rules_schwerin import schwerin

from smartdash.analysis.rules import PlanFacts, RuleResult, evaluate
from smartdash.model.grants import Waiver
from smartdash.model.rule_parts import RuleStatus
from smartdash.model.spending import Contract, PersonDayBudget, VatRate
from smartdash.store.rule_packs import rule_packs

DAY = date(2026, 11, 25)


def judged(facts: PlanFacts, rule: str) -> list[RuleResult]:
    return [item for item in evaluate([rule_packs()["plan"]], facts) if item.rule == f"plan.{rule}"]


def odd(facts: PlanFacts, rule: str) -> dict[str, RuleResult]:
    return {item.place: item for item in judged(facts, rule) if item.status is RuleStatus.VIOLATED}


def test_two_printed_shares_have_the_label_of_one() -> None:
    [(place, found)] = odd(schwerin(), "labels").items()
    assert place == "3.3.2, 3.3.3"
    assert (found.values["label"], found.left, found.right) == (
        "Substitution des kommunalen Eigenanteils",
        D("0.56"),
        D("90.40"),
    )


def test_all_printed_shares_are_right_and_add_up() -> None:
    found = judged(schwerin(), "printed_shares")
    assert {item.status for item in found} == {RuleStatus.OK}
    assert len(found) == 3 * 9 + 9


@pytest.mark.parametrize(("change", "places"), [("9.05", {"3.3.1"}), ("9.09", {"3.3.1", ""}), ("9.01", {"3.3.1"})])
def test_a_share_that_is_wrong_is_found_and_so_is_a_sum_beyond_what_rounding_explains(
    change: str, places: set[str]
) -> None:
    stated = [
        item.model_copy(update={"amount": D(change)}) if item.code == "3.3.1" and item.year is None else item
        for item in schwerin().stated
    ]
    assert set(odd(replace(schwerin(), stated=stated), "printed_shares")) == places


def test_the_funding_fits_the_cost_without_the_advice_that_was_added_later() -> None:
    found = odd(schwerin(), "stale_base")
    assert {place: (item.difference, item.right, item.values["lines"]) for place, item in found.items()} == {
        "2023": (D("-25000.00"), D("1335000.00"), "2.1.3, 2.1.6, 2.1.7"),
        "2024": (D("250000.00"), D("3500000.00"), "2.1.5"),
        "2025": (D("250000.00"), D("3550000.00"), "2.1.5"),
        "2026": (D("250000.00"), D("3560000.00"), "2.1.5"),
        "": (D("725000.00"), D("17500000.00"), ""),
    }
    assert {item.values["payer"] for item in found.values()} == {"own"}
    kept = {item.place for item in judged(schwerin(), "stale_base") if item.status is RuleStatus.OK}
    assert kept == {"2021", "2022", "2027", "2028"}


def test_three_measures_and_two_lines_have_the_very_same_amounts() -> None:
    assert set(odd(schwerin(), "identical_series")) == {"2.1.6, 2.1.7", "2.2.1, 2.2.2, 2.2.3"}


def test_three_lines_rest_in_the_first_year_of_the_second_phase() -> None:
    [(place, found)] = odd(schwerin(), "zero_in_active_phase").items()
    assert (place, found.values["lines"], found.year) == ("B/2023", "2.1.3, 2.1.6, 2.1.7", 2023)


def test_an_oddity_can_be_waived_and_stays() -> None:
    waiver = Waiver(
        programme="p",
        key="w",
        rule="plan.identical_series",
        scope="2.1.6, 2.1.7",
        reason="r",
        approved_by="role",
        approved_on=DAY,
    )
    found = odd(replace(schwerin(), waivers=[waiver]), "identical_series")
    assert found["2.1.6, 2.1.7"].waiver == waiver
    assert found["2.2.1, 2.2.2, 2.2.3"].waiver is None


@pytest.mark.parametrize(
    "rule", ["labels", "printed_shares", "stale_base", "identical_series", "zero_in_active_phase", "vat"]
)
def test_where_there_is_no_plan_nothing_is_judged(rule: str) -> None:
    assert [item.status for item in judged(PlanFacts(DAY), rule)] == [RuleStatus.NOT_APPLICABLE]


RATES = [
    VatRate(programme="p", key="a", valid_from=date(2020, 7, 1), valid_to=date(2020, 12, 31), percent=D(16)),
    VatRate(programme="p", key="b", valid_from=date(2021, 1, 1), percent=D(19)),
]


@pytest.mark.parametrize(
    ("values", "status", "reason"),
    [
        ({}, RuleStatus.NOT_APPLICABLE, "no_net"),
        ({"stated_net": D("54476.80")}, RuleStatus.UNKNOWN, "no_vat_rate"),
        ({"stated_net": D("54476.80"), "delivered_on": date(2022, 1, 1)}, RuleStatus.OK, ""),
        ({"stated_net": D("54476.80"), "delivered_on": date(2020, 7, 1)}, RuleStatus.VIOLATED, ""),
        ({"stated_net": D("54476.81"), "delivered_on": date(2022, 1, 1)}, RuleStatus.VIOLATED, ""),
        (
            {"stated_net": D("54476.80"), "start": date(2020, 12, 1), "end": date(2021, 1, 31)},
            RuleStatus.UNKNOWN,
            "vat_changes",
        ),
        ({"stated_net": D("54476.80"), "delivered_on": date(2019, 1, 1)}, RuleStatus.UNKNOWN, "no_vat_rate"),
    ],
)
def test_the_gross_amount_of_a_contract(values: dict[str, Any], status: RuleStatus, reason: str) -> None:
    contract = Contract(programme="p", key="c", title="C", gross=D("64827.39"), **values)
    [found] = judged(PlanFacts(DAY, contracts=[contract], vat_rates=RATES), "vat")
    assert (found.status, found.reason, found.left) == (status, reason, D("64827.39"))


def test_person_days_are_recomputed_or_unknown() -> None:
    budget = PersonDayBudget(
        programme="p",
        key="d",
        title="D",
        start=date(2024, 1, 1),
        end=date(2024, 12, 31),
        days_per_month=D(5),
        rate=D(1280),
        stated_gross=D("91392.00"),
    )
    [found] = judged(PlanFacts(DAY, person_days=[budget], vat_rates=RATES), "vat")
    assert (found.status, found.left, found.right) == (RuleStatus.OK, D("91392.00"), D("91392.00"))
    assert (found.values["net"], found.values["vat"]) == (D("76800.00"), D("14592.00"))
    [found] = judged(PlanFacts(DAY, person_days=[budget]), "vat")
    assert (found.status, found.reason) == (RuleStatus.UNKNOWN, "no_vat_rate")


def changed_cells() -> list[tuple[str, Any]]:
    plan = schwerin()
    return [
        *(("costs", cell) for cell in plan.costs),
        *(("funding", cell) for cell in plan.funding),
        *(("stated", place) for place in range(len(plan.stated))),
    ]


def with_a_cent_more(part: str, cell: Any) -> PlanFacts:
    plan = schwerin()
    if part == "stated":
        printed = list(plan.stated)
        printed[cell] = printed[cell].model_copy(update={"amount": printed[cell].amount + D("0.01")})
        return replace(plan, stated=printed)
    cells = {**getattr(plan, part)}
    return replace(plan, **{part: {**cells, cell: cells[cell] + D("0.01")}})


def test_one_cent_more_anywhere_in_the_plan_is_found_and_named() -> None:
    plan = rule_packs()["plan"]
    sums = [rule for rule in plan.rules if rule.type in ("sum_equals", "share_matches_formula")]
    pack = plan.model_copy(update={"rules": tuple(sums)})
    assert not [item for item in evaluate([pack], schwerin()) if item.status is RuleStatus.VIOLATED]
    for part, cell in changed_cells():
        facts = with_a_cent_more(part, cell)
        found = [item for item in evaluate([pack], facts) if item.status is RuleStatus.VIOLATED]
        off = [item for item in found if item.difference is not None and abs(item.difference) == D("0.01")]
        year = facts.stated[cell].year if part == "stated" else cell[1]
        assert [item for item in off if item.year == year], (part, cell)
