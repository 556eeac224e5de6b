"""What a rank is worth: how far it moves when weights, normalisation and aggregation are chosen otherwise.

Method: uncertainty analysis of composite indicators by simulation (Saisana, Saltelli, Tarantola, Uncertainty and
sensitivity analysis techniques as tools for the quality assessment of composite indicators, J. R. Stat. Soc. A 168,
2005; OECD/JRC Handbook on Constructing Composite Indicators, 2008, step 7).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product

import numpy as np

from smartdash.analysis.peers import SHOWN
from smartdash.analysis.rank_runs import (
    Aggregation,
    Floats,
    Normalisation,
    Ranks,
    aggregated,
    as_shown,
    normalised,
    quantiles,
    ranked,
)
from smartdash.analysis.survey_scores import COVERAGE_NEEDED

RUNS = 2000
SEED = 2026
"""The same draws each time, so that a printed figure can be made again."""
CONCENTRATION = 30
"""How closely drawn weights keep to the given ones; 30 lets a weight of a third vary by 0.08 (standard deviation)."""
Variant = tuple[Normalisation, Aggregation]
Values = Mapping[tuple[str, str], Decimal]
"""Measured values by (city, yardstick); what is missing is not there."""


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What cities are measured by: an indicator or a dimension, its weight (over 0), direction and fixed anchors."""

    key: str
    weight: Decimal
    higher_is_better: bool = True
    anchors: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """How a simulation is run: number of runs, seed, and k of the Dirichlet distribution of the weights."""

    runs: int = RUNS
    seed: int = SEED
    concentration: int = CONCENTRATION


@dataclass(frozen=True, slots=True)
class RankRange:
    """A city's score (0 to 100) and rank with the choices as they are, and its rank in all runs.

    `low` and `high` are the 5th and the 95th percentile of the runs, the median lies between them.
    """

    city: str
    score: Decimal
    base: int
    tied: int
    low: int
    median: int
    high: int


@dataclass(frozen=True, slots=True)
class Odds:
    """In how many of the runs a city is better than, equal to, and worse than something."""

    better: int
    equal: int
    worse: int

    @property
    def chance(self) -> Decimal:
        """The part of the runs in which it is better, 0 to 1."""
        return Decimal(self.better) / (self.better + self.equal + self.worse)


@dataclass(frozen=True, slots=True)
class Driver:
    """How far ranks move if one choice is varied and the others stay: lowest and highest rank by city.

    For weights these are the 5th and the 95th percentile of the runs, else the ends over all `variants`.
    """

    spans: Mapping[str, tuple[int, int]]
    variants: int

    def spread(self, city: str) -> int:
        """By how many places the city's rank moves.

        Raises:
            KeyError: the city is not ranked.
        """
        low, high = self.spans[city]
        return high - low


@dataclass(frozen=True, slots=True)
class RankRobustness:
    """The ranks of a group in all runs.

    Attributes:
        ranges: One per ranked city, by median rank, then base rank, then interval.
        left_out: Cities with values of less than 60 % of the weight.
        yardsticks: What was counted.
        alike: Yardsticks that do not count, because no two ranked cities differ in them.
        variants: The combinations of normalisation and aggregation, the base first; each is in equally many runs.
        weights, normalisation, aggregation: What each choice moves alone.
        odds: How the own city does against each other ranked one; empty where it is not ranked.
        odds_against_median: How it does against the median score of all ranked cities, its own included.
    """

    ranges: tuple[RankRange, ...]
    left_out: tuple[str, ...]
    yardsticks: tuple[Yardstick, ...]
    alike: tuple[str, ...]
    variants: tuple[Variant, ...]
    weights: Driver
    normalisation: Driver
    aggregation: Driver
    odds: Mapping[str, Odds]
    odds_against_median: Odds | None

    def of(self, city: str | None) -> RankRange | None:
        """The range of a city, None where it is not ranked."""
        return next((item for item in self.ranges if item.city == city), None)


_DEFAULTS = Settings()


