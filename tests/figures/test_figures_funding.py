"""Figures of the funding page: who pays against which limit, splits that close, gaps that stay visible."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from made_reader import build, column
from made_stores import drawn, fill, shown

from smartdash.charts.tokens import DARK, LIGHT
from smartdash.figures import make
from smartdash.figures.funding import runs
from smartdash.figures.proofs_of_use import proofs
from smartdash.model.declare import Record
from smartdash.model.grants import ProofKind, ProofOfUse, RulePackUse, RuleParameter, Waiver
from smartdash.model.money import (
    CostAmount,
    CostLine,
    FunderKind,
    FundingAmount,
    FundingSource,
    PlanStatus,
    PlanVersion,
)
from smartdash.store import Scope, Store

KEYS = ("budget.funding", "funding.mix", "funding.coverage", "funding.proofs")
SCHWERIN = "schwerin-smart-city-2021"
AS_OF = date(2026, 6, 30)

Funding = dict[tuple[str, int, str | None], str]
"""Euro by (source, year, cost line)."""


def plan(costs: dict[tuple[str, int], str], funding: Funding, **lines: Any) -> list[Record]:
    """Lines 1.1 and 1.2 below 1; the sources city (own), union (third party), state, and federal; "extra" outside."""
    kinds = {"city": "own", "union": "third_party", "state": "state", "federal": "federal", "extra": "own"}
    records: list[Record] = [
        PlanVersion(programme="p", key="v", title="Plan", status=PlanStatus.APPROVAL),
        RulePackUse(programme="p", pack="kfw436-2021"),
        CostLine(programme="p", key="1", title="Alles"),
        *(CostLine(programme="p", key=key, title=f"Zeile {key}", parent="1", **lines) for key in ("1.1", "1.2")),
        *(
            FundingSource(programme="p", key=key, title=key, kind=FunderKind(kind), outside_plan=key == "extra")
            for key, kind in kinds.items()
        ),
    ]
    records += [
        CostAmount(programme="p", plan_version="v", cost_line=line, year=year, amount=D(amount))
        for (line, year), amount in costs.items()
    ]
    return records + [
        FundingAmount(
            programme="p", plan_version="v", funding_source=source, year=year, cost_line=line, amount=D(amount)
        )
        for (source, year, line), amount in funding.items()
    ]


COSTS = {("1.1", 2025): "100.00", ("1.2", 2025): "50.00", ("1.1", 2026): "100.00"}


def test_the_years_over_the_limit_are_flagged_with_the_excess(empty_store: Store) -> None:
    funding: Funding = {
        ("federal", 2025, None): "135.00",
        ("city", 2025, None): "15.00",
        ("federal", 2026, None): "95.00",
        ("city", 2026, None): "5.00",
    }
    fill(empty_store, *plan(COSTS, funding))
    draft = shown(empty_store, "budget.funding").draft
    found = {(row[0], row[1]): row[4:] for row in draft.rows}
    assert found["2025", "federal"] == (D("135.00"), D(0), D("0.00"), "on_track")
    assert found["2026", "federal"] == (D("90.00"), D("5.00"), D(0), "at_risk")
    assert found["Gesamt", "federal"] == (D("225.00"), D("5.00"), D(0), "critical")
    assert found["2026", "city"] == (None, None, None, None)
    words = drawn(draft)
    assert all(
        flag in words for flag in ("● genau 90\u00a0%", "▲ 5\u00a0€ über 90\u00a0%", "■ 5\u00a0€ über 90\u00a0%")
    )
    assert "2026 und insgesamt über der Grenze von 90\u00a0%, insgesamt um 5\u00a0€" in draft.message
    assert "Förderquote des Bescheids" in draft.note, "a limit that cannot be checked is named"


def test_an_accepted_breach_stays_visible_as_one(empty_store: Store) -> None:
    waiver = Waiver(
        programme="p",
        key="w",
        rule="kfw436-2021.federal_max",
        scope="2026",
        reason="r",
        approved_by="Kämmerei",
        approved_on=date(2026, 1, 1),
    )
    funding: Funding = {("federal", 2026, None): "95.00", ("city", 2026, None): "5.00"}
    fill(empty_store, *plan({("1.1", 2026): "100.00"}, funding), waiver)
    found = drawn(shown(empty_store, "budget.funding").draft)
    assert "▲ 5\u00a0€ über 90\u00a0% · Ausnahme" in found
    assert '■ 5\u00a0€ über 90\u00a0%"' in found, "accepted for the year, not in total"


@pytest.mark.parametrize(
    ("federal", "flag"),
    [
        ("67.81", "■ 2,81\u00a0€ über 65\u00a0%"),
        ("65.00", "● genau 65\u00a0%"),
        ("64.99", "● noch 0,01\u00a0€ bis 65\u00a0%"),
        ("45.00", "● noch 20\u00a0€ bis 65\u00a0%"),
    ],
)
def test_the_rate_of_the_notice_is_the_tighter_limit(empty_store: Store, federal: str, flag: str) -> None:
    rate = RuleParameter(programme="p", name="funding_rate", value=D(65))
    funding: Funding = {("federal", 2026, None): federal, ("city", 2026, None): str(100 - D(federal))}
    fill(empty_store, *plan({("1.1", 2026): "100.00"}, funding), rate)
    draft = shown(empty_store, "budget.funding").draft
    assert flag in drawn(draft)
    assert "Förderquote des Bescheids“ (" in draft.note


def test_a_cent_of_rounding_that_a_rule_tolerates_leaves_nothing(empty_store: Store) -> None:
    rate = RuleParameter(programme="p", name="funding_rate", value=D(65))
    funding: Funding = {("federal", 2026, None): "65.01", ("city", 2026, None): "35.00"}
    fill(empty_store, *plan({("1.1", 2026): "100.01"}, funding), rate)
    draft = shown(empty_store, "budget.funding").draft
    assert column(draft, "room")[0] == D(0)
    assert "● genau 65\u00a0%" in drawn(draft)


def test_federal_money_stands_first_and_own_money_last(empty_store: Store) -> None:
    funding: Funding = {(source, 2025, None): "10.00" for source in ("city", "union", "state", "federal")}
    fill(empty_store, *plan(COSTS, funding))
    draft = shown(empty_store, "budget.funding").draft
    assert column(draft, "source")[:4] == ["federal", "state", "union", "city"]


def test_without_a_rule_pack_no_limit_is_drawn(empty_store: Store) -> None:
    records = [item for item in plan(COSTS, {("federal", 2025, None): "150.00"}) if not isinstance(item, RulePackUse)]
    fill(empty_store, *records)
    draft = shown(empty_store, "budget.funding").draft
    assert draft.message == "„federal“ trägt die gesamten 150\u00a0€."
    assert column(draft, "status") == [None, None]


@pytest.mark.parametrize(
    ("years", "text"),
    [([], []), ([2024], ["2024"]), ([2026, 2024, 2025, 2028], ["2024–2026", "2028"]), ([2024, 2026], ["2024", "2026"])],
)
def test_years_in_a_row_are_a_range(years: list[int], text: list[str]) -> None:
    assert runs(years) == text


STATED: Funding = {
    ("state", 2025, "1.1"): "40.00",
    ("state", 2025, None): "20.00",
    ("city", 2025, None): "80.00",
    ("federal", 2026, None): "120.00",
}


def mix(store: Store, **chosen: str) -> Any:
    with store.read(Scope("p", AS_OF)) as reader:
        return make(reader, "funding.mix", "de", chosen).draft


def test_the_mix_marks_what_is_computed_and_keeps_the_gap_as_a_column(empty_store: Store) -> None:
    fill(empty_store, *plan(COSTS, STATED))
    draft = mix(empty_store)
    found = {row[:2]: row[2:] for row in draft.rows}
    names = [item.name for item in draft.columns][2:]
    first = dict(zip(names, found["1.1 Zeile 1.1", "2025"], strict=True))
    assert (first["source_state"], first["source_city"], first["gap"]) == (D("50.91"), D("43.64"), D("5.45"))
    assert first["basis"] == "teils genannt, teils rechnerisch"
    second = dict(zip(names, found["1.1 Zeile 1.1", "2026"], strict=True))
    assert (second["source_federal"], second["gap"], second["basis"]) == (D("120.00"), D("-20.00"), "rechnerisch")
    whole = dict(zip(names, found["Alle Positionen", "Gesamt"], strict=True))
    assert (whole["cost"], whole["gap"]) == (D("250.00"), D("-10.00"))
    assert "2025 fehlen 10,00\u00a0€ und 2026 sind es 20,00\u00a0€ zu viel" in draft.message
    words = drawn(draft)
    assert "≈120,0" in words
    assert "2025 ▲" in words


def test_only_what_is_stated_can_be_shown(empty_store: Store) -> None:
    fill(empty_store, *plan(COSTS, STATED))
    draft = mix(empty_store, basis="stated", source="state")
    cells = {(row[0], row[1]): row for row in draft.rows}
    place = [item.name for item in draft.columns].index("source_state")
    assert cells["1.1 Zeile 1.1", "2025"][place] == D("40.00")
    assert cells["1.2 Zeile 1.2", "2025"][place] is None, "not stated is not zero"
    assert cells["1.2 Zeile 1.2", "2025"][-1] == "im Plan nicht genannt"
    assert "≈" not in drawn(draft)


def test_money_of_a_year_without_cost_stays_visible(empty_store: Store) -> None:
    fill(empty_store, *plan({("1.1", 2025): "10.00"}, {("city", 2025, None): "10.00", ("city", 2026, None): "5.00"}))
    draft = mix(empty_store)
    assert ("Geld ohne Kosten im Jahr", "2026", D(0), D("5.00"), D("-5.00"), None, "im Plan genannt") in draft.rows


@pytest.mark.parametrize("stated", [None, "1.2.7"])
def test_a_large_plan_is_shown_by_a_higher_level_of_its_tree(empty_store: Store, stated: str | None) -> None:
    lines = [CostLine(programme="p", key=f"1.2.{place}", title="Teil", parent="1.2") for place in range(41)]
    costs = {("1.1", 2025): "1.00", **{(line.key, 2025): "1.00" for line in lines}}
    funding: Funding = {("city", 2025, None): "41.00", ("state", 2025, stated): "2.00"}
    fill(empty_store, *plan(costs, funding), *lines)
    draft = mix(empty_store)
    assert set(column(draft, "line")) == {"1.1 Zeile 1.1", "1.2 Zeile 1.2", "Alle Positionen"}
    gaps = dict(zip(column(draft, "line"), column(draft, "gap"), strict=True))
    assert gaps == {
        "1.1 Zeile 1.1": D("0.00") if stated else D("-0.02"),
        "1.2 Zeile 1.2": D("-1.00") if stated else D("-0.98"),
        "Alle Positionen": D("-1.00"),
    }, "a line that is stated to be paid too much is not netted with those that wait for money"
    assert "groß" in draft.note


@pytest.mark.parametrize(
    ("funding", "eligible", "ending"),
    [
        ({}, True, "Kosten oder Geld außerhalb davon nennt der Plan nicht."),
        ({("extra", 2025, None): "7.00"}, True, "welche Kosten das deckt, nennt der Plan nicht."),
        ({("extra", 2025, None): "7.00"}, False, "außerhalb des Plans geben „extra“ dafür 7\u00a0€."),
        ({}, False, "wer sie bezahlt, nennt der Plan nicht."),
    ],
)
def test_money_outside_the_plan_is_compared_with_cost_that_is_not_eligible(
    empty_store: Store, funding: Funding, eligible: bool, ending: str
) -> None:
    fill(empty_store, *plan(COSTS, {("city", 2025, None): "1.00", **funding}, eligible=eligible))
    draft = shown(empty_store, "funding.coverage").draft
    assert draft.message.endswith(ending)
    total = draft.rows[-1]
    assert total[1:4] == ((D("250.00"), D("1.00"), D("249.00")) if eligible else (D(0), D("1.00"), D("-1.00")))


def proof(key: str, due: date | None, submitted: date | None = None, accepted: date | None = None) -> ProofOfUse:
    days: dict[str, Any] = {"due_on": due, "submitted_on": submitted, "accepted_on": accepted}
    return ProofOfUse(programme="x", key=key, title=key, kind=ProofKind.INTERIM, **days)


@pytest.mark.parametrize(
    ("item", "status", "word"),
    [
        (proof("a", None), "unknown", "ohne Frist, nicht prüfbar"),
        (proof("a", date(2026, 6, 29)), "critical", "einen Tag überfällig"),
        (proof("a", AS_OF), "at_risk", "noch 0 Tage"),
        (proof("a", date(2026, 8, 1)), "planned", "noch 32 Tage"),
        (proof("a", AS_OF, AS_OF), "on_track", "eingereicht, noch nicht anerkannt"),
        (proof("a", date(2026, 6, 1), date(2026, 6, 3)), "at_risk", "2 Tage zu spät eingereicht"),
        (proof("a", date(2026, 6, 1), date(2026, 6, 1), AS_OF), "done", "anerkannt"),
        (proof("a", None, date(2026, 6, 1)), "on_track", "eingereicht, noch nicht anerkannt"),
    ],
)
def test_a_proof_is_judged_against_its_deadline(item: ProofOfUse, status: str, word: str) -> None:
    draft = build(proofs, AS_OF, item)
    assert (column(draft, "status"), column(draft, "word")) == ([status], [word])


def test_the_overdue_and_the_next_proof_are_named() -> None:
    items = [proof("N1", date(2026, 5, 31)), proof("N2", date(2026, 7, 30))]
    draft = build(proofs, AS_OF, *items)
    assert draft.message == (
        "„N1“ ist seit dem 31.05.2026 überfällig. Als Nächstes ist „N2“ bis zum 30.07.2026 fällig, in 30 Tagen."
    )


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("key", KEYS)
def test_the_sample_programme_shows_every_figure(sample_store: Store, key: str, lang: Any) -> None:
    figure = shown(sample_store, key, lang, programme="musterstadt", as_of=date(2026, 8, 15))
    assert not figure.missing
    assert all(len(row) == len(figure.draft.columns) for row in figure.draft.rows)
    if figure.draft.chart:
        assert figure.draft.chart(LIGHT).to_dict() != figure.draft.chart(DARK).to_dict()


def test_schwerin_breaks_the_limit_in_three_years_and_in_total(sample_store: Store) -> None:
    draft = shown(sample_store, "budget.funding", programme=SCHWERIN).draft
    assert "2024–2026 und insgesamt über der Grenze von 90\u00a0%, insgesamt um 72.500\u00a0€" in draft.message
    mixed = shown(sample_store, "funding.mix", programme=SCHWERIN).draft
    assert {row[-1] for row in mixed.rows} == {"rechnerisch", "im Plan genannt"}
    assert not any(column(mixed, "gap")), "costs equal funding in every line and year"
