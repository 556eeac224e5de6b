"""What the forms of the projects page offer, read once per state of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from smartdash.analysis.reports import newest
from smartdash.figures.handovers import party_names
from smartdash.model.okr import KeyResult
from smartdash.model.projects import Project, ProjectProgress
from smartdash.model.risks import Risk
from smartdash.model.schedule import Dependency
from smartdash.model.shared import Unit
from smartdash.store import Scope
from smartdash.ui import opened
from smartdash.ui.view import View

_READINGS = 20


@dataclass(frozen=True, slots=True)
class Stock:
    """What the forms offer, as of `revision`.

    `names` are the titles of all that provides or waits, by key; `hidden` those of them that are not public. `provided`
    has by provider and consumer the day on which a dependency was settled.
    """

    revision: int
    projects: dict[str, Project]
    progress: dict[str, ProjectProgress]
    risks: dict[str, Risk]
    deliveries: dict[str, Dependency]
    providers: tuple[str, ...]
    consumers: tuple[str, ...]
    names: dict[str, str]
    hidden: frozenset[str]
    provided: dict[tuple[str, str], date]


def read_stock(view: View) -> Stock:
    """What may be entered about in the chosen programme, read anew when the store has changed."""
    return _read_stock(opened.store().stamp(), view.scope())


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _read_stock(stamp: tuple[int, ...], scope: Scope) -> Stock:
    with opened.store().read(scope) as reader:
        projects = {item.key: item for item in sorted(reader.all(Project), key=lambda one: one.title)}
        key_results, all_units = reader.all(KeyResult), reader.all(Unit)
        results = tuple(item.key for item in key_results)
        units = tuple(item.key for item in all_units)
        dependencies = reader.all(Dependency)
        parties = {*projects, *results, *units}
        return Stock(
            reader.scope.revision or 0,
            projects,
            newest(reader.all(ProjectProgress), lambda item: item.project),
            {item.key: item for item in reader.all(Risk) if item.closed_on is None},
            {
                item.key: item
                for item in dependencies
                if item.provided_on is None and (item.provider in parties or item.consumer in parties)
            },
            (*units, *projects),
            (*projects, *results),
            party_names(reader),
            frozenset(item.key for item in (*projects.values(), *key_results, *all_units) if not item.public),
            {(item.provider, item.consumer): item.provided_on for item in dependencies if item.provided_on},
        )
