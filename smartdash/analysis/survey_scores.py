"""What a survey wave says: levels per unit, group of units and city, with coverage, bounds and what is withheld."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from operator import attrgetter

import numpy as np

from smartdash.analysis.survey_cells import NONE, PARTS, Fractions, SurveyCells, Truth, Whole, parts
from smartdash.model.maturity import Criterion, Dimension, MaturityModel
from smartdash.model.surveys import SurveyWave

OVERALL = ""
"""Stands where a dimension's key stands otherwise: all dimensions together."""

COVERAGE_NEEDED = Decimal("0.6")
"""Where less of the weight that applies is answered, there is no level."""

_FLOOR = 1.0
"""The geometric mean takes scores (0 to 100) of less as one, since a zero would make everything zero."""

_COUNTS = ("not_applicable", "do_not_know", "missing", "evidenced", "unclear", "agreed")
_FINE = PARTS * PARTS
_ABOVE = 10**15
"""Above every level."""


@dataclass(frozen=True, slots=True)
class Score:
    """Levels on the model's scale; None where there is none: under 60 % coverage, nothing applies, or withheld.

    Levels and coverage are rounded half up to the eighth decimal place.

    Attributes:
        mean: Weighted arithmetic mean; weak criteria are made up for by strong ones.
        geometric: Weighted geometric mean; an uneven profile costs.
        weakest: The lowest level; the weakest link decides.
        lower, upper: The bounds of the mean if all that is missing were at the lowest or the highest level.
        target: The mean of the target levels.
        coverage: Answered weight by applicable weight, 0 to 1; None where nothing applies.
        units: How many units have an answer in it.
        raters: How many people answered, in all its units together.
        answered, not_applicable, do_not_know, missing: Single answers by their state; missing ones are also those that
            an invited person, or a person who answered elsewhere, has not given.
        evidenced: Answers that name evidence.
        unclear: Criteria (of units) on which the raters are too far apart.
        agreed: Criteria (of units) that a moderated meeting has settled.
        withheld: Not shown to this reader, because it would tell what fewer than three people said.
    """

    mean: Decimal | None = None
    geometric: Decimal | None = None
    weakest: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    target: Decimal | None = None
    coverage: Decimal | None = None
    units: int = 0
    raters: int = 0
    answered: int = 0
    not_applicable: int = 0
    do_not_know: int = 0
    missing: int = 0
    evidenced: int = 0
    unclear: int = 0
    agreed: int = 0
    withheld: bool = False


WITHHELD = Score(withheld=True)

_FIELDS = tuple(field.name for field in fields(Score))
_TARGET = _FIELDS.index("target")
_VALUES = attrgetter(*_FIELDS)


def without_target(score: Score) -> Score:
    """The score with nothing to tell of its target; quicker than `dataclasses.replace`, as there are many."""
    values = list(_VALUES(score))
    values[_TARGET] = None
    return Score(*values)


