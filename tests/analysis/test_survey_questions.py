"""What a survey asks: order, levels of a dimension or of a criterion, names on short and long scales."""

from __future__ import annotations

from typing import Any

from smartdash.analysis.survey_questions import level_names, questions
from smartdash.model.maturity import Criterion, Dimension, LevelDescriptor, MaturityModel

BASIC: dict[str, Any] = {"programme": "reference"}


def titled(key: str) -> dict[str, Any]:
    return {**BASIC, "key": key, "title_de": key, "title_en": key}


def described(level: int, dimension: str = "D", criterion: str | None = None) -> LevelDescriptor:
    words = {"name_de": f"Stufe {level}", "name_en": f"Level {level}", "text_de": "t", "text_en": "t"}
    return LevelDescriptor(**BASIC, dimension=dimension, criterion=criterion, level=level, **words)


DIMENSIONS = [Dimension(**titled(key), maturity_model=model) for key, model in (("E", "m"), ("D", "m"), ("X", "other"))]
CRITERIA = [Criterion(**titled(key), dimension=key[0]) for key in ("D2", "D1", "E1", "X1")]


def test_questions_come_dimension_by_dimension_with_their_levels() -> None:
    found = questions("m", DIMENSIONS, CRITERIA, [described(2), described(1), described(1, criterion="D1")])
    assert [one.criterion.key for one in found] == ["E1", "D2", "D1"]
    assert [[level.level for level in one.levels] for one in found] == [[], [1, 2], [1]]
    assert [one.own_levels for one in found] == [False, False, True]


def test_every_level_of_the_scale_has_a_name() -> None:
    [_, question, _] = questions("m", DIMENSIONS, CRITERIA, [described(1), described(3)])
    model = MaturityModel(**titled("m"), version="1", lowest=0, highest=4)
    assert level_names(model, question, "en") == {
        0: "0",
        1: "1 · Level 1",
        2: "2 · Level 1",
        3: "3 · Level 3",
        4: "4 · Level 3",
    }
    assert level_names(model, question, "de")[3] == "3 · Stufe 3"
