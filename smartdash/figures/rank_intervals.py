"""The figure of what a rank is worth: an interval for each city instead of a league table."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median

from smartdash.analysis.rank_robustness import RankRange, RankRobustness
from smartdash.charts.ranks import Interval, rank_intervals
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Option, TableColumn
from smartdash.figures.rank_data import (
    OPTIONS,
    Ranking,
    interval_text,
    method_note,
    neighbours,
    read_ranking,
    why_no_own,
    why_no_ranks,
)
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.shared import Municipality
from smartdash.store import Reader


@figure("peers.rank_intervals", page="peers", needs=("municipality",), options=(*OPTIONS, "shown"))
def intervals(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The rank of each city in most of the runs, with the own city among its neighbours."""
    ranking = read_ranking(reader, say, chosen)
    options: tuple[Option, ...] = ranking.options
    found = ranking.found
    if found is None or not ranking.enough:
        return Draft(why_no_ranks(ranking, say), (), (), options=options, note=method_note(ranking, say))
    near = neighbours(found, ranking.own)
    if len(near) < len(found.ranges):
        words = {"near": say("ranks.shown_near"), "all": say("ranks.shown_all", n=len(found.ranges))}
        options = (*options, choice("shown", say("ranks.shown"), words, chosen))
        near = near if options[-1].chosen == "near" else found.ranges
    rows = [_interval(item, ranking, say) for item in near]
    count, message = len(found.ranges), _message(ranking, found, say)
    return Draft(
        message=message,
        columns=_columns(say),
        rows=tuple(
            (ranking.group.cities[item.city].title, item.median, item.low, item.high, item.base, item.tied, item.score)
            for item in found.ranges
        ),
        unit=say("ranks.intervals_unit", n=count, group=ranking.group.name),
        chart=lambda tokens: rank_intervals(rows, count, tokens),
        alt=say("ranks.intervals_alt", message=message, n=len(rows)),
        note=method_note(ranking, say),
        options=options,
    )


def _columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("city", Municipality.sheet.label(say.lang)),
        TableColumn("median", say("ranks.median"), "whole"),
        TableColumn("low", say("ranks.low"), "whole"),
        TableColumn("high", say("ranks.high"), "whole"),
        TableColumn("base", say("ranks.base"), "whole", help=say("ranks.base_help")),
        TableColumn("tied", say("ranks.tied"), "whole"),
        TableColumn("score", say("ranks.score"), "number", help=say("ranks.score_help")),
    )


def _interval(item: RankRange, ranking: Ranking, say: Words) -> Interval:
    name = ranking.group.cities[item.city].title
    span = interval_text(item.low, item.high, say)
    return Interval(
        label=name,
        value=say("ranks.rank_value", rank=number(item.median, say.lang), span=span),
        low=item.low,
        middle=item.median,
        high=item.high,
        tick=item.base,
        strong=item == ranking.own,
        details={
            Municipality.sheet.label(say.lang): name,
            say("ranks.median"): number(item.median, say.lang),
            say("ranks.span"): span,
            say("ranks.base"): _base_rank(item, say),
            say("ranks.score"): number(item.score, say.lang),
        },
    )


def _base_rank(item: RankRange, say: Words) -> str:
    message = "ranks.shared_rank" if item.tied > 1 else "ranks.rank"
    return say(message, rank=number(item.base, say.lang))


def _message(ranking: Ranking, found: RankRobustness, say: Words) -> str:
    own, lang = ranking.own, say.lang
    kind = say("ranks.is_context") if ranking.context else say("ranks.is_maturity", by=ranking.by)
    if own is None or ranking.group.own is None:
        width = median(item.high - item.low for item in found.ranges)
        typical = say("ranks.intervals_typical", places=number(int(width), lang), count=number(len(found.ranges), lang))
        return f"{why_no_own(ranking, say)} {typical} {kind}"
    stands = say(
        "ranks.intervals_message",
        city=ranking.group.own.title,
        rank=_base_rank(own, say),
        count=number(len(found.ranges), lang),
    )
    if own.low == own.high:
        return f"{stands} {say('ranks.intervals_firm')} {kind}"
    swing = say("ranks.intervals_swing", low=number(own.low, lang), high=number(own.high, lang))
    return f"{stands} {swing} {kind}"
