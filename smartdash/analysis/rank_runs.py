"""Normalising, adding up and ranking many cities under many weights at once, as arrays of floats.

Rows are runs (draws of weights), columns are cities. A value that is missing is NaN. Floats serve here for the
simulation only; what one indicator or one result is judged by is in decimals in `peers` and `survey_scores`.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smartdash.analysis.peers import SHOWN

Floats = NDArray[np.floating[Any]]
Ranks = NDArray[np.int32]

_SMALLEST_FACTOR = 1.0
"""The least score in a geometric mean: a zero would make up for nothing any more."""
_NOISE = 1e-7
"""Far less than a shown digit and far more than the noise of floats, so that a half is rounded up."""


class Normalisation(StrEnum):
    """How a value becomes a score from 0 to 100."""

    FIXED = "fixed"
    RELATIVE = "relative"
    PERCENTILE = "percentile"


class Aggregation(StrEnum):
    """How the scores of several criteria become one."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"


def normalised(values: Floats, anchors: Floats, normalisation: Normalisation) -> Floats:
    """Scores of cities (rows) on criteria (columns) of which more is better, NaN where there is no value.

    Fixed: between the two anchors of the criterion, `(x - low) / (high - low) * 100`, beyond them below 0 or over 100.
    Relative: the same between the lowest and the highest value of the group; all NaN where these are equal.
    Percentile: the mid-rank percentile `(below + (equal - 1) / 2) / (n - 1) * 100`; NaN for a single city;
    values are compared as they are shown.

    Args:
        values: The measured values.
        anchors: Two rows, the lower and the upper anchor of each criterion; needed for fixed anchors only.
        normalisation: Which of the three.
    """
    if normalisation is Normalisation.PERCENTILE:
        return _percentiles(as_shown(values))
    if normalisation is Normalisation.FIXED:
        low, high = anchors
    else:
        low = np.fmin.reduce(values, axis=0)
        high = np.fmax.reduce(values, axis=0)
    span = np.where(high == low, np.nan, high - low)
    scores: Floats = (values - low) / span * 100
    return scores


def _percentiles(values: Floats) -> Floats:
    below = (values[None, :, :] < values[:, None, :]).sum(axis=1)
    equal = (values[None, :, :] == values[:, None, :]).sum(axis=1)
    known = (~np.isnan(values)).sum(axis=0)
    others = np.where(known > 1, known - 1, np.nan)
    return np.where(np.isnan(values), np.nan, (below + (equal - 1) / 2) / others * 100)


def aggregated(scores: Floats, weights: Floats, aggregation: Aggregation) -> Floats:
    """The weighted mean of each city (column) in each run (row) over the criteria it has a score of.

    What is missing leaves the weight of a city. The geometric mean counts a score of less than 1 as 1.

    Args:
        scores: Cities × criteria; each city has at least one score.
        weights: Runs × criteria, in each run adding up to one.
        aggregation: The arithmetic or the geometric mean.
    """
    known = ~np.isnan(scores)
    filled = np.where(known, scores, _SMALLEST_FACTOR)
    if aggregation is Aggregation.GEOMETRIC:
        filled = np.log(np.maximum(filled, _SMALLEST_FACTOR))
    # A missing score counts nothing.
    sums = weights @ np.where(known, filled, 0.0).T
    means: Floats = sums / (weights @ known.T.astype(float))
    return np.exp(means) if aggregation is Aggregation.GEOMETRIC else means


def as_shown(values: Floats) -> Floats:
    """Values rounded half up to the digits that are shown, counted in the last of these: 61.25 becomes 613."""
    rounded: Floats = np.copysign(np.floor(np.abs(values) * 10**SHOWN + 0.5 + _NOISE), values)
    return rounded


def ranked(shown: Floats) -> Ranks:
    """The competition rank of each city (column) in each run (row): 1 + the number of better ones, so equals share it.

    The highest is the best. There are no missing scores.
    """
    order = np.argsort(-shown, axis=1, kind="stable")
    sorted_down = np.take_along_axis(shown, order, axis=1)
    first_of_its_score = np.ones(shown.shape, dtype=bool)
    first_of_its_score[:, 1:] = sorted_down[:, 1:] != sorted_down[:, :-1]
    places = np.where(first_of_its_score, np.arange(1, shown.shape[1] + 1, dtype=np.int32), 0)
    ranks = np.empty(shown.shape, dtype=np.int32)
    np.put_along_axis(ranks, order, np.maximum.accumulate(places, axis=1).astype(np.int32), axis=1)
    return ranks


def quantiles(ranks: Ranks, parts: Sequence[Fraction]) -> list[Ranks]:
    """For each city (column) and each part the least rank that at least so large a part of the runs does not exceed.

    It is a rank that occurs, not one between two (type 1 of Hyndman and Fan 1996).
    """
    ordered = np.sort(ranks, axis=0)
    return [ordered[max(ceil(part * len(ranks)) - 1, 0)] for part in parts]
