"""Conferences as written; their agendas made from the objectives, with the time each item took."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from musterstadt_source.tables import Row, Tables, generator, read

_BEFORE = (("opening", 5), ("last_time", 10))
_AFTER = (("impediments", 15), ("parked", 5), ("planning", 15), ("closing", 5))
_MINUTES_PER_KEY_RESULT = 5
_OPENS = "2026-08-15"
_LETTERS = {"decision": "E", "assignment": "A", "parked_topic": "T"}
_DAYS = {"decision": "decided_on", "assignment": "given_on", "parked_topic": "parked_on"}


def tables(key_results: list[Row], objectives: list[Row]) -> Tables:
    """Rows of conference, agenda_item, decision, assignment and parked_topic."""
    texts = read("conferences")
    notes = {(row["conference"], row["objective"]): row["notes"] for row in texts["note"]}
    agenda = [row for one in texts["conference"] for row in _agenda(one, key_results, objectives, notes)]
    held = {row["key"]: row["held_on"] for row in texts["conference"]}
    return {
        "conference": texts["conference"],
        "agenda_item": agenda,
        **{name: list(_numbered(texts[name], name, held)) for name in _LETTERS},
    }


def _numbered(rows: list[Row], name: str, held: dict[str, str]) -> Iterator[Row]:
    """What was said in a conference, with key, order and the day of the conference."""
    last: dict[str, int] = {}
    for row in rows:
        conference = row["conference"]
        order = last[conference] = last.get(conference, 0) + 1
        yield {
            "key": f"{conference}-{_LETTERS[name]}{order}",
            "order": str(order),
            _DAYS[name]: held[conference],
            **row,
        }


def _agenda(
    conference: Row, key_results: list[Row], objectives: list[Row], notes: dict[tuple[str, str], str]
) -> Iterator[Row]:
    """The items of a conference; those up to the opening date are done, with the seconds they took."""
    numbers = generator(f"agenda {conference['key']}")
    review = conference["kind"] == "review"
    about = [row["key"] for row in objectives if row["cycle"] == conference["cycle"]]
    sizes = {key: sum(row["objective"] == key for row in key_results) for key in about}
    items = [
        *((kind, minutes, "") for kind, minutes in _BEFORE if kind == "opening" or conference["key"] != "RK-2025-Q1"),
        *(("objective", _MINUTES_PER_KEY_RESULT * sizes[key], key) for key in about),
        *((kind, minutes, "") for kind, minutes in _AFTER if kind != "planning" or review),
    ]
    for order, (kind, minutes, objective) in enumerate(items, start=1):
        share = 0.7 + 0.6 * numbers.random()
        # The time an item took has no date of its own, so it would be seen before a conference that is still to come.
        over = conference["held_on"] <= _OPENS
        spent = {"done": "true", "spent_seconds": str(round(60 * minutes * share))} if over else {}
        note = notes.get((conference["key"], objective))
        yield {
            "key": f"{conference['key']}-{order:02}",
            "conference": conference["key"],
            "order": str(order),
            "kind": kind,
            **({"objective": objective} if objective else {}),
            "minutes": str(minutes),
            **spent,
            **({"notes": note} if note else {}),
            "public": "false",
            "source": conference["source"],
            "source_place": f"Tagesordnung {date.fromisoformat(conference['held_on']):%d.%m.%Y}, TOP {order}",
        }
