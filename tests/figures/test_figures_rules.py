"""The board of rules on Schwerin's plan, and where there is nothing, little or everything to judge."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest
from made_stores import drawn, fill, shown

from smartdash.figures import Figure, make
from smartdash.figures.rule_data import rule_results
from smartdash.figures.rule_words import sentence, verdict
from smartdash.locale import LANGUAGES, Language, words
from smartdash.model.grants import RulePackUse, Waiver
from smartdash.model.rule_parts import RuleStatus, Severity
from smartdash.store import Changes, Origin, Scope, Store

SCHWERIN, MUSTERSTADT = "schwerin-smart-city-2021", "musterstadt"
KEYS = ("board", "calculation", "oddities", "unknown", "waivers")
DAY = date(2026, 11, 25)


def figure(store: Store, key: str, programme: str = SCHWERIN, lang: Language = "de", **chosen: str) -> Figure:
    with store.read(Scope(programme, DAY)) as reader:
        return make(reader, f"rules.{key}", lang, chosen)


def cells(made: Figure, *names: str) -> list[tuple[object, ...]]:
    places = [[column.name for column in made.draft.columns].index(name) for name in names]
    return [tuple(row[place] for place in places) for row in made.draft.rows]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_every_figure_says_something_in_an_empty_store(empty_store: Store, key: str, lang: Language) -> None:
    fill(empty_store)
    made = shown(empty_store, f"rules.{key}", lang)
    assert made.draft.message
    assert made.draft.chart is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_result_of_every_sample_has_a_sentence_and_a_verdict(sample_store: Store, lang: Language) -> None:
    say = words(lang)
    for programme in sample_store.programmes():
        with sample_store.read(Scope(programme.key, programme.default_as_of or DAY)) as reader:
            for result in rule_results(reader):
                told = sentence(result, say)
                assert told.endswith("."), (result.rule, told)
                assert "{" not in told
                assert verdict(result, say)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_an_evaluator_gives_has_its_words(lang: Language) -> None:
    folder = Path(__file__).parents[2] / "smartdash" / "analysis" / "rules"
    code = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    reasons = {name for line in re.findall(r"reason ?=[^\n]*", code) for name in re.findall(r'"([a-z_]+)"', line)}
    assert len(reasons) > 10
    assert {name for name in reasons if f"rules.reason_{name}" not in words(lang).messages} == set()


def test_the_board_names_the_gravest_breach_with_its_euro(sample_store: Store) -> None:
    made = figure(sample_store, "board")
    assert "„Externe Beratung höchstens ein Drittel“ (Umsetzungsphase): 545.000,00\u00a0€ zu viel" in made.draft.message
    first = cells(made, "verdict", "scope", "left", "right", "room")[:2]
    assert first == [
        ("■ verletzt", "Umsetzungsphase", D("1350000.00"), D("805000.00"), "545.000,00\u00a0€ zu viel"),
        ("■ verletzt", "Strategiephase", D("530000.00"), D("356666.67"), "173.333,33\u00a0€ zu viel"),
    ]
    assert drawn(made.draft)


def test_the_board_shows_the_room_that_is_left_in_a_year(sample_store: Store) -> None:
    made = figure(sample_store, "board", scope="phase_year", status="ok")
    rows = cells(made, "rule", "scope", "room")
    assert rows == [
        ("Externe Beratung höchstens ein Drittel", "Strategiephase, 2021", "noch 16.666,67\u00a0€ bis zur Grenze")
    ]


def test_what_is_chosen_is_all_that_is_shown(sample_store: Store) -> None:
    unknown = figure(sample_store, "board", status="unknown")
    assert {row[0] for row in unknown.draft.rows} == {"– nicht prüfbar"}
    plan = figure(sample_store, "board", pack="plan", scope="all")
    assert {row[0] for row in cells(plan, "pack")} == {"Der Plan in sich"}
    nothing = figure(sample_store, "board", pack="plan", scope="phase")
    assert (nothing.draft.rows, nothing.draft.chart) == ((), None)


def test_the_calculation_lists_what_both_sides_were_added_up_from(sample_store: Store) -> None:
    made = figure(sample_store, "calculation", rule="kfw436-2021.advice_third")
    phase = [row for row in cells(made, "scope", "year", "amount", "unit") if row[0] == "Strategiephase"]
    amounts = [row[2] for row in phase if row[1]]
    assert sum(D(str(amount)) for amount in amounts[:3]) == D("530000.00")
    assert sum(D(str(amount)) for amount in amounts[3:]) == D("1070000.00")
    assert [row[2] for row in phase if not row[1]] == [D("530000.00"), D("356666.67"), D("173333.33")]
    assert "1/3 von 2.415.000,00\u00a0€" in made.draft.message
    assert "1.1.5 und 2.1.5" in made.draft.note


def test_the_oddities_of_the_plan_are_told_with_their_numbers(sample_store: Store) -> None:
    made = figure(sample_store, "oddities")
    assert len(made.draft.rows) == 9
    told = dict(cells(made, "rule", "sentence"))
    text = str(told["Finanzierung passt zu anderem Kostenstand · 2024"])
    assert "350.000,00\u00a0€ sind genau 10\u00a0% von 3.500.000,00\u00a0€" in text
    assert "250.000,00\u00a0€ ist genau Position 2.1.5" in text


def test_what_cannot_be_checked_names_the_parameter_that_is_missing(sample_store: Store) -> None:
    rows = cells(figure(sample_store, "unknown"), "rule", "missing")
    assert ("Förderquote des Bescheids", "Förderquote laut Bescheid") in rows


def test_a_pack_that_is_not_there_is_not_silence(empty_store: Store) -> None:
    fill(empty_store, RulePackUse(programme="p", pack="kfw436-1999"))
    made = shown(empty_store, "rules.unknown")
    assert "kfw436-1999" in made.draft.message


def waiver(**values: object) -> Waiver:
    given = {"rule": "plan.costs_equal_funding", "reason": "r", "approved_by": "Kämmerei", **values}
    return Waiver.model_validate({"programme": "p", "approved_on": date(2026, 6, 1), **given})


def test_waivers_that_ended_stay_in_the_list(empty_store: Store) -> None:
    fill(empty_store, waiver(key="a"), waiver(key="b", valid_until=date(2026, 6, 10)))
    made = shown(empty_store, "rules.waivers")
    assert sorted(row[0] for row in cells(made, "state")) == ["beendet", "gilt"]
    assert made.draft.message.startswith("Eine Abweichung")


def test_a_waived_breach_is_shown_as_such_and_is_no_finding(own_store: Store) -> None:
    given = {"programme": SCHWERIN, "key": "w", "rule": "kfw436-2021.federal_max", "reason": "r", "approved_by": "Rat"}
    own_store.write(
        Changes(SCHWERIN, {"waiver": [Waiver.model_validate({**given, "approved_on": DAY})]}),
        author="test",
        reason="test",
        origin=Origin("form"),
    )
    with own_store.read(Scope(SCHWERIN, DAY)) as reader:
        found = [item for item in rule_results(reader) if item.rule == "kfw436-2021.federal_max"]
    broken = [item for item in found if item.status is RuleStatus.VIOLATED]
    assert {item.severity for item in broken} == {Severity.ERROR, Severity.WARNING}
    assert not any(item.finding for item in broken)
    made = figure(own_store, "board", status="violated")
    assert ("○ Ausnahme", "Höchste mögliche Förderquote") in cells(made, "verdict", "rule")
