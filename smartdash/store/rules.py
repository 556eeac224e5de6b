"""Rules over several rows, checked inside the write's transaction.

No circles, no plan moved without a decision, no status report without what it demands, no check-in of another kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

import duckdb

from smartdash.store.changes import TypeDifference
from smartdash.store.errors import Circle, MovedPlan, RefusedRow
from smartdash.store.schema import newest, quoted, table

_GRAPHS = (
    ("link", "origin", "target", "kind IN ('derived', 'merged', 'split')"),
    ("link", "origin", "target", "kind = 'contributes'"),
    ("dependency", "provider", "consumer", "true"),
    ("objective", "predecessor", "key", "predecessor IS NOT NULL"),
    ("key_result", "predecessor", "key", "predecessor IS NOT NULL"),
    ("plan_version", "supersedes", "key", "supersedes IS NOT NULL"),
)
"""Record type, the fields an edge leads from and to, and which rows are edges that must not form a circle."""

_ALIGNMENT = (("alignment", "origin", "target", "true"), ("key_result", "key", "objective", "true"))
"""What contributes to what: a key result contributes to its own objective, too."""

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
    for graph in (*((edges,) for edges in _GRAPHS), _ALIGNMENT):
        touched = [written[name] for name, *_ in graph if name in written]
        if not any(difference.new + difference.changed for difference in touched):
            continue
        before: dict[str, set[str]] = defaultdict(set)
        for name, start, end, where in graph:
            rows = cursor.execute(
                f"SELECT {quoted(start)}, {quoted(end)} FROM ({newest(name, 'programme = $programme')}) "
                f"WHERE NOT retired AND {where}",
                {"programme": programme},
            ).fetchall()
            for origin, target in rows:
                before[target].add(origin)
        try:
            TopologicalSorter(before).prepare()
        except CycleError as error:
            raise Circle(graph[0][0], error.args[1]) from None


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


def refuse_reports(
    cursor: duckdb.DuckDBPyConnection, programme: str, number: int, written: Mapping[str, TypeDifference]
) -> None:
    """Look for a status report of revision `number` that says too little, or that was published and is a draft again.

    Yellow needs a measure and its date; red the cause, two options separated by semicolons, and the addressee. The
    record demands the same; the store does not rely on its having been asked.

    Raises:
        RefusedRow: names the first such report.
    """
    difference = written.get("status_report")
    if difference is None or not difference.new + difference.changed:
        return
    values = {"programme": programme, "number": number}
    rows = f"FROM {table('status_report')} AS new WHERE new.programme = $programme AND new.revision = $number"
    incomplete = cursor.execute(
        f"""SELECT key {rows} AND NOT retired AND state = 'published' AND (
            light = 'yellow' AND (measure IS NULL OR measure_due IS NULL)
            OR light = 'red' AND (cause IS NULL OR addressee IS NULL
                OR len(list_filter(string_split(coalesce(options, ''), ';'), lambda text: trim(text) <> '')) < 2))
        ORDER BY key""",
        values,
    ).fetchall()
    if incomplete:
        raise RefusedRow("incomplete_report", "status_report", incomplete[0][0], "light", len(incomplete))
    before = newest("status_report", "programme = $programme AND revision < $number")
    hidden = cursor.execute(
        f"SELECT key {rows} AND NOT retired AND state = 'draft' "
        f"AND key IN (SELECT key FROM ({before}) WHERE NOT retired AND state = 'published') ORDER BY key",
        values,
    ).fetchall()
    if hidden:
        raise RefusedRow("report_unpublished", "status_report", hidden[0][0], "state", len(hidden))


def refuse_unfit_check_ins(
    cursor: duckdb.DuckDBPyConnection, programme: str, number: int, written: Mapping[str, TypeDifference]
) -> None:
    """Look for a check-in that does not fit the kind of its key result, where revision `number` wrote one of the two.

    Values belong to key results to change or to keep in a band, zones to those with zones; milestones have neither.

    Raises:
        RefusedRow: names the first such check-in.
    """
    touched = [written[name] for name in ("check_in", "key_result") if name in written]
    if not any(difference.new + difference.changed for difference in touched):
        return
    rows = cursor.execute(
        f"""SELECT report.key, kind FROM ({newest("check_in", "programme = $programme")}) AS report
        JOIN ({newest("key_result", "programme = $programme")}) AS result ON result.key = report.key_result
        WHERE NOT report.retired AND NOT result.retired AND $number IN (report.revision, result.revision)
            AND CASE kind WHEN 'zones' THEN zone IS NULL
                WHEN 'milestones' THEN value IS NOT NULL OR zone IS NOT NULL ELSE value IS NULL END
        ORDER BY report.key""",
        {"programme": programme, "number": number},
    ).fetchall()
    if rows:
        field = "zone" if rows[0][1] == "zones" else "value"
        raise RefusedRow("unfit_check_in", "check_in", rows[0][0], field, len(rows))
