"""From an older file to the current tables: rebuilt beside the old file, then swapped in, the old file kept."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from smartdash.store import schema
from smartdash.store.connection import connect
from smartdash.store.errors import StoreError, StoreTooNew


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the tables' history, described by what cannot be told from the tables themselves.

    New tables, new columns (empty or with the declared default) and removed ones need nothing but a number and a
    title. `rename_tables` maps old to new names; `rename_columns` maps a table (its new name) to old → new columns;
    `statements` run last, on the new file.
    """

    number: int
    title: str
    rename_tables: Mapping[str, str] = field(default_factory=dict)
    rename_columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    statements: Sequence[str] = ()


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "first version"),
    Migration(2, "baselines, dependencies, considerations, state changes, programme structure, papers in the council"),
    Migration(3, "OKR kinds, alignment, reviews, conferences, project progress, impediment events, risks"),
    Migration(4, "appropriations, carry-overs, forecasts, commitment steps, drawdowns, rules, waivers, scenarios"),
    Migration(5, "invitations, consensus, indicator criteria, peer scores and groups, analysis texts, sources kept"),
)

FINGERPRINT = "c3dbdc5aa75472d43c937ca2af5d5cc4f44c4214feb82ef63e45d31fa104b9f6"
"""Hash of the tables that the newest migration leads to."""

_OLDER = "smartdash_older_store"
"""What the older file is called while it is copied; the new one is called as its file, so not simply "old"."""


def prepare(path: Path) -> None:
    """Make an empty store, or bring an older one up to date. No session may be open and the turn must be held.

    Raises:
        StoreTooNew: a newer program wrote the file.
        StoreError: the file is a database, but not a store of this program; or rows would be lost.
        duckdb.Error: the file cannot be opened.
    """
    bring_to(path, MIGRATIONS, schema.definition())


def bring_to(path: Path, migrations: Sequence[Migration], definition: str) -> None:
    """Bring the file at `path` to the newest of `migrations`, whose tables `definition` makes."""
    current = migrations[-1].number
    with connect(path) as connection:
        number = _version(connection, path)
        if number == 0:
            _create(connection, migrations[-1:], definition)
    if number > current:
        raise StoreTooNew(path)
    if 0 < number < current:
        _rebuild(path, number, [step for step in migrations if step.number > number], definition)


def _version(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """The newest migration done, 0 for a file without tables."""
    tables = connection.execute("SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT temporary").fetchall()
    if not tables:
        return 0
    if ("history", "schema_version") not in tables:
        raise StoreError("store.foreign", {"file": str(path)})
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM history.schema_version").fetchall()[0][0])


def _create(connection: duckdb.DuckDBPyConnection, steps: Sequence[Migration], definition: str) -> None:
    connection.execute("BEGIN")
    connection.execute(definition)
    _record(connection, steps)
    connection.execute("COMMIT")


def _record(connection: duckdb.DuckDBPyConnection, steps: Sequence[Migration]) -> None:
    for step in steps:
        connection.execute(
            "INSERT INTO history.schema_version VALUES ($1, $2, $3)",
            [step.number, step.title, datetime.now(UTC).replace(tzinfo=None)],
        )


def _rebuild(path: Path, number: int, steps: Sequence[Migration], definition: str) -> None:
    new = path.with_name(path.name + ".new")
    for leftover in (new, Path(f"{new}.wal")):
        leftover.unlink(missing_ok=True)
    try:
        name = str(path).replace("'", "''")
        with connect(new) as connection:
            connection.execute(f"ATTACH '{name}' AS {_OLDER} (READ_ONLY)")
            connection.execute("BEGIN")
            connection.execute(definition)
            _copy(connection, steps)
            for step in steps:
                for statement in step.statements:
                    connection.execute(statement)
            _record(connection, steps)
            connection.execute("COMMIT")
            connection.execute(f"DETACH {_OLDER}")
        # a copy, not a rename: there is a store at `path` at every moment, whatever happens
        shutil.copy2(path, path.with_name(f"{path.name}.v{number}.bak"))
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)


def _copy(connection: duckdb.DuckDBPyConnection, steps: Sequence[Migration]) -> None:
    old = _columns(connection, _OLDER)
    sources = {name: (name, {column: column for column in columns}) for name, columns in old.items()}
    for step in steps:
        sources = {step.rename_tables.get(name, name): source for name, source in sources.items()}
        for name, renames in step.rename_columns.items():
            source, columns = sources[name]
            sources[name] = (source, {renames.get(new, new): was for new, was in columns.items()})
    for name, wanted in _columns(connection, None).items():
        if name in sources:
            source, known = sources[name]
            common = {column: known[column] for column in wanted if column in known}
            _copy_table(connection, name, source, common)


def _copy_table(connection: duckdb.DuckDBPyConnection, name: str, source: str, columns: Mapping[str, str]) -> None:
    target, origin = f"history.{schema.quoted(name)}", f"{_OLDER}.history.{schema.quoted(source)}"
    connection.execute(
        f"INSERT INTO {target} ({schema.listed(columns)}) SELECT {schema.listed(columns.values())} FROM {origin}"
    )
    counts = connection.execute(f"SELECT (SELECT count(*) FROM {target}), (SELECT count(*) FROM {origin})").fetchall()
    if counts[0][0] != counts[0][1]:
        raise StoreError("store.migration_lost_rows", {"table": name})


def _columns(connection: duckdb.DuckDBPyConnection, database: str | None) -> dict[str, list[str]]:
    found = connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() "
        "WHERE schema_name = 'history' AND database_name = coalesce($1, current_database()) ORDER BY column_index",
        [database],
    ).fetchall()
    tables: dict[str, list[str]] = {}
    for table, column in found:
        tables.setdefault(table, []).append(column)
    return tables
