"""What the raters of a wave say to each criterion, as far as the reading unit may see single answers."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from smartdash.analysis.agreement import agreement
from smartdash.analysis.moderation import RatedCriterion, level_of_value
from smartdash.model.maturity import Criterion, Dimension, MaturityModel
from smartdash.model.surveys import Consensus, SurveyWave
from smartdash.store import Reader

_ANSWERS = """SELECT unit, criterion,
        list(level) FILTER (level IS NOT NULL), list(value) FILTER (value IS NOT NULL),
        count(*) FILTER (state = 'not_applicable'), count(*) FILTER (state = 'do_not_know')
    FROM response WHERE survey_wave = $wave GROUP BY ALL ORDER BY unit, criterion"""


# On a scale of few levels the same answers come again and again.
_agreement = lru_cache(maxsize=4_000)(agreement)


def read_rated(reader: Reader, wave: SurveyWave) -> tuple[RatedCriterion, ...]:
    """Each unit's answers to each criterion: of the own unit, or of all where the reading unit moderates the wave."""
    return reader.remembered(("rated criteria", wave.key), lambda: _rated(reader, wave))


def _rated(reader: Reader, wave: SurveyWave) -> tuple[RatedCriterion, ...]:
    model = next(item for item in reader.all(MaturityModel) if item.key == wave.maturity_model)
    dimensions = [item.key for item in reader.all(Dimension) if item.maturity_model == model.key]
    asked = [item for item in reader.all(Criterion) if item.dimension in dimensions]
    criteria = {item.key: item for item in sorted(asked, key=lambda item: dimensions.index(item.dimension))}
    settled = {(item.unit, item.criterion): item for item in reader.all(Consensus) if item.survey_wave == wave.key}
    found = []
    for unit, key, levels, values, not_applicable, do_not_know in reader.rows(_ANSWERS, wave=wave.key):
        criterion = criteria[key]
        measured = [level_of_value(value, criterion, model) for value in values or ()]
        ordered = sorted([*map(Decimal, levels or ()), *(level for level in measured if level is not None)])
        found.append(
            RatedCriterion(
                unit=unit,
                criterion=criterion,
                levels=tuple(ordered),
                not_applicable=not_applicable,
                do_not_know=do_not_know,
                agreement=_agreement(tuple(ordered), model.lowest, model.highest),
                consensus=settled.get((unit, key)),
            )
        )
    places = {key: place for place, key in enumerate(criteria)}
    return tuple(sorted(found, key=lambda item: (item.unit, places[item.criterion.key])))
