"""Totals over the trees of a plan: what its documents print, recomputed from the leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.budget import ZERO, cents, share, total_by
from smartdash.analysis.trees import Node, ancestors
from smartdash.model.money import StatedSubject, StatedTotal

Sums = Mapping[tuple[str | None, int | None], Decimal]
"""Amounts in euro by node and year: each node with all below it; None stands for the whole tree and for all years."""


@dataclass(frozen=True, slots=True)
class PlanSums:
    """The sums of a plan version: its cost, its funding inside the plan, and its funding with what is outside."""

    cost: Sums
    inside: Sums
    funding: Sums


def sums_below(
    tree: Sequence[Node], amounts: Iterable[tuple[str, int, Decimal]], nodes: Collection[str | None] | None = None
) -> Sums:
    """The sums of (node, year, amount) over a tree, of the whole and of the given nodes (None: of all)."""
    chains = {
        key: (None, *(node for node in chain if nodes is None or node in nodes))
        for key, chain in ancestors(tree).items()
    }
    of_years: dict[tuple[str | None, int | None], Decimal] = defaultdict(lambda: ZERO)
    for key, year, amount in amounts:
        for node in chains.get(key, (None,)):
            of_years[node, year] += amount
    return {**of_years, **total_by(((node, None), amount) for (node, _), amount in of_years.items())}


def recomputed(sums: PlanSums, stated: StatedTotal) -> Decimal | None:
    """A printed total recomputed from the leaves; a share in per cent of the funding inside the plan.

    None where a share has nothing to be a share of.
    """
    cost = sums.cost.get((stated.cost_line, stated.year), ZERO)
    # A source that is named may itself stand outside the plan.
    funding = sums.funding if stated.includes_outside or stated.funding_source else sums.inside
    money = funding.get((stated.funding_source, stated.year), ZERO)
    if stated.subject is StatedSubject.COST:
        return cost
    if stated.subject is StatedSubject.FUNDING:
        return money
    if stated.subject is StatedSubject.CONTROL:
        return money - cost
    part = share(money, sums.inside.get((None, stated.year), ZERO))
    return None if part is None else cents(part * 100)
