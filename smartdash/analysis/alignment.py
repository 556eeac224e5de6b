"""Alignment: what contributes to what, as an outline from the goals down, and which objectives contribute to nothing.

A key result contributes to its own objective, too; that step is shown but is no alignment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from smartdash.analysis.lineage import reached
from smartdash.model.okr import Alignment, KeyResult, Objective


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the outline: an element below what it contributes to, `depth` steps under a root.

    `target` is what it contributes to here (None: a root), `alignment` what says so (None: a root, or a key result
    below its own objective). `again`: its own contributors stand where it was listed first.
    """

    key: str
    depth: int
    target: str | None = None
    alignment: Alignment | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Network:
    """Who contributes to an element, and what it contributes to: by key, each with the alignment that says so."""

    contributors: Mapping[str, Mapping[str, Alignment | None]]
    targets: Mapping[str, Mapping[str, Alignment | None]]

    def reach(self, start: Iterable[str]) -> frozenset[str]:
        """The elements given, all they contribute to, and all that contributes to them."""
        found = set(start)
        edges = [{key: frozenset(ends) for key, ends in way.items()} for way in (self.contributors, self.targets)]
        return frozenset(found.union(*(reached(key, way) for key in found for way in edges)))


def network(alignments: Sequence[Alignment], key_results: Sequence[KeyResult]) -> Network:
    """The alignments with the step from each key result that stands in one to its own objective."""
    ends = {end for item in alignments for end in (item.origin, item.target)}
    steps: list[tuple[str, str, Alignment | None]] = [
        (item.key, item.objective, None) for item in key_results if item.key in ends
    ]
    steps += [(item.origin, item.target, item) for item in alignments]
    contributors: dict[str, dict[str, Alignment | None]] = {}
    targets: dict[str, dict[str, Alignment | None]] = {}
    for origin, target, alignment in steps:
        contributors.setdefault(target, {})[origin] = alignment
        targets.setdefault(origin, {})[target] = alignment
    return Network(contributors, targets)


def outline(net: Network, shown: Sequence[str]) -> tuple[Place, ...]:
    """The elements shown, each below everything shown that it contributes to, in the order given.

    An element that contributes to two stands under both; what contributes to it is listed the first time only.
    """
    places: list[Place] = []
    expanded: set[str] = set()

    def put(key: str, depth: int, target: str | None, alignment: Alignment | None) -> None:
        below = [one for one in shown if one in net.contributors.get(key, {})]
        places.append(Place(key, depth, target, alignment, again=bool(below) and key in expanded))
        if key in expanded:
            return
        expanded.add(key)
        for one in below:
            put(one, depth + 1, key, net.contributors[key][one])

    inside = set(shown)
    for key in shown:
        if not inside & net.targets.get(key, {}).keys():
            put(key, 0, None, None)
    return tuple(places)


def unaligned(
    objectives: Sequence[Objective], key_results: Sequence[KeyResult], alignments: Sequence[Alignment]
) -> list[Objective]:
    """The objectives that contribute to nothing: neither they nor their key results, within themselves not counted."""
    objective_of = {item.key: item.objective for item in key_results}
    contributing = {
        own
        for item in alignments
        if (own := objective_of.get(item.origin, item.origin)) != objective_of.get(item.target, item.target)
    }
    return [item for item in objectives if item.key not in contributing]
