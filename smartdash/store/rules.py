"""Rules over several rows, checked inside the write's transaction: no circles, and no plan moved without a decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

import duckdb

from smartdash.store.changes import TypeDifference
from smartdash.store.errors import Circle, MovedPlan
from smartdash.store.schema import newest, quoted, table

_GRAPHS = (
    ("link", "origin", "target", "kind IN ('derived', 'merged', 'split')"),
    ("link", "origin", "target", "kind = 'contributes'"),
    ("dependency", "provider", "consumer", "true"),
)
"""Record type, the fields an edge leads from and to, and which rows are edges that must not form a circle."""

_PLANS = (
    ("milestone", ("planned",), "actual", "milestone_forecast", "milestone"),
    ("phase", ("planned_start", "planned_end"), "actual_start", "status_report", "subject"),
)
"""Record type, its planned dates, the field that says it began, and the reports about it with the field naming it."""


def refuse_circles(cursor: duckdb.DuckDBPyConnection, programme: str, written: Mapping[str, TypeDifference]) -> None:
    """Look for a circle among the edges of what was written.

    Raises:
        Circle: something would come from itself, or wait for itself.
    """
    for name, start, end, where in _GRAPHS:
        difference = written.get(name)
        if difference is None or not difference.new + difference.changed:
            continue
        rows = cursor.execute(
            f"SELECT {quoted(start)}, {quoted(end)} FROM ({newest(name, 'programme = $programme')}) "
            f"WHERE NOT retired AND {where}",
            {"programme": programme},
        ).fetchall()
        edges: dict[str, set[str]] = defaultdict(set)
        for origin, target in rows:
            edges[target].add(origin)
        try:
            TopologicalSorter(edges).prepare()
        except CycleError as error:
            raise Circle(name, error.args[1]) from None


def refuse_moved_plans(
    cursor: duckdb.DuckDBPyConnection, programme: str, number: int, written: Mapping[str, TypeDifference]
) -> None:
    """Look for a planned date that revision `number` changed although something was reported against it.

    Until then a plan is a draft and may be corrected. After that only a baseline, which names its decision, puts other
    dates in force.

    Raises:
        MovedPlan: names the first such date.
    """
    for name, dates, begun, reports, field in _PLANS:
        difference = written.get(name)
        if difference is None or not difference.changed:
            continue
        reported = f"({newest(reports, 'programme = $programme AND revision < $number')})"
        before = f"({newest(name, 'programme = $programme AND revision < $number')})"
        for planned in map(quoted, dates):
            rows = cursor.execute(
                f"""SELECT old.key, old.{planned}
                FROM {before} AS old JOIN {table(name)} AS new ON new.programme = old.programme AND new.key = old.key
                WHERE new.revision = $number AND NOT new.retired AND NOT old.retired
                    AND old.{planned} IS NOT NULL AND old.{planned} IS DISTINCT FROM new.{planned}
                    AND (old.{quoted(begun)} IS NOT NULL
                        OR old.key IN (SELECT {quoted(field)} FROM {reported} WHERE NOT retired))
                ORDER BY old.key""",
                {"programme": programme, "number": number},
            ).fetchall()
            if rows:
                raise MovedPlan(name, rows[0][0], planned.strip('"'), rows[0][1], len(rows))
