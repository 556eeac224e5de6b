"""References, checked over the current state inside the write's transaction (tables have no foreign keys)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import duckdb

from smartdash.model import RECORDS
from smartdash.model.declare import REFERENCE, Reference
from smartdash.store.changes import TypeDifference
from smartdash.store.errors import BrokenReference
from smartdash.store.schema import newest, quoted, references, table

_AT_MOST = 100


def broken_references(
    cursor: duckdb.DuckDBPyConnection, programme: str, number: int, written: Mapping[str, TypeDifference]
) -> list[BrokenReference]:
    """What revision `number` of `programme` has broken: new values that lead nowhere, retired keys still in use.

    A retired key of the shared reference data is looked for in all programmes. At most 100 per field are listed.
    """
    found: list[BrokenReference] = []
    for name, field, column, everywhere in _affected(written):
        values = {"programme": programme} if everywhere else {"programme": programme, "revision": number}
        found += [
            BrokenReference(name, key, field, value, _kind(cursor, programme, column, value, types))
            for key, value, types in cursor.execute(_broken(name, field, column, everywhere), values).fetchall()
        ]
    return found


def _affected(written: Mapping[str, TypeDifference]) -> Iterator[tuple[str, str, Reference, bool]]:
    """The fields to check; last, whether in all rows (a target has changed) or in those just written."""
    for name, record in RECORDS.items():
        own = written.get(name)
        for field, column in references(record):
            targets = [written[target] for target in column.to if target in written]
            retired = any(target.retired for target in targets)
            doubled = len(column.to) > 1 and any(target.new for target in targets)
            if retired or doubled or (own and own.new + own.changed):
                yield name, field, column, retired or doubled


def _broken(name: str, field: str, column: Reference, everywhere: bool) -> str:
    place = f"(programme = $programme OR $programme = '{REFERENCE}')"
    anywhere = f"({place} OR programme = '{REFERENCE}')"
    rows = f"({newest(name, place)})" if everywhere else f"{table(name)}"
    written = "" if everywhere else "AND programme = $programme AND revision = $revision"
    known = " UNION ALL ".join(
        f"SELECT '{target}' AS type, programme, key FROM ({newest(target, anywhere)}) WHERE NOT retired"
        for target in column.to
    )
    return f"""
        WITH used AS (
            SELECT programme, key, {quoted(field)} AS value FROM {rows}
            WHERE NOT retired AND {quoted(field)} IS NOT NULL {written}
        ), known AS ({known}), wrong AS (
            SELECT each.programme, value, count(DISTINCT type) AS types
            FROM (SELECT DISTINCT programme, value FROM used) AS each
            LEFT JOIN known ON known.key = value AND known.programme IN (each.programme, '{REFERENCE}')
            GROUP BY ALL HAVING types <> 1
        )
        SELECT key, value, types FROM used JOIN wrong USING (programme, value) ORDER BY ALL LIMIT {_AT_MOST}"""


def _kind(
    cursor: duckdb.DuckDBPyConnection, programme: str, column: Reference, value: str, types: int
) -> Literal["missing", "retired", "ambiguous"]:
    if types > 1:
        return "ambiguous"
    ever = " UNION ALL ".join(
        f"SELECT 1 FROM {table(target)} WHERE key = $key AND programme IN ($programme, '{REFERENCE}')"
        for target in column.to
    )
    found = cursor.execute(ever, {"key": value, "programme": programme}).fetchall()
    return "retired" if found else "missing"
