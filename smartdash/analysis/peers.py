"""How a city stands among others: rank, percentile, gaps and spread, and values made comparable on one scale.

Values are compared after rounding to the precision at which they are shown, so that equal-looking values tie. Few
cities say little: under five there are only points, under ten no quartiles, under twenty no percentile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from smartdash.analysis.okr import RollUp, roll_up
from smartdash.analysis.quantiles import quantile
from smartdash.analysis.survey_scores import COVERAGE_NEEDED
from smartdash.model.peers import Indicator, Observation

SMALLEST_RANKED = 5
"""Fewer cities with a value give neither rank nor median nor gaps."""

SMALLEST_QUARTERED = 10
"""Fewer cities with a value give no quartiles and no spread: one city would move them too far."""

SMALLEST_PERCENTILED = 20
"""Fewer cities with a value give no percentile: one city would be worth five points and more."""

SHOWN = 1
"""Decimal places at which values of cities are shown and compared."""

YES_OR_NO = ("ja/nein", "yes/no")
PERCENT = "%"

_HUNDRED = Decimal(100)
_TO_STANDARD_DEVIATIONS = Decimal("0.6745")


@dataclass(frozen=True, slots=True)
class Standing:
    """How one city stands among a group on one value; None where too few cities have one, or it has none itself.

    The group includes the city. Gaps are its value minus the other one, both as shown, in the value's own unit:
    whether more is better says the direction.

    Attributes:
        value: The city's own value.
        count: Cities with a value.
        rank: Competition rank, 1 + number of better values.
        tied: Cities on that rank, the own one included.
        percentile: Mid-rank percentile, 0 to 100, 100 = better than all others.
        lowest, lower_quartile, middle, upper_quartile, highest: Of the group's values.
        best: The best value by the direction.
        to_middle, to_best, to_target: Gaps.
        robust_z: Distance from the median in robust standard deviations, positive = better; None where half of the
            cities have the same value.
    """

    value: Decimal | None
    count: int
    rank: int | None = None
    tied: int = 0
    percentile: Decimal | None = None
    lowest: Decimal | None = None
    lower_quartile: Decimal | None = None
    middle: Decimal | None = None
    upper_quartile: Decimal | None = None
    highest: Decimal | None = None
    best: Decimal | None = None
    to_middle: Decimal | None = None
    to_best: Decimal | None = None
    to_target: Decimal | None = None
    robust_z: Decimal | None = None


def shown(value: Decimal, digits: int = SHOWN) -> Decimal:
    """A value as it is shown, rounded half up."""
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def standing(
    values: Mapping[str, Decimal],
    own: str | None,
    *,
    higher_is_better: bool = True,
    target: Decimal | None = None,
    digits: int = SHOWN,
) -> Standing:
    """How the city `own` stands among `values` (by city)."""
    ordered = sorted(values.values())
    value, count = values.get(own) if own else None, len(ordered)
    ranked, quartered = count >= SMALLEST_RANKED, count >= SMALLEST_QUARTERED
    middle = quantile(ordered, Decimal("0.5")) if ranked else None
    best = (ordered[-1] if higher_is_better else ordered[0]) if ranked else None
    rank, tied = None, 0
    if ranked and own and value is not None:
        ranks = competition_ranks(values, higher_is_better, digits)
        rank, tied = ranks[own], list(ranks.values()).count(ranks[own])
    percentiles = mid_rank_percentiles(values, higher_is_better, digits) if count >= SMALLEST_PERCENTILED else {}
    return Standing(
        value=value,
        count=count,
        rank=rank,
        tied=tied,
        percentile=percentiles.get(own or ""),
        lowest=ordered[0] if ordered else None,
        lower_quartile=quantile(ordered, Decimal("0.25")) if quartered else None,
        middle=middle,
        upper_quartile=quantile(ordered, Decimal("0.75")) if quartered else None,
        highest=ordered[-1] if ordered else None,
        best=best,
        to_middle=gap(value, middle, digits),
        to_best=gap(value, best, digits),
        to_target=gap(value, target, digits),
        robust_z=robust_z(value, ordered, higher_is_better) if quartered else None,
    )


def better(gap_to: Decimal | None, higher_is_better: bool) -> bool | None:
    """Whether a gap says that the own value reads better than the other one; None without a gap."""
    return None if gap_to is None else gap_to != 0 and (gap_to > 0) == higher_is_better


def competition_ranks(
    values: Mapping[str, Decimal], higher_is_better: bool = True, digits: int = SHOWN
) -> dict[str, int]:
    """The rank of each city with a value: 1 + number of better ones; equal ones share the rank."""
    read = {city: shown(value, digits) for city, value in values.items()}
    ordered = sorted(read.values(), reverse=higher_is_better)
    first: dict[Decimal, int] = {}
    for place, value in enumerate(ordered, 1):
        first.setdefault(value, place)
    return {city: first[value] for city, value in read.items()}


def mid_rank_percentiles(
    values: Mapping[str, Decimal], higher_is_better: bool = True, digits: int = SHOWN
) -> dict[str, Decimal]:
    """The percentile of each city with a value: (B + 0.5 · (E - 1)) / (n - 1) · 100.

    B counts the worse cities, E the equal ones with itself, n all of them; a single city has none.
    """
    if len(values) < 2:
        return {}
    ranks = competition_ranks(values, higher_is_better, digits)
    tied: dict[int, int] = {}
    for rank in ranks.values():
        tied[rank] = tied.get(rank, 0) + 1
    count = len(ranks)
    return {
        city: (count - (rank - 1) - tied[rank] + Decimal(tied[rank] - 1) / 2) / (count - 1) * _HUNDRED
        for city, rank in ranks.items()
    }


def gap(value: Decimal | None, other: Decimal | None, digits: int = SHOWN) -> Decimal | None:
    """A value minus another one, both as shown, so that a reader can recompute it."""
    return None if value is None or other is None else shown(value, digits) - shown(other, digits)


def robust_z(value: Decimal | None, values: Collection[Decimal], higher_is_better: bool = True) -> Decimal | None:
    """0.6745 · (x - median) / MAD (Iglewicz and Hoaglin 1993), positive = better; None where the MAD is zero."""
    if value is None or not values:
        return None
    middle = median(values)
    spread = median(abs(other - middle) for other in values)
    if not spread:
        return None
    return _TO_STANDARD_DEVIATIONS * (value - middle) / spread * (1 if higher_is_better else -1)


def medians_without(values: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The median of the group without each city in turn: how much a single one moves it; none for a single city."""
    if len(values) < 2:
        return {}
    return {left: median(value for city, value in values.items() if city != left) for left in values}


