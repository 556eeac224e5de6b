"""Figures of scenarios: own share beside the plan, what is said about it, and assumptions that stay apart from it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from made_reader import column
from made_stores import drawn, fill, layer_rows, shown

from smartdash.charts.tokens import DARK, LIGHT
from smartdash.figures import CATALOGUE, make
from smartdash.figures.figure import Draft
from smartdash.locale import LANGUAGES
from smartdash.model.declare import Record
from smartdash.model.grants import RulePackUse
from smartdash.model.money import (
    CostAmount,
    CostKind,
    CostLine,
    FunderKind,
    FundingAmount,
    FundingSource,
    PlanStatus,
    PlanVersion,
)
from smartdash.model.scenarios import Scenario, ScenarioPrice
from smartdash.model.schedule import Phase
from smartdash.store import Scope, Store

KEYS = ("try_out", "own_share", "assumptions")
MONEY = ("start", "situation", "budget", "cost_plan", "funding", "grant_rules", "purchases")
SCHWERIN = "schwerin-smart-city-2021"


def plan(version: str = "v", grant: str = "90000.00") -> list[Record]:
    """Staff of 60,000.00 in 2025 and advice of 40,000.00 in 2026; the federation pays 90 %, the city the rest."""
    lines = [("1", None, None), ("1.1", "1", CostKind.PERSONNEL), ("1.2", "1", CostKind.ADVICE)]
    own = D(100000) - D(grant)
    money = {"federal": (D(grant) * D("0.6"), D(grant) * D("0.4")), "own": (own * D("0.6"), own * D("0.4"))}
    kinds = {"federal": FunderKind.FEDERAL, "own": FunderKind.OWN}
    return [
        PlanVersion(programme="p", key=version, title="Plan", status=PlanStatus.APPROVAL, valid_from=date(2025, 1, 1)),
        Phase(programme="p", key="A", title="Phase A"),
        *(
            CostLine(programme="p", key=key, title=f"Zeile {key}", parent=parent, kind=kind, phase="A")
            for key, parent, kind in lines
        ),
        *(
            CostAmount(programme="p", key="", plan_version=version, cost_line=line, year=year, amount=D(amount))
            for line, year, amount in (("1.1", 2025, "60000.00"), ("1.2", 2026, "40000.00"))
        ),
        *(FundingSource(programme="p", key=key, title=key, kind=kind) for key, kind in kinds.items()),
        *(
            FundingAmount(programme="p", key="", plan_version=version, funding_source=key, year=year, amount=amount)
            for key, amounts in money.items()
            for year, amount in zip((2025, 2026), amounts, strict=True)
        ),
    ]


def scenario(key: str, version: str = "v", **assumed: Any) -> Scenario:
    return Scenario(
        programme="p", key=key, title=f"Fall {key}", plan_version=version, saved_on=date(2026, 5, 1), **assumed
    )


def chosen(store: Store, key: str, values: dict[str, str], lang: Any = "de") -> Draft:
    with store.read(Scope("p", date(2026, 6, 30))) as reader:
        return make(reader, f"scenarios.{key}", lang, values).draft


@pytest.fixture(scope="module")
def planned_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The plan with the rules of the grant, and no scenario."""
    store = Store(tmp_path_factory.mktemp("scenarios") / "planned.duckdb")
    fill(store, *plan(), RulePackUse(programme="p", key="", pack="kfw436-2021"))
    return store


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "Im Plan zahlt die Kommune 10,0\u00a0T€, das sind 10,0\u00a0% der Kosten."),
        ({"rate": "65"}, "Sinkt die Förderquote auf 65\u00a0%, zahlt die Kommune 25,0\u00a0T€ mehr."),
        ({"rate": "92.5"}, "Steigt die Förderquote auf 92,5\u00a0%, zahlt die Kommune 2,5\u00a0T€ weniger."),
        ({"rate": "90"}, "Bei einer Förderquote von 90\u00a0% zahlt die Kommune so viel wie im Plan."),
        ({"rate": "0"}, "Sinkt die Förderquote auf 0\u00a0%, zahlt die Kommune 90,0\u00a0T€ mehr."),
        ({"caps": "yes"}, "Werden die Obergrenzen der Regeln eingehalten, zahlt die Kommune 18,0\u00a0T€ mehr."),
        (
            {"delay": "6"},
            "Kommt alles 6 Monate später, zahlt die Kommune insgesamt so viel wie im Plan, "
            "2025 aber 3,0\u00a0T€ weniger.",
        ),
        (
            {"prices": "1=10;1.2=-50@2026"},
            "Mit „1 Zeile 1 +10\u00a0%, 1.2 Zeile 1.2 −50\u00a0% ab 2026“ zahlt die Kommune 1,4\u00a0T€ weniger.",
        ),
        (
            {"rate": "65", "caps": "yes"},
            "Mit „Förderquote 65\u00a0%, Obergrenzen eingehalten“ zahlt die Kommune 38,0\u00a0T€ mehr.",
        ),
        # What is no assumption leaves the plan as it is.
        ({"rate": "101"}, "Im Plan zahlt die Kommune 10,0\u00a0T€, das sind 10,0\u00a0% der Kosten."),
        (
            {"delay": "x", "prices": "1=", "caps": "1"},
            "Im Plan zahlt die Kommune 10,0\u00a0T€, das sind 10,0\u00a0% der Kosten.",
        ),
        ({"prices": "no=5;;"}, "Im Plan zahlt die Kommune 10,0\u00a0T€, das sind 10,0\u00a0% der Kosten."),
    ],
)
def test_a_try_out_says_what_it_means(planned_store: Store, values: dict[str, str], message: str) -> None:
    draft = chosen(planned_store, "try_out", values)
    assert draft.message == message
    assert all(len(option.values) == 1 for option in draft.options), "the page offers the choices itself"


