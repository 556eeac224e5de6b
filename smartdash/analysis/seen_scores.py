"""The scores of a wave as one reader may see them: what would tell of fewer than three people is withheld."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smartdash.analysis.survey_cells import SurveyCells, Whole
from smartdash.analysis.survey_scores import (
    OVERALL,
    WITHHELD,
    Score,
    SurveyScores,
    criterion_scores,
    unit_scores,
    united_scores,
)
from smartdash.analysis.withholding import may_be_told, withheld_units


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
    single, city, criteria = unit_scores(cells), united_scores(cells), criterion_scores(cells)
    grouped = {
        (group, dimension): score
        for group, units in groups.items()
        for dimension, score in united_scores(cells, units).items()
    }
    efforts = {
        item.key: dict(zip(("small", "medium", "large"), map(int, cells.efforts[:, column].sum(axis=0)), strict=True))
        for column, item in enumerate(cells.criteria)
    }
    if not everything:
        for dimension in [item.key for item in cells.dimensions]:
            _withhold(cells, dimension, groups, own, single, grouped, city)
        _withhold_overall(cells, groups, own, single, grouped, city)
        for key in _hidden_criteria(cells, own):
            criteria[key] = WITHHELD
            efforts[key] = {}
    return SurveyScores(
        cells.wave, cells.model, cells.dimensions, cells.criteria, cells.units, single, grouped, city, criteria, efforts
    )


def _withhold(
    cells: SurveyCells,
    dimension: str,
    groups: Mapping[str, Sequence[str]],
    own: str | None,
    single: dict[tuple[str, str], Score],
    grouped: dict[tuple[str, str], Score],
    city: dict[str, Score],
) -> None:
    """Hide in a dimension the units, or where that is not enough the groups and the city, that would tell too much."""
    column = [item.key for item in cells.dimensions].index(dimension)
    raters = dict(zip(cells.units, map(int, cells.people[:, column]), strict=True))
    hidden: set[str] = set()
    by_group = [withheld_units({unit: raters[unit] for unit in units}, own) for units in groups.values()]
    for found in by_group:
        hidden |= found or set()
    if None in by_group:
        for group in groups:
            grouped[group, dimension] = WITHHELD
        whole = withheld_units(raters, own)
        if whole is None:
            city[dimension] = WITHHELD
        hidden |= whole if whole is not None else {unit for unit in raters if raters[unit] and unit != own}
    for unit in hidden:
        single[unit, dimension] = WITHHELD


def _withhold_overall(
    cells: SurveyCells,
    groups: Mapping[str, Sequence[str]],
    own: str | None,
    single: dict[tuple[str, str], Score],
    grouped: dict[tuple[str, str], Score],
    city: dict[str, Score],
) -> None:
    """Hide what overall would tell of a dimension that is hidden, or of too few people."""
    names = [item.key for item in cells.dimensions]
    for unit in cells.units:
        if any(single[unit, name].withheld for name in names):
            single[unit, OVERALL] = WITHHELD
    for group in groups:
        if any(grouped[group, name].withheld for name in names):
            grouped[group, OVERALL] = WITHHELD
    if any(city[name].withheld for name in names):
        city[OVERALL] = WITHHELD


def _hidden_criteria(cells: SurveyCells, own: str | None) -> set[str]:
    """The criteria that would tell what too few people said, and one more where their dimension would tell of one."""
    hidden: set[str] = set()
    for dimension in cells.dimensions:
        raters = {
            item.key: _people(cells, cells.raters[:, column], own)
            for column, item in enumerate(cells.criteria)
            if item.dimension == dimension.key
        }
        small = {key for key, people in raters.items() if not may_be_told(people.values())}
        if len(small) == 1 and len(raters) > 1:
            others = raters.keys() - small
            small.add(min(others, key=lambda key: (sum(raters[key].values()), key)))
        hidden |= small
    return hidden


def _people(cells: SurveyCells, raters: Whole, own: str | None) -> dict[str, int]:
    return {unit: int(number) for unit, number in zip(cells.units, raters, strict=True) if unit != own}