def robustness(
    cities: Sequence[str],
    yardsticks: Sequence[Yardstick],
    values: Values,
    own: str | None = None,
    settings: Settings = _DEFAULTS,
) -> RankRobustness | None:
    """Rank cities under uncertain choices; None where no city can be ranked or nothing tells them apart.

    In each run the weights are drawn from a Dirichlet distribution around the given ones, and the runs take turns in
    the combinations of normalisation and aggregation. Fixed anchors take part, and are the base, where every yardstick
    has them. Scores are rounded to one decimal before they are compared.

    Args:
        cities: The group, the own city included.
        yardsticks: What they are measured by.
        values: The measured values.
        own: The city whose odds are asked for.
        settings: Runs, seed and k.
    """
    ranked_cities, telling = _rankable(cities, yardsticks, values)
    if not ranked_cities:
        return None
    shares = np.array([float(share) for share in _shares(telling)])
    variants = _variants(telling)
    scores = _scores(ranked_cities, telling, values, variants)
    drawn = np.random.default_rng(settings.seed).dirichlet(settings.concentration * shares, size=settings.runs)
    each = shares[None, :]
    base = as_shown(aggregated(scores[variants[0][0]], each, variants[0][1]))
    alone = {variant: ranked(as_shown(aggregated(scores[variant[0]], each, variant[1]))) for variant in variants}
    shown = np.empty((settings.runs, len(ranked_cities)))
    for turn, (normalisation, aggregation) in enumerate(variants):
        own_runs = slice(turn, None, len(variants))
        shown[own_runs] = as_shown(aggregated(scores[normalisation], drawn[own_runs], aggregation))
    weighted = ranked(as_shown(aggregated(scores[variants[0][0]], drawn, variants[0][1])))
    place = ranked_cities.index(own) if own in ranked_cities else None
    return RankRobustness(
        ranges=_ranges(ranked_cities, base[0], ranked(shown)),
        left_out=tuple(city for city in cities if city not in ranked_cities),
        yardsticks=tuple(telling),
        alike=tuple(item.key for item in yardsticks if item not in telling),
        variants=variants,
        weights=_driver(ranked_cities, quantiles(weighted, (_LOW, _HIGH)), settings.runs),
        normalisation=_alone(ranked_cities, [alone[one] for one in variants if one[1] is variants[0][1]]),
        aggregation=_alone(ranked_cities, [alone[one] for one in variants if one[0] is variants[0][0]]),
        odds={}
        if place is None
        else {
            city: _odds(shown[:, place], shown[:, other]) for other, city in enumerate(ranked_cities) if other != place
        },
        odds_against_median=None if place is None else _odds(shown[:, place], np.median(shown, axis=1)),
    )


_LOW, _MIDDLE, _HIGH = Fraction(1, 20), Fraction(1, 2), Fraction(19, 20)


def _rankable(
    cities: Sequence[str], yardsticks: Sequence[Yardstick], values: Values
) -> tuple[list[str], list[Yardstick]]:
    """The cities with values of enough weight, and the yardsticks in which any two of these differ.

    A yardstick that tells nobody apart does not count for the coverage either, so both are found in turns.
    """
    kept = list(cities)
    while True:
        telling = [
            item
            for item in yardsticks
            if len({values[city, item.key] for city in kept if (city, item.key) in values}) > 1
        ]
        shares = dict(zip([item.key for item in telling], _shares(telling), strict=True))
        enough = [
            city
            for city in kept
            if sum(share for key, share in shares.items() if (city, key) in values) >= Fraction(COVERAGE_NEEDED)
        ]
        if enough == kept:
            return kept, telling
        kept = enough


def _shares(yardsticks: Sequence[Yardstick]) -> list[Fraction]:
    """The weights as exact parts of their sum, so that their scale does not matter."""
    total = sum((Fraction(item.weight) for item in yardsticks), Fraction(0))
    return [Fraction(item.weight) / total for item in yardsticks]


def _variants(yardsticks: Sequence[Yardstick]) -> tuple[Variant, ...]:
    fixed = all(item.anchors for item in yardsticks)
    return tuple(product([one for one in Normalisation if fixed or one is not Normalisation.FIXED], Aggregation))


def _scores(
    cities: Sequence[str], yardsticks: Sequence[Yardstick], values: Values, variants: Sequence[Variant]
) -> dict[Normalisation, Floats]:
    """The cities × yardsticks as scores of which more is better, by normalisation."""
    signs = np.array([1.0 if item.higher_is_better else -1.0 for item in yardsticks])
    nothing = float("nan")
    measured = np.array(
        [[float(values.get((city, item.key), nothing)) for item in yardsticks] for city in cities], dtype=float
    )
    ends = np.array([[float(end) for end in item.anchors or (nothing, nothing)] for item in yardsticks]).T * signs
    anchors = np.sort(ends, axis=0)  # a sign of -1 turns them around
    return {one: normalised(measured * signs, anchors, one) for one in dict.fromkeys(one for one, _ in variants)}


def _ranges(cities: Sequence[str], base: Floats, ranks: Ranks) -> tuple[RankRange, ...]:
    low, median, high = quantiles(ranks, (_LOW, _MIDDLE, _HIGH))
    base_ranks = ranked(base[None, :])[0]
    ranges = [
        RankRange(
            city=city,
            score=Decimal(int(base[place])).scaleb(-SHOWN),
            base=int(base_ranks[place]),
            tied=int((base == base[place]).sum()),
            low=int(low[place]),
            median=int(median[place]),
            high=int(high[place]),
        )
        for place, city in enumerate(cities)
    ]
    return tuple(sorted(ranges, key=lambda item: (item.median, item.base, item.low, item.high)))


def _driver(cities: Sequence[str], ends: Sequence[Ranks], variants: int) -> Driver:
    low, high = ends
    return Driver({city: (int(low[place]), int(high[place])) for place, city in enumerate(cities)}, variants)


def _alone(cities: Sequence[str], ranks: Sequence[Ranks]) -> Driver:
    all_ranks = np.concatenate(ranks)
    return _driver(cities, (all_ranks.min(axis=0), all_ranks.max(axis=0)), len(ranks))


def _odds(own: Floats, other: Floats) -> Odds:
    better, worse = int((own > other).sum()), int((own < other).sum())
    return Odds(better, len(own) - better - worse, worse)
