"""The figure of why a standing moved: two surveys or two dates, and plain words where there is only one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal as D

import pytest
from made_stores import drawn
from test_figures_ranks import cities, fill, shown_figure

from smartdash.figures.figure import Draft
from smartdash.model.declare import Record
from smartdash.model.maturity import Criterion, Dimension, MaturityModel
from smartdash.model.peers import Indicator, Observation, PeerMethod, PeerScore
from smartdash.model.shared import Unit
from smartdash.model.surveys import Response, SurveyWave
from smartdash.store import Store

GROUP = cities(6)


def shown(store: Store, **chosen: str) -> Draft:
    return shown_figure(store, "improvements.movement", chosen).draft


def values(year: int, *row: int | None) -> Iterator[Record]:
    for city, value in zip(GROUP, row, strict=False):
        if value is not None:
            yield Observation(
                programme="p", indicator="x", municipality=city.key, observed_on=date(year, 1, 1), value=D(value)
            )


def indicator(higher_is_better: bool = True) -> Indicator:
    return Indicator(
        programme="p", key="x", title_de="X", title_en="X", measured_in="%", higher_is_better=higher_is_better
    )


def wave(key: str, year: int, level: int) -> Iterator[Record]:
    yield SurveyWave(
        programme="p", key=key, title=key, maturity_model="m", start=date(year, 5, 1), end=date(year, 5, 31)
    )
    for person in range(4):
        yield Response(
            programme="p", survey_wave=key, unit="amt", respondent=f"r{person}", criterion="A1",
            answered_on=date(year, 5, 2), level=level,
        )  # fmt: skip


def model() -> Iterator[Record]:
    yield Unit(programme="p", key="amt", title="Amt")
    yield MaturityModel(programme="p", key="m", title_de="M", title_en="M", version="1")
    yield Dimension(programme="p", key="A", maturity_model="m", title_de="Daten", title_en="Data")
    yield Criterion(programme="p", key="A1", dimension="A", title_de="A1", title_en="A1")


def peer_levels(year: int, *row: float, method: PeerMethod = PeerMethod.SURVEY) -> Iterator[Record]:
    for city, level in zip(GROUP[1:], row, strict=False):
        yield PeerScore(
            programme="p", maturity_model="m", municipality=city.key, method=method, dimension="A",
            observed_on=date(year, 3, 1), level=D(str(level)),
        )  # fmt: skip


def test_a_rank_that_moved_is_split_and_adds_up(empty_store: Store) -> None:
    """From rank 2 of 5 to 4 of 6 without a change of our own: one overtook us, a better one came."""
    fill(empty_store, *GROUP, indicator(), *values(2024, 50, 60, 40, 30, 20), *values(2025, 50, 60, 55, 30, 20, 70))
    draft = shown(empty_store)
    assert draft.message == (
        "X: Ort 0 ist von Rang 2 auf Rang 4 gefallen. Davon kommt von uns 0, von den anderen −1, von der Gruppe −1. "
        "Eigener Wert: vorher 50,0\u00a0%, nachher 50,0\u00a0%."
    )
    row = dict(zip([column.name for column in draft.columns], draft.rows[0], strict=True))
    assert row["change"] == row["own"] + row["peers"] + row["group"] == -2
    assert (row["day_before"], row["day_after"]) == (date(2024, 1, 1), date(2025, 1, 1))
    assert (row["count_before"], row["count_after"]) == (5, 6)
    assert "kein Reifegrad" in draft.note
    assert "2 → 4 (−2)" in drawn(draft)


def test_the_distance_to_the_median_is_split_in_the_direction_of_the_indicator(empty_store: Store) -> None:
    fill(
        empty_store, *GROUP, indicator(higher_is_better=False),
        *values(2024, 50, 60, 40, 30, 20), *values(2025, 35, 60, 40, 30, 20),
    )  # fmt: skip
    draft = shown(empty_store, standing="distance")
    row = dict(zip([column.name for column in draft.columns], draft.rows[0], strict=True))
    # Medians 40 and 35: at first 10 worse than it, then on it.
    assert (row["before"], row["after"], row["change"], row["own"]) == (D(-10), D(0), D(10), D(10))
    assert "verbessert" in draft.message


def test_surveys_move_against_self_assessments_only(empty_store: Store) -> None:
    fill(
        empty_store, *GROUP, *model(), *wave("w1", 2025, 2), *wave("w2", 2026, 4),
        *peer_levels(2025, 1.5, 2.5, 3, 3.5), *peer_levels(2026, 1.5, 2.5, 3, 4.5, 2),
        *peer_levels(2026, 5, 5, 5, 5, 5, method=PeerMethod.PUBLISHED),
    )  # fmt: skip
    draft = shown(empty_store)
    rows = {row[0]: row for row in draft.rows}
    assert draft.message.startswith("Insgesamt: Ort 0 ist von Rang 4 auf Rang 2 gestiegen.")
    assert "vorher 25,0 Punkte, nachher 75,0 Punkte" in draft.message
    # Alone we would pass three; the fourth city's rise takes one back unless it comes first. The fifth is no better.
    assert rows["Daten"][5:11] == (4, 2, D(2), D("2.5"), D("-0.5"), D(0))
    assert rows["Insgesamt"][5:11] == rows["Daten"][5:11], "there is no other dimension"
    assert "„w1“ und „w2“" in draft.note


@pytest.mark.parametrize("standing", ["rank", "distance"])
def test_musterstadt_moved_as_a_whole_and_in_every_dimension_and_the_parts_add_up(
    sample_store: Store, standing: str
) -> None:
    made = shown_figure(sample_store, "improvements.movement", {"standing": standing}, programme="musterstadt")
    assert made.demo
    assert not made.confined, "the bought index is not read for it"
    split = [row[7:11] for row in made.draft.rows if row[7] is not None]
    assert len(split) == 9
    assert all(change == own + peers + group for change, own, peers, group in split)
    assert any(own for _, own, _, _ in split)


def one_wave() -> list[Record]:
    return [*model(), *wave("w1", 2025, 2), *peer_levels(2025, 1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("records", "chosen", "says"),
    [
        (one_wave(), "maturity", "Es gibt nur eine Erhebung (bis 31.05.2025)."),
        ([], "maturity", "Bis zu diesem Tag gibt es hier kein Ergebnis einer eigenen Erhebung"),
        ([indicator(), *values(2025, 1, 2, 3, 4, 5)], "context", "nur einen Stand (01.01.2025)"),
        ([indicator(), *values(2025, None, 2, 3, 4, 5)], "context", "Es gibt keinen Kontextindikator"),
        (
            [indicator(), *values(2024, 1, 2, 3), *values(2025, 1, 2, 3)],
            "context",
            "An einem der beiden Stände haben nur 3 Städte einen Wert.",
        ),
    ],
)
def test_without_a_second_date_it_says_so(empty_store: Store, records: list[Record], chosen: str, says: str) -> None:
    fill(empty_store, *GROUP, *records)
    draft = shown(empty_store, moved_by=chosen)
    assert says in draft.message
    assert draft.chart is None


def test_without_a_municipality_nothing_moved(empty_store: Store) -> None:
    fill(empty_store, *GROUP, own=None)
    assert "nennt keine Kommune" in shown(empty_store).message
