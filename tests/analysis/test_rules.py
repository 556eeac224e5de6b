"""The rule engine on parts of a plan: cases worked out by hand, edges first; waivers, packs and laws."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from fractions import Fraction as F
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError
from rule_records import ADVICE, DAY, facts, pack, parameter, told

from smartdash.analysis.rules import PlanFacts, RuleResult, evaluate
from smartdash.analysis.rules.amounts import total
from smartdash.analysis.rules.results import Place, apart, to_cents
from smartdash.model.grants import RuleParameter, Waiver
from smartdash.model.money import CostKind, CostLine
from smartdash.model.rule_parts import CostPart, RuleScope

FEDERAL = {
    "part": {"of": "funding", "kinds": ["federal"]},
    "whole": {"of": "cost", "eligible": True},
    "factor": {"param": "rate"},
}


@pytest.mark.parametrize(
    ("costs", "status", "room"),
    [
        ({}, "not_applicable", None),
        ({"advice": "0.00", "staff": "0.00"}, "not_applicable", None),
        ({"staff": "100.00"}, "ok", "33.33"),
        ({"advice": "33.33", "staff": "99.99"}, "ok", "0.00"),
        ({"advice": "33.33", "staff": "100.00"}, "ok", "0.01"),
        ({"advice": "33.34", "staff": "100.00"}, "violated", "-0.01"),
        ({"advice": "33.34", "staff": "100.01"}, "violated", "-0.01"),
        ({"advice": "33.34", "staff": "100.02"}, "ok", "0.00"),
        ({"advice": "0.01"}, "violated", "-0.01"),
        ({"advice": "10.00", "build": "900.00"}, "violated", "-10.00"),
        ({"advice": "200000.00", "staff": "300000.00", "goods": "300000.00"}, "ok", "0.00"),
    ],
)
def test_a_part_is_at_most_a_third_exact_to_the_cent(costs: dict[str, str], status: str, room: str | None) -> None:
    assert told(evaluate([pack("ratio_cap", **ADVICE)], facts(costs))) == [("", status, room)]


@pytest.mark.parametrize("rule", [("ratio_cap", ADVICE), ("amount_cap", {"part": {"of": "cost"}, "limit": "1"})])
@pytest.mark.parametrize("scope", ["total", "year", "phase", "phase_year"])
def test_an_empty_plan_is_told_and_not_passed_over(rule: tuple[str, dict[str, Any]], scope: str) -> None:
    plan = facts({}, {}, lines=[], phases=[])
    assert told(evaluate([pack(rule[0], scope, **rule[1])], plan)) == [("", "not_applicable", None)]
    assert told(evaluate([pack("sum_equals", scope, compare="funding")], plan)) == [("", "not_applicable", None)]


def test_an_amount_above_the_leaves_is_named_and_none_is_told() -> None:
    lines = [
        CostLine(programme="p", key="1", title="1"),
        CostLine(programme="p", key="1.1", title="1.1", parent="1"),
    ]
    rule = pack("sum_equals", "line", compare="leaves")
    cases = {("", "ok"): {"1.1": "5"}, ("1", "violated"): {"1.1": "5", "1": "2"}, ("", "not_applicable"): {}}
    for found, costs in cases.items():
        assert [item[:2] for item in told(evaluate([rule], facts(costs, lines=lines)))] == [found]


def test_a_tolerance_is_counted_in_euro() -> None:
    tolerant = pack("ratio_cap", **ADVICE, tolerance="0.01")
    assert told(evaluate([tolerant], facts({"advice": "33.34", "staff": "100.00"}))) == [("", "ok", "-0.01")]
    assert told(evaluate([tolerant], facts({"advice": "33.35", "staff": "100.00"})))[0][1] == "violated"


def test_each_scope_is_judged_with_its_severity_and_one_decides() -> None:
    costs = {("advice", 2024): "40", ("staff", 2024): "60", ("advice", 2025): "10", ("staff", 2025): "90"}
    scopes = {"phase": "error", "phase_year": "warning", "year": "warning", "total": "info"}
    found = evaluate([pack("ratio_cap", scopes, **ADVICE)], facts(costs))
    assert [(item.place, item.severity.value, item.deciding, item.status.value) for item in found] == [
        ("A", "error", True, "ok"),
        ("B", "error", True, "not_applicable"),
        ("A/2024", "warning", False, "violated"),
        ("A/2025", "warning", False, "ok"),
        ("2024", "warning", False, "violated"),
        ("2025", "warning", False, "ok"),
        ("", "info", False, "ok"),
    ]
    assert (found[2].phase, found[2].year, found[4].phase, found[4].year) == ("A", 2024, None, 2024)


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("ratio_cap", ADVICE),
        ("amount_cap", {"part": {"of": "cost", "kinds": ["personnel"]}, "limit": "900"}),
        ("duration_max", {"limit": {"months": 12}}),
    ],
)
def test_cost_that_names_no_phase_leaves_no_phase_whole_so_that_none_is_ok(kind: str, rule: dict[str, Any]) -> None:
    lines = [
        CostLine(programme="p", key="staff", title="s", kind=CostKind.PERSONNEL, phase="A"),
        CostLine(programme="p", key="x", title="x", kind=CostKind.NETWORK),
    ]
    [found] = evaluate([pack(kind, "phase", **rule)], facts({"staff": "9.00", "x": "5.00"}, lines=lines))
    assert (found.status.value, found.reason, found.values["line"]) == ("unknown", "no_phase", "x")
    assert evaluate([pack(kind, "phase", **rule)], facts({"staff": "9.00"}, lines=lines))[0].reason != "no_phase"


def test_a_line_belongs_to_the_phase_that_the_highest_line_above_it_names() -> None:
    lines = [
        CostLine(programme="p", key="1", title="1", phase="A"),
        CostLine(programme="p", key="1.1", title="1.1", parent="1", kind=CostKind.ADVICE, phase="B"),
    ]
    [found] = evaluate([pack("ratio_cap", "phase", **ADVICE)], facts({"1.1": "5.00"}, lines=lines))
    assert (found.place, found.left) == ("A", D("5.00"))


@pytest.mark.parametrize(
    ("known", "status", "right"),
    [
        ([], "unknown", None),
        ([parameter("other", "90")], "unknown", None),
        ([parameter("rate", day=DAY)], "unknown", None),
        ([parameter("rate", "90")], "ok", "90.00"),
        ([parameter("rate", "65")], "violated", "65.00"),
        ([parameter("rate", "65"), parameter("rate", "90", since=date(2026, 6, 30))], "ok", "90.00"),
        ([parameter("rate", "65"), parameter("rate", "90", since=date(2026, 7, 1))], "violated", "65.00"),
        ([parameter("rate", "90", since=date(2026, 7, 1))], "unknown", None),
        ([parameter("rate", "90", since=date(2024, 1, 1)), parameter("rate", "65", since=DAY)], "violated", "65.00"),
    ],
)
def test_the_parameter_in_force_on_the_day_decides_and_without_it_nothing_is_ok(
    known: list[RuleParameter], status: str, right: str | None
) -> None:
    plan = facts({"staff": "100.00"}, {"federal": "90.00", "own": "10.00"}, parameters=known)
    found = evaluate([pack("share_max", {"total": "error", "year": "warning"}, **FEDERAL)], plan)
    assert found[0].status.value == status
    assert found[0].right == (None if right is None else D(right))
    assert len(found) == (1 if status == "unknown" else 2)


@pytest.mark.parametrize(
    ("federal", "status"),
    [
        ({2024: "33.34", 2025: "33.34"}, "ok"),  # 65 % of 51.29 is 33.3385
        ({2024: "33.35", 2025: "33.33"}, "ok"),
        ({2024: "33.35", 2025: "33.34"}, "violated"),
    ],
)
def test_a_share_rounded_to_the_cent_in_each_year_breaks_no_rate(federal: dict[int, str], status: str) -> None:
    costs = {("staff", year): "51.29" for year in federal}
    plan = facts(costs, {("federal", year): amount for year, amount in federal.items()})
    scopes = {"total": "error", "year": "error"}
    found = evaluate([pack("share_max", scopes, **{**FEDERAL, "factor": "13/20"})], plan)
    assert {item.place: item.status.value for item in found} == {
        "": status,
        "2024": "ok" if federal[2024] == "33.34" else "violated",
        "2025": "ok",
    }


def test_a_parameter_goes_before_the_value_of_the_pack() -> None:
    rule = {**FEDERAL, "factor": {"param": "rate", "value": "1/2"}}
    plan = facts({"staff": "100.00"}, {"federal": "60.00"})
    assert told(evaluate([pack("share_max", **rule)], plan)) == [("", "violated", "-10.00")]
    assert told(evaluate([pack("share_max", **rule)], replace(plan, parameters=[parameter("rate", "62.5")]))) == [
        ("", "ok", "2.50")
    ]


def test_money_outside_the_plan_and_cost_that_is_not_eligible_do_not_count() -> None:
    lines = [
        CostLine(programme="p", key="staff", title="s", eligible=True),
        CostLine(programme="p", key="party", title="b", eligible=False),
        CostLine(programme="p", key="party.1", title="b", parent="party"),
    ]
    plan = facts({"staff": "100.00", "party.1": "100.00"}, {"own": "10.00", "beside": "50.00"}, lines=lines)
    rule = {"part": {"of": "funding"}, "whole": {"of": "cost", "eligible": True}, "factor": "1/10"}
    assert told(evaluate([pack("share_min", **rule)], plan)) == [("", "ok", "0.00")]
    assert told(evaluate([pack("share_min", **{**rule, "factor": "1/9"})], plan)) == [("", "violated", "-1.11")]


def test_lines_are_chosen_by_pattern_with_everything_below() -> None:
    lines = [
        CostLine(programme="p", key=key, title=key, parent=key[:-2] or None) for key in ("1", "1.5", "1.5.1", "1.6")
    ]
    rule = {"part": {"of": "cost", "lines": ["*.5"]}, "limit": "7"}
    plan = facts({"1.5.1": "5.00", "1.6": "9.00"}, lines=lines)
    assert told(evaluate([pack("amount_cap", **rule)], plan)) == [("", "ok", "2.00")]


@pytest.mark.parametrize(
    ("limit", "known", "status", "room"),
    [
        ("100", [], "ok", "0.00"),
        ("99.99", [], "violated", "-0.01"),
        ({"param": "cap"}, [], "unknown", None),
        ({"param": "cap"}, [parameter("cap", "250000.5")], "ok", "249900.50"),
    ],
)
def test_a_ceiling_on_cost(limit: Any, known: list[RuleParameter], status: str, room: str | None) -> None:
    plan = facts({"staff": "60.00", "advice": "40.00", "build": "900.00"}, parameters=known)
    rule = pack("amount_cap", "phase", part={"of": "cost"}, limit=limit, phase=1)
    assert told(evaluate([rule], plan)) == [("A", status, room)]


def test_a_ceiling_on_the_grant_of_a_phase_is_computed_where_the_plan_gives_years_only_and_then_warns() -> None:
    rule = pack("amount_cap", "phase", part={"of": "funding", "kinds": ["federal"]}, limit="30")
    plan = facts({"staff": "30.00", "build": "70.00"}, {"federal": "90.00", "own": "10.00"})
    first, second = evaluate([rule], plan)
    assert (first.left, first.status.value, first.severity.value) == (D("27.00"), "ok", "warning")
    assert (second.left, second.status.value, second.severity.value) == (D("63.00"), "violated", "warning")
    stated = facts({"staff": "30.00", "build": "70.00"}, {("federal", 2024, "build"): "60.00"})
    [only] = [item for item in evaluate([rule], stated) if item.place == "B"]
    assert (only.left, only.severity.value) == (D("60.00"), "error")


def waiver(**values: Any) -> Waiver:
    given = {"programme": "p", "key": "w", "rule": "p.r", "reason": "Agreed", "approved_by": "Head"}
    return Waiver.model_validate({**given, "approved_on": date(2026, 1, 1), **values})


@pytest.mark.parametrize(
    ("given", "waived"),
    [
        (waiver(), True),
        (waiver(scope="2024"), True),
        (waiver(scope="2025"), False),
        (waiver(scope="total"), False),
        (waiver(rule="p.other"), False),
        (waiver(plan_version="v"), True),
        (waiver(plan_version="w"), False),
        (waiver(valid_until=DAY), True),
        (waiver(valid_until=date(2026, 6, 29)), False),
        (waiver(approved_on=date(2026, 7, 1)), False),
    ],
)
def test_a_waiver_that_fits_and_is_valid_keeps_the_result_visible_but_no_finding(given: Waiver, waived: bool) -> None:
    plan = facts({"advice": "5.00"}, waivers=[given])
    [found] = evaluate([pack("ratio_cap", "year", **ADVICE)], plan)
    assert found.status.value == "violated"
    assert (found.waiver == given, found.finding) == (waived, not waived)


def test_a_waiver_of_the_whole_accepts_no_single_year() -> None:
    plan = facts({"advice": "5.00"}, waivers=[waiver(scope="total")])
    [whole] = evaluate([pack("ratio_cap", "total", **ADVICE)], plan)
    assert (whole.waiver is not None, whole.finding) == (True, False)


def test_a_kept_rule_carries_no_waiver() -> None:
    [found] = evaluate([pack("ratio_cap", **ADVICE)], facts({"staff": "5.00"}, waivers=[waiver()]))
    assert (found.waiver, found.finding) == (None, False)


def test_a_pack_that_is_not_in_force_is_not_applicable() -> None:
    old = pack("ratio_cap", **ADVICE).model_copy(update={"valid_to": date(2026, 6, 29)})
    [found] = evaluate([old], facts({"advice": "5.00"}))
    assert (found.status.value, found.reason) == ("not_applicable", "not_in_force")


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({"factor": 0.33}, "quotation marks"),
        ({"factor": "a third"}, "fraction"),
        ({"factor": {"param": "nowhere"}}, "nowhere"),
        ({"scope": {"year": "error"}, "deciding": "total"}, "deciding"),
        ({"type": "eval"}, "eval"),
        ({"part": {"of": "cost", "kinds": ["gold"]}}, "personnel"),
        ({"hint": "x"}, "Extra"),
    ],
)
def test_a_pack_that_is_no_pack_is_refused(broken: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        pack("ratio_cap", **{**ADVICE, **broken})


@pytest.mark.parametrize(
    ("exact", "cents", "shown"),
    [
        (F(1, 3), "0.33", "0.33"),
        (F(-1, 3), "-0.33", "-0.33"),
        (F(5, 1000), "0.01", "0.01"),
        (F(-5, 1000), "-0.01", "-0.01"),
        (F(1, 1000), "0.00", "0.01"),
        (F(-1, 1000), "0.00", "-0.01"),
        (F(0), "0.00", "0.00"),
        (F(1070000, 3), "356666.67", "356666.67"),
    ],
)
def test_rounding_is_half_up_and_a_difference_never_vanishes(exact: F, cents: str, shown: str) -> None:
    assert to_cents(exact) == D(cents)
    assert apart(exact) == D(shown)


money = some.decimals("0.00", "9999999.99", places=2)


@given(
    advice=money, staff=money, by=some.integers(1, 1000), numerator=some.integers(1, 9), denominator=some.integers(1, 9)
)
def test_laws_of_a_ratio(advice: D, staff: D, by: int, numerator: int, denominator: int) -> None:
    rule = pack("ratio_cap", **{**ADVICE, "factor": f"{numerator}/{denominator}"})

    def judged(factor: int) -> RuleResult:
        return evaluate([rule], facts({"advice": str(advice * factor), "staff": str(staff * factor)}))[0]

    found = judged(1)
    if not advice and not staff:
        assert found.status.value == "not_applicable"
        return
    kept = int(advice * 100) * denominator <= int(staff * 100) * numerator
    assert found.status.value == ("ok" if kept else "violated")
    assert judged(by).status is found.status
    assert found.left == advice
    assert found.right is not None
    assert found.room_left is not None
    assert found.difference == -found.room_left
    assert abs(found.room_left - (found.right - advice)) <= D("0.01")
    assert (found.room_left >= 0) is kept or found.room_left == 0


def test_a_line_above_all_others_does_not_count_their_cost_twice() -> None:
    lines = [CostLine(programme="p", key=key, title=key, parent=key[:-2] or None) for key in ("1", "1.1", "1.2")]
    whole = CostPart(of="cost", eligible=True)
    costs = {("1.1", 2025): D(100), ("1.2", 2026): D(50)}
    for extra, expected in ({}, 150), ({("1", 2025): D(7)}, 157):
        told_of = PlanFacts(as_of=DAY, lines=lines, costs=costs | extra)
        assert total(whole, Place(RuleScope.TOTAL), told_of).amount == expected
