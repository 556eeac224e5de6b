"""The figure about who a city is compared with, and why each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from smartdash.analysis.peer_groups import Peer, alone, district_free
from smartdash.analysis.peers import SMALLEST_PERCENTILED, SMALLEST_QUARTERED, SMALLEST_RANKED
from smartdash.charts.peers import population_dots
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading, listing
from smartdash.figures.peer_data import ChosenGroup, chosen_group
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import day, number, percent
from smartdash.model.peers import PeerGroup, PeerMember
from smartdash.model.shared import Municipality
from smartdash.store import Reader

_STACKS = 26
"""So many stacks of dots fit side by side on a phone."""
_MARGIN = Decimal("0.03")
_MOST_NAMED = 6


@figure("peers.group", page="peers", needs=("municipality",), options=("peers",))
def group(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Each city of the peer group with its population and the rule that brought it in, and those beside it."""
    found = chosen_group(reader, say, chosen)
    gathered = found.gathered
    states: list[tuple[str, Sequence[Peer]]] = [
        ("in", gathered.peers),
        ("edge", gathered.at_edge),
        ("left_out", gathered.left_out),
    ]
    rows = tuple(_row(peer, state, found, say) for state, peers in states for peer in peers)
    dots, span = _dots(states, found, say)
    tooltips = [
        ("city", say("peers.column_name")),
        ("population", heading(Municipality, "population", say)),
        ("why", say("peers.why")),
    ]
    band = _band(found.rules.group, span)
    message = _message(found, say)
    return Draft(
        message=message,
        columns=_columns(say),
        rows=rows,
        unit=say("peers.group.unit"),
        chart=(lambda tokens: population_dots(dots, band, span, tokens, tooltips)) if dots else None,
        alt=message,
        note=_note(found, say),
        options=(found.option,),
    )


def _columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("city", say("peers.column_name")),
        TableColumn("in_group", say("peers.in_group"), "flag"),
        TableColumn("why", say("peers.why")),
        column(Municipality, "population", say.lang, "whole"),
        column(Municipality, "population_date", say.lang, "day"),
        TableColumn("distance", say("peers.distance"), "whole"),
        column(Municipality, "state", say.lang),
        TableColumn("district_free", say("peers.district_free"), "flag"),
        column(PeerMember, "reason", say.lang),
    )


def _row(peer: Peer, state: str, found: ChosenGroup, say: Words) -> Row:
    city = peer.city
    return (
        city.title,
        state == "in",
        why(peer, state, found, say),
        city.population,
        city.population_date,
        peer.distance,
        city.state,
        district_free(city),
        peer.note or None,
    )


def why(peer: Peer, state: str, found: ChosenGroup, say: Words) -> str:
    """Why a city is in the group ("in"), beside it at the edge ("edge"), or was left out by hand ("left_out")."""
    if state == "left_out":
        return say("peers.why_left_out")
    if peer.outside is not None and peer.reason.value == "edge":
        side = "above" if peer.outside > 0 else "below"
        text = say(f"peers.why_edge_{side}", share=percent(abs(peer.outside), say.lang))
        return text if state == "in" else say("peers.why_edge_beside", why=text)
    if peer.reason.value == "nearest":
        return say("peers.why_nearest", n=found.rules.group.nearest)
    return say(f"peers.why_{peer.reason.value}")


def _band(rules: PeerGroup, span: tuple[float, float]) -> tuple[float, float]:
    low, high = rules.population_from, rules.population_to
    return max(span[0], low or span[0]), min(span[1], high or span[1])


def _dots(
    states: Iterable[tuple[str, Sequence[Peer]]], found: ChosenGroup, say: Words
) -> tuple[list[dict[str, object]], tuple[float, float]]:
    """A dot for each city whose population is known, at the middle of its stack; and what the axis shows."""
    known = [
        (peer, state, peer.city.population)
        for state, peers in states
        for peer in peers
        if peer.city.population is not None
    ]
    if not known:
        return [], (0, 1)
    rules = found.rules.group
    limits = [limit for limit in (rules.population_from, rules.population_to) if limit is not None]
    ends = [population for _, _, population in known] + limits
    margin = max(1, int((max(ends) - min(ends)) * _MARGIN))
    low, high = max(0, min(ends) - margin), max(ends) + margin
    start, width = _stacks(limits, low, high)
    heights: Counter[int] = Counter()
    dots: list[dict[str, object]] = []
    own = found.own.key if found.own else None
    # The own city stands at the bottom of its stack, where the axis is.
    for peer, state, population in sorted(known, key=lambda item: item[0].city.key != own):
        stack = int((population - start) // width)
        kind = "own" if peer.city.key == own else "in" if state == "in" else "beside"
        dots.append(
            {
                "x": min(max(start + (stack + 0.5) * width, low), high),
                "place": heights[stack],
                "kind": kind,
                "city": peer.city.title,
                "population": number(population, say.lang),
                "why": why(peer, state, found, say),
            }
        )
        heights[stack] += 1
    return dots, (float(low), float(high))


def _stacks(limits: Sequence[int], low: int, high: int) -> tuple[int, float]:
    """Where stacks begin and how wide they are: none reaches over a limit of the band."""
    width = max(1, (high - low) / _STACKS)
    if not limits:
        return low, width
    band = limits[-1] - limits[0]
    return limits[0], band / max(1, round(band / width)) if band else width


def _message(found: ChosenGroup, say: Words) -> str:
    if found.own is None:
        return say("peers.group.without", n=found.others, group=found.name)
    if alone(found.gathered, found.own):
        return say("peers.group.alone", city=found.own.title, group=found.name)
    return say("peers.group.message", city=found.own.title, n=found.others, group=found.name)


def _note(found: ChosenGroup, say: Words) -> str:
    sentences = [*_small(found, say), *_beside(found, say)]
    own = found.own
    if own is None:
        sentences.append(say("maturity.peers.no_municipality"))
    elif own.demo:
        sentences.append(say("peers.fictional"))
    if own and any(peer.city.key == own.key and peer.outside is not None for peer in found.gathered.peers):
        population = number(own.population, say.lang)
        sentences.append(say("peers.own_outside", city=own.title, population=population))
    dates = sorted({peer.city.population_date for peer in found.gathered.peers if peer.city.population_date})
    if dates:
        sentences.append(say("peers.population_as_of", days=listing([day(one, say.lang) for one in dates], say)))
    return " ".join(sentences)


def _small(found: ChosenGroup, say: Words) -> list[str]:
    """What a small group cannot say."""
    count = len(found.gathered.peers)
    if alone(found.gathered, found.own):
        return [say("peers.alone_way_out")]
    if count < SMALLEST_RANKED:
        return [say("peers.small_points", count=str(count))]
    if count < SMALLEST_QUARTERED:
        step = (Decimal(100) / (count - 1)).quantize(Decimal(1), ROUND_HALF_UP)
        return [say("peers.small_ranks", count=str(count), step=number(step, say.lang))]
    return [say("peers.small_quartiles", count=str(count))] if count < SMALLEST_PERCENTILED else []


def _beside(found: ChosenGroup, say: Words) -> list[str]:
    """The cities at the edge that are not in, the largest first."""
    names = [
        say("peers.with_population", city=peer.city.title, population=number(peer.city.population, say.lang))
        for peer in found.gathered.at_edge
    ]
    if not names:
        return []
    named = names[:_MOST_NAMED]
    if len(names) > _MOST_NAMED:
        named.append(say("peers.further", n=len(names) - _MOST_NAMED))
    return [say("peers.at_edge", cities=listing(named, say))]
