"""Words around what lifts a city: the effort that most name, the next level of a scale, gains in points."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from smartdash.figures.lift_words import (
    added_efforts,
    effort_counts,
    gained_points,
    most_named_effort,
    next_level,
    plus,
)
from smartdash.locale import words
from smartdash.model.maturity import Criterion, LevelDescriptor, MaturityModel

SAY = words("de")


@pytest.mark.parametrize(
    ("efforts", "counts", "most"),
    [
        ({}, None, "Aufwand nicht genannt"),
        ({"small": 0, "medium": 0, "large": 0}, None, "Aufwand nicht genannt"),
        ({"small": 1, "medium": 0, "large": 0}, "klein 1", "Aufwand klein (1 von 1 Angabe)"),
        ({"small": 2, "medium": 2, "large": 1}, "klein 2, mittel 2, groß 1", "Aufwand meist mittel (2 von 5)"),
    ],
)
def test_effort_is_what_most_call_it_the_larger_of_two(efforts: dict[str, int], counts: str | None, most: str) -> None:
    assert (effort_counts(efforts, SAY), most_named_effort(efforts, SAY)) == (counts, most)


def test_efforts_of_several_criteria_add_up() -> None:
    assert added_efforts([{"small": 1, "large": 2}, {}, {"small": 3, "medium": 1}]) == {
        "small": 4,
        "medium": 1,
        "large": 2,
    }


def described(level: int, criterion: str | None = None) -> LevelDescriptor:
    name = f"{criterion or 'A'}-{level}"
    return LevelDescriptor(
        programme="p",
        dimension="A",
        criterion=criterion,
        level=level,
        name_de=name,
        name_en=name,
        text_de="Text.",
        text_en="Text.",
    )


LEVELS = [
    described(2),
    described(3),
    described(4),
    described(3, "A1"),
    described(80, "A1"),
    described(60),
    described(80),
]
A1 = Criterion(programme="p", key="A1", dimension="A", title_de="A1", title_en="A1")


@pytest.mark.parametrize(
    ("level", "criterion", "text"),
    [
        (None, None, None),
        ("1.0", None, "Stufe 2, A-2: Text."),
        ("1.94", None, "Stufe 2, A-2: Text."),
        ("1.96", None, "Stufe 3, A-3: Text."),
        ("2.0", A1, "Stufe 3, A1-3: Text."),
        ("3.0", A1, "Stufe 4, A-4: Text."),
        ("60", A1, "Stufe 80, A1-80: Text."),
        ("45", None, "Stufe 60, A-60: Text."),
        ("80", None, None),
    ],
)
def test_the_next_level_is_the_next_that_is_described(
    level: str | None, criterion: Criterion | None, text: str | None
) -> None:
    assert next_level(None if level is None else D(level), "A", criterion, LEVELS, SAY) == text


@pytest.mark.parametrize(
    ("scale", "gain", "points"),
    [((1, 5), "0.25", "6.25"), ((0, 7), "0.5", "7.14"), ((0, 100), "0.005", "0.01"), ((1, 5), "0", "0.00")],
)
def test_gains_are_points_of_any_scale(scale: tuple[int, int], gain: str, points: str) -> None:
    model = MaturityModel(
        programme="p", key="m", title_de="M", title_en="M", version="1", lowest=scale[0], highest=scale[1]
    )
    assert gained_points(D(gain), model) == D(points)
    assert gained_points(None, model) is None


def test_a_gain_has_its_sign() -> None:
    assert plus(D("6.25"), SAY) == "+6,25 Punkte"
    assert plus(D("6.25"), SAY, 1) == "+6,3 Punkte"
