"""What a budget holds and what became of it: by cost line and year, summed up the tree and over the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from smartdash.analysis.budget import ZERO
from smartdash.analysis.trees import ancestors, tree_order
from smartdash.model.money import CostLine

Group = TypeVar("Group", bound=Hashable)
Place = tuple[str, int]
"""A cost line's key and a year."""

Amounts = Mapping[Place, Decimal]
"""Amounts in euro by cost line and year; nothing stands where there is none."""


@dataclass(frozen=True, slots=True)
class Use:
    """What is planned, allowed, paid, bound and expected of a line or of several, in a year or in several, in euro.

    `granted` is the appropriation, or the plan where none is recorded. `carried` is what came over from earlier years
    less what went over to later ones, `moved` what came by transfers less what went, `lapsed` what of the carried-over
    money expired unspent. `forecast` is the expected cost with what is paid already.
    """

    plan: Decimal = ZERO
    granted: Decimal = ZERO
    carried: Decimal = ZERO
    moved: Decimal = ZERO
    blocked: Decimal = ZERO
    lapsed: Decimal = ZERO
    paid: Decimal = ZERO
    bound: Decimal = ZERO
    pre_bound: Decimal = ZERO
    reserved: Decimal = ZERO
    forecast: Decimal = ZERO

    @property
    def open(self) -> Decimal:
        """All that is not yet paid of the commitments."""
        return self.bound + self.pre_bound + self.reserved

    @property
    def used(self) -> Decimal:
        """Paid and committed."""
        return self.paid + self.open

    @property
    def limit(self) -> Decimal:
        """What may be spent: appropriation + carried over ± transfers - blocked - expired."""
        return self.granted + self.carried + self.moved - self.blocked - self.lapsed

    @property
    def available(self) -> Decimal:
        """The limit less what is paid and committed; negative where the line is overdrawn."""
        return self.limit - self.used

    @property
    def variance(self) -> Decimal:
        """The forecast less the plan (ΔPL); positive is more cost than planned."""
        return self.forecast - self.plan

    @property
    def variance_share(self) -> Decimal | None:
        """The variance as a fraction of the plan (ΔPL%); None where nothing is planned."""
        return self.variance / self.plan if self.plan else None

    def parts(self) -> StatusParts:
        """The limit divided into what became of it."""
        return StatusParts(self.paid, self.bound + self.pre_bound, self.reserved, max(ZERO, self.available))


@dataclass(frozen=True, slots=True)
class StatusParts:
    """A limit as paid, bound, reserved and free; together max(limit, paid + bound + reserved)."""

    paid: Decimal
    bound: Decimal
    reserved: Decimal
    free: Decimal


@dataclass(frozen=True, slots=True)
class LineUse:
    """A cost line with everything below it; `depth` from 0."""

    line: CostLine
    depth: int
    leaf: bool
    use: Use


@dataclass(frozen=True, slots=True)
class Budget:
    """The columns of a `Use` by the field's name, each by cost line and year.

    `appropriated` are the places with a recorded appropriation, `computed` those whose forecast has no record.
    """

    columns: Mapping[str, Amounts]
    appropriated: frozenset[Place]
    computed: frozenset[Place]

    def years(self) -> list[int]:
        """The years in which anything stands, from the first to the last without a gap."""
        found = {year for amounts in self.columns.values() for (_, year), amount in amounts.items() if amount}
        return list(range(min(found), max(found) + 1)) if found else []

    def use(self, within: frozenset[str] | None = None) -> Use:
        """All years together, of all lines or of those `within`."""
        return _uses(self._sums(lambda line, _: "" if within is None or line in within else None)).get("", Use())

    def at(self, line: str, year: int) -> Use:
        """The use of a lowest line in a year."""
        return Use(**{name: amounts.get((line, year), ZERO) for name, amounts in self.columns.items()})

    def by_year(self, within: frozenset[str] | None = None) -> dict[int, Use]:
        """The use of each year, of all lines or of those `within`."""
        found = _uses(self._sums(lambda line, year: year if within is None or line in within else None))
        return {year: found.get(year, Use()) for year in self.years()}

    def by_line(self, lines: Sequence[CostLine], year: int | None = None) -> list[LineUse]:
        """Each line in tree order with the sums of itself and everything below it, in a year or in all."""
        above = ancestors(lines)
        sums: Sums[str] = defaultdict(dict)
        for key, own in self._sums(lambda line, its: line if year in (None, its) else None).items():
            for ancestor in above.get(key, ()):
                total = sums[ancestor]
                for name, amount in own.items():
                    total[name] = total.get(name, ZERO) + amount
        found = _uses(sums)
        return [LineUse(line, depth, leaf, found.get(line.key, Use())) for line, depth, leaf in tree_order(lines)]

    def _sums(self, group: Callable[[str, int], Group | None]) -> Sums[Group]:
        """The sum of each column by group; what belongs to none is left out."""
        sums: Sums[Group] = defaultdict(dict)
        for name, amounts in self.columns.items():
            for (line, year), amount in amounts.items():
                its = group(line, year) if amount else None
                if its is not None:
                    total = sums[its]
                    total[name] = total.get(name, ZERO) + amount
        return sums


Sums = dict[Group, dict[str, Decimal]]
"""Amounts by group and by the name of a column."""


def _uses(sums: Sums[Group]) -> dict[Group, Use]:
    return {group: Use(**amounts) for group, amounts in sums.items()}


def within(lines: Sequence[CostLine], key: str) -> frozenset[str]:
    """A line and everything below it."""
    return frozenset(line for line, chain in ancestors(lines).items() if key in chain)


def levels(found: Sequence[LineUse], depth: int) -> list[LineUse]:
    """The lines of the first `depth` levels that tell something apart: a single line above all others is none."""
    heads = 0
    while sum(item.depth == heads for item in found) == 1 and any(item.depth > heads for item in found):
        heads += 1
    return [item for item in found if item.depth < heads + depth]
