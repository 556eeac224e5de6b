"""Which levels of other cities may stand beside a survey's own, and what few of them still say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from smartdash.analysis.peer_levels import peer_levels
from smartdash.analysis.survey_scores import OVERALL
from smartdash.model.peers import PeerMethod, PeerScore


def score(
    city: str,
    level: str,
    dimension: str | None = "A",
    day: date = date(2026, 3, 1),
    method: PeerMethod = PeerMethod.SURVEY,
    model: str = "m",
) -> PeerScore:
    return PeerScore(
        programme="p",
        maturity_model=model,
        municipality=city,
        method=method,
        dimension=dimension,
        observed_on=day,
        level=D(level),
    )


@pytest.mark.parametrize(
    ("levels", "middle", "quartiles"),
    [
        ("3", None, None),
        ("1 2 3 4", None, None),
        ("5 1 2 3 4", "3", None),
        ("1 2 3 4 5 1 2 3 4", "3", None),
        ("1 2 3 4 5 1 2 3 4 5", "3", ("2", "4")),
    ],
)
def test_few_cities_give_no_median_and_no_quartiles(
    levels: str, middle: str | None, quartiles: tuple[str, str] | None
) -> None:
    given = {f"c{place}": level for place, level in enumerate(levels.split())}
    found = peer_levels([score(city, level) for city, level in given.items()], "m", given)["A"]
    assert found.middle == (None if middle is None else D(middle))
    assert found.quartiles == (None if quartiles is None else tuple(map(D, quartiles)))


def test_the_newest_level_of_a_city_counts_whatever_the_order() -> None:
    scores = [score("x", "4", day=date(2026, 3, 1)), score("x", "2", day=date(2025, 3, 1))]
    for given in (scores, scores[::-1]):
        assert peer_levels(given, "m", ["x"])["A"].scores["x"].level == 4


def test_a_level_without_dimension_is_of_the_whole() -> None:
    assert list(peer_levels([score("x", "3", None)], "m", ["x"])) == [OVERALL]


@pytest.mark.parametrize(
    "other",
    [
        score("x", "3", method=PeerMethod.PUBLISHED),
        score("x", "3", method=PeerMethod.DESK),
        score("x", "3", model="n"),
        score("y", "3"),
    ],
    ids=["published index", "from outside", "other model", "not in the group"],
)
def test_what_is_not_a_self_assessment_by_the_model_never_stands_beside_one(other: PeerScore) -> None:
    assert peer_levels([other], "m", ["x"]) == {}