@dataclass(frozen=True, slots=True)
class SurveyScores:
    """The results of one wave, as one reader may see them.

    `units` were asked (invited, or answered). `cells` are by (unit, dimension), `groups` by (group of units,
    dimension), `city` by dimension, `criteria` by criterion over all units; the dimension `OVERALL` stands for all of
    them together. `efforts` counts per criterion what the units say of the effort for one level more.
    """

    wave: SurveyWave
    model: MaturityModel
    dimensions: tuple[Dimension, ...]
    criteria_asked: tuple[Criterion, ...]
    units: tuple[str, ...]
    cells: Mapping[tuple[str, str], Score]
    groups: Mapping[tuple[str, str], Score]
    city: Mapping[str, Score]
    criteria: Mapping[str, Score]
    efforts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Values per row (a unit, or several together) and column (a dimension or criterion), in hundred-millionths.

    Whole numbers, since many thousands of exact decimals take too long; NONE stands where there is no value.
    """

    values: Mapping[str, Whole]
    counts: Mapping[str, Whole]


def unit_scores(cells: SurveyCells) -> dict[tuple[str, str], Score]:
    """The score of each unit in each dimension and overall, without regard to who may see it."""
    table = _with_overall(cells, _by_dimension(cells), cells.everyone)
    names = [*(item.key for item in cells.dimensions), OVERALL]
    return {
        (unit, name): score
        for unit, row in zip(cells.units, _scores(table), strict=True)
        for name, score in zip(names, row, strict=True)
    }


def united_scores(cells: SurveyCells, units: Sequence[str] | None = None) -> dict[str, Score]:
    """The score of the city, or of some of its units, by dimension and overall: each unit counts the same.

    A unit counts with what it answered, however little, so that the bounds hold the mean; the coverage decides whether
    there is a level. Overall is the weighted mean of the dimensions.
    """
    rows = list(range(len(cells.units))) if units is None else [cells.units.index(unit) for unit in units]
    table = _with_overall(cells, _together(_by_dimension(cells), rows), cells.everyone[rows].sum(keepdims=True))
    return dict(zip([*(item.key for item in cells.dimensions), OVERALL], _scores(table)[0], strict=True))


def criterion_scores(cells: SurveyCells) -> dict[str, Score]:
    """The score of the city in each criterion: each unit to which it applies counts the same."""
    table = _table(cells, lambda values: values, _or_highest(cells), cells.raters)
    keys = [item.key for item in cells.criteria]
    return dict(zip(keys, _scores(_together(table, list(range(len(cells.units)))))[0], strict=True))


def _by_dimension(cells: SurveyCells) -> _Table:
    member = (cells.dimension_of[:, None] == np.arange(len(cells.dimensions))).astype(np.float64)
    levels = _or_highest(cells)
    lowest = [levels[:, member[:, place] == 1].min(axis=1, initial=_ABOVE) for place in range(len(cells.dimensions))]

    def gather(values: Whole) -> Whole:
        # As floats, which are multiplied much faster; up to 2 to the power of 53 they are exact.
        sums: Whole = np.rint(values.astype(np.float64) @ member).astype(np.int64)
        return sums

    return _table(cells, gather, np.stack(lowest, axis=1), cells.people)


def _or_highest(cells: SurveyCells) -> Whole:
    return np.where(_answered(cells), cells.level, _ABOVE)


def _answered(cells: SurveyCells) -> Truth:
    answered: Truth = cells.applies & (cells.level != NONE)
    return answered


def _table(cells: SurveyCells, gather: Callable[[Whole], Whole], lowest: Whole, people: Whole) -> _Table:
    """The values of every unit, with what `gather` adds up to a column."""
    answered = _answered(cells)
    targeted: Truth = cells.applies & (cells.target != NONE)
    applicable, told = gather(cells.applies * cells.weight), gather(answered * cells.weight)
    levels = gather(np.where(answered, cells.level, 0) * cells.weight)
    aimed = gather(targeted * cells.weight)
    logarithms = np.log(np.maximum(_score_of(cells, np.where(answered, cells.level * PARTS, 0)), _FLOOR))
    # The matrix that adds up is whole; the logarithms are not, so they are added up in finer parts.
    logs = gather(np.where(answered, np.rint(logarithms * _FINE), 0).astype(np.int64) * cells.weight)
    geometric = _level_of(cells, np.exp(logs / np.maximum(told, 1) / _FINE))
    values = {
        "mean": _ratio(levels, told),
        "geometric": np.where(told > 0, geometric, NONE),
        "weakest": np.where(told > 0, lowest, NONE) * np.where(told > 0, PARTS, 1),
        "lower": _ratio(levels + (applicable - told) * cells.model.lowest * PARTS, applicable),
        "upper": _ratio(levels + (applicable - told) * cells.model.highest * PARTS, applicable),
        "target": _ratio(gather(np.where(targeted, cells.target, 0) * cells.weight), aimed),
        "coverage": _ratio(told * PARTS, applicable),
    }
    counts = {name: gather(getattr(cells, name).astype(np.int64)) for name in _COUNTS}
    counts["answered"] = gather(cells.raters)
    return _Table(values, counts | {"units": (told > 0).astype(np.int64), "raters": people})


def _ratio(top: Whole, bottom: Whole) -> Whole:
    """A sum of products of ten-thousandths divided by ten-thousandths, rounded half up; NONE without a divisor."""
    divisor = np.maximum(bottom, 1)
    found: Whole = np.where(bottom > 0, (2 * top * PARTS + divisor) // (2 * divisor), NONE)
    return found


def _score_of(cells: SurveyCells, level: Whole) -> Fractions:
    """Levels in hundred-millionths as scores of 0 to 100."""
    lowest, highest = cells.model.lowest * _FINE, cells.model.highest * _FINE
    score: Fractions = (level - lowest) / (highest - lowest) * 100
    return score


def _level_of(cells: SurveyCells, score: Fractions) -> Whole:
    """Scores as levels in hundred-millionths, to the sixth decimal place."""
    level = cells.model.lowest + score / 100 * (cells.model.highest - cells.model.lowest)
    found: Whole = np.rint(level * 1_000_000).astype(np.int64) * (_FINE // 1_000_000)
    return found


def _together(table: _Table, rows: Sequence[int]) -> _Table:
    """One row of several units: the means of their values, each unit that has one counting the same."""
    values = {}
    for name, column in table.values.items():
        chosen = column[rows]
        there = (chosen != NONE).sum(axis=0, keepdims=True)
        total = np.where(chosen != NONE, chosen, 0).sum(axis=0, keepdims=True)
        values[name] = np.where(there > 0, (2 * total + there) // (2 * np.maximum(there, 1)), NONE)
    return _Table(values, {name: column[rows].sum(axis=0, keepdims=True) for name, column in table.counts.items()})


def _with_overall(cells: SurveyCells, table: _Table, everyone: Whole) -> _Table:
    """The table with a last column over all dimensions: means by their weights, the weakest as the lowest."""
    weight = np.array([parts(item.weight) for item in cells.dimensions], dtype=np.int64)
    values = {}
    for name, column in table.values.items():
        there = column != NONE
        total = (there * weight).sum(axis=1, keepdims=True)
        if name == "weakest":
            overall = np.where(there, column, _ABOVE).min(axis=1, keepdims=True, initial=_ABOVE)
        elif name == "geometric":
            logs = np.log(np.maximum(_score_of(cells, np.where(there, column, 0)), _FLOOR)) * (there * weight)
            overall = _level_of(cells, np.exp(logs.sum(axis=1, keepdims=True) / np.maximum(total, 1)))
        else:
            added = (np.where(there, column, 0) * weight).sum(axis=1, keepdims=True)
            overall = (2 * added + total) // (2 * np.maximum(total, 1))
        values[name] = np.concatenate([column, np.where(total > 0, overall, NONE)], axis=1)
    counts = {
        name: np.concatenate([column, column.sum(axis=1, keepdims=True)], axis=1)
        for name, column in table.counts.items()
    }
    counts["units"][:, -1] = counts["units"][:, :-1].max(axis=1, initial=0)
    counts["raters"][:, -1] = everyone
    return _Table(values, counts)


def _scores(table: _Table) -> list[list[Score]]:
    """The scores of every row and column; without levels where too little is answered, though with their bounds."""
    enough = table.values["coverage"] >= int(COVERAGE_NEEDED * _FINE)
    shown = {
        name: np.where(enough, column, NONE) if name in ("mean", "geometric", "weakest") else column
        for name, column in table.values.items()
    }
    columns = {name: _decimals(column) for name, column in shown.items()}
    columns |= {name: column.tolist() for name, column in table.counts.items()}
    # By place, since for many thousands of scores the names would take half of the time.
    rows = zip(*(columns[name] for name in _FIELDS if name in columns), strict=True)
    return [[Score(*place) for place in zip(*row, strict=True)] for row in rows]


def _decimals(column: Whole) -> list[list[Decimal | None]]:
    """The values of a column as decimals, each different one made once."""
    different, places = np.unique(column, return_inverse=True)
    made = np.empty(len(different), dtype=object)
    made[:] = [None if value == NONE else Decimal(value).scaleb(-8) for value in different.tolist()]
    found: list[list[Decimal | None]] = made[places.reshape(column.shape)].tolist()
    return found


def to_score(level: Decimal, model: MaturityModel) -> Decimal:
    """A level as a score of 0 to 100: (L − lowest) / (highest − lowest) · 100."""
    return (level - model.lowest) / (model.highest - model.lowest) * 100


def from_score(score: Decimal, model: MaturityModel) -> Decimal:
    """The level that a score of 0 to 100 stands for."""
    return model.lowest + score / 100 * (model.highest - model.lowest)
