"""Sums over the money of a scope, made in SQL so that they stay exact and many postings stay cheap."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from smartdash.model.spending import CommitmentStage
from smartdash.store.reader import Reader


@dataclass(frozen=True, slots=True)
class YearAmount:
    """An amount in euro of a tree's node (the key of a cost line or a funding source) in a year."""

    key: str
    year: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class OpenCommitment:
    """What of the commitments of a cost line in a budget year is not yet paid, by stage."""

    key: str
    year: int
    stage: CommitmentStage
    amount: Decimal

    @property
    def bound(self) -> bool:
        """Whether it is more than reserved."""
        return self.stage is not CommitmentStage.RESERVED


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


def allocated_funding(reader: Reader, plan_version: str) -> dict[tuple[str, int, str | None], Decimal]:
    """The planned funding of a plan version by funding source, year and cost line; None where it names no line."""
    rows = reader.rows(
        "SELECT funding_source, year, cost_line, sum(amount) FROM funding_amount WHERE plan_version = $plan_version "
        "GROUP BY funding_source, year, cost_line ORDER BY year, funding_source, cost_line",
        plan_version=plan_version,
    )
    return {(source, year, line): amount for source, year, line, amount in rows}


def paid_costs(reader: Reader) -> list[YearAmount]:
    """What was booked up to the as-of date, by cost line and year of the booking; credits lower it."""
    rows = reader.rows(
        "SELECT cost_line, year(booked_on)::INTEGER AS booked, sum(amount) FROM posting "
        "GROUP BY cost_line, booked ORDER BY booked, cost_line"
    )
    return [YearAmount(*row) for row in rows]


def open_commitments(reader: Reader) -> list[OpenCommitment]:
    """What is still open of the commitments on the as-of date, by cost line, budget year and stage.

    Stage and amount are those of the newest step. Open = max(0, committed - paid on it); a commitment paid beyond its
    amount does not free money elsewhere; of a released one nothing is open.
    """
    rows = reader.rows(
        "WITH paid AS (SELECT commitment, sum(amount) AS amount FROM posting WHERE commitment IS NOT NULL "
        "GROUP BY commitment), "
        "step AS (SELECT commitment, arg_max(stage, changed_on) AS stage, "
        "arg_max(amount, changed_on) FILTER (amount IS NOT NULL) AS amount FROM commitment_step GROUP BY commitment) "
        "SELECT c.cost_line, c.year, coalesce(s.stage, c.stage) AS reached, "
        "sum(greatest(0, coalesce(s.amount, c.amount) - coalesce(p.amount, 0))) AS open "
        "FROM commitment c LEFT JOIN paid p ON p.commitment = c.key LEFT JOIN step s ON s.commitment = c.key "
        "WHERE coalesce(s.stage, c.stage) <> 'released' "
        "GROUP BY c.cost_line, c.year, reached ORDER BY c.year, c.cost_line, reached"
    )
    return [OpenCommitment(key, year, CommitmentStage[stage.upper()], amount) for key, year, stage, amount in rows]
