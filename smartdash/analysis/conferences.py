"""The agenda of a conference: how it is proposed, what the clock says, and what calling up an item changes.

What was assigned and decided before, and what is missing before a conference may be closed, is in conference_points.py;
what goes into the next cycle in carry_over.py; the day of the pre-read in working_days.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from smartdash.analysis.collecting import new_keys
from smartdash.analysis.okr import KeyResultStanding
from smartdash.analysis.status import Status
from smartdash.model.conferences import AgendaItem, AgendaKind, Conference, ConferenceKind
from smartdash.model.okr import Objective

_DAY = 24 * 60 * 60
_FRAME = {
    AgendaKind.OPENING: 5,
    AgendaKind.LAST_TIME: 10,
    AgendaKind.IMPEDIMENTS: 15,
    AgendaKind.PARKED: 5,
    AgendaKind.PLANNING: 15,
    AgendaKind.CLOSING: 5,
}
"""Minutes of what stands around the objectives."""
_FRAME_SHARE = Fraction(2, 5)
"""The part of the time that this takes at most."""
_ATTENTION = {Status.CRITICAL: Fraction(2), Status.AT_RISK: Fraction(3, 2), Status.UNKNOWN: Fraction(3, 2)}
"""How much longer a key result is talked about than one that is on track."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What the clock of a conference says; all in seconds.

    `current` is the item that is on (None: none is). `spent` is what it took, earlier calls included, `remaining` what
    is left of its minutes (negative: over). `total_spent` and `total_planned` are those of all items.
    `expected_end` is when the conference ends if every item that is not done takes what is left of its minutes, and
    `behind` is how much longer all items then took than planned (negative: ahead). A break between two items moves
    the expected end only.
    """

    current: AgendaItem | None
    spent: int
    remaining: int
    total_spent: int
    total_planned: int
    expected_end: time
    behind: int


def proposed_agenda(
    conference: Conference,
    objectives: Sequence[Objective],
    standings: Sequence[KeyResultStanding],
    total_minutes: int,
    taken: Collection[str],
    *,
    first: bool = False,
) -> list[AgendaItem]:
    """An agenda whose minutes add up to the total, each item with at least one minute where the total allows it.

    Opening, what was assigned last time (not for the first conference), the objectives of the conference's cycle,
    impediments, parking lot, next cycle (planning and review only), closing. An objective gets time by its key
    results: each counts by its weight within the objective, a critical one double, one at risk or silent by half more.

    Args:
        conference: The conference.
        objectives: Objectives in the order in which they are talked about; those of other cycles are left out.
        standings: How the key results stand.
        total_minutes: 0 to 600.
        taken: The keys that agenda items have or had.
        first: Whether there was no conference before.

    Raises:
        ValueError: the total is below 0, or above 600.
    """
    if not 0 <= total_minutes <= 600:
        raise ValueError(f"{total_minutes} minutes are not between 0 and 600")
    members: dict[str, list[KeyResultStanding]] = defaultdict(list)
    for standing in standings:
        members[standing.objective.key].append(standing)
    own = [item for item in objectives if item.cycle == conference.cycle]
    before = [AgendaKind.OPENING, *(() if first else (AgendaKind.LAST_TIME,))]
    planning = () if conference.kind is ConferenceKind.MIDTERM else (AgendaKind.PLANNING,)
    after = [AgendaKind.IMPEDIMENTS, AgendaKind.PARKED, *planning, AgendaKind.CLOSING]
    frame = sum(_FRAME[kind] for kind in (*before, *after))
    for_frame = min(Fraction(frame), _FRAME_SHARE * total_minutes) if own else Fraction(total_minutes)
    attention = [_attention(members[item.key]) for item in own]
    subjects: list[tuple[AgendaKind, str | None, Fraction]] = [
        *((kind, None, _FRAME[kind] * for_frame / frame) for kind in before),
        *(
            (AgendaKind.OBJECTIVE, item.key, (total_minutes - for_frame) * share / sum(attention))
            for item, share in zip(own, attention, strict=True)
        ),
        *((kind, None, _FRAME[kind] * for_frame / frame) for kind in after),
    ]
    minutes = _whole([wanted for _, _, wanted in subjects], total_minutes)
    return [
        AgendaItem(
            programme=conference.programme,
            key=key,
            demo=conference.demo,
            conference=conference.key,
            order=place,
            kind=kind,
            objective=objective,
            minutes=share,
        )
        for place, ((kind, objective, _), share, key) in enumerate(
            zip(subjects, minutes, new_keys(conference.key, taken), strict=False), start=1
        )
    ]


def _attention(standings: Sequence[KeyResultStanding]) -> Fraction:
    """How many key results on track an objective is worth in time; one without any counts as one."""
    weight = sum((item.key_result.weight for item in standings), Decimal(0))
    if not standings:
        return Fraction(1)
    shares = [
        Fraction(item.key_result.weight) / Fraction(weight) if weight else Fraction(1, len(standings))
        for item in standings
    ]
    needed = [_ATTENTION.get(item.status, Fraction(1)) for item in standings]
    return len(standings) * sum((share * each for share, each in zip(shares, needed, strict=True)), start=Fraction(0))


def _whole(wanted: Sequence[Fraction], total: int) -> list[int]:
    """Whole minutes that add up to the total, by largest remainders; one for each first where there are enough."""
    least = 1 if total >= len(wanted) else 0
    above = [max(each - least, Fraction(0)) for each in wanted]
    left, whole = total - least * len(wanted), sum(above) or Fraction(1)
    exact = [each * left / whole for each in above]
    minutes = [int(each) for each in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: (minutes[place] - exact[place], place))
    for place in by_remainder[: left - sum(minutes)]:
        minutes[place] += 1
    return [least + each for each in minutes]


def seconds_spent(item: AgendaItem, now: time) -> int:
    """What an item took up to now, the call that is on included.

    A time that lies before the call by more than half a day is the next day's; by less, the clock was set back, and
    nothing is counted for the call.
    """
    if item.begun_at is None:
        return item.spent_seconds
    since = _second(now) - _second(time.fromisoformat(item.begun_at))
    return item.spent_seconds + max(since + _DAY if since < -_DAY // 2 else since, 0)


def _second(moment: time) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second


def clock(items: Sequence[AgendaItem], now: time) -> Clock:
    """What the clock says at a time of day; `items` are those of one conference."""
    spent = {item.key: seconds_spent(item, now) for item in items}
    current = next((item for item in items if item.begun_at is not None), None)
    planned = sum(item.minutes for item in items) * 60
    to_come = sum(max(item.minutes * 60 - spent[item.key], 0) for item in items if not item.done)
    total = sum(spent.values())
    end = datetime.combine(date.min, now.replace(microsecond=0)) + timedelta(seconds=to_come)
    return Clock(
        current=current,
        spent=spent[current.key] if current else 0,
        remaining=current.minutes * 60 - spent[current.key] if current else 0,
        total_spent=total,
        total_planned=planned,
        expected_end=end.time(),
        behind=total + to_come - planned,
    )


def call(items: Sequence[AgendaItem], key: str, now: time) -> list[AgendaItem]:
    """The items that change when one is called up: it begins, and the one that was on is left.

    One that was done is open again. Nothing changes where it is on already.

    Raises:
        StopIteration: there is no item with this key.
    """
    called = next(item for item in items if item.key == key)
    left = leave([item for item in items if item.key != key], now)
    if called.begun_at is not None:
        return left
    return [*left, called.model_copy(update={"begun_at": now.isoformat(timespec="seconds"), "done": False})]


def leave(items: Sequence[AgendaItem], now: time) -> list[AgendaItem]:
    """The items that change when the one that is on is left: the time of the call is added to what it took."""
    return [
        item.model_copy(update={"begun_at": None, "spent_seconds": seconds_spent(item, now)})
        for item in items
        if item.begun_at is not None
    ]


def finish(items: Sequence[AgendaItem], key: str, now: time) -> list[AgendaItem]:
    """The item that changes when it is done: it is left where it was on, and needs no more time.

    Raises:
        StopIteration: there is no item with this key.
    """
    item = next(item for item in items if item.key == key)
    done = item.model_copy(update={"begun_at": None, "spent_seconds": seconds_spent(item, now), "done": True})
    return [] if done == item else [done]
