"""Participation: whom events reached, and how each public contribution was answered."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smartdash.analysis.structure import exists
from smartdash.model.shared import Unit
from smartdash.model.workshops import (
    Attendance,
    Audience,
    Consideration,
    ConsiderationOutcome,
    Contribution,
    Event,
    Link,
    LinkKind,
)


@dataclass(frozen=True, slots=True)
class AudienceReach:
    """The events for an audience (None: not stated), held and planned, the last and the next day.

    `participants` adds up the events that have ended (None: none of them counted); `uncounted` of them did not count.
    """

    audience: Audience | None
    held: int
    planned: int
    participants: int | None
    uncounted: int
    last: date | None
    following: date | None


@dataclass(frozen=True, slots=True)
class UnitReach:
    """The events that a unit took part in or will, those it organised, the last and the next day it takes part.

    `participants` adds up the people it sent to events that have ended (None: nobody counted them).
    """

    unit: Unit
    held: int
    planned: int
    organised: int
    participants: int | None
    last: date | None
    following: date | None

    @property
    def reached(self) -> bool:
        """Whether it took part in an event or organised one."""
        return bool(self.held or self.organised)


@dataclass(frozen=True, slots=True)
class Answer:
    """A public contribution with the event it was made at and its newest consideration (None: not answered yet)."""

    contribution: Contribution
    event: Event
    consideration: Consideration | None

    @property
    def outcome(self) -> ConsiderationOutcome | None:
        """What became of it, or None while it is open."""
        return self.consideration.outcome if self.consideration else None

    def open_days(self, as_of: date) -> int | None:
        """For how many days it has been open, or None where it is answered."""
        return None if self.consideration else (as_of - self.contribution.collected_on).days


class Personal(StrEnum):
    """What in a text may tell who said it."""

    MAIL = "mail"
    PHONE = "phone"
    HANDLE = "handle"
    NAME = "name"


_TRACES = {
    Personal.MAIL: re.compile(
        r"[\w.+-]{1,64}@[\w-]+\.\w{2}|[\w.+-]{1,64}\s?[\[({]\s?(?:at|ät|@)\s?[\])}]\s?\w", re.IGNORECASE
    ),
    # An area code begins with 0 and has three digits or more, which tells it from a date or a time of day.
    Personal.PHONE: re.compile(
        r"(?<![\w.,/-])(?:(?:\+|00)[1-9](?:[\s()/.-]{0,3}\d){7}|\(?0[1-9]\d(?:[\s()/.-]{0,3}\d){4})"
        r"|\b(?:tel|telefon|handy|mobil|phone|mobile)(?:nummer|number)?\b[\s.:-]{0,3}\d(?:[\s/-]?\d){4}",
        re.IGNORECASE,
    ),
    Personal.HANDLE: re.compile(r"(?<![\w.@+-])@[A-Za-z]\w{2}"),
    Personal.NAME: re.compile(
        r"\b(?:Frau|Herrn?|Mrs?\.?|Ms\.?)\s(?:(?:Dr|Prof)\.\s?)*(?!(?:Ober)?[Bb]ürgermeister)[A-ZÄÖÜ][a-zäöüß]"
    ),
}


def personal_traces(text: str) -> tuple[Personal, ...]:
    """What in a text looks like a mail address, telephone number, user name (`@name`) or a person's name.

    A rule of thumb for somebody who then reads the text: it misses plain names, and may point out a harmless number.
    """
    return tuple(kind for kind, pattern in _TRACES.items() if pattern.search(text))


def is_held(event: Event, as_of: date) -> bool:
    """Whether an event has begun by a day; one on the day itself has."""
    return event.held_on <= as_of


def is_running(event: Event, as_of: date) -> bool:
    """Whether an event of several days has begun and goes on after a day."""
    return event.ends_on is not None and event.held_on <= as_of < event.ends_on


def counted_participants(event: Event, as_of: date) -> int | None:
    """How many took part as it was known on a day: nothing before the event's last day."""
    return event.participants if (event.ends_on or event.held_on) <= as_of else None


