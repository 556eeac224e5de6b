"""Sums over the money of a scope, made in SQL so that they stay exact and many postings stay cheap."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from smartdash.store.reader import Reader


@dataclass(frozen=True, slots=True)
class YearAmount:
    """An amount in euro of a tree's node (the key of a cost line or a funding source) in a year."""

    key: str
    year: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class OpenCommitment:
    """What of the commitments of a cost line in a budget year is not yet paid; `bound`: firmly, else only reserved."""

    key: str
    year: int
    bound: bool
    amount: Decimal


def planned_costs(reader: Reader, plan_version: str) -> list[YearAmount]:
    """The planned cost of a plan version by cost line and year."""
    rows = reader.rows(
        "SELECT cost_line, year, sum(amount) FROM cost_amount WHERE plan_version = $plan_version "
        "GROUP BY cost_line, year ORDER BY year, cost_line",
        plan_version=plan_version,
    )
    return [YearAmount(*row) for row in rows]


def planned_funding(reader: Reader, plan_version: str) -> list[YearAmount]:
    """The planned funding of a plan version by funding source and year."""
    rows = reader.rows(
        "SELECT funding_source, year, sum(amount) FROM funding_amount WHERE plan_version = $plan_version "
        "GROUP BY funding_source, year ORDER BY year, funding_source",
        plan_version=plan_version,
    )
    return [YearAmount(*row) for row in rows]


def paid_costs(reader: Reader) -> list[YearAmount]:
    """What was booked up to the as-of date, by cost line and year of the booking; credits lower it."""
    rows = reader.rows(
        "SELECT cost_line, year(booked_on)::INTEGER AS booked, sum(amount) FROM posting "
        "GROUP BY cost_line, booked ORDER BY booked, cost_line"
    )
    return [YearAmount(*row) for row in rows]


def open_commitments(reader: Reader) -> list[OpenCommitment]:
    """What is still open of the commitments, by cost line, budget year and firmness.

    Open = max(0, committed - paid on it); a commitment paid beyond its amount does not free money elsewhere.
    """
    rows = reader.rows(
        "WITH paid AS (SELECT commitment, sum(amount) AS amount FROM posting WHERE commitment IS NOT NULL "
        "GROUP BY commitment) "
        "SELECT c.cost_line, c.year, c.stage <> 'reserved' AS bound, "
        "sum(greatest(0, c.amount - coalesce(p.amount, 0))) AS open "
        "FROM commitment c LEFT JOIN paid p ON p.commitment = c.key "
        "GROUP BY c.cost_line, c.year, bound ORDER BY c.year, c.cost_line, bound"
    )
    return [OpenCommitment(*row) for row in rows]
