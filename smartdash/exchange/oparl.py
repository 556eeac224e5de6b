"""Sessions and papers from OParl files, as a council information system exports them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from smartdash.exchange.columns import RawColumn, RawSheet
from smartdash.exchange.files import Upload
from smartdash.exchange.oparl_objects import LEFT_OUT, TAKEN, Collected, OParlObject, collect, further_pages
from smartdash.exchange.oparl_records import Held, Row, Rows, rows_of
from smartdash.exchange.problems import Note, Problem
from smartdash.exchange.validation import check
from smartdash.model import RECORDS
from smartdash.model.declare import Record, fields

_PROPERTIES = {
    "committee": {"key": "id", "title": "name", "since": "startDate", "until": "endDate"},
    "committee_session": {"key": "id", "committee": "organization", "held_on": "start", "url": "id"},
    "paper": {"key": "id", "title": "name", "number": "reference", "issued": "date", "kind": "paperType", "url": "id"},
    "consultation": {
        "key": "id",
        "session": "meeting",
        "open_session": "AgendaItem.public",
        "agenda_item": "AgendaItem.number",
        "result": "AgendaItem.result",
        "outcome": "AgendaItem.result",
    },
}
"""The property that a field is read from, where it has another name."""
_NAMED = 5
"""How many unknown words and kept keys a note names."""


@dataclass(frozen=True, slots=True)
class OParlReading:
    """The records of OParl files by type, or what is wrong with them; and what was not taken over."""

    records: Mapping[str, Sequence[Record]]
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]


def read_oparl(files: Sequence[Upload], programme: str, held: Held) -> OParlReading:
    """The committees, sessions, papers and consultations of OParl 1.0 and 1.1 files.

    Args:
        files: Names and contents of JSON files: single objects, lists of them, or object lists with `data`.
        programme: The key of the programme the records shall belong to.
        held: What the programme holds, so that what is there already keeps its keys.

    Source: OParl 1.1, https://dev.oparl.org/spezifikation.
    """
    found = collect(list(files))
    made = rows_of(found, held)
    problems = [*found.problems, *made.problems]
    records: dict[str, Sequence[Record]] = {}
    for name, rows in made.rows.items():
        checked, faults = check(_sheet(name, rows), programme)
        problems += [_placed(fault, rows[fault.row or 0].one) for fault in faults]
        records[name] = checked.records
    if not problems and not any(found.objects[kind] for kind in TAKEN):
        problems.append(Problem(files[0][0], "", None, "", "", "oparl.nothing"))
    return OParlReading(records, tuple(problems), () if problems else tuple(_notes(found, made)))


def _sheet(name: str, rows: Sequence[Row]) -> RawSheet:
    """The rows as a sheet whose row numbers are places in `rows`."""
    record = RECORDS[name]
    columns = tuple(
        RawColumn(one, _PROPERTIES[name].get(one.name, one.name), [_cell(row, one.name) for row in rows], {})
        for one in fields(record)
    )
    return RawSheet(record, "", name, range(len(rows)), columns)


def _cell(row: Row, field: str) -> object:
    value = row.values.get(field)
    return "" if value is None else value


def _placed(fault: Problem, one: OParlObject) -> Problem:
    return replace(fault, file=one.file, sheet=one.place, row=None)


def _notes(found: Collected, made: Rows) -> list[Note]:
    """What the reader must know: what was left out or derived, and what the file cannot do."""
    loose = len(found.objects["AgendaItem"]) - sum(
        bool(item.properties.get("consultation")) for item in found.objects["AgendaItem"].values()
    )
    left_out = [
        *((f"oparl.count_{kind.lower()}", len(found.left_out[kind])) for kind in LEFT_OUT),
        ("oparl.count_no_body", made.no_bodies),
        ("oparl.count_loose_item", loose),
    ]
    parts = tuple((message, count) for message, count in left_out if count)
    deleted = [one for kind in TAKEN for one in found.objects[kind].values() if one.deleted]
    kept = sorted({made.keys[one.id] for one in deleted if one.id in made.keys})
    notes = [
        Note("oparl.left_out", parts=parts) if parts else None,
        _counted("oparl.deleted", len(deleted)),
        _counted("oparl.deleted_kept", len(kept), keys=_few(kept)),
        _counted("oparl.kind_derived", len(made.kinds), words=_few(made.kinds)),
        _counted("oparl.role_derived", len(made.roles), words=_few(made.roles)),
        _counted("oparl.opened", made.opened),
        _counted("oparl.further_pages", further_pages(found)),
    ]
    return [note for note in notes if note]


def _counted(message: str, count: int, **values: str) -> Note | None:
    return Note(message, count, values) if count else None


def _few(words: Sequence[str]) -> str:
    known = list(dict.fromkeys(words))
    return ", ".join([*known[:_NAMED], "…"] if len(known) > _NAMED else known)
