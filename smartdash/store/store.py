"""The store: a file of revisions that is only ever added to, and read through scopes."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import duckdb

from smartdash.model import RECORDS
from smartdash.model.declare import REFERENCE, Record
from smartdash.model.shared import Programme
from smartdash.store.changes import Changes, Difference, Origin, Revision, Version
from smartdash.store.connection import Gate, copy_folder
from smartdash.store.errors import StoreError
from smartdash.store.migrations import prepare
from smartdash.store.reader import Reader, latest_revision
from smartdash.store.schema import build, in_order, listed, names, newest, quoted, table
from smartdash.store.scope import Scope
from smartdash.store.writer import add_revision, add_rows, transaction

_GATES: dict[Path, Gate] = {}
_GATES_LOCK = threading.Lock()

_HISTORY = ("number", "written_at", "author", "reason", "origin", "sha256")
"""What of its revision a version tells."""


class Store:
    """One file. It is opened for each session and closed when the last session of the process ends.

    Every method that touches the file raises StoreBusy when it is not free within `wait` seconds, StoreDamaged,
    StoreTooNew or another StoreError when it cannot be used. The first use makes the file, or upgrades an older one.
    """

    def __init__(self, path: Path | str, wait: float = 20.0) -> None:
        self.path = Path(path).absolute()
        self._wait = wait
        with _GATES_LOCK:
            self._gate = _GATES.setdefault(self.path.resolve(), Gate(self.path.resolve(), prepare))

    def exists(self) -> bool:
        """Whether there is a file yet."""
        return self.path.is_file()

    def stamp(self) -> tuple[int, ...]:
        """Time, size and identity of the file and its log; differs after every write, and never opens the file."""
        found: list[int] = []
        for path in (self.path, f"{self.path}.wal"):
            try:
                status = os.stat(path)
            except FileNotFoundError:
                found += (0, 0, 0)
            else:
                found += (status.st_mtime_ns, status.st_size, status.st_ino)
        return tuple(found)

    def session(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A cursor for one page run or one job; raises RuntimeError when nested in one thread."""
        return self._gate.session(self._wait)

    @contextmanager
    def read(self, scope: Scope) -> Iterator[Reader]:
        """A reader of what the scope may see; raises StoreError where the scope's revision does not exist."""
        with self.session() as cursor:
            # The path may lead to another file by now than to the one that is open.
            reader = Reader(cursor, scope, (self._gate.path, self._gate.opened, self.stamp()))
            try:
                yield reader
            finally:
                reader.close()

    def compare(self, changes: Changes) -> Difference:
        """What a write of these changes would do; writes nothing.

        Raises:
            BrokenReferences, Circle, MovedPlan, RefusedRow: the write would be refused.
        """
        with self._gate.writing(self._wait), self.session() as cursor, transaction(cursor, keep=False):
            return Difference(add_rows(cursor, changes, None)[1])

    def write(
        self, changes: Changes, *, author: str, reason: str, origin: Origin, based_on: int | None = None
    ) -> tuple[Revision | None, Difference]:
        """Add what differs as one revision, or nothing at all.

        Args:
            changes: the records to write.
            author: who writes, as a role.
            reason: why, in a few words.
            origin: the file or form the values come from.
            based_on: the revision the author has seen; None where the given state counts, whatever came between.

        Returns:
            The revision, or None where nothing differs; and the difference.

        Raises:
            StoreConflict: somebody has written a touched key after `based_on`.
            BrokenReferences: a reference would lead nowhere or to two records.
            Circle: something would come from itself or wait for itself.
            MovedPlan: a planned date was changed although something was reported against it.
            RefusedRow: a row cannot stand as it is, such as a posting that was changed.
        """
        with self._gate.writing(self._wait), self.session() as cursor, transaction(cursor):
            number, types = add_rows(cursor, changes, based_on)
            difference = Difference(types)
            if difference.empty:
                return None, difference
            revision = add_revision(
                cursor, number, changes.programme, difference, author=author, reason=reason, origin=origin
            )
        return revision, difference

    def latest(self) -> int:
        """The newest revision's number, 0 for an empty store."""
        with self.session() as cursor:
            return latest_revision(cursor)

    def revisions(self, programme: str | None = None) -> tuple[Revision, ...]:
        """The revisions of a programme, or all; newest first."""
        with self.session() as cursor:
            rows = cursor.execute(
                "SELECT * FROM history.revision WHERE $programme IS NULL OR programme = $programme "
                "ORDER BY number DESC",
                {"programme": programme},
            ).fetchall()
        return tuple(Revision(*row) for row in rows)

    def programmes(self, revision: int | None = None) -> tuple[Programme, ...]:
        """The programmes as they stood at a revision, public or not, by title."""
        limit = "$revision IS NULL OR revision <= $revision"
        with self.session() as cursor:
            rows = cursor.execute(
                f"SELECT programme, {listed(names(Programme))} FROM ({newest('programme', limit)}) "
                f"WHERE NOT retired AND programme <> '{REFERENCE}'",
                {"revision": revision},
            ).fetchall()
        return tuple(sorted(build(Programme, rows), key=lambda programme: (programme.title, programme.key)))

    def keys(self, programme: str, record: str, *, retired: bool = False) -> set[str]:
        """The keys a reference to this record type may hold: the programme's and, for shared types, all others'.

        With `retired` also those that were in use once, so that a new key is a new record.
        """
        own = "programme = $programme"
        if RECORDS[record].sheet.shared:
            own = f"({own} OR programme = '{REFERENCE}')"
        with self.session() as cursor:
            rows = cursor.execute(
                f"SELECT key FROM ({newest(record, own)}) WHERE NOT retired OR $retired",
                {"programme": programme, "retired": retired},
            ).fetchall()
        return {row[0] for row in rows}

    def current(self, programme: str) -> dict[str, tuple[Record, ...]]:
        """Everything a programme holds now, by record type in sheet order; for export and editing, without scope."""
        with self.session() as cursor:
            return {name: _current(cursor, programme, record) for name, record in RECORDS.items()}

    def record_history(self, programme: str, record: str, key: str) -> tuple[Version, ...]:
        """The versions of one record with who wrote them and why, newest first."""
        kind = RECORDS[record]
        with self.session() as cursor:
            rows = cursor.execute(
                f"SELECT {listed(_HISTORY, 'written.')}, row.retired, row.programme, {listed(names(kind), 'row.')} "
                f"FROM {table(record)} AS row JOIN history.revision AS written ON written.number = row.revision "
                f"WHERE row.programme = $programme AND row.key = $key ORDER BY written.number DESC",
                {"programme": programme, "key": key},
            ).fetchall()
        values = build(kind, [row[7:] for row in rows])
        return tuple(Version(*(*row[:7], dict(item))) for row, item in zip(rows, values, strict=True))

    def backup(self, target: Path) -> None:
        """Copy the store as it stands to a new file, while others may go on reading.

        Raises:
            StoreError: there is a file at `target` already.
        """
        if target.exists():
            raise StoreError("store.target_exists", {"file": str(target)})
        folder = copy_folder(self._gate.path)
        with self._gate.writing(self._wait), self.session() as cursor:
            if folder.exists():  # left by a backup that was killed
                shutil.rmtree(folder)
            folder.mkdir()
            try:
                copy = folder / "copy.duckdb"
                name = str(copy).replace("'", "''")
                cursor.execute(f"ATTACH '{name}' AS backup (STORAGE_VERSION 'v1.5.0')")
                own = cursor.execute("SELECT current_database()").fetchall()[0][0]
                cursor.execute(f"COPY FROM DATABASE {quoted(own)} TO backup")
                cursor.execute("DETACH backup")
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.move(copy, target)
            finally:
                shutil.rmtree(folder)


def _current(cursor: duckdb.DuckDBPyConnection, programme: str, record: type[Record]) -> tuple[Record, ...]:
    rows = cursor.execute(
        f"SELECT programme, {listed(names(record))} FROM ({newest(record.sheet.name, 'programme = $programme')}) "
        "WHERE NOT retired",
        {"programme": programme},
    ).fetchall()
    return in_order(build(record, rows))
