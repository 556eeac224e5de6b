"""Figures about a survey: levels with coverage among peers and over time, and nobody who could be traced."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from made_reader import column
from made_stores import drawn, fill, layer_rows, shown
from made_surveys import BOTH, model, peers, seen, units, wave

from smartdash.figures import CATALOGUE
from smartdash.figures.maturity_waves import Step, drawn_lines
from smartdash.model.declare import Record
from smartdash.model.maturity import Criterion
from smartdash.model.peers import PeerMethod
from smartdash.model.shared import Unit
from smartdash.model.surveys import Consensus, Invitation
from smartdash.store import Audience, Store

FIGURES = sorted(key for key, entry in CATALOGUE.items() if entry.page == "maturity" or key == "maturity.radar")


def few(first: int, second: int) -> list[Record]:
    """Six people of three units; an office of one person and a partner of two, who say these levels."""
    answers = {
        "amt": {"A1": (2, 2, 2), "B1": (3, 3, 3)},
        "bau": {"A1": (first,), "B1": (first,)},
        "uni": {"A1": (second, second), "B1": (second, second)},
    }
    return [*model(), *units(), *wave(2026, answers)]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with `BOTH`, for reading only."""
    store = Store(tmp_path_factory.mktemp("both") / "store.duckdb")
    fill(store, *BOTH)
    return store


def test_without_a_wave_each_figure_says_what_is_missing(empty_store: Store) -> None:
    fill(empty_store)
    assert [seen(empty_store, key).missing for key in FIGURES] == [("survey_wave",)] * len(FIGURES)


@pytest.mark.parametrize("key", FIGURES)
def test_before_the_first_wave_has_ended_there_is_no_result(both: Store, key: str) -> None:
    draft = seen(both, key, as_of=date(2025, 5, 30)).draft
    assert (draft.rows, draft.chart) == ((), None)
    assert draft.message == (
        "Bis zu diesem Tag ist keine Erhebung mit Antworten abgeschlossen; solange eine läuft, gibt es kein Ergebnis."
    )


def test_the_profile_stands_beside_the_wave_before_and_the_target(both: Store) -> None:
    draft = seen(both, "maturity.profile").draft
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


def test_the_newest_wave_comes_first_and_any_can_be_chosen(both: Store) -> None:
    draft = seen(both, "maturity.profile", {"survey_wave": "w2025"}).draft
    assert list(draft.options[0].values) == ["w2026", "w2025"]
    assert column(draft, "level") == [D("2.6"), D("2.7"), D("2.5")]
    assert column(draft, "before") == [None, None, None]


def test_a_wave_of_other_units_does_not_stand_beside_this_one(empty_store: Store) -> None:
    more = {"amt": {"A1": (3, 3, 3), "B1": (2, 2, 2)}, "buero": {"A1": (5, 5, 5), "B1": (5, 5, 5)}}
    fill(empty_store, *model(), *units(), *wave(2025, {"amt": more["amt"]}), *wave(2026, more))
    draft = seen(empty_store, "maturity.profile").draft
    assert column(draft, "before") == [None, None, None]
    assert "weil nicht dieselben Einheiten geantwortet haben" in draft.note


def test_agreed_levels_can_stand_in_for_the_answers(empty_store: Store) -> None:
    agreed = Consensus(
        programme="p", survey_wave="w2026", unit="bau", criterion="A1", agreed_on=date(2026, 6, 1), level=2, reason="r"
    )
    fill(empty_store, *BOTH, agreed)
    assert column(seen(empty_store, "maturity.profile").draft, "level") == [D("3.2"), D("3.3"), D("3.0")]
    draft = seen(empty_store, "maturity.profile", {"survey_basis": "consensus"}).draft
    # A is now 3, 2 and 3; B is as it was.
    assert column(draft, "level") == [D("2.8"), D("2.7"), D("3.0")]
    assert "Eine geklärte Stufe ersetzt die Antworten der Einheit." in draft.note


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


def test_other_cities_stand_beside_the_own_one_by_their_median(empty_store: Store) -> None:
    cities = {f"Stadt {place}": level for place, level in enumerate(("2", "2", "3", "3.2", "3.3", "4"))}
    index = peers({"Index": "5"}, dimension="B", method=PeerMethod.PUBLISHED)
    fill(empty_store, *BOTH, *peers(cities), *index[1:])
    draft = seen(empty_store, "maturity.profile").draft
    assert column(draft, "middle") == [None, D("3.1"), None]
    assert column(draft, "cities") == [None, 6, None]
    assert "In 1 von 1 vergleichbaren Dimension liegt die Stadt über dem Median anderer Städte." in draft.message
    assert "6 andere Städte mit Selbsteinschätzung nach demselben Modell, 01.03.2026" in draft.note
    assert "ohne die eigene" in draft.note
    spec = drawn(draft)
    assert all(f'"detail Kommune": "{city}"' in spec for city in cities)
    assert "Index" not in spec


