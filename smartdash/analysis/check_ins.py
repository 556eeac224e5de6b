"""Check-ins: whether one is possible and due, which number it has on its day, and whether it fits its key result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from smartdash.analysis.condensing import Refusal
from smartdash.analysis.key_result_status import effective_state
from smartdash.analysis.key_results import in_time
from smartdash.analysis.okr import KeyResultStanding
from smartdash.analysis.status import thresholds
from smartdash.model.check_ins import CheckIn, Zone
from smartdash.model.okr import CycleState, KeyResultKind, KeyResultMilestone

IMPEDIMENT_UP_TO = 3
"""A confidence of this or less names what is in the way (okr.md 4.3: a confidence of 3 or less forces an entry)."""

_MOST_OF_A_DAY = 9


class Opening(StrEnum):
    """Whether a check-in can be made on a day: in the cycle, after it as long as no final score stands, or not."""

    RUNNING = "running"
    AFTER_END = "after_end"
    NOT_BEGUN = "not_begun"
    SCORED = "scored"


@dataclass(frozen=True, slots=True)
class Entry:
    """What an owner has entered for a key result; `done_on` holds the day (None: not done) of each milestone by key."""

    reported_on: date
    value: Decimal | None
    zone: Zone | None
    confidence: int | None
    forecast: Decimal | None
    comment: str | None
    public: bool
    done_on: tuple[tuple[str, date | None], ...] = ()


def opening(standing: KeyResultStanding, day: date) -> Opening:
    """Whether a check-in of a key result can be made on a day."""
    if standing.score is not None:
        return Opening.SCORED
    state = effective_state(standing.cycle, day)
    if state is CycleState.PREPARATION:
        return Opening.NOT_BEGUN
    return Opening.RUNNING if state is CycleState.ACTIVE else Opening.AFTER_END


def is_open(standing: KeyResultStanding, day: date) -> bool:
    """Whether a check-in of a key result can be made on a day, in its cycle or after it."""
    return opening(standing, day) in (Opening.RUNNING, Opening.AFTER_END)


def is_due(standing: KeyResultStanding, day: date) -> bool:
    """Whether a check-in is due on a day: the cycle runs, and the last one is `check_in_days` old or there is none.

    A milestone that was completed without a check-in is none: it says nothing about the confidence.
    """
    if opening(standing, day) is not Opening.RUNNING:
        return False
    last = standing.check_in
    return last is None or (day - last.reported_on).days >= thresholds(day).check_in_days


def of_day(check_ins: Iterable[CheckIn], key_result: str, day: date) -> list[CheckIn]:
    """The check-ins of a key result on a day, in their order."""
    return in_time(report for report in check_ins if report.key_result == key_result and report.reported_on == day)


def next_number(check_ins: Iterable[CheckIn], key_result: str, day: date) -> int | None:
    """The number of a further check-in on a day: None for the first, then 2 to 9.

    Raises:
        Refusal: the day has nine of them already.
    """
    last = max((report.number or 1 for report in of_day(check_ins, key_result, day)), default=0)
    if last >= _MOST_OF_A_DAY:
        raise Refusal("check_in.too_many_of_day", day=day)
    return last + 1 if last else None


def refuse_unfit(standing: KeyResultStanding, entry: Entry, today: date) -> None:
    """Look whether an entry can stand beside its key result.

    Raises:
        Refusal: value or zone do not fit the kind, the confidence is missing, or the day is not one to report on.
    """
    if opening(standing, today) is Opening.SCORED:
        raise Refusal("check_in.scored", title=standing.key_result.title)
    if not standing.cycle.start <= entry.reported_on <= today:
        raise Refusal("check_in.day_outside", first=standing.cycle.start, last=today)
    kind = standing.key_result.kind
    if kind is KeyResultKind.ZONES and entry.zone is None:
        raise Refusal("check_in.zone_needed")
    if kind is not KeyResultKind.ZONES and entry.zone is not None:
        raise Refusal("check_in.no_zone", kind=kind)
    if kind in (KeyResultKind.CHANGE, KeyResultKind.BAND) and entry.value is None:
        raise Refusal("check_in.value_needed")
    if kind in (KeyResultKind.ZONES, KeyResultKind.MILESTONES) and entry.value is not None:
        raise Refusal("check_in.no_value", kind=kind)
    if entry.confidence is None:
        raise Refusal("check_in.confidence_needed")
    for _, done_on in entry.done_on:
        if done_on and done_on > today:
            raise Refusal("check_in.done_in_future", day=done_on)


def needs_impediment(confidence: int | None, before: CheckIn | None = None) -> bool:
    """Whether a confidence must come with an impediment; a correction that leaves a low one as it was has named its."""
    if confidence is None or confidence > IMPEDIMENT_UP_TO:
        return False
    return before is None or before.confidence is None or before.confidence > IMPEDIMENT_UP_TO


def made_check_in(standing: KeyResultStanding, entry: Entry, number: int | None, *, demo: bool) -> CheckIn:
    """A new check-in, the `number`th of its day."""
    return CheckIn(
        programme=standing.key_result.programme,
        key="",
        key_result=standing.key_result.key,
        reported_on=entry.reported_on,
        number=number,
        value=entry.value,
        zone=entry.zone,
        confidence=entry.confidence,
        forecast=entry.forecast,
        comment=entry.comment,
        public=entry.public,
        demo=demo,
    )


def corrected(before: CheckIn, entry: Entry) -> CheckIn:
    """A check-in with what was entered now; its key, day and number stay, so it keeps its place in time."""
    names = ("value", "zone", "confidence", "forecast", "comment", "public")
    return CheckIn(**{**dict(before), **{name: getattr(entry, name) for name in names}})


def ticked(milestones: Sequence[KeyResultMilestone], entry: Entry) -> list[KeyResultMilestone]:
    """The milestones whose day of completion was changed."""
    days = dict(entry.done_on)
    return [
        item.model_copy(update={"done_on": days[item.key]})
        for item in milestones
        if item.key in days and days[item.key] != item.done_on
    ]
