"""What the forms of impediments work on: how each stands, and what it may block or be caused by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from smartdash.analysis.impediments import ImpedimentStanding
from smartdash.figures.standings import read_impediments
from smartdash.locale import Language
from smartdash.model.impediments import ImpedimentEvent
from smartdash.model.okr import Cycle, KeyResult, Objective
from smartdash.model.projects import Project
from smartdash.model.schedule import Milestone
from smartdash.model.shared import Unit
from smartdash.store import Reader, Scope
from smartdash.ui import opened
from smartdash.ui.capture_reading import shortened
from smartdash.ui.view import View

_READINGS = 20


@dataclass(frozen=True, slots=True)
class ImpedimentStock:
    """The impediments as of `revision` with their events, and by key the units and all that may be blocked."""

    revision: int
    standings: Sequence[ImpedimentStanding]
    events: Sequence[ImpedimentEvent]
    units: dict[str, str]
    blockable: dict[str, str]


def read_stock(view: View) -> ImpedimentStock:
    """What the forms of the chosen programme work on, read anew when the store has changed."""
    return _read(opened.store().stamp(), view.scope(), view.lang)


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _read(stamp: tuple[int, ...], scope: Scope, lang: Language) -> ImpedimentStock:
    with opened.store().read(scope) as reader:
        return ImpedimentStock(
            reader.scope.revision or 0,
            read_impediments(reader),
            reader.all(ImpedimentEvent),
            {item.key: item.title for item in reader.all(Unit)},
            _blockable(reader, lang),
        )


def _blockable(reader: Reader, lang: Language) -> dict[str, str]:
    """Key results with their cycle, the newest cycle first, then projects and milestones, each named as such."""
    cycles = {item.key: item for item in reader.all(Cycle)}
    cycle_of = {item.key: cycles[item.cycle] for item in reader.all(Objective)}
    results = sorted(reader.all(KeyResult), key=lambda item: cycle_of[item.objective].start, reverse=True)
    named = {item.key: f"{cycle_of[item.objective].title} · {shortened(item.title)}" for item in results}
    named |= {item.key: f"{Project.sheet.label(lang)} · {shortened(item.title)}" for item in reader.all(Project)}
    milestone = Milestone.sheet.label(lang)
    return named | {item.key: f"{milestone} · {shortened(item.title)}" for item in reader.all(Milestone)}
