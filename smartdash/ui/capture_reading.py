"""What the capture page works on, read once per run, and how it is named in lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from smartdash.analysis.condensing import Material
from smartdash.analysis.elements import states
from smartdash.locale import texts
from smartdash.locale.numbers import day
from smartdash.model.committees import Paper
from smartdash.model.shared import FieldOfWork
from smartdash.model.workshops import (
    Contribution,
    ElementState,
    Event,
    Link,
    StateChange,
    StrategyElement,
)
from smartdash.store import Scope
from smartdash.ui import opened
from smartdash.ui.view import View
from smartdash.ui.writing import working_day

_KEYED = ("contribution", "strategy_element", "project", "key_result")
"""The types that a link may lead to, among which no key may stand twice."""
_WORKSHOPS = 20
_LONGEST_LABEL = 90


@dataclass(frozen=True, slots=True)
class Workshop:
    """The events of a programme, newest first, and what came of them, as of `revision`."""

    revision: int
    events: Sequence[Event]
    material: Material
    fields_of_work: Sequence[FieldOfWork]
    papers: Sequence[Paper]
    states: dict[str, ElementState]

    def open_elements(self) -> list[StrategyElement]:
        """The elements that are not rejected."""
        return [item for item in self.material.elements if self.states[item.key] is not ElementState.REJECTED]


def read_workshop(view: View) -> Workshop:
    """Everything that is captured and condensed in the chosen programme, read anew when the store has changed."""
    return _read(opened.store().stamp(), view.scope())


@st.cache_resource(max_entries=_WORKSHOPS, show_spinner=False)
def _read(stamp: tuple[int, ...], scope: Scope) -> Workshop:
    with opened.store().read(scope) as reader:
        contributions, elements = reader.all(Contribution), reader.all(StrategyElement)
        links, changes = reader.all(Link), reader.all(StateChange)
        events = sorted(reader.all(Event), key=lambda event: (event.held_on, event.key), reverse=True)
        fields_of_work, papers = reader.all(FieldOfWork), reader.all(Paper)
        revision = reader.scope.revision or 0
    return Workshop(
        revision,
        events,
        Material(contributions, elements, links, changes, frozenset()),
        fields_of_work,
        papers,
        states(elements, changes),
    )


def material_to_write(view: View, workshop: Workshop) -> Material:
    """The material with every key ever taken, which only new records need."""
    return replace(workshop.material, taken=taken_keys(view))


def taken_keys(view: View) -> frozenset[str]:
    """Every key that a contribution or what came of it has ever had."""
    programme = view.programme.key if view.programme else ""
    return frozenset().union(*(opened.store().keys(programme, name, retired=True) for name in _KEYED))


def collected_on(event: Event, view: View) -> date:
    """The day on which something is said at an event: its last one, but not after the working day."""
    return min(event.ends_on or event.held_on, working_day(view))


def event_label(event: Event, view: View) -> str:
    """An event in a list: day, kind and title."""
    return f"{day(event.held_on, view.lang)} · {event.kind.label(view.lang)} · {event.title}"


def shortened(text: str) -> str:
    """A text as it fits into a list, cut with an ellipsis where it is too long."""
    return texts.shortened(text, _LONGEST_LABEL)


def contribution_label(contribution: Contribution) -> str:
    """A contribution in a list: its key, its text, its cluster."""
    cluster = f" ({contribution.cluster})" if contribution.cluster else ""
    return f"{contribution.key} · {shortened(contribution.text)}{cluster}"


def element_label(element: StrategyElement, view: View) -> str:
    """An element in a list: its level and title."""
    return f"{element.level.label(view.lang)} · {shortened(element.title)}"
