"""How many records of each type a scope shows, counted in SQL."""

from __future__ import annotations

from dataclasses import dataclass

from smartdash.model import RECORDS
from smartdash.store.reader import Reader
from smartdash.store.schema import quoted


@dataclass(frozen=True, slots=True)
class RecordCount:
    """The number of a programme's own records of a type, of those that name a source, and of the public ones."""

    name: str
    records: int
    with_source: int
    public: int


def record_counts(reader: Reader) -> list[RecordCount]:
    """The counts of every record type that has a record of the programme itself, in the order of the sheets.

    Reference data that all programmes share is not counted.
    """
    queries = (
        f"SELECT '{name}' AS name, count(*) AS records, count(source) AS with_source, "
        f"count(*) FILTER (WHERE public) AS public FROM {quoted(name)} WHERE programme = $programme"
        for name, record in RECORDS.items()
        if reader.stored(record)
    )
    rows = reader.rows(" UNION ALL ".join(queries), programme=reader.scope.programme)
    found = {row[0]: RecordCount(*row) for row in rows if row[1]}
    return [found[name] for name in RECORDS if name in found]


def unsourced_keys(reader: Reader) -> dict[str, tuple[int, list[str]]]:
    """By record type, without the shared ones: how many records there are, and the keys of those without a source."""
    names = [name for name, record in RECORDS.items() if not record.sheet.shared]
    queries = (
        f"SELECT '{name}' AS name, count(*) AS records, "
        f"coalesce(list(key ORDER BY key) FILTER (WHERE source IS NULL), []) AS keys FROM {quoted(name)}"
        for name in names
    )
    found = {name: (count, keys) for name, count, keys in reader.rows(" UNION ALL ".join(queries))}
    return {name: found[name] for name in names}
