"""Figures of what lifts a city: by hand, ranks with their interval, and nothing of fewer than three people."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest
from made_reader import column
from made_stores import PROGRAMME, drawn, fill, shown
from made_surveys import model, peers, seen, units, wave

from smartdash.figures.figure import Draft
from smartdash.locale import LANGUAGES, Language, words
from smartdash.model.declare import Record
from smartdash.model.maturity import Criterion, LevelDescriptor
from smartdash.model.shared import Municipality
from smartdash.model.surveys import Effort, Response
from smartdash.store import Audience, Changes, Origin, Store

FIGURES = ("improvements.lifts", "improvements.actions", "improvements.binding")


def survey(**levels: tuple[int, int, int]) -> list[Record]:
    """Dimension A with the criteria A1 and A2, B with B1; each unit's three raters agree, the target is 4 throughout.

    Those asked call the effort for A1 large and for A2 small.
    """
    levels = levels or {"amt": (2, 3, 4), "bau": (1, 3, 3), "werk": (3, 3, 5)}
    answers = {
        unit: {key: (level,) * 3 for key, level in zip(("A1", "A2", "B1"), own, strict=True)}
        for unit, own in levels.items()
    }
    efforts = {"A1": Effort.LARGE, "A2": Effort.SMALL}
    return [
        *model(),
        Criterion(programme="p", key="A2", dimension="A", title_de="A2", title_en="A2"),
        LevelDescriptor(
            programme="p",
            dimension="A",
            criterion="A1",
            level=3,
            name_de="Eigen",
            name_en="Own",
            text_de="nur A1.",
            text_en="only A1.",
        ),
        *units(),
        *(
            item.model_copy(update={"effort": efforts.get(item.criterion)}) if isinstance(item, Response) else item
            for item in wave(2026, answers)
        ),
    ]


def with_peers(store: Store, *levels: str) -> None:
    """Other cities with these levels in both dimensions, and an own city for the programme."""
    named = {f"Ort {place}": level for place, level in enumerate(levels)}
    own = Municipality(programme="p", key="01999000", title="Stadt", state="S", population=150_000)
    others = [item for item in peers(named, dimension="B") if not isinstance(item, Municipality)]
    changed: dict[str, list[Record]] = {"programme": [PROGRAMME.model_copy(update={"municipality": own.key})]}
    for record in (own, *peers(named), *others):
        changed.setdefault(record.sheet.name, []).append(record)
    store.write(Changes("p", changed), author="test", reason="test", origin=Origin("form"))


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The survey without other cities; for reading only."""
    store = Store(tmp_path_factory.mktemp("lifts") / "asked.duckdb")
    fill(store, *survey())
    return store


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The survey with five other cities; for reading only."""
    store = Store(tmp_path_factory.mktemp("lifts") / "compared.duckdb")
    fill(store, *survey())
    with_peers(store, "3.0", "3.3", "3.4", "3.6", "2.0")
    return store


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """An office of three people, of whom one answered on B, and a company of two; for reading only."""
    store = Store(tmp_path_factory.mktemp("lifts") / "few.duckdb")
    answers = {"amt": {"A1": (2, 2, 3), "B1": (3,)}, "klein": {"A1": (1, 1), "B1": (1,)}}
    fill(store, *model(), *units(), *wave(2026, answers))
    return store


def made(store: Store, figure: str, unit: str | None = None, **chosen: str) -> Draft:
    return seen(store, f"improvements.{figure}", chosen, unit=unit).draft


def test_each_criterion_gains_in_points_the_most_first(asked: Store) -> None:
    draft = made(asked, "lifts")
    assert [(row[0], *row[2:4], *row[4:6]) for row in draft.rows] == [
        ("A", D("6.25"), D("12.50"), 3, D("1.0")),
        ("A2", D("6.25"), D("12.50"), 3, D("1.0")),
        ("B", D("4.17"), D("8.33"), 1, D("1.0")),
    ]
    assert draft.message == (
        "Am meisten hebt „A“: Eine Stufe mehr in 3 Einheiten bringt insgesamt 6,25 Punkte (von 56,3 auf 62,5). "
        "Ebenso viel bringt ein weiteres Kriterium."
    )
    assert "Ein Rang ist nicht berechnet, weil das Programm keine Kommune nennt." in draft.note


def test_up_to_the_target_and_by_effort_the_order_is_another(asked: Store) -> None:
    draft = made(asked, "lifts", rise="target", order="effort")
    assert [(row[0], row[2], row[5]) for row in draft.rows] == [
        ("A2", D("6.25"), D("1.0")),
        ("A", D("12.50"), D("2.0")),
        ("B", D("4.17"), D("1.0")),
    ]
    assert column(draft, "per_effort") == [D("6.25"), D("2.08"), None]
    assert column(draft, "effort") == ["klein 9", "groß 9", None]
    assert draft.message.startswith("Am meisten je Aufwand hebt „A2“: Bis zum Ziel in 3 Einheiten")


def test_under_the_weakest_link_only_what_binds_is_drawn(asked: Store) -> None:
    draft = made(asked, "lifts", aggregation="weakest")
    assert [(row[0], row[2], row[-1]) for row in draft.rows] == [
        ("A", D("16.67"), None),
        ("B", D("0.00"), "bringt allein nichts"),
        ("A2", D("0.00"), "bringt allein nichts"),
    ]
    assert draft.message.endswith("Die anderen 2 Kriterien bringen allein nichts.")
    assert "Gezeigt ist nur, was hebt; die Tabelle hat alle 3 Kriterien." in draft.note
    assert '"label": "A2"' not in drawn(draft)


def test_where_all_bind_together_none_lifts_alone(empty_store: Store) -> None:
    fill(empty_store, *survey(amt=(2, 2, 3), bau=(2, 2, 3)))
    draft = made(empty_store, "lifts", aggregation="weakest")
    assert "keines der 3 Kriterien allein etwas" in draft.message
    assert draft.chart is None


def test_the_rank_is_told_with_its_interval_before_and_after(compared: Store) -> None:
    draft = made(compared, "lifts")
    # 56.3 points are behind 57.5, 60 and 65; with 62.5 only 65 is before.
    assert "Das ergäbe Rang 2 (" in draft.message
    assert "jetzt ist es Rang 4 (" in draft.message
    assert ") von 6." in draft.message
    assert all(str(text).startswith("Rang 2 (") for text in column(draft, "rank")[:2])
    # The page about peers says the same of the city as it is.
    intervals = seen(compared, "peers.rank_intervals", {"ranked_by": "m/survey"}).draft
    assert intervals.message.startswith("Stadt steht auf Rang 4 von 6.")
    picture = drawn(draft)
    assert '"middle": 2' in picture
    assert '"middle": 4' in picture


def test_fewer_than_five_cities_give_no_rank(empty_store: Store) -> None:
    fill(empty_store, *survey())
    with_peers(empty_store, "3.0", "3.3", "3.4")
    draft = made(empty_store, "lifts")
    assert "rank" not in [item.name for item in draft.columns]
    assert "weniger als fünf Städten" in draft.note


def test_the_list_of_actions_names_the_way_the_effort_and_the_next_level(asked: Store) -> None:
    draft = made(asked, "actions")
    groups = "Verwaltung 2,3, Städtische Unternehmen 3,0"
    assert [row[:8] for row in draft.rows] == [
        (1, "A", D("2.0"), D("4.0"), D("2.0"), "groß 9", "Stufe 3, Eigen: nur A1.", groups),
        (2, "A2", D("3.0"), D("4.0"), D("1.0"), "klein 9", None, groups),
        (3, "B", D("4.0"), D("4.0"), D("0.0"), None, None, "Verwaltung 3,5, Städtische Unternehmen 5,0"),
    ]
    assert [row[8:] for row in draft.rows] == [
        ("A", None, D("12.50"), None),
        ("A", None, D("6.25"), None),
        ("B", None, D("0.00"), "Ziel erreicht"),
    ]
    assert draft.message == "Am meisten fehlt bei „A“: Stufe 2,0 statt 4,0; 2 von 3 Kriterien liegen unter ihrem Ziel."
    assert "Aufwand meist groß (9 von 9)" in drawn(draft)


def test_dimensions_stand_beside_the_median_of_other_cities(compared: Store) -> None:
    draft = made(compared, "actions", by="dimension")
    assert column(draft, "dimension") == ["A", "B"]
    assert column(draft, "gap") == [D("1.5"), D("0.0")]
    assert column(draft, "weighted") == [D("18.75"), D("0.00")]
    assert column(draft, "middle") == [D("3.3"), D("3.3")]
    assert column(draft, "effort") == ["klein 9, groß 9", None]


def test_without_targets_there_is_no_list_of_actions(empty_store: Store) -> None:
    fill(empty_store, *model(), *units(), *wave(2026, {"amt": {"A1": (2, 2, 2), "B1": (3, 3, 3)}}, target=None))
    draft = made(empty_store, "actions")
    assert (draft.chart, column(draft, "remark")) == (None, ["kein Ziel genannt"] * 2)
    assert draft.message == "Noch ist von nichts zugleich die Stufe und das Ziel bekannt."


def test_what_binds_is_counted_by_unit_and_group(asked: Store) -> None:
    draft = made(asked, "binding")
    both = "Verwaltung 2, Städtische Unternehmen 1"
    assert draft.rows == (
        ("A", D("2.0"), D("2.5"), "A", 3, 2, 3, both, D("25.00"), None),
        ("A", D("2.0"), D("2.5"), "A2", 1, 0, 3, "Städtische Unternehmen 1", D("25.00"), None),
        ("B", D("4.0"), D("4.0"), "B", 3, 3, 3, both, D("8.33"), None),
    )
    assert (
        draft.message == "Am schwächsten ist „A“ (2,0 bei einem Mittel von 2,5): Dort bremst „A“ in 3 von 3 Einheiten."
    )


@pytest.mark.parametrize("scope", [{}, {"unit": "bau"}, {"audience": Audience.PUBLIC}, {"for_export": True}])
def test_what_fewer_than_three_people_said_is_not_told(few: Store, scope: dict[str, Any]) -> None:
    gains, actions, binding = (seen(few, key, **scope).draft for key in FIGURES)
    by_title = {row[0]: row for row in gains.rows}
    assert by_title["B"][2:4] == (None, None)
    assert by_title["B"][-1] == "zurückgehalten"
    assert [row[2:7] for row in actions.rows if row[1] == "B"] == [(None,) * 5]
    assert all(row[3] is None or row[7] == "zurückgehalten" for row in binding.rows)
    assert "Städtische Unternehmen 1,0" not in " ".join(str(row) for row in actions.rows)


def test_the_moderation_sees_all_of_it(few: Store) -> None:
    assert column(made(few, "lifts", unit="buero"), "remark") == [None, None]
    assert column(made(few, "binding", unit="buero"), "groups") == ["Verwaltung 1, Städtische Unternehmen 1"] * 2


def test_without_answers_each_says_so(empty_store: Store) -> None:
    fill(empty_store, *model(), *units(), *wave(2026, {}))
    for key in FIGURES:
        draft = seen(empty_store, key).draft
        assert (draft.rows, draft.message) == ((), words("de")("maturity.no_answers"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", FIGURES)
def test_the_sample_programme_shows_every_figure(sample_store: Store, key: str, lang: Language) -> None:
    figure = shown(sample_store, key, lang, programme="musterstadt")
    assert not figure.missing
    assert len(figure.draft.rows) == 24
    assert drawn(figure.draft)
