"""Sums over the tree of a plan, made in SQL: however many lines and versions it has, only what is shown is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smartdash.analysis.plan_sums import Sums
from smartdash.store.reader import Reader
from smartdash.store.schema import natural

_TREE = (
    "WITH RECURSIVE line AS MATERIALIZED (SELECT key, parent FROM {nodes}), "
    # UNION drops what it has found before, so that lines in a circle end.
    "above AS (SELECT key AS node, key AS top FROM line UNION "
    "SELECT a.node, l.parent FROM above a JOIN line l ON l.key = a.top WHERE l.parent IN (SELECT key FROM line)) "
)
_SUMS = (
    ", plan AS MATERIALIZED (SELECT {node} AS node, year, sum(amount) AS amount FROM {amounts} "
    "WHERE plan_version = $plan_version {where} GROUP BY ALL) "
    "SELECT top, year, sum(amount) FROM plan JOIN above USING (node) WHERE list_contains($keys, top) "
    "GROUP BY GROUPING SETS ((top, year), (top)) "
    "UNION ALL SELECT NULL, year, sum(amount) FROM plan GROUP BY GROUPING SETS ((year), ()) HAVING count(*) > 0"
)
_INSIDE = "AND funding_source IN (SELECT key FROM funding_source WHERE NOT outside_plan)"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A cost line in its tree: `depth` from 1, `leaf` where nothing is below it."""

    key: str
    title: str
    parent: str | None
    eligible: bool
    depth: int
    leaf: bool


def plan_lines(reader: Reader) -> list[PlanLine]:
    """The cost lines with their place in the tree, sorted by the numbers of their codes (1.2 before 1.10)."""
    rows = reader.rows(
        _TREE.format(nodes="cost_line") + ", depth AS (SELECT node, count(*) AS depth FROM above GROUP BY node), "
        "inner_line AS (SELECT DISTINCT parent FROM line) "
        "SELECT c.key, c.title, c.parent, c.eligible, d.depth, c.key NOT IN (SELECT parent FROM inner_line "
        "WHERE parent IS NOT NULL) FROM cost_line c JOIN depth d ON d.node = c.key"
    )
    return sorted((PlanLine(*row) for row in rows), key=lambda line: natural(line.key))


def cost_sums(reader: Reader, plan_version: str, lines: Sequence[str]) -> Sums:
    """The planned cost of each of the lines with all below it, and of the whole plan."""
    sql = _TREE.format(nodes="cost_line") + _SUMS.format(node="cost_line", amounts="cost_amount", where="")
    rows = reader.rows(sql, plan_version=plan_version, keys=list(lines))
    return {(key, year): amount for key, year, amount in rows}


def funding_sums(reader: Reader, plan_version: str, sources: Sequence[str], *, outside: bool = False) -> Sums:
    """The planned funding of each of the sources with all below it, and of all; `outside`: also outside the plan."""
    where = "" if outside else _INSIDE
    sql = _TREE.format(nodes="funding_source") + _SUMS.format(
        node="funding_source", amounts="funding_amount", where=where
    )
    rows = reader.rows(sql, plan_version=plan_version, keys=list(sources))
    return {(key, year): amount for key, year, amount in rows}
