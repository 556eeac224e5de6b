"""What the results of a survey wave say, as data: the findings with their values, before anybody puts them in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

Value = str | int | Decimal | tuple[str, ...] | tuple[Decimal, ...]

PARTS = ("participation", "level", "dimensions", "groups", "change", "targets", "peers", "lifts", "limits")
"""The parts of an analysis in their order."""

FEW_UNITS = 5
"""With fewer units, one of them alone moves the city's level far (the guard for small groups of `analysis.peers`)."""

MOST_LIFTS = 3
"""So many criteria are named that would lift the city."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to be said: its part of the text, what kind of thing it is, and its values by name.

    Levels, differences and gains are as they are shown; a reader can recompute each with the figures beside.
    """

    part: str
    kind: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A dimension, or all of them, as the figures show it: levels rounded to one decimal, None where there is none.

    `weakest` is the level by the weakest link, `middle` the median of the peers.
    """

    title: str
    level: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    weakest: Decimal | None = None
    target: Decimal | None = None
    middle: Decimal | None = None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """The city's level in the wave before and now over the same units; None where it cannot or must not be told."""

    wave: str
    units: int
    then: Decimal | None
    now: Decimal | None


@dataclass(frozen=True, slots=True)
class Rank:
    """The ranks a city takes in most of the runs, among `cities`."""

    low: int
    high: int
    cities: int


@dataclass(frozen=True, slots=True)
class Results:
    """A wave's results as a reader may see them.

    Attributes:
        city, wave, model, group: Names: the city's, the wave's, the model's, the peer group's.
        lowest, highest: The ends of the model's scale.
        turnout: Units asked and with an answer, people asked and with an answer.
        coverage: Answered weight by applicable weight, 0 to 1; None where it is withheld or nothing applies.
        needed: The coverage below which there is no level.
        points: The level of all dimensions as a score from 0 to 100.
        whole, dimensions: All dimensions together, and each.
        groups: The level of each group of units that was asked, by its name in code.
        change: The change since the wave before with the same model; None where there is none.
        cities: How many other cities of the group reported levels by the model.
        rank: The city's rank among them; None where none is told.
        lifts: Criteria with the points (0 to 100) the city gains where each unit rises by one level, the most first;
            None where no gain may be told.
        answered, evidenced: Single answers, and those that name evidence.
        unclear: Criteria of units on which the raters are too far apart.
        hidden_units: Units whose results are withheld.
        validated: Whether the model was tested empirically.
    """

    city: str
    wave: str
    model: str
    group: str
    lowest: int
    highest: int
    turnout: tuple[int, int, int, int]
    coverage: Decimal | None
    needed: Decimal
    points: Decimal | None
    whole: Line
    dimensions: Sequence[Line]
    groups: Mapping[str, Decimal | None]
    change: Change | None
    cities: int
    rank: Rank | None
    lifts: Sequence[tuple[str, Decimal]] | None
    answered: int
    evidenced: int
    unclear: int
    hidden_units: int
    validated: bool


def findings(results: Results) -> tuple[Finding, ...]:
    """Everything that is to be said of a wave, in the order of `PARTS`."""
    made = (_participation, _level, _dimensions, _groups, _change, _targets, _peers, _lifts, _limits)
    return tuple(
        Finding(part, kind, values) for part, make in zip(PARTS, made, strict=True) for kind, values in make(results)
    )


_Told = Iterator[tuple[str, dict[str, Value]]]


def _participation(results: Results) -> _Told:
    units, answering, people, raters = results.turnout
    yield (
        "participation",
        {"wave": results.wave, "n": units, "answered": answering, "people": people, "raters": raters},
    )
    if results.coverage is not None:
        yield "coverage", {"coverage": results.coverage}


def _level(results: Results) -> _Told:
    whole = results.whole
    if whole.withheld:
        yield "level_withheld", {"city": results.city}
    elif whole.level is None or results.points is None:
        yield "level_unknown", {"city": results.city, "needed": results.needed}
    else:
        ends: dict[str, Value] = {"lowest": results.lowest, "highest": results.highest}
        yield "level", {"city": results.city, "level": whole.level, "points": results.points, **ends}
        if whole.lower is not None and whole.upper is not None and whole.lower != whole.upper:
            yield "bounds", {"lower": whole.lower, "upper": whole.upper}


