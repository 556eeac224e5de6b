"""Figures of the projects: the inventory with its facets, and how many there are per field of work and unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from smartdash.analysis.projects import ProjectStanding, budget_total, by_field, reported_status, worst_status
from smartdash.analysis.status import SEVERITY, Status, thresholds
from smartdash.charts.tokens import STATUS_SIGNS
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Option, Row, TableColumn
from smartdash.figures.headings import listing
from smartdash.figures.standings import read_projects, unit_names
from smartdash.figures.tables import column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import euro_short, number
from smartdash.model.projects import Project, ProjectKind, ProjectProgress, ProjectStage, ProjectState, ReportDimension
from smartdash.model.shared import FieldOfWork
from smartdash.store import Reader

_ALL, _NONE = "all", "none"
_FACETS = ("field", "unit", "kind", "state", "stage", "status")

Facet = Callable[[ProjectStanding], tuple[str, ...]]
_VALUES: Mapping[str, Facet] = {
    "field": lambda item: item.fields or (_NONE,),
    "unit": lambda item: (item.project.unit or _NONE,),
    "kind": lambda item: (item.project.kind.value,),
    "state": lambda item: (item.project.state.value,),
    "stage": lambda item: (item.stage.value if item.stage else _NONE,),
    "status": lambda item: (item.status.value,),
}


@figure("projects.inventory", page="projects", needs=("project",), options=_FACETS)
def inventory(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Every project with the columns that councils ask for, narrowed by the chosen facets."""
    standings = read_projects(reader)
    fields, units = titles(reader.all(FieldOfWork)), unit_names(reader)
    options = _options(standings, fields, units, chosen, say)
    kept = [
        item
        for item in standings
        if all(one.chosen == _ALL or one.chosen in _VALUES[one.name](item) for one in options)
    ]
    return Draft(
        message=_message(kept, len(standings), say),
        columns=_columns(say),
        rows=tuple(_row(item, fields, units, say) for item in kept),
        unit=say("projects.inventory_unit"),
        note=say("projects.inventory_note", days=number(thresholds(reader.scope.as_of).report_days, say.lang)),
        options=options,
    )


def _options(
    standings: Sequence[ProjectStanding],
    fields: Mapping[str | None, str],
    units: Mapping[str, str],
    chosen: Mapping[str, str],
    say: Words,
) -> tuple[Option, ...]:
    """The facets with the number of projects behind each value; values without any are left out."""
    names: dict[str, dict[str, str]] = {
        "field": {str(key): title for key, title in fields.items()},
        "unit": dict(units),
        "kind": {item.value: item.label(say.lang) for item in ProjectKind},
        "state": {item.value: item.label(say.lang) for item in ProjectState},
        "stage": {item.value: item.label(say.lang) for item in ProjectStage},
        "status": {item.value: f"{STATUS_SIGNS[item.value]} {say(f'status.{item}')}" for item in Status},
    }
    options = []
    for name in _FACETS:
        counts = Counter(value for item in standings for value in _VALUES[name](item))
        known = {**names[name], _NONE: say("projects.facet_none")}
        values = {key: f"{label} ({number(counts[key], say.lang)})" for key, label in known.items() if counts[key]}
        everything = {_ALL: say("projects.facet_all", n=len(standings))}
        options.append(choice(name, say(f"projects.facet_{name}"), {**everything, **values}, chosen))
    return tuple(options)


def _message(kept: Sequence[ProjectStanding], total: int, say: Words) -> str:
    if not kept:
        return say("projects.inventory_none", n=total)
    counts = Counter(item.status for item in kept)
    parts = [f"{number(counts[status], say.lang)} {say(f'status.{status}')}" for status in SEVERITY if counts[status]]
    message = "projects.inventory_message" if len(kept) == total else "projects.inventory_selected"
    sentences = [say(message, n=len(kept), total=number(total, say.lang), parts=listing(parts, say))]
    budget, known = budget_total(kept), sum(item.project.cost is not None for item in kept)
    if budget is not None:
        sentences.append(say("projects.inventory_budget", n=known, budget=euro_short(budget, say.lang)))
    return " ".join(sentences)


def _columns(say: Words) -> tuple[TableColumn, ...]:
    lang = say.lang
    return (
        column(Project, "title", lang),
        TableColumn("status", say("projects.computed"), "status"),
        TableColumn("reported", say("projects.reported"), "status"),
        column(Project, "unit", lang),
        column(Project, "goal", lang),
        column(Project, "cost", lang, "money"),
        column(ProjectProgress, "stage", lang),
        TableColumn("completion", say("projects.completion"), "percent"),
        column(Project, "planned_end", lang, "day"),
        TableColumn("expected_end", say("projects.expected_end"), "day"),
        TableColumn("days_late", say("schedule.days_late"), "whole"),
        column(Project, "final_cost", lang, "money"),
        TableColumn("attainment", say("projects.attainment"), "percent"),
        column(Project, "field_of_work", lang),
        column(Project, "owner_role", lang),
        column(ProjectProgress, "reported_on", lang, "day"),
    )


def _row(item: ProjectStanding, fields: Mapping[str | None, str], units: Mapping[str, str], say: Words) -> Row:
    project = item.project
    reported = reported_status(item.dimensions[ReportDimension.OVERALL])
    return (
        project.title,
        item.status.value,
        reported.value if reported else None,
        units.get(project.unit or ""),
        project.goal,
        project.cost,
        item.stage.label(say.lang) if item.stage else None,
        item.completion,
        project.planned_end,
        item.expected_end,
        item.days_late,
        item.final_cost,
        item.attainment,
        "; ".join(fields[key] for key in item.fields if key in fields) or None,
        project.owner_role,
        item.progress.reported_on if item.progress else None,
    )


@figure("projects.matrix", page="projects", needs=("project",))
def matrix(reader: Reader, say: Words) -> Draft:
    """How many projects each unit leads in each field of work, with the worst status among them."""
    standings = read_projects(reader)
    groups, fields, units = by_field(standings), titles(reader.all(FieldOfWork)), unit_names(reader)
    used = Counter(item.project.unit for item in standings)
    order = [unit for unit, _ in used.most_common() if unit in units] + [None] * (None in used)
    rows = []
    for field in [*(key for key in fields if key in groups), *([None] if None in groups else [])]:
        own = groups[field]
        cells = [_cell([item for item in own if item.project.unit == unit]) for unit in order]
        rows.append((fields.get(field) or say("projects.facet_none"), _cell(own), *cells))
    shared = sum(len(item.fields) > 1 for item in standings)
    names = [units.get(unit or "") or say("projects.facet_none") for unit in order]
    total = say(
        "projects.matrix_message", n=len(standings), fields=number(len(fields.keys() & groups.keys()), say.lang)
    )
    biggest = max(rows, key=lambda row: row[1].split()[-1].zfill(9))
    return Draft(
        message=f"{total} {say('projects.matrix_most', field=biggest[0], count=biggest[1].split()[-1])}",
        columns=(
            column(Project, "field_of_work", say.lang),
            TableColumn("all", say("projects.matrix_all")),
            *(TableColumn(f"unit_{place}", name) for place, name in enumerate(names)),
        ),
        rows=tuple(rows),
        unit=say("projects.matrix_unit"),
        note=say("projects.matrix_note", n=shared) if shared else "",
    )


def _cell(standings: Sequence[ProjectStanding]) -> str:
    return f"{STATUS_SIGNS[worst_status(standings).value]} {len(standings)}" if standings else ""
