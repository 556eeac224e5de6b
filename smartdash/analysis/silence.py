"""Key results that nothing was reported of in time: since when, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from smartdash.analysis.key_result_status import Rule, effective_state
from smartdash.analysis.okr import KeyResultStanding
from smartdash.model.okr import CycleState


class Missing(StrEnum):
    """What a silent key result misses."""

    FIRST_CHECK_IN = "first_check_in"
    CHECK_IN = "check_in"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class Silence:
    """A key result without the report that is due: what is missing, the first day without it, and the days since."""

    standing: KeyResultStanding
    missing: Missing
    since: date
    days: int


def silences(standings: Sequence[KeyResultStanding], as_of: date) -> list[Silence]:
    """The silent key results of the cycles that run or are being closed, the longest silence on top.

    Running: never reported after the first days (silent since the start), or longer ago than the interval (silent since
    the last report). Being closed: without a final score, silent since the day after the end. A closed cycle expects
    nothing any more.
    """
    found = []
    for item in standings:
        state = effective_state(item.cycle, as_of)
        if state is CycleState.CLOSING and item.score is None:
            found.append(_silence(item, Missing.SCORE, item.cycle.end + timedelta(days=1), as_of))
        elif state is CycleState.ACTIVE and item.reason.rule is Rule.NEVER_REPORTED:
            found.append(_silence(item, Missing.FIRST_CHECK_IN, item.cycle.start, as_of))
        elif state is CycleState.ACTIVE and item.reason.rule is Rule.OUTDATED and item.reported_on:
            found.append(_silence(item, Missing.CHECK_IN, item.reported_on, as_of))
    return sorted(found, key=lambda silence: (-silence.days, silence.standing.key_result.key))


def _silence(item: KeyResultStanding, missing: Missing, since: date, as_of: date) -> Silence:
    return Silence(item, missing, since, (as_of - since).days)
