"""Figures that compare quarters, and the hints on wording."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from made_stores import drawn, fill, layer_rows, shown

from smartdash.model.check_ins import CheckIn, Review, ReviewOutcome, Score, ScoreCause
from smartdash.model.declare import Record
from smartdash.model.okr import Cycle, KeyResult, Objective
from smartdash.store import Store

KEYS = ["okr.hints", "quarters.calibration", "quarters.causes", "quarters.comparison"]
DAY = date(2026, 9, 1)


def quarters() -> list[Record]:
    """Three cycles with one chain of an objective and a key result, and one key result that stands alone."""
    records: list[Record] = []
    for place in (1, 2, 3):
        begin = date(2026, 3 * place - 2, 1)
        before = {"predecessor": f"o{place - 1}"} if place > 1 else {}
        earlier = {"predecessor": f"k{place - 1}"} if place > 1 else {}
        records += [
            Cycle(programme="p", key=f"c{place}", title=f"Q{place}", start=begin, end=begin.replace(month=3 * place)),
            Objective(programme="p", key=f"o{place}", title="Alle sind geschult", cycle=f"c{place}", **before),
            KeyResult(
                programme="p",
                key=f"k{place}",
                title="Anteil",
                objective=f"o{place}",
                baseline=D(0),
                target=D(1),
                **earlier,
            ),
        ]
    return [
        *records,
        Objective(programme="p", key="x", title="Konzept erstellen", cycle="c3"),
        Score(programme="p", key_result="k1", scored_on=date(2026, 4, 2), value=D("0.4"), cause=ScoreCause.SCOPE),
        Score(programme="p", key_result="k2", scored_on=date(2026, 7, 2), value=D("0.7")),
        Review(
            programme="p", objective="o2", reviewed_on=date(2026, 7, 2), outcome=ReviewOutcome.CHANGE, reason="zu breit"
        ),
        CheckIn(programme="p", key_result="k3", reported_on=date(2026, 8, 30), value=D("0.25")),
    ]


def test_a_chain_over_three_cycles_is_one_row_with_its_review(empty_store: Store) -> None:
    fill(empty_store, *quarters())
    draft = shown(empty_store, "quarters.comparison", as_of=DAY).draft
    values = ("0,40", "0,70", "25\u00a0%")
    assert draft.rows == (
        ("Alle sind geschult", None, 2, *values, "Q2: ändern (zu breit)"),
        ("Alle sind geschult", "Anteil", 2, *values, None),
    )
    assert draft.message == "1 von 2 Objectives wurde aus einem früheren Zyklus übertragen."
    assert "Objective insgesamt · 2-mal übertragen" in drawn(draft)
    assert "0,70 Δ" in drawn(draft)


def test_every_cycle_has_its_review_and_once_reads_as_once(empty_store: Store) -> None:
    first = Review(programme="p", objective="o1", reviewed_on=date(2026, 4, 2), outcome=ReviewOutcome.KEEP)
    fill(empty_store, *[item for item in quarters() if item.key not in ("c3", "o3", "k3", "x")][:-1], first)
    draft = shown(empty_store, "quarters.comparison", as_of=DAY).draft
    assert draft.rows[0][-1] == "Q1: behalten; Q2: ändern (zu breit)"
    assert "Objective insgesamt · einmal übertragen" in drawn(draft)


def test_what_is_planned_for_a_cycle_to_come_is_not_yet_carried_over(empty_store: Store) -> None:
    fill(empty_store, *quarters())
    draft = shown(empty_store, "quarters.comparison", as_of=date(2026, 6, 1)).draft
    assert [row[:3] for row in draft.rows] == [("Alle sind geschult", None, 1), ("Alle sind geschult", "Anteil", 1)]


def test_an_objective_with_too_few_reports_is_grey_and_absence_is_no_cell(empty_store: Store) -> None:
    new = [
        KeyResult(programme="p", key=key, title=key, objective="o3", baseline=D(0), target=D(1)) for key in ("k4", "k5")
    ]
    fill(empty_store, *quarters(), *new)
    draft = shown(empty_store, "quarters.comparison", as_of=DAY).draft
    assert [row[3:6] for row in draft.rows] == [
        ("0,40", "0,70", "zu wenig Meldungen (Abdeckung 33\u00a0%)"),
        ("0,40", "0,70", "25\u00a0%"),
        (None, None, "keine Meldung"),
        (None, None, "keine Meldung"),
    ]
    cells = [cell for layer in range(2) for cell in layer_rows(draft, layer) if cell["row"] in (1, 3)]
    assert {(cell["row"], cell["column"], cell["text"], cell["share"]) for cell in cells} == {
        (1, "Q1", "0,40", 0.4),
        (1, "Q2", "0,70 Δ", 0.7),
        (1, "Q3", "wenig", None),
        (3, "Q3", "ohne", None),
    }


def test_causes_count_only_what_was_missed(empty_store: Store) -> None:
    fill(empty_store, *quarters())
    draft = shown(empty_store, "quarters.causes", as_of=DAY).draft
    assert draft.rows == (("zu großer Umfang", 1, D(1), D(1)),)
    assert "Von 2 bewerteten" in draft.message


def test_few_forecasts_give_no_statement(empty_store: Store) -> None:
    fill(empty_store, *quarters())
    draft = shown(empty_store, "quarters.calibration", as_of=DAY).draft
    assert draft.rows == (("Insgesamt", 0, None, None, "keine Aussage (0 Vergleiche)"),)
    assert draft.chart is None


def test_hints_name_what_why_and_what_instead(empty_store: Store) -> None:
    fill(empty_store, *quarters())
    draft = shown(empty_store, "okr.hints", as_of=DAY).draft
    assert [row[:4] for row in draft.rows] == [
        ("Q3", "Anteil", "Keine zuständige Rolle", None),
        ("Q3", "Konzept erstellen", "Tätigkeit statt Ergebnis", "erstellen"),
        ("Q3", "Konzept erstellen", "Kein Schlüsselergebnis", None),
    ]
    assert all(row[4] and row[5] for row in draft.rows)


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_store_says_what_is_missing(empty_store: Store, key: str) -> None:
    fill(empty_store)
    assert shown(empty_store, key).missing


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("programme", ["musterstadt", "potsdam-programme-2024"])
def test_the_samples_read_in_both_languages(sample_store: Store, key: str, lang: Any, programme: str) -> None:
    figure = shown(sample_store, key, lang, programme=programme)
    assert figure.draft.message
    assert bool(figure.missing) is (programme != "musterstadt")
