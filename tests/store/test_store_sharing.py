from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock
from store_samples import P, unit, write

from smartdash.model.shared import Unit
from smartdash.store import Scope, Store, StoreBusy, StoreDamaged, StoreError, StoreTooNew, connection

HERE = Path(__file__).parent
TODAY = date(2024, 6, 30)

WRITER = """
import sys
from store_samples import unit, write
from smartdash.store import Store
store = Store(sys.argv[1])
for number in range(4):
    write(store, unit(f"{sys.argv[2]}{number}"))
"""

HOLDER = """
import sys
from smartdash.store import Store
with Store(sys.argv[1]).session():
    print("open", flush=True)
    sys.stdin.read()
"""


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parents[1])])}
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def test_processes_and_threads_that_write_at_once_lose_nothing(store: Store) -> None:
    others = [start(WRITER, str(store.path), name) for name in ("x", "y")]

    def work(name: str) -> None:
        for number in range(4):
            write(Store(store.path), unit(f"{name}{number}"))

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, "abc"))
    assert [other.wait(30) for other in others] == [0, 0]
    for other in others:
        other.communicate()
    assert store.keys(P, "unit") == {f"{name}{number}" for name in "abcxy" for number in range(4)}
    assert [revision.number for revision in store.revisions()] == list(range(20, 0, -1))


def test_threads_read_at_the_same_time(store: Store) -> None:
    write(store, [unit(str(number)) for number in range(50)])
    inside = threading.Barrier(3, timeout=10)

    def count(_: int) -> int:
        with store.read(Scope(P, TODAY)) as reader:
            inside.wait()
            return len(reader.all(Unit))

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(count, range(3))) == [50, 50, 50]


def test_a_store_in_use_by_another_process_says_so_after_the_wait(store: Store) -> None:
    other = start(HOLDER, str(store.path))
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        began = time.monotonic()
        with pytest.raises(StoreBusy) as caught:
            Store(store.path, wait=0.3).latest()
        assert 0.25 < time.monotonic() - began < 3
        assert caught.value.message == "store.busy"
        assert caught.value.values == {"file": str(store.path), "seconds": "0.3"}
    finally:
        other.communicate("")
    assert store.latest() == 0


def test_a_turn_somebody_else_holds_is_waited_for_and_no_longer_than_said(store: Store) -> None:
    with FileLock(f"{store.path}.turn"), ThreadPoolExecutor(1) as pool:
        answer = pool.submit(Store(store.path, wait=0.2).latest)
        assert isinstance(answer.exception(timeout=5), StoreBusy)


def test_a_write_that_waits_for_another_write_of_this_process_gives_up_in_time(store: Store) -> None:
    with store._gate.writing(1), ThreadPoolExecutor(1) as pool:
        answer = pool.submit(write, Store(store.path, wait=0.2), unit("a"))
        assert isinstance(answer.exception(timeout=5), StoreBusy)


def test_sessions_of_one_thread_must_not_be_nested(store: Store) -> None:
    other = Store(store.path)
    with store.session():
        for nested in (other.latest, lambda: write(other, unit("a")), lambda: other.backup(store.path / "x")):
            with pytest.raises(RuntimeError, match=r"nested|inside"):
                nested()
    assert store.latest() == 0


def test_two_stores_in_one_thread_are_fine(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path / "other" / "deeper" / "store.duckdb")
    assert not other.exists()
    assert set(other.stamp()) == {0}
    with store.session():
        assert other.latest() == 0
    assert other.exists()


def test_the_file_is_closed_after_the_last_session(store: Store) -> None:
    write(store, unit("a"))
    assert not Path(f"{store.path}.wal").exists()
    with duckdb.connect(str(store.path)) as other:
        assert other.execute("SELECT count(*) FROM history.unit").fetchall() == [(1,)]


def test_the_stamp_changes_with_every_write_and_not_by_reading(store: Store) -> None:
    stamps = [store.stamp()]
    for number in range(3):
        write(store, unit(str(number)))
        stamps.append(store.stamp())
        store.current(P)
        assert store.stamp() == stamps[-1]
    assert len(set(stamps)) == 4


def test_the_stamp_changes_while_a_session_is_open(store: Store) -> None:
    with store.session():
        before = store.stamp()
        with ThreadPoolExecutor(1) as pool:
            pool.submit(write, store, unit("a")).result()
        assert store.stamp() != before


