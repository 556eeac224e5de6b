"""How impediments stand on a day, from how they were raised and what happened to them since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from smartdash.analysis.status import Status, status_of_delay, thresholds
from smartdash.model.impediments import Blockage, EscalationLevel, Impediment, ImpedimentEvent, ImpedimentEventKind
from smartdash.model.projects import LEAST_OPTIONS, separate_options

OUTSIDE = (EscalationLevel.STEERING, EscalationLevel.TOP)
"""The levels on which somebody outside the programme decides."""

Missing = Literal["cause", "options", "addressee"]


@dataclass(frozen=True, slots=True)
class ImpedimentStanding:
    """An impediment on a day.

    Level, role, next step and due date are the newest ones that were named. `since` is the day from which it is open
    without a break (None: it is not open), `resolved_on` the day on which it was resolved last (None: it is open).
    `reopened` counts how often it came back, `open_days` the days of all periods in which it was open, `days_late` the
    days after its due date (None: not open, not due yet, or without one). `blocks` are the keys of what it blocks.
    """

    impediment: Impediment
    level: EscalationLevel
    owner_role: str | None
    next_step: str | None
    due: date | None
    since: date | None
    resolved_on: date | None
    reopened: int
    open_days: int
    days_late: int | None
    blocks: tuple[str, ...]

    @property
    def open(self) -> bool:
        """Whether it is unsolved on the day."""
        return self.since is not None

    @property
    def outside(self) -> bool:
        """Whether it is open and somebody outside the programme must decide."""
        return self.open and self.level in OUTSIDE


def impediment_standings(
    impediments: Iterable[Impediment],
    events: Iterable[ImpedimentEvent],
    blockages: Iterable[Blockage],
    as_of: date,
) -> list[ImpedimentStanding]:
    """Every impediment that was raised up to a day, as it stood on that day; the order is kept.

    It is open from the day it was raised. Its first solution or an event closes it, an event opens it again.
    """
    happened: dict[str, list[ImpedimentEvent]] = defaultdict(list)
    for event in events:
        if event.happened_on <= as_of:
            happened[event.impediment].append(event)
    further: dict[str, list[str]] = defaultdict(list)
    for blockage in blockages:
        further[blockage.impediment].append(blockage.subject)
    return [
        _standing(item, sorted(happened[item.key], key=_moment), further[item.key], as_of)
        for item in impediments
        if item.raised_on <= as_of
    ]


def impediment_status(standing: ImpedimentStanding, as_of: date) -> Status:
    """Done when resolved; critical where others must decide or the due date is far behind; else at risk."""
    if not standing.open:
        return Status.DONE
    if standing.outside or status_of_delay(standing.days_late or 0, thresholds(as_of)) is Status.CRITICAL:
        return Status.CRITICAL
    return Status.AT_RISK


def missing_for_decision(impediment: Impediment) -> tuple[Missing, ...]:
    """What an impediment lacks before somebody outside can decide: the cause, two options, the addressee."""
    lacking: list[Missing] = []
    if not impediment.cause:
        lacking.append("cause")
    if len(separate_options(impediment.options)) < LEAST_OPTIONS:
        lacking.append("options")
    if not impediment.addressee:
        lacking.append("addressee")
    return tuple(lacking)


def _moment(event: ImpedimentEvent) -> tuple[date, int, str]:
    return event.happened_on, event.number or 1, event.kind.value


def _standing(
    impediment: Impediment, events: Sequence[ImpedimentEvent], further: Sequence[str], as_of: date
) -> ImpedimentStanding:
    periods = open_periods(impediment, events, as_of)
    first, end = periods[-1]
    levels = [event.level for event in events if event.level]
    due = next((event.due for event in reversed(events) if event.due), impediment.due)
    late = (as_of - due).days if due and end is None else 0
    return ImpedimentStanding(
        impediment=impediment,
        level=levels[-1] if levels else impediment.escalation,
        owner_role=next((event.owner_role for event in reversed(events) if event.owner_role), impediment.owner_role),
        next_step=next((event.next_step for event in reversed(events) if event.next_step), impediment.next_step),
        due=due,
        since=first if end is None else None,
        resolved_on=end,
        reopened=impediment.reopened + sum(event.kind is ImpedimentEventKind.REOPENED for event in events),
        open_days=sum(((until or as_of) - begun).days for begun, until in periods),
        days_late=late if late > 0 else None,
        blocks=tuple(dict.fromkeys(key for key in (impediment.blocks, *further) if key)),
    )


def open_periods(
    impediment: Impediment, events: Iterable[ImpedimentEvent], as_of: date
) -> list[tuple[date, date | None]]:
    """The periods in which an impediment was open up to a day, each with its first day and the day it ended on.

    The last one may have no end. What happened before it was raised counts from the day it was raised.
    """
    solved, back = ImpedimentEventKind.RESOLVED, ImpedimentEventKind.REOPENED
    turns: dict[date, list[ImpedimentEventKind]] = defaultdict(list)
    for event in events:
        if event.kind in (solved, back) and event.happened_on <= as_of:
            turns[max(event.happened_on, impediment.raised_on)].append(event.kind)
    first = impediment.resolved_on
    # The first solution may stand in the record and in an event: it is one solution.
    if first and first <= as_of and solved not in turns[first]:
        turns[first].append(solved)
    periods: list[tuple[date, date | None]] = [(impediment.raised_on, None)]
    for day in sorted(turns):
        for kind in _alternating(turns[day], is_open=periods[-1][1] is None):
            if kind is solved:
                periods[-1] = (periods[-1][0], day)
            else:
                periods.append((day, None))
    return periods


def _alternating(turns: Sequence[ImpedimentEventKind], *, is_open: bool) -> list[ImpedimentEventKind]:
    """The turns of one day in the only order in which they can have happened; what changes nothing is left out."""
    left = {kind: turns.count(kind) for kind in (ImpedimentEventKind.RESOLVED, ImpedimentEventKind.REOPENED)}
    order = []
    while left[kind := ImpedimentEventKind.RESOLVED if is_open else ImpedimentEventKind.REOPENED]:
        left[kind] -= 1
        order.append(kind)
        is_open = not is_open
    return order


def escalation_ladder(standings: Iterable[ImpedimentStanding]) -> Mapping[EscalationLevel, list[ImpedimentStanding]]:
    """The open impediments by level from top to team, on each the overdue ones first, the latest and oldest above."""
    unsolved = [item for item in standings if item.open]
    return {
        level: sorted(
            (item for item in unsolved if item.level is level),
            key=lambda item: (-(item.days_late or 0), -item.open_days, item.impediment.key),
        )
        for level in reversed(EscalationLevel)
    }
