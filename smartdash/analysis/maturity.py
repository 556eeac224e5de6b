"""Maturity scores of a survey wave with their coverage, and how a city stands among others on an indicator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from smartdash.analysis.okr import roll_up
from smartdash.analysis.quantiles import quantile
from smartdash.model.maturity import Criterion, Dimension
from smartdash.model.peers import Indicator, Observation
from smartdash.model.shared import Municipality
from smartdash.model.surveys import Response, ResponseState

COVERAGE_NEEDED = Decimal("0.6")
"""A dimension with less answered weight than this shows no level."""

BAND = (100_000, 300_000)
"""The population band of comparable municipalities that Potsdam asked for."""

_SMALLEST_RANKED = 5
"""Fewer cities with a value give neither rank nor median."""

_SMALLEST_QUARTERED = 10
"""Fewer cities with a value give no quartiles: one city would move them too far."""


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
    """A city's value of an indicator among a group: rank with ties (1 = best), median and quartiles of the group.

    `tied` counts the cities of that rank, the own one included; `values` holds every city's value by its key.
    """

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
    values: Mapping[str, Decimal]
    observed_on: tuple[date, ...]

    @property
    def better_than_middle(self) -> bool | None:
        """Whether the own value reads better than the median, None where one of them is missing."""
        if self.value is None or self.middle is None:
            return None
        own, middle = _shown(self.value), _shown(self.middle)
        return own != middle and (own > middle) == self.indicator.higher_is_better


@dataclass(frozen=True, slots=True)
class UnitScore:
    """A unit's level in a dimension (None: too few answers), its target, coverage, and number of raters.

    `applies` is false where every criterion of the dimension is not applicable to the unit.
    """

    unit: str
    dimension: Dimension
    level: Decimal | None
    target: Decimal | None
    coverage: Decimal
    raters: int
    applies: bool


def unit_scores(
    dimensions: Sequence[Dimension], criteria: Sequence[Criterion], responses: Iterable[Response]
) -> list[UnitScore]:
    """The level of each unit that took part in one wave, in each dimension; units by key, then dimensions as given.

    A level of a criterion is the median of the unit's raters, a level of a dimension the weighted mean over the
    criteria that apply. Not applicable leaves the weight, missing and don't know only lower the coverage; under 60 %
    there is no level.
    """
    by_cell: dict[tuple[str, str], list[Response]] = defaultdict(list)
    for response in responses:
        by_cell[response.unit, response.criterion].append(response)
    units = sorted({unit for unit, _ in by_cell})
    return [_unit_score(unit, dimension, criteria, by_cell) for unit in units for dimension in dimensions]


def _unit_score(
    unit: str,
    dimension: Dimension,
    criteria: Sequence[Criterion],
    by_cell: Mapping[tuple[str, str], Sequence[Response]],
) -> UnitScore:
    levels, targets = [], []
    raters: set[str] = set()
    for criterion in criteria:
        answers = by_cell.get((unit, criterion.key), ())
        skipped = bool(answers) and all(answer.state is ResponseState.NOT_APPLICABLE for answer in answers)
        if criterion.dimension != dimension.key or skipped:
            continue
        raters |= {answer.respondent for answer in answers if answer.level is not None}
        levels.append((criterion.weight, _median([answer.level for answer in answers])))
        targets.append((criterion.weight, _median([answer.target_level for answer in answers])))
    rated = roll_up(levels)
    level = rated.value if rated.coverage >= COVERAGE_NEEDED else None
    return UnitScore(unit, dimension, level, roll_up(targets).value, rated.coverage, len(raters), bool(levels))


def _median(levels: Iterable[int | None]) -> Decimal | None:
    known = [Decimal(level) for level in levels if level is not None]
    return median(known) if known else None


def dimension_scores(
    dimensions: Sequence[Dimension], criteria: Sequence[Criterion], responses: Iterable[Response]
) -> list[DimensionScore]:
    """The level of each dimension in one wave: the mean of its units, each of which counts the same.

    The coverage is the mean over the units to which the dimension applies; under 60 % there is no level.
    """
    cells = unit_scores(dimensions, criteria, responses)
    scores = []
    for dimension in dimensions:
        own = [cell for cell in cells if cell.dimension.key == dimension.key and cell.applies]
        levels = [cell.level for cell in own if cell.level is not None]
        targets = [cell.target for cell in own if cell.target is not None]
        coverage = mean([cell.coverage for cell in own]) or Decimal(0)
        level = mean(levels) if coverage >= COVERAGE_NEEDED else None
        scores.append(DimensionScore(dimension, level, mean(targets), coverage, len(levels)))
    return scores


def mean(values: Sequence[Decimal]) -> Decimal | None:
    """The arithmetic mean, or None without values."""
    return sum(values, Decimal(0)) / len(values) if values else None


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
    tie. Only cities with a value count; fewer than five give no rank and no median, fewer than ten no quartiles.
    """
    members = {city.key for city in group}
    newest: dict[tuple[str, str], Observation] = {}
    for observation in sorted(observations, key=lambda item: item.observed_on):
        newest[observation.indicator, observation.municipality] = observation
    standings = []
    for indicator in indicators:
        found = {
            city: observation
            for (name, city), observation in newest.items()
            if name == indicator.key and city in members
        }
        standings.append(_peer_standing(indicator, found, own))
    return standings


def _peer_standing(indicator: Indicator, found: Mapping[str, Observation], own: str | None) -> PeerStanding:
    values = {city: observation.value for city, observation in found.items()}
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
        quantile(ordered, Decimal("0.25")) if len(ordered) >= _SMALLEST_QUARTERED else None,
        quantile(ordered, Decimal("0.5")) if len(ordered) >= _SMALLEST_RANKED else None,
        quantile(ordered, Decimal("0.75")) if len(ordered) >= _SMALLEST_QUARTERED else None,
        ordered[-1] if ordered else None,
        values,
        tuple(sorted({observation.observed_on for observation in found.values()})),
    )


def _shown(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)
