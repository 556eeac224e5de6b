"""Records that name the record they belong to, as trees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol, TypeVar


class Node(Protocol):
    """A record of a tree: its key, and the key of what it belongs to."""

    @property
    def key(self) -> str:
        """The record's own key."""

    @property
    def parent(self) -> str | None:
        """The key of the record above, or None at the top."""


N = TypeVar("N", bound=Node)


def tree_order(nodes: Sequence[N]) -> list[tuple[N, int, bool]]:
    """The nodes as (node, depth, leaf), each followed by those below it; siblings in the order given.

    A node whose parent is not among them stands at the top. Nodes that name each other in a circle come last, each as
    a top of its own.
    """
    keys = {node.key for node in nodes}
    children: dict[str | None, list[N]] = defaultdict(list)
    for node in nodes:
        children[node.parent if node.parent in keys else None].append(node)
    ordered: list[tuple[N, int, bool]] = []

    def descend(parent: str | None, depth: int) -> None:
        for node in children.get(parent, []):
            ordered.append((node, depth, node.key not in children))
            descend(node.key, depth + 1)

    descend(None, 0)
    placed = {node.key for node, _, _ in ordered}
    return ordered + [(node, 0, node.key not in children) for node in nodes if node.key not in placed]


def ancestors(nodes: Sequence[Node]) -> dict[str, tuple[str, ...]]:
    """For each key of a tree: itself and everything above it, from the bottom up."""
    parent_of = {node.key: node.parent for node in nodes}
    chains = {}
    for key in parent_of:
        chain = [key]
        while (above := parent_of.get(chain[-1])) and above in parent_of and above not in chain:
            chain.append(above)
        chains[key] = tuple(chain)
    return chains
