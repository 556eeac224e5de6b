"""An agenda that somebody rearranges before the conference begins: what was typed becomes items in a new order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from smartdash.analysis.collecting import new_keys
from smartdash.model.conferences import AgendaItem, AgendaKind, Conference


@dataclass(frozen=True, slots=True)
class Entry:
    """An agenda item as it was typed.

    `key` is that of the item (None: it is new), `place` where it shall stand (None: at the end), such as 2.5 for
    between the second and the third; `title` is its own one where it is not called by its kind or objective.
    """

    key: str | None
    place: float | None
    kind: AgendaKind
    objective: str | None
    title: str | None
    minutes: int


def edited_agenda(
    conference: Conference, items: Sequence[AgendaItem], entries: Sequence[Entry], taken: Collection[str]
) -> list[AgendaItem]:
    """The items of an agenda after it was edited, numbered from 1 in their new order.

    An item that was moved to the place of another comes to stand there: before the other where it moved up or is new,
    after it where it moved down. What an item keeps besides, such as its notes, stays.

    Args:
        conference: The conference.
        items: Its items before, in their order.
        entries: What was typed; items that are not among them are left out.
        taken: The keys that agenda items have or had.
    """
    known: dict[str, Any] = {item.key: item for item in items}
    before = {item.key: place for place, item in enumerate(items, start=1)}
    keys = new_keys(conference.key, taken)

    def rank(entry: Entry) -> tuple[float, int]:
        old = before.get(entry.key or "")
        place = float("inf") if entry.place is None else entry.place
        if old is None or place < old:
            return place, -1
        return place, int(place > old)

    arranged = []
    for order, entry in enumerate(sorted(entries, key=rank), start=1):
        values: dict[str, Any] = {
            "order": order,
            "kind": entry.kind,
            "objective": entry.objective,
            "title": entry.title,
            "minutes": entry.minutes,
        }
        if item := known.get(entry.key or ""):
            arranged.append(item.model_copy(update=values))
        else:
            own: dict[str, Any] = {
                "programme": conference.programme,
                "conference": conference.key,
                "demo": conference.demo,
            }
            arranged.append(AgendaItem(**own, key=next(keys), **values))
    return arranged
