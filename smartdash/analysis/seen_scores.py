"""The scores of a wave as one reader may see them: what would tell of fewer than three people is withheld."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from smartdash.analysis.hidden_criteria import hidden_criteria
from smartdash.analysis.survey_cells import SurveyCells, Truth
from smartdash.analysis.survey_scores import (
    OVERALL,
    WITHHELD,
    Score,
    SurveyScores,
    criterion_scores,
    unit_scores,
    united_scores,
    without_target,
)
from smartdash.analysis.withholding import few_people, may_be_told, withheld_units

_Place = TypeVar("_Place")


@dataclass(frozen=True, slots=True)
class _Seen:
    """The scores while those that the reader may not see are taken out."""

    single: dict[tuple[str, str], Score]
    grouped: dict[tuple[str, str], Score]
    city: dict[str, Score]
    criteria: dict[str, Score]
    efforts: dict[str, dict[str, int]]


def seen_scores(
    cells: SurveyCells, groups: Mapping[str, Sequence[str]], own: str | None, *, everything: bool = False
) -> SurveyScores:
    """The scores of a wave as one reader may see them.

    Args:
        cells: What the units said.
        groups: The units of each group; every unit is in one.
        own: The reader's own unit, whose results it may see.
        everything: The reader moderates the wave and sees all of it.
    """
    grouped = {
        (group, dimension): score
        for group, units in groups.items()
        for dimension, score in united_scores(cells, units).items()
    }
    efforts = {
        item.key: dict(zip(("small", "medium", "large"), map(int, cells.efforts[:, column].sum(axis=0)), strict=True))
        for column, item in enumerate(cells.criteria)
    }
    seen = _Seen(unit_scores(cells), grouped, united_scores(cells), criterion_scores(cells), efforts)
    if not everything:
        for place in range(len(cells.dimensions)):
            _withhold(cells, place, groups, own, seen)
        _withhold_overall(cells, groups, seen)
        _withhold_few(cells, own, seen)
    return SurveyScores(
        cells.wave,
        cells.model,
        cells.dimensions,
        cells.criteria,
        cells.units,
        seen.single,
        seen.grouped,
        seen.city,
        seen.criteria,
        seen.efforts,
    )


def people_told(cells: SurveyCells, place: int) -> dict[str, tuple[int, int]]:
    """Per unit, the people who gave a level in the dimension at this place, and who said anything there.

    What a meeting agreed on where nobody had answered is what at least one person said.
    """
    agreed = _agreed(cells, place)
    heard = np.maximum(cells.heard[:, place], agreed).tolist()
    return dict(zip(cells.units, zip(cells.people[:, place].tolist(), heard, strict=True), strict=True))


def _agreed(cells: SurveyCells, place: int) -> Truth:
    found: Truth = np.any(cells.agreed[:, cells.dimension_of == place], axis=1)
    return found


def may_tell_agreed(cells: SurveyCells, place: int, hidden: Collection[str]) -> bool:
    """Whether what hidden units agreed on, set beside what they had answered, tells of nobody or of enough people."""
    if not cells.settled:
        return True
    agreed = _agreed(cells, place)
    people = people_told(cells, place)
    settled = {unit for unit, told in zip(cells.units, agreed.tolist(), strict=True) if told}
    return may_be_told(people[unit][1] for unit in settled.intersection(hidden))


def _withhold(
    cells: SurveyCells, place: int, groups: Mapping[str, Sequence[str]], own: str | None, seen: _Seen
) -> None:
    """Hide in a dimension the units, or where that is not enough the groups and the city, that would tell too much."""
    dimension, people = cells.dimensions[place].key, people_told(cells, place)
    hidden, telling, whole = _hidden_units(people, groups, own)
    for unit in hidden:
        seen.single[unit, dimension] = WITHHELD
    telling = telling and all(may_tell_agreed(cells, place, hidden.intersection(units)) for units in groups.values())
    if not telling:
        for group in groups:
            seen.grouped[group, dimension] = WITHHELD
    if not whole or not may_tell_agreed(cells, place, hidden):
        seen.city[dimension] = WITHHELD
    rows = {unit: row for row, unit in enumerate(cells.units)}
    parts = groups.values() if telling else [cells.units]
    for key in hidden_criteria(cells, place, ([rows[one] for one in part if one in hidden] for part in parts), own):
        seen.criteria[key] = WITHHELD
        seen.efforts[key] = {}
    aimed = cells.aimed[:, place].tolist()
    aims = {unit: (*people[unit], number) for unit, number in zip(cells.units, aimed, strict=True)}
    _withhold_targets(dimension, _hidden_units(aims, groups, own), groups, seen)


def _withhold_targets(
    dimension: str, found: tuple[set[str], bool, bool], groups: Mapping[str, Sequence[str]], seen: _Seen
) -> None:
    """Hide the targets in a dimension, and overall, that fewer than three people named."""
    hidden, telling, whole = found
    for name in (dimension, OVERALL):
        _without_target(seen.single, [(unit, name) for unit in hidden])
        if not telling:
            _without_target(seen.grouped, [(group, name) for group in groups])
        if not whole:
            _without_target(seen.city, [name])


def _without_target(scores: dict[_Place, Score], places: Sequence[_Place]) -> None:
    for place in places:
        if scores[place].target is not None:  # of many units most are withheld already
            scores[place] = without_target(scores[place])


def _hidden_units(
    people: Mapping[str, Sequence[int]], groups: Mapping[str, Sequence[str]], own: str | None
) -> tuple[set[str], bool, bool]:
    """The units that are hidden, whether the groups may be told, and whether the city may."""
    by_group = [withheld_units({unit: people[unit] for unit in units}, own) for units in groups.values()]
    hidden = {unit for found in by_group for unit in found or ()}
    if None not in by_group:
        return hidden, True, True
    whole = withheld_units(people, own)
    return hidden | (few_people(people) - {own} if whole is None else whole), False, whole is not None


def _withhold_overall(cells: SurveyCells, groups: Mapping[str, Sequence[str]], seen: _Seen) -> None:
    """Hide what overall would tell of a dimension that is hidden, or of too few people."""
    names = [item.key for item in cells.dimensions]
    for unit in cells.units:
        if any(seen.single[unit, name].withheld for name in names):
            seen.single[unit, OVERALL] = WITHHELD
    for group in groups:
        if any(seen.grouped[group, name].withheld for name in names):
            seen.grouped[group, OVERALL] = WITHHELD
    if any(seen.city[name].withheld for name in names):
        seen.city[OVERALL] = WITHHELD


def _withhold_few(cells: SurveyCells, own: str | None, seen: _Seen) -> None:
    """Hide the target and the effort of a criterion that fewer than three people named."""
    others = np.array([unit != own for unit in cells.units], dtype=np.bool_)
    aiming = cells.aiming[others].sum(axis=0).tolist()
    efforts = cells.efforts[others].sum(axis=(0, 2)).tolist()
    for item, aims, effort in zip(cells.criteria, aiming, efforts, strict=True):
        if not may_be_told([aims]):
            seen.criteria[item.key] = without_target(seen.criteria[item.key])
        if not may_be_told([effort]):
            seen.efforts[item.key] = {}