def _dimensions(results: Results) -> _Told:
    levels = {line.title: line.level for line in results.dimensions if line.level is not None}
    if levels:
        high, low = max(levels.values()), min(levels.values())
        if high == low:
            yield "dimensions_alike", {"n": len(levels), "level": high}
        else:
            for kind, level in (("strongest", high), ("weakest", low)):
                titles = tuple(title for title, own in levels.items() if own == level)
                yield kind, {"n": len(titles), "titles": titles, "level": level}
    without = tuple(line.title for line in results.dimensions if line.level is None)
    if without and levels:
        yield "dimensions_without", {"n": len(without), "titles": without}
    whole = results.whole
    if whole.level is not None and whole.weakest is not None and whole.level > whole.weakest:
        yield "uneven", {"weakest": whole.weakest, "gap": whole.level - whole.weakest}


def _groups(results: Results) -> _Told:
    if not {"administration", "company"} <= results.groups.keys():
        return
    administration, company = results.groups["administration"], results.groups["company"]
    if administration is not None and company is not None:
        levels: dict[str, Value] = {"administration": administration, "company": company}
        yield "groups", {**levels, "gap": abs(administration - company)}
    else:
        without = tuple(name for name in ("administration", "company") if results.groups[name] is None)
        yield "groups_unknown", {"groups": without}


def _change(results: Results) -> _Told:
    change = results.change
    if change is None:
        yield "first_wave", {}
    elif change.now is None or change.then is None:
        yield "change_unknown", {"before": change.wave}
    else:
        levels: dict[str, Value] = {"then": change.then, "now": change.now, "change": change.now - change.then}
        yield "change", {"before": change.wave, "n": change.units, **levels}


def _targets(results: Results) -> _Told:
    gaps = {
        line.title: line.target - line.level
        for line in results.dimensions
        if line.target is not None and line.level is not None
    }
    below = [gap for gap in gaps.values() if gap > 0]
    if not gaps:
        yield "no_targets", {}
    elif not below:
        yield "targets_reached", {"n": len(gaps)}
    else:
        widest = max(below)
        titles = tuple(title for title, gap in gaps.items() if gap == widest)
        yield "targets_below", {"n": len(gaps), "below": len(below)}
        yield "widest_gap", {"titles": titles, "gap": widest}


def _peers(results: Results) -> _Told:
    if not results.cities:
        yield "no_peers", {"group": results.group}
        return
    yield "peers", {"n": results.cities, "group": results.group}
    whole = results.whole
    compared = [
        line.level > line.middle for line in results.dimensions if line.level is not None and line.middle is not None
    ]
    if whole.level is not None and whole.middle is not None:
        gap = whole.level - whole.middle
        kind = "median_above" if gap > 0 else "median_below" if gap < 0 else "median_equal"
        yield kind, {"city": results.city, "middle": whole.middle, "gap": abs(gap)}
    if compared:
        yield "dimensions_above", {"n": len(compared), "above": sum(compared)}
    elif whole.middle is None:
        yield "no_median", {}
    rank = results.rank
    if rank is None:
        yield "no_rank", {}
    elif rank.low == rank.high:
        yield "rank", {"n": rank.cities, "low": rank.low}
    else:
        yield "rank_interval", {"n": rank.cities, "low": rank.low, "high": rank.high}


def _lifts(results: Results) -> _Told:
    if results.lifts is None:
        yield "lifts_unknown", {}
        return
    found = [(title, gain) for title, gain in results.lifts if gain > 0][:MOST_LIFTS]
    if found:
        titles, gains = tuple(title for title, _ in found), tuple(gain for _, gain in found)
        yield "lifts", {"n": len(found), "titles": titles, "gains": gains}
        if more := sum(gain == gains[-1] for _, gain in results.lifts[MOST_LIFTS:]):
            yield "lifts_tied", {"n": more, "gain": gains[-1]}
    else:
        yield "no_lifts", {}


def _limits(results: Results) -> _Told:
    yield "self_assessment", {}
    if results.answered:
        yield "evidence", {"n": results.answered, "evidenced": results.evidenced}
    if results.unclear:
        yield "unclear", {"n": results.unclear}
    if results.turnout[1] < FEW_UNITS:
        yield "few_units", {"n": results.turnout[1]}
    if results.hidden_units:
        yield "hidden_units", {"n": results.hidden_units}
    if not results.validated:
        yield "not_validated", {"model": results.model}
