from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from store_samples import P, unit, write

from smartdash.model.shared import Unit
from smartdash.store import Changes, Scope, Store

STATES = some.dictionaries(some.sampled_from("abcd"), some.sampled_from(["x", "y", "'; --"]), max_size=4)
WRITES = some.lists(some.tuples(STATES, some.booleans()), max_size=5)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WRITES)
def test_every_revision_reads_as_it_was_when_it_was_written(
    empty_file: Path, writes: list[tuple[dict[str, str], bool]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.duckdb"
        shutil.copy(empty_file, path)
        store = Store(path)
        state: dict[str, str] = {}
        remembered = {0: state}
        for given_state, complete in writes:
            units = [unit(key, title=title) for key, title in given_state.items()]
            revision, _ = write(store, Changes(P, {"unit": units}, complete))
            after = dict(given_state) if complete else {**state, **given_state}
            assert (revision is None) == (after == state)
            state = after
            remembered[len(remembered) if revision else len(remembered) - 1] = state
        for number, expected in remembered.items():
            with store.read(Scope(P, date(2024, 1, 1), number)) as reader:
                assert {item.key: item.title for item in reader.all(Unit)} == expected
