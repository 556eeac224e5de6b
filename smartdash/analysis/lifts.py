"""What would lift a city most: each criterion raised in every unit by one level or to its target, all else as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np
import numpy.typing as npt

from smartdash.analysis.survey_cells import NONE, PARTS, SurveyCells, Truth, Whole
from smartdash.analysis.survey_scores import OVERALL, SurveyScores
from smartdash.model.maturity import Criterion, Dimension, MaturityModel

Aggregation = Literal["mean", "geometric", "weakest"]
AGGREGATIONS: tuple[Aggregation, ...] = ("mean", "geometric", "weakest")
Numbers = npt.NDArray[np.float64]

EFFORT_POINTS: Mapping[str, int] = {"small": 1, "medium": 2, "large": 3}
"""How much a unit's word for the effort counts; only the order by gain per effort rests on it."""

_FLOOR = 1.0
"""The geometric mean takes scores (0 to 100) of less as one; see `survey_scores`."""


@dataclass(frozen=True, slots=True)
class Gain:
    """What a criterion gives when it rises in every unit where it can, all else unchanged; measured in levels.

    Attributes:
        units: In how many units it rises.
        rise: How many levels it rises in each of these, on average; 0 where it rises in none.
        overall, dimension: What the city's level gains, as a whole and in the criterion's dimension; None where the
            city has no level, or none that the reader may see.
    """

    units: int
    rise: Decimal
    overall: Decimal | None
    dimension: Decimal | None


NO_GAIN = Gain(0, Decimal(0), None, None)


@dataclass(frozen=True, slots=True)
class Lift:
    """The gains of one criterion: by one level more, at most up to the target where there is one; or up to the target.

    `withheld`: not shown to this reader, because it would tell what fewer than three people said.
    """

    criterion: str
    dimension: str
    step: Gain
    target: Gain
    withheld: bool


def criterion_lifts(cells: SurveyCells, scores: SurveyScores, aggregation: Aggregation) -> tuple[Lift, ...]:
    """The lift of each criterion, in the model's order, recomputed with an aggregation as `united_scores` has it.

    `scores` are those of the same cells as a reader may see them: what is withheld there is withheld here, and where
    the city has no level, there is nothing to gain on. For the mean, the gain up to a target is the sum of its steps.
    """
    step, target = (_gains(cells, scores, raised, aggregation) for raised in (one_level_more(cells), to_target(cells)))
    found = []
    for column, criterion in enumerate(cells.criteria):
        aimed = bool((cells.aiming * cells.applies)[:, column].any())
        hidden = scores.criteria[criterion.key].withheld or scores.city[criterion.dimension].withheld
        # A rise ends at the target, so it would tell one that is hidden.
        hidden = hidden or (aimed and scores.criteria[criterion.key].target is None)
        own = (NO_GAIN, NO_GAIN) if hidden else (step[column], target[column])
        found.append(Lift(criterion.key, criterion.dimension, *own, hidden))
    return tuple(found)


def one_level_more(cells: SurveyCells) -> Whole:
    """Every known level raised by one, but not above its target, nor above the highest; no level is lowered."""
    limit = np.where(cells.target == NONE, cells.model.highest * PARTS, cells.target)
    return np.where(known(cells), np.maximum(cells.level, np.minimum(cells.level + PARTS, limit)), cells.level)


def to_target(cells: SurveyCells) -> Whole:
    """Every known level raised to its target; what has none, or is there already, stays."""
    return np.where(known(cells), np.maximum(cells.level, cells.target), cells.level)


def known(cells: SurveyCells) -> Truth:
    """Which cells have a level that counts."""
    found: Truth = cells.applies & (cells.level != NONE)
    return found


def weight_shares(dimensions: tuple[Dimension, ...], criteria: tuple[Criterion, ...]) -> dict[str, Decimal]:
    """The part of each criterion in the whole, by key, as the mean weighs it; all parts together are 1."""
    within: dict[str, Decimal] = {}
    for item in criteria:
        within[item.dimension] = within.get(item.dimension, Decimal(0)) + item.weight
    # What no criterion asks about does not count.
    asked = {item.key: item.weight for item in dimensions if item.key in within}
    total = sum(asked.values(), Decimal(0))
    return {item.key: asked[item.dimension] / total * item.weight / within[item.dimension] for item in criteria}


def mean_effort(efforts: Mapping[str, int]) -> Decimal | None:
    """The effort for one level more in points (see `EFFORT_POINTS`), over all who named it; None where nobody did."""
    count = sum(efforts.values())
    if not count:
        return None
    return Decimal(sum(EFFORT_POINTS[name] * number for name, number in efforts.items())) / count


def gain_per_effort(gain: Gain, efforts: Mapping[str, int]) -> Decimal | None:
    """What a rise gives overall for each point of effort per level; None where either is unknown or nothing rises."""
    effort = mean_effort(efforts)
    if effort is None or gain.overall is None or not gain.rise:
        return None
    return gain.overall / (effort * gain.rise)


