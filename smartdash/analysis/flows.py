"""Lineage as a picture: columns of nodes, and how many contributions flow between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import product
from typing import Literal

from smartdash.analysis.lineage import Direction, Step, edges, reached
from smartdash.model.workshops import ElementState, LinkKind

NodeKind = Literal["cluster", "record", "rest", "end"]

MOST_SINGLE = 30
"""So many contributions are drawn one by one; more are drawn by cluster."""
MOST_IN_COLUMN = 16
ANSWERED, NO_RESULT = "end:answered", "end:no_result"
"""The nodes in which contributions end that led to nothing; no record's key has a colon."""
_SWEEPS = 4

Voices = frozenset[str]
Pairs = dict[tuple[str, str], Voices]

_NONE: Voices = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """What the picture has to know of a record: the rank of its level (0: a contribution), its state, its cluster."""

    rank: int
    state: ElementState | None = None
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class FlowNode:
    """A node: its key (a record's where it is one), column, state, the contributions behind it, and its `members`.

    A cluster and the rest of a column stand for several records. At an end (`ANSWERED`, `NO_RESULT`) are the
    contributions that led to nothing, after an answer or without one.
    """

    key: str
    kind: NodeKind
    column: int
    state: ElementState | None
    voices: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """How many contributions pass between two nodes."""

    origin: str
    target: str
    voices: int


@dataclass(frozen=True, slots=True)
class FlowPicture:
    """Nodes by column and from top to bottom, and the flows between them; `single`: a node per contribution."""

    nodes: tuple[FlowNode, ...]
    flows: tuple[Flow, ...]
    single: bool


def flow_picture(
    places: Mapping[str, Place],
    steps: Sequence[Step],
    shown: Collection[str],
    answered: Collection[str],
    *,
    detailed: bool,
) -> FlowPicture:
    """The picture of the shown records.

    A flow is as wide as the number of contributions that were there first and pass through it; one that takes several
    ways is counted on each. Up to 30 contributions are nodes of their own; more are drawn by cluster. Beyond 16 nodes
    the smallest of a column are drawn as one per state.

    Args:
        places: Every record that lineage knows.
        steps: The steps between them.
        shown: The keys of the records to draw.
        answered: The contributions that were given an answer.
        detailed: Draw each step, where there are not too many contributions. Else contributions that were made of
            others, and elements that only went on in others of their level (merged, split), are left out for those.
    """
    inner = [step for step in steps if step.origin in shown and step.target in shown]
    drawn = [key for key in places if key in shown and not places[key].rank]
    every = drawn or [key for key in places if not places[key].rank]
    behind = _voices(_first(every, inner if drawn else steps, places), inner if drawn else steps)
    sources = _first(drawn, inner, places)
    single = len(sources) <= MOST_SINGLE
    if detailed and single:
        voices, pairs = _each_step(shown, inner, behind, places, answered)
    else:
        heads = {key: key if single else f"cluster:{places[key].cluster}" for key in sources}
        voices, pairs = _summed(shown, inner, behind, places, answered, heads)
    return _pooled(voices, pairs, _columns(voices, pairs, places), places, single)


def _first(contributions: Sequence[str], steps: Iterable[Step], places: Mapping[str, Place]) -> list[str]:
    """The contributions that did not come from others among them."""
    made = {step.target for step in steps if not places[step.origin].rank}
    return [key for key in contributions if key not in made]


def _voices(sources: Iterable[str], steps: Sequence[Step]) -> dict[str, Voices]:
    """For each key the first contributions that reach it."""
    before = edges(steps, Direction.BACK)
    found: dict[str, Voices] = {key: frozenset({key}) for key in sources}
    for key in TopologicalSorter(before).static_order():
        origins = [found.get(origin, _NONE) for origin in before.get(key, frozenset())]
        found[key] = found.get(key, _NONE).union(*origins)
    return found


