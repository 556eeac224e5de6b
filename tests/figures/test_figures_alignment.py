"""The figure of what contributes to what."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from made_stores import drawn, fill, shown

from smartdash.model.declare import Record
from smartdash.model.okr import Alignment, ContributingUnit, Cycle, KeyResult, Objective
from smartdash.model.projects import Project
from smartdash.model.shared import Unit
from smartdash.model.workshops import ElementLevel, StrategyElement
from smartdash.store import Store

DAY = date(2026, 5, 1)


def okr(*pairs: str) -> list[Record]:
    """Two cycles with an objective and a key result each, a second objective, a goal, a project and a unit."""
    records: list[Record] = [
        Unit(programme="p", key="u", title="Kämmerei"),
        StrategyElement(programme="p", key="z", title="Ziel Z", level=ElementLevel.GOAL),
        Project(programme="p", key="v", title="Vorhaben V"),
        ContributingUnit(programme="p", objective="o2", unit="u", role="Vergabe"),
    ]
    for place, month in ((1, 1), (2, 4)):
        begin = date(2026, month, 1)
        records += [
            Cycle(programme="p", key=f"c{place}", title=f"Q{place}", start=begin, end=date(2026, month + 2, 28)),
            Objective(programme="p", key=f"o{place}", title=f"Objective {place}", cycle=f"c{place}"),
            KeyResult(
                programme="p", key=f"k{place}", title=f"KR {place}", objective=f"o{place}", baseline=D(0), target=D(1)
            ),
        ]
    records.append(Objective(programme="p", key="o3", title="Objective 3", cycle="c2"))
    ends = (pair.split(">") for pair in pairs)
    return [*records, *(Alignment(programme="p", origin=origin, target=target) for origin, target in ends)]


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ([], "Keines der 2 Objectives im Zyklus Q2 trägt zu etwas bei."),
        (["o2>z"], "1 von 2 Objectives im Zyklus Q2 ist ohne Ausrichtung: „Objective 3“."),
        (["k2>z", "o3>o2"], "Alle 2 Objectives im Zyklus Q2 sind ausgerichtet."),
    ],
)
def test_the_title_counts_and_names_what_contributes_to_nothing(
    empty_store: Store, pairs: list[str], message: str
) -> None:
    fill(empty_store, *okr(*pairs))
    assert shown(empty_store, "okr.alignment", as_of=DAY).draft.message == message


def test_what_contributes_to_two_stands_under_both_and_counts_once_across_cycles(empty_store: Store) -> None:
    fill(empty_store, *okr("o1>o2", "o2>z", "v>k2", "v>k1"))
    draft = shown(empty_store, "okr.alignment", as_of=DAY).draft
    assert [(row[0], row[1], row[3], row[4]) for row in draft.rows] == [
        (0, "Ziel Z", None, None),
        (1, "Objective 2", "Q2", "Ziel Z"),
        (2, "Objective 1", "Q1", "Objective 2"),
        (3, "KR 1", "Q1", "Objective 1"),
        (4, "Vorhaben V", None, "KR 1"),
        (2, "KR 2", "Q2", "Objective 2"),
        (3, "Vorhaben V", None, "KR 2"),
        (0, "Objective 3", "Q2", "nichts"),
    ]
    assert draft.rows[1][-1] == "Kämmerei (Vergabe)"
    assert draft.unit.endswith("Objectives: 2, Schlüsselergebnisse: 0, Vorhaben: 1")
    text = drawn(draft)
    assert "Ohne Ausrichtung (1)" in text
    assert "wirken mit: Kämmerei (Vergabe)" in text


def test_an_empty_store_says_what_is_missing(empty_store: Store) -> None:
    fill(empty_store)
    assert shown(empty_store, "okr.alignment").missing


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_sample_reads_in_both_languages(sample_store: Store, lang: Any) -> None:
    draft = shown(sample_store, "okr.alignment", lang, as_of=date(2026, 8, 15), programme="musterstadt").draft
    assert "Die Innenstadt gewinnt Besucher" in draft.message
    assert draft.chart
