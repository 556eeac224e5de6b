"""What would lift a city, computed over all answers of a wave and handed out as far as a scope may see it."""

from __future__ import annotations

from dataclasses import dataclass

from smartdash.analysis.bottlenecks import Bottleneck, bottlenecks
from smartdash.analysis.lifts import AGGREGATIONS, Aggregation, Lift, criterion_lifts
from smartdash.model.surveys import SurveyWave
from smartdash.store.reader import Reader
from smartdash.store.survey_answers import Basis, survey_cells
from smartdash.store.survey_results import moderates, survey_scores, unit_groups


@dataclass(frozen=True, slots=True)
class _Found:
    """All that is computed from one reading of a wave's answers."""

    lifts: dict[Aggregation, tuple[Lift, ...]]
    bottlenecks: tuple[Bottleneck, ...]


def survey_lifts(reader: Reader, wave: SurveyWave, basis: Basis, aggregation: Aggregation) -> tuple[Lift, ...]:
    """What each criterion of a wave's model would gain, in the model's order; see `analysis.lifts`."""
    return _found(reader, wave, basis).lifts[aggregation]


def survey_bottlenecks(reader: Reader, wave: SurveyWave, basis: Basis) -> tuple[Bottleneck, ...]:
    """What binds under the weakest link in each dimension of a wave's model; see `analysis.bottlenecks`."""
    return _found(reader, wave, basis).bottlenecks


def _found(reader: Reader, wave: SurveyWave, basis: Basis) -> _Found:
    def read() -> tuple[_Found]:
        scores, cells = survey_scores(reader, wave, basis), survey_cells(reader, wave, basis)
        everything, own = moderates(reader, wave), reader.scope.reading_unit
        lifts = {aggregation: criterion_lifts(cells, scores, aggregation) for aggregation in AGGREGATIONS}
        groups = unit_groups(reader, cells.units)
        return (_Found(lifts, bottlenecks(cells, scores, groups, own, everything=everything)),)

    return reader.remembered(("survey lifts", wave.key, basis), read)[0]
