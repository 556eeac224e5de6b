"""What a survey wave says: levels per unit, group of units and city, with coverage, bounds and what is withheld."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from smartdash.analysis.survey_cells import NONE, PARTS, SurveyCells, Truth, Whole
from smartdash.model.maturity import Criterion, Dimension, MaturityModel
from smartdash.model.surveys import SurveyWave

OVERALL = ""
"""Stands where a dimension's key stands otherwise: all dimensions together."""

COVERAGE_NEEDED = Decimal("0.6")
"""Where less of the weight that applies is answered, there is no level."""

_FLOOR = 1.0
"""The geometric mean takes scores (0 to 100) of less as one, since a zero would make everything zero."""

_COUNTS = ("raters", "not_applicable", "do_not_know", "missing", "evidenced", "unclear", "agreed")


@dataclass(frozen=True, slots=True)
class Score:
    """Levels on the model's scale; None where there is none: under 60 % coverage, nothing applies, or withheld.

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
class _Sums:
    """Per unit (rows) and part of the model (columns), in ten-thousandths and products of them."""

    applicable: Whole
    answered: Whole
    levels: Whole
    targeted: Whole
    targets: Whole
    lowest: Whole
    logarithms: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    counts: Mapping[str, Whole]
    people: Whole


def unit_scores(cells: SurveyCells) -> dict[tuple[str, str], Score]:
    """The score of each unit in each dimension and overall, without regard to who may see it."""
    sums = _by_dimension(cells)
    found = {}
    for row, unit in enumerate(cells.units):
        scores = [_of_units(cells, sums, [row], column) for column in range(len(cells.dimensions))]
        found.update({(unit, item.key): score for item, score in zip(cells.dimensions, scores, strict=True)})
        found[unit, OVERALL] = _overall(cells, scores, int(cells.everyone[row]))
    return {place: _covered(score) for place, score in found.items()}


def united_scores(cells: SurveyCells, units: Sequence[str] | None = None) -> dict[str, Score]:
    """The score of the city, or of some of its units, by dimension and overall: each unit counts the same.

    A unit counts with what it answered, however little, so that the bounds hold the mean; the coverage decides whether
    there is a level. Overall is the weighted mean of the dimensions.
    """
    rows = list(range(len(cells.units))) if units is None else [cells.units.index(unit) for unit in units]
    sums = _by_dimension(cells)
    scores = [_of_units(cells, sums, rows, column) for column in range(len(cells.dimensions))]
    found = {item.key: score for item, score in zip(cells.dimensions, scores, strict=True)}
    found[OVERALL] = _overall(cells, scores, int(cells.everyone[rows].sum()))
    return {dimension: _covered(score) for dimension, score in found.items()}


def criterion_scores(cells: SurveyCells) -> dict[str, Score]:
    """The score of the city in each criterion: each unit to which it applies counts the same."""
    sums = _by_criterion(cells)
    rows = list(range(len(cells.units)))
    return {item.key: _covered(_of_units(cells, sums, rows, column)) for column, item in enumerate(cells.criteria)}


def _covered(score: Score) -> Score:
    """The score without levels where too little is answered; its bounds stay."""
    if score.coverage is not None and score.coverage >= COVERAGE_NEEDED:
        return score
    return replace(score, mean=None, geometric=None, weakest=None)


def _by_dimension(cells: SurveyCells) -> _Sums:
    member = (cells.dimension_of[:, None] == np.arange(len(cells.dimensions))).astype(np.int64)
    masked = [
        np.where(member[:, column] == 1, _or_highest(cells), np.iinfo(np.int64).max)
        for column in range(len(cells.dimensions))
    ]
    lowest = np.stack([item.min(axis=1, initial=np.iinfo(np.int64).max) for item in masked], axis=1)
    return _sums(cells, lambda values: values @ member, lowest, cells.people)


def _by_criterion(cells: SurveyCells) -> _Sums:
    return _sums(cells, lambda values: values, _or_highest(cells), cells.raters)


def _or_highest(cells: SurveyCells) -> Whole:
    return np.where(_answered(cells), cells.level, np.iinfo(np.int64).max)


def _answered(cells: SurveyCells) -> Truth:
    answered: Truth = cells.applies & (cells.level != NONE)
    return answered


def _sums(cells: SurveyCells, gather: Callable[[Whole], Whole], lowest: Whole, people: Whole) -> _Sums:
    answered = _answered(cells)
    targeted = cells.applies & (cells.target != NONE)
    span = (cells.model.highest - cells.model.lowest) * PARTS
    score = (np.where(answered, cells.level, 0) - cells.model.lowest * PARTS) / span * 100
    logarithms = np.where(answered, np.log(np.maximum(score, _FLOOR)), 0.0) * cells.weight
    return _Sums(
        gather(cells.applies * cells.weight),
        gather(answered * cells.weight),
        gather(np.where(answered, cells.level, 0) * cells.weight),
        gather(targeted * cells.weight),
        gather(np.where(targeted, cells.target, 0) * cells.weight),
        lowest,
        gather(logarithms),  # type: ignore[arg-type]
        {name: gather(getattr(cells, name).astype(np.int64)) for name in _COUNTS},
        people,
    )


def _of_units(cells: SurveyCells, sums: _Sums, rows: Sequence[int], column: int) -> Score:
    """The score of some units in one column of the sums, each unit counting the same, whatever its coverage."""
    asked = [row for row in rows if sums.applicable[row, column]]
    told = [row for row in asked if sums.answered[row, column]]
    count = {name: int(values[rows, column].sum()) for name, values in sums.counts.items()}
    answers = Score(
        units=len(told),
        raters=int(sums.people[rows, column].sum()),
        answered=count["raters"],
        not_applicable=count["not_applicable"],
        do_not_know=count["do_not_know"],
        missing=count["missing"],
        evidenced=count["evidenced"],
        unclear=count["unclear"],
        agreed=count["agreed"],
    )
    if not asked:
        return answers
    coverage = mean([_part(sums.answered[row, column], sums.applicable[row, column]) for row in asked])
    lower, upper = (mean([_bound(cells, sums, row, column, level) for row in asked]) for level in _ends(cells))
    aiming = [row for row in asked if sums.targeted[row, column]]
    aims = [_part(sums.targets[row, column], sums.targeted[row, column]) / PARTS for row in aiming]
    return replace(
        answers,
        mean=mean([_level(sums, row, column) for row in told]),
        geometric=mean([_geometric(cells, sums, row, column) for row in told]),
        weakest=mean([Decimal(int(sums.lowest[row, column])) / PARTS for row in told]),
        lower=lower,
        upper=upper,
        target=mean(aims),
        coverage=coverage,
    )


def _ends(cells: SurveyCells) -> tuple[int, int]:
    return cells.model.lowest, cells.model.highest


def _part(top: np.int64, bottom: np.int64) -> Decimal:
    return Decimal(int(top)) / Decimal(int(bottom))


def _level(sums: _Sums, row: int, column: int) -> Decimal:
    return _part(sums.levels[row, column], sums.answered[row, column]) / PARTS


def _bound(cells: SurveyCells, sums: _Sums, row: int, column: int, level: int) -> Decimal:
    """The unit's mean if all that it has not answered were at a level."""
    open_weight = int(sums.applicable[row, column] - sums.answered[row, column])
    total = int(sums.levels[row, column]) + open_weight * level * PARTS
    return Decimal(total) / Decimal(int(sums.applicable[row, column])) / PARTS


