"""Sums over the money of a scope, made in SQL so that they stay exact and many postings stay cheap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
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


@dataclass(frozen=True, slots=True)
class PeriodAmount:
    """An amount in euro of a cost line in the period that begins on `since`: a month, or that day alone."""

    key: str
    since: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class CommitmentState:
    """A commitment's stage, its amount, and what is paid on it, in euro."""

    key: str
    stage: CommitmentStage
    amount: Decimal
    paid: Decimal

    @property
    def open(self) -> Decimal:
        """What is still to be paid of it; nothing once it is released or paid beyond its amount."""
        return Decimal(0) if self.stage is CommitmentStage.RELEASED else max(Decimal(0), self.amount - self.paid)


_STATES = (
    "WITH paid AS (SELECT commitment, sum(amount) AS amount FROM posting WHERE commitment IS NOT NULL "
    "GROUP BY commitment), "
    "step AS (SELECT commitment, arg_max(stage, changed_on) AS stage, "
    "arg_max(amount, changed_on) FILTER (amount IS NOT NULL) AS amount FROM commitment_step GROUP BY commitment) "
    "SELECT c.key, c.cost_line, c.year, coalesce(s.stage, c.stage) AS stage, coalesce(s.amount, c.amount) AS amount, "
    "coalesce(p.amount, 0) AS paid "
    "FROM commitment c LEFT JOIN paid p ON p.commitment = c.key LEFT JOIN step s ON s.commitment = c.key"
)


def planned_costs(reader: Reader, plan_version: str) -> Mapping[tuple[str, int], Decimal]:
    """The planned cost of a plan version by cost line and year, from the first year to the last; not to be changed."""
    return reader.remembered(("planned_costs", plan_version), lambda: (_planned_costs(reader, plan_version),))[0]


def _planned_costs(reader: Reader, plan_version: str) -> dict[tuple[str, int], Decimal]:
    rows = reader.rows(
        "SELECT cost_line, year, sum(amount) FROM cost_amount WHERE plan_version = $plan_version "
        "GROUP BY cost_line, year ORDER BY year, cost_line",
        plan_version=plan_version,
    )
    return {(line, year): amount for line, year, amount in rows}


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


def paid_by_month(reader: Reader) -> list[PeriodAmount]:
    """What was booked up to the as-of date, by cost line and month of the booking; credits lower it."""
    return [PeriodAmount(*row) for row in reader.rows(_paid("date_trunc('month', booked_on)::DATE", ""))]


def paid_on_carried_lines(reader: Reader) -> list[PeriodAmount]:
    """What was booked up to the as-of date on lines with carried-over money, by cost line and day."""
    lines = "WHERE cost_line IN (SELECT cost_line FROM budget_carry_over)"
    return [PeriodAmount(*row) for row in reader.rows(_paid("booked_on", lines))]


def _paid(period: str, where: str) -> str:
    return (
        f"SELECT cost_line, {period} AS since, sum(amount) FROM posting {where} "
        "GROUP BY cost_line, since ORDER BY since, cost_line"
    )


def commitment_states(reader: Reader) -> list[CommitmentState]:
    """Each commitment as it stands on the as-of date: stage and amount of its newest step, and what is paid on it."""
    rows = reader.rows(f"SELECT key, stage, amount, paid FROM ({_STATES}) ORDER BY key")
    return [CommitmentState(key, CommitmentStage[stage.upper()], amount, paid) for key, stage, amount, paid in rows]


def open_commitments(reader: Reader) -> list[OpenCommitment]:
    """What is still open of the commitments on the as-of date, by cost line, budget year and stage.

    Stage and amount are those of the newest step. Open = max(0, committed - paid on it); a commitment paid beyond its
    amount does not free money elsewhere; of a released one nothing is open.
    """
    rows = reader.rows(
        f"SELECT cost_line, year, stage, sum(greatest(0, amount - paid)) FROM ({_STATES}) WHERE stage <> 'released' "
        "GROUP BY cost_line, year, stage ORDER BY year, cost_line, stage"
    )
    return [OpenCommitment(key, year, CommitmentStage[stage.upper()], amount) for key, year, stage, amount in rows]
