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
        disagreement: The sample variance, as a share of the variance of answers spread evenly over the scale: 0 where
            all agree, 1 where they answer as if at random, above 1 where they are further apart than that; 0 for one.
        to_clarify: Whether they are too far apart to go on without having talked about it.
    """

    raters: int
    lowest: Decimal | None
    lower_quartile: Decimal | None
    median: Decimal | None
    upper_quartile: Decimal | None
    highest: Decimal | None
    disagreement: Decimal
    to_clarify: bool

    @property
    def within_group(self) -> Decimal | None:
        """r_wg, 1 - disagreement: 1 where all agree, 0 as if at random; None under three raters."""
        return 1 - self.disagreement if self.raters >= FEWEST_RATERS else None

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
    disagreement = _disagreement(ordered, highest - lowest + 1)
    half = Decimal(highest - lowest) / 2
    # Of two raters the middle half is only half as wide as what lies between them.
    apart = _distance(least, most) if len(ordered) == 2 else _distance(lower, upper)
    to_clarify = apart >= half or (len(ordered) >= FEWEST_RATERS and 1 - disagreement < AGREEMENT_NEEDED)
    return Agreement(len(ordered), least, lower, median, upper, most, disagreement, to_clarify)


def _disagreement(levels: Sequence[Decimal], count: int) -> Decimal:
    """S² / ((A² - 1) / 12), S² the sample variance, A the number of levels (James, Demaree and Wolf 1984)."""
    raters = len(levels)
    if raters < 2:
        return Decimal(0)
    # Brought to one division, so that a share of exactly one half is not rounded to beyond it.
    squares = raters * sum((level**2 for level in levels), Decimal(0)) - sum(levels, Decimal(0)) ** 2
    return 12 * squares / (raters * (raters - 1) * (count**2 - 1))


def _distance(low: Decimal | None, high: Decimal | None) -> Decimal:
    return Decimal(0) if low is None or high is None else high - low