def _geometric(cells: SurveyCells, sums: _Sums, row: int, column: int) -> Decimal:
    score = np.exp(sums.logarithms[row, column] / sums.answered[row, column])
    return from_score(Decimal(str(round(float(score), 6))), cells.model)


def _overall(cells: SurveyCells, scores: Sequence[Score], everyone: int) -> Score:
    """The dimensions together: means by their weights, the weakest as the lowest, answers added up."""
    weights = [item.weight for item in cells.dimensions]
    applying = [(weight, score) for weight, score in zip(weights, scores, strict=True) if score.coverage is not None]
    coverage = _weighted([(weight, score.coverage) for weight, score in applying])
    weakest = [score.weakest for _, score in applying if score.weakest is not None]
    return Score(
        mean=_weighted([(weight, score.mean) for weight, score in applying]),
        geometric=_together(cells, applying),
        weakest=min(weakest, default=None),
        lower=_weighted([(weight, score.lower) for weight, score in applying]),
        upper=_weighted([(weight, score.upper) for weight, score in applying]),
        target=_weighted([(weight, score.target) for weight, score in applying]),
        coverage=coverage,
        units=max((score.units for score in scores), default=0),
        raters=everyone,
        answered=sum(score.answered for score in scores),
        not_applicable=sum(score.not_applicable for score in scores),
        do_not_know=sum(score.do_not_know for score in scores),
        missing=sum(score.missing for score in scores),
        evidenced=sum(score.evidenced for score in scores),
        unclear=sum(score.unclear for score in scores),
        agreed=sum(score.agreed for score in scores),
    )


def _together(cells: SurveyCells, scores: Sequence[tuple[Decimal, Score]]) -> Decimal | None:
    """The weighted geometric mean of the dimensions' geometric means, over scores of at least one."""
    known = [(weight, score.geometric) for weight, score in scores if score.geometric is not None]
    if not known:
        return None
    total = sum((weight for weight, _ in known), Decimal(0))
    logs = sum(float(weight) * np.log(max(float(to_score(level, cells.model)), _FLOOR)) for weight, level in known)
    return from_score(Decimal(str(round(float(np.exp(logs / float(total))), 6))), cells.model)


def _weighted(values: Sequence[tuple[Decimal, Decimal | None]]) -> Decimal | None:
    known = [(weight, value) for weight, value in values if value is not None]
    total = sum((weight for weight, _ in known), Decimal(0))
    return sum((weight * value for weight, value in known), Decimal(0)) / total if total else None


def mean(values: Sequence[Decimal]) -> Decimal | None:
    """The arithmetic mean, or None without values."""
    return sum(values, Decimal(0)) / len(values) if values else None


def to_score(level: Decimal, model: MaturityModel) -> Decimal:
    """A level as a score of 0 to 100: (L − lowest) / (highest − lowest) · 100."""
    return (level - model.lowest) / (model.highest - model.lowest) * 100


def from_score(score: Decimal, model: MaturityModel) -> Decimal:
    """The level that a score of 0 to 100 stands for."""
    return model.lowest + score / 100 * (model.highest - model.lowest)
