"""Chains of what was carried over from cycle to cycle: each record names the one it follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Successor(Protocol):
    """A record that may follow another one of an earlier cycle."""

    @property
    def key(self) -> str:
        """The record's own key."""

    @property
    def predecessor(self) -> str | None:
        """The key of the record it was carried over from."""


S = TypeVar("S", bound=Successor)


def chains(records: Sequence[S]) -> list[tuple[S, ...]]:
    """Every chain from its first record to its last, in the order of the last ones; a lone record is a chain of one.

    Where two records follow the same one, each has a chain of its own with the common beginning. A predecessor that is
    not among the records ends the chain there.
    """
    by_key = {item.key: item for item in records}
    followed = {item.predecessor for item in records}
    found = []
    for last in records:
        if last.key in followed:
            continue
        chain = [last]
        while (before := by_key.get(chain[0].predecessor or "")) and before not in chain:
            chain.insert(0, before)
        found.append(tuple(chain))
    return found