def test_three_aggregations_stand_side_by_side(empty_store: Store) -> None:
    two = [
        *model(dimensions="A"),
        Criterion(programme="p", key="A2", dimension="A", title_de="A2", title_en="A2"),
    ]
    fill(empty_store, *two, *units(), *wave(2026, {"amt": {"A1": (2, 2, 2), "A2": (5, 5, 5)}}))
    draft = seen(empty_store, "maturity.aggregation").draft
    # Scores 25 and 100: the root of their product is 50, which is level 3.
    assert draft.rows == (
        ("Insgesamt", D("3.5"), D("3.0"), D("2.0"), D("1.5"), None),
        ("A", D("3.5"), D("3.0"), D("2.0"), D("1.5"), None),
    )
    assert draft.message == (
        "Am ungleichmäßigsten ist „A“: im Mittel 3,5, geometrisch 3,0, im schwächsten Glied 2,0 (Abstand 1,5). "
        "Insgesamt steht die Stadt je nach Rechenweg bei 3,5, 3,0 oder 2,0."
    )


GROUPS = {
    "amt": {"A1": (2, 2, 2), "B1": (3, 3, 3)},
    "bau": {"A1": (3, 3, 3), "B1": (3, 3, 3)},
    "werk": {"A1": (4, 4, 4), "B1": ("not_applicable",) * 3},
    "uni": {"A1": (1, 1, 1), "B1": (1, 1, 1)},
}


def test_units_and_groups_are_also_judged_by_their_weakest_link(empty_store: Store) -> None:
    fill(empty_store, *model(), *units(), *wave(2026, GROUPS))
    weakest = {"aggregation": "weakest"}
    assert column(seen(empty_store, "maturity.units", weakest).draft, "level")[:3] == [D("2.0"), D("2.0"), D("3.0")]
    # Of the two offices' A the mean of their lowest criteria is 2.5, and overall the lower dimension counts.
    assert column(seen(empty_store, "maturity.groups", weakest).draft, "administration") == [
        D("2.5"),
        D("2.5"),
        D("3.0"),
    ]


def test_companies_stand_beside_the_administration(empty_store: Store) -> None:
    fill(empty_store, *model(), *units(), *wave(2026, GROUPS))
    draft = seen(empty_store, "maturity.groups").draft
    assert [row[:8] for row in draft.rows] == [
        ("Insgesamt", D("2.8"), D("4.0"), D("1.0"), D("1.2"), 2, 1, 1),
        ("A", D("2.5"), D("4.0"), D("1.0"), D("1.5"), 2, 1, 1),
        ("B", D("3.0"), None, D("1.0"), None, 2, 0, 1),
    ]
    assert draft.rows[2][-1] == "Städtische Unternehmen: nicht zutreffend"
    assert draft.message == (
        "Die städtischen Unternehmen stehen insgesamt um 1,2 Stufen höher als die Verwaltung. "
        "Am weitesten liegen sie bei „A“ auseinander (Unternehmen 4,0, Verwaltung 2,5: +1,5)."
    )


@pytest.mark.parametrize(
    ("company", "says"),
    [
        ((3, 3), "Am weitesten, um 1,0 Stufen, liegen sie bei „A“, „B“ auseinander."),
        ((2, 2), "In allen 2 vergleichbaren Dimensionen liegen beide gleich."),
        ((2, 3), "Am weitesten liegen sie bei „B“ auseinander (Unternehmen 3,0, Verwaltung 2,0: +1,0)."),
    ],
)
def test_all_dimensions_in_which_groups_lie_furthest_apart_are_named(
    empty_store: Store, company: tuple[int, int], says: str
) -> None:
    of_both = {"amt": {"A1": (2, 2, 2), "B1": (2, 2, 2)}, "werk": {"A1": company[:1] * 3, "B1": company[1:] * 3}}
    fill(empty_store, *model(), *units(), *wave(2026, of_both))
    assert seen(empty_store, "maturity.groups").draft.message.endswith(says)


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (
            GROUPS,
            "Am weitesten liegen die 4 Einheiten mit gezeigten Stufen bei „A“ auseinander (1,0 bis 4,0). "
            "Die niedrigste Stufe ist 1,0, an 2 Stellen.",
        ),
        (
            {**GROUPS, "werk": {"A1": (5, 5)}, "uni": {"A1": (1, 1)}},
            "Am weitesten liegen die 2 Einheiten mit gezeigten Stufen bei „A“ auseinander (2,0 bis 3,0). "
            "Am niedrigsten liegt „AMT“ bei „A“ mit 2,0.",
        ),
    ],
)
def test_the_table_of_units_speaks_only_of_units_that_it_shows(
    empty_store: Store, answers: dict[str, dict[str, Any]], says: str
) -> None:
    fill(empty_store, *model(), *units(), *wave(2026, answers))
    assert seen(empty_store, "maturity.units").draft.message == says


