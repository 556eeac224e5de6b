"""The figure that sets a city beside others on published context indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from smartdash.analysis.budget import share
from smartdash.analysis.peers import better
from smartdash.charts.peers import strips
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading, listing
from smartdash.figures.peer_data import ChosenGroup, chosen_group
from smartdash.figures.peer_indicators import (
    Compared,
    compared_indicators,
    indicator_title,
    rank_text,
    signed_gap,
    tenths,
    with_unit,
)
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import day_range, number
from smartdash.model.peers import Indicator, Observation
from smartdash.model.shared import Source
from smartdash.store import Reader


@figure("maturity.peers", page="peers", needs=("indicator", "observation"), options=("peers",))
def peers(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The own city among those of its peer group, indicator by indicator."""
    found = chosen_group(reader, say, chosen)
    shown = compared_indicators(reader, found)
    rows = [_strip(item, found, say) for item in shown]
    dots = [dot for place, item in enumerate(shown) if not item.yes_or_no for dot in _dots(place, item, found, say)]
    tooltips = [
        ("city", say("peers.column_name")),
        ("value", heading(Observation, "value", say)),
    ]
    message = _message(shown, found, say)
    return Draft(
        message=message,
        columns=_columns(found, say),
        rows=tuple(_row(item, found, say) for item in shown),
        unit=say("maturity.peers.unit_own" if found.own else "maturity.peers.unit"),
        chart=(lambda tokens: strips(rows, dots, tokens, tooltips)) if shown else None,
        alt=message,
        note=_note(shown, found, say),
        options=(found.option,),
    )


def _dots(place: int, item: Compared, found: ChosenGroup, say: Words) -> list[dict[str, object]]:
    cities = found.cities
    own = found.own.key if found.own else None
    return [
        {
            "row": place,
            "x": item.position(value),
            "city": cities[city].title,
            "value": with_unit(value, item.indicator, say),
        }
        for city, value in item.values.items()
        if city != own
    ]


def _strip(item: Compared, found: ChosenGroup, say: Words) -> dict[str, object]:
    positions: dict[str, float | None] = dict.fromkeys(("lower", "middle", "upper", "own", "target", "share"))
    own = item.standing
    if item.yes_or_no:
        part = share(Decimal(item.having), Decimal(own.count))
        positions["share"] = None if part is None else float(part)
    else:
        positions |= {
            "lower": item.position(own.lower_quartile),
            "middle": item.position(own.middle),
            "upper": item.position(own.upper_quartile),
            "own": item.position(own.value),
        }
    return {
        "label": indicator_title(item.indicator, say),
        "details": _details(item, found, say),
        "more": _more(item, say),
        **positions,
    }


def _details(item: Compared, found: ChosenGroup, say: Words) -> str:
    """How the own city stands, in a few words."""
    parts = []
    if found.own:
        parts.append(say("maturity.peers.own", city=found.own.title, value=_own_value(item, say)))
    if item.yes_or_no:
        count = number(item.standing.count, say.lang)
        parts.append(say("maturity.peers.have", having=number(item.having, say.lang), count=count))
    elif item.standing.rank is not None:
        parts.append(rank_text(item.standing, say))
    return ", ".join(parts)


def _more(item: Compared, say: Words) -> str:
    """What the group is like, the gap to its median, and how old the values are."""
    own = item.standing
    # First, because a phone cuts off the end of a line.
    parts = [say("maturity.peers.stays_inside")] if item.stays_inside else []
    if own.middle is not None and not item.yes_or_no:
        middle = with_unit(own.middle, item.indicator, say)
        if own.to_middle is None:
            parts.append(say("maturity.peers.median", value=middle))
        else:
            gap = signed_gap(own.to_middle, item.indicator, say)
            parts.append(say("maturity.peers.median_gap", value=middle, gap=gap))
    parts.append(say("maturity.peers.stand", days=day_range(item.observed_on[0], item.observed_on[-1], say.lang)))
    return ", ".join(parts)


