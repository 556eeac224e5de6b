"""Events, strategy elements and values as written; how each element came to its state, and what it owes to others."""

from __future__ import annotations

from collections.abc import Iterator

from musterstadt_source import participation
from musterstadt_source.tables import Row, Tables, read, without

_ORIGIN = ("merged", "split")
_CONDENSED_AT = "W16"
_STEPS = {"raw": 0, "condensed": 1, "agreed": 2, "adopted": 3}


def tables() -> Tables:
    """Rows of event, attendance, contribution, consideration, strategy_element, state_change, link, indicator_value."""
    texts = read("workshops")
    elements = texts["strategy_element"]
    rejected = frozenset(row["key"] for row in elements if row["state"] == "rejected")
    said = participation.tables(texts["event"], rejected)
    changes = list(_state_changes(elements, texts))
    changed = {row["element"] for row in changes}
    return said | {
        "event": [without(row, "attended") for row in texts["event"]],
        "attendance": list(participation.attendances(texts["event"])),
        "strategy_element": [_element(row, row["key"] in changed) for row in elements],
        "state_change": changes,
        "link": [*_written_links(elements), *said["link"]],
        "indicator_value": texts["indicator_value"],
    }


def _element(row: Row, changed: bool) -> Row:
    """The element as it was first written down; where nothing changed since, that is its state."""
    return without(row, "links", "reason") | {"state": "raw"} if changed else without(row, "links")


def _state_changes(elements: list[Row], texts: Tables) -> Iterator[Row]:
    """The written changes of an element, else the usual ones of its level up to its state."""
    written = {row["element"] for row in texts["state_change"]}
    for element in elements:
        key = element["key"]
        if key in written:
            yield from (row for row in texts["state_change"] if row["element"] == key)
            continue
        usual = (row for row in texts["usual"] if row["level"] == element["level"])
        for number, step in enumerate(usual, start=1):
            if number <= _STEPS[element["state"]]:
                yield {
                    **without(step, "level"),
                    "element": key,
                    "source": element["source"],
                    "source_place": f"Anlage 4, {key}, Schritt {number}",
                }


def _written_links(elements: list[Row]) -> Iterator[Row]:
    for element in elements:
        for written in filter(None, element.get("links", "").split(", ")):
            kind, target = written.split()
            yield {
                "origin": element["key"],
                "target": target,
                "kind": kind,
                **({"event": _CONDENSED_AT} if kind in _ORIGIN else {}),
                "source": "strategie",
                "source_place": f"Abschnitt 3, {element['key']}",
            }
