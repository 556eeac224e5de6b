"""How good the owners' forecasts were: the forecast at the middle of a cycle against what was reached in the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from smartdash.analysis.okr import KeyResultStanding, clamp
from smartdash.model.okr import Cycle

ENOUGH = 5
"""Fewer pairs of forecast and result than this say nothing about a habit."""
EVEN = Decimal("0.05")
"""A mean difference up to this, five points of progress, leans to neither side."""
FINAL_WITHIN = timedelta(days=14)
"""A value reported at most so long before the cycle's end is its final value; an older one is an interim value."""


class Leaning(StrEnum):
    """Which way forecasts err on average."""

    HOPEFUL = "hopeful"
    CAUTIOUS = "cautious"
    EVEN = "even"


@dataclass(frozen=True, slots=True)
class Hit:
    """A forecast at mid-cycle and the result, both as progress; `scored`: the result is the score, for want of a value.

    The difference is forecast minus final: above 0 too hopeful, below 0 too cautious.
    """

    standing: KeyResultStanding
    forecast: Decimal
    final: Decimal
    scored: bool

    @property
    def difference(self) -> Decimal:
        """Forecast minus final, as progress."""
        return self.forecast - self.final


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far and which way n forecasts missed; `deviation`, `bias` and `leaning` are None below `ENOUGH`."""

    n: int
    deviation: Decimal | None
    bias: Decimal | None
    leaning: Leaning | None


def middle(cycle: Cycle) -> date:
    """The day in the middle of a cycle; of an even number of days the earlier one."""
    return cycle.start + timedelta(days=(cycle.end - cycle.start).days // 2)


def mid_forecast(item: KeyResultStanding) -> Decimal | None:
    """The last forecast that the owner gave up to the middle of the cycle, as progress; None without one."""
    given = [
        point.forecast
        for point in item.points
        if point.forecast is not None and item.cycle.start <= point.day <= middle(item.cycle)
    ]
    return given[-1] if given else None


def hit(item: KeyResultStanding, as_of: date) -> Hit | None:
    """The forecast of a key result beside its result; None before the cycle's end or where either is missing.

    The result is the last value reported in the cycle's last two weeks or later, else the final score. A forecast is
    compared with a score as far as a score can go: cut to 0 to 1.
    """
    forecast = mid_forecast(item)
    if forecast is None or as_of < item.cycle.end:
        return None
    last = item.points[-1]
    if last.progress is not None and last.day >= item.cycle.end - FINAL_WITHIN:
        return Hit(item, forecast, last.progress, scored=False)
    if item.score is not None:
        return Hit(item, clamp(forecast), item.score, scored=True)
    return None


def hits(standings: Iterable[KeyResultStanding], as_of: date) -> list[Hit]:
    """Every key result with both a forecast at mid-cycle and a result."""
    return [found for item in standings if (found := hit(item, as_of))]


def calibrate(found: Sequence[Hit]) -> Calibration:
    """Mean absolute deviation sum(|forecast - final|) / n and bias sum(forecast - final) / n (okr.md 4.2)."""
    n = len(found)
    if n < ENOUGH:
        return Calibration(n, None, None, None)
    deviation = sum((abs(item.difference) for item in found), Decimal(0)) / n
    bias = sum((item.difference for item in found), Decimal(0)) / n
    leaning = Leaning.HOPEFUL if bias > EVEN else Leaning.CAUTIOUS if bias < -EVEN else Leaning.EVEN
    return Calibration(n, deviation, bias, leaning)
