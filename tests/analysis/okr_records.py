"""OKR records made in a test: a cycle of 100 days, key results of every kind, and how one of them stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal as D
from typing import Any

from smartdash.analysis.okr import KeyResultStanding, key_result_standings
from smartdash.model.check_ins import CheckIn, Score, ScoreCause, Zone
from smartdash.model.declare import Record
from smartdash.model.okr import (
    Cycle,
    CycleState,
    KeyResult,
    KeyResultKind,
    KeyResultMilestone,
    Objective,
    PhasedTarget,
)

START, END = date(2026, 1, 1), date(2026, 4, 11)
"""A cycle of 100 days, so that each day is one per cent."""
HALF = date(2026, 2, 20)


def cycle(**values: Any) -> Cycle:
    given = {"key": "c", "title": "C", "start": START, "end": END, "state": CycleState.ACTIVE, **values}
    return Cycle(programme="p", **given)


def change(baseline: str = "0", target: str = "100", **values: Any) -> KeyResult:
    given = {"key": "k", "title": "K", "objective": "o", **values}
    return KeyResult(programme="p", baseline=D(baseline), target=D(target), **given)


def band(low: str = "80", high: str = "120", tolerance: str = "20", **values: Any) -> KeyResult:
    limits = {"band_low": D(low), "band_high": D(high), "tolerance": D(tolerance)}
    given = {"key": "k", "title": "K", "objective": "o", **values}
    return KeyResult(programme="p", kind=KeyResultKind.BAND, **limits, **given)


def steps(**values: Any) -> KeyResult:
    given = {"key": "k", "title": "K", "objective": "o", **values}
    return KeyResult(programme="p", kind=KeyResultKind.MILESTONES, **given)


def zones(**values: Any) -> KeyResult:
    texts = {"zone_commit": "some", "zone_target": "most", "zone_stretch": "all"}
    return KeyResult(
        programme="p", kind=KeyResultKind.ZONES, **texts, **{"key": "k", "title": "K", "objective": "o", **values}
    )


def step(weight: str, done_on: date | None = None, key: str = "s") -> KeyResultMilestone:
    return KeyResultMilestone(programme="p", key=key, title="S", key_result="k", weight=D(weight), done_on=done_on)


def planned(day: date, value: str) -> PhasedTarget:
    return PhasedTarget(programme="p", key_result="k", planned_for=day, value=D(value))


def check_in(value: str | None, day: date, key_result: str = "k", **values: Any) -> CheckIn:
    amount = None if value is None else D(value)
    return CheckIn(programme="p", key_result=key_result, reported_on=day, value=amount, **values)


def in_zone(zone: Zone, day: date) -> CheckIn:
    return CheckIn(programme="p", key_result="k", reported_on=day, zone=zone)


def standing(
    key_result: KeyResult,
    records: Sequence[Record],
    as_of: date,
    score: str | None = None,
    **values: Any,
) -> KeyResultStanding:
    """The key result as it stands with its check-ins, milestones and phased targets; `values` are the cycle's."""
    cause = {"cause": ScoreCause.PRIORITY} if score and D(score) < D("0.7") else {}
    scores = [Score(programme="p", key_result="k", scored_on=as_of, value=D(score), **cause)] if score else []
    objective = Objective(programme="p", key="o", title="O", cycle="c")

    def of(record: type[Any]) -> list[Any]:
        return [item for item in records if isinstance(item, record)]

    [found] = key_result_standings(
        [key_result],
        [objective],
        [cycle(**values)],
        of(CheckIn),
        scores,
        as_of,
        of(KeyResultMilestone),
        of(PhasedTarget),
    )
    return found
