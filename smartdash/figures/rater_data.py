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
    FROM response WHERE survey_wave = $wave AND ($unit IS NULL OR unit = $unit) GROUP BY unit, criterion
    HAVING $everything OR min(level) <> max(level) OR min(value) <> max(value)
        OR (unit, criterion) IN (SELECT (unit, criterion) FROM consensus WHERE survey_wave = $wave)
    ORDER BY unit, criterion"""
"""Where all say the same there is nothing to clarify, so that a very large survey need not be read whole."""


# On a scale of few levels the same answers come again and again.
_agreement = lru_cache(maxsize=4_000)(agreement)


def rated_units(reader: Reader, wave: SurveyWave) -> list[str]:
    """The units of a wave whose answers the reading unit may see."""
    return [unit for (unit,) in reader.rows("SELECT DISTINCT unit FROM response WHERE survey_wave = $w", w=wave.key)]


def read_rated(
    reader: Reader, wave: SurveyWave, unit: str | None = None, *, everything: bool = False
) -> tuple[RatedCriterion, ...]:
    """The answers of a unit, or of all that may be seen, where they differ or are settled, or with `everything` all.

    Units by key, then criteria dimension by dimension.
    """
    question = ("rated criteria", wave.key, unit, everything)
    return reader.remembered(question, lambda: _rated(reader, wave, unit, everything))


def _rated(reader: Reader, wave: SurveyWave, only: str | None, everything: bool) -> tuple[RatedCriterion, ...]:
    model = next(item for item in reader.all(MaturityModel) if item.key == wave.maturity_model)
    dimensions = [item.key for item in reader.all(Dimension) if item.maturity_model == model.key]
    asked = [item for item in reader.all(Criterion) if item.dimension in dimensions]
    criteria = {item.key: item for item in sorted(asked, key=lambda item: dimensions.index(item.dimension))}
    settled = {(item.unit, item.criterion): item for item in reader.all(Consensus) if item.survey_wave == wave.key}
    rows = reader.rows(_ANSWERS, wave=wave.key, unit=only, everything=everything)
    found = []
    for unit, key, levels, values, not_applicable, do_not_know in rows:
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
