"""Figures about OKR: five numbers apart, coverage beside them, and words where nothing is known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from made_stores import drawn, fill, layer_rows, shown

from smartdash.figures import make
from smartdash.model.check_ins import CheckIn, Score
from smartdash.model.declare import Record
from smartdash.model.okr import ContributingUnit, Cycle, CycleState, KeyResult, Objective
from smartdash.model.shared import FieldOfWork, Unit
from smartdash.store import Scope, Store

DAY = date(2026, 2, 20)
"""Half of the running cycle has passed."""


def okr() -> list[Record]:
    """A scored cycle, and a running one with two objectives and four key results, of which three have a check-in."""
    days = {"old": (date(2025, 9, 1), date(2025, 12, 31)), "now": (date(2026, 1, 1), date(2026, 4, 11))}
    states = {"old": CycleState.CLOSED, "now": CycleState.ACTIVE}
    objectives = {"o1": ("old", "f"), "a": ("now", "f"), "b": ("now", None)}
    results = {"k0": "o1", "a1": "a", "a2": "a", "b1": "b", "b2": "b"}
    values = {"a1": "60", "a2": "-20", "b1": "130"}
    return [
        FieldOfWork(programme="p", key="f", title="Feld"),
        *(
            Cycle(programme="p", key=key, title=key.upper(), start=start, end=end, state=states[key])
            for key, (start, end) in days.items()
        ),
        *(
            Objective(programme="p", key=key, title=f"Ziel {key}", cycle=cycle, field_of_work=field)
            for key, (cycle, field) in objectives.items()
        ),
        *(
            KeyResult(programme="p", key=key, title=f"KR {key}", objective=objective, baseline=D(0), target=D(100))
            for key, objective in results.items()
        ),
        *(
            CheckIn(programme="p", key_result=key, reported_on=date(2026, 2, 18), value=D(value), confidence=6)
            for key, value in values.items()
        ),
        CheckIn(programme="p", key_result="a1", reported_on=date(2026, 3, 1), value=D(99)),
        Score(programme="p", key_result="k0", scored_on=date(2026, 1, 5), value=D("0.8")),
    ]


def test_the_quarter_shows_each_key_result_with_its_five_numbers(empty_store: Store) -> None:
    fill(empty_store, *okr())
    draft = shown(empty_store, "okr.quarter", as_of=DAY).draft
    names = [column.name for column in draft.columns]
    rows = {row[2]: dict(zip(names, row, strict=True)) for row in draft.rows}
    assert len(set(names)) == len(names)
    assert {title: row["status"] for title, row in rows.items()} == {
        "KR a1": "on_track",
        "KR a2": "critical",
        "KR b1": "on_track",
        "KR b2": "unknown",
    }
    assert (rows["KR a2"]["progress"], rows["KR a2"]["expected"], rows["KR a2"]["pace"]) == (
        D("-0.2"),
        D("0.5"),
        D("-0.7"),
    )
    assert (rows["KR b1"]["progress"], rows["KR b1"]["pace"], rows["KR b1"]["silent_days"]) == (D("1.3"), D("0.5"), 2)
    assert (rows["KR b2"]["value"], rows["KR b2"]["progress"], rows["KR b2"]["confidence"]) == (None, None, None)
    assert draft.message == (
        "Von 4 Schlüsselergebnissen im Zyklus „NOW“ sind 2 planmäßig, 1 kritisch und 1 ohne Meldung."
    )


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        (
            "de",
            ["−20\u00a0% (Rückschritt), Soll 50\u00a0%", "130\u00a0% (übertroffen), Soll", "keine Meldung"],
        ),
        ("en", ["−20% (step back), expected 50%", "130% (exceeded), expected 50%", "no check-in"]),
    ],
)
def test_the_bars_are_clamped_and_the_words_are_not(empty_store: Store, lang: Any, texts: list[str]) -> None:
    fill(empty_store, *okr())
    draft = shown(empty_store, "okr.quarter", lang, DAY).draft
    assert all(text in drawn(draft) for text in texts)
    assert [row["reached"] for row in layer_rows(draft, 1)] == [0.6, 0, 1]


def test_little_coverage_gives_no_roll_up(empty_store: Store) -> None:
    silent = KeyResult(programme="p", key="b3", title="KR b3", objective="b", baseline=D(0), target=D(1))
    fill(empty_store, *okr(), silent)
    draft = shown(empty_store, "okr.quarter", as_of=DAY).draft
    assert "zu wenig Meldungen (Abdeckung 33\u00a0%)" in drawn(draft)


def test_between_cycles_the_last_one_is_shown_and_named(empty_store: Store) -> None:
    fill(empty_store, *okr())
    assert (
        "läuft kein Zyklus; gezeigt ist „NOW“" in shown(empty_store, "okr.quarter", as_of=date(2026, 6, 1)).draft.note
    )


def test_cycles_keep_score_and_progress_apart(empty_store: Store) -> None:
    fill(empty_store, *okr())
    draft = shown(empty_store, "okr.cycles", as_of=DAY).draft
    names = [column.name for column in draft.columns]
    old, now = (dict(zip(names, row, strict=True)) for row in draft.rows)
    assert (old["score"], old["score_coverage"], old["progress"], old["coverage"]) == (D("0.80"), D(1), None, D(0))
    assert (now["score"], now["progress"], now["coverage"], now["with_check_in"]) == (None, D("0.65"), D("0.75"), 3)


def test_planned_cycles_without_objectives_are_said_to_be_empty(sample_store: Store) -> None:
    draft = shown(sample_store, "okr.cycles", programme="potsdam-programme-2024").draft
    assert draft.message == ("8 Zyklen sind vorgesehen („Q1 2024“ bis „Q4 2025“); Objectives sind dazu nicht erfasst.")
    assert len(draft.rows) == 8
    assert draft.chart is None
    assert shown(sample_store, "okr.quarter", programme="potsdam-programme-2024").missing == ("key_result",)


def test_fields_by_cycle_have_a_cell_for_each_and_no_data_is_not_zero(empty_store: Store) -> None:
    fill(empty_store, *okr())
    draft = shown(empty_store, "okr.fields", as_of=DAY).draft
    assert draft.rows == (
        ("Feld", "OLD", D("0.80"), None, D(1)),
        ("Feld", "NOW", None, D("0.3"), D(1)),
        ("ohne Handlungsfeld", "OLD", None, None, None),
        ("ohne Handlungsfeld", "NOW", None, D(1), D("0.5")),
    )
    assert [cell["text"] for cell in layer_rows(draft, 0)] == ["0,80", "30\u00a0%", "–", "100\u00a0%"]


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("key", ["quarter", "cycles", "fields", "framework"])
def test_the_sample_programme_shows_every_figure_in_both_languages(sample_store: Store, key: str, lang: Any) -> None:
    figure = shown(sample_store, f"okr.{key}", lang, programme="musterstadt")
    assert not figure.missing
    assert layer_rows(figure.draft, 0)


def chosen(store: Store, key: str, **options: str) -> Any:
    with store.read(Scope("p", DAY)) as reader:
        return make(reader, key, "de", options).draft


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        ({}, ["KR a1", "KR a2", "KR b1", "KR b2"]),
        ({"cycle": "old"}, ["KR k0"]),
        ({"commitment": "committed"}, []),
        ({"commitment": "aspirational", "group": "unit"}, ["KR a1", "KR a2", "KR b1", "KR b2"]),
    ],
)
def test_the_quarter_shows_the_chosen_cycle_and_commitment(
    empty_store: Store, options: dict[str, str], titles: list[str]
) -> None:
    fill(empty_store, *okr())
    assert [row[2] for row in chosen(empty_store, "okr.quarter", **options).rows] == titles


def test_a_colour_says_why_it_is_that_colour(empty_store: Store) -> None:
    fill(empty_store, *okr())
    draft = shown(empty_store, "okr.quarter", as_of=DAY).draft
    place = [column.name for column in draft.columns].index("why")
    assert draft.rows[1][place] == (
        "Abstand zum Soll −70 Punkte: gefährdet unter −15, kritisch unter −30. (Schwellen Version 1)"
    )
    assert "Abstand zum Soll −70 Punkte" in drawn(draft)


@pytest.mark.parametrize("name", ["progress", "expected", "pace", "confidence", "forecast", "fitted", "score"])
def test_each_number_is_explained_in_its_column(empty_store: Store, name: str) -> None:
    fill(empty_store, *okr())
    columns = {column.name: column for column in shown(empty_store, "okr.quarter", as_of=DAY).draft.columns}
    assert columns[name].help


def test_who_contributes_stands_below_the_objective(empty_store: Store) -> None:
    unit = Unit(programme="p", key="u", title="Umweltamt")
    fill(empty_store, *okr(), unit, ContributingUnit(programme="p", objective="a", unit="u"))
    assert "wirken mit: Umweltamt" in drawn(shown(empty_store, "okr.quarter", as_of=DAY).draft)


def test_silence_names_since_when_and_who_must_act(empty_store: Store) -> None:
    fill(empty_store, *okr())
    draft = shown(empty_store, "okr.silent", as_of=DAY).draft
    assert draft.message == "Ein Schlüsselergebnis ist ohne Meldung: „KR b2“, seit 01.01.2026."
    [row] = draft.rows
    assert row[:5] == (date(2026, 1, 1), 50, "erste Meldung", "KR b2", "Programmbüro: Zuständige benennen")


def test_a_programme_without_objectives_shows_its_framework_and_what_is_missing(sample_store: Store) -> None:
    draft = shown(sample_store, "okr.framework", programme="potsdam-programme-2024").draft
    assert draft.message == "6 Handlungsfelder, 3 Ziele und 8 Zyklen sind erfasst, aber noch kein Objective."
    assert "Es fehlen: Objectives, Schlüsselergebnisse und Check-ins." in draft.note
    assert len(draft.rows) == 6 + 3 + 8


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_terms_stand_with_their_word_in_the_other_language(empty_store: Store, lang: Any) -> None:
    fill(empty_store, *okr())
    rows = shown(empty_store, "okr.terms", lang).draft.rows
    pair = ("Fortschritt", "Progress")
    assert (rows[0][0], rows[0][2]) == (pair if lang == "de" else pair[::-1])
