"""References, checked over the current state inside the write's transaction (tables have no foreign keys)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import duckdb

from smartdash.model import RECORDS
from smartdash.model.declare import REFERENCE, Reference
from smartdash.store.changes import TypeDifference
from smartdash.store.errors import BrokenReference
from smartdash.store.schema import newest, quoted, references

_AT_MOST = 100


def broken_references(
    cursor: duckdb.DuckDBPyConnection, programme: str, written: Mapping[str, TypeDifference]
) -> list[BrokenReference]:
    """What a write to `programme` has broken: new values that lead nowhere, and retired keys still in use.

    A retired key of the shared reference data is looked for in all programmes. At most 100 per field are listed.
    """
    found: list[BrokenReference] = []
    for name, field, column in _affected(written):
        query = _broken(name, field, column)
        found += [
            BrokenReference(name, key, field, value, _kind(cursor, column, value, types))
            for key, value, types in cursor.execute(query, {"programme": programme}).fetchall()
        ]
    return found


def _affected(written: Mapping[str, TypeDifference]) -> Iterator[tuple[str, str, Reference]]:
    for name, record in RECORDS.items():
        own = written.get(name)
        for field, column in references(record):
            targets = [written[target] for target in column.to if target in written]
            retired = any(target.retired for target in targets)
            doubled = len(column.to) > 1 and any(target.new for target in targets)
            if (own and own.new + own.changed) or retired or doubled:
                yield name, field, column


def _broken(name: str, field: str, column: Reference) -> str:
    place = f"(programme = $programme OR $programme = '{REFERENCE}')"
    anywhere = f"({place} OR programme = '{REFERENCE}')"
    value = quoted(field)
    used = f"SELECT programme, key, {value} AS value FROM ({newest(name, place)}) WHERE NOT retired"
    known = " UNION ALL ".join(
        f"SELECT '{target}' AS type, programme, key FROM ({newest(target, anywhere)}) WHERE NOT retired"
        for target in column.to
    )
    return (
        f"WITH used AS ({used}), known AS ({known}), "
        f"met AS (SELECT used.programme, used.value, known.type FROM "
        f"(SELECT DISTINCT programme, value FROM used WHERE value IS NOT NULL) AS used LEFT JOIN known "
        f"ON known.key = used.value AND known.programme IN (used.programme, '{REFERENCE}')), "
        f"wrong AS (SELECT programme, value, count(DISTINCT type) AS types FROM met GROUP BY ALL HAVING types <> 1) "
        f"SELECT used.key, used.value, wrong.types FROM used JOIN wrong USING (programme, value) "
        f"ORDER BY ALL LIMIT {_AT_MOST}"
    )


def _kind(
    cursor: duckdb.DuckDBPyConnection, column: Reference, value: str, types: int
) -> Literal["missing", "retired", "ambiguous"]:
    if types > 1:
        return "ambiguous"
    ever = " UNION ALL ".join(f"SELECT 1 FROM history.{quoted(target)} WHERE key = $key" for target in column.to)
    return "retired" if cursor.execute(ever, {"key": value}).fetchall() else "missing"
