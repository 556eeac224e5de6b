"""Figures about money: exact sums, named bases, and plain words where something is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from made_stores import drawn, fill, shown

from smartdash.charts.tokens import DARK, LIGHT
from smartdash.model.declare import Record
from smartdash.model.money import CostAmount, CostLine, FundingAmount, FundingSource, PlanStatus, PlanVersion
from smartdash.model.spending import Commitment, CommitmentStage, PersonDayBudget, Posting, VatRate
from smartdash.store import Store

KEYS = ("years", "use", "funding", "lines", "contracts", "person_days", "staffing")


def costs() -> list[Record]:
    """Two top lines; 1.1: 1,000.00 in 2025 and 500.10 in 2026; 2: 499.90 in 2026."""
    tree = {"1": None, "1.1": "1", "2": None}
    amounts = [("1.1", 2025, "1000.00"), ("1.1", 2026, "500.10"), ("2", 2026, "499.90")]
    return [
        PlanVersion(programme="p", key="v", title="Plan", status=PlanStatus.APPROVAL),
        *(CostLine(programme="p", key=key, title=f"Zeile {key}", parent=parent) for key, parent in tree.items()),
        *(
            CostAmount(programme="p", plan_version="v", cost_line=line, year=year, amount=D(amount))
            for line, year, amount in amounts
        ),
    ]


def posting(key: str, line: str, day: date, amount: str, commitment: str | None = None) -> Posting:
    return Posting(programme="p", key=key, cost_line=line, booked_on=day, amount=D(amount), commitment=commitment)


def commitment(key: str, line: str, year: int, amount: str, stage: CommitmentStage) -> Commitment:
    values: dict[str, Any] = {"title": key, "committed_on": date(2025, 2, 1), "stage": stage}
    return Commitment(programme="p", key=key, cost_line=line, year=year, amount=D(amount), **values)


def use() -> list[Record]:
    """Paid 1,200.00 - 50.00 in 2025; an order of 300.00 in 2026 is paid with 100.00; 20.00 are reserved."""
    return [
        *costs(),
        commitment("order", "1.1", 2026, "300.00", CommitmentStage.BOUND),
        commitment("idea", "2", 2026, "20.00", CommitmentStage.RESERVED),
        commitment("done", "2", 2026, "10.00", CommitmentStage.BOUND),
        posting("a", "1.1", date(2025, 3, 1), "1200.00"),
        posting("b", "1.1", date(2025, 4, 1), "-50.00"),
        posting("c", "1.1", date(2026, 1, 5), "100.00", "order"),
        posting("d", "2", date(2026, 1, 6), "15.00", "done"),
        posting("later", "2", date(2026, 7, 1), "999.00"),
    ]


def test_cost_per_year_is_summed_by_top_line_with_a_total_row(empty_store: Store) -> None:
    fill(empty_store, *costs())
    draft = shown(empty_store, "budget.years").draft
    assert draft.rows == (
        ("2025", D("1000.00"), None, D("1000.00")),
        ("2026", D("500.10"), D("499.90"), D("1000.00")),
        ("Gesamt", D("1500.10"), D("499.90"), D("2000.00")),
    )
    assert (
        draft.message == "Der Plan sieht für 2025 bis 2026 insgesamt 2,0\u00a0T€ vor, am meisten 2025 mit 1,0\u00a0T€."
    )


def test_use_counts_credits_and_what_is_open_up_to_the_day(empty_store: Store) -> None:
    fill(empty_store, *use())
    draft = shown(empty_store, "budget.use").draft
    names = [column.name for column in draft.columns]
    assert names == ["year", "plan", "paid", "bound", "reserved", "available", "share"]
    assert draft.rows == (
        ("2025", D("1000.00"), D("1150.00"), D(0), D(0), D("-150.00"), D("1.15")),
        ("2026", D("1000.00"), D("115.00"), D("200.00"), D("20.00"), D("665.00"), D("0.115")),
        ("Gesamt", D("2000.00"), D("1265.00"), D("200.00"), D("20.00"), D("515.00"), D("0.6325")),
    )
    assert "63,3\u00a0% der geplanten 2,0\u00a0T€" in draft.message
    assert "■ 150\u00a0€ über Plan" in drawn(draft)


def test_lines_name_the_overrun_and_keep_the_tree(empty_store: Store) -> None:
    fill(empty_store, *use())
    draft = shown(empty_store, "budget.lines", as_of=date(2026, 7, 1)).draft
    assert [(row[0], row[2], row[3], row[4], row[5]) for row in draft.rows] == [
        ("1", D("1500.10"), D("1250.00"), D("200.00"), D("50.10")),
        ("1.1", D("1500.10"), D("1250.00"), D("200.00"), D("50.10")),
        ("2", D("499.90"), D("1014.00"), D("20.00"), D("-534.10")),
    ]
    assert draft.message == (
        "Eine von 2 Positionen überschreitet mit Zahlungen und Obligo ihren Plan: „Zeile 2“ um 534\u00a0€."
    )


def test_without_postings_nothing_is_said_to_be_paid(empty_store: Store) -> None:
    fill(empty_store, *costs())
    draft = shown(empty_store, "budget.lines").draft
    assert {row[3:] for row in draft.rows} == {(None, None, None, None)}
    assert "nicht gemeldet" in draft.note
    assert shown(empty_store, "budget.use").missing == ("posting",)


def test_payments_without_a_plan_are_no_share_of_anything(empty_store: Store) -> None:
    line = CostLine(programme="p", key="1", title="Zeile 1")
    fill(empty_store, line, posting("a", "1", date(2026, 1, 1), "10.00"))
    draft = shown(empty_store, "budget.use").draft
    assert draft.rows[-1] == ("Gesamt", None, D("10.00"), D(0), D(0), None, None)
    assert draft.message.endswith("ein Plan ist nicht erfasst.")


def funding(**sources: tuple[str, str]) -> list[Record]:
    version = PlanVersion(programme="p", key="v", title="Plan", status=PlanStatus.APPROVAL)
    records: list[Record] = [version]
    for key, amounts in sources.items():
        outside = key == "other"
        records.append(FundingSource(programme="p", key=key, title=key.title(), outside_plan=outside))
        records += [
            FundingAmount(programme="p", plan_version="v", funding_source=key, year=year, amount=D(amount))
            for year, amount in zip((2025, 2026), amounts, strict=True)
        ]
    return records


def test_the_total_share_is_a_ratio_of_sums_and_money_outside_is_named(empty_store: Store) -> None:
    fill(empty_store, *funding(city=("50", "0"), state=("50", "900"), other=("7", "0")))
    draft = shown(empty_store, "budget.funding").draft
    assert tuple(row[:4] for row in draft.rows) == (
        ("2025", "City", D(50), D("0.5")),
        ("2025", "State", D(50), D("0.5")),
        ("2026", "City", D(0), D(0)),
        ("2026", "State", D(900), D(1)),
        ("Gesamt", "City", D(50), D("0.05")),
        ("Gesamt", "State", D(950), D("0.95")),
    )
    assert draft.note == "Nicht enthalten sind 7,00\u00a0€ aus Quellen außerhalb des Plans."


@pytest.mark.parametrize(
    ("stated", "ending"),
    [
        ("91392.00", "das stimmt mit dem Dokument überein."),
        ("91392.01", "das Dokument nennt dafür 91.392,01\u00a0€ (Abweichung 0,01\u00a0€)."),
        (None, "das Dokument nennt keinen Betrag."),
    ],
)
def test_person_days_are_recomputed_and_compared(empty_store: Store, stated: str | None, ending: str) -> None:
    bought = PersonDayBudget(
        programme="p",
        key="b",
        title="B",
        start=date(2024, 1, 1),
        end=date(2024, 12, 31),
        days_per_month=D(5),
        rate=D(1280),
        stated_gross=None if stated is None else D(stated),
    )
    fill(empty_store, bought, VatRate(programme="p", key="r", valid_from=date(2021, 1, 1), percent=D(19)))
    draft = shown(empty_store, "budget.person_days").draft
    assert draft.message == f"60 Personentage zu 1.280\u00a0€ netto ergeben 91.392,00\u00a0€ brutto; {ending}"
    assert [tile.value for tile in draft.tiles] == ["60", "76.800,00\u00a0€", "14.592,00\u00a0€", "91.392,00\u00a0€"]


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("key", KEYS)
def test_the_sample_programme_shows_every_figure_in_both_languages(sample_store: Store, key: str, lang: Any) -> None:
    figure = shown(sample_store, f"budget.{key}", lang, programme="musterstadt")
    assert figure.demo
    assert not figure.missing
    assert all(len(row) == len(figure.draft.columns) for row in figure.draft.rows)
    if figure.draft.chart:
        assert figure.draft.chart(LIGHT).to_dict() != figure.draft.chart(DARK).to_dict()


def test_schwerin_closes_to_the_cent(sample_store: Store) -> None:
    years = shown(sample_store, "budget.years", programme="schwerin-smart-city-2021").draft
    assert years.rows[-1] == ("Gesamt", D("2255000.00"), D("15970000.00"), D("18225000.00"))
    paid = shown(sample_store, "budget.funding", programme="schwerin-smart-city-2021").draft
    assert sum(row[2] for row in paid.rows if row[0] == "Gesamt") == D("18225000.00")  # type: ignore[misc]
