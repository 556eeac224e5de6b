"""What changed between two versions of a plan: by line, largest first, and as steps from the one to the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartdash.analysis.budget import ZERO
from smartdash.model.money import PlanVersion


@dataclass(frozen=True, slots=True)
class LineChange:
    """The cost of a line in two versions over all years, in euro; None: the version has no amount for it."""

    key: str
    before: Decimal | None
    after: Decimal | None

    @property
    def difference(self) -> Decimal:
        """What the later version costs more; negative where it costs less."""
        return (self.after or ZERO) - (self.before or ZERO)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a waterfall: what is added, and the sum of all steps before it and with it. `key` None: the rest."""

    key: str | None
    count: int
    difference: Decimal
    start: Decimal

    @property
    def end(self) -> Decimal:
        """The sum with this step."""
        return self.start + self.difference


def changes_at(changes: Iterable[LineChange], place: Mapping[str, str]) -> list[LineChange]:
    """The changes summed up by the line that `place` names for each, such as the one above; itself where it names none.

    An amount of nothing and no amount stay different: a line is new only if it had none at all before.
    """
    sums: dict[str, tuple[Decimal | None, Decimal | None]] = {}
    for change in changes:
        key = place.get(change.key, change.key)
        before, after = sums.get(key, (None, None))
        sums[key] = (_added(before, change.before), _added(after, change.after))
    return [LineChange(key, before, after) for key, (before, after) in sums.items()]


def _added(total: Decimal | None, amount: Decimal | None) -> Decimal | None:
    if amount is None:
        return total
    return (total or ZERO) + amount


def largest_first(changes: Iterable[LineChange]) -> list[LineChange]:
    """Those that changed, the largest difference first, whatever its sign."""
    changed = [change for change in changes if change.difference]
    return sorted(changed, key=lambda change: (-abs(change.difference), change.key))


def steps(changes: Sequence[LineChange], most: int) -> list[Step]:
    """The changes as steps from zero to their sum; those beyond `most` are one last step."""
    found: list[Step] = []
    reached = ZERO
    named = changes if len(changes) <= most + 1 else changes[:most]
    for change in named:
        found.append(Step(change.key, 1, change.difference, reached))
        reached += change.difference
    if rest := changes[len(named) :]:
        found.append(Step(None, len(rest), sum((change.difference for change in rest), ZERO), reached))
    return found


def predecessor(version: PlanVersion, versions: Sequence[PlanVersion]) -> PlanVersion | None:
    """The version that this one supersedes, else the last one that was valid before it."""
    known = {item.key: item for item in versions}
    if version.supersedes in known:
        return known[version.supersedes]
    ordered = by_day(versions)
    place = ordered.index(version)
    return ordered[place - 1] if place else None


def by_day(versions: Iterable[PlanVersion]) -> list[PlanVersion]:
    """Versions by the day from which they are valid, each after the one it supersedes; what has no day comes first."""
    dated = sorted(versions, key=lambda version: (version.valid_from or date.min, version.key))
    ordered: list[PlanVersion] = []
    keys = {version.key for version in dated}
    while dated:
        placed = {version.key for version in ordered}
        following = next((one for one in dated if one.supersedes not in keys - placed), dated[0])
        ordered.append(following)
        dated.remove(following)
    return ordered
