"""Hints on wording: what is an activity, what is a number, and what is left alone."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest
from okr_records import change, steps

from smartdash.analysis.wording import Rule, activity, hints, language_of, load_hints, number_in
from smartdash.model.okr import Objective, Timing


def objective(
    title: str = "Anträge gelingen beim ersten Mal", role: str | None = "Leitung", **values: Any
) -> Objective:
    return Objective(programme="p", title=title, owner_role=role, **{"key": "o", "cycle": "c", **values})


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Workshops in allen Ämtern durchführen", "durchführen"),
        ("Ein Konzept für die Datenplattform erstellen", "erstellen"),
        ("Leitfaden erstellen und abstimmen", "erstellen"),
        ("Wir führen in jedem Amt Schulungen durch", "führen … durch"),
        ("Wir entwickeln ein Zielbild", "entwickeln"),
        ("E-Akte einführen", "einführen"),
        ("Erstellung eines Konzepts", "Erstellung"),
        ("Einführung der E-Akte", "Einführung"),
        ("Durchführung von zwölf Interviews", "Durchführung"),
        ("Befragung planen, Ergebnisse auswerten", "planen"),
        ("Bürgerinnen und Bürger informieren", "informieren"),
        ("Implement the data platform", "Implement"),
        ("Conduct twelve interviews", "Conduct"),
        ("We will launch a new portal", "launch"),
        ("Test the forms with users", "Test"),
        ("Implementation of the e-file", "Implementation"),
        ("Create a guideline and publish it", "Create"),
        ("Organise workshops", "Organise"),
        ("Anträge können online gestellt werden", None),
        ("Alle können ihre Anträge selbst erstellen", None),
        ("Immer mehr Ämter erstellen ihre Berichte selbst", None),
        ("Dauer der Erstellung eines Bescheids", None),
        ("Erstellungsdauer eines Bescheids sinkt", None),
        ("Planungen sind für alle sichtbar", None),
        ("Entwicklungen am Markt sind bekannt", None),
        ("Einführungstage mit vollem Saal", None),
        ("Geführte Interviews", None),
        ("Die Baustellenplanung ist verstanden", None),
        ("Prüfung dauert höchstens zehn Tage", None),
        ("Bürgerinnen vertrauen der Verwaltung", None),
        ("Wir kennen die laufenden Vorhaben", None),
        ("Wartezeit am Tresen", None),
        ("Die Strategie ist entscheidungsreif", None),
        ("Beim Planen sitzen alle am Tisch", None),
        ("Test coverage of the forms", None),
        ("Plan approvals within ten days", None),
        ("Support requests per month", None),
        ("Review time of building permits", None),
        ("Development takes half the time", None),
        ("Residents trust our services", None),
        ("Set of open data in the catalogue", None),
        ("Waiting time at the counter", None),
        ("", None),
    ],
)
def test_an_activity_is_found_and_a_result_is_left_alone(title: str, found: str | None) -> None:
    assert activity(title) == found


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("80 % der Anträge sind digital", "80 %"),
        ("Die E-Akte läuft in drei Ämtern", "drei"),
        ("Wir gewinnen 1.000 Beiträge", "1.000"),
        ("Halved waiting times", "Halved"),
        ("Bis 2026 ist die Stadt barrierefrei", None),
        ("Das OZG 2.0 ist umgesetzt", None),
        ("5G ist überall", None),
        ("Das Angebot für Q3 steht", None),
        ("Veranstaltungen brauchen nur einen Antrag", None),
    ],
)
def test_a_number_is_none_in_a_year_or_a_name(title: str, found: str | None) -> None:
    assert number_in(title) == found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Daten sind für alle da", "de"),
        ("The data is open to all", "en"),
        ("Überblick", "de"),
        ("Dashboard", None),
    ],
)
def test_the_language_is_that_of_the_words_that_hit(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_only_what_is_wrong_is_named() -> None:
    good = [change(key="a", title="Wartezeit", timing=Timing.LAGGING), steps(key="b", timing=Timing.LEADING)]
    assert hints(objective(), good) == []


def test_each_rule_names_what_it_found() -> None:
    lagging = [change(key=f"k{n}", title=f"Wert {n}", timing=Timing.LAGGING) for n in range(6)]
    found = hints(objective("80 Schulungen durchführen", role=None), lagging)
    assert [(hint.rule, hint.found) for hint in found[:4]] == [
        (Rule.ACTIVITY, "durchführen"),
        (Rule.NUMBER, "80"),
        (Rule.ONLY_LAGGING, "6"),
        (Rule.MANY_KEY_RESULTS, "6"),
    ]
    assert [hint.key for hint in found if hint.rule is Rule.NO_OWNER] == [item.key for item in lagging]
    assert [hint.rule for hint in hints(objective(), [])] == [Rule.NO_KEY_RESULT]


def test_a_form_without_baseline_gets_a_hint_and_zero_is_a_baseline() -> None:
    unfinished = change().model_copy(update={"baseline": None})
    assert [hint.rule for hint in hints(objective(), [unfinished])] == [Rule.NO_BASELINE]
    assert hints(objective(), [change(baseline="0")]) == []
    assert change(baseline="0").baseline == D(0)


@pytest.mark.parametrize(("n", "hinted"), [(5, []), (6, ["6"])])
def test_more_than_five_objectives_of_a_unit_in_one_cycle(n: int, hinted: list[str]) -> None:
    led = [objective(key=f"o{place}", unit="u") for place in range(n)]
    elsewhere = [objective(key="x", unit="u", cycle="d"), objective(key="y")]
    assert [hint.found for hint in load_hints([*led, *elsewhere])] == hinted
