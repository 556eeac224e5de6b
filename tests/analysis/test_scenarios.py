"""Scenarios: exact cases, and the laws that hold for every plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartdash.analysis.scenario_caps import Cap, Cut
from smartdash.analysis.scenarios import Money, PlanMoney, ScenarioPlan, delayed, priced, scenario_plan
from smartdash.model.money import CostLine, FunderKind
from smartdash.model.scenarios import Scenario, ScenarioPrice

TREE = {"1": None, "1.1": "1", "1.2": "1", "2": None, "3": None}
LEAVES = ("1.1", "1.2", "2", "3")
NOT_ELIGIBLE = ("3",)
KINDS = {
    "own": FunderKind.OWN,
    "third": FunderKind.THIRD_PARTY,
    "federal": FunderKind.FEDERAL,
    "state": FunderKind.STATE,
}
CENT = D("0.01")


def made(costs: dict[tuple[str, int], str], funding: dict[tuple[str, int], str]) -> PlanMoney:
    return PlanMoney(
        [
            CostLine(programme="p", key=key, title=key, parent=parent, eligible=key not in NOT_ELIGIBLE)
            for key, parent in TREE.items()
        ],
        {cell: D(amount) for cell, amount in costs.items()},
        KINDS,
        {cell: D(amount) for cell, amount in funding.items()},
    )


def scenario(**assumptions: Any) -> Scenario:
    return Scenario(programme="p", key="s", title="S", plan_version="v", saved_on=date(2026, 1, 1), **assumptions)


def price(line: str, percent: D | int, from_year: int | None = None) -> ScenarioPrice:
    return ScenarioPrice(programme="p", key="", scenario="s", cost_line=line, percent=D(percent), from_year=from_year)


PLAN = made(
    {("1.1", 2025): "600.00", ("1.2", 2025): "400.00", ("2", 2026): "500.00"},
    {
        ("federal", 2025): "900.00",
        ("third", 2025): "40.00",
        ("own", 2025): "60.00",
        ("federal", 2026): "400.00",
        ("own", 2026): "100.00",
    },
)


def money(cost: str, eligible: str, grant: str, third: str, own: str, surplus: str = "0") -> Money:
    return Money(D(cost), D(eligible), D(grant), D(third), D(0), D(own), D(surplus))


PLANNED = {
    2025: money("1000.00", "1000.00", "900.00", "40.00", "60.00"),
    2026: money("500.00", "500.00", "400.00", "0", "100.00"),
}


@pytest.mark.parametrize(
    ("assumed", "prices", "years"),
    [
        pytest.param({}, [], PLANNED, id="the plan"),
        pytest.param(
            {"funding_rate": D(65)},
            [],
            {
                2025: money("1000.00", "1000.00", "650.00", "40.00", "310.00"),
                2026: money("500.00", "500.00", "325.00", "0", "175.00"),
            },
            id="another rate",
        ),
        pytest.param(
            {"funding_rate": D(100)},
            [],
            {
                2025: money("1000.00", "1000.00", "1000.00", "40.00", "0", "40.00"),
                2026: money("500.00", "500.00", "500.00", "0", "0"),
            },
            id="others give more than it costs",
        ),
        pytest.param(
            {"funding_rate": D(0)},
            [],
            {
                2025: money("1000.00", "1000.00", "0", "40.00", "960.00"),
                2026: money("500.00", "500.00", "0", "0", "500.00"),
            },
            id="no grant",
        ),
        pytest.param(
            {"delay_months": 6},
            [],
            {
                2025: money("500.00", "500.00", "450.00", "20.00", "30.00"),
                2026: money("750.00", "750.00", "650.00", "20.00", "80.00"),
                2027: money("250.00", "250.00", "200.00", "0", "50.00"),
            },
            id="half a year later",
        ),
        pytest.param({"delay_months": 12}, [], {2026: PLANNED[2025], 2027: PLANNED[2026]}, id="a whole year later"),
        pytest.param(
            {},
            [price("1", 10)],
            {2025: money("1100.00", "1100.00", "990.00", "40.00", "70.00"), 2026: PLANNED[2026]},
            id="the planned share of the grant is kept",
        ),
        pytest.param(
            {"funding_rate": D(90)},
            [price("1", 10), price("1.2", -50), price("2", 3, 2027)],
            {
                2025: money("860.00", "860.00", "774.00", "40.00", "46.00"),
                2026: money("500.00", "500.00", "450.00", "0", "50.00"),
            },
            id="the nearest price counts, and from its year on",
        ),
        pytest.param(
            {},
            [price("1", -100)],
            {2025: money("0.00", "0.00", "0.00", "40.00", "0", "40.00"), 2026: PLANNED[2026]},
            id="nothing is left to fund",
        ),
    ],
)
def test_a_scenario_comes_to(assumed: dict[str, Any], prices: list[ScenarioPrice], years: dict[int, Money]) -> None:
    assert scenario_plan(PLAN, scenario(**assumed), prices).years == years


def test_cost_that_is_not_eligible_is_paid_by_the_municipality() -> None:
    plan = made({("1.1", 2025): "100.00", ("3", 2025): "50.00"}, {("federal", 2025): "90.00"})
    assert scenario_plan(plan).years == {2025: money("150.00", "100.00", "90.00", "0", "60.00")}


def test_the_rate_is_that_of_the_giver_who_gives_most_and_other_public_money_stays() -> None:
    plan = made({("1.1", 2025): "100.00"}, {("state", 2025): "60.00", ("federal", 2025): "10.00", ("own", 2025): "30"})
    assert plan.grant_kind() is FunderKind.STATE
    found = scenario_plan(plan, scenario(funding_rate=D(80))).total
    assert (found.grant, found.other, found.own) == (D(80), D(10), D(10))


@pytest.mark.parametrize("funding", [{}, {("third", 2025): "70.00"}])
def test_a_plan_without_a_grant(funding: dict[tuple[str, int], str]) -> None:
    plan = made({("1.1", 2025): "100.00"}, funding)
    assert scenario_plan(plan).total.grant == 0
    assert scenario_plan(plan, scenario(funding_rate=D(20))).total.grant == 20


def test_an_empty_plan_stays_empty() -> None:
    assert scenario_plan(made({}, {}), scenario(funding_rate=D(65), delay_months=6), [price("1", 5)]).years == {}


def test_a_planned_grant_without_eligible_cost_stays() -> None:
    plan = made({("3", 2025): "10.00"}, {("federal", 2025): "4.00", ("federal", 2026): "1.00"})
    assert scenario_plan(plan, scenario()).years == {
        2025: money("10.00", "0", "4.00", "0", "6.00"),
        2026: money("0", "0", "1.00", "0", "0", "1.00"),
    }


ALL = frozenset(LEAVES)
THIRD = Cap("advice", "A", False, frozenset({"1.2"}), frozenset({"1.1"}), Fraction(1, 3))


@pytest.mark.parametrize(
    ("caps", "grants", "cuts"),
    [
        pytest.param([THIRD], ["720.00", "400.00"], [Cut("advice", "A", False, D("200.00"))], id="a ratio of lines"),
        pytest.param(
            [Cap("share", "", True, ALL, ALL, Fraction(4, 5), years=frozenset({2025}))],
            ["800.00", "400.00"],
            [Cut("share", "", True, D("100.00"))],
            id="the highest share of a year",
        ),
        pytest.param(
            [Cap("share", "", True, ALL, ALL, Fraction(4, 5))],
            ["830.77", "369.23"],
            [Cut("share", "", True, D("100.00"))],
            id="the highest share of all years",
        ),
        pytest.param(
            [Cap("ceiling", "", True, ALL, amount=Fraction(650))],
            ["450.00", "200.00"],
            [Cut("ceiling", "", True, D("650.00"))],
            id="a ceiling on the grant",
        ),
        pytest.param(
            [Cap("ceiling", "", False, frozenset({"1.1", "1.2"}), amount=Fraction(100))],
            ["90.00", "400.00"],
            [Cut("ceiling", "", False, D("900.00"))],
            id="a ceiling on cost",
        ),
        pytest.param(
            [
                Cap("second", "", False, frozenset({"2"}), frozenset({"1.2"}), Fraction(1), of_eligible=True),
                THIRD,
            ],
            ["720.00", "160.00"],
            [Cut("second", "", False, D("300.00")), Cut("advice", "A", False, D("200.00"))],
            id="a limit that another one lowers",
        ),
        pytest.param(
            [Cap("ample", "", True, ALL, amount=Fraction(1300))], ["900.00", "400.00"], [], id="exactly at the limit"
        ),
    ],
)
def test_limits_are_kept(caps: list[Cap], grants: list[str], cuts: list[Cut]) -> None:
    found = scenario_plan(PLAN, scenario(enforce_caps=True), caps=caps)
    assert [year.grant for year in found.years.values()] == [D(grant) for grant in grants]
    assert list(found.cuts) == cuts
    assert scenario_plan(PLAN, scenario(), caps=caps) == scenario_plan(PLAN), "limits count where they are enforced"


def test_a_rate_of_its_own_replaces_the_limit_that_is_the_rate() -> None:
    notice = Cap("rate", "", True, ALL, ALL, Fraction(1, 2), own_rate=True)
    planned = scenario_plan(PLAN, scenario(enforce_caps=True), caps=[notice])
    assert planned.total.grant == D("750.00")
    assert scenario_plan(PLAN, scenario(enforce_caps=True, funding_rate=D(70)), caps=[notice]).total.grant == 1050


@pytest.mark.parametrize(("planned", "cut"), [("65.00", []), ("65.01", []), ("65.02", ["0.02"])])
def test_a_rate_rounded_to_the_cent_is_not_cut(planned: str, cut: list[str]) -> None:
    plan = made({("1.1", 2025): "100.01"}, {("federal", 2025): planned})
    notice = Cap("rate", "", True, ALL, ALL, Fraction(65, 100), own_rate=True)
    found = scenario_plan(plan, scenario(enforce_caps=True), caps=[notice])
    assert [one.amount for one in found.cuts] == [D(one) for one in cut]


def test_a_third_is_not_missed_by_a_cent() -> None:
    plan = made({("1.1", 2025): "100.00", ("1.2", 2025): "33.34"}, {("federal", 2025): "0"})
    found = scenario_plan(plan, scenario(enforce_caps=True), caps=[THIRD])
    assert (found.total.eligible, found.cuts[0].amount) == (D("133.33"), CENT)


AMOUNT = st.integers(0, 10**9).map(lambda cents: D(cents).scaleb(-2))
YEARS = (2025, 2026, 2027)
RATE = st.integers(0, 1000).map(lambda tenths: D(tenths) / 10)
PERCENT = st.integers(-1000, 3000).map(lambda tenths: D(tenths) / 10)


@st.composite
def plans(draw: st.DrawFn) -> PlanMoney:
    """Plans that close in every year: own funds are what others leave."""
    costs = {(line, year): draw(AMOUNT) for line in LEAVES for year in YEARS if draw(st.booleans())}
    funding: dict[tuple[str, int], D] = {}
    for year in YEARS:
        left = sum((amount for (_, of_year), amount in costs.items() if of_year == year), D(0))
        for source in ("federal", "state", "third"):
            part = draw(st.integers(0, 100))
            funding[source, year] = (left * part / 100).quantize(CENT)
            left -= funding[source, year]
        funding["own", year] = left
    empty = made({}, {})
    return PlanMoney(empty.lines, costs, empty.givers, funding)


@st.composite
def assumptions(draw: st.DrawFn) -> tuple[Scenario, list[ScenarioPrice], list[Cap]]:
    lines = draw(st.lists(st.sampled_from(list(TREE)), unique=True, max_size=3))
    years = st.sampled_from([None, frozenset({2025}), frozenset({2026, 2027})])
    counted = st.sampled_from([ALL, frozenset({"1.2"}), frozenset({"1.1", "2"})])
    caps = [
        Cap(
            str(place),
            "",
            draw(st.booleans()),
            draw(counted),
            frozenset(draw(st.sampled_from([(), ("1.1",), LEAVES]))),
            Fraction(draw(st.integers(0, 9)), 10),
            Fraction(draw(AMOUNT)),
            draw(years),
            draw(st.booleans()),
        )
        for place in range(draw(st.integers(0, 3)))
    ]
    assumed = scenario(
        funding_rate=draw(st.none() | RATE), enforce_caps=draw(st.booleans()), delay_months=draw(st.integers(0, 60))
    )
    return assumed, [price(line, draw(PERCENT)) for line in lines], caps


@given(plans())
def test_without_assumptions_the_plan_is_met_to_the_cent(plan: PlanMoney) -> None:
    found = scenario_plan(plan, scenario(), [])
    for (source, year), amount in plan.funding.items():
        if source in ("own", "third"):
            assert getattr(found.years[year], source) == amount
    for year in found.years:
        public = plan.funding["federal", year] + plan.funding["state", year]
        assert found.years[year].grant + found.years[year].other == public
        assert found.years[year].surplus == 0


@given(plans(), assumptions())
def test_in_every_year_the_sources_add_up_to_the_cost(
    plan: PlanMoney, assumed: tuple[Scenario, list[ScenarioPrice], list[Cap]]
) -> None:
    found = scenario_plan(plan, *assumed)
    for year in found.years.values():
        assert year.cost + year.surplus == year.grant + year.third + year.other + year.own
        assert min(year.own, year.surplus, year.cost, year.grant) >= 0
        assert all(amount == amount.quantize(CENT) for amount in (year.cost, year.grant, year.own))


@given(plans(), assumptions())
def test_a_delay_keeps_every_total(plan: PlanMoney, assumed: tuple[Scenario, list[ScenarioPrice], list[Cap]]) -> None:
    late, prices, caps = assumed
    at_once = late.model_copy(update={"delay_months": 0})
    assert scenario_plan(plan, late, prices, caps).total == scenario_plan(plan, at_once, prices, caps).total


@given(plans(), assumptions())
def test_limits_never_raise_the_grant(
    plan: PlanMoney, assumed: tuple[Scenario, list[ScenarioPrice], list[Cap]]
) -> None:
    late, prices, caps = assumed
    free, bound = (
        scenario_plan(plan, late.model_copy(update={"enforce_caps": kept, "delay_months": 0}), prices, caps)
        for kept in (False, True)
    )
    assert all(bound.years[year].grant <= free.years[year].grant for year in free.years)
    assert bound.total.own >= free.total.own
    assert (bound == free) == (not bound.cuts)


@given(plans(), RATE, RATE)
def test_a_rate_moves_the_own_share_in_proportion(plan: PlanMoney, low: D, high: D) -> None:
    """Own less surplus falls by what the grant rises, which is the rates' difference of the eligible cost."""
    first, second = (scenario_plan(plan, scenario(funding_rate=rate)).years for rate in (low, high))
    for year, before in first.items():
        after = second[year]
        more = after.grant - before.grant
        assert (after.own - after.surplus) - (before.own - before.surplus) == -more
        assert abs(more - (high - low) / 100 * before.eligible) <= CENT