def test_one_group_alone_is_not_compared(empty_store: Store) -> None:
    fill(empty_store, *model(), *units(), *wave(2026, {"amt": GROUPS["amt"]}))
    draft = seen(empty_store, "maturity.groups").draft
    assert draft.message.startswith("Verwaltung und städtische Unternehmen lassen sich nicht vergleichen")
    assert column(draft, "administration") == [D("2.5"), D("2.0"), D("3.0")]


def test_completeness_counts_answers_by_state_and_people_by_invitation(empty_store: Store) -> None:
    answers = {"amt": {"A1": (2, 3, "do_not_know"), "B1": (2, "missing", "not_applicable")}}
    invited = [
        Invitation(programme="p", survey_wave="w2026", unit=unit, respondent=name, invited_on=date(2026, 4, 1))
        for unit, name in (("amt", "amt0"), ("amt", "amt1"), ("amt", "amt2"), ("bau", "bau0"))
    ]
    fill(empty_store, *model(), *units(), *wave(2026, answers), *invited)
    draft = seen(empty_store, "maturity.coverage", unit="buero").draft
    rows = {row[0]: row[2:6] for row in draft.rows}
    assert rows["A"] == (2, 1, 1, 0)
    assert rows["B"] == (1, 0, 2, 1)
    assert draft.message.startswith(
        "3 von 4 eingeladenen Personen haben geantwortet (75\u00a0%), aus 1 von 2 Einheiten."
    )
    assert "67\u00a0% der Antworten nennen einen Nachweis." in draft.message


def test_the_course_counts_only_units_of_both_waves(empty_store: Store) -> None:
    fill(empty_store, *BOTH, *wave(2024, {"amt": {"A1": (1, 1, 1), "B1": (1, 1, 1)}}))
    draft = seen(empty_store, "maturity.waves").draft
    steps = [(row[0], row[1], *row[5:10]) for row in draft.rows]
    assert steps == [
        # The one unit of both waves: level 1 (0 points) and level 2 (25 points).
        ("Insgesamt", "Erhebung 2024", D("0.0"), D("25.0"), D("25.0"), 1, None),
        ("A", "Erhebung 2024", D("0.0"), D("25.0"), D("25.0"), 1, None),
        ("B", "Erhebung 2024", D("0.0"), D("25.0"), D("25.0"), 1, None),
        ("Insgesamt", "Erhebung 2025", D("39.6"), D("54.2"), D("14.6"), 3, None),
        ("A", "Erhebung 2025", D("41.7"), D("58.3"), D("16.6"), 3, None),
        ("B", "Erhebung 2025", D("37.5"), D("50.0"), D("12.5"), 3, None),
    ]
    assert draft.message == (
        "Von „Erhebung 2025“ bis „Erhebung 2026“ ist die Stadt insgesamt von 39,6 auf 54,2 Punkte gestiegen (+14,6). "
        "Von 2 Dimensionen sind 2 gestiegen und 0 gesunken. Am stärksten änderte sich „A“ (+16,6)."
    )
    assert "strokeDash" not in drawn(draft)


def test_another_model_is_a_dashed_line_of_the_whole(empty_store: Store) -> None:
    other = {"amt": {"C1": (60, 60, 60)}}
    fill(empty_store, *BOTH, *model("n", 0, 100, "C"), *wave(2027, other, model="n", target=80))
    draft = seen(empty_store, "maturity.waves", as_of=date(2027, 6, 30)).draft
    assert [row[3:] for row in draft.rows][-1] == (
        D("3.2"), D("60.0"), D("54.2"), D("60.0"), D("5.8"), None, "nicht vergleichbar",
    )  # fmt: skip
    assert draft.message == (
        "„Erhebung 2026“ ergab insgesamt 54,2, „Erhebung 2027“ 60,0 Punkte (+5,8); beide lassen sich nicht vergleichen."
    )
    assert "fragten nach verschiedenen Modellen" in draft.note
    assert "strokeDash" in drawn(draft)
    profile = seen(empty_store, "maturity.profile", as_of=date(2027, 6, 30)).draft
    assert (profile.rows[1][1:3], column(profile, "before")) == ((D("60.0"), D("60.0")), [None, None])


