"""Contracts, person-days and the money of all programmes, on the samples: what documents print is recomputed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from made_stores import drawn, shown

from smartdash.figures import Figure
from smartdash.store import Store

MUSTERSTADT, BRAUNSCHWEIG, POTSDAM = "musterstadt", "braunschweig-framework-2018", "potsdam-programme-2024"
AS_OF = date(2026, 8, 15)


def cells(made: Figure, name: str) -> list[Any]:
    place = [column.name for column in made.draft.columns].index(name)
    return [row[place] for row in made.draft.rows]


@pytest.mark.parametrize(
    ("key", "programme", "parts"),
    [
        (
            "purchases.tax",
            BRAUNSCHWEIG,
            ("64.827,39\u00a0€ brutto sind 54.476,80\u00a0€ netto und 10.350,59\u00a0€ Umsatzsteuer (19\u00a0%).",
             "bei 16\u00a0% 63.193,09\u00a0€ (−1.634,30\u00a0€)"),
        ),
        ("purchases.tax", MUSTERSTADT, ("7 Verträge über", "Zu den Sätzen der Leistung passen alle.")),
        ("budget.contracts", BRAUNSCHWEIG, ("Ein Vertrag über 64.827,39\u00a0€ brutto ist erfasst",)),
        ("budget.contracts", MUSTERSTADT, ("aus 7 Verträgen sind", "bezahlt")),
        (
            "budget.person_days",
            POTSDAM,
            ("60 Personentage zu 1.280\u00a0€ netto ergeben 91.392,00\u00a0€ brutto; das stimmt",),
        ),
        ("purchases.days_used", MUSTERSTADT, ("Von 124 eingekauften Personentagen sind 108 geleistet (87,1\u00a0%).",
                                              "reicht bei diesem Tempo nur bis Oktober 2026")),
        ("portfolio.money", MUSTERSTADT, ("2 von 5 Programmen haben einen Kosten- und Finanzierungsplan.",
                                          "Eine Summe wird nicht gebildet", "ein Teil ist erfunden")),
    ],
)  # fmt: skip
def test_titles_say_what_was_recomputed(sample_store: Store, key: str, programme: str, parts: tuple[str, ...]) -> None:
    message = shown(sample_store, key, as_of=AS_OF, programme=programme).draft.message
    assert [part for part in parts if part not in message] == []


def test_contracts_name_paid_and_open_and_the_legend_says_so(sample_store: Store) -> None:
    made = shown(sample_store, "budget.contracts", as_of=AS_OF, programme=MUSTERSTADT)
    sums = zip(*(cells(made, name) for name in ("gross", "paid", "open", "rest")), strict=True)
    assert [gross - paid - opened - rest for gross, paid, opened, rest in sums] == [0] * 7
    assert "Gebunden, offen" in drawn(made.draft)
    assert {"kein Beschluss hinterlegt"} < set(cells(made, "decision"))


def test_a_programme_without_a_plan_says_so(sample_store: Store) -> None:
    made = shown(sample_store, "portfolio.money", as_of=AS_OF, programme=MUSTERSTADT)
    without = [row for row in made.draft.rows if row[2] == "kein Plan hinterlegt"]
    assert len(without) == 3
    assert {value for row in without for value in row[3:-1]} == {None}
    base = dict(zip(cells(made, "municipality_name"), cells(made, "base"), strict=True))
    assert base["Schwerin"].endswith("förderfähige Kosten 2021–2028, brutto oder netto nicht genannt")
    assert base["Musterstadt"] == "Nachtrag 2026: förderfähige Kosten 2025–2027, brutto"
    assert "Bundesmittel" in drawn(made.draft)