def audience_reach(events: Sequence[Event], as_of: date) -> list[AudienceReach]:
    """The reach of each audience in the order of the model, also of those without any event; unstated ones last."""
    members: dict[Audience | None, list[Event]] = {audience: [] for audience in Audience}
    for event in events:
        members.setdefault(event.audience, []).append(event)
    return [_audience_reach(audience, found, as_of) for audience, found in members.items()]


def _audience_reach(audience: Audience | None, events: Sequence[Event], as_of: date) -> AudienceReach:
    held = [event for event in events if is_held(event, as_of)]
    counts = [counted_participants(event, as_of) for event in held if not is_running(event, as_of)]
    return AudienceReach(
        audience,
        held=len(held),
        planned=len(events) - len(held),
        participants=_sum(counts),
        uncounted=counts.count(None),
        last=_last(held),
        following=_following(events, as_of),
    )


def unit_reach(
    units: Sequence[Unit], events: Sequence[Event], attendances: Iterable[Attendance], as_of: date
) -> list[UnitReach]:
    """The reach of each unit that exists on a day or ever took part, in the order given."""
    by_key = {event.key: event for event in events}
    attended: dict[str, dict[str, Attendance]] = defaultdict(dict)
    for attendance in attendances:
        attended[attendance.unit][attendance.event] = attendance
    found = [_unit_reach(unit, by_key, attended[unit.key], as_of) for unit in units]
    return [item for item in found if item.held or item.planned or item.organised or exists(item.unit, as_of)]


def _unit_reach(unit: Unit, events: dict[str, Event], attended: dict[str, Attendance], as_of: date) -> UnitReach:
    own = [events[key] for key in attended]
    held = [event for event in own if is_held(event, as_of)]
    ended = [event for event in held if not is_running(event, as_of)]
    return UnitReach(
        unit,
        held=len(held),
        planned=len(own) - len(held),
        organised=sum(event.unit == unit.key and is_held(event, as_of) for event in events.values()),
        participants=_sum(attended[event.key].participants for event in ended),
        last=_last(held),
        following=_following(own, as_of),
    )


def _sum(counts: Iterable[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _last(held: Sequence[Event]) -> date | None:
    return max((event.held_on for event in held), default=None)


def _following(events: Sequence[Event], as_of: date) -> date | None:
    return min((event.held_on for event in events if not is_held(event, as_of)), default=None)


def newest_considerations(considerations: Iterable[Consideration]) -> dict[str, Consideration]:
    """The newest consideration of each contribution by its key; of two on one day the one with the later key."""
    ordered = sorted(considerations, key=lambda item: (item.considered_on, item.key))
    return {item.contribution: item for item in ordered}


def answers(
    contributions: Sequence[Contribution],
    events: Sequence[Event],
    considerations: Iterable[Consideration],
    links: Iterable[Link],
) -> list[Answer]:
    """Each contribution from an event for the public with its answer; the newest event first, in the order given.

    One that was split into others needs no answer of its own: its parts stand for it, unless it was answered itself.
    """
    known = {contribution.key for contribution in contributions}
    split = {link.origin for link in links if link.kind is LinkKind.SPLIT and link.target in known}
    public = {event.key: event for event in events if event.audience is Audience.PUBLIC}
    newest = newest_considerations(considerations)
    found = [
        Answer(contribution, public[contribution.event], newest.get(contribution.key))
        for contribution in contributions
        if contribution.event in public and (contribution.key not in split or contribution.key in newest)
    ]
    return sorted(found, key=lambda answer: (-answer.event.held_on.toordinal(), answer.event.key))


def lasting(elements: Iterable[str], links: Iterable[Link]) -> frozenset[str]:
    """Of some elements by key, those that were not merged or split into another of them."""
    found = frozenset(elements)
    followed = {
        link.origin for link in links if link.kind in (LinkKind.MERGED, LinkKind.SPLIT) and link.target in found
    }
    return found - followed
