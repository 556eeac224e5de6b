"""Reading through a scope: records, queries, and the sources of what was read."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

import duckdb

from smartdash.model import RECORDS
from smartdash.model.declare import REFERENCE, Record
from smartdash.model.shared import Programme, Source
from smartdash.store.errors import NoSuchRevision
from smartdash.store.memory import MEMORY, Memory
from smartdash.store.schema import build, in_order, listed, names, newest, quoted, table
from smartdash.store.scope import Audience, Scope
from smartdash.store.views import owners, view, whole, whole_view

R = TypeVar("R", bound=Record)
T = TypeVar("T")

_CONFIDENTIAL = tuple(name for name, record in RECORDS.items() if record.sheet.confidential)

_PARAMETER = re.compile(r"\$\w+")


class Reader:
    """What one scope may see. `scope` names the revision that is read, also where none was asked for.

    `file` stands for the file and the state it is in; what was read of it in the same scope is remembered.

    Raises:
        NoSuchRevision: the scope asks for a revision that does not exist.
    """

    def __init__(self, cursor: duckdb.DuckDBPyConnection, scope: Scope, file: Hashable) -> None:
        latest = latest_revision(cursor)
        if scope.revision is not None and not 0 <= scope.revision <= latest:
            raise NoSuchRevision(scope.revision, latest)
        self.scope = replace(scope, revision=latest if scope.revision is None else scope.revision)
        self._cursor = cursor
        self._file = file
        self._beside: list[Reader] = []
        self._views: set[str] = set()
        self._seen: set[str] = set()
        self.programme: Programme | None = next(iter(self._records(Programme)), None)

    def all(self, record: type[R]) -> tuple[R, ...]:
        """The visible records of a type, by column `order` and natural key."""
        self._seen.add(record.sheet.name)
        return self._records(record)

    def remembered(
        self, question: Hashable, make: Callable[[], tuple[T, ...]], memory: Memory = MEMORY
    ) -> tuple[T, ...]:
        """What `make` reads and computes through this reader, made once for all readers of a scope and a question."""

        def made() -> tuple[Any, ...]:
            before, self._seen = self._seen, set()
            try:
                return (*make(), frozenset(self._seen))
            finally:
                self._seen |= before

        *found, seen = memory.recall((self._file, self.scope, question), made)
        self._seen |= seen
        return tuple(found)

    def holds(self, record: type[Record]) -> bool:
        """Whether any record of a type is visible; asks for one, however many there are."""
        name = record.sheet.name
        self._seen.add(name)
        return bool(self._asked(name, f"SELECT 1 FROM {quoted(name)} LIMIT 1"))

    def stored(self, record: type[Record]) -> bool:
        """Whether the store has a row of a type for the programme, or a shared one, whatever the scope sees of it.

        Most programmes fill few of the sheets, and a view of an empty table costs as much as any other.
        """
        name = record.sheet.name

        def read() -> tuple[str, ...]:
            rows = self._cursor.execute(f"SELECT DISTINCT programme FROM {table(name)}").fetchall()
            return tuple(programme for (programme,) in rows)

        having = MEMORY.recall((self._file, name), read)
        return self.scope.programme in having or (record.sheet.shared and REFERENCE in having)

    def rows(self, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a query that uses record names as tables and `$name` for parameters.

        Raises:
            ValueError: the query reads a table that is not a record type, so it would go around the scope.
        """
        with self._cursor.cursor() as bare:  # knows no views, so it names them instead of the tables behind them
            used = bare.get_table_names(_PARAMETER.sub("NULL", sql), qualified=True)
        tables = {name.split(" AS ")[0].replace('"', "") for name in used}
        if unknown := tables - RECORDS.keys():
            raise ValueError(f"a scope has no tables {sorted(unknown)}")
        for name in tables:
            self._need(name)
        self._seen |= tables
        values = {name: _expanded(value) for name, value in parameters.items()}
        return self._cursor.execute(sql, values).fetchall()

    def confidential(self, sql: str, **parameters: Any) -> dict[str, Any]:
        """The columns of a query, as arrays, over the confidential rows of all units: `whole_response` and the like.

        Only `survey_answers` asks it, which condenses the rows; nobody else may hand them on.
        """
        for name in ("criterion", "dimension", "maturity_model", *_CONFIDENTIAL):
            self._need(name)
        self._seen |= {"survey_wave", *_CONFIDENTIAL}
        for name in _CONFIDENTIAL:
            if whole(name) not in self._views:
                self._cursor.execute(whole_view(name))
                self._views.add(whole(name))
        return self._cursor.execute(sql, parameters).fetchnumpy()

    def sources(self) -> tuple[Source, ...]:
        """The visible sources of everything read so far through this reader and those beside it, by title."""
        found = {source for reader in self._beside for source in reader.sources()}
        used = {source for name in self._seen for source, _ in self._origins(name)}
        found.update(source for source in self._records(Source) if source.key in used)
        return tuple(sorted(found, key=lambda source: (source.title, source.key)))

    def demo(self) -> bool:
        """Whether the programme or anything read so far through this reader is fictional."""
        if self.programme is not None and self.programme.demo:
            return True
        return any(demo for name in self._seen for _, demo in self._origins(name))

    def confined(self) -> bool:
        """Whether something read so far stays in the house: a unit's own answers, or values of a kept source."""
        if self.scope.leaves:
            return False
        own = self.scope.reading_unit is not None and not self._seen.isdisjoint(_CONFIDENTIAL)
        return own or any(not source.redistributable for source in self.sources())

    def programmes(self) -> tuple[Programme, ...]:
        """Every programme that the scope's audience may see at the scope's revision, by title."""
        self._seen.add("programme")
        rows = self._cursor.execute(
            f"SELECT {_columns(Programme)} FROM ({newest('programme', 'revision <= $revision')}) "
            f"WHERE NOT retired AND programme <> '{REFERENCE}' AND (public OR NOT $public)",
            {"revision": self.scope.revision, "public": self.scope.audience is not Audience.INTERNAL},
        ).fetchall()
        return tuple(sorted(build(Programme, rows), key=lambda programme: (programme.title, programme.key)))

    def beside(self, scope: Scope) -> Reader:
        """A reader of another scope on the same session; it ends with this one."""
        cursor = self._cursor.cursor()
        try:
            reader = Reader(cursor, scope, self._file)
        except BaseException:
            cursor.close()  # an open cursor would keep the file open after the session
            raise
        self._beside.append(reader)
        return reader

    def close(self) -> None:
        """End the readers beside this one; its own cursor ends with the session."""
        for reader in self._beside:
            reader.close()
            reader._cursor.close()

    def _set_scope(self) -> None:
        scope = self.scope
        public = scope.audience is not Audience.INTERNAL  # whatever else it may be sees the least
        closed = False
        if public:
            hidden = self._cursor.execute(
                f"SELECT bool_or(NOT retired AND NOT public) FROM "
                f"({newest('programme', 'programme = $programme AND revision <= $revision')})",
                {"programme": scope.programme, "revision": scope.revision},
            ).fetchall()
            closed = bool(hidden[0][0])
        values: dict[str, Any] = {
            "programme": scope.programme,
            "revision": scope.revision,
            "as_of": scope.as_of,
            "public": public,
            "closed": closed,
            "kept": self._kept_sources() if scope.leaves else [],
            "unit": scope.reading_unit,
            "waves": self._moderated_waves() if scope.reading_unit else [],
        }
        for name, value in values.items():
            self._cursor.execute(f"SET VARIABLE scope_{name} = $1", [value])

    def _kept_sources(self) -> list[str]:
        """The sources whose values may not be passed on, of the programme and of the reference data."""
        return self._keys("source", "NOT redistributable")

    def _moderated_waves(self) -> list[str]:
        return self._keys("survey_wave", "moderated_by = $unit", unit=self.scope.reading_unit)

    def _keys(self, name: str, condition: str, **parameters: Any) -> list[str]:
        """The keys of a type's rows at the scope's revision that meet a condition, before the scope's own views."""
        place = f"programme IN ($programme, '{REFERENCE}') AND revision <= $revision"
        values = {"programme": self.scope.programme, "revision": self.scope.revision, **parameters}
        query = f"SELECT DISTINCT key FROM ({newest(name, place)}) WHERE NOT retired AND {condition} ORDER BY key"
        return [row[0] for row in self._cursor.execute(query, values).fetchall()]

    def _records(self, record: type[R]) -> tuple[R, ...]:
        def read() -> tuple[R, ...]:
            if not self.stored(record):
                return ()
            self._need(record.sheet.name)
            rows = self._cursor.execute(f"SELECT {_columns(record)} FROM {quoted(record.sheet.name)}").fetchall()
            return in_order(build(record, rows))

        return MEMORY.recall((self._file, self.scope, record), read)

    def _origins(self, name: str) -> tuple[tuple[Any, ...], ...]:
        """The different pairs of source and whether fictional among the visible records of a type."""
        return self._asked(name, f"SELECT DISTINCT source, demo FROM {quoted(name)}")

    def _asked(self, name: str, sql: str) -> tuple[tuple[Any, ...], ...]:
        """The rows of a query that reads one record type."""

        def read() -> tuple[tuple[Any, ...], ...]:
            if not self.stored(RECORDS[name]):
                return ()
            self._need(name)
            return tuple(self._cursor.execute(sql).fetchall())

        return MEMORY.recall((self._file, self.scope, sql), read)

    def _need(self, name: str) -> None:
        if name in self._views:
            return
        for _, targets in owners(RECORDS[name]):
            for target in targets:
                self._need(target)
        if not self._views:
            self._set_scope()
        self._cursor.execute(view(name))
        self._views.add(name)


def latest_revision(cursor: duckdb.DuckDBPyConnection) -> int:
    """The newest revision's number, 0 for an empty store."""
    return int(cursor.execute("SELECT coalesce(max(number), 0) FROM history.revision").fetchall()[0][0])


def _columns(record: type[Record]) -> str:
    return listed(("programme", *names(record)))


def _expanded(value: Any) -> Any:
    """DuckDB binds a Decimal with a positive exponent as another number (1E+2 is not 100), so there must be none."""
    return Decimal(format(value, "f")) if isinstance(value, Decimal) else value
