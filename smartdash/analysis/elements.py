"""How far the strategy's elements have come, by the newest of their state changes."""

from __future__ import annotations

from collections.abc import Iterable

from smartdash.model.workshops import ElementState, StateChange, StrategyElement

_ORDER = tuple(ElementState)


def newest_changes(changes: Iterable[StateChange]) -> dict[str, StateChange]:
    """The last change of each element, by its key; of several on one day the one that led furthest."""
    in_order = sorted(changes, key=lambda change: (change.changed_on, _ORDER.index(change.state)))
    return {change.element: change for change in in_order}


def states(elements: Iterable[StrategyElement], changes: Iterable[StateChange]) -> dict[str, ElementState]:
    """The state of each element by its key: that of its newest change, else the one it was entered with."""
    newest = newest_changes(changes)
    return {element.key: newest[element.key].state if element.key in newest else element.state for element in elements}


def reasons(elements: Iterable[StrategyElement], changes: Iterable[StateChange]) -> dict[str, str | None]:
    """The reason given for the state that `states` returns, by the element's key; None where none was given."""
    newest = newest_changes(changes)
    return {
        element.key: newest[element.key].reason if element.key in newest else element.reason for element in elements
    }
