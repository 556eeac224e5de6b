"""One DuckDB file shared in turns by the threads of this process and by other processes."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from smartdash.store.errors import StoreBusy, StoreDamaged, StoreError, StoreTooNew

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "storage_compatibility_version": "v1.5.0",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
    # Many small tables: with the default of 256 kB each column of each table would take a block of its own.
    "default_block_size": 16_384,
}
_FILE_ERRORS = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException)
_POLL = 0.004
"""Seconds between two looks at whether the file is free."""


def copy_folder(path: Path) -> Path:
    """The only folder besides the store's own files that SQL may touch; backups are made in it."""
    return path.with_name(path.name + ".copy")


class Gate:
    """The way into one file: threads queue at a lock, processes at a turn file, the last one out closes the file.

    Who waits for the file holds the turn, so new sessions queue, running ones end, and the waiter gets the file.
    `prepare` is called with the path when the file is about to be opened for the first time or was replaced.
    """

    def __init__(self, path: Path, prepare: Callable[[Path], None]) -> None:
        self.path = path
        self.write_lock = threading.Lock()
        self._prepare = prepare
        self._prepared: tuple[int, int] | None = None
        self._entry = threading.Lock()
        self._count = threading.Lock()
        self._here = threading.local()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._users = 0

    @property
    def opened(self) -> tuple[int, int] | None:
        """Which file was opened last."""
        return self._prepared

    @contextmanager
    def session(self, wait: float) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of its own for one page run or one job.

        Raises:
            RuntimeError: this thread is already in a session of this file, and would wait for itself.
            StoreBusy: the file was not free within `wait` seconds.
            StoreDamaged, StoreTooNew, StoreError: the file cannot be used.
        """
        if getattr(self._here, "inside", False):
            raise RuntimeError("sessions of one store must not be nested in one thread: pass the cursor on")
        cursor = self._enter(wait)
        self._here.inside = True
        try:
            try:
                yield cursor
            finally:
                self._here.inside = False
                self._leave(cursor)
        except _FILE_ERRORS as error:
            raise _explained(self.path, error) from error

    @contextmanager
    def writing(self, wait: float) -> Iterator[None]:
        """The right to write; one thread of this process has it at a time. Raises StoreBusy after `wait` seconds."""
        if getattr(self._here, "inside", False):
            raise RuntimeError("a write must not be started inside a session of the same store")
        if not self.write_lock.acquire(timeout=wait):
            raise StoreBusy(self.path, wait)
        try:
            yield
        finally:
            self.write_lock.release()

    def _enter(self, wait: float) -> duckdb.DuckDBPyConnection:
        deadline = time.monotonic() + wait
        if not self._entry.acquire(timeout=wait):
            raise StoreBusy(self.path, wait)
        try:
            _check_place(self.path)
            left = max(0.0, deadline - time.monotonic())
            turn = FileLock(f"{self.path}.turn", timeout=left, mode=0o660, poll_interval=_POLL)
            with turn, self._count:
                connection = self._connection or self._open(deadline, wait)
                cursor = connection.cursor()
                self._connection = connection
                self._users += 1
                return cursor
        except Timeout as error:
            raise StoreBusy(self.path, wait) from error
        except PermissionError as error:
            raise StoreError("store.not_writable", {"file": str(self.path)}) from error
        finally:
            self._entry.release()

    def _leave(self, cursor: duckdb.DuckDBPyConnection) -> None:
        with self._count:
            self._users -= 1
            try:
                cursor.close()
            finally:
                if self._users == 0 and self._connection is not None:
                    connection, self._connection = self._connection, None
                    connection.close()

    def _open(self, deadline: float, wait: float) -> duckdb.DuckDBPyConnection:
        while True:
            try:
                if not self.path.exists() or _identity(self.path) != self._prepared:
                    self._prepare(self.path)
                    self._prepared = _identity(self.path)
                connection = connect(self.path)
                _restrict(connection, self.path)
                return connection
            except _FILE_ERRORS as error:
                if not _is_taken(error):
                    raise _explained(self.path, error) from error
                if time.monotonic() > deadline:
                    raise StoreBusy(self.path, wait) from error
                time.sleep(_POLL)


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a store's file with the settings every store has; raises duckdb.Error."""
    return duckdb.connect(str(path), config=_CONFIG)


def _restrict(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    folder = str(copy_folder(path)).replace("'", "''")
    connection.execute(f"SET allowed_directories = ['{folder}']")
    connection.execute("SET enable_external_access = false")


def _check_place(path: Path) -> None:
    if path.is_dir():
        raise StoreError("store.is_folder", {"file": str(path)})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError("store.not_writable", {"file": str(path)}) from error
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise StoreError("store.not_writable", {"file": str(path)})


def _identity(path: Path) -> tuple[int, int]:
    found = os.stat(path)
    return found.st_dev, found.st_ino


def _is_taken(error: duckdb.Error) -> bool:
    text = str(error)
    if os.name == "nt":
        return isinstance(error, duckdb.IOException) and "Cannot open file" in text
    return "Could not set lock" in text


def _explained(path: Path, error: duckdb.Error) -> StoreError:
    text = str(error)
    if "Trying to read a database file with version number" in text:
        return StoreTooNew(path)
    if "No space left on device" in text:
        return StoreError("store.disk_full", {"file": str(path)})
    if "Permission denied" in text or "Read-only file system" in text:
        return StoreError("store.not_writable", {"file": str(path)})
    return StoreDamaged(path, text)
