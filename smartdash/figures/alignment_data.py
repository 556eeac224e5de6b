"""What can contribute or be contributed to, with its title, what it is, and its cycle."""

from __future__ import annotations

from dataclasses import dataclass

from smartdash.figures.headings import heading
from smartdash.locale import Words
from smartdash.model.okr import Cycle, KeyResult, Objective
from smartdash.model.projects import Project, ProjectProgress
from smartdash.model.workshops import StrategyElement
from smartdash.store import Reader


@dataclass(frozen=True, slots=True)
class Element:
    """A goal, objective, key result or project.

    `sheet` is its record type, `kind` the word for it, `public` whether everybody may see it; `objective` is the key of
    the objective it is or belongs to.
    """

    key: str
    title: str
    sheet: str
    kind: str
    public: bool
    cycle: Cycle | None = None
    objective: str | None = None


def read_elements(reader: Reader, say: Words) -> dict[str, Element]:
    """All of them by key: goals first, then by cycle objectives and key results, then projects."""
    cycles = {item.key: item for item in reader.all(Cycle)}
    objectives = sorted(
        reader.all(Objective), key=lambda item: (cycles[item.cycle].start, item.order is None, item.order or 0)
    )
    cycle_of = {item.key: cycles[item.cycle] for item in objectives}
    results = sorted(reader.all(KeyResult), key=lambda item: cycle_of[item.objective].start)
    objective, result = heading(Objective, "title", say), heading(KeyResult, "title", say)
    found = [
        Element(item.key, item.title, item.sheet.name, item.level.label(say.lang), item.public)
        for item in reader.all(StrategyElement)
    ]
    found += [
        Element(item.key, item.title, item.sheet.name, objective, item.public, cycle_of[item.key], item.key)
        for item in objectives
    ]
    found += [
        Element(item.key, item.title, item.sheet.name, result, item.public, cycle_of[item.objective], item.objective)
        for item in results
    ]
    project = heading(ProjectProgress, "project", say)
    projects = sorted(reader.all(Project), key=lambda item: item.title)
    found += [Element(item.key, item.title, item.sheet.name, project, item.public) for item in projects]
    return {item.key: item for item in found}
