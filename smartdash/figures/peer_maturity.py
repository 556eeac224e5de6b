"""The figure that sets a city's maturity beside that of its peers, by one method at a time."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from smartdash.analysis.peers import better
from smartdash.analysis.survey_scores import OVERALL
from smartdash.charts.peers import strips
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.peer_data import ChosenGroup, chosen_group
from smartdash.figures.peer_indicators import rank_text, tenths
from smartdash.figures.peer_methods import Levels, MethodLevels, levels_by_method
from smartdash.figures.surveys import dimension_title
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import day_range, number
from smartdash.model.peers import PeerScore
from smartdash.model.surveys import Response
from smartdash.store import Reader


@figure("peers.maturity", page="peers", needs=("peer_score",), options=("peers", "model", "method"))
def maturity(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The own city's levels among those of its peers, dimension by dimension."""
    found = chosen_group(reader, say, chosen)
    data = levels_by_method(reader, found, say, chosen)
    if data is None:
        return Draft(say("peers.maturity.nothing", group=found.name), _columns(found, say), (), options=(found.option,))
    if not data.levels:
        message = say("peers.maturity.none_by_method", group=found.name, method=data.method.label(say.lang))
        return Draft(message, _columns(found, say), (), options=data.options)
    rows = [_strip(item, data, found, say) for item in data.levels]
    dots = [dot for place, item in enumerate(data.levels) for dot in _dots(place, item, data, found, say)]
    tooltips = [("city", say("peers.column_name")), ("value", heading(PeerScore, "level", say))]
    message = _message(data, found, say)
    return Draft(
        message=message,
        columns=_columns(found, say),
        rows=tuple(_row(item, data, say) for item in data.levels),
        unit=say("peers.maturity.unit", lowest=str(data.model.lowest), highest=str(data.model.highest)),
        chart=lambda tokens: strips(rows, dots, tokens, tooltips),
        alt=message,
        note=_note(data, found, say),
        options=data.options,
    )


def _position(level: Decimal | None, data: MethodLevels) -> float | None:
    low, high = data.model.lowest, data.model.highest
    return None if level is None else float((level - low) / (high - low))


def _dots(place: int, item: Levels, data: MethodLevels, found: ChosenGroup, say: Words) -> list[dict[str, object]]:
    own = found.own.key if found.own else None
    return [
        {
            "row": place,
            "x": _position(level, data),
            "city": found.cities[city].title,
            "value": number(level, say.lang, 1),
        }
        for city, level in item.values.items()
        if city != own
    ]


def _strip(item: Levels, data: MethodLevels, found: ChosenGroup, say: Words) -> dict[str, object]:
    own = item.standing
    return {
        "label": dimension_title(item.dimension, data.dimensions, say),
        "details": _details(item, found, say),
        "more": _more(item, say),
        "lower": _position(own.lower_quartile, data),
        "middle": _position(own.middle, data),
        "upper": _position(own.upper_quartile, data),
        "own": _position(own.value, data),
        "target": _position(item.target, data),
        "share": None,
    }


def _details(item: Levels, found: ChosenGroup, say: Words) -> str:
    parts = []
    if found.own:
        parts.append(say("maturity.peers.own", city=found.own.title, value=_own_level(item, say)))
    if item.standing.rank is not None:
        parts.append(rank_text(item.standing, say))
    if item.target is not None:
        parts.append(say("maturity.with_target", target=number(item.target, say.lang, 1)))
    return ", ".join(parts)


def _own_level(item: Levels, say: Words) -> str:
    if item.withheld:
        return say("maturity.withheld")
    if item.standing.value is None:
        return say("maturity.peers.no_value")
    return number(item.standing.value, say.lang, 1)


def _more(item: Levels, say: Words) -> str:
    own, parts = item.standing, []
    if own.middle is not None:
        middle = number(own.middle, say.lang, 1)
        if own.to_middle is None:
            parts.append(say("maturity.peers.median", value=middle))
        else:
            plus = "+" if own.to_middle > 0 else ""
            gap = f"{plus}{number(own.to_middle, say.lang, 1)}"
            parts.append(say("maturity.peers.median_gap", value=middle, gap=gap))
    days = day_range(item.observed_on[0], item.observed_on[-1], say.lang) if item.observed_on else ""
    return ", ".join([*parts, *([say("maturity.peers.stand", days=days)] if days else [])])


def _columns(found: ChosenGroup, say: Words) -> tuple[TableColumn, ...]:
    gaps = ("to_median", "to_best", "to_target")
    numbers = ("lowest", "lower_quartile", "median", "upper_quartile", "highest")
    return (
        column(PeerScore, "dimension", say.lang),
        TableColumn("own", found.own.title if found.own else say("maturity.peers.own_city"), "number"),
        column(Response, "target_level", say.lang, "number"),
        TableColumn("rank", say("maturity.peers.rank_heading")),
        TableColumn("count", say("maturity.peers.count"), "whole"),
        TableColumn("percentile", say("maturity.peers.percentile"), "number", help=say("maturity.peers.percentile_is")),
        *(TableColumn(name, say(f"maturity.peers.{name}"), "number") for name in gaps),
        *(TableColumn(name, say(f"maturity.peers.{name}_heading"), "number") for name in numbers),
        column(PeerScore, "observed_on", say.lang),
    )


def _row(item: Levels, data: MethodLevels, say: Words) -> Row:
    own = item.standing
    return (
        dimension_title(item.dimension, data.dimensions, say),
        tenths(own.value),
        tenths(item.target),
        rank_text(own, say) if own.rank is not None else None,
        own.count,
        tenths(own.percentile),
        own.to_middle,
        own.to_best,
        own.to_target,
        *map(tenths, (own.lowest, own.lower_quartile, own.middle, own.upper_quartile, own.highest)),
        day_range(item.observed_on[0], item.observed_on[-1], say.lang) if item.observed_on else None,
    )


def _message(data: MethodLevels, found: ChosenGroup, say: Words) -> str:
    method = data.method.label(say.lang)
    cities = len({city for item in data.levels for city in item.values} - {found.own.key if found.own else ""})
    if found.own is None:
        return say("peers.maturity.without", n=cities, method=method)
    compared = [item for item in data.levels if item.dimension != OVERALL] or list(data.levels)
    gaps = [better(item.standing.to_middle, True) for item in compared if item.standing.to_middle is not None]
    if not gaps:
        missing = (
            "peers.maturity.no_own" if all(item.standing.value is None for item in compared) else "peers.maturity.few"
        )
        return say(missing, city=found.own.title, n=cities, method=method)
    good = sum(map(bool, gaps))
    return say(
        "peers.maturity.message",
        city=found.own.title,
        better=number(good, say.lang) if good else say("maturity.peers.none_of"),
        total=number(len(gaps), say.lang),
        n=cities,
        method=method,
    )


def _note(data: MethodLevels, found: ChosenGroup, say: Words) -> str:
    sentences = []
    if found.own is None:
        sentences.append(say("maturity.peers.no_municipality"))
    elif data.own_wave:
        sentences.append(say("peers.maturity.own_wave", city=found.own.title, wave=data.own_wave))
    sentences.append(say(f"peers.maturity.method_{data.method.value}"))
    sentences.append(say("maturity.peers.note"))
    return " ".join(sentences)
