"""What waits for what: the days between a provider and its consumer, and which plans a delay pushes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from smartdash.analysis.schedule import MilestoneStanding, PhaseStanding
from smartdash.analysis.status import Status
from smartdash.model.schedule import Dependency


@dataclass(frozen=True, slots=True)
class Push:
    """A successor that cannot keep its plan in force because something before it is late.

    `planned` is the day it should begin or be reached on, `earliest` the first day it can be, `days` the difference.
    `decision` is the key of the paper the successor needs; `direct` tells whether it waits for the late one itself.
    """

    key: str
    title: str
    days: int
    planned: date
    earliest: date
    decision: str | None
    direct: bool


@dataclass(frozen=True, slots=True)
class DependencyStanding:
    """A dependency with the first day its consumer can go on, the day it is planned to, and the days in between.

    `slack` below zero says by how many days the consumer's plan cannot be kept; it is None where a date is unknown or
    the consumer is done.
    """

    dependency: Dependency
    provider: str
    consumer: str
    earliest: date | None
    planned: date | None
    slack: int | None
    decision: str | None


@dataclass(frozen=True, slots=True)
class _Node:
    """A milestone or phase as dependencies see it.

    `ready` is the day it is expected to be done, `due` the day that must be kept by what it waits for, `end` its
    planned end.
    """

    title: str
    ready: date | None
    due: date | None
    end: date | None
    done: bool
    decision: str | None

    @property
    def late(self) -> bool:
        """Whether it is, or will be, done after its plan in force."""
        return bool(self.ready and self.end and self.ready > self.end)


def dependency_standings(
    dependencies: Iterable[Dependency],
    milestones: Sequence[MilestoneStanding],
    phases: Sequence[PhaseStanding],
    as_of: date,
) -> list[DependencyStanding]:
    """Each dependency with its slack, the tightest first, those without one last.

    Slack = planned day of the consumer - (expected day of the provider + lag). A phase that has not begun waits with
    its start, one under way with its end. Dependencies of unknown milestones or phases are left out.
    """
    nodes = _nodes(milestones, phases, as_of)
    known = [item for item in dependencies if item.provider in nodes and item.consumer in nodes]
    found = [_standing(item, nodes[item.provider], nodes[item.consumer]) for item in known]
    return sorted(found, key=lambda item: (item.slack is None, item.slack or 0, item.dependency.key))


def _standing(dependency: Dependency, provider: _Node, consumer: _Node) -> DependencyStanding:
    earliest = provider.ready + timedelta(dependency.lag_days) if provider.ready else None
    open_ends = None if consumer.done else consumer.due
    slack = (open_ends - earliest).days if open_ends and earliest else None
    return DependencyStanding(
        dependency, provider.title, consumer.title, earliest, consumer.due, slack, consumer.decision
    )


def pushed(
    dependencies: Iterable[Dependency],
    milestones: Sequence[MilestoneStanding],
    phases: Sequence[PhaseStanding],
    as_of: date,
) -> dict[str, tuple[Push, ...]]:
    """For each late milestone or phase, by key: the successors that cannot keep their plan in force because of it.

    A successor can go on at its provider's expected day + lag at the earliest; what lies between its planned day and
    that one it is pushed by, and it hands on so many days to its own successors. Successors that have slack enough end
    the chain. Each is named once, with the longest push; the longest comes first. What would close a circle is left
    out.
    """
    nodes = _nodes(milestones, phases, as_of)
    after: dict[str, list[Dependency]] = {}
    for item in sorted(dependencies, key=lambda each: each.key):
        if item.provider in nodes and item.consumer in nodes:
            after.setdefault(item.provider, []).append(item)
    chains = {key: _pushes(key, nodes, after) for key, node in nodes.items() if node.late}
    return {key: chain for key, chain in chains.items() if chain}


def _pushes(origin: str, nodes: Mapping[str, _Node], after: Mapping[str, list[Dependency]]) -> tuple[Push, ...]:
    earliest: dict[str, date] = {}
    ready = {origin: nodes[origin].ready}
    for dependency in _forward(origin, after):
        start, node = ready.get(dependency.provider), nodes[dependency.consumer]
        if start is None or node.done or node.due is None or dependency.consumer == origin:
            continue
        first = start + timedelta(dependency.lag_days)
        if first > max(node.due, earliest.get(dependency.consumer, node.due)):
            earliest[dependency.consumer] = first
            ready[dependency.consumer] = (node.end or node.due) + (first - node.due)
    direct = {item.consumer for item in after.get(origin, ())}
    found = [
        Push(key, node.title, (first - node.due).days, node.due, first, node.decision, key in direct)
        for key, first in earliest.items()
        if (node := nodes[key]).due
    ]
    return tuple(sorted(found, key=lambda push: (-push.days, push.key)))


def _forward(origin: str, after: Mapping[str, list[Dependency]]) -> list[Dependency]:
    """The dependencies below `origin` so that all that lead to a provider come before those that leave it.

    Those that lead back to one they started from, and so close a circle, are left out.
    """
    groups: list[list[Dependency]] = []
    above, finished = {origin}, set[str]()
    path = [(origin, iter(after.get(origin, ())))]
    kept: dict[str, list[Dependency]] = {}
    while path:
        key, rest = path[-1]
        item = next(rest, None)
        if item is None:
            path.pop()
            above.remove(key)
            finished.add(key)
            groups.append(kept.get(key, []))
        elif item.consumer not in above:
            kept.setdefault(key, []).append(item)
            if item.consumer not in finished:
                above.add(item.consumer)
                path.append((item.consumer, iter(after.get(item.consumer, ()))))
    return [item for group in reversed(groups) for item in group]


def _nodes(milestones: Sequence[MilestoneStanding], phases: Sequence[PhaseStanding], as_of: date) -> dict[str, _Node]:
    found = {}
    for item in milestones:
        one = item.milestone
        done = one.actual is not None
        found[one.key] = _Node(one.title, item.expected, item.planned, item.planned, done, one.decision)
    for standing in phases:
        phase = standing.phase
        done = standing.status is Status.DONE
        ready = standing.expected_end
        if ready and not done:
            ready = max(ready, as_of)
        due = standing.planned_end if phase.actual_start else standing.planned_start or standing.planned_end
        found[phase.key] = _Node(phase.title, ready, due, standing.planned_end, done, phase.decision)
    return found
