"""What a write consists of and what it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from smartdash.model import RECORDS
from smartdash.model.columns import RecordColumns
from smartdash.model.declare import Record


@dataclass(frozen=True, slots=True)
class Origin:
    """Where values came from: a file's name and its hash, or "form"."""

    name: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """One write: its number, when (UTC, naive), who and why, where from, and how many rows it touched."""

    number: int
    programme: str
    at: datetime
    author: str
    reason: str
    origin: str
    sha256: str
    new: int
    changed: int
    retired: int


@dataclass(frozen=True, slots=True)
class Version:
    """The values a revision gave to one record; `retired` where it took the record away."""

    revision: int
    at: datetime
    author: str
    reason: str
    origin: str
    sha256: str
    retired: bool
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changes:
    """Records to write, by record type.

    `complete`: the records given are all there are, so for every record type that is a key of `records`, keys
    that are not listed are retired. `restates`: the program brings its own samples up to date, so that even what was
    posted may differ.

    Raises:
        ValueError: a record type is unknown, a record has the wrong type or programme, or a key stands twice.
    """

    programme: str
    records: Mapping[str, Sequence[Record]]
    complete: bool = False
    restates: bool = False

    def __post_init__(self) -> None:
        for name, records in self.records.items():
            expected = RECORDS.get(name)
            if expected is None:
                raise ValueError(f"unknown record type {name!r}")
            if isinstance(records, RecordColumns):
                fits = records.record is expected and records.programme == self.programme
                keys = set(records.column("key"))
            else:
                fits = all(type(record) is expected and record.programme == self.programme for record in records)
                keys = {record.key for record in records}
            if not fits:
                raise ValueError(f"{name}: every record must be a {expected.__name__} of {self.programme!r}")
            if len(keys) != len(records):
                raise ValueError(f"{name}: a key stands twice")


@dataclass(frozen=True, slots=True)
class TypeDifference:
    """How the records of one type differ from the store; the key lists hold the first keys of each kind.

    `missing`: in the store but not among the records given, and kept because these were not complete.
    """

    new: int = 0
    changed: int = 0
    retired: int = 0
    unchanged: int = 0
    missing: int = 0
    new_keys: tuple[str, ...] = ()
    changed_keys: tuple[str, ...] = ()
    retired_keys: tuple[str, ...] = ()

    @property
    def touched(self) -> int:
        """How many rows a write adds."""
        return self.new + self.changed + self.retired


@dataclass(frozen=True, slots=True)
class Difference:
    """How a set of changes differs from the store, by record type."""

    types: Mapping[str, TypeDifference] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return not any(difference.touched for difference in self.types.values())

    @property
    def new(self) -> int:
        """New records of all types."""
        return sum(difference.new for difference in self.types.values())

    @property
    def changed(self) -> int:
        """Changed records of all types."""
        return sum(difference.changed for difference in self.types.values())

    @property
    def retired(self) -> int:
        """Retired records of all types."""
        return sum(difference.retired for difference in self.types.values())

    @property
    def unchanged(self) -> int:
        """Records of all types that are in the store as given."""
        return sum(difference.unchanged for difference in self.types.values())

    @property
    def missing(self) -> int:
        """Records of all types that were not given and are kept."""
        return sum(difference.missing for difference in self.types.values())
