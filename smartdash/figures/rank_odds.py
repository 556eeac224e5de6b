"""The figure of how sure an order is: in what part of the runs the own city is better than another or the median."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from smartdash.analysis.rank_robustness import Odds, RankRobustness
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.tokens import Tokens
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.rank_data import (
    OPTIONS,
    neighbours,
    read_ranking,
    short_note,
    why_no_own,
    why_no_ranks,
)
from smartdash.locale import Words
from smartdash.locale.numbers import number, percent
from smartdash.store import Reader

_MEDIAN = "median"
_SURE = Decimal("0.95")
_LEAST, _MOST = Decimal("0.005"), Decimal("0.995")
"""Between these a chance is a whole percentage; beyond them 0 % and 100 % would claim too much."""


@figure("peers.rank_odds", page="peers", needs=("municipality",), options=(*OPTIONS, "against"))
def odds(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """In what part of the runs the own city is better than the median, a chosen city, and its neighbours."""
    ranking = read_ranking(reader, say, chosen)
    found, own, city = ranking.found, ranking.own, ranking.group.own
    if found is None or not ranking.enough:
        return Draft(why_no_ranks(ranking, say), (), (), options=ranking.options)
    if own is None or city is None or found.odds_against_median is None:
        return Draft(why_no_own(ranking, say), (), (), options=ranking.options)
    names = {key: ranking.group.cities[key].title for key in found.odds}
    by_title = dict(sorted(names.items(), key=lambda item: item[1]))
    against = choice("against", say("ranks.against"), {_MEDIAN: say("ranks.median_of_group"), **by_title}, chosen)
    met = {_MEDIAN: found.odds_against_median, **found.odds}
    ordered = [_MEDIAN, *(item.city for item in found.ranges if item.city in found.odds)]
    near = {item.city for item in neighbours(found, own)} | {_MEDIAN, against.chosen}
    drawn = [key for key in ordered if key in near]
    other = say("ranks.the_median") if against.chosen == _MEDIAN else names[against.chosen]
    message = _message(met[against.chosen], other, city.title, found, say)
    return Draft(
        message=message,
        columns=(
            TableColumn("against", say("ranks.against")),
            TableColumn("better", say("ranks.better", city=city.title), "percent"),
            TableColumn("equal", say("ranks.equal"), "percent"),
            TableColumn("worse", say("ranks.worse", city=city.title), "percent"),
            TableColumn("sure", say("ranks.sure"), "flag"),
        ),
        rows=tuple((against.values[key], met[key].chance, *_others(met[key]), _sure(met[key])) for key in ordered),
        unit=say("ranks.odds_unit", city=city.title),
        chart=lambda tokens: bar_chart(
            [_bar(against.values[key], met[key], key == against.chosen, city.title, tokens, say) for key in drawn],
            tokens,
            _legend(city.title, tokens, say),
        ),
        alt=message,
        note=f"{say('ranks.odds_note')} {short_note(ranking, say)}",
        options=(*ranking.options, against),
    )


def _others(item: Odds) -> tuple[Decimal, Decimal]:
    """The parts of the runs in which it is equal and worse."""
    runs = item.better + item.equal + item.worse
    return Decimal(item.equal) / runs, Decimal(item.worse) / runs


def _sure(item: Odds) -> bool:
    """Whether the order is the same in 95 % of the runs."""
    return max(item.chance, _others(item)[1]) >= _SURE


def _bar(name: str, item: Odds, strong: bool, city: str, tokens: Tokens, say: Words) -> Bar:
    equal, worse = _others(item)
    fills = _legend(city, tokens, say).values()
    return Bar(
        label=name,
        parts=tuple(Part(float(size), fill) for size, fill in zip((item.chance, equal, worse), fills, strict=True)),
        value=say("ranks.odds_value", share=_share(item.chance, say)),
        details={
            say("ranks.against"): name,
            say("ranks.better", city=city): _share(item.chance, say),
            say("ranks.equal"): _share(equal, say),
            say("ranks.worse", city=city): _share(worse, say),
        },
        strong=strong,
    )


def _legend(city: str, tokens: Tokens, say: Words) -> dict[str, str]:
    return {
        say("ranks.better", city=city): tokens.actual_fill,
        say("ranks.equal"): tokens.axis,
        say("ranks.worse", city=city): tokens.forecast_fill,
    }


def _share(part: Decimal, say: Words) -> str:
    if 0 < part < _LEAST:
        return say("ranks.hardly_any")
    return say("ranks.nearly_all") if _MOST <= part < 1 else percent(part, say.lang, 0)


def _message(item: Odds, other: str, city: str, found: RankRobustness, say: Words) -> str:
    unsure = sum(not _sure(one) for one in found.odds.values())
    parts = [
        say("ranks.odds_message", city=city, other=other, share=_share(item.chance, say)),
        say("ranks.odds_unsure", n=unsure, count=number(len(found.odds), say.lang))
        if unsure
        else say("ranks.odds_all_sure", n=len(found.odds)),
    ]
    return " ".join(parts)
