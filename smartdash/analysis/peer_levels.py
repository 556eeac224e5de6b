"""The maturity levels of other cities that a survey's own ones may be set beside: same model, also self-assessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.peers import SMALLEST_QUARTERED, SMALLEST_RANKED
from smartdash.analysis.quantiles import quantile
from smartdash.analysis.survey_scores import OVERALL
from smartdash.model.peers import PeerMethod, PeerScore

_QUARTERS = (Decimal("0.25"), Decimal("0.75"))


@dataclass(frozen=True, slots=True)
class PeerLevels:
    """The newest level of each city in a dimension, by the city's key, without the own one.

    `middle` is their median, from five cities on; `quartiles` are from ten on, since one of fewer would move them too
    far.
    """

    scores: Mapping[str, PeerScore]
    middle: Decimal | None
    quartiles: tuple[Decimal, Decimal] | None


def peer_levels(scores: Iterable[PeerScore], model: str, cities: Collection[str]) -> dict[str, PeerLevels]:
    """What cities reported of themselves in a model, by dimension; `OVERALL` stands for all of them together.

    Published index points and assessments from outside are other methods and never stand beside self-assessed levels.
    """
    newest = newest_levels(scores, model, PeerMethod.SURVEY, cities)
    return {dimension: _levels(found) for dimension, found in newest.items()}


def newest_levels(
    scores: Iterable[PeerScore], model: str, method: PeerMethod, cities: Collection[str]
) -> dict[str, dict[str, PeerScore]]:
    """The last level of each city in a model by one method, by dimension (`OVERALL`: as a whole) and city."""
    newest: dict[str, dict[str, PeerScore]] = defaultdict(dict)
    for score in sorted(scores, key=lambda item: (item.observed_on, item.key)):
        fits = score.maturity_model == model and score.method is method
        if fits and score.municipality in cities:
            newest[score.dimension or OVERALL][score.municipality] = score
    return newest


def _levels(scores: Mapping[str, PeerScore]) -> PeerLevels:
    ordered: Sequence[Decimal] = sorted(score.level for score in scores.values())
    middle = quantile(ordered, Decimal("0.5")) if len(ordered) >= SMALLEST_RANKED else None
    if len(ordered) < SMALLEST_QUARTERED:
        return PeerLevels(scores, middle, None)
    first, third = (quantile(ordered, part) for part in _QUARTERS)
    return PeerLevels(scores, middle, None if first is None or third is None else (first, third))