def _own_value(item: Compared, say: Words) -> str:
    value = item.standing.value
    if value is None:
        return say("maturity.peers.no_value")
    if item.yes_or_no:
        return say("common.yes" if value == 1 else "common.no")
    return with_unit(value, item.indicator, say)


def _columns(found: ChosenGroup, say: Words) -> tuple[TableColumn, ...]:
    numbers = ("lowest", "lower_quartile", "median", "upper_quartile", "highest")
    gaps = ("to_median", "to_best", "robust_z")
    return (
        TableColumn("indicator", Indicator.sheet.label(say.lang)),
        column(Indicator, "measured_in", say.lang, name="unit"),
        column(Observation, "observed_on", say.lang),
        TableColumn("own", found.own.title if found.own else say("maturity.peers.own_city"), "number"),
        TableColumn("rank", say("maturity.peers.rank_heading")),
        TableColumn("count", say("maturity.peers.count"), "whole"),
        TableColumn("percentile", say("maturity.peers.percentile"), "number", help=say("maturity.peers.percentile_is")),
        *(TableColumn(name, say(f"maturity.peers.{name}"), "number", help=_help(name, say)) for name in gaps),
        TableColumn("having", say("maturity.peers.share"), "percent"),
        *(TableColumn(name, say(f"maturity.peers.{name}_heading"), "number") for name in numbers),
        TableColumn("source", Source.sheet.label(say.lang)),
        column(Source, "licence", say.lang),
        column(Source, "redistributable", say.lang, "flag"),
    )


def _help(name: str, say: Words) -> str:
    return say("maturity.peers.robust_z_is") if name == "robust_z" else ""


def _row(item: Compared, found: ChosenGroup, say: Words) -> Row:
    own = item.standing
    days = day_range(item.observed_on[0], item.observed_on[-1], say.lang)
    head = (indicator_title(item.indicator, say), item.indicator.measured_in, days, tenths(own.value))
    tail = (
        "; ".join(source.title for source in item.sources) or None,
        "; ".join(dict.fromkeys(source.licence for source in item.sources if source.licence)) or None,
        not item.stays_inside,
    )
    if item.yes_or_no:
        having = share(Decimal(item.having), Decimal(own.count))
        return (*head, None, own.count, *([None] * 4), having, *([None] * 5), *tail)
    rank = rank_text(own, say) if own.rank is not None else None
    percentile, robust_z = tenths(own.percentile), tenths(own.robust_z)
    quartiles = map(tenths, (own.lowest, own.lower_quartile, own.middle, own.upper_quartile, own.highest))
    return (*head, rank, own.count, percentile, own.to_middle, own.to_best, robust_z, None, *quartiles, *tail)


def _message(shown: Sequence[Compared], found: ChosenGroup, say: Words) -> str:
    if not shown:
        return say("maturity.peers.nothing", group=found.name)
    years = listing(sorted({str(one.year) for item in shown for one in item.observed_on}), say)
    count = number(found.others, say.lang)
    if found.own is None:
        return say("maturity.peers.without", count=count, group=found.name, years=years)
    gaps = [
        better(item.standing.to_middle, item.indicator.higher_is_better)
        for item in shown
        if not item.yes_or_no and item.standing.to_middle is not None
    ]
    if not gaps and all(item.standing.value is None for item in shown):
        return say("maturity.peers.not_compared", city=found.own.title, years=years)
    if not gaps:
        return say("maturity.peers.few", city=found.own.title, group=found.name, years=years)
    good = sum(map(bool, gaps))
    return say(
        "maturity.peers.message",
        city=found.own.title,
        better=number(good, say.lang) if good else say("maturity.peers.none_of"),
        total=number(len(gaps), say.lang),
        n=found.others,
        years=years,
    )


def _note(shown: Sequence[Compared], found: ChosenGroup, say: Words) -> str:
    sentences = [] if found.own else [say("maturity.peers.no_municipality")]
    licensed = [
        say("maturity.peers.quoted", title=indicator_title(item.indicator, say)) for item in shown if item.stays_inside
    ]
    if licensed:
        sentences.append(say("maturity.peers.licensed", titles=listing(licensed, say)))
    sentences.append(say("maturity.peers.note"))
    return " ".join(sentences)
