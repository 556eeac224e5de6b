"""Figures about maturity: levels with coverage, nobody traceable in public, context named as such."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from made_stores import fill, layer_rows, shown

from smartdash.model.declare import Record
from smartdash.model.maturity import Criterion, Dimension, LevelDescriptor, MaturityModel
from smartdash.model.shared import Unit, UnitKind
from smartdash.model.surveys import Response, SurveyWave
from smartdash.store import Audience, Store


def responses(wave: str, year: int, unit: str, **levels: tuple[int, ...]) -> list[Record]:
    return [
        Response(
            programme="p",
            survey_wave=wave,
            unit=unit,
            respondent=f"{unit}{place}",
            criterion=criterion,
            answered_on=date(year, 5, 2),
            level=level,
            target_level=4,
        )
        for criterion, own in levels.items()
        for place, level in enumerate(own)
    ]


def survey() -> list[Record]:
    """Two dimensions of one criterion; an office with three raters, a company with one."""
    return [
        MaturityModel(programme="p", key="m", title_de="M", title_en="M", version="1"),
        *(Dimension(programme="p", key=key, maturity_model="m", title_de=key, title_en=key) for key in ("A", "B")),
        *(Criterion(programme="p", key=f"{key}1", dimension=key, title_de=key, title_en=key) for key in ("A", "B")),
        *(
            LevelDescriptor(
                programme="p", dimension=key, level=2, name_de="Begonnen", name_en="Emerging", text_de="t", text_en="t"
            )
            for key in ("A", "B")
        ),
        Unit(programme="p", key="amt", title="Amt"),
        Unit(programme="p", key="werk", title="Werk", kind=UnitKind.COMPANY),
        *(
            SurveyWave(
                programme="p",
                key=key,
                title=key.upper(),
                maturity_model="m",
                start=date(year, 5, 1),
                end=date(year, 5, 31),
                units_invited=3,
            )
            for key, year in (("w1", 2025), ("w2", 2026))
        ),
        *responses("w1", 2025, "amt", A1=(1, 2, 2), B1=(2, 2, 2)),
        *responses("w2", 2026, "amt", A1=(2, 2, 3), B1=(1, 1, 2)),
        *responses("w2", 2026, "werk", A1=(3,), B1=(2,)),
    ]


def test_the_profile_compares_two_waves_with_shown_levels(empty_store: Store) -> None:
    fill(empty_store, *survey())
    draft = shown(empty_store, "maturity.profile").draft
    assert draft.rows == (
        ("A", D("2.5"), "Begonnen", D("2.0"), D("0.5"), D("4.0"), D(1), 2),
        ("B", D("1.5"), None, D("2.0"), D("-0.5"), D("4.0"), D(1), 2),
    )
    assert draft.message == (
        "Am höchsten steht „A“ (2,5, Begonnen), am niedrigsten „B“ (1,5). "
        "Von 2 vergleichbaren Dimensionen sind gegenüber „W1“ 1 gestiegen und 1 gesunken."
    )
    assert "2 von 3 eingeladenen Einheiten" in draft.note
    assert "unterscheiden" in draft.note


def test_before_the_second_wave_only_the_first_is_known(empty_store: Store) -> None:
    fill(empty_store, *survey())
    draft = shown(empty_store, "maturity.profile", as_of=date(2025, 12, 31)).draft
    assert [row[1] for row in draft.rows] == [D("2.0"), D("2.0")]
    assert {row[3] for row in draft.rows} == {None}


def test_the_public_does_not_see_what_fewer_than_three_people_said(empty_store: Store) -> None:
    fill(empty_store, *survey())
    inside = shown(empty_store, "maturity.units").draft
    public = shown(empty_store, "maturity.units", audience=Audience.PUBLIC).draft
    assert [(row[1], row[3]) for row in inside.rows] == [
        ("Amt", D("2.0")),
        ("Amt", D("1.0")),
        ("Werk", D("3.0")),
        ("Werk", D("2.0")),
    ]
    assert [row[3:] for row in public.rows if row[1] == "Werk"] == [(None, None, None, "zu wenige Antworten")] * 2
    assert [cell["text"] for cell in layer_rows(public, 0)] == ["2,0", "1,0", "–", "–"]


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("key", ["profile", "units", "peers"])
def test_the_sample_programme_shows_every_figure_in_both_languages(sample_store: Store, key: str, lang: Any) -> None:
    figure = shown(sample_store, f"maturity.{key}", lang, programme="musterstadt")
    assert not figure.missing
    assert layer_rows(figure.draft, 0)


@pytest.mark.parametrize(
    ("programme", "start", "note"),
    [
        ("potsdam-programme-2024", "Potsdam liegt bei 4 von 7 Kennzahlen", "Verglichen wird"),
        ("schwerin-smart-city-2021", "Schwerin liegt bei", "Schwerin liegt mit 96.447 Einwohnern außerhalb"),
        ("musterstadt", "56 Städte mit 100.000 bis 300.000 Einwohnern", "Das Programm nennt keine Kommune"),
    ],
)
def test_peers_are_context_with_or_without_an_own_city(
    sample_store: Store, programme: str, start: str, note: str
) -> None:
    draft = shown(sample_store, "maturity.peers", programme=programme).draft
    assert draft.message.startswith(start)
    assert draft.message.endswith("kein Reifegrad.")
    assert draft.note.startswith(note)
    own = [row[3] for row in draft.rows]
    assert (own == [None] * len(own)) is (programme == "musterstadt")


def test_a_rank_and_a_share_are_said_in_words(sample_store: Store) -> None:
    draft = shown(sample_store, "maturity.peers", programme="potsdam-programme-2024").draft
    rows = {row[0]: row for row in draft.rows}
    fibre = rows["Haushalte mit mindestens 1.000 Mbit/s (Glasfaser FTTH/B)"]
    assert fibre[4] == "Rang 12 von 56"
    chatbot = rows["Chatbot auf der Startseite der Stadt"]
    assert (chatbot[3], chatbot[4], chatbot[6]) == (D(0), None, D(6) / D(53))


def test_indicators_published_after_the_day_are_not_known_on_it(sample_store: Store) -> None:
    draft = shown(sample_store, "maturity.peers", programme="potsdam-strategy-2022", as_of=date(2022, 10, 31)).draft
    assert len(draft.rows) == 7
    assert "(Daten von 2021)" in draft.message
