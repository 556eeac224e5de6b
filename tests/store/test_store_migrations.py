from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from store_samples import P, unit, write

from smartdash.model import RECORDS
from smartdash.store import Store, StoreError, StoreTooNew, migrations, schema
from smartdash.store.migrations import MIGRATIONS, Migration, bring_to

OLD = """
CREATE SCHEMA history;
CREATE TABLE history.schema_version (number INTEGER PRIMARY KEY, title VARCHAR, done_at TIMESTAMP);
CREATE TABLE history.office (
    key VARCHAR, revision INTEGER, name VARCHAR NOT NULL, fax VARCHAR, PRIMARY KEY (key, revision)
);
"""
MIDDLE = OLD.replace("history.office", "history.unit")
NEW = """
CREATE SCHEMA history;
CREATE TABLE history.schema_version (number INTEGER PRIMARY KEY, title VARCHAR, done_at TIMESTAMP);
CREATE TABLE history.unit (
    key VARCHAR, revision INTEGER, title VARCHAR NOT NULL, kind VARCHAR NOT NULL DEFAULT 'office', parent VARCHAR,
    PRIMARY KEY (key, revision)
);
CREATE TABLE history.phase (key VARCHAR PRIMARY KEY);
"""
STEPS = (
    Migration(1, "first"),
    Migration(2, "office is unit", rename_tables={"office": "unit"}),
    Migration(
        3,
        "name is title",
        rename_columns={"unit": {"name": "title"}},
        statements=["UPDATE history.unit SET parent = 'a' WHERE key = 'b'"],
    ),
)


def old_store(path: Path, definition: str = OLD, steps: int = 1) -> None:
    bring_to(path, STEPS[:steps], definition)
    table = "unit" if "history.unit" in definition else "office"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            f"INSERT INTO history.{table} VALUES ('a', 1, 'A', '1'), ('a', 2, 'AA', '1'), ('b', 1, 'B', '2')"
        )


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize(("definition", "number"), [(OLD, 1), (MIDDLE, 2)])
def test_an_older_store_keeps_its_rows_under_their_new_names(tmp_path: Path, definition: str, number: int) -> None:
    path = tmp_path / "it's.duckdb"
    old_store(path, definition, number)
    bring_to(path, STEPS, NEW)
    assert rows(path, "SELECT * FROM history.unit ORDER BY ALL") == [
        ("a", 1, "A", "office", None),
        ("a", 2, "AA", "office", None),
        ("b", 1, "B", "office", "a"),
    ]
    assert rows(path, "SELECT * FROM history.phase") == []
    done = rows(path, "SELECT number FROM history.schema_version ORDER BY 1")
    assert done == [(step,) for step in range(number, 4)]
    kept = tmp_path / f"it's.duckdb.v{number}.bak"
    assert len(rows(kept, "SELECT fax FROM history." + ("unit" if number == 2 else "office"))) == 3
    assert {file.name for file in tmp_path.iterdir()} == {path.name, kept.name}


def test_an_upgrade_that_is_done_is_not_done_again(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    old_store(path)
    bring_to(path, STEPS, NEW)
    identity = path.stat().st_ino
    bring_to(path, STEPS, NEW)
    assert path.stat().st_ino == identity


def test_an_upgrade_that_fails_leaves_the_old_store(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    old_store(path)
    broken = (*STEPS, Migration(4, "fails", statements=["DELETE FROM history.nothing"]))
    with pytest.raises(duckdb.CatalogException):
        bring_to(path, broken, NEW)
    assert len(rows(path, "SELECT * FROM history.office")) == 3
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    old_store(path, NEW.replace("kind VARCHAR NOT NULL DEFAULT 'office', parent", "fax"), 3)
    with pytest.raises(StoreTooNew):
        bring_to(path, STEPS[:2], MIDDLE)


def test_a_store_is_upgraded_when_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store.duckdb"
    fewer = {name: record for name, record in RECORDS.items() if name != "posting"}
    bring_to(path, MIGRATIONS, schema.definition(fewer).replace('"demo" BOOLEAN NOT NULL DEFAULT False,\n', ""))
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, Migration(len(MIGRATIONS) + 1, "postings")))
    store = Store(path)
    assert write(store, unit("a"))[0] is not None
    assert store.current(P)["unit"] == (unit("a"),)
    assert store.current(P)["posting"] == ()
    assert Path(f"{path}.v{len(MIGRATIONS)}.bak").exists()


def test_lost_rows_stop_the_upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store.duckdb"
    old_store(path)
    real = schema.listed
    monkeypatch.setattr(
        schema, "listed", lambda columns, prefix="": ("DISTINCT ON (key) " if "name" in columns else "") + real(columns)
    )
    with pytest.raises(StoreError) as caught:
        bring_to(path, STEPS, NEW)
    assert caught.value.message == "store.migration_lost_rows"
    assert len(rows(path, "SELECT * FROM history.office")) == 3


def test_the_tables_are_those_of_the_newest_migration() -> None:
    assert schema.fingerprint() == migrations.FINGERPRINT, (
        "The record declarations have changed the tables. Add a Migration to smartdash/store/migrations.py "
        "(name renamed tables and columns in it; new ones need nothing more) and set FINGERPRINT to "
        f'"{schema.fingerprint()}".'
    )


def test_migrations_are_numbered_without_gaps() -> None:
    assert [step.number for step in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))
