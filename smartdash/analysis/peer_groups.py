"""Which cities a city is compared with, and why each of them: rules, cities at the edge, and choices by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from smartdash.model.peers import PeerGroup, PeerMember, Region
from smartdash.model.shared import Municipality

BAND = (100_000, 300_000)
"""The population band of comparable municipalities that Potsdam asked for."""

EDGE = Decimal("0.05")
"""So far outside the band, as a share of its limit, a city still counts as one at the edge."""

EAST = frozenset({"Berlin", "Brandenburg", "Mecklenburg-Vorpommern", "Sachsen", "Sachsen-Anhalt", "Thüringen"})
"""The states of Eastern Germany with Berlin; all others are Western Germany."""

_OF_DISTRICT_FREE = "000"


class Reason(StrEnum):
    """Why a city is in a group, or beside it."""

    OWN = "own"
    BAND = "band"
    EDGE = "edge"
    RULES = "rules"
    NEAREST = "nearest"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Peer:
    """A city with why it is in the group, or beside it.

    Attributes:
        city: The city.
        reason: The rule that counts; for a city left out, the rule that would have it in.
        distance: Its population minus that of the own city, None where one of them is not known.
        outside: How far its population lies outside the band, as a share of the limit: negative below, None inside.
        note: What was written where somebody took it in or left it out by hand.
    """

    city: Municipality
    reason: Reason
    distance: int | None
    outside: Decimal | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The cities of a group by population, the largest first.

    `at_edge` are cities at the edge that the other rules admit but that are not in; `left_out` were taken out by hand.
    """

    peers: tuple[Peer, ...]
    at_edge: tuple[Peer, ...]
    left_out: tuple[Peer, ...]


def states_of(group: PeerGroup) -> frozenset[str]:
    """The states a group is restricted to; none: all."""
    return frozenset(part.strip() for part in (group.states or "").split(";") if part.strip())


def district_free(city: Municipality) -> bool:
    """Whether a city belongs to no district: the municipality part of its official key, the last three digits, is 0."""
    return city.key.endswith(_OF_DISTRICT_FREE)


def region_of(city: Municipality) -> Region:
    """The part of Germany a city lies in."""
    return Region.EAST if city.state in EAST else Region.WEST


def comparable(cities: Iterable[Municipality], own: Municipality | None) -> list[Municipality]:
    """The cities that may be compared at all: fictional ones with fictional ones, real ones with real ones."""
    fictional = own is not None and own.demo
    return [city for city in cities if city.demo == fictional]


def outside_band(population: int, low: int | None, high: int | None) -> Decimal | None:
    """How far a population lies outside a band, as a share of the limit it misses: negative below, None inside."""
    if low is not None and population < low:
        return Decimal(population - low) / low
    if high is not None and population > high:
        return Decimal(population - high) / high if high else Decimal(population)
    return None


def gather(
    group: PeerGroup, members: Iterable[PeerMember], cities: Iterable[Municipality], own: Municipality | None
) -> Gathered:
    """The cities of a group, each with its reason; the own city always belongs to it.

    A city is in where it meets every rule. `nearest` then keeps those with the most similar population (of two equally
    near ones the lower key). Choices by hand come last, so they hold against every rule; only the own city cannot be
    left out, and a fictional city never meets a real one.
    """
    candidates = [city for city in comparable(cities, own) if own is None or city.key != own.key]
    by_hand = {member.municipality: member for member in members}
    admitted, at_edge = _admitted(group, candidates, own)
    ruled = _nearest(admitted, group.nearest) if group.nearest and own else admitted
    reasons = {peer.city.key: peer for peer in ruled}
    peers = [peer for peer in ruled if by_hand.get(peer.city.key) is None or by_hand[peer.city.key].included]
    for city in candidates:
        member = by_hand.get(city.key)
        if member and member.included and city.key not in reasons:
            peers.append(_peer(city, Reason.BY_HAND, group, own, member.reason))
    if own:
        peers.append(_peer(own, Reason.OWN, group, own))
    taken = {peer.city.key for peer in peers}
    left_out = [
        Peer(peer.city, peer.reason, peer.distance, peer.outside, by_hand[key].reason)
        for key, peer in reasons.items()
        if key in by_hand and not by_hand[key].included
    ]
    beside = [peer for peer in at_edge if peer.city.key not in taken]
    return Gathered(_by_population(peers), _by_population(beside), _by_population(left_out))


def _admitted(
    group: PeerGroup, candidates: Sequence[Municipality], own: Municipality | None
) -> tuple[list[Peer], list[Peer]]:
    """The cities that meet the rules, and those at the edge of the band that meet all others."""
    low, high, states = group.population_from, group.population_to, states_of(group)
    banded = low is not None or high is not None
    admitted, at_edge = [], []
    for city in candidates:
        if not _meets_place(group, states, city) or (banded and city.population is None):
            continue
        outside = outside_band(city.population, low, high) if city.population is not None else None
        if outside is None:
            reason = Reason.NEAREST if group.nearest and own else Reason.BAND if banded else Reason.RULES
            admitted.append(_peer(city, reason, group, own))
        elif abs(outside) <= EDGE:
            peer = _peer(city, Reason.EDGE, group, own)
            at_edge.append(peer)
            if group.edges:
                admitted.append(peer)
    return admitted, at_edge


def _meets_place(group: PeerGroup, states: Collection[str], city: Municipality) -> bool:
    return (
        (not states or city.state in states)
        and (group.region is None or region_of(city) is group.region)
        and (not group.district_free or district_free(city))
    )


def _nearest(peers: Sequence[Peer], count: int) -> list[Peer]:
    known = [(abs(peer.distance), peer.city.key, peer) for peer in peers if peer.distance is not None]
    return [peer for _, _, peer in sorted(known, key=lambda item: item[:2])[:count]]


def _peer(city: Municipality, reason: Reason, group: PeerGroup, own: Municipality | None, note: str = "") -> Peer:
    if city.population is None:
        return Peer(city, reason, None, None, note)
    distance = city.population - own.population if own and own.population is not None else None
    outside = outside_band(city.population, group.population_from, group.population_to)
    return Peer(city, reason, distance, outside, note)


def _by_population(peers: Iterable[Peer]) -> tuple[Peer, ...]:
    return tuple(sorted(peers, key=lambda peer: (-(peer.city.population or 0), peer.city.key)))


def alone(gathered: Gathered, own: Municipality | None) -> bool:
    """Whether the rules leave the own city without anybody to be compared with."""
    return own is not None and [peer.city.key for peer in gathered.peers] == [own.key]