def _each_step(
    shown: Collection[str],
    steps: Sequence[Step],
    behind: Mapping[str, Voices],
    places: Mapping[str, Place],
    answered: Collection[str],
) -> tuple[dict[str, Voices], Pairs]:
    """The contributions at each node and in each flow, with a node for every record and a flow for every step."""
    voices = {key: behind.get(key, _NONE) for key in shown}
    pairs = {(step.origin, step.target): behind.get(step.origin, _NONE) for step in steps}
    onward = {step.origin for step in steps}
    for key in shown:
        if not places[key].rank and key not in onward:
            _end(voices, pairs, key, voices[key], key in answered)
    return voices, pairs


def _summed(
    shown: Collection[str],
    steps: Sequence[Step],
    behind: Mapping[str, Voices],
    places: Mapping[str, Place],
    answered: Collection[str],
    heads: Mapping[str, str],
) -> tuple[dict[str, Voices], Pairs]:
    """The contributions at each node and in each flow; `heads` gives the node of each first contribution."""
    successors = _successors(steps, places)
    pairs: Pairs = {}
    for step in steps:
        if places[step.target].rank and step.origin not in successors:
            behind_origin = behind.get(step.origin, _NONE)
            parts = {step.origin: behind_origin} if places[step.origin].rank else _by_head(behind_origin, heads)
            for (origin, part), target in product(parts.items(), successors.get(step.target, {step.target})):
                pairs[origin, target] = pairs.get((origin, target), _NONE) | part
    voices = {key: behind.get(key, _NONE) for key in shown if places[key].rank and key not in successors}
    arrived = _NONE.union(*voices.values())
    for key, head in heads.items():
        voices[head] = voices.get(head, _NONE) | {key}
        if key not in arrived:
            _end(voices, pairs, head, frozenset({key}), key in answered)
    return voices, pairs


def _by_head(voices: Voices, heads: Mapping[str, str]) -> dict[str, Voices]:
    """Contributions by the node they are drawn in."""
    parts: dict[str, Voices] = {}
    for voice in voices:
        parts[heads[voice]] = parts.get(heads[voice], _NONE) | {voice}
    return parts


def _successors(steps: Sequence[Step], places: Mapping[str, Place]) -> dict[str, set[str]]:
    """The elements that were merged or split into others of their level and led to nothing else, with those others."""
    passed_on = [step for step in steps if _passes_on(step, places)]
    ended = {step.origin for step in passed_on} - {step.origin for step in steps if not _passes_on(step, places)}
    onward = edges([step for step in passed_on if step.origin in ended], Direction.FORWARD)
    return {key: set(reached(key, onward) - ended) for key in ended}


def _passes_on(step: Step, places: Mapping[str, Place]) -> bool:
    kept_level = 0 < places[step.origin].rank == places[step.target].rank
    return kept_level and step.link.kind in (LinkKind.MERGED, LinkKind.SPLIT)


def _end(voices: dict[str, Voices], pairs: Pairs, origin: str, found: Voices, answered: bool) -> None:
    """Let contributions that led to nothing flow into the node for the answered or for the unanswered ones."""
    end = ANSWERED if answered else NO_RESULT
    voices[end] = voices.get(end, _NONE) | found
    pairs[origin, end] = pairs.get((origin, end), _NONE) | found


def _columns(voices: Mapping[str, Voices], pairs: Pairs, places: Mapping[str, Place]) -> dict[str, int]:
    """The column of each node: by level, and within a level what came first before what came of it."""
    records = [key for key in voices if key not in (ANSWERED, NO_RESULT)]
    before: dict[str, list[str]] = {key: [] for key in records}
    for origin, target in pairs:
        if target in before:
            before[target].append(origin)
    level: dict[str, int] = {}
    order = list(TopologicalSorter(before).static_order())
    for key in order:
        own = places[key].rank if key in places else 0
        level[key] = max([own, *(level[origin] for origin in before[key])])
    # Counted from the end of the level, so that what nothing came of stands with the last ones.
    left: dict[str, int] = dict.fromkeys(records, 0)
    for key in reversed(order):
        for origin in before[key]:
            if level[origin] == level[key]:
                left[origin] = max(left[origin], left[key] + 1)
    used = sorted({(level[key], -left[key]) for key in records})
    column = {key: used.index((level[key], -left[key])) for key in records}
    last_contribution = max((column[key] for key in records if key not in places or not places[key].rank), default=-1)
    return column | {key: last_contribution + 1 for key in voices if key not in column}


