"""Figures about a survey: levels with coverage among peers and over time, and nobody who could be traced."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest
from made_reader import column
from made_stores import drawn, fill, layer_rows, shown
from made_surveys import BOTH, model, peers, seen, units, wave

from smartdash.figures import CATALOGUE
from smartdash.model.declare import Record
from smartdash.model.peers import PeerMethod
from smartdash.model.shared import Unit
from smartdash.store import Audience, Store

FIGURES = sorted(key for key, entry in CATALOGUE.items() if entry.page == "maturity")


def few(first: int, second: int) -> list[Record]:
    """Six people of three units; an office of one person and a partner of two, who say these levels."""
    answers = {
        "amt": {"A1": (2, 2, 2), "B1": (3, 3, 3)},
        "bau": {"A1": (first,), "B1": (first,)},
        "uni": {"A1": (second, second), "B1": (second, second)},
    }
    return [*model(), *units(), *wave(2026, answers)]


@pytest.mark.parametrize("key", FIGURES)
def test_without_a_wave_it_says_what_is_missing(empty_store: Store, key: str) -> None:
    fill(empty_store)
    assert seen(empty_store, key).missing == ("survey_wave",)


@pytest.mark.parametrize("key", FIGURES)
def test_before_anybody_has_answered_there_is_no_result(empty_store: Store, key: str) -> None:
    fill(empty_store, *BOTH)
    draft = seen(empty_store, key, as_of=date(2025, 5, 1)).draft
    assert (draft.rows, draft.chart) == ((), None)
    assert draft.message == "Zu keiner Erhebung liegen bis zu diesem Tag Antworten vor."


def test_the_profile_stands_beside_the_wave_before_and_the_target(empty_store: Store) -> None:
    fill(empty_store, *BOTH)
    draft = seen(empty_store, "maturity.profile").draft
    assert [row[:8] for row in draft.rows] == [
        ("Insgesamt", D("3.2"), D("54.2"), None, D("2.6"), D("0.6"), D("4.0"), D("3.2")),
        ("A", D("3.3"), D("58.3"), "Begonnen", D("2.7"), D("0.6"), D("4.0"), D("3.3")),
        ("B", D("3.0"), D("50.0"), "Begonnen", D("2.5"), D("0.5"), D("4.0"), D("3.0")),
    ]
    assert draft.message == (
        "Stadt steht insgesamt bei Stufe 3,2 (54,2 von 100 Punkten). "
        "Am höchsten liegt „A“ (3,3, Begonnen), am niedrigsten „B“ (3,0, Begonnen)."
    )
    assert "3 Einheiten, 9 Personen mit Antworten, Abdeckung 100\u00a0%" in draft.note
    assert "+0,6 zur Erhebung davor" in drawn(draft)


def test_the_newest_wave_comes_first_and_any_can_be_chosen(empty_store: Store) -> None:
    fill(empty_store, *BOTH)
    draft = seen(empty_store, "maturity.profile", {"wave": "w2025"}).draft
    assert list(draft.options[0].values) == ["w2026", "w2025"]
    assert column(draft, "level") == [D("2.6"), D("2.7"), D("2.5")]
    assert column(draft, "before") == [None, None, None]


def test_a_wave_of_other_units_does_not_stand_beside_this_one(empty_store: Store) -> None:
    more = {"amt": {"A1": (3, 3, 3), "B1": (2, 2, 2)}, "buero": {"A1": (5, 5, 5), "B1": (5, 5, 5)}}
    fill(empty_store, *model(), *units(), *wave(2025, {"amt": more["amt"]}), *wave(2026, more))
    draft = seen(empty_store, "maturity.profile").draft
    assert column(draft, "before") == [None, None, None]
    assert "weil nicht dieselben Einheiten geantwortet haben" in draft.note


def test_missing_answers_are_bounds_and_below_60_percent_there_is_no_level(empty_store: Store) -> None:
    answers = {
        "amt": {"A1": (2, 2, 2), "B1": (2, 2, 2)},
        "bau": {"A1": (4, 4, 4), "B1": ("do_not_know",) * 3},
        "werk": {"A1": ("missing",) * 3, "B1": ("do_not_know",) * 3},
    }
    fill(empty_store, *model(), *units(), *wave(2026, answers))
    draft = seen(empty_store, "maturity.profile").draft
    _, first, second = draft.rows
    # A: 2 and 4 are answered, the third lies between 1 and 5, so the mean between 7/3 and 11/3.
    assert first[1:3] + first[7:9] == (D("3.0"), D("50.0"), D("2.3"), D("3.7"))
    assert (second[1], second[-1]) == (None, "zu wenige Antworten (Abdeckung 33\u00a0%)")


@pytest.mark.parametrize(
    ("cities", "middle", "quartiles", "note"),
    [
        (1, None, (None, None), "eine andere Stadt mit Selbsteinschätzung"),
        (4, None, (None, None), "4 andere Städte"),
        (5, D("2.0"), (None, None), "5 andere Städte"),
        (9, D("2.0"), (None, None), "9 andere Städte"),
        (10, D("2.0"), (D("2.0"), D("2.0")), "10 andere Städte"),
    ],
)
def test_few_peers_give_no_median_and_no_quartiles(
    empty_store: Store, cities: int, middle: D | None, quartiles: tuple[D | None, D | None], note: str
) -> None:
    fill(empty_store, *BOTH, *peers({f"Stadt {place}": "2" for place in range(cities)}))
    draft = seen(empty_store, "maturity.profile").draft
    row = draft.rows[1]
    assert (row[9], row[10:12], row[12]) == (middle, quartiles, cities)
    assert note in draft.note
    assert ("In 1 von 1 vergleichbaren Dimension" in draft.message) is (middle is not None)


@pytest.mark.parametrize("method", [PeerMethod.PUBLISHED, PeerMethod.DESK])
def test_index_points_and_assessments_from_outside_never_stand_beside_a_self_assessment(
    empty_store: Store, method: PeerMethod
) -> None:
    fill(empty_store, *BOTH, *peers({f"Stadt {place}": "2" for place in range(12)}, method=method))
    draft = seen(empty_store, "maturity.profile").draft
    assert column(draft, "cities") == [None, None, None]
    assert "Aus keiner anderen Stadt liegt eine Selbsteinschätzung nach diesem Modell vor." in draft.note


OTHERS: list[dict[str, Any]] = [
    {},
    {"unit": "amt"},
    {"audience": Audience.PUBLIC},
    {"unit": "buero", "for_export": True},
]


@pytest.mark.parametrize("reader", OTHERS)
def test_no_figure_tells_others_who_of_few_people_said_what(tmp_path: Path, reader: dict[str, Any]) -> None:
    one, other = Store(tmp_path / "one.duckdb"), Store(tmp_path / "other.duckdb")
    fill(one, *few(5, 1))
    fill(other, *few(1, 5))
    for key in FIGURES:
        assert seen(one, key, **reader).draft.rows == seen(other, key, **reader).draft.rows, key
        assert seen(one, key, **reader).draft.message == seen(other, key, **reader).draft.message, key


def heat(store: Store, **reader: Any) -> dict[str, list[Any]]:
    """What the table of units says, by unit: the levels overall, in A and in B, or why there is none."""
    found: dict[str, list[Any]] = {}
    for row in seen(store, "maturity.units", **reader).draft.rows:
        found.setdefault(str(row[1]), []).append(row[3] if row[3] is not None else row[-1])
    return found


def test_a_unit_sees_itself_and_the_moderation_sees_all(empty_store: Store) -> None:
    fill(empty_store, *few(5, 1))
    hidden = ["zurückgehalten"] * 3
    assert heat(empty_store) == {"AMT": hidden, "BAU": hidden, "UNI": hidden}
    assert heat(empty_store, unit="uni")["UNI"] == [D("1.0"), D("1.0"), D("1.0")]
    assert heat(empty_store, unit="uni")["BAU"] == hidden
    whole = {"AMT": [D("2.5"), D("2.0"), D("3.0")], "BAU": [D("5.0")] * 3, "UNI": [D("1.0")] * 3}
    assert heat(empty_store, unit="buero") == whole
    assert heat(empty_store, unit="buero", for_export=True)["BAU"] == hidden


def test_each_cell_says_why_it_has_no_level(empty_store: Store) -> None:
    fill(
        empty_store,
        *model(),
        *units(),
        *wave(
            2026,
            {
                "amt": {"A1": (2, 2, 2), "B1": ("do_not_know",) * 3},
                "werk": {"A1": (3, 3, 4), "B1": ("not_applicable",) * 3},
                "klein": {"A1": (1,), "B1": (1,)},
            },
        ),
    )
    spec = drawn(seen(empty_store, "maturity.units").draft)
    for sign in ("–", "n. z.", "•••"):
        assert f'"text": "{sign}"' in spec


def test_of_many_units_the_lowest_are_drawn_and_all_are_in_the_table(empty_store: Store) -> None:
    many = [Unit(programme="p", key=f"u{place}", title=f"U{place}") for place in range(60)]
    answers = {unit.key: {"A1": (5 if int(unit.key[1:]) % 2 else 2,) * 3, "B1": (3,) * 3} for unit in many}
    fill(empty_store, *model(), *units(), *many, *wave(2026, answers))
    draft = seen(empty_store, "maturity.units").draft
    assert len(draft.rows) == 180
    assert "Gezeigt sind die 40 von 60 Einheiten mit den niedrigsten Stufen" in draft.note
    labels = {row["unit"] for row in layer_rows(draft, 0)}
    assert len(labels) == 40
    assert {f"U{place}" for place in range(0, 60, 2)} <= labels


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("key", FIGURES)
def test_the_sample_programme_shows_every_figure_in_both_languages(sample_store: Store, key: str, lang: Any) -> None:
    figure = shown(sample_store, key, lang, programme="musterstadt")
    assert not figure.missing
    assert drawn(figure.draft)