def truncated(path: Path, empty: Path) -> None:
    content = empty.read_bytes()
    path.write_bytes(content[: len(content) // 3])


@pytest.mark.parametrize(
    "damage",
    [
        lambda path, empty: path.write_bytes(b""),
        lambda path, empty: path.write_bytes(bytes(range(256)) * 40),
        lambda path, empty: path.write_text("Schlüssel;Titel\n1;a\n"),
        lambda path, empty: path.write_bytes(empty.read_bytes()[:100]),
        truncated,
    ],
    ids=["no bytes", "other bytes", "a text file", "a hundred bytes", "a third"],
)
def test_a_damaged_file_is_refused_at_once_and_left_as_it_is(
    tmp_path: Path, empty_file: Path, damage: Callable[[Path, Path], object]
) -> None:
    path = tmp_path / "store.duckdb"
    damage(path, empty_file)
    content = path.read_bytes()
    began = time.monotonic()
    with pytest.raises(StoreDamaged) as caught:
        Store(path, wait=10).current(P)
    assert time.monotonic() - began < 3
    assert caught.value.values["file"] == str(path)
    assert path.read_bytes() == content


def test_a_file_of_a_newer_program_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with duckdb.connect(str(store.path)) as other:
        other.execute("INSERT INTO history.schema_version VALUES (99, 'future', now()::TIMESTAMP)")
    with pytest.raises(StoreTooNew):
        Store(store.path).latest()

    def refuse(*_: object, **__: object) -> None:
        raise duckdb.IOException("IO Error: Trying to read a database file with version number 999, but we can only …")

    monkeypatch.setattr(connection.duckdb, "connect", refuse)
    with pytest.raises(StoreTooNew):
        store.latest()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("IO Error: Could not write file: No space left on device", "store.disk_full"),
        ("IO Error: Corrupt database file: computed checksum 1 does not match stored checksum 2", "store.damaged"),
        ("IO Error: Cannot open file: Permission denied", "store.not_writable"),
    ],
)
def test_trouble_with_the_file_inside_a_session_is_explained(store: Store, text: str, message: str) -> None:
    with pytest.raises(StoreError) as caught, store.session():
        raise duckdb.IOException(text)
    assert caught.value.message == message
    assert store.latest() == 0


def test_a_backup_that_was_killed_does_not_stop_the_next(store: Store, tmp_path: Path) -> None:
    leftover = connection.copy_folder(store.path)
    leftover.mkdir()
    (leftover / "copy.duckdb").write_text("half")
    store.backup(tmp_path / "b.duckdb")
    assert Store(tmp_path / "b.duckdb").latest() == 0


def test_a_database_of_something_else_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as other:
        other.execute("CREATE TABLE sales AS SELECT 1 AS one")
    with pytest.raises(StoreError) as caught:
        Store(path).latest()
    assert caught.value.message == "store.foreign"
    with duckdb.connect(str(path)) as other:
        assert other.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(1,)]


def test_a_folder_and_a_place_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path, message in [(tmp_path, "store.is_folder"), (tmp_path / "file" / "store.duckdb", "store.not_writable")]:
        with pytest.raises(StoreError) as caught:
            Store(path).latest()
        assert (caught.value.message, caught.value.values) == (message, {"file": str(path)})


def test_a_backup_is_a_store_with_the_same_content_and_no_leftovers(store: Store, tmp_path: Path) -> None:
    write(store, [unit("a"), unit("b", title="it's")])
    target = tmp_path / "it's a folder" / "backup.duckdb"
    store.backup(target)
    assert Store(target).current(P) == store.current(P)
    assert Store(target).revisions() == store.revisions()
    write(store, unit("c"))
    assert "c" not in Store(target).keys(P, "unit")
    with pytest.raises(StoreError) as caught:
        store.backup(target)
    assert caught.value.message == "store.target_exists"
    assert {path.name for path in tmp_path.iterdir()} == {"store.duckdb", "store.duckdb.turn", target.parent.name}


def test_a_backup_is_made_while_others_read(store: Store, tmp_path: Path) -> None:
    write(store, unit("a"))
    with store.read(Scope(P, TODAY)) as reader, ThreadPoolExecutor(1) as pool:
        pool.submit(store.backup, tmp_path / "b.duckdb").result()
        assert len(reader.all(Unit)) == 1
    assert Store(tmp_path / "b.duckdb").keys(P, "unit") == {"a"}


@pytest.mark.parametrize("sql", ["SELECT * FROM read_text('{}')", "COPY (SELECT 1) TO '{}.csv'", "ATTACH '{}.db' AS o"])
def test_sql_reaches_no_other_file(store: Store, tmp_path: Path, sql: str) -> None:
    with store.session() as cursor, pytest.raises(duckdb.PermissionException):
        cursor.execute(sql.format(tmp_path / "secret"))