def _gains(cells: SurveyCells, scores: SurveyScores, raised: Whole, aggregation: Aggregation) -> list[Gain]:
    """The gain of each criterion whose column is replaced by the raised one."""
    rises = raised - cells.level
    rising = (rises > 0).sum(axis=0)
    by_dimension, overall = _recomputed(cells, raised, aggregation)
    found = []
    for column, criterion in enumerate(cells.criteria):
        units = int(rising[column])
        mean_rise = Decimal(int(rises[:, column].sum())) / PARTS / units if units else Decimal(0)
        has = {name: getattr(scores.city[name], aggregation) is not None for name in (criterion.dimension, OVERALL)}
        found.append(
            Gain(
                units,
                mean_rise,
                _exact(overall[column]) if has[OVERALL] else None,
                _exact(by_dimension[column]) if has[criterion.dimension] else None,
            )
        )
    return found


def _exact(gain: np.float64) -> Decimal:
    return Decimal(str(round(max(float(gain), 0.0), 6)))


def _recomputed(cells: SurveyCells, raised: Whole, aggregation: Aggregation) -> tuple[Numbers, Numbers]:
    """Per criterion, what its dimension gains, and the whole."""
    gained = np.zeros(len(cells.criteria))
    level = np.full(len(cells.dimensions), np.nan)
    for place in range(len(cells.dimensions)):
        columns = np.flatnonzero(cells.dimension_of == place)
        told = known(cells)[:, columns]
        rows = told.any(axis=1)
        if not rows.any():
            continue
        told, now, then = told[rows], cells.level[rows][:, columns] / PARTS, raised[rows][:, columns] / PARTS
        base, after = _UNIT[aggregation](now, then, told, cells.weight[columns].astype(np.float64), cells.model)
        level[place] = base.mean()
        gained[columns] = (after - base[:, None]).mean(axis=0)
    weights = np.array([float(item.weight) for item in cells.dimensions])
    return gained, _together(level, gained, cells.dimension_of, weights, aggregation, cells.model)


def _mean(now: Numbers, then: Numbers, told: Truth, weight: Numbers, model: MaturityModel) -> tuple[Numbers, Numbers]:
    """Per unit its mean level; and that with one criterion raised, per unit and criterion."""
    total = (told * weight).sum(axis=1, keepdims=True)
    base = (np.where(told, now, 0.0) * weight).sum(axis=1, keepdims=True) / total
    return base[:, 0], base + np.where(told, then - now, 0.0) * weight / total


def _geometric(
    now: Numbers, then: Numbers, told: Truth, weight: Numbers, model: MaturityModel
) -> tuple[Numbers, Numbers]:
    """As `_mean`, for the geometric mean over scores."""
    total = (told * weight).sum(axis=1, keepdims=True)
    before, after = (np.where(told, np.log(_score(levels, model)), 0.0) * weight for levels in (now, then))
    logarithm = before.sum(axis=1, keepdims=True)
    base = _level(np.exp(logarithm / total), model)
    return base[:, 0], _level(np.exp((logarithm + after - before) / total), model)


def _weakest(
    now: Numbers, then: Numbers, told: Truth, weight: Numbers, model: MaturityModel
) -> tuple[Numbers, Numbers]:
    """As `_mean`, for the lowest level: a criterion lifts a unit only where it alone is the lowest."""
    levels = np.where(told, now, np.inf)
    padded = np.column_stack([levels, np.full(len(levels), np.inf)])
    two = np.partition(padded, 1, axis=1)[:, :2]
    lowest = levels.argmin(axis=1)
    others = np.where(np.arange(levels.shape[1]) == lowest[:, None], two[:, 1:], two[:, :1])
    return two[:, 0], np.minimum(np.where(told, then, np.inf), others)


_UNIT = {"mean": _mean, "geometric": _geometric, "weakest": _weakest}


def _together(
    level: Numbers,
    gained: Numbers,
    dimension_of: Whole,
    weights: Numbers,
    aggregation: Aggregation,
    model: MaturityModel,
) -> Numbers:
    """What the city gains overall, per criterion, from the levels of its dimensions and what each dimension gains."""
    present = ~np.isnan(level)
    share = np.where(present, weights, 0.0) / (weights[present].sum() or 1.0)
    if aggregation == "mean":
        return gained * share[dimension_of]
    known_levels = np.where(present, level, np.inf)
    if aggregation == "weakest":
        after = np.where(np.arange(len(level)) == dimension_of[:, None], known_levels + gained[:, None], known_levels)
        found: Numbers = after.min(axis=1) - known_levels.min() if present.any() else gained
        return found
    own = np.where(present, level, float(model.lowest))
    logs = np.log(_score(own, model))
    base = (logs * share).sum()
    risen = base + (np.log(_score(own[dimension_of] + gained, model)) - logs[dimension_of]) * share[dimension_of]
    lifted: Numbers = _level(np.exp(risen), model) - _level(np.exp(base), model)
    return lifted


def _score(levels: Numbers, model: MaturityModel) -> Numbers:
    score: Numbers = np.maximum((levels - model.lowest) / (model.highest - model.lowest) * 100, _FLOOR)
    return score


def _level(score: Numbers, model: MaturityModel) -> Numbers:
    level: Numbers = model.lowest + score / 100 * (model.highest - model.lowest)
    return level
