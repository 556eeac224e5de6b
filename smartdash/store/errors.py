"""What can go wrong with the store, as catalogue messages a user can act on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple


class StoreError(Exception):
    """The store cannot do what was asked; `message` is a catalogue id and `values` fill its placeholders."""

    def __init__(self, message: str, values: Mapping[str, str] | None = None) -> None:
        self.message = message
        self.values: dict[str, Any] = dict(values or {})
        super().__init__(f"{message} {self.values}")


class StoreBusy(StoreError):
    """Another process kept the store for longer than the bounded wait."""

    def __init__(self, path: Path, seconds: float) -> None:
        super().__init__("store.busy", {"file": str(path), "seconds": f"{seconds:g}"})


class StoreDamaged(StoreError):
    """The file is no readable store."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__("store.damaged", {"file": str(path), "detail": detail.splitlines()[0]})


class StoreTooNew(StoreError):
    """The file was written by a newer version of the program."""

    def __init__(self, path: Path) -> None:
        super().__init__("store.too_new", {"file": str(path)})


class NoSuchRevision(StoreError):
    """A scope asks for a revision that was never written."""

    def __init__(self, revision: int, latest: int) -> None:
        super().__init__("store.no_such_revision", {"revision": str(revision), "latest": str(latest)})


class TouchedKey(NamedTuple):
    """A key that somebody else has written since: record type, key, and the revision that wrote it."""

    record: str
    key: str
    revision: int


class StoreConflict(StoreError):
    """A lost update was refused: a touched key has a row newer than the revision the edit is based on."""

    def __init__(self, touched: Sequence[TouchedKey]) -> None:
        self.touched = tuple(touched)
        first = self.touched[0]
        super().__init__(
            "store.conflict",
            {
                "count": str(len(self.touched)),
                "record": first.record,
                "key": first.key,
                "revision": str(first.revision),
            },
        )


class BrokenReference(NamedTuple):
    """A reference that leads nowhere, to a retired record, or to records of several types."""

    record: str
    key: str
    field: str
    value: str
    kind: Literal["missing", "retired", "ambiguous"]


class BrokenReferences(StoreError):
    """A write was refused because references would be broken; `broken` lists them (at most 100 per field)."""

    def __init__(self, broken: Sequence[BrokenReference]) -> None:
        self.broken = tuple(broken)
        first = self.broken[0]
        super().__init__(
            f"store.reference_{first.kind}",
            {
                "count": str(len(self.broken)),
                "record": first.record,
                "key": first.key,
                "field": first.field,
                "value": first.value,
            },
        )


class Circle(StoreError):
    """A write was refused because something would come from itself or wait for itself; `keys` leads round once."""

    def __init__(self, record: str, keys: Sequence[str]) -> None:
        self.record = record
        self.keys = tuple(keys)
        shown = [*self.keys[:6], "…"] if len(self.keys) > 7 else self.keys
        super().__init__("store.circle", {"record": record, "circle": " → ".join(shown)})


class MovedPlan(StoreError):
    """A write was refused because it changed a planned date that reports refer to; `count` keys are affected."""

    def __init__(self, record: str, key: str, field: str, planned: date, count: int) -> None:
        self.record, self.key, self.field = record, key, field
        values = {"record": record, "key": key, "field": field, "planned": planned.isoformat(), "count": str(count)}
        super().__init__("store.moved_plan", values)


class RefusedRow(StoreError):
    """A write was refused because a row cannot stand as it is; `rule` says why, `count` rows are affected."""

    def __init__(
        self,
        rule: Literal[
            "incomplete_report",
            "report_unpublished",
            "unfit_check_in",
            "posting_changed",
            "unfit_reversal",
            "unfit_answer",
            "model_in_use",
            "shared_dimension",
        ],
        record: str,
        key: str,
        field: str,
        count: int,
    ) -> None:
        self.rule, self.record, self.key, self.field = rule, record, key, field
        super().__init__(f"store.{rule}", {"record": record, "key": key, "field": field, "count": str(count)})


class RulePackBroken(StoreError):
    """A rule pack's file cannot be used; `rule` and `field` say where (empty: the file as a whole)."""

    def __init__(self, file: str, rule: str, field: str, problem: str) -> None:
        self.file, self.rule, self.field = file, rule, field
        values = {"file": file, "rule": rule or "–", "field": field or "–", "problem": problem}
        super().__init__("store.rule_pack_broken", values)
