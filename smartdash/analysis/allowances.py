"""How much of an allowance is used and planned, what breaks its cap, and which items break its limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from smartdash.analysis.status import Status, thresholds
from smartdash.model.schedule import Allowance, AllowanceUnit, AllowanceUse
from smartdash.model.workshops import Event, EventFormat

FULL_DAY = 480
"""Minutes of a working day: eight hours, the daily working time of the Working Hours Act (ArbZG, section 3)."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that uses an allowance: an event, or a use that is none (without a title where it is not described)."""

    key: str
    title: str
    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class AllowanceStanding:
    """An allowance with what is used up to the as-of date, what is planned after it, and what is left of the cap.

    The status is unknown where nothing refers to the allowance. `warns` is the item with which it first reaches the
    share of the cap that warns, `breaks` the one with which it first exceeds the cap.
    """

    allowance: Allowance
    used: Decimal
    planned: Decimal
    left: Decimal
    status: Status
    warns: Item | None = None
    breaks: Item | None = None

    @property
    def total(self) -> Decimal:
        """What is used and planned."""
        return self.used + self.planned

    @property
    def share(self) -> Decimal | None:
        """Used and planned as a share of the cap; None without a cap, or where nothing is recorded."""
        return self.total / self.allowance.cap if self.allowance.cap and self.status is not Status.UNKNOWN else None


class Limit(StrEnum):
    """A limit of a single item."""

    MINUTES = "minutes"
    DIGITAL = "digital"


@dataclass(frozen=True, slots=True)
class Excess:
    """An event that breaks a limit of its allowance; `minutes` is the limit where it is one of time."""

    allowance: Allowance
    event: Event
    limit: Limit
    minutes: int | None = None


def allowance_standings(
    allowances: Sequence[Allowance], events: Sequence[Event], uses: Sequence[AllowanceUse], as_of: date
) -> list[AllowanceStanding]:
    """Each allowance with the events and other uses that draw on it, up to the as-of date and after it.

    An event counts as one interview or workshop; where the allowance counts person-days, as its hours in days of
    eight, or as one where its duration is unknown. Other uses count as their amount. At risk from the threshold's
    share of the cap, critical above the cap.
    """
    return [_standing(item, _items(item, events, uses), as_of) for item in allowances]


def _standing(allowance: Allowance, items: Sequence[Item], as_of: date) -> AllowanceStanding:
    used = sum((item.amount for item in items if item.day <= as_of), Decimal(0))
    planned = sum((item.amount for item in items if item.day > as_of), Decimal(0))
    warning = allowance.cap * thresholds(as_of).allowance_at_risk
    warns = breaks = None
    running = Decimal(0)
    for item in items:
        running += item.amount
        warns = item if warns is None and running >= warning else warns
        breaks = item if breaks is None and running > allowance.cap else breaks
    if breaks:
        status = Status.CRITICAL
    elif warns:
        status = Status.AT_RISK
    else:
        status = Status.ON_TRACK if items else Status.UNKNOWN
    return AllowanceStanding(allowance, used, planned, allowance.cap - used - planned, status, warns, breaks)


def _items(allowance: Allowance, events: Iterable[Event], uses: Iterable[AllowanceUse]) -> list[Item]:
    """What draws on an allowance, in order of its days."""
    found = [
        Item(event.key, event.title, event.held_on, _size(allowance, event))
        for event in events
        if event.allowance == allowance.key
    ]
    found += [
        Item(use.key, use.description or "", use.used_on, use.amount) for use in uses if use.allowance == allowance.key
    ]
    return sorted(found, key=lambda item: (item.day, item.key))


def _size(allowance: Allowance, event: Event) -> Decimal:
    if allowance.unit is AllowanceUnit.PERSON_DAY and event.minutes:
        return Decimal(event.minutes) / FULL_DAY
    return Decimal(1)


def limit_of(allowance: Allowance) -> int | None:
    """The most minutes that one item may take: the limit stated, else a working day where it is a full day."""
    return allowance.limit_minutes or (FULL_DAY if allowance.full_day else None)


def excesses(allowances: Sequence[Allowance], events: Iterable[Event]) -> list[Excess]:
    """Events that last longer than their allowance permits, or meet on site where it covers digital ones only."""
    by_key = {item.key: item for item in allowances}
    found = []
    for event in events:
        allowance = by_key.get(event.allowance or "")
        if allowance is None:
            continue
        limit = limit_of(allowance)
        if limit and event.minutes and event.minutes > limit:
            found.append(Excess(allowance, event, Limit.MINUTES, limit))
        if allowance.digital and event.format is EventFormat.ON_SITE:
            found.append(Excess(allowance, event, Limit.DIGITAL))
    return found
