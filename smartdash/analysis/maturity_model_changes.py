"""What differs between two versions of a maturity model: added, removed, measured otherwise, worded otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from smartdash.analysis.maturity_models import WholeModel, local_key
from smartdash.model.maturity import Criterion, Dimension, LevelDescriptor, MaturityModel

P = TypeVar("P", Dimension, Criterion, LevelDescriptor)
Part = MaturityModel | Dimension | Criterion | LevelDescriptor

_WORDS = ("title_de", "title_en", "question_de", "question_en", "evidence_hint", "inspired_by")
_TEXTS = ("name_de", "name_en", "text_de", "text_en")


class ChangeKind(StrEnum):
    """How two versions differ in one thing."""

    SCALE = "scale"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    REWEIGHTED = "reweighted"
    MEASURED_OTHERWISE = "measured_otherwise"
    REWORDED = "reworded"
    LEVEL_ADDED = "level_added"
    LEVEL_REMOVED = "level_removed"
    LEVEL_REWORDED = "level_reworded"


MEASURE = frozenset(
    {
        ChangeKind.SCALE,
        ChangeKind.ADDED,
        ChangeKind.REMOVED,
        ChangeKind.MOVED,
        ChangeKind.REWEIGHTED,
        ChangeKind.MEASURED_OTHERWISE,
    }
)
"""What changes by how much an answer counts: results from before and after cannot be compared."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: the part as it is now (a removed one: as it was), and as it was before where both have it.

    A level text belongs to what it describes, `about`.
    """

    kind: ChangeKind
    part: Part
    before: Part | None = None
    about: Dimension | Criterion | None = None


def changes(before: WholeModel, after: WholeModel) -> list[Change]:
    """What differs from `before` to `after`; parts are the same where their keys within the model are.

    Keys, versions and titles of the models differ between versions and are no difference of content.
    """
    found = []
    old, new = before.model, after.model
    if (old.lowest, old.highest) != (new.lowest, new.highest):
        found.append(Change(ChangeKind.SCALE, new, old))
    found += _parts(_by_key(before, before.dimensions), _by_key(after, after.dimensions), before, after)
    found += _parts(_by_key(before, before.criteria), _by_key(after, after.criteria), before, after)
    found += _level_changes(before, after)
    return found


def measure_changes(before: WholeModel, after: WholeModel) -> list[Change]:
    """The differences that change a measure: not allowed for a model that answers were given by."""
    return [change for change in changes(before, after) if change.kind in MEASURE]


def _by_key(whole: WholeModel, parts: Sequence[P]) -> dict[str, P]:
    return {local_key(whole.model.key, item.key): item for item in parts}


def _parts(old: Mapping[str, P], new: Mapping[str, P], before: WholeModel, after: WholeModel) -> Iterator[Change]:
    for key, part in new.items():
        was = old.get(key)
        if was is None:
            yield Change(ChangeKind.ADDED, part)
            continue
        if _owner(before, was) != _owner(after, part):
            yield Change(ChangeKind.MOVED, part, was)
        if _weight(was) != _weight(part):
            yield Change(ChangeKind.REWEIGHTED, part, was)
        if _measure(was) != _measure(part):
            yield Change(ChangeKind.MEASURED_OTHERWISE, part, was)
        if any(getattr(was, name, None) != getattr(part, name, None) for name in _WORDS):
            yield Change(ChangeKind.REWORDED, part, was)
    for key, was in old.items():
        if key not in new:
            yield Change(ChangeKind.REMOVED, was)


def _owner(whole: WholeModel, part: Part) -> str:
    """The dimension of a criterion within its model; empty for a dimension."""
    return local_key(whole.model.key, part.dimension) if isinstance(part, Criterion) else ""


def _weight(part: Part) -> Decimal:
    return part.weight if isinstance(part, Dimension | Criterion) else Decimal(1)


def _measure(part: Part) -> tuple[object, ...]:
    if not isinstance(part, Criterion):
        return ()
    return part.kind, part.anchor_low, part.anchor_high, part.higher_is_better, part.may_not_apply, part.measured_in


def _level_changes(before: WholeModel, after: WholeModel) -> Iterator[Change]:
    """Level texts of what both versions have; those of an added or removed part come and go with it."""
    described = _described(after)
    both = _described(before).keys() & described.keys()
    old, new = (
        {place: text for place, text in _texts(whole).items() if place[:2] in both} for whole in (before, after)
    )
    for place, text in new.items():
        was = old.get(place)
        if was is None:
            yield Change(ChangeKind.LEVEL_ADDED, text, about=described[place[:2]])
        elif any(getattr(was, name) != getattr(text, name) for name in _TEXTS):
            yield Change(ChangeKind.LEVEL_REWORDED, text, was, described[place[:2]])
    for place, was in old.items():
        if place not in new:
            yield Change(ChangeKind.LEVEL_REMOVED, was, about=described[place[:2]])


def _described(whole: WholeModel) -> dict[tuple[str, str], Dimension | Criterion]:
    parts: tuple[Dimension | Criterion, ...] = (*whole.dimensions, *whole.criteria)
    return {(part.sheet.name, local_key(whole.model.key, part.key)): part for part in parts}


def _texts(whole: WholeModel) -> dict[tuple[str, str, int], LevelDescriptor]:
    found = {}
    for item in whole.levels:
        kind = Dimension if item.criterion is None else Criterion
        found[kind.sheet.name, local_key(whole.model.key, item.criterion or item.dimension), item.level] = item
    return found
