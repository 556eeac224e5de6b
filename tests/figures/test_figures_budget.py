"""Figures about money: exact sums, named bases, and plain words where something is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from made_stores import fill, shown

from smartdash.charts.tokens import DARK, LIGHT
from smartdash.model.declare import Record
from smartdash.model.money import FundingAmount, FundingSource, PlanStatus, PlanVersion
from smartdash.model.spending import PersonDayBudget, VatRate
from smartdash.store import Store

KEYS = ("funding", "contracts", "person_days", "staffing")


def funding(**sources: tuple[str, str]) -> list[Record]:
    version = PlanVersion(programme="p", key="v", title="Plan", status=PlanStatus.APPROVAL)
    records: list[Record] = [version]
    for key, amounts in sources.items():
        outside = key == "other"
        records.append(FundingSource(programme="p", key=key, title=key.title(), outside_plan=outside))
        records += [
            FundingAmount(programme="p", key="", plan_version="v", funding_source=key, year=year, amount=D(amount))
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
    paid = shown(sample_store, "budget.funding", programme="schwerin-smart-city-2021").draft
    assert sum(row[2] for row in paid.rows if row[0] == "Gesamt") == D("18225000.00")  # type: ignore[misc]
