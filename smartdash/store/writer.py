"""One write: stage the records, compare them with the newest rows, add what differs, check the references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

import duckdb

from smartdash.model import RECORDS
from smartdash.model.declare import Record
from smartdash.store.changes import Changes, Difference, Origin, Revision, TypeDifference
from smartdash.store.errors import BrokenReferences, StoreConflict, TouchedKey
from smartdash.store.integrity import broken_references
from smartdash.store.posting_rules import refuse_changed_postings, refuse_unfit_reversals
from smartdash.store.reader import latest_revision
from smartdash.store.rules import refuse_circles, refuse_moved_plans, refuse_reports, refuse_unfit_check_ins
from smartdash.store.schema import arrow, listed, names, natural, newest, quoted, table
from smartdash.store.survey_rules import refuse_changed_models, refuse_taken_dimensions, refuse_unfit_answers

EXAMPLES = 20
"""How many keys of each kind a difference names."""


@contextmanager
def transaction(cursor: duckdb.DuckDBPyConnection, *, keep: bool = True) -> Iterator[None]:
    """Commit at the end, or undo everything where `keep` is false; whatever is raised undoes everything as well."""
    cursor.execute("BEGIN")
    try:
        yield
        cursor.execute("COMMIT" if keep else "ROLLBACK")
    except BaseException:
        with suppress(duckdb.Error):  # a failed COMMIT has already undone everything; the first error counts
            cursor.execute("ROLLBACK")
        raise


def add_rows(
    cursor: duckdb.DuckDBPyConnection, changes: Changes, based_on: int | None
) -> tuple[int, Mapping[str, TypeDifference]]:
    """Add the rows that differ, under the next revision number, inside the caller's transaction.

    Returns:
        The revision number used and the difference by record type.

    Raises:
        StoreConflict: a touched key has a row newer than `based_on`.
        BrokenReferences: a reference would lead nowhere or to two records.
        Circle: something would come from itself or wait for itself.
        MovedPlan: a planned date was changed although something was reported against it.
        RefusedRow: a row cannot stand as it is, such as a posting that was changed; see `rules`, `posting_rules`,
            `survey_rules`.
    """
    number = latest_revision(cursor) + 1
    touched: list[TouchedKey] = []
    differences = {}
    for name, records in changes.records.items():
        differences[name] = _stage(cursor, changes, name, records)
        if based_on is not None:
            touched += _overtaken(cursor, name, based_on)
        if differences[name].touched:
            _add(cursor, changes.programme, name, number)
    if touched:
        raise StoreConflict(touched)
    if broken := broken_references(cursor, changes.programme, number, differences):
        raise BrokenReferences(broken)
    refuse_circles(cursor, changes.programme, differences)
    refuse_moved_plans(cursor, changes.programme, number, differences)
    refuse_reports(cursor, changes.programme, number, differences)
    refuse_unfit_check_ins(cursor, changes.programme, number, differences)
    if not changes.restates:
        refuse_changed_postings(cursor, changes.programme, number, differences)
        refuse_changed_models(cursor, changes.programme, number, differences)
    refuse_taken_dimensions(cursor, changes.programme, number, differences)
    refuse_unfit_reversals(cursor, changes.programme, number, differences)
    refuse_unfit_answers(cursor, changes.programme, number, differences)
    return number, differences


def add_revision(
    cursor: duckdb.DuckDBPyConnection,
    number: int,
    programme: str,
    difference: Difference,
    *,
    author: str,
    reason: str,
    origin: Origin,
) -> Revision:
    """Record who wrote the rows of revision `number`, when (UTC) and why."""
    revision = Revision(
        number,
        programme,
        datetime.now(UTC).replace(tzinfo=None),
        author,
        reason,
        origin.name,
        origin.sha256,
        difference.new,
        difference.changed,
        difference.retired,
    )
    values = [getattr(revision, name) for name in Revision.__dataclass_fields__]
    cursor.execute(f"INSERT INTO history.revision VALUES ({', '.join('?' * len(values))})", values)
    return revision


def _stage(cursor: duckdb.DuckDBPyConnection, changes: Changes, name: str, records: Sequence[Record]) -> TypeDifference:
    """Make the temporary table `staged`: the given values, the state of every key, and its newest revision."""
    record = RECORDS[name]
    absent = "retired" if changes.complete else "missing"
    differs = " OR ".join(f"given.{quoted(column)} IS DISTINCT FROM old.{quoted(column)}" for column in names(record))
    cursor.register("given", arrow(record, records))
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE staged AS
        SELECT coalesce(given.key, old.key) AS staged_key, old.revision AS staged_revision,
            CASE WHEN given.key IS NULL THEN '{absent}' WHEN old.key IS NULL OR old.retired THEN 'new'
                WHEN {differs} THEN 'changed' ELSE 'unchanged' END AS staged_state,
            {listed(names(record), "given.")}
        FROM given FULL JOIN ({newest(name, "programme = $programme")}) AS old ON given.key = old.key
        WHERE given.key IS NOT NULL OR NOT old.retired""",
        {"programme": changes.programme},
    )
    cursor.unregister("given")
    counts = dict(cursor.execute("SELECT staged_state, count(*) FROM staged GROUP BY ALL").fetchall())
    examples = _examples(cursor)
    return TypeDifference(
        **counts,
        new_keys=examples.get("new", ()),
        changed_keys=examples.get("changed", ()),
        retired_keys=examples.get("retired", ()),
    )


def _examples(cursor: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, ...]]:
    rows = cursor.execute(
        "SELECT staged_state, staged_key FROM staged WHERE staged_state IN ('new', 'changed', 'retired') "
        f"QUALIFY row_number() OVER (PARTITION BY staged_state ORDER BY staged_key) <= {EXAMPLES}"
    ).fetchall()
    found: dict[str, list[str]] = {}
    for state, key in rows:
        found.setdefault(state, []).append(key)
    return {state: tuple(sorted(keys, key=natural)) for state, keys in found.items()}


def _overtaken(cursor: duckdb.DuckDBPyConnection, name: str, based_on: int) -> list[TouchedKey]:
    rows = cursor.execute(
        "SELECT staged_key, staged_revision FROM staged "
        "WHERE staged_state IN ('new', 'changed', 'retired') AND staged_revision > $based_on ORDER BY staged_key",
        {"based_on": based_on},
    ).fetchall()
    return [TouchedKey(name, key, revision) for key, revision in rows]


def _add(cursor: duckdb.DuckDBPyConnection, programme: str, name: str, number: int) -> None:
    columns = names(RECORDS[name])
    into = f"INSERT INTO {table(name)} (programme, revision, retired, {listed(columns)})"
    values = {"programme": programme, "revision": number}
    cursor.execute(
        f"{into} SELECT $programme, $revision, false, {listed(columns)} FROM staged "
        "WHERE staged_state IN ('new', 'changed')",
        values,
    )
    cursor.execute(
        f"{into} SELECT $programme, $revision, true, {listed(columns, 'old.')} "
        f"FROM ({newest(name, 'programme = $programme')}) AS old "
        "JOIN staged ON staged_key = old.key AND staged_state = 'retired'",
        values,
    )
