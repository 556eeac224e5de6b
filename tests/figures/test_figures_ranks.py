"""Figures of what a rank is worth: intervals, what drives them, how sure an order is; context is never maturity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from made_stores import PROGRAMME, drawn

from smartdash.figures import Figure, make
from smartdash.locale import Language
from smartdash.model.declare import Record
from smartdash.model.maturity import Criterion, Dimension, MaturityModel
from smartdash.model.peers import Indicator, Observation, PeerMethod, PeerScore
from smartdash.model.shared import Municipality, Unit
from smartdash.model.surveys import Response, SurveyWave
from smartdash.store import Changes, Origin, Scope, Store

KEYS = ("rank_intervals", "rank_drivers", "rank_odds")
DAY = date(2026, 6, 30)


def cities(count: int) -> list[Municipality]:
    return [
        Municipality(programme="p", key=f"01{place:03}000", title=f"Ort {place}", state="Hessen", population=200_000)
        for place in range(count)
    ]


def context(group: list[Municipality], **values: list[int | None]) -> Iterator[Record]:
    """Indicators in per cent with the value of each city in turn."""
    for key, row in values.items():
        yield Indicator(programme="p", key=key, title_de=f"{key} de", title_en=f"{key} en", measured_in="%")
        for city, value in zip(group, row, strict=True):
            if value is not None:
                yield Observation(
                    programme="p", indicator=key, municipality=city.key, observed_on=date(2026, 1, 1), value=D(value)
                )


def fill(store: Store, *records: Record, own: str | None = "01000000") -> None:
    changed: dict[str, list[Record]] = {"programme": [PROGRAMME.model_copy(update={"municipality": own})]}
    for record in records:
        changed.setdefault(record.sheet.name, []).append(record)
    store.write(Changes("p", changed), author="test", reason="test", origin=Origin("form"))


def shown_figure(
    store: Store, key: str, chosen: Mapping[str, str] | None = None, lang: Language = "de", programme: str = "p"
) -> Figure:
    with store.read(Scope(programme, DAY)) as reader:
        return make(reader, key, lang, chosen)


def shown(
    store: Store,
    key: str,
    chosen: Mapping[str, str] | None = None,
    lang: Language = "de",
    programme: str = "p",
) -> Figure:
    return shown_figure(store, f"peers.{key}", chosen, lang, programme)


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("key", KEYS)
def test_potsdam_is_ranked_among_the_real_cities_on_context(sample_store: Store, key: str, lang: Any) -> None:
    made = shown(sample_store, key, lang=lang, programme="potsdam-programme-2024")
    assert not made.missing
    assert "Potsdam" in made.draft.message
    assert "56" in drawn(made.draft) + made.draft.unit
    assert all(text in made.draft.note for text in ("2026", "k = 30"))
    assert ("kein Reifegrad" if lang == "de" else "not maturity") in made.draft.note


def test_musterstadt_is_ranked_among_fictional_cities_only(sample_store: Store) -> None:
    made = shown(sample_store, "rank_intervals", programme="musterstadt")
    assert made.demo
    assert "Musterstadt" in [row[0] for row in made.draft.rows]
    assert "Potsdam" not in [row[0] for row in made.draft.rows]
    maturity = list(made.draft.options[1].values)[1]
    levels = shown(sample_store, "rank_intervals", {"ranked_by": maturity}, programme="musterstadt").draft
    assert "Musterstadt steht auf" in levels.message
    assert "Kontext" not in levels.message


def test_a_rank_stands_with_its_interval(empty_store: Store) -> None:
    """The own city is worst in one indicator and best in the other, so its rank depends on the weights."""
    group = cities(6)
    records = context(group, x=[10, 20, 30, 40, 50, 60], y=[95, 50, 40, 30, 20, 10])
    fill(empty_store, *group, *records)
    draft = shown(empty_store, "rank_intervals").draft
    own = next(row for row in draft.rows if row[0] == "Ort 0")
    # Scores 52,5 for the own city and 35 for each of the others.
    assert own[4:] == (1, 1, D("52.5"))
    assert own[2] == 1
    assert own[3] > 1
    assert {row[4:] for row in draft.rows if row[0] != "Ort 0"} == {(2, 5, D("35.0"))}
    assert draft.message == (
        f"Ort 0 steht auf Rang 1 von 6. Mit anderen Gewichten und Verfahren läge der Rang zwischen 1 und {own[3]}. "
        "Das ist Kontext, kein Reifegrad."
    )
    assert "x de" not in draft.note


def test_a_shared_rank_is_called_one_and_a_firm_one_too(empty_store: Store) -> None:
    group = cities(5)
    fill(empty_store, *group, *context(group, x=[70, 70, 30, 20, 10], y=[70, 70, 30, 20, 10], z=[5] * 5))
    draft = shown(empty_store, "rank_intervals").draft
    assert draft.message.startswith("Ort 0 steht auf geteiltem Rang 1 von 5. Auch mit anderen Gewichten")
    assert "keine zwei Städte sich darin unterscheiden: z de." in draft.note
    assert shown(empty_store, "rank_drivers").draft.message == "Keine einzelne Wahl bewegt den Rang von Ort 0."
    odds = shown(empty_store, "rank_odds", {"against": group[1].key}).draft
    assert odds.message == (
        "In 0 % der Rechnungen steht Ort 0 besser als Ort 1. "
        "Von einer der 4 anderen Städte ist sie nicht sicher zu unterscheiden."
    ).replace("0 %", "0\u00a0%")
    assert odds.rows[1] == ("Ort 1", D(0), D(1), D(0), False)


def test_the_drivers_are_named_by_what_they_move(empty_store: Store) -> None:
    group = cities(6)
    fill(empty_store, *group, *context(group, x=[10, 20, 30, 40, 50, 60], y=[95, 50, 40, 30, 20, 10]))
    draft = shown(empty_store, "rank_drivers").draft
    spreads = [row[3] for row in draft.rows[:-1]]
    assert spreads == sorted(spreads, reverse=True)
    assert draft.rows[-1][0] == "Alles zusammen"
    assert draft.message.startswith("Der Rang von Ort 0 hängt am meisten an")
    less = shown(empty_store, "rank_drivers", {"weights": "100"}).draft
    weights = [{row[0]: row[3] for row in one.rows}["Gewichte"] for one in (draft, less)]
    assert weights[1] <= weights[0]
    assert "k = 100" in less.note


@pytest.mark.parametrize(
    ("count", "values", "says"),
    [
        (4, [1, 2, 3, 4], "Nur 4 Städte"),
        (6, [1] * 6, "in denen sich Städte unterscheiden"),
        (6, [None, 2, 3, 4, 5, 6], "Ort 0 hat hier keinen Rang"),
    ],
)
def test_a_missing_rank_says_why(empty_store: Store, count: int, values: list[Any], says: str) -> None:
    group = cities(count)
    fill(empty_store, *group, *context(group, x=values))
    for key in KEYS:
        assert says in shown(empty_store, key).draft.message


def test_without_a_municipality_nobody_stands_out(empty_store: Store) -> None:
    group = cities(6)
    fill(empty_store, *group, *context(group, x=[1, 2, 3, 4, 5, 6]), own=None)
    for key in KEYS:
        assert "nennt keine Kommune" in shown(empty_store, key).draft.message


def test_the_own_city_is_shown_among_its_neighbours_until_all_are_asked_for(empty_store: Store) -> None:
    group = cities(40)
    fill(empty_store, *group, *context(group, x=list(range(40))))
    near, everyone = (shown(empty_store, "rank_intervals", {"shown": one}).draft for one in ("near", "all"))
    assert (len(near.rows), len(everyone.rows)) == (40, 40), "the table is whole"
    names = [[f'"Ort {place}"' in picture for place in range(40)] for picture in map(drawn, (near, everyone))]
    assert (sum(names[0]), sum(names[1])) == (15, 40)
    assert names[0][0], "the own city, which is last"


def maturity(group: list[Municipality], method: PeerMethod) -> Iterator[Record]:
    yield MaturityModel(programme="p", key="m", title_de="Modell", title_en="Model", version="1")
    for key in ("A", "B"):
        yield Dimension(programme="p", key=key, maturity_model="m", title_de=key, title_en=key)
        yield Criterion(programme="p", key=f"{key}1", dimension=key, title_de=key, title_en=key)
        for place, city in enumerate(group[1:], 1):
            yield PeerScore(
                programme="p",
                maturity_model="m",
                municipality=city.key,
                method=method,
                dimension=key,
                observed_on=date(2026, 2, 1),
                level=D(1) + D(place) / 2,
            )


def own_survey(people: int = 4) -> Iterator[Record]:
    yield Unit(programme="p", key="amt", title="Amt")
    yield SurveyWave(
        programme="p", key="w", title="W", maturity_model="m", start=date(2026, 5, 1), end=date(2026, 5, 31)
    )
    for criterion in ("A1", "B1"):
        for person in range(people):
            yield Response(
                programme="p",
                survey_wave="w",
                unit="amt",
                respondent=f"r{person}",
                criterion=criterion,
                answered_on=date(2026, 5, 2),
                level=2,
            )


def test_maturity_is_ranked_by_one_model_and_method_with_the_own_survey(empty_store: Store) -> None:
    group = cities(6)
    records = [*maturity(group, PeerMethod.SURVEY), *own_survey()]
    fill(empty_store, *group, *records, *context(group, x=[1, 2, 3, 4, 5, 6]))
    first = shown(empty_store, "rank_intervals").draft
    assert list(first.options[1].values) == ["context", "m/survey"]
    draft = shown(empty_store, "rank_intervals", {"ranked_by": "m/survey"}).draft
    own = next(row for row in draft.rows if row[0] == "Ort 0")
    # Level 2 on 1 to 5 is 25 of 100; the others have 1,5 (12,5), 2 (25), 2,5 … 3,5.
    assert own[4:] == (4, 2, D("25.0"))
    assert "Kontext" not in draft.message


def test_what_fewer_than_three_people_said_has_no_rank(empty_store: Store) -> None:
    group = cities(7)
    fill(empty_store, *group, *maturity(group, PeerMethod.SURVEY), *own_survey(people=2))
    for key in KEYS:
        draft = shown(empty_store, key, {"ranked_by": "m/survey"}).draft
        assert draft.message.startswith("Ort 0 hat hier keinen Rang")
        assert "Ort 0" not in [row[0] for row in draft.rows]


def test_a_published_index_ranks_as_a_whole_and_no_weights_move_it(empty_store: Store) -> None:
    group = cities(6)
    model = MaturityModel(
        programme="p", key="i", title_de="Index", title_en="Index", version="1", lowest=0, highest=100
    )
    points = [
        PeerScore(
            programme="p",
            maturity_model="i",
            municipality=city.key,
            method=PeerMethod.PUBLISHED,
            observed_on=date(2026, 2, 1),
            level=D(10 * place),
        )
        for place, city in enumerate(group, 1)
    ]
    fill(empty_store, *group, model, *points)
    draft = shown(empty_store, "rank_intervals", {"ranked_by": "i/published"}).draft
    assert [row[:6] for row in draft.rows[-1:]] == [("Ort 0", 6, 6, 6, 6, 1)]
    spans = {row[0]: row[3] for row in shown(empty_store, "rank_drivers", {"ranked_by": "i/published"}).draft.rows}
    assert set(spans.values()) == {0}


def test_an_assessment_from_outside_does_not_take_the_own_survey(empty_store: Store) -> None:
    group = cities(7)
    fill(empty_store, *group, *maturity(group, PeerMethod.DESK), *own_survey())
    draft = shown(empty_store, "rank_intervals", {"ranked_by": "m/desk"}).draft
    assert "Ort 0" not in [row[0] for row in draft.rows]
    assert draft.message.startswith("Ort 0 hat hier keinen Rang")
