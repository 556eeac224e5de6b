"""How a city stands among others on an indicator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from smartdash.analysis.quantiles import quantile
from smartdash.model.peers import Indicator, Observation
from smartdash.model.shared import Municipality

BAND = (100_000, 300_000)
"""The population band of comparable municipalities that Potsdam asked for."""

_SMALLEST_RANKED = 5
"""Fewer cities with a value give neither rank nor median."""

_SMALLEST_QUARTERED = 10
"""Fewer cities with a value give no quartiles: one city would move them too far."""


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
