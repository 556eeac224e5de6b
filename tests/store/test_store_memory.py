"""What was read is remembered for as long as nothing can have changed, and no more of it than fits."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from store_samples import P, unit, write

from smartdash.model.shared import Source, Unit
from smartdash.store import Audience, Reader, Scope, Store
from smartdash.store.memory import Memory

DAY = date(2024, 6, 1)


def titles(store: Store, **scope: object) -> list[str]:
    with store.read(Scope(P, DAY, **scope)) as reader:  # type: ignore[arg-type]
        return [found.title for found in reader.all(Unit)]


def test_records_are_read_once(store: Store) -> None:
    write(store, unit("a"))
    with store.read(Scope(P, DAY)) as reader:
        first = reader.all(Unit)
    with store.read(Scope(P, DAY)) as reader:
        assert reader.all(Unit) is first


def test_a_write_is_seen_and_other_scopes_are_kept_apart(store: Store) -> None:
    write(store, [unit("a"), unit("b", public=False)])
    assert titles(store) == ["a", "b"]
    assert titles(store, audience=Audience.PUBLIC) == ["a"]
    revision = store.latest()
    write(store, unit("a", title="new"))
    assert titles(store) == ["new", "b"]
    assert titles(store, revision=revision) == ["a", "b"]
    assert titles(store, audience=Audience.PUBLIC) == ["new"]


@pytest.mark.parametrize("moved", [True, False])
def test_another_file_in_the_place_is_read_anew(store: Store, tmp_path: Path, moved: bool) -> None:
    other = Store(shutil.copy(store.path, tmp_path / "other.duckdb"))
    write(store, unit("a"))
    write(other, unit("a", title="of the other"))
    assert titles(store) == ["a"]
    if moved:
        os.replace(other.path, store.path)
    else:
        shutil.copyfile(other.path, store.path)
    assert titles(store) == ["of the other"]


def test_what_is_read_while_the_file_is_exchanged_is_not_taken_for_the_new_one(store: Store, tmp_path: Path) -> None:
    other = Store(shutil.copy(store.path, tmp_path / "other.duckdb"))
    write(store, unit("a"))
    write(other, unit("a", title="of the other"))
    with store.session(), ThreadPoolExecutor() as pool:
        os.replace(other.path, store.path)
        assert pool.submit(titles, store).result() == ["a"]
    assert titles(store) == ["of the other"]


def test_sources_come_from_what_is_remembered_as_well(store: Store) -> None:
    write(store, [Source(programme=P, key="s", title="S"), unit("a", source="s", demo=True)])
    for _ in range(2):
        with store.read(Scope(P, DAY)) as reader:
            assert not reader.demo()
            assert reader.holds(Unit)
            assert [source.key for source in reader.sources()] == ["s"]
            assert reader.demo()


def test_what_is_computed_of_a_scope_is_computed_once_and_names_its_sources(store: Store) -> None:
    write(store, [Source(programme=P, key="s", title="S"), unit("a", source="s")])
    asked = []

    def made(reader: Reader) -> tuple[str, ...]:
        asked.append(reader)
        return tuple(found.title for found in reader.all(Unit))

    for _ in range(2):
        with store.read(Scope(P, DAY)) as reader:
            assert reader.remembered("titles", partial(made, reader)) == ("a",)
            assert [source.key for source in reader.sources()] == ["s"]
    assert len(asked) == 1


def test_the_memory_forgets_what_was_not_asked_for_longest() -> None:
    memory, asked = Memory(8), []

    def ask(key: str) -> tuple[str, ...]:
        def read() -> tuple[str, ...]:
            asked.append(key)
            return (key, key)

        return memory.recall(key, read)

    for key in "abacab":
        assert ask(key) == (key, key)
    assert asked == ["a", "b", "c", "b"]
    assert memory.recall("long", lambda: ("x",) * 20) == ("x",) * 20
    assert ask("b") == ("b", "b")
    assert asked == ["a", "b", "c", "b"], "what does not fit drives nothing out"
