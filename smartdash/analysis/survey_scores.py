"""What a survey wave says: levels per unit, group of units and city, with coverage, bounds and spread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from smartdash.model.maturity import Criterion, Dimension, MaturityModel
from smartdash.model.surveys import SurveyWave

OVERALL = ""
"""Stands where a dimension's key stands otherwise: all dimensions together."""


@dataclass(frozen=True, slots=True)
class Score:
    """Levels on the model's scale; None where there is none: under 60 % coverage, nothing applies, or withheld.

    Attributes:
        mean: Weighted arithmetic mean; weak criteria are made up for by strong ones.
        geometric: Weighted geometric mean; an uneven profile costs.
        weakest: The lowest level; the weakest link decides.
        lower, upper: The bounds of the mean if all that is missing were at the lowest or the highest level.
        target: The mean of the target levels.
        coverage: Answered weight by applicable weight, 0 to 1; None where nothing applies.
        units: How many units have an answer in it.
        raters: How many people answered, in all its units together.
        answered, not_applicable, do_not_know, missing: Single answers by their state; missing ones are also those that
            an invited person, or a person who answered elsewhere, has not given.
        evidenced: Answers that name evidence.
        unclear: Criteria (of units) on which the raters are too far apart.
        agreed: Criteria (of units) that a moderated meeting has settled.
        withheld: Not shown to this reader, because it would tell what fewer than three people said.
    """

    mean: Decimal | None = None
    geometric: Decimal | None = None
    weakest: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    target: Decimal | None = None
    coverage: Decimal | None = None
    units: int = 0
    raters: int = 0
    answered: int = 0
    not_applicable: int = 0
    do_not_know: int = 0
    missing: int = 0
    evidenced: int = 0
    unclear: int = 0
    agreed: int = 0
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class SurveyScores:
    """The results of one wave, as one reader may see them.

    `units` were asked (invited, or answered). `cells` are by (unit, dimension), `groups` by (group of units,
    dimension), `city` by dimension, `criteria` by criterion over all units; the dimension `OVERALL` stands for all of
    them together. `efforts` counts per criterion what the units say of the effort for one level more.
    """

    wave: SurveyWave
    model: MaturityModel
    dimensions: tuple[Dimension, ...]
    criteria_asked: tuple[Criterion, ...]
    units: tuple[str, ...]
    cells: Mapping[tuple[str, str], Score]
    groups: Mapping[tuple[str, str], Score]
    city: Mapping[str, Score]
    criteria: Mapping[str, Score]
    efforts: Mapping[str, Mapping[str, int]]
