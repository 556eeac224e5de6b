"""What a list of impediments says: age, throughput time, load, where they come from, and how often they come back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import TypeVar

from smartdash.analysis.impediments import ImpedimentStanding
from smartdash.analysis.promises import quarter_start

AGE_LIMITS = (14, 30, 90)
"""The last day of each age class but the last, which has no end."""

G = TypeVar("G")


@dataclass(frozen=True, slots=True)
class Share:
    """One cause of a Pareto: how many impediments it accounts for and with which load, open and resolved ones apart."""

    open_count: int
    resolved_count: int
    open_load: Decimal
    resolved_load: Decimal

    @property
    def count(self) -> int:
        """All its impediments."""
        return self.open_count + self.resolved_count

    @property
    def load(self) -> Decimal:
        """The load of all its impediments."""
        return self.open_load + self.resolved_load


def load(standing: ImpedimentStanding, weights: Mapping[str, Decimal]) -> Decimal:
    """Open days × weight of the blocked key results; 0 for an impediment that blocks none.

    `weights` maps the keys of key results to their weights.
    """
    return standing.open_days * sum((weights.get(key, Decimal(0)) for key in standing.blocks), Decimal(0))


def total_load(standings: Iterable[ImpedimentStanding], weights: Mapping[str, Decimal]) -> Decimal:
    """The sum of the loads."""
    return sum((load(item, weights) for item in standings), Decimal(0))


def throughput(standings: Iterable[ImpedimentStanding]) -> Decimal | None:
    """The median of the open days of the resolved impediments; None as long as none is resolved."""
    solved = [Decimal(item.open_days) for item in standings if not item.open]
    return median(solved) if solved else None


def repeat_rate(standings: Sequence[ImpedimentStanding]) -> Decimal | None:
    """The share of the impediments that came back at least once; None without any impediment."""
    if not standings:
        return None
    return Decimal(sum(item.reopened > 0 for item in standings)) / len(standings)


def age_classes(standings: Iterable[ImpedimentStanding]) -> list[int]:
    """How many open impediments are in each age class, the youngest first; the age is the number of open days."""
    counts = [0] * (len(AGE_LIMITS) + 1)
    for item in standings:
        if item.open:
            counts[sum(item.open_days > limit for limit in AGE_LIMITS)] += 1
    return counts


def pareto(
    standings: Iterable[ImpedimentStanding],
    weights: Mapping[str, Decimal],
    group: Callable[[ImpedimentStanding], G],
    *,
    by_load: bool = False,
) -> dict[G, Share]:
    """The impediments by cause, the greatest first: by number, or by load."""
    members: dict[G, list[ImpedimentStanding]] = {}
    for item in standings:
        members.setdefault(group(item), []).append(item)
    shares = {}
    for name, own in members.items():
        unsolved, solved = [item for item in own if item.open], [item for item in own if not item.open]
        shares[name] = Share(len(unsolved), len(solved), total_load(unsolved, weights), total_load(solved, weights))
    return dict(
        sorted(
            shares.items(),
            key=lambda pair: (-pair[1].load if by_load else 0, -pair[1].count, -pair[1].load),
        )
    )


def resolved_between(standings: Iterable[ImpedimentStanding], first: date, last: date) -> list[ImpedimentStanding]:
    """The impediments that are resolved and became so from `first` to `last`, the newest solution first."""
    found = [item for item in standings if item.resolved_on and first <= item.resolved_on <= last]
    return sorted(found, key=lambda item: item.resolved_on or first, reverse=True)


def calendar_quarter(day: date) -> tuple[date, date]:
    """The first and the last day of a day's calendar quarter."""
    start = quarter_start(day)
    return start, quarter_start(start + timedelta(days=100)) - timedelta(days=1)