def test_the_plan_and_saved_scenarios_stand_side_by_side(empty_store: Store) -> None:
    price = ScenarioPrice(programme="p", key="", scenario="dear", cost_line="1.1", percent=D(10))
    fill(empty_store, *plan(), scenario("low", funding_rate=D(65)), scenario("dear"), price)
    draft = shown(empty_store, "scenarios.own_share").draft
    places = list(zip(column(draft, "scenario"), column(draft, "year"), column(draft, "own"), strict=True))
    assert places == [
        ("Plan", "2025", D("6000.00")),
        ("Plan", "2026", D("4000.00")),
        ("Plan", "Gesamt", D("10000.00")),
        ("Fall dear", "2025", D("6600.00")),
        ("Fall dear", "2026", D("4000.00")),
        ("Fall dear", "Gesamt", D("10600.00")),
        ("Fall low", "2025", D("21000.00")),
        ("Fall low", "2026", D("14000.00")),
        ("Fall low", "Gesamt", D("35000.00")),
    ]
    assert column(draft, "difference")[3:6] == [D("600.00"), D(0), D("600.00")]
    assert column(draft, "effect")[2:6] == [None, "▲ mehr", "= gleich", "▲ mehr"]
    assert draft.message == "Im Szenario „Fall low“ zahlt die Kommune 25,0\u00a0T€ mehr."
    assert "Gespeicherte Szenarien" in drawn(draft)


def test_what_is_compared_can_be_chosen_and_kinds_stand_apart(empty_store: Store) -> None:
    fill(empty_store, *plan(), scenario("low", funding_rate=D(65)))
    every = chosen(empty_store, "own_share", {"compare": "all"})
    assert list(dict.fromkeys(column(every, "kind"))) == ["Plan", "gespeichert", "gerechnet, nicht Teil des Plans"]
    assert "Gerechnet, nicht Teil des Plans" in drawn(every)
    one = chosen(empty_store, "own_share", {"compare": "computed-1"})
    assert set(column(one, "scenario")) == {"Plan", "Förderquote 65\u00a0%"}
    assert one.options[1].chosen == "computed-1"


def test_scenarios_are_on_no_other_page_and_in_no_sum(empty_store: Store) -> None:
    fill(empty_store, *plan())
    others = [entry.key for entry in CATALOGUE.values() if entry.page in MONEY]
    before = [shown(empty_store, key).draft.rows for key in others]
    fill(empty_store, scenario("low", funding_rate=D(65), delay_months=12))
    assert [shown(empty_store, key).draft.rows for key in others] == before
    assert len(others) > 5


def test_all_rows_of_the_chart_have_one_scale(empty_store: Store) -> None:
    fill(empty_store, *plan(), scenario("low", funding_rate=D(65)))
    draft = chosen(empty_store, "own_share", {})
    (planned,), (assumed,) = ([bar for bar in layer_rows(draft, layer) if bar["year"] == "2025"] for layer in (0, 1))
    heights = [bar["foot"] - bar["upper"] for bar in (planned, assumed)]
    assert heights[1] / heights[0] == pytest.approx(21000 / 6000)
    assert assumed["foot"] - assumed["plan_y"] == pytest.approx(heights[0])


