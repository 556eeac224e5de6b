"""The agenda of the moderated meeting, and the level that an indicator's value stands for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from smartdash.analysis.agreement import agreement
from smartdash.analysis.moderation import RatedCriterion, agenda, level_of_value
from smartdash.model.maturity import Criterion, CriterionKind, MaturityModel
from smartdash.model.surveys import Consensus

MODEL = MaturityModel(programme="p", key="m", title_de="M", title_en="M", version="1")


def criterion(**values: Any) -> Criterion:
    return Criterion(programme="p", key="c", dimension="d", title_de="C", title_en="C", **values)


def rated(unit: str, *levels: int, settled: bool = False) -> RatedCriterion:
    consensus = Consensus(
        programme="p", key="", survey_wave="w", unit=unit, criterion="c", agreed_on=date(2026, 6, 1), reason="r",
        level=3,
    )  # fmt: skip
    given = tuple(map(D, levels))
    return RatedCriterion(unit, criterion(), given, 0, 0, agreement(given, 1, 5), consensus if settled else None)


def test_the_strongest_disagreement_comes_first_and_what_is_settled_last() -> None:
    items = [
        rated("calm", 3, 3, 3),
        rated("settled", 1, 5, settled=True),
        rated("settled-though-calm", 3, 3, settled=True),
        rated("three", 1, 3, 5),
        rated("two", 2, 4),
        rated("widest", 1, 5, 5),
        rated("alone", 1),
    ]
    assert [item.unit for item in agenda(items)] == ["widest", "three", "two", "settled", "settled-though-calm"]
    assert [item.unit for item in agenda(items, everything=True)][5:] == ["alone", "calm"]
    assert agenda(items[:1]) == []


@pytest.mark.parametrize(
    ("value", "higher", "level"),
    [("0", True, "1"), ("50", True, "3"), ("100", True, "5"), ("-7", True, "1"), ("130", True, "5"),
     ("0", False, "5"), ("75", False, "2"), ("33.33", True, "2.3332")],
)  # fmt: skip
def test_a_value_stands_for_a_level_between_its_anchors(value: str, higher: bool, level: str) -> None:
    measured = criterion(
        kind=CriterionKind.INDICATOR, anchor_low=D(0), anchor_high=D(100), higher_is_better=higher
    )  # fmt: skip
    assert level_of_value(D(value), measured, MODEL) == D(level)
    assert level_of_value(D(value), criterion(), MODEL) is None
