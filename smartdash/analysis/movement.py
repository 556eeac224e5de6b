"""Why a city's standing moved between two dates: because it changed, because the others did, or because the group did.

Published indices move a city by many places though it has not changed. Here the old own value is set into the new
group and the new one into the old group, so that each of the three causes gets its part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from math import floor
from statistics import median

from smartdash.analysis.peers import SHOWN, SMALLEST_RANKED, shown

_CAUSES = 3
_STEPS = 10**SHOWN


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The values on one date: the own one, and by city those of the peers who have one."""

    own: Decimal
    peers: Mapping[str, Decimal]

    @property
    def count(self) -> int:
        """How many cities have a value, the own one included."""
        return len(self.peers) + 1


@dataclass(frozen=True, slots=True)
class Split:
    """A change and its three parts, rounded as they are shown so that they add up to it exactly; above zero is better.

    `before` and `after` are what the change is measured on: a rank (1 is best), or a distance to the median.
    """

    before: Decimal
    after: Decimal
    change: Decimal
    own: Decimal
    peers: Decimal
    group: Decimal


@dataclass(frozen=True, slots=True)
class Movement:
    """The change of a rank, in places won, and of the distance to the median, in units of the value.

    The distance is above zero where the city is better than the median.
    """

    before: Snapshot
    after: Snapshot
    rank: Split
    distance: Split


def movement(before: Snapshot, after: Snapshot, higher_is_better: bool = True) -> Movement | None:
    """Split the change of a standing into its causes; None where fewer than five cities had a value on either date.

    Each cause counts for what it changes, on average over all orders in which the three can happen (Shapley, A value
    for n-person games, 1953; Shorrocks, Decomposition procedures for distributional analysis, 2013). So no order is
    preferred, and the parts add up to the whole. A city that came or left keeps its only value: that it is there is a
    change of the group.
    """
    if min(before.count, after.count) < SMALLEST_RANKED:
        return None
    sign = 1 if higher_is_better else -1

    def values(changed: frozenset[int]) -> tuple[Decimal, list[Decimal]]:
        """The own value and the peers' where only these causes have happened: 0 own, 1 peers, 2 group."""
        known = {**before.peers, **after.peers} if 1 in changed else {**after.peers, **before.peers}
        members = after.peers if 2 in changed else before.peers
        own = after.own if 0 in changed else before.own
        return sign * shown(own), [sign * shown(known[city]) for city in members]

    def rank(changed: frozenset[int]) -> Decimal:
        own, others = values(changed)
        return Decimal(1 + sum(other > own for other in others))

    def distance(changed: frozenset[int]) -> Decimal:
        own, others = values(changed)
        return own - shown(median([own, *others]))

    return Movement(before, after, _split(rank, -1), _split(distance, 1))


def _split(standing: Callable[[frozenset[int]], Decimal], sign: int) -> Split:
    """The parts of the change from no cause to all; `sign` is -1 where less is better."""
    parts = [Fraction(0)] * _CAUSES
    orders = list(permutations(range(_CAUSES)))
    for order in orders:
        for place, cause in enumerate(order):
            done = frozenset(order[:place])
            parts[cause] += Fraction(standing(done | {cause}) - standing(done)) * sign / len(orders)
    before, after = standing(frozenset()), standing(frozenset(range(_CAUSES)))
    return Split(before, after, sign * (after - before), *_in_tenths(parts))


def _in_tenths(parts: list[Fraction]) -> list[Decimal]:
    """The parts as they are shown, by largest remainders; their sum is a whole number of tenths and is kept."""
    tenths = [floor(part * _STEPS) for part in parts]
    missing = int(sum(parts) * _STEPS) - sum(tenths)
    largest = sorted(range(len(parts)), key=lambda place: (tenths[place] - parts[place] * _STEPS, place))
    for place in largest[:missing]:
        tenths[place] += 1
    return [Decimal(number).scaleb(-SHOWN) for number in tenths]
