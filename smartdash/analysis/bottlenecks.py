"""What binds under the weakest link: the criteria at the lowest level of each unit, counted over the units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from smartdash.analysis.lifts import known, one_level_more
from smartdash.analysis.survey_cells import PARTS, SurveyCells, Truth, Whole
from smartdash.analysis.survey_scores import SurveyScores
from smartdash.analysis.withholding import may_be_told

_NEVER = np.iinfo(np.int64).max
"""A level that is lower than none."""


@dataclass(frozen=True, slots=True)
class Binding:
    """How often a criterion is the lowest of its dimension.

    Attributes:
        criterion: Its key.
        units: In how many units it is the lowest, alone or beside others.
        alone: In how many of these alone, so that raising it lifts the unit.
        groups: The same count as `units` by group of units; None where it would tell of fewer than three people.
    """

    criterion: str
    units: int
    alone: int
    groups: Mapping[str, int] | None


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """What binds in one dimension, the criterion that binds in most units first.

    Attributes:
        dimension: Its key.
        told: Units with a level in it.
        together: What the city's weakest-link level gains in levels when all that is lowest in each unit rises by one
            level together; None where the city has no level.
        bindings: The criteria that bind in any unit; withheld ones are left out.
        withheld: Not shown to this reader.
    """

    dimension: str
    told: int
    together: Decimal | None
    bindings: tuple[Binding, ...]
    withheld: bool


def bottlenecks(
    cells: SurveyCells, scores: SurveyScores, groups: Mapping[str, Sequence[str]], own: str | None, *, everything: bool
) -> tuple[Bottleneck, ...]:
    """What binds in each dimension, in the model's order.

    Args:
        cells: What the units said.
        scores: Their scores as the reader may see them; what is withheld there is withheld here.
        groups: The units of each group; every unit is in one.
        own: The reader's own unit.
        everything: The reader moderates the wave and sees all of it.
    """
    places = {unit: place for place, unit in enumerate(cells.units)}
    rows = {group: np.array([places[unit] for unit in units], dtype=np.int64) for group, units in groups.items()}
    others = np.array([unit != own for unit in cells.units])
    found = []
    for place, item in enumerate(cells.dimensions):
        if scores.city[item.key].withheld:
            found.append(Bottleneck(item.key, 0, None, (), withheld=True))
            continue
        columns = np.flatnonzero(cells.dimension_of == place)
        binds = _binding(cells, columns)
        told = not any(scores.groups[group, item.key].withheld for group in groups)
        bindings = []
        for at, column in enumerate(map(int, columns)):
            key = cells.criteria[column].key
            if binds[:, at].any() and not scores.criteria[key].withheld:
                # The counts of all groups but one would tell the last one.
                telling = everything or (told and _may_be_told(cells.raters[:, column] * others, rows))
                bindings.append(_counted(key, binds, at, rows if telling else None))
        bindings.sort(key=lambda one: (-one.units, -one.alone))
        city = scores.city[item.key]
        aimed = bool((cells.aiming * cells.applies)[:, columns].any())
        # A rise ends at the target, so it would tell one that is hidden.
        unknown = city.weakest is None or (aimed and city.target is None)
        together = None if unknown else _together(cells, columns, binds)
        units = int(known(cells)[:, columns].any(axis=1).sum())
        found.append(Bottleneck(item.key, units, together, tuple(bindings), withheld=False))
    return tuple(found)


def _binding(cells: SurveyCells, columns: Whole) -> Truth:
    """Units × some criteria: where the level is the lowest that the unit has in these criteria."""
    told = known(cells)[:, columns]
    levels = np.where(told, cells.level[:, columns], _NEVER)
    binds: Truth = told & (levels == levels.min(axis=1, keepdims=True, initial=_NEVER))
    return binds


def _counted(criterion: str, binds: Truth, at: int, rows: Mapping[str, Whole] | None) -> Binding:
    own = binds[:, at]
    alone = own & (binds.sum(axis=1) == 1)
    by_group = None if rows is None else {group: int(own[members].sum()) for group, members in rows.items()}
    return Binding(criterion, int(own.sum()), int(alone.sum()), by_group)


def _may_be_told(raters: Whole, rows: Mapping[str, Whole]) -> bool:
    return all(may_be_told([int(raters[members].sum())]) for members in rows.values())


def _together(cells: SurveyCells, columns: Whole, binds: Truth) -> Decimal:
    """The mean over the units of what the lowest level gains when everything that binds rises by one level."""
    told = known(cells)[:, columns]
    rows = told.any(axis=1)
    before, after = (
        np.where(told, level, _NEVER)[rows].min(axis=1)
        for level in (
            cells.level[:, columns],
            np.where(binds, one_level_more(cells)[:, columns], cells.level[:, columns]),
        )
    )
    return Decimal(int((after - before).sum())) / PARTS / int(rows.sum())