def newest_observations(
    observations: Iterable[Observation], cities: Collection[str]
) -> dict[str, dict[str, Observation]]:
    """The last observation of each indicator for each of some cities, by indicator and city."""
    found: dict[str, dict[str, Observation]] = {}
    for item in sorted(observations, key=lambda one: (one.observed_on, one.key)):
        if item.municipality in cities:
            found.setdefault(item.indicator, {})[item.municipality] = item
    return found


def anchors(indicator: Indicator) -> tuple[Decimal, Decimal] | None:
    """The fixed ends of an indicator's scale: its own, else 0 to 100 for per cent and 0 to 1 for yes or no."""
    if indicator.anchor_low is not None and indicator.anchor_high is not None:
        return indicator.anchor_low, indicator.anchor_high
    if indicator.measured_in == PERCENT:
        return Decimal(0), _HUNDRED
    return (Decimal(0), Decimal(1)) if indicator.measured_in in YES_OR_NO else None


def between_anchors(value: Decimal, ends: tuple[Decimal, Decimal], higher_is_better: bool = True) -> Decimal:
    """A value on the scale 0 (worst) to 100 (best) between fixed ends, as DESI does; beyond them it leaves the scale.

    Fixed ends do not move with the group, so that values of two years can be compared.
    """
    low, high = ends
    part = (value - low) / (high - low) * _HUNDRED
    return part if higher_is_better else _HUNDRED - part


def composites(
    scores: Mapping[str, Mapping[str, Decimal]], weights: Mapping[str, Decimal], cities: Iterable[str]
) -> dict[str, RollUp]:
    """The weighted mean of each city's scores (by indicator, then city), with the share of the weight that has one.

    A missing score leaves the mean and lowers the coverage; under 60 % there is no composite.
    """
    found = {}
    for city in cities:
        rolled = roll_up((weights[name], own.get(city)) for name, own in scores.items())
        enough = rolled.coverage >= COVERAGE_NEEDED
        found[city] = rolled if enough else RollUp(None, rolled.coverage)
    return found
