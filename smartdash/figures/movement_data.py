"""The two dates between which a city's standing moved: of its own surveys, and of published indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartdash.analysis.movement import Movement, Snapshot, movement
from smartdash.analysis.peer_levels import newest_levels
from smartdash.analysis.peers import SHOWN, composites, shown
from smartdash.analysis.survey_scores import Score, to_score
from smartdash.figures.peer_data import ChosenGroup
from smartdash.figures.peer_indicators import indicator_title, with_unit
from smartdash.figures.surveys import title, wave_before
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.maturity import Dimension, MaturityModel
from smartdash.model.peers import Indicator, Observation, PeerMethod, PeerScore
from smartdash.model.surveys import SurveyWave
from smartdash.store import Reader
from smartdash.store.survey_results import panel_scores, survey_waves

Reported = Mapping[str, Mapping[date, Decimal]]
"""Values by city and day."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A dimension or an indicator with the movement of the own city in it.

    `told` are the own values in words, `counts` the cities with a value on each day, the own one included; `movement`
    is None where these are fewer than five; `whole` says that it is the result as a whole.
    """

    title: str
    days: tuple[date, date]
    values: tuple[Decimal, Decimal]
    told: tuple[str, str]
    counts: tuple[int, int]
    movement: Movement | None
    whole: bool


@dataclass(frozen=True, slots=True)
class Movements:
    """What moved between two dates, or the only date there is.

    Attributes:
        moved: What has an own value on two dates.
        only: The days of what has one on a single date.
        waves: The two surveys, where the movement is between surveys.
        withheld: Whether a result is not shown to this reader.
    """

    moved: tuple[Moved, ...]
    only: tuple[date, ...] = ()
    waves: tuple[SurveyWave, ...] = ()
    withheld: bool = False


def moved_indicators(reader: Reader, group: ChosenGroup, say: Words) -> Movements:
    """The indicators between the last two days on which the own city has a value; others by the newest until then."""
    own = _own(group)
    reported: dict[str, dict[str, dict[date, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for item in reader.all(Observation):
        if item.municipality in group.cities:
            reported[item.indicator][item.municipality][item.observed_on] = item.value
    moved, only = [], set()
    for indicator in reader.all(Indicator):
        values = reported[indicator.key]
        days = sorted(values.get(own, {}))
        if len(days) < 2:
            only |= set(days)
            continue
        before, after = days[-2:]
        snapshots = [Snapshot(values[own][day], _others(values, own, day)) for day in (before, after)]
        told = (with_unit(snapshots[0].own, indicator, say), with_unit(snapshots[1].own, indicator, say))
        moved.append(
            _moved(indicator_title(indicator, say), (before, after), snapshots, told, indicator.higher_is_better)
        )
    return Movements(tuple(moved), tuple(sorted(only)))


def moved_maturity(reader: Reader, group: ChosenGroup, say: Words) -> Movements:
    """The levels of the newest survey and the one before it that used the same model, over the units in both.

    Other cities stand by their newest self-assessment: at first that of the first half of the time between the two
    surveys, then that of the scope's day. A city whose first one came later has joined the group.
    """
    waves = survey_waves(reader)
    if not waves:
        return Movements(())
    newest, before = waves[-1], wave_before(waves, waves[-1])
    panel = panel_scores(reader, newest, before) if before else None
    if before is None or panel is None:
        return Movements((), tuple(wave.end for wave in waves))
    now, then, _ = panel
    model = next(item for item in reader.all(MaturityModel) if item.key == newest.maturity_model)
    dimensions = [item for item in reader.all(Dimension) if item.maturity_model == model.key]
    ends = ((then, halfway(before, newest)), (now, reader.scope.as_of))
    levels = [_levels(reader, group, model, scores, until) for scores, until in ends]
    days = (before.end, newest.end)
    moved = [_whole(levels, model, dimensions, group, days, say)]
    for dimension in dimensions:
        values = [found.get(dimension.key, {}) for found in levels]
        moved.append(_between(title(dimension, say), values, group, days, lambda level: number(level, say.lang, SHOWN)))
    withheld = any(score.withheld for scores in (now, then) for score in scores.values())
    return Movements(tuple(item for item in moved if item), (), (before, newest), withheld)


def _levels(
    reader: Reader, group: ChosenGroup, model: MaturityModel, own: Mapping[str, Score], until: date
) -> dict[str, dict[str, Decimal]]:
    """The levels by dimension and city: the own ones of a survey, of other cities what they reported until a day.

    The own ones are rounded as they are shown, since other cities report rounded ones too.
    """
    known = [score for score in reader.all(PeerScore) if score.observed_on <= until]
    reported = newest_levels(known, model.key, PeerMethod.SURVEY, group.cities)
    levels = {key: {city: score.level for city, score in scores.items()} for key, scores in reported.items()}
    for key, score in own.items():
        place = levels.setdefault(key, {})
        place.pop(_own(group), None)
        if score.mean is not None:
            place[_own(group)] = shown(score.mean)
    return levels


def _whole(
    levels: Sequence[Mapping[str, Mapping[str, Decimal]]],
    model: MaturityModel,
    dimensions: Sequence[Dimension],
    group: ChosenGroup,
    days: tuple[date, date],
    say: Words,
) -> Moved | None:
    """The weighted mean of the dimensions as points from 0 to 100, by which cities are also ranked by simulation."""
    weights = {item.key: item.weight for item in dimensions}
    points = []
    for found in levels:
        scores = {key: found.get(key, {}) for key in weights}
        means = composites(scores, weights, group.cities)
        points.append({city: to_score(mean.value, model) for city, mean in means.items() if mean.value is not None})

    def told(value: Decimal) -> str:
        return say("movement.points", points=number(value, say.lang, SHOWN))

    return _between(say("movement.whole"), points, group, days, told, whole=True)


def _between(
    name: str,
    values: Sequence[Mapping[str, Decimal]],
    group: ChosenGroup,
    days: tuple[date, date],
    told: Callable[[Decimal], str],
    whole: bool = False,
) -> Moved | None:
    """The movement between the values of the cities on two days; None where the own city has none on one of them."""
    own = _own(group)
    if not all(own in found for found in values):
        return None
    before, after = (
        Snapshot(found[own], {city: value for city, value in found.items() if city != own}) for found in values
    )
    return _moved(name, days, (before, after), (told(before.own), told(after.own)), whole=whole)


def _own(group: ChosenGroup) -> str:
    return group.own.key if group.own else ""


def halfway(before: SurveyWave, after: SurveyWave) -> date:
    """The day in the middle between the ends of two surveys: until then a value belongs to the first of them."""
    return before.end + (after.end - before.end) / 2


def _others(reported: Reported, own: str, until: date) -> dict[str, Decimal]:
    """The newest value until a day of each city but the own one."""
    found = {}
    for city, values in reported.items():
        days = [day for day in values if day <= until]
        if city != own and days:
            found[city] = values[max(days)]
    return found


def _moved(
    title: str,
    days: tuple[date, date],
    snapshots: Sequence[Snapshot],
    told: tuple[str, str],
    higher_is_better: bool = True,
    whole: bool = False,
) -> Moved:
    before, after = snapshots
    split = movement(before, after, higher_is_better)
    return Moved(title, days, (before.own, after.own), told, (before.count, after.count), split, whole)
