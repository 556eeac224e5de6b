"""Published indicators of the cities of a group, as figures about peers read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartdash.analysis.okr import clamp
from smartdash.analysis.peers import (
    PERCENT,
    SHOWN,
    YES_OR_NO,
    Standing,
    anchors,
    between_anchors,
    newest_observations,
    shown,
    standing,
)
from smartdash.figures.peer_data import ChosenGroup
from smartdash.locale import Words
from smartdash.locale.numbers import number, with_plus
from smartdash.model.peers import Indicator, Observation
from smartdash.model.shared import Source
from smartdash.store import Reader


@dataclass(frozen=True, slots=True)
class Compared:
    """An indicator with the values of a group's cities, how the own city stands, and where the values come from."""

    indicator: Indicator
    values: Mapping[str, Decimal]
    standing: Standing
    observed_on: tuple[date, ...]
    sources: tuple[Source, ...]

    @property
    def yes_or_no(self) -> bool:
        """Whether it is a feature that a city has or has not."""
        return self.indicator.measured_in in YES_OR_NO

    @property
    def having(self) -> int:
        """How many cities have the feature."""
        return sum(value == 1 for value in self.values.values())

    @property
    def stays_inside(self) -> bool:
        """Whether a source forbids to pass its values on."""
        return not all(source.redistributable for source in self.sources)

    def position(self, value: Decimal | None) -> float | None:
        """Where a value stands from 0 to 1: between fixed anchors where there are some, else within the group.

        Beyond an anchor it stands at the end.
        """
        low, high = self.standing.lowest, self.standing.highest
        if value is None or low is None or high is None:
            return None
        ends = anchors(self.indicator) or (low, high)
        return float(clamp(between_anchors(value, ends) / 100)) if ends[0] < ends[1] else 0.5


def compared_indicators(reader: Reader, found: ChosenGroup) -> list[Compared]:
    """The indicators that at least one city of the group has a value of; the newest value of each city counts."""
    newest = newest_observations(reader.all(Observation), found.cities.keys())
    sources = {source.key: source for source in reader.all(Source)}
    own = found.own.key if found.own else None
    return [
        _compared(indicator, newest[indicator.key], sources, own)
        for indicator in reader.all(Indicator)
        if indicator.key in newest
    ]


def _compared(
    indicator: Indicator, observations: Mapping[str, Observation], sources: Mapping[str, Source], own: str | None
) -> Compared:
    values = {city: item.value for city, item in observations.items()}
    used = {item.source for item in observations.values()}
    return Compared(
        indicator,
        values,
        standing(values, own, higher_is_better=indicator.higher_is_better),
        tuple(sorted({item.observed_on for item in observations.values()})),
        tuple(source for key, source in sorted(sources.items()) if key in used),
    )


def indicator_title(indicator: Indicator, say: Words) -> str:
    """The title in the reader's language."""
    return indicator.title_de if say.lang == "de" else indicator.title_en


def with_unit(value: Decimal | None, indicator: Indicator, say: Words) -> str:
    """A value as it is shown, with its unit."""
    text = number(value, say.lang, SHOWN)
    if value is None:
        return text
    unit = indicator.measured_in
    return f"{text}%" if (unit, say.lang) == (PERCENT, "en") else f"{text}\u00a0{unit}"


def signed_gap(gap: Decimal, indicator: Indicator, say: Words) -> str:
    """A difference of two values with its sign; of percentages in percentage points."""
    if indicator.measured_in == PERCENT:
        return with_plus(say("peers.percentage_points", gap=number(gap, say.lang, SHOWN)), gap)
    return with_plus(with_unit(gap, indicator, say), gap)


def tenths(value: Decimal | None) -> Decimal | None:
    """A computed value as a table shows it, rounded half up to one decimal."""
    return None if value is None else shown(value)


def rank_text(item: Standing, say: Words) -> str:
    """A rank in words, and whether it is shared: "geteilter Rang 12 von 56"."""
    message = "maturity.peers.shared_rank" if item.tied > 1 else "maturity.peers.rank"
    return say(message, rank=number(item.rank, say.lang), count=number(item.count, say.lang))
