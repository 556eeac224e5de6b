"""What is posted stays: rules over postings, checked inside the write's transaction."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from smartdash.store.changes import TypeDifference
from smartdash.store.errors import RefusedRow
from smartdash.store.schema import newest, table

_POSTED = ("cost_line", "booked_on", "amount", "kind", "commitment", "reverses")
"""The fields of a posting that never change; words, visibility and source may be completed."""


def refuse_changed_postings(
    cursor: duckdb.DuckDBPyConnection, programme: str, number: int, written: Mapping[str, TypeDifference]
) -> None:
    """Look for a posting that revision `number` changed or retired; a correction is a reversal.

    Postings go with their programme, where the same revision retires it.

    Raises:
        RefusedRow: names the first such posting.
    """
    difference = written.get("posting")
    if difference is None or not difference.changed + difference.retired:
        return
    before = newest("posting", "programme = $programme AND revision < $number")
    changed = " OR ".join(f"old.{name} IS DISTINCT FROM new.{name}" for name in _POSTED)
    rows = cursor.execute(
        f"""SELECT old.key FROM ({before}) AS old
        JOIN {table("posting")} AS new ON new.programme = old.programme AND new.key = old.key
        WHERE new.revision = $number AND NOT old.retired AND (new.retired OR {changed})
            AND NOT EXISTS (SELECT 1 FROM {table("programme")} AS whole
                WHERE whole.programme = $programme AND whole.revision = $number AND whole.retired)
        ORDER BY old.key""",
        {"programme": programme, "number": number},
    ).fetchall()
    if rows:
        raise RefusedRow("posting_changed", "posting", rows[0][0], "key", len(rows))


def refuse_unfit_reversals(
    cursor: duckdb.DuckDBPyConnection, programme: str, number: int, written: Mapping[str, TypeDifference]
) -> None:
    """Look for a reversal that does not undo its posting exactly, or undoes one that is already undone.

    Raises:
        RefusedRow: names the first such posting.
    """
    difference = written.get("posting")
    if difference is None or not difference.new + difference.changed:
        return
    rows = cursor.execute(
        f"""WITH current AS (SELECT * FROM ({newest("posting", "programme = $programme")}) WHERE NOT retired)
        SELECT new.key FROM current AS new JOIN current AS old ON old.key = new.reverses
        WHERE (new.amount <> -old.amount OR new.cost_line <> old.cost_line OR new.booked_on < old.booked_on
                OR new.commitment IS DISTINCT FROM old.commitment
                OR (SELECT count(*) FROM current AS other WHERE other.reverses = old.key) > 1)
            AND new.revision = $number
        ORDER BY new.key""",
        {"programme": programme, "number": number},
    ).fetchall()
    if rows:
        raise RefusedRow("unfit_reversal", "posting", rows[0][0], "reverses", len(rows))
