"""The figure that sets a city beside others of its size on published context indicators."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from smartdash.analysis.budget import share
from smartdash.analysis.maturity import BAND, PeerStanding, peer_group, peer_standings
from smartdash.charts.maturity import strips
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading, listing
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.peers import Indicator, Observation
from smartdash.model.shared import Municipality
from smartdash.store import Reader

_YES_OR_NO = ("ja/nein", "yes/no")
_PERCENT = "%"


@figure("maturity.peers", page="maturity", needs=("indicator", "observation"))
def peers(reader: Reader, say: Words) -> Draft:
    """The own city among those of comparable size, indicator by indicator."""
    cities = reader.all(Municipality)
    key = reader.programme.municipality if reader.programme else None
    own = next((city for city in cities if city.key == key), None)
    group = peer_group(cities, own.key if own else None)
    standings = peer_standings(reader.all(Indicator), reader.all(Observation), group, own.key if own else None)
    standings = [item for item in standings if item.count]
    names = {city.key: city.title for city in group}
    shown = [_strip(item, own, say) for item in standings]
    dots = [
        dot
        for place, item in enumerate(standings)
        if not _yes_or_no(item)
        for dot in _dots(place, item, own, names, say)
    ]
    tooltips = [
        ("city", Municipality.sheet.label(say.lang)),
        ("value", heading(Observation, "value", say)),
    ]
    message = _message(standings, group, own, say)
    return Draft(
        message=message,
        columns=_columns(own, say),
        rows=tuple(_row(item, own, say) for item in standings),
        unit=say("maturity.peers.unit_own" if own else "maturity.peers.unit", **_band(say)),
        chart=(lambda tokens: strips(shown, dots, tokens, tooltips)) if standings else None,
        alt=message,
        note=_note(own, say),
    )


def _band(say: Words) -> dict[str, Any]:
    low, high = BAND
    return {"lowest": number(low, say.lang), "highest": number(high, say.lang)}


def _yes_or_no(item: PeerStanding) -> bool:
    return item.indicator.measured_in in _YES_OR_NO


def _title(item: PeerStanding, say: Words) -> str:
    return item.indicator.title_de if say.lang == "de" else item.indicator.title_en


def _with_unit(value: Decimal | None, item: PeerStanding, say: Words) -> str:
    unit = item.indicator.measured_in
    text = number(value, say.lang, 1)
    return text if value is None else f"{text}%" if (unit, say.lang) == (_PERCENT, "en") else f"{text}\u00a0{unit}"


def _position(value: Decimal | None, item: PeerStanding) -> float | None:
    """Where a value stands on its strip: percentages from 0 to 100, others between the lowest and the highest."""
    if value is None or item.lowest is None or item.highest is None:
        return None
    if item.indicator.measured_in == _PERCENT:
        return float(value / 100)
    span = item.highest - item.lowest
    return float((value - item.lowest) / span) if span else 0.5


def _dots(
    place: int, item: PeerStanding, own: Municipality | None, names: dict[str, str], say: Words
) -> list[dict[str, object]]:
    return [
        {"row": place, "x": _position(value, item), "city": names[city], "value": _with_unit(value, item, say)}
        for city, value in item.values.items()
        if own is None or city != own.key
    ]


def _having(item: PeerStanding) -> int:
    return sum(value == 1 for value in item.values.values())


def _strip(item: PeerStanding, own: Municipality | None, say: Words) -> dict[str, object]:
    positions: dict[str, float | None] = dict.fromkeys(("lower", "middle", "upper", "own", "share"))
    if _yes_or_no(item):
        part = share(Decimal(_having(item)), Decimal(item.count))
        positions["share"] = None if part is None else float(part)
    else:
        positions |= {
            "lower": _position(item.lower_quartile, item),
            "middle": _position(item.middle, item),
            "upper": _position(item.upper_quartile, item),
            "own": _position(item.value, item),
        }
    return {"label": _title(item, say), "details": _details(item, own, say), **positions}


def _details(item: PeerStanding, own: Municipality | None, say: Words) -> str:
    parts = []
    if own:
        parts.append(say("maturity.peers.own", city=own.title, value=_own_value(item, say)))
    if _yes_or_no(item):
        parts.append(
            say("maturity.peers.have", having=number(_having(item), say.lang), count=number(item.count, say.lang))
        )
        return ", ".join(parts)
    if item.rank is not None:
        parts.append(_rank(item, say))
    parts.append(say("maturity.peers.median", value=_with_unit(item.middle, item, say)))
    return ", ".join(parts)


def _own_value(item: PeerStanding, say: Words) -> str:
    if item.value is None:
        return say("maturity.peers.no_value")
    if _yes_or_no(item):
        return say("common.yes" if item.value == 1 else "common.no")
    return _with_unit(item.value, item, say)


def _rank(item: PeerStanding, say: Words) -> str:
    message = "maturity.peers.shared_rank" if item.tied > 1 else "maturity.peers.rank"
    return say(message, rank=number(item.rank, say.lang), count=number(item.count, say.lang))


def _columns(own: Municipality | None, say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("indicator", Indicator.sheet.label(say.lang)),
        TableColumn("unit", heading(Indicator, "measured_in", say)),
        TableColumn("observed_on", heading(Observation, "observed_on", say), "day"),
        TableColumn("own", own.title if own else say("maturity.peers.own_city"), "number"),
        TableColumn("rank", say("maturity.peers.rank_heading")),
        TableColumn("count", say("maturity.peers.count"), "whole"),
        TableColumn("having", say("maturity.peers.share"), "percent"),
        TableColumn("lowest", say("maturity.peers.lowest"), "number"),
        TableColumn("lower_quartile", say("maturity.peers.lower_quartile"), "number"),
        TableColumn("median", say("maturity.peers.median_heading"), "number"),
        TableColumn("upper_quartile", say("maturity.peers.upper_quartile"), "number"),
        TableColumn("highest", say("maturity.peers.highest"), "number"),
    )


def _row(item: PeerStanding, own: Municipality | None, say: Words) -> Row:
    head = (_title(item, say), item.indicator.measured_in, item.observed_on[-1])
    if _yes_or_no(item):
        having = share(Decimal(_having(item)), Decimal(item.count))
        return (*head, item.value, None, item.count, having, None, None, None, None, None)
    rank = _rank(item, say) if own and item.rank is not None else None
    quartiles = (item.lower_quartile, item.middle, item.upper_quartile)
    return (*head, item.value, rank, item.count, None, item.lowest, *quartiles, item.highest)


def _message(
    standings: Sequence[PeerStanding], group: Sequence[Municipality], own: Municipality | None, say: Words
) -> str:
    years = listing(sorted({str(day.year) for item in standings for day in item.observed_on}), say)
    count = number(len(group) - (1 if own else 0), say.lang)
    if own is None:
        return say("maturity.peers.without", count=count, years=years, **_band(say))
    compared = [item for item in standings if not _yes_or_no(item) and item.better_than_middle is not None]
    if not compared:
        return say("maturity.peers.not_compared", city=own.title, years=years)
    better = sum(bool(item.better_than_middle) for item in compared)
    return say(
        "maturity.peers.message",
        city=own.title,
        better=number(better, say.lang) if better else say("maturity.peers.none_of"),
        total=number(len(compared), say.lang),
        count=count,
        years=years,
    )


def _note(own: Municipality | None, say: Words) -> str:
    note = say("maturity.peers.note")
    if own is None:
        return f"{say('maturity.peers.no_municipality')} {note}"
    low, high = BAND
    if own.population is None or low <= own.population <= high:
        return note
    outside = say("maturity.peers.outside", city=own.title, population=number(own.population, say.lang), **_band(say))
    return f"{outside} {note}"
