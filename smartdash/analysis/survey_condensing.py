"""Single answers condensed to what a unit says on a criterion: medians, counts, and who is too far apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smartdash.analysis.survey_cells import NONE, PARTS, Fractions, Truth, Whole
from smartdash.model.maturity import MaturityModel

_ABOVE = 2**32
"""Above every level in ten-thousandths."""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """The single answers of a wave as columns.

    Attributes:
        shape: How many units and criteria there are.
        unit, criterion: Places among them.
        person: The place of the person among all people of all units.
        level, target: In ten-thousandths, or NONE.
    """

    shape: tuple[int, int]
    unit: Whole
    criterion: Whole
    person: Whole
    level: Whole
    target: Whole


@dataclass(frozen=True, slots=True, eq=False)
class _Ordered:
    """Values by cell and size: where those of each cell begin, and how many there are."""

    first: Whole
    number: Whole
    values: Whole


def counts(answers: Answers, kept: Truth) -> Whole:
    """How many of the answers that are kept lie in each cell of units × criteria."""
    cell = answers.unit[kept] * answers.shape[1] + answers.criterion[kept]
    return np.bincount(cell, minlength=answers.shape[0] * answers.shape[1]).astype(np.int64).reshape(answers.shape)


def levels(answers: Answers, model: MaturityModel) -> tuple[Whole, Truth]:
    """The median level of each cell, or NONE, and where its raters are too far apart."""
    found = _ordered(answers, answers.level)
    return _median(found).reshape(answers.shape), _too_far_apart(found, model).reshape(answers.shape)


def targets(answers: Answers) -> Whole:
    """The median target level of each cell, or NONE."""
    return _median(_ordered(answers, answers.target)).reshape(answers.shape)


def people(answers: Answers, dimension_of: Whole, dimensions: int, kept: Truth) -> Whole:
    """How many different people gave the answers that are kept: units × dimensions, in the last column anywhere."""
    everyone = int(answers.person.max(initial=-1)) + 1
    there = np.zeros((everyone, dimensions + 1), dtype=np.bool_)
    there[answers.person[kept], dimension_of[answers.criterion[kept]]] = True
    there[answers.person[kept], dimensions] = True
    home = np.zeros(everyone, dtype=np.int64)
    home[answers.person] = answers.unit
    found = np.zeros((answers.shape[0], dimensions + 1), dtype=np.int64)
    np.add.at(found, home, there)
    return found


def _ordered(answers: Answers, column: Whole) -> _Ordered:
    kept = column != NONE
    cell, values = answers.unit[kept] * answers.shape[1] + answers.criterion[kept], column[kept]
    number = np.bincount(cell, minlength=answers.shape[0] * answers.shape[1]).astype(np.int64)
    # One number for both is sorted much faster than two; levels are below the factor.
    both = np.sort(cell * _ABOVE + values)
    return _Ordered(np.cumsum(number) - number, number, both % _ABOVE)


def _median(found: _Ordered) -> Whole:
    """The median of each cell, rounded half up to a whole number; NONE without a value."""
    middle: Whole = np.where(found.number > 0, np.floor(_quantile(found, 0.5) + 0.5), NONE).astype(np.int64)
    return middle


def _quantile(found: _Ordered, part: float) -> Fractions:
    """The quantile of each cell by linear interpolation (type 7 of Hyndman and Fan 1996); 0 without a value."""
    result = np.zeros(len(found.number), dtype=np.float64)
    there = np.flatnonzero(found.number)
    position = part * (found.number[there] - 1)
    below = np.floor(position).astype(np.int64)
    above = np.minimum(below + 1, found.number[there] - 1)
    low, high = found.values[found.first[there] + below], found.values[found.first[there] + above]
    result[there] = low + (high - low) * (position - below)
    return result


def _too_far_apart(found: _Ordered, model: MaturityModel) -> Truth:
    """Where raters are so far apart that a meeting should settle it.

    With three or more raters: the middle half spans half the scale, or r_wg = 1 − S² / ((A² − 1) / 12) is below 0.5, S²
    being the sample variance and A the number of levels (James, Demaree and Wolf 1984). With two: they are half the
    scale apart. `analysis.agreement` says the same of single answers.
    """
    raters, scale = found.number, model.highest - model.lowest
    cell = np.repeat(np.arange(len(raters)), raters)
    total, squares = (
        np.bincount(cell, weights=values, minlength=len(raters)).astype(np.int64)
        for values in (found.values, found.values * found.values)
    )
    # S² is scatter / (n · (n − 1)); whole numbers, so that a value on the limit lies on it.
    scatter = raters * squares - total * total
    limit = ((scale + 1) ** 2 - 1) * PARTS**2 * raters * (raters - 1)
    half = scale * PARTS / 2
    middle_half = _quantile(found, 0.75) - _quantile(found, 0.25)
    several: Truth = (raters >= 3) & ((middle_half >= half) | (24 * scatter > limit))
    # Of two values the scatter is the square of their distance.
    two: Truth = (raters == 2) & (scatter >= half * half)
    return several | two
