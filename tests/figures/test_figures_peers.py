"""Figures about peers: who is compared and why, ranks that anybody can recompute, and what must not leave the house."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest
from made_reader import column
from made_stores import layer_rows

from smartdash.figures import Figure, make
from smartdash.locale import Language
from smartdash.store import Scope, Store

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
POTSDAM = "12054000"
TODAY = date(2026, 11, 25)


def made(
    store: Store,
    key: str,
    programme: str = "potsdam-strategy-2022",
    lang: Language = "de",
    chosen: Mapping[str, str] | None = None,
    **scope: Any,
) -> Figure:
    with store.read(Scope(programme, **{"as_of": TODAY, **scope})) as reader:
        return make(reader, key, lang, chosen)


def rows_of(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def by_hand(indicator: str) -> tuple[int, int, int]:
    """Rank of Potsdam, cities on it and cities with a value among 100,000 to 300,000 inhabitants, from the files."""
    band = {row["key"] for row in rows_of("municipality.csv") if 100_000 <= int(row["population"]) <= 300_000}
    assert len(band) == 56
    values = {
        row["municipality"]: D(row["value"]).quantize(D("0.1"), ROUND_HALF_UP)
        for row in rows_of("observation.csv")
        if row["indicator"] == indicator and row["municipality"] in band
    }
    own = values[POTSDAM]
    return 1 + sum(value > own for value in values.values()), list(values.values()).count(own), len(values)


def test_potsdam_is_ranked_among_the_56_real_cities_as_counted_by_hand(sample_store: Store) -> None:
    draft = made(sample_store, "maturity.peers").draft
    titles = {row["title_de"]: row["key"] for row in rows_of("indicator.csv")}
    said = dict(zip(column(draft, "indicator"), column(draft, "rank"), strict=True))
    ranked = {titles[title]: rank for title, rank in said.items() if rank}
    for indicator, rank in ranked.items():
        place, tied, count = by_hand(indicator)
        assert rank == f"{'geteilter ' if tied > 1 else ''}Rang {place} von {count}"
    # Pinned: counted once outside of this program.
    assert ranked["broadband-all-50"] == "geteilter Rang 28 von 56"
    assert ranked["broadband-all-400"] == "Rang 32 von 56"
    assert ranked["broadband-fibre-1000"] == "Rang 12 von 56"
    assert len(ranked) == 7
    fibre = dict(zip((item.name for item in draft.columns), draft.rows[6], strict=True))
    assert (fibre["own"], fibre["to_median"], fibre["to_best"], fibre["percentile"]) == (
        D("28.0"),
        D("23.7"),
        D("-44.3"),
        D("80.0"),
    )
    assert (fibre["observed_on"], fibre["redistributable"]) == ("30.06.2021", True)
    assert fibre["licence"].startswith("Frei nutzbar")


def test_a_feature_has_a_share_and_no_rank(sample_store: Store) -> None:
    draft = made(sample_store, "maturity.peers").draft
    chatbot = {row[0]: row for row in draft.rows}["Chatbot auf der Startseite der Stadt"]
    assert (chatbot[3], chatbot[4], chatbot[10]) == (D(0), None, D(6) / D(53))


@pytest.mark.parametrize(
    ("programme", "start", "note"),
    [
        ("potsdam-programme-2024", "Potsdam liegt bei 4 von 7 Kennzahlen", "Median und Quartile"),
        ("schwerin-smart-city-2021", "Schwerin liegt bei", "Median und Quartile"),
        ("braunschweig-framework-2018", "Braunschweig liegt bei", "Median und Quartile"),
    ],
)
def test_peers_are_context_and_say_so(sample_store: Store, programme: str, start: str, note: str) -> None:
    draft = made(sample_store, "maturity.peers", programme).draft
    assert draft.message.startswith(start)
    assert draft.message.endswith("kein Reifegrad.")
    assert draft.note.startswith(note)


def test_indicators_published_after_the_day_are_not_known_on_it(sample_store: Store) -> None:
    draft = made(sample_store, "maturity.peers", as_of=date(2022, 10, 31)).draft
    assert len(draft.rows) == 7
    assert "(Daten von 2021)" in draft.message


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("key", ["peers.group", "maturity.peers", "peers.maturity", "peers.medians"])
def test_musterstadt_shows_every_figure_in_both_languages(sample_store: Store, key: str, lang: Language) -> None:
    figure = made(sample_store, key, "musterstadt", lang)
    assert not figure.missing
    assert layer_rows(figure.draft, 0)


def test_a_fictional_city_is_compared_with_fictional_ones_only(sample_store: Store) -> None:
    real = {row["title"] for row in rows_of("municipality.csv")}
    anybody = {"peers": "-"}
    own = made(sample_store, "peers.group", "musterstadt", chosen=anybody).draft
    assert "Musterstadt" in column(own, "city")
    assert not real & set(column(own, "city"))
    potsdam = made(sample_store, "peers.group", chosen=anybody).draft
    assert set(column(potsdam, "city")) == real


@pytest.mark.parametrize(
    ("chosen", "message", "note"),
    [
        (
            "",
            "Potsdam wird mit 55 Städten verglichen",
            "Höchstens 5\u00a0% außerhalb der Spanne und nicht dabei: Mannheim",
        ),
        (
            "100000-300000;states=Brandenburg",
            "Mit dieser Auswahl (100.000 bis 300.000 Einwohner, Brandenburg) steht",
            "Wählen Sie",
        ),
        (
            "100000-300000;region=east",
            "Potsdam wird mit 6 Städten verglichen",
            "Kleine Gruppe: Mit 7 Städten gibt es keine Quartile",
        ),
        ("100000-300000;nearest=1", "Potsdam wird mit einer Stadt verglichen", "Kleine Gruppe: Mit 2 Städten"),
        ("100000-300000;edges", "Potsdam wird mit 63 Städten verglichen", "Einwohner am"),
        ("nonsense", "Potsdam wird mit 55 Städten verglichen", "Höchstens"),
    ],
)
def test_the_group_says_who_is_in_and_what_a_small_one_cannot_say(
    sample_store: Store, chosen: str, message: str, note: str
) -> None:
    draft = made(sample_store, "peers.group", chosen={"peers": chosen}).draft
    assert draft.message.startswith(message)
    assert draft.note.startswith(note)


def test_a_city_outside_the_band_is_in_and_says_so(sample_store: Store) -> None:
    draft = made(sample_store, "peers.group", "schwerin-smart-city-2021").draft
    assert "Schwerin liegt mit 96.447 Einwohnern außerhalb der Spanne" in draft.note
    assert "Schwerin" not in draft.note[: draft.note.index("nicht dabei")]


def test_each_city_says_why_it_is_there_or_not(sample_store: Store) -> None:
    chosen = "100000-300000;with=05515000:Partnerstadt;without=09761000:anderes Land"
    draft = made(sample_store, "peers.group", chosen={"peers": chosen}).draft
    rows = {row[0]: dict(zip((item.name for item in draft.columns), row, strict=True)) for row in draft.rows}
    assert (rows["Münster"]["in_group"], rows["Münster"]["why"]) == (True, "von Hand aufgenommen")
    assert (rows["Augsburg"]["in_group"], rows["Augsburg"]["reason"]) == (False, "anderes Land")
    assert rows["Kaiserslautern"]["why"] == "am Rand: 0,3\u00a0% unter der Spanne, nicht dabei"
    assert (rows["Kiel"]["why"], rows["Kiel"]["distance"]) == ("liegt in der Spanne der Einwohner", 249_132 - 182_806)
    assert (rows["Aachen"]["district_free"], rows["Kiel"]["district_free"]) == (False, True)
    assert rows["Kiel"]["population_date"] == date(2022, 5, 15)


def test_the_median_says_how_much_one_city_moves_it(sample_store: Store) -> None:
    draft = made(sample_store, "peers.medians").draft
    fibre = dict(zip((item.name for item in draft.columns), draft.rows[5], strict=True))
    assert (fibre["low"], fibre["median"], fibre["high"], fibre["most"]) == (D("4.8"), D("5.2"), D("5.6"), D("0.4"))
    assert "um 0,2\u00a0Punkte" in draft.message


@pytest.mark.parametrize(
    "chosen", ["", "100000-300000;edges", "120000-", "-150000", "-", "100000-100000", "99999-100001;edges"]
)
def test_a_dot_stands_on_the_side_of_the_limit_where_its_city_lies(sample_store: Store, chosen: str) -> None:
    draft = made(sample_store, "peers.group", chosen={"peers": chosen}).draft
    inside = dict(zip(column(draft, "city"), column(draft, "in_group"), strict=True))
    [band] = layer_rows(draft, 0)
    for layer in (1, 2, 3):
        for dot in layer_rows(draft, layer):
            within = "Spanne der Einwohner" in dot["why"]
            assert not within or band["low"] <= dot["x"] <= band["high"]
            assert inside[dot["city"]] or "nicht dabei" in dot["why"]
            if dot["why"].startswith("am Rand"):
                assert not band["low"] < dot["x"] < band["high"]
