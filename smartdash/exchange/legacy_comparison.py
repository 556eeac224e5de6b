"""The rows of a grown list beside the projects there are: what is new, what changes, what may stand there already."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import Any

from pydantic import ValidationError

from smartdash.analysis.collecting import new_keys
from smartdash.analysis.duplicates import may_be_same
from smartdash.analysis.reports import newest
from smartdash.exchange.legacy_headings import TARGETS
from smartdash.exchange.legacy_list import LegacyRow, Proposal
from smartdash.exchange.names import plain
from smartdash.exchange.problems import Fault, Problem
from smartdash.exchange.validation import fault_of
from smartdash.model.declare import Record
from smartdash.model.projects import Project, ProjectProgress

NEW = ""
"""The answer that a row is a project of its own, although another one is like it."""
_STEM = "V"


class Outcome(StrEnum):
    """What storing a row would do; alike rows wait for an answer, wrong ones are never stored."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ALIKE = "alike"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Held:
    """What the programme holds: projects, their reported progress, and every key ever `taken`."""

    programme: str
    projects: Sequence[Project]
    progress: Sequence[ProjectProgress]
    taken: Collection[str]
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """What the user says: the day that phase and completion were reported on, whether new projects are public.

    `same` says by row number which project a row is, or `NEW`.
    """

    reported_on: date
    public: bool
    same: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """A field whose value a row changes; `before` is None where there was none."""

    record: type[Record]
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Item:
    """A row with its outcome: its title, what it changes, the records it writes, what it may be, and its problems."""

    row: LegacyRow
    title: str
    outcome: Outcome
    changes: tuple[Change, ...] = ()
    records: tuple[Record, ...] = ()
    alike: tuple[Project, ...] = ()
    problems: tuple[Problem, ...] = ()


def compare(proposal: Proposal, held: Held, answers: Answers) -> list[Item]:
    """Each row beside the project it is: by key, else by title without case, spaces and signs, else by the answer."""
    by_key = {project.key: project for project in held.projects}
    by_title: defaultdict[str, list[Project]] = defaultdict(list)
    for project in held.projects:
        by_title[plain(project.title)].append(project)
    keys = new_keys(_STEM, {*held.taken, *(str(row.values.get("key", "")) for row in proposal.rows)})
    progress = newest(
        [item for item in held.progress if item.reported_on <= answers.reported_on], lambda item: item.project
    )
    meant: Counter[str] = Counter()
    items = []
    for row in proposal.rows:
        if row.problems:
            items.append(_wrong(row, row.problems))
            continue
        there = by_key.get(row.values.get("key", "")) if "key" in row.values else None
        titled = by_title.get(plain(row.values["title"]), [])
        alike: tuple[Project, ...] = ()
        if there is None and len(titled) == 1 and "key" not in row.values:
            there = titled[0]
        elif there is None:
            alike = tuple(titled) or _alike(row, held)
            there = by_key.get(answers.same.get(row.number, NEW))
        same = there.key if there else str(row.values.get("key") or plain(row.values["title"]))
        meant[same] += 1
        if meant[same] > 1:
            items.append(_wrong(row, [proposal.problem(row, "title", Fault("legacy.row_twice"))]))
        elif there is None and row.values.get("key") in held.taken:
            items.append(_wrong(row, [proposal.problem(row, "key", Fault("legacy.key_taken"))]))
        elif alike and row.number not in answers.same:
            items.append(Item(row, row.values["title"], Outcome.ALIKE, alike=alike))
        else:
            key = there.key if there else str(row.values.get("key") or next(keys))
            items.append(_item(proposal, row, _Place(held, answers, there, progress.get(key), key), alike))
    return items


@dataclass(frozen=True, slots=True)
class _Place:
    held: Held
    answers: Answers
    there: Project | None
    progress: ProjectProgress | None
    key: str


def _wrong(row: LegacyRow, problems: Sequence[Problem]) -> Item:
    return Item(row, row.values.get("title", ""), Outcome.WRONG, problems=tuple(problems))


def _alike(row: LegacyRow, held: Held) -> tuple[Project, ...]:
    given = {name: row.values.get(name) for name in ("title", "unit", "field_of_work")}
    candidate = Project.model_construct(programme=held.programme, key="", **given)
    pairs = [pair for project in held.projects if (pair := may_be_same(candidate, project))]
    return tuple(pair.second for pair in sorted(pairs, key=lambda pair: -pair.likeness))


def _item(proposal: Proposal, row: LegacyRow, place: _Place, alike: tuple[Project, ...]) -> Item:
    by_type: dict[type[Record], dict[str, Any]] = {Project: {}, ProjectProgress: {}}
    for name, value in row.values.items():
        if name != "key":
            by_type[TARGETS[name]][name] = value
    if place.there and not _retitled(row, place.there):
        by_type[Project].pop("title", None)
    try:
        project, changes = _project(place, by_type[Project])
        report, more = _report(place, by_type[ProjectProgress], project)
    except ValidationError as error:
        problems = []
        for one in error.errors(include_url=False, include_input=False):
            name = str(one.get("ctx", {}).get("field") or (one["loc"] or ("title",))[0])
            problems.append(proposal.problem(row, name, _fault(row, fault_of(one), name)))
        return _wrong(row, problems)
    records = tuple(record for record, told in ((project, changes), (report, more)) if record and told)
    known = Outcome.CHANGED if records else Outcome.UNCHANGED
    outcome = known if place.there else Outcome.NEW
    return Item(row, row.values["title"], outcome, (*changes, *more), records, alike)


def _fault(row: LegacyRow, fault: Fault, name: str) -> Fault:
    if name == "key":
        return Fault("exchange.bad_key", key=str(row.values["key"]))
    return fault


def _retitled(row: LegacyRow, there: Project) -> bool:
    """Whether a row recognised by its key brings another title; another case, space or sign is none."""
    return "key" in row.values and plain(row.values["title"]) != plain(there.title)


def _project(place: _Place, given: Mapping[str, Any]) -> tuple[Project, tuple[Change, ...]]:
    before = place.there.model_dump() if place.there else {}
    changes = tuple(
        Change(Project, name, before.get(name), value) for name, value in given.items() if before.get(name) != value
    )
    if place.there:
        return Project.model_validate({**before, **given}), changes
    made = {"programme": place.held.programme, "key": place.key, "demo": place.held.demo}
    return Project.model_validate({**made, "public": place.answers.public, **given}), changes


def _report(
    place: _Place, given: Mapping[str, Any], project: Project
) -> tuple[ProjectProgress | None, tuple[Change, ...]]:
    """The progress reported on the chosen day: what the row says, and else what was reported last, but its comment."""
    last = place.progress
    before = last.model_dump() if last else {}
    changes = tuple(
        Change(ProjectProgress, name, before.get(name), value)
        for name, value in given.items()
        if before.get(name) != value
    )
    if not changes:
        return None, ()
    if last and last.reported_on == place.answers.reported_on:
        return ProjectProgress.model_validate({**before, **given}), changes
    kept = {name: before.get(name) for name in ("stage", "completion", "forecast_end", "forecast_cost")}
    made = {"programme": project.programme, "project": project.key, "public": project.public, "demo": project.demo}
    report = ProjectProgress.model_validate({**kept, **made, "reported_on": place.answers.reported_on, **given})
    return report, changes


def to_store(items: Sequence[Item]) -> list[Record]:
    """The records that the rows write."""
    return list(chain.from_iterable(item.records for item in items))