def test_waves_without_a_common_unit_do_not_compare(empty_store: Store) -> None:
    first, second = ({unit: {"A1": (2, 2, 2), "B1": (3, 3, 3)}} for unit in ("amt", "bau"))
    fill(empty_store, *model(), *units(), *wave(2025, first), *wave(2026, second))
    draft = seen(empty_store, "maturity.waves").draft
    assert column(draft, "remark") == ["nicht vergleichbar"] * 3
    assert "Es antworteten nicht dieselben Einheiten" in draft.note


def test_a_panel_that_would_tell_of_few_people_is_not_compared(empty_store: Store) -> None:
    three, one = {"A1": (2, 2, 2), "B1": (3, 3, 3)}, {"A1": (5,), "B1": (5,)}
    fill(
        empty_store,
        *model(),
        *units(),
        *wave(2025, {"amt": three, "bau": three, "werk": three}),
        *wave(2026, {"amt": three, "bau": three, "werk": three, "klein": one}),
    )
    compared = seen(empty_store, "maturity.waves", unit="buero").draft
    assert column(compared, "units") == [3, 3, 3]
    draft = seen(empty_store, "maturity.waves").draft
    # The panel beside all units of 2026 would tell what the one person of "klein" said.
    assert column(draft, "units") == [None, None, None]
    assert "das Ergebnis der gemeinsamen ist zurückgehalten" in draft.note


def test_one_wave_has_no_course(both: Store) -> None:
    draft = seen(both, "maturity.waves", as_of=date(2025, 12, 31)).draft
    assert (draft.chart, draft.rows) == (None, ())
    assert draft.message.startswith("Bisher liegt nur „Erhebung 2025“ vor")


def test_twelve_lines_are_drawn_at_most() -> None:
    def step(key: str, change: int) -> Step:
        return Step(0, ("m", key), key, D(1), D(2), D(0), D(change), 3)

    lines = drawn_lines([step("", 0), *(step(f"d{place}", -place) for place in range(20))])
    assert [line[0].line[1] for line in lines] == ["", *(f"d{place}" for place in range(9, 20))]


def test_the_radar_needs_three_axes(both: Store) -> None:
    draft = seen(both, "maturity.radar").draft
    assert draft.chart is None
    assert [row[:3] for row in draft.rows] == [("A", D("3.3"), D("4.0")), ("B", D("3.0"), D("4.0"))]
    assert "Ein Netzdiagramm täuscht leicht" in draft.note


OTHERS: list[dict[str, Any]] = [
    {},
    {"unit": "amt"},
    {"audience": Audience.PUBLIC},
    {"unit": "buero", "for_export": True},
]


@pytest.fixture(scope="module")
def swapped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Store]:
    """Two stores that differ in who of few people said what, for reading only."""
    folder = tmp_path_factory.mktemp("swapped")
    stores = Store(folder / "one.duckdb"), Store(folder / "other.duckdb")
    for store, levels in zip(stores, ((5, 1), (1, 5)), strict=True):
        fill(store, *few(*levels))
    return stores


@pytest.mark.parametrize("reader", OTHERS)
def test_no_figure_tells_others_who_of_few_people_said_what(
    swapped: tuple[Store, Store], reader: dict[str, Any]
) -> None:
    for key in FIGURES:
        one, other = (seen(store, key, **reader).draft for store in swapped)
        assert (one.message, one.rows, one.note) == (other.message, other.rows, other.note), key


def heat(store: Store, **reader: Any) -> dict[str, list[Any]]:
    """What the table of units says, by unit: the levels overall, in A and in B, or why there is none."""
    found: dict[str, list[Any]] = {}
    for row in seen(store, "maturity.units", **reader).draft.rows:
        found.setdefault(str(row[1]), []).append(row[3] if row[3] is not None else row[-1])
    return found


def test_a_unit_sees_itself_and_the_moderation_sees_all(swapped: tuple[Store, Store]) -> None:
    store, _ = swapped
    hidden = ["zurückgehalten"] * 3
    assert heat(store) == {"AMT": hidden, "BAU": hidden, "UNI": hidden}
    assert heat(store, unit="uni")["UNI"] == [D("1.0"), D("1.0"), D("1.0")]
    assert heat(store, unit="uni")["BAU"] == hidden
    whole = {"AMT": [D("2.5"), D("2.0"), D("3.0")], "BAU": [D("5.0")] * 3, "UNI": [D("1.0")] * 3}
    assert heat(store, unit="buero") == whole
    assert heat(store, unit="buero", for_export=True)["BAU"] == hidden


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
    assert figure.draft.rows
    assert drawn(figure.draft) if key != "maturity.analysis" else figure.draft.prose, "the analysis is words alone"
