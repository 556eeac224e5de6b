"""Maturity scores of a survey wave with their coverage, and how a city stands among others on an indicator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from smartdash.analysis.okr import RollUp, roll_up
from smartdash.model.maturity import Criterion, Dimension, Indicator, Observation, Response, ResponseState
from smartdash.model.shared import Municipality

COVERAGE_NEEDED = Decimal("0.6")
"""A dimension with less answered weight than this shows no level."""

BAND = (100_000, 300_000)
"""The population band of comparable municipalities that Potsdam asked for."""

_SMALLEST_RANKED = 5


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """The level of a dimension (None: too few answers), the target, and the coverage over all units."""

    dimension: Dimension
    level: Decimal | None
    target: Decimal | None
    coverage: Decimal
    units: int


@dataclass(frozen=True, slots=True)
class PeerStanding:
    """A city's value of an indicator among a group: rank with ties (1 = best), median and quartiles of the group."""

    indicator: Indicator
    value: Decimal | None
    rank: int | None
    tied: int
    count: int
    lowest: Decimal | None
    lower_quartile: Decimal | None
    middle: Decimal | None
    upper_quartile: Decimal | None
    highest: Decimal | None


def dimension_scores(
    dimensions: Sequence[Dimension], criteria: Sequence[Criterion], responses: Iterable[Response]
) -> list[DimensionScore]:
    """The level of each dimension in one wave.

    A unit's level of a criterion is the median of its raters; its level of a dimension the weighted mean over the
    criteria that apply. The city's level is the mean of its units. Not applicable leaves the weight, missing and
    don't know only lower the coverage; under 60 % a unit's dimension has no level.
    """
    by_cell: dict[tuple[str, str], list[Response]] = defaultdict(list)
    for response in responses:
        by_cell[response.unit, response.criterion].append(response)
    units = sorted({unit for unit, _ in by_cell})
    scores = []
    for dimension in dimensions:
        own = [criterion for criterion in criteria if criterion.dimension == dimension.key]
        rated = [_unit_level(own, by_cell, unit, "level") for unit in units]
        wanted = [_unit_level(own, by_cell, unit, "target_level") for unit in units]
        levels = [unit.value for unit in rated if unit.value is not None and unit.coverage >= COVERAGE_NEEDED]
        targets = [unit.value for unit in wanted if unit.value is not None]
        coverage = sum((unit.coverage for unit in rated), Decimal(0)) / len(rated) if rated else Decimal(0)
        scores.append(DimensionScore(dimension, mean(levels), mean(targets), coverage, len(levels)))
    return scores


def _unit_level(
    criteria: Sequence[Criterion], by_cell: dict[tuple[str, str], list[Response]], unit: str, field: str
) -> RollUp:
    members = []
    for criterion in criteria:
        answers = by_cell.get((unit, criterion.key), [])
        if answers and all(answer.state is ResponseState.NOT_APPLICABLE for answer in answers):
            continue
        levels = [Decimal(level) for answer in answers if (level := getattr(answer, field)) is not None]
        members.append((criterion.weight, median(levels) if levels else None))
    return roll_up(members)


def mean(values: Sequence[Decimal]) -> Decimal | None:
    """The arithmetic mean, or None without values."""
    return sum(values, Decimal(0)) / len(values) if values else None


def quantile(values: Sequence[Decimal], part: Decimal) -> Decimal | None:
    """The quantile of sorted values by linear interpolation (type 7 of Hyndman and Fan 1996), None without values."""
    if not values:
        return None
    position = part * (len(values) - 1)
    below = int(position)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (position - below)


def peer_group(municipalities: Sequence[Municipality], own: str | None) -> list[Municipality]:
    """The municipalities of 100,000 to 300,000 inhabitants, and the own city where it lies outside."""
    low, high = BAND
    return [
        city
        for city in municipalities
        if city.key == own or (city.population is not None and low <= city.population <= high)
    ]


def peer_standings(
    indicators: Sequence[Indicator], observations: Iterable[Observation], group: Sequence[Municipality], own: str | None
) -> list[PeerStanding]:
    """How the own city stands on each indicator among a group.

    Competition rank 1 + number of better values, compared after rounding to one decimal so that equal-looking values
    tie. Only cities with a value count; fewer than five give no rank.
    """
    members = {city.key for city in group}
    newest: dict[tuple[str, str], Observation] = {}
    for observation in sorted(observations, key=lambda item: item.observed_on):
        newest[observation.indicator, observation.municipality] = observation
    standings = []
    for indicator in indicators:
        values = {
            city: observation.value
            for (name, city), observation in newest.items()
            if name == indicator.key and city in members
        }
        standings.append(_peer_standing(indicator, values, own))
    return standings


def _peer_standing(indicator: Indicator, values: dict[str, Decimal], own: str | None) -> PeerStanding:
    ordered = sorted(values.values())
    value = values.get(own) if own else None
    rank, tied = None, 0
    if value is not None and len(ordered) >= _SMALLEST_RANKED:
        shown = [_shown(other) for other in ordered]
        mine = _shown(value)
        better = [other for other in shown if (other > mine) == indicator.higher_is_better and other != mine]
        rank, tied = 1 + len(better), shown.count(mine)
    return PeerStanding(
        indicator,
        value,
        rank,
        tied,
        len(ordered),
        ordered[0] if ordered else None,
        quantile(ordered, Decimal("0.25")),
        quantile(ordered, Decimal("0.5")),
        quantile(ordered, Decimal("0.75")),
        ordered[-1] if ordered else None,
    )


def _shown(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)