@given(plans(), st.sampled_from(LEAVES), st.integers(-100, 100), st.integers(-100, 100))
def test_prices_move_cost_in_proportion(plan: PlanMoney, line: str, first: int, second: int) -> None:
    def changed(percent: int) -> D:
        return sum(priced(plan, [price(line, percent)]).values(), D(0))

    planned = sum((amount for (key, _), amount in plan.costs.items() if key == line), D(0))
    assert abs(changed(first) - changed(second) - planned * (first - second) / 100) <= CENT * len(YEARS)
    assert changed(0) == sum(plan.costs.values(), D(0))


@given(plans())
def test_ninety_to_sixty_five_and_back_is_a_plan_of_ninety(plan: PlanMoney) -> None:
    """Where the grant is 90 % of the eligible cost and nobody else pays, the way back leads to the plan's numbers."""
    eligible = scenario_plan(plan).years
    funding = {
        ("federal", year): (money.eligible * 9 / 10).quantize(CENT, "ROUND_HALF_UP") for year, money in eligible.items()
    }
    ninety = PlanMoney(plan.lines, plan.costs, plan.givers, funding)
    there = scenario_plan(ninety, scenario(funding_rate=D(65)))
    back = scenario_plan(ninety, scenario(funding_rate=D(90)))
    assert back == scenario_plan(ninety)
    assert there.total.own >= back.total.own


@given(st.integers(0, 60))
def test_a_delay_moves_to_the_year_that_it_says(months: int) -> None:
    found = delayed({2025: money("1200.00", "1200.00", "900.00", "0", "300.00")}, months)
    assert sum(year.cost * (number - 2025) for number, year in found.items()) == 100 * months
    assert isinstance(ScenarioPlan(found).total, Money)
