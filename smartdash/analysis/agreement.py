"""How far the raters of a unit agree on a criterion, and whether the moderated meeting has to clarify it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.quantiles import quantile

FEWEST_RATERS = 3
"""Fewer raters have no r_wg: their spread says too little about how a unit sees itself."""

AGREEMENT_NEEDED = Decimal("0.5")
"""Under this r_wg the raters do not agree."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How the levels that a unit's raters gave to one criterion lie on the model's scale.

    Attributes:
        raters: How many people gave a level; who does not know, or says it does not apply, is not among them.
        lowest, lower_quartile, median, upper_quartile, highest: None without raters.
        within_group: r_wg, 1 where all agree, 0 where they answer as if at random, below 0 where they are further
            apart than that; None under three raters.
        to_clarify: Whether they are too far apart to go on without having talked about it.
    """

    raters: int
    lowest: Decimal | None
    lower_quartile: Decimal | None
    median: Decimal | None
    upper_quartile: Decimal | None
    highest: Decimal | None
    within_group: Decimal | None
    to_clarify: bool

    @property
    def range(self) -> Decimal:
        """The distance of the highest from the lowest level; 0 without raters."""
        return _distance(self.lowest, self.highest)

    @property
    def middle_half(self) -> Decimal:
        """The distance of the quartiles; 0 without raters."""
        return _distance(self.lower_quartile, self.upper_quartile)


def agreement(levels: Sequence[Decimal], lowest: int, highest: int) -> Agreement:
    """How the raters' levels lie on a scale from `lowest` to `highest`.

    Quartiles are of type 7 (Hyndman and Fan 1996). To be clarified is what has a middle half as wide as half the scale
    or wider, an r_wg under 0.5, or, with two raters, two levels half the scale or more apart. Half the scale is
    (highest - lowest) / 2: two levels of five.
    """
    ordered = sorted(levels)
    least, lower, median, upper, most = (quantile(ordered, Decimal(part) / 4) for part in range(5))
    within_group = _within_group(ordered, highest - lowest + 1)
    half = Decimal(highest - lowest) / 2
    # Of two raters the middle half is only half as wide as what lies between them.
    apart = _distance(least, most) if len(ordered) == 2 else _distance(lower, upper)
    to_clarify = apart >= half or (within_group is not None and within_group < AGREEMENT_NEEDED)
    return Agreement(len(ordered), least, lower, median, upper, most, within_group, to_clarify)


def _within_group(levels: Sequence[Decimal], count: int) -> Decimal | None:
    """r_wg = 1 - S² / ((A² - 1) / 12), S² the sample variance, A the number of levels (James et al. 1984).

    The expected variance is that of answers spread evenly over the scale.
    """
    raters = len(levels)
    if raters < FEWEST_RATERS:
        return None
    # Brought to one division, so that a value of exactly one half is not rounded to below it.
    squares = raters * sum((level**2 for level in levels), Decimal(0)) - sum(levels, Decimal(0)) ** 2
    return 1 - 12 * squares / (raters * (raters - 1) * (count**2 - 1))


def _distance(low: Decimal | None, high: Decimal | None) -> Decimal:
    return Decimal(0) if low is None or high is None else high - low
