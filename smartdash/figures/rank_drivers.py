"""The figure of which choice drives a rank: weights, normalisation and aggregation, each varied alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from smartdash.analysis.rank_robustness import Driver, RankRange, RankRobustness
from smartdash.charts.ranks import Interval, rank_intervals
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.rank_data import (
    OPTIONS,
    interval_text,
    read_ranking,
    short_note,
    why_no_own,
    why_no_ranks,
)
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.store import Reader


@dataclass(frozen=True, slots=True)
class _Choice:
    """A choice in words, the lowest and the highest own rank it leads to, and the typical spread of all cities."""

    name: str
    depends_on: str
    low: int
    high: int
    typical: int
    variants: int | None

    @property
    def spread(self) -> int:
        return self.high - self.low


@figure("peers.rank_drivers", page="peers", needs=("municipality",), options=OPTIONS)
def drivers(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """By how many places the own rank moves if one choice is varied and the others stay."""
    ranking = read_ranking(reader, say, chosen)
    found, own, city = ranking.found, ranking.own, ranking.group.own
    if found is None or not ranking.enough:
        return Draft(why_no_ranks(ranking, say), (), (), options=ranking.options)
    if own is None or city is None:
        return Draft(why_no_own(ranking, say), (), (), options=ranking.options)
    choices = _choices(found, own, say)
    message = _message(choices[:-1], city.title, say)
    count = len(found.ranges)
    rows = [_interval(item, own, say) for item in choices]
    return Draft(
        message=message,
        columns=(
            TableColumn("choice", say("ranks.choice")),
            TableColumn("low", say("ranks.from_rank"), "whole"),
            TableColumn("high", say("ranks.to_rank"), "whole"),
            TableColumn("spread", say("ranks.spread"), "whole"),
            TableColumn("typical", say("ranks.typical"), "whole", help=say("ranks.typical_help")),
            TableColumn("variants", say("ranks.tried"), "whole"),
        ),
        rows=tuple((item.name, item.low, item.high, item.spread, item.typical, item.variants) for item in choices),
        unit=say("ranks.drivers_unit", city=city.title, n=count),
        chart=lambda tokens: rank_intervals(rows, count, tokens),
        alt=message,
        note=f"{say('ranks.drivers_note')} {short_note(ranking, say)}",
        options=ranking.options,
    )


def _choices(found: RankRobustness, own: RankRange, say: Words) -> list[_Choice]:
    """The three choices, the one that moves the rank most first, and at the end all of them together."""
    alone: list[tuple[str, str, Driver]] = [
        (say("ranks.choice_weights"), say("ranks.on_weights"), found.weights),
        (say("ranks.choice_normalisation"), say("ranks.on_normalisation"), found.normalisation),
        (say("ranks.choice_aggregation"), say("ranks.on_aggregation"), found.aggregation),
    ]
    single = [
        _Choice(name, on, *driver.spans[own.city], _typical(list(driver.spans.values())), driver.variants)
        for name, on, driver in alone
    ]
    typical = _typical([(item.low, item.high) for item in found.ranges])
    together = _Choice(say("ranks.choice_all"), "", own.low, own.high, typical, found.weights.variants)
    return [*sorted(single, key=lambda item: -item.spread), together]


def _typical(spans: list[tuple[int, int]]) -> int:
    return int(median(high - low for low, high in spans))


def _message(choices: list[_Choice], city: str, say: Words) -> str:
    first, *others = choices
    if not first.spread:
        return say("ranks.drivers_none", city=city)
    span = interval_text(first.low, first.high, say)
    most = say("ranks.drivers_message", city=city, on=first.depends_on, places=_places(first.spread, say), span=span)
    rest = [say("ranks.driver_part", choice=item.name, places=_places(item.spread, say)) for item in others]
    return f"{most} {' '.join(rest)}"


def _places(count: int, say: Words) -> str:
    return say("ranks.places", n=count)


def _interval(item: _Choice, own: RankRange, say: Words) -> Interval:
    span = interval_text(item.low, item.high, say)
    return Interval(
        label=item.name,
        value=say("ranks.driver_value", span=span, places=_places(item.spread, say)),
        low=item.low,
        middle=own.base,
        high=item.high,
        details={
            say("ranks.choice"): item.name,
            say("ranks.span"): span,
            say("ranks.spread"): number(item.spread, say.lang),
            say("ranks.typical"): number(item.typical, say.lang),
        },
        strong=item.variants is None,
    )