def test_only_scenarios_of_the_version_are_compared_but_all_are_explained(empty_store: Store) -> None:
    later = [
        record
        for record in plan("old", "50000.00")
        if isinstance(record, CostAmount | FundingAmount) and record.plan_version == "old"
    ]
    old = PlanVersion(programme="p", key="old", title="Alt", status=PlanStatus.APPLICATION, valid_from=date(2024, 1, 1))
    fill(
        empty_store, *plan(), old, *later, scenario("now", delay_months=3), scenario("then", "old", funding_rate=D(60))
    )
    current = chosen(empty_store, "own_share", {})
    assert set(column(current, "scenario")) == {"Plan", "Fall now"}
    before = chosen(empty_store, "own_share", {"version": "old"})
    assert before.message == "Im Szenario „Fall then“ zahlt die Kommune 10,0\u00a0T€ weniger."
    cards = shown(empty_store, "scenarios.assumptions").draft
    assert column(cards, "scenario")[:2] == ["Fall now", "Fall then"]
    assert column(cards, "version")[:2] == ["Plan (Bewilligung)", "Alt (Antrag)"]


def test_a_card_names_what_limits_took_away(empty_store: Store) -> None:
    fill(empty_store, *plan(), RulePackUse(programme="p", key="", pack="kfw436-2021"), scenario("c", enforce_caps=True))
    cards = shown(empty_store, "scenarios.assumptions").draft
    assert column(cards, "cuts")[0] == (
        "Externe Beratung höchstens ein Drittel (Phase A): 20.000,00\u00a0€ nicht förderfähig"
    )
    assert "Nicht eingerechnet, weil eine Angabe fehlt: Förderquote des Bescheids." in (
        chosen(empty_store, "own_share", {}).note
    )


def test_more_money_than_cost_is_a_surplus(empty_store: Store) -> None:
    fill(empty_store, *plan("v", "100000.00"))
    third = FundingSource(programme="p", key="third", title="third", kind=FunderKind.THIRD_PARTY)
    given = FundingAmount(
        programme="p", key="", plan_version="v", funding_source="third", year=2025, amount=D("2000.00")
    )
    fill(empty_store, third, given)
    draft = chosen(empty_store, "try_out", {"rate": "100"})
    assert column(draft, "surplus")[-1] == D("2000.00")
    assert column(draft, "own")[-1] == D(0)
    assert "gehen nicht auf" in draft.note


def test_a_plan_without_amounts_has_no_scenarios(empty_store: Store) -> None:
    assert {shown(empty_store, f"scenarios.{key}").missing for key in KEYS} == {("cost_amount", "funding_amount")}
    nothing = [
        record.model_copy(update={"amount": D(0)}) if isinstance(record, CostAmount) else record for record in plan()
    ]
    fill(empty_store, *nothing)
    for key in KEYS:
        assert shown(empty_store, f"scenarios.{key}").draft.rows == ()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("programme", ["musterstadt", SCHWERIN])
@pytest.mark.parametrize("key", KEYS)
def test_samples_show_every_figure(sample_store: Store, key: str, programme: str, lang: Any) -> None:
    figure = shown(sample_store, f"scenarios.{key}", lang, programme=programme)
    assert figure.draft.rows
    assert all(len(row) == len(figure.draft.columns) for row in figure.draft.rows)
    if figure.draft.chart:
        assert figure.draft.chart(LIGHT).to_dict() != figure.draft.chart(DARK).to_dict()


def test_a_lower_rate_costs_schwerin_4_6_million(sample_store: Store) -> None:
    draft = shown(sample_store, "scenarios.own_share", programme=SCHWERIN).draft
    assert draft.message == "Sinkt die Förderquote auf 65\u00a0%, zahlt die Kommune 4,6\u00a0Mio.\u00a0€ mehr."
    totals = {
        name: (own, change)
        for name, year, own, change in zip(
            *(column(draft, name) for name in ("scenario", "year", "own", "difference")), strict=True
        )
        if year == "Gesamt"
    }
    assert totals["Plan"] == (D("1647250.00"), None)
    assert totals["Förderquote 65\u00a0%"] == (D("6276000.00"), D("4628750.00"))
