"""How drawdowns stand: planned, requested, to be spent within their window, spent, or too late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from smartdash.analysis.drawdowns import CashLot
from smartdash.analysis.status import Status
from smartdash.model.grants import Drawdown


@dataclass(frozen=True, slots=True)
class DrawdownStanding:
    """A drawdown on a day; `lot` is the money of one that was paid out, None before that and for a repayment."""

    drawdown: Drawdown
    lot: CashLot | None
    status: Status


def drawdown_standings(
    drawdowns: Sequence[Drawdown], lots: Sequence[CashLot], as_of: date, warn_days: int
) -> list[DrawdownStanding]:
    """Each drawdown of a source with its status, in the order in which the money came or is to come.

    Not requested: planned, at risk once the planned day is over. Requested: planned. Paid out: done when it is spent in
    time; critical where any of it was or is not spent within the window; at risk from `warn_days` before the window
    ends; unknown where the window is not known and money is left, or nothing is known of what was spent.
    """
    lot_of = {lot.drawdown.key: lot for lot in lots}
    ordered = sorted(drawdowns, key=lambda item: (_day(item), item.key))
    return [DrawdownStanding(item, lot_of.get(item.key), _status(item, lot_of, as_of, warn_days)) for item in ordered]


def _day(item: Drawdown) -> date:
    return item.paid_on or item.requested_on or item.planned_on or date.max


def _status(item: Drawdown, lots: dict[str, CashLot], as_of: date, warn_days: int) -> Status:
    if item.paid_on is None:
        overdue = item.requested_on is None and item.planned_on is not None and item.planned_on < as_of
        return Status.AT_RISK if overdue else Status.PLANNED
    lot = lots.get(item.key)
    if lot is None:
        return Status.DONE if item.amount < 0 else Status.UNKNOWN
    if lot.late:
        return Status.CRITICAL
    if not lot.left:
        return Status.DONE
    if lot.days_left is None:
        return Status.UNKNOWN
    return Status.AT_RISK if lot.days_left <= warn_days else Status.ON_TRACK
