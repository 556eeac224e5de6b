"""Who decides, steers, carries out, advises and is informed on a day, from bodies, roles and lines between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from smartdash.analysis.trees import ancestors
from smartdash.model.committees import Committee, CommitteeKind
from smartdash.model.shared import Unit, UnitKind
from smartdash.model.structure import LineKind, ReportingLine, Role

Body = Unit | Committee | Role
"""What a line joins. A role stands for itself only where it belongs to no body."""
Dated = Unit | Committee | Role | ReportingLine
"""What begins and ends."""


class Function(StrEnum):
    """What a body is there for in the programme; the first that applies places it."""

    DECIDES = "decides"
    STEERS = "steers"
    CARRIES_OUT = "carries_out"
    ADVISES = "advises"
    SUPPORTS = "supports"
    REPORTS = "reports"
    INFORMED = "informed"
    INVOLVED = "involved"
    NONE = "none"


_ACTS: Mapping[LineKind, Function] = {
    LineKind.DECIDES: Function.DECIDES,
    LineKind.STEERS: Function.STEERS,
    LineKind.CARRIES_OUT: Function.CARRIES_OUT,
    LineKind.ADVISES: Function.ADVISES,
    LineKind.SUPPORTS: Function.SUPPORTS,
    LineKind.REPORTS_TO: Function.REPORTS,
    LineKind.INFORMS: Function.REPORTS,
}
_TELLS = (LineKind.REPORTS_TO, LineKind.INFORMS)
_ORDER = list(Function)
_KINDS = (CommitteeKind, UnitKind)


@dataclass(frozen=True, slots=True)
class Standing:
    """A body on a day: its function, its roles, and the lines that begin (`acts`) and end (`hears`) at them.

    `other` are the lines that begin there on other days.
    """

    body: Body
    function: Function
    roles: tuple[Role, ...]
    acts: tuple[ReportingLine, ...]
    hears: tuple[ReportingLine, ...]
    other: tuple[ReportingLine, ...]

    @property
    def informed(self) -> bool:
        """Whether somebody reports to it or informs it."""
        return _is_told(self.body, self.hears)


@dataclass(frozen=True, slots=True)
class Structure:
    """The bodies that exist on a day, ordered by function, and the lines in force between them.

    `broken` are lines whose own dates hold the day, but one of whose ends does not exist on it. `ways_up` leads from
    the key of a body or role over those it reports to or is steered by, from the nearest to the last; a way that runs
    in a circle ends with the key it began with.
    """

    standings: tuple[Standing, ...]
    lines: tuple[ReportingLine, ...]
    broken: tuple[ReportingLine, ...]
    ways_up: Mapping[str, tuple[str, ...]]

    def by_function(self, function: Function) -> tuple[Standing, ...]:
        """The bodies placed under one function."""
        return tuple(standing for standing in self.standings if standing.function is function)

    def doing(self, kind: LineKind) -> tuple[Standing, ...]:
        """The bodies that do something for the whole programme; where none does, those that do it towards others."""
        found = [
            (standing, line.target is None)
            for standing in self.standings
            for line in standing.acts
            if line.kind is kind
        ]
        whole = any(for_all for _, for_all in found)
        return tuple(dict.fromkeys(standing for standing, for_all in found if for_all or not whole))


@dataclass(frozen=True, slots=True)
class Change:
    """A day on which something began, or its last day."""

    day: date
    subject: Dated
    began: bool


def exists(record: Dated, day: date) -> bool:
    """Whether a day lies between `since` and `until`; both days belong to it, an empty end is open."""
    return (record.since is None or record.since <= day) and (record.until is None or day <= record.until)


def structure(
    units: Iterable[Unit],
    committees: Iterable[Committee],
    roles: Iterable[Role],
    lines: Sequence[ReportingLine],
    day: date,
) -> Structure:
    """Place every body that exists on a day by what it does for the programme.

    A role counts as its body does: it exists no longer than the body, and what it does places the body. A line is in
    force where its own dates hold the day and both its ends exist.
    """
    recorded: list[Body] = [*committees, *units]
    bodies = [body for body in recorded if exists(body, day)]
    known = {body.key for body in bodies}
    held = [role for role in roles if exists(role, day) and (role.body is None or role.body in known)]
    bodies += [role for role in held if role.body is None]
    present = known | {role.key for role in held}
    dated = [line for line in lines if exists(line, day)]
    valid = tuple(line for line in dated if _joined(line, present))
    in_force = {line.key for line in valid}
    members: dict[str, tuple[Role, ...]] = defaultdict(tuple)
    for role in held:
        if role.body is not None:
            members[role.body] += (role,)
    standings = [_standing(body, members[body.key], lines, in_force) for body in bodies]
    return Structure(
        standings=tuple(sorted(_with_those_above(standings), key=_place)),
        lines=valid,
        broken=tuple(line for line in dated if not _joined(line, present)),
        ways_up=_ways_up(present, valid, {role.key: role.body for role in held}),
    )


def changes(records: Iterable[Dated]) -> tuple[Change, ...]:
    """Every beginning and end that is dated, the earliest first."""
    found = []
    for record in records:
        if record.since:
            found.append(Change(record.since, record, began=True))
        if record.until:
            found.append(Change(record.until, record, began=False))
    return tuple(sorted(found, key=lambda change: (change.day, change.began)))


def _joined(line: ReportingLine, present: set[str]) -> bool:
    return line.origin in present and (line.target is None or line.target in present)


def _standing(body: Body, roles: tuple[Role, ...], lines: Sequence[ReportingLine], in_force: set[str]) -> Standing:
    own = {body.key, *(role.key for role in roles)}
    begun = [line for line in lines if line.origin in own]
    acts = tuple(
        sorted((line for line in begun if line.key in in_force), key=lambda line: (line.target is not None, line.key))
    )
    hears = tuple(line for line in lines if line.key in in_force and line.target in own and line.origin not in own)
    other = tuple(line for line in begun if line.key not in in_force)
    return Standing(body, _function(body, acts, hears), roles, acts, hears, other)


def _with_those_above(standings: Sequence[Standing]) -> list[Standing]:
    """The standings, where a unit without a line of its own is involved if one that is part of it has a function."""
    chains = ancestors([standing.body for standing in standings if isinstance(standing.body, Unit)])
    active = {item.body.key for item in standings if item.function is not Function.NONE}
    above = {key for part in active & chains.keys() for key in chains[part]}
    return [
        replace(item, function=Function.INVOLVED) if item.body.key in above - active else item for item in standings
    ]


def _place(standing: Standing) -> tuple[int, bool, int, int]:
    """By function, first who has it for the whole programme; then committees, units and roles, each by its kind."""
    body, function = standing.body, standing.function
    partly = not any(line.target is None and _ACTS[line.kind] is function for line in standing.acts)
    if isinstance(body, Role):
        return _ORDER.index(function), partly, len(_KINDS), 0
    kinds = type(body.kind)
    return _ORDER.index(function), partly, _KINDS.index(kinds), list(kinds).index(body.kind)


def _function(body: Body, acts: Sequence[ReportingLine], hears: Sequence[ReportingLine]) -> Function:
    """The first function that applies: by what a body does, then by what reaches it."""
    found = {_ACTS[line.kind] for line in acts}
    if _is_told(body, hears):
        found.add(Function.INFORMED)
    if hears:
        found.add(Function.INVOLVED)
    return min(found, key=_ORDER.index, default=Function.NONE)


def _is_told(body: Body, hears: Sequence[ReportingLine]) -> bool:
    regular = isinstance(body, Committee) and body.reports_regularly
    return regular or any(line.kind in _TELLS for line in hears)


def _ways_up(
    present: Iterable[str], lines: Sequence[ReportingLine], body_of: Mapping[str, str | None]
) -> dict[str, tuple[str, ...]]:
    above: dict[str, str] = {}
    for line in lines:
        if line.kind is LineKind.REPORTS_TO and line.target:
            above.setdefault(line.origin, line.target)
    for line in lines:
        if line.kind is LineKind.STEERS and line.target:
            above.setdefault(line.target, line.origin)
    for role, body in body_of.items():
        if body and role in above and above[role] != body:
            above.setdefault(body, above[role])
        if body in above:
            above.setdefault(role, above[body])
    return {key: _way(key, above) for key in present}


def _way(key: str, above: Mapping[str, str]) -> tuple[str, ...]:
    way: list[str] = []
    current = key
    while (current := above.get(current, "")) and current not in way:
        way.append(current)
        if current == key:
            break
    return tuple(way)
