"""What goes from a cycle into the next one: kept and changed objectives with what is left of them to do."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from smartdash.analysis.collecting import new_keys
from smartdash.analysis.key_result_status import effective_state
from smartdash.analysis.okr import KeyResultStanding
from smartdash.model.check_ins import Review, ReviewOutcome, Zone
from smartdash.model.conferences import Conference
from smartdash.model.declare import Record
from smartdash.model.okr import (
    Alignment,
    ContributingUnit,
    Cycle,
    CycleState,
    KeyResult,
    KeyResultKind,
    KeyResultMilestone,
    Objective,
)

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Stock:
    """All OKR records of a programme, of every cycle; `standings` are those of the key results.

    `taken` holds, by record type ("cycle", "objective", "key_result", "key_result_milestone"), each key that is or was
    in use.
    """

    cycles: Sequence[Cycle]
    objectives: Sequence[Objective]
    standings: Sequence[KeyResultStanding]
    reviews: Sequence[Review]
    units: Sequence[ContributingUnit]
    alignments: Sequence[Alignment]
    taken: Mapping[str, Collection[str]]


def is_reached(standing: KeyResultStanding) -> bool:
    """Whether nothing of a key result is left to do.

    Its progress is 1 or more; zones: the target zone; without any progress: a final score of 1.
    """
    if standing.key_result.kind is KeyResultKind.ZONES and standing.check_in:
        return standing.check_in.zone in (Zone.TARGET, Zone.STRETCH)
    if standing.progress is None:
        return standing.score == 1
    return standing.progress >= 1


def next_cycle(conference: Conference, cycles: Sequence[Cycle], taken: Collection[str]) -> Cycle:
    """The cycle into which a conference carries over: the one it names, else the first to begin after its own.

    Where there is none: a new one in preparation that begins on the following day and lasts as many whole months as
    the old one, or as many days where that is not made of whole months.
    """
    own = next(item for item in cycles if item.key == conference.cycle)
    named = [item for item in cycles if item.key == conference.next_cycle]
    after = sorted((item for item in cycles if item.start > own.end), key=lambda item: (item.start, item.key))
    if found := next(iter((*named, *after)), None):
        return found
    start, months = own.end + timedelta(days=1), _whole_months(own)
    end = _month_end(start, months) if months else start + (own.end - own.start)
    number = (start.month + 2) // 3
    if months == 3 and start.month % 3 == 1:
        title, key = f"Q{number} {start.year}", f"{start.year}-q{number}"
    else:
        title, key = f"{start:%d.%m.%Y} – {end:%d.%m.%Y}", f"{start}"
    key = next(new_keys(key, taken)) if key in taken else key
    return Cycle(programme=own.programme, key=key, title=title, start=start, end=end, public=own.public, demo=own.demo)


def _whole_months(cycle: Cycle) -> int:
    """How many whole months a cycle lasts; 0 where it does not begin and end with a month."""
    if cycle.start.day != 1 or (cycle.end + timedelta(days=1)).day != 1:
        return 0
    return (cycle.end.year - cycle.start.year) * _MONTHS + cycle.end.month - cycle.start.month + 1


def _month_end(start: date, months: int) -> date:
    """The last day of the last of so many months."""
    years, month = divmod(start.month + months - 2, _MONTHS)
    year = start.year + years
    return date(year, month + 1, monthrange(year, month + 1)[1])


def carry_over(stock: Stock, cycle: str, following: Cycle, chosen: Collection[str] | None = None) -> list[Record]:
    """The new records that carry the kept and changed objectives of a cycle into the following one.

    Per objective: a new one with its predecessor, the key results that go on (their last value is the new baseline,
    target, kind and weight stay), their milestones that are not done, contributing units, and the alignments that
    still hold: those to and from what was carried over too, or does not belong to an ended cycle. Phased targets are
    days of the old cycle and stay there. What was carried over before is not made again, and what was taken away from
    it since does not come back.

    Args:
        stock: The records.
        cycle: The key of the cycle that ends.
        following: The cycle into which they go.
        chosen: The keys of the key results that go on; None: those that are not reached.
    """
    going = {item.objective for item in stock.reviews if item.outcome is not ReviewOutcome.END}
    old = [item for item in stock.objectives if item.cycle == cycle and item.key in going]
    objectives, of_objective = _objectives(stock, old, following)
    results, of_result = _key_results(stock, of_objective, chosen)
    made = {item.key for item in (*objectives, *results)}
    new_objectives = {key: new for key, new in of_objective.items() if new in made}
    units = [
        ContributingUnit(**_copied(item, objective=new_objectives[item.objective]))
        for item in stock.units
        if item.objective in new_objectives
    ]
    return [
        *objectives,
        *results,
        *_milestones(stock, of_result, made),
        *units,
        *_alignments(stock, {**of_objective, **of_result}, made, following),
    ]


def prepare(
    stock: Stock,
    conference: Conference,
    as_of: date,
    *,
    complete: bool,
    chosen: Collection[str] | None = None,
) -> list[Record]:
    """Everything that prepares the next cycle: the cycle where there is none, what is carried over, and the states.

    The ending cycle is closed where it is over and `complete`, that is, nothing is missing of its review. The next one
    stays in preparation: it is for the people to start it.
    """
    following = next_cycle(conference, stock.cycles, stock.taken["cycle"])
    own = next(item for item in stock.cycles if item.key == conference.cycle)
    records: list[Record] = [] if following in stock.cycles else [following]
    records += carry_over(stock, own.key, following, chosen)
    if complete and effective_state(own, as_of) is CycleState.CLOSING:
        records.append(own.model_copy(update={"state": CycleState.CLOSED}))
    return records


def _copied(record: Record, **changed: object) -> dict[str, Any]:
    """The values of a record for a new one; where it was found belongs to the old one."""
    return {**record.model_dump(), "source": None, "source_place": None, "key": "", **changed}


def _objectives(stock: Stock, old: Sequence[Objective], following: Cycle) -> tuple[list[Objective], dict[str, str]]:
    """The new objectives, and for each old one the key of the new one, whether it is made now or was there."""
    there = {
        item.predecessor: item.key for item in stock.objectives if item.predecessor and item.cycle == following.key
    }
    keys = new_keys(following.key, stock.taken["objective"])
    new = [
        Objective(**_copied(item, key=next(keys), cycle=following.key, predecessor=item.key))
        for item in old
        if item.key not in there
    ]
    carried = {item.key: there[item.key] for item in old if item.key in there}
    return new, {**carried, **{str(item.predecessor): item.key for item in new}}


def _key_results(
    stock: Stock, of_objective: Mapping[str, str], chosen: Collection[str] | None
) -> tuple[list[KeyResult], dict[str, str]]:
    into = set(of_objective.values())
    there = {item.key_result.predecessor: item.key_result.key for item in stock.standings if item.objective.key in into}
    own = [item for item in stock.standings if item.objective.key in of_objective]
    going = [item for item in own if (not is_reached(item) if chosen is None else item.key_result.key in chosen)]
    taken = set(stock.taken["key_result"])
    new = []
    for item in going:
        if item.key_result.key not in there:
            objective = of_objective[item.objective.key]
            key = next(new_keys(objective, taken))
            taken.add(key)
            new.append(_continued(item, objective, key))
    carried = {item.key_result.key: there[item.key_result.key] for item in own if item.key_result.key in there}
    return new, {**carried, **{str(item.predecessor): item.key for item in new}}


def _continued(standing: KeyResultStanding, objective: str, key: str) -> KeyResult:
    """A key result as it goes on; one that was reached begins where it began, not beyond its target."""
    result, report = standing.key_result, standing.check_in
    going_on = result.kind is KeyResultKind.CHANGE and report and report.value is not None and not is_reached(standing)
    baseline = report.value if going_on and report else result.baseline
    return KeyResult(**_copied(result, key=key, objective=objective, predecessor=result.key, baseline=baseline))


def _milestones(stock: Stock, of_result: Mapping[str, str], made: set[str]) -> list[KeyResultMilestone]:
    """The milestones that are not done, of the key results that are made now."""
    taken = set(stock.taken["key_result_milestone"])
    new = []
    for standing in stock.standings:
        result = of_result.get(standing.key_result.key)
        for item in standing.milestones if result in made else ():
            if item.done_on is None:
                key = next(new_keys(str(result), taken))
                taken.add(key)
                new.append(KeyResultMilestone(**_copied(item, key=key, key_result=result)))
    return new


def _alignments(stock: Stock, carried: Mapping[str, str], made: set[str], following: Cycle) -> list[Alignment]:
    """The alignments that still hold, of what is made now; none that is there already."""
    ended = {item.key for item in stock.cycles if item.end < following.start}
    over = {item.key for item in stock.objectives if item.cycle in ended}
    over |= {item.key_result.key for item in stock.standings if item.cycle.key in ended}
    there = {(item.origin, item.target) for item in stock.alignments}
    new = {}
    for item in stock.alignments:
        ends = carried.get(item.origin, item.origin), carried.get(item.target, item.target)
        if made & set(ends) and not over & set(ends) and ends not in there:
            new[ends] = Alignment(**_copied(item, origin=ends[0], target=ends[1]))
    return list(new.values())