def _pooled(
    voices: Mapping[str, Voices], pairs: Pairs, columns: Mapping[str, int], places: Mapping[str, Place], single: bool
) -> FlowPicture:
    """The picture with the smallest nodes of a crowded column as one per state."""
    single_ones = {key for key, place in places.items() if single and not place.rank}
    members: dict[str, list[str]] = defaultdict(list)
    stands_for: dict[str, str] = {}
    for column in sorted(set(columns.values())):
        inside = sorted((key for key in voices if columns[key] == column), key=lambda key: -len(voices[key]))
        records = [key for key in inside if key not in (ANSWERED, NO_RESULT)]
        crowded = len(records) > MOST_IN_COLUMN and not any(key in single_ones for key in records)
        kept = set(records[: MOST_IN_COLUMN - 2] if crowded else records)
        for key in inside:
            state = places[key].state if key in places else None
            rest = f"rest:{column}:{state or ''}"
            stands_for[key] = key if key in kept or key not in records else rest
            members[stands_for[key]].append(key)
    joined: dict[tuple[str, str], Voices] = defaultdict(frozenset)
    for (origin, target), found in pairs.items():
        joined[stands_for[origin], stands_for[target]] |= found
    flows = tuple(Flow(origin, target, len(found)) for (origin, target), found in joined.items())
    nodes = []
    for key, own in members.items():
        place = places.get(own[0], Place(0))
        behind = frozenset().union(*(voices[member] for member in own))
        nodes.append(FlowNode(key, _kind(key), columns[own[0]], place.state, len(behind), tuple(own)))
    return FlowPicture(_in_order(nodes, flows), flows, single)


def _kind(key: str) -> NodeKind:
    kinds: dict[str, NodeKind] = {"cluster": "cluster", "rest": "rest", "end": "end"}
    return kinds.get(key.split(":", 1)[0], "record") if ":" in key else "record"


def _in_order(nodes: Sequence[FlowNode], flows: Sequence[Flow]) -> tuple[FlowNode, ...]:
    """The nodes of each column in the order that crosses few flows: by the mean position of their neighbours.

    Source: the barycentre heuristic of Sugiyama, Tagawa and Toda (1981). Ends and the rest of a column stay below.
    """
    columns: dict[int, list[FlowNode]] = defaultdict(list)
    for node in nodes:
        columns[node.column].append(node)
    place = {node.key: float(index) for column in columns.values() for index, node in enumerate(column)}
    for sweep in range(_SWEEPS):
        for column in sorted(columns, reverse=sweep % 2 == 1):
            inside = columns[column]
            middle = {node.key: _middle(node.key, flows, place) for node in inside}
            inside.sort(key=lambda node: (node.kind not in ("cluster", "record"), middle[node.key]))
            place |= {node.key: (index + 0.5) / len(inside) for index, node in enumerate(inside)}
    return tuple(node for column in sorted(columns) for node in columns[column])


def _middle(key: str, flows: Sequence[Flow], place: Mapping[str, float]) -> float:
    near = [(place[flow.origin], flow.voices or 1) for flow in flows if flow.target == key]
    near += [(place[flow.target], flow.voices or 1) for flow in flows if flow.origin == key]
    weight = sum(share for _, share in near)
    return sum(position * share for position, share in near) / weight if weight else place[key]
