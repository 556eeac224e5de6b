"""An edited agenda: where moved, new and removed items come to stand, and what they keep."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conference_records import AGENDA, CONFERENCE
from hypothesis import given
from hypothesis import strategies as st

from smartdash.analysis.agenda_editing import Entry, edited_agenda
from smartdash.model.conferences import AgendaKind

SAME = [
    Entry(item.key, float(place), item.kind, item.objective, item.title, item.minutes)
    for place, item in enumerate(AGENDA, start=1)
]
NEW = Entry(None, None, AgendaKind.OTHER, None, "Pause", 10)


def keys(entries: list[Entry]) -> list[str]:
    return [item.key for item in edited_agenda(CONFERENCE, AGENDA, entries, {"k1-01", "k1-03"})]


def moved(key: str, place: float | None) -> list[Entry]:
    return [replace(entry, place=place) if entry.key == key else entry for entry in SAME]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (SAME, ["a1", "a2", "a3", "a4"]),
        ([], []),
        (moved("a3", 2), ["a1", "a3", "a2", "a4"]),
        (moved("a2", 3), ["a1", "a3", "a2", "a4"]),
        (moved("a1", 2.5), ["a2", "a1", "a3", "a4"]),
        (moved("a1", None), ["a2", "a3", "a4", "a1"]),
        (moved("a4", 0), ["a4", "a1", "a2", "a3"]),
        (moved("a1", 99), ["a2", "a3", "a4", "a1"]),
        (SAME[1:3], ["a2", "a3"]),
        ([*SAME, NEW], ["a1", "a2", "a3", "a4", "k1-04"]),
        ([*SAME, replace(NEW, place=2)], ["a1", "k1-04", "a2", "a3", "a4"]),
        ([*SAME, NEW, NEW], ["a1", "a2", "a3", "a4", "k1-04", "k1-05"]),
    ],
)
def test_where_an_item_comes_to_stand(entries: list[Entry], expected: list[str]) -> None:
    assert keys(entries) == expected


def test_an_item_keeps_its_notes_and_an_untouched_agenda_is_the_same() -> None:
    noted = [item.model_copy(update={"notes": "Beamer bestellen"}) for item in AGENDA]
    assert edited_agenda(CONFERENCE, noted, SAME, ()) == noted
    changed = edited_agenda(CONFERENCE, noted, [replace(SAME[0], minutes=7, title="Begrüßung")], ())
    assert [(item.minutes, item.title, item.notes) for item in changed] == [(7, "Begrüßung", "Beamer bestellen")]


@given(places=st.lists(st.one_of(st.none(), st.floats(0, 9)), min_size=4, max_size=4))
def test_no_item_is_lost_and_the_order_counts_from_one(places: list[float | None]) -> None:
    entries = [replace(entry, place=place) for entry, place in zip(SAME, places, strict=True)]
    items = edited_agenda(CONFERENCE, AGENDA, entries, ())
    assert sorted(item.key for item in items) == ["a1", "a2", "a3", "a4"]
    assert [item.order for item in items] == [1, 2, 3, 4]
