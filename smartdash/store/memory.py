"""What was read before, so that the figures of a page need not read it again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

T = TypeVar("T", bound=tuple[Any, ...])

_MOST = 10_000
"""Records and rows that are kept; the collection of garbage after each run of a page has to look at all of them."""
_WHOLE = 2
_LIGHT = 10
"""So many entries of a collection within a result weigh as much as a record."""


class Memory:
    """Results of reading by what was asked; of those that were not asked for lately so many are kept as fit.

    What a scope with a revision shows stays the same as long as the file does, so a key holds the file's state, the
    scope and the question.
    """

    def __init__(self, most: int = _MOST, size: Callable[[tuple[Any, ...]], int] | None = None) -> None:
        self._most = most
        self._size_of = size or _size
        self._lock = threading.Lock()
        self._kept: dict[Hashable, tuple[Any, ...]] = {}
        self._size = 0

    def recall(self, key: Hashable, read: Callable[[], T]) -> T:
        """What is kept under the key, or else what `read` returns."""
        with self._lock:
            if key in self._kept:
                found: Any = self._kept.pop(key)
                self._kept[key] = found  # at the end again: what stands first was asked for longest ago
                return found  # type: ignore[no-any-return]
        made = read()
        with self._lock:
            if key not in self._kept and self._size_of(made) <= self._most:
                self._kept[key] = made
                self._size += self._size_of(made)
            while self._size > self._most:
                self._size -= self._size_of(self._kept.pop(next(iter(self._kept))))
        return made


def _size(result: tuple[Any, ...]) -> int:
    """One for each record or row; what is made as a whole, with the tables it was read from, weighs what it holds."""
    return 1 + (len(result) if len(result) > _WHOLE else sum(map(_weight, result)))


def _weight(item: Any) -> int:
    """One, and what the item holds: the fields of a dataclass each, of a collection its entries."""
    if isinstance(item, Mapping | list | tuple | set | frozenset):
        return 1 + len(item) // _LIGHT
    if is_dataclass(item):
        return 1 + sum(_weight(getattr(item, field.name)) for field in fields(item)) // _LIGHT
    return 1


def size_in_bytes(result: tuple[Any, ...]) -> int:
    """What the arrays of a result's dataclasses take, for a memory whose bound is in bytes."""
    arrays = (getattr(item, field.name) for item in result if is_dataclass(item) for field in fields(item))
    return 1 + sum(getattr(array, "nbytes", 0) for array in arrays)


MEMORY = Memory()
"""Shared by all stores of the process, so that its size has one bound."""
