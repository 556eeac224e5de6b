"""What would lift a city, computed over all answers of a wave and handed out as far as a scope may see it."""

from __future__ import annotations

from smartdash.analysis.bottlenecks import Bottleneck, bottlenecks
from smartdash.analysis.lifts import Aggregation, Lift, criterion_lifts
from smartdash.model.surveys import SurveyWave
from smartdash.store.reader import Reader
from smartdash.store.survey_answers import Basis, survey_cells
from smartdash.store.survey_results import moderates, survey_scores, unit_groups


def survey_lifts(reader: Reader, wave: SurveyWave, basis: Basis, aggregation: Aggregation) -> tuple[Lift, ...]:
    """What each criterion of a wave's model would gain, in the model's order; see `analysis.lifts`."""

    def read() -> tuple[Lift, ...]:
        scores = survey_scores(reader, wave, basis)
        return criterion_lifts(survey_cells(reader, wave, basis), scores, aggregation)

    return reader.remembered(("survey lifts", wave.key, basis, aggregation), read)


def survey_bottlenecks(reader: Reader, wave: SurveyWave, basis: Basis) -> tuple[Bottleneck, ...]:
    """What binds under the weakest link in each dimension of a wave's model; see `analysis.bottlenecks`."""

    def read() -> tuple[Bottleneck, ...]:
        cells = survey_cells(reader, wave, basis)
        groups = unit_groups(reader, cells.units)
        scores = survey_scores(reader, wave, basis)
        return bottlenecks(cells, scores, groups, reader.scope.reading_unit, everything=moderates(reader, wave))

    return reader.remembered(("survey bottlenecks", wave.key, basis), read)
