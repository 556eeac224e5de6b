"""One wave's answers condensed to a cell per unit and criterion, as arrays that many units and criteria fit into."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from smartdash.model.maturity import Criterion, Dimension, MaturityModel
from smartdash.model.surveys import SurveyWave

Whole = npt.NDArray[np.int64]
Truth = npt.NDArray[np.bool_]
Fractions = npt.NDArray[np.float64]

PARTS = 10_000
"""Levels and weights are whole numbers of ten-thousandths, so that their sums are exact."""

NONE = -1
"""Stands where a cell has no level."""


@dataclass(frozen=True, slots=True, eq=False)
class SurveyCells:
    """Confidential: what each unit says in a wave; only `store.survey_results` reads it and hands out what may be seen.

    Every array is units × criteria, in the order of `units` and `criteria`, unless it is said otherwise.

    Attributes:
        dimension_of: The place of its dimension, per criterion.
        weight: The weight within the dimension in ten-thousandths, per criterion.
        level: The median of the raters (or what they agreed on) in ten-thousandths, or NONE.
        target: The median of the target levels in ten-thousandths, or NONE.
        applies: Not applicable is what all who answered call so; a cell without answers applies.
        raters: People who gave a level or value.
        not_applicable, do_not_know, missing: People by what they said instead.
        evidenced: Answers that name evidence.
        unclear: The raters are too far apart; see `analysis.agreement`.
        agreed: A moderated meeting settled it.
        efforts: Units × criteria × 3: people who call the effort small, medium, large.
        people: Units × dimensions: people who gave a level or value in the dimension.
        heard: Units × dimensions: people who said anything in the dimension, if only that it does not apply.
        aimed: Units × dimensions: people who named a target level in the dimension.
        aiming: People who named a target level.
        settled: Whether `level` is what was agreed on where there is such, not what was answered.
        everyone: Per unit: people who gave one anywhere.
    """

    wave: SurveyWave
    model: MaturityModel
    dimensions: tuple[Dimension, ...]
    criteria: tuple[Criterion, ...]
    units: tuple[str, ...]
    dimension_of: Whole
    weight: Whole
    level: Whole
    target: Whole
    applies: Truth
    raters: Whole
    not_applicable: Whole
    do_not_know: Whole
    missing: Whole
    evidenced: Whole
    unclear: Truth
    agreed: Truth
    efforts: Whole
    people: Whole
    heard: Whole
    aimed: Whole
    aiming: Whole
    settled: bool
    everyone: Whole


def parts(value: Decimal | int) -> int:
    """A level or weight in ten-thousandths; it has at most four decimal places."""
    return int(value * PARTS)
