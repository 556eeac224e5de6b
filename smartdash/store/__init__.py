"""Where it is kept: revisions, scopes, references, migrations and backup; the only package that knows DuckDB."""

from smartdash.store.changes import Changes, Difference, Origin, Revision, TypeDifference, Version
from smartdash.store.errors import (
    BrokenReference,
    BrokenReferences,
    Circle,
    MovedPlan,
    NoSuchRevision,
    RefusedRow,
    RulePackBroken,
    StoreBusy,
    StoreConflict,
    StoreDamaged,
    StoreError,
    StoreTooNew,
    TouchedKey,
)
from smartdash.store.reader import Reader
from smartdash.store.scope import Audience, Scope
from smartdash.store.store import Store

__all__ = [
    "Audience",
    "BrokenReference",
    "BrokenReferences",
    "Changes",
    "Circle",
    "Difference",
    "MovedPlan",
    "NoSuchRevision",
    "Origin",
    "Reader",
    "RefusedRow",
    "Revision",
    "RulePackBroken",
    "Scope",
    "Store",
    "StoreBusy",
    "StoreConflict",
    "StoreDamaged",
    "StoreError",
    "StoreTooNew",
    "TouchedKey",
    "TypeDifference",
    "Version",
]
