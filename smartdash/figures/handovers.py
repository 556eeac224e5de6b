"""The figure of what projects and key results wait for: who provides, until when, and whether it is confirmed."""

from __future__ import annotations

from collections import Counter

from smartdash.analysis.handovers import HandoverState, handovers
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.standings import unit_names
from smartdash.figures.tables import column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.okr import KeyResult
from smartdash.model.projects import Project
from smartdash.model.schedule import Dependency, Milestone, Phase
from smartdash.store import Reader


def party_names(reader: Reader) -> dict[str, str]:
    """The titles of all that provides or waits, by key."""
    found = dict(unit_names(reader))
    for record in (Phase, Milestone, KeyResult, Project):
        found |= {str(key): title for key, title in titles(reader.all(record)).items()}
    return found


@figure("projects.dependencies", page="projects", needs=("dependency",))
def dependencies(reader: Reader, say: Words) -> Draft:
    """What projects and key results need: overdue and unconfirmed deliveries on top."""
    scheduled = {item.key for record in (Phase, Milestone) for item in reader.all(record)}
    found, names = handovers(reader.all(Dependency), scheduled, reader.scope.as_of), party_names(reader)
    counts = Counter(item.state for item in found)
    message = say("projects.dependencies_none")
    if found:
        message = say(
            "projects.dependencies_message",
            n=len(found),
            overdue=number(counts[HandoverState.OVERDUE], say.lang),
            unconfirmed=number(counts[HandoverState.UNCONFIRMED], say.lang),
        )
    lang = say.lang
    return Draft(
        message=message,
        columns=(
            TableColumn("status", say("projects.computed"), "status"),
            TableColumn("flow", say("projects.flow")),
            TableColumn("state", say("projects.state")),
            column(Dependency, "needed_by", lang, "day"),
            TableColumn("overdue", say("projects.days_overdue"), "whole"),
            column(Dependency, "confirmed_on", lang, "day"),
            column(Dependency, "provided_on", lang, "day"),
            column(Dependency, "owner_role", lang),
            column(Dependency, "description", lang),
        ),
        rows=tuple(
            (
                item.status.value,
                f"{names.get(item.dependency.provider)} → {names.get(item.dependency.consumer)}",
                say(f"projects.state_{item.state}"),
                item.dependency.needed_by,
                item.overdue,
                item.dependency.confirmed_on,
                item.dependency.provided_on,
                item.dependency.owner_role,
                item.dependency.description,
            )
            for item in found
        ),
        unit=say("projects.dependencies_unit"),
    )
