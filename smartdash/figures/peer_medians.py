"""The figure about how much a single city moves the median of a peer group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.peers import better, gap, medians_without
from smartdash.charts.peers import shifts
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.peer_data import ChosenGroup, chosen_group
from smartdash.figures.peer_indicators import (
    Compared,
    compared_indicators,
    indicator_title,
    signed_gap,
    tenths,
    with_unit,
)
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.peers import Indicator
from smartdash.store import Reader


@dataclass(frozen=True, slots=True)
class _Moved:
    """An indicator's median, and the lowest and highest it gets without one city, with that city."""

    item: Compared
    middle: Decimal
    low: tuple[str, Decimal]
    high: tuple[str, Decimal]

    @property
    def most(self) -> Decimal:
        """The largest shift, as shown."""
        return max(abs(gap(value, self.middle) or Decimal(0)) for _, value in (self.low, self.high))

    def position(self, value: Decimal | None) -> float | None:
        """Where a value stands from 0 to 1 in the middle half of the cities, or in a small group among all; else None.

        On the whole scale a shift of the median would be too small to see.
        """
        own = self.item.standing
        low, high = own.lower_quartile, own.upper_quartile
        if low is None or high is None:
            low, high = own.lowest, own.highest
        if value is None or low is None or high is None or not low <= value <= high:
            return None
        return float((value - low) / (high - low)) if low < high else 0.5

    @property
    def turns(self) -> bool:
        """Whether without one city the own value would lie on the other side of the median."""
        own, higher = self.item.standing.value, self.item.indicator.higher_is_better
        sides = {better(gap(own, middle), higher) for middle in (self.middle, self.low[1], self.high[1])}
        return own is not None and len(sides) > 1


@figure("peers.medians", page="peers", needs=("indicator", "observation"), options=("peers",))
def medians(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The median of each indicator, and between what it lies when one city of the group is left out."""
    found = chosen_group(reader, say, chosen)
    moved = [one for item in compared_indicators(reader, found) if (one := _moved(item, found))]
    rows = [_bar(one, found, say) for one in moved]
    tooltips = [("low_city", say("peers.medians.low")), ("high_city", say("peers.medians.high"))]
    message = _message(moved, found, say)
    return Draft(
        message=message,
        columns=_columns(say),
        rows=tuple(_row(one, found, say) for one in moved),
        unit=say("peers.medians.unit_own" if found.own else "peers.medians.unit"),
        chart=(lambda tokens: shifts(rows, tokens, tooltips)) if rows else None,
        alt=message,
        note=say("peers.medians.note"),
        options=(found.option,),
    )


def _moved(item: Compared, found: ChosenGroup) -> _Moved | None:
    """How the other cities move the median; None where there is no median, or only yes and no."""
    own = found.own.key if found.own else None
    without = {city: middle for city, middle in medians_without(item.values).items() if city != own}
    middle = item.standing.middle
    if item.yes_or_no or middle is None or not without:
        return None
    low = min(without.items(), key=lambda pair: (pair[1], pair[0]))
    high = max(without.items(), key=lambda pair: (pair[1], pair[0]))
    return _Moved(item, middle, low, high)


def _bar(one: _Moved, found: ChosenGroup, say: Words) -> dict[str, object]:
    return {
        "label": indicator_title(one.item.indicator, say),
        "details": _details(one, say),
        "low": one.position(one.low[1]),
        "high": one.position(one.high[1]),
        "middle": one.position(one.middle),
        "own": one.position(one.item.standing.value),
        "low_city": _without(one.low, one, found, say),
        "high_city": _without(one.high, one, found, say),
    }


def _details(one: _Moved, say: Words) -> str:
    low, high, middle = (with_unit(value, one.item.indicator, say) for value in (one.low[1], one.high[1], one.middle))
    text = say("peers.medians.details", middle=middle, low=low, high=high)
    return f"{say('maturity.peers.stays_inside')}, {text}" if one.item.stays_inside else text


def _without(pair: tuple[str, Decimal], one: _Moved, found: ChosenGroup, say: Words) -> str:
    return say(
        "peers.medians.without", city=found.cities[pair[0]].title, value=with_unit(pair[1], one.item.indicator, say)
    )


def _columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("indicator", Indicator.sheet.label(say.lang)),
        column(Indicator, "measured_in", say.lang, name="unit"),
        TableColumn("median", say("maturity.peers.median_heading"), "number"),
        TableColumn("low", say("peers.medians.low"), "number"),
        TableColumn("low_city", say("peers.medians.low_city")),
        TableColumn("high", say("peers.medians.high"), "number"),
        TableColumn("high_city", say("peers.medians.high_city")),
        TableColumn("most", say("peers.medians.most"), "number"),
        TableColumn("turns", say("peers.medians.turns"), "flag"),
    )


def _row(one: _Moved, found: ChosenGroup, say: Words) -> Row:
    cities = found.cities
    return (
        indicator_title(one.item.indicator, say),
        one.item.indicator.measured_in,
        tenths(one.middle),
        tenths(one.low[1]),
        cities[one.low[0]].title,
        tenths(one.high[1]),
        cities[one.high[0]].title,
        one.most,
        one.turns if one.item.standing.value is not None else None,
    )


def _message(moved: Sequence[_Moved], found: ChosenGroup, say: Words) -> str:
    if not moved:
        return say("peers.medians.nothing", group=found.name)
    widest = max(moved, key=_relative)
    turning = sum(one.turns for one in moved)
    indicator = widest.item.indicator
    most = signed_gap(widest.most, indicator, say).removeprefix("+")
    message = say("peers.medians.message", indicator=indicator_title(indicator, say), most=most)
    if found.own is None:
        return message
    if not turning:
        return f"{message} {say('peers.medians.stays', city=found.own.title)}"
    return (
        f"{message} {say('peers.medians.turning', n=turning, city=found.own.title, total=number(len(moved), say.lang))}"
    )


def _relative(one: _Moved) -> Decimal:
    """The largest shift by the span of the values: indicators have units of their own."""
    values = one.item.values.values()
    span = max(values) - min(values)
    return one.most / span if span else Decimal(0)
