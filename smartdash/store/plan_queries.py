"""Sums over the tree of a plan, made in SQL: however many lines and versions it has, only what is shown is read."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Literal

from smartdash.analysis.plan_sums import PlanSums, Sums
from smartdash.model.money import StatedTotal
from smartdash.store.reader import Reader
from smartdash.store.schema import build, listed, names

_TREE = (
    "WITH RECURSIVE line AS MATERIALIZED (SELECT key, parent FROM {nodes}), "
    # UNION drops what it has found before, so that lines in a circle end.
    "above AS (SELECT key AS node, key AS top FROM line UNION "
    "SELECT a.node, l.parent FROM above a JOIN line l ON l.key = a.top WHERE l.parent IN (SELECT key FROM line)) "
)
_SUMS = (
    ", plan AS MATERIALIZED (SELECT {node} AS node, year, sum(amount) AS amount FROM {amounts} "
    "WHERE plan_version = $plan_version {where} GROUP BY ALL) "
    "SELECT top, year, sum(amount) FROM plan JOIN above USING (node) WHERE $keys IS NULL OR list_contains($keys, top) "
    "GROUP BY GROUPING SETS ((top, year), (top)) "
    "UNION ALL SELECT NULL, year, sum(amount) FROM plan GROUP BY GROUPING SETS ((year), ()) HAVING count(*) > 0"
)
# A line that is not eligible bars all below it, and so does a source outside the plan (`analysis.budget`).
_COUNTED = "AND {node} IN (SELECT node FROM above JOIN {node} ON key = top GROUP BY node HAVING bool_and({marked}))"
_ELIGIBLE = _COUNTED.format(node="cost_line", marked="eligible")
_INSIDE = _COUNTED.format(node="funding_source", marked="NOT outside_plan")


def plan_sums(reader: Reader, plan_version: str, lines: Collection[str]) -> PlanSums:
    """The sums of a plan version over the given lines and every source, each with all below it, and over the whole."""
    return PlanSums(
        cost_sums(reader, plan_version, lines),
        funding_sums(reader, plan_version),
        funding_sums(reader, plan_version, outside=True),
    )


def cost_sums(reader: Reader, plan_version: str, lines: Collection[str], *, eligible: bool = False) -> Sums:
    """The planned cost of each of the lines with all below it, and of the whole plan; `eligible`: only what is."""
    return _sums(reader, plan_version, lines, ("cost_line", "cost_amount"), _ELIGIBLE if eligible else "")


def funding_sums(reader: Reader, plan_version: str, *, outside: bool = False) -> Sums:
    """The planned funding of each source with all below it, and of all; `outside`: also outside the plan."""
    return _sums(reader, plan_version, None, ("funding_source", "funding_amount"), "" if outside else _INSIDE)


def _sums(reader: Reader, plan_version: str, keys: Collection[str] | None, tables: tuple[str, str], where: str) -> Sums:
    """The sums of the nodes `keys` (None: of all) and of the whole, asked once for all figures of a page."""
    node, amounts = tables
    nodes = None if keys is None else sorted(keys)

    def made() -> tuple[tuple[str | None, int | None, Decimal], ...]:
        sql = _TREE.format(nodes=node) + _SUMS.format(node=node, amounts=amounts, where=where)
        return tuple(reader.rows(sql, plan_version=plan_version, keys=nodes))

    question = ("plan_sums", plan_version, node, where, None if nodes is None else tuple(nodes))
    return {(key, year): amount for key, year, amount in reader.remembered(question, made)}


def version_totals(reader: Reader) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    """The cost and the funding inside the plan of each plan version over all years; None where it has no amounts."""
    return dict(reader.remembered("version_totals", lambda: tuple(_version_totals(reader).items())))


def _version_totals(reader: Reader) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    costs = dict(reader.rows("SELECT plan_version, sum(amount) FROM cost_amount GROUP BY plan_version"))
    sql = f"SELECT plan_version, sum(amount) FROM funding_amount WHERE true {_INSIDE} GROUP BY plan_version"
    funding = dict(reader.rows(_TREE.format(nodes="funding_source") + sql))
    return {key: (costs.get(key), funding.get(key)) for key in {*costs, *funding}}


def compared_totals(
    reader: Reader, before: str, after: str, by: Literal["cost_line", "year"]
) -> list[tuple[str | int, Decimal | None, Decimal | None]]:
    """What each line costs over all years, or each year over all lines, in two plan versions; None: no amounts."""
    rows = reader.rows(
        f"SELECT {by}, sum(amount) FILTER (plan_version = $before), sum(amount) FILTER (plan_version = $after) "
        f"FROM cost_amount WHERE plan_version IN ($before, $after) GROUP BY {by} ORDER BY {by}",
        before=before,
        after=after,
    )
    return [(key, old, new) for key, old, new in rows]


def stated_totals(reader: Reader, plan_version: str) -> tuple[StatedTotal, ...]:
    """The printed totals of one plan version, by code and year."""
    columns = listed(("programme", *names(StatedTotal)))
    sql = f"SELECT {columns} FROM stated_total WHERE plan_version = $plan_version ORDER BY code, year NULLS LAST"
    question = ("stated_totals", plan_version)
    return reader.remembered(question, lambda: build(StatedTotal, reader.rows(sql, plan_version=plan_version)))
