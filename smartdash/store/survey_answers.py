"""A wave's answers read over all units and condensed at once, so that no single answer is handed on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from smartdash.analysis.survey_cells import NONE, PARTS, SurveyCells, Truth, Whole, parts, too_far_apart
from smartdash.model.maturity import Criterion, Dimension, MaturityModel
from smartdash.model.surveys import Effort, SurveyWave
from smartdash.store.reader import Reader
from smartdash.store.schema import newest, table

Basis = Literal["answers", "consensus"]
"""What counts: the median of the answers, or what a moderated meeting agreed on where there is such."""

_OF_VALUE = f"""round({PARTS} * (lowest + (highest - lowest) * greatest(0, least(1,
    CASE WHEN higher_is_better THEN given.value - anchor_low ELSE anchor_high - given.value END
    / (anchor_high - anchor_low)))))"""
"""A value between its anchors as a level in ten-thousandths, from the lowest level to the highest."""

_WITH_MODEL = """JOIN criterion ON criterion.key = given.criterion JOIN dimension ON dimension.key = criterion.dimension
    JOIN maturity_model ON maturity_model.key = dimension.maturity_model"""

_TOLD = f"""CREATE OR REPLACE TEMP TABLE told AS
    WITH given AS (
        SELECT unit, respondent, criterion, state, level, value, target_level, effort, evidence, answered_on
        FROM whole_response WHERE survey_wave = $wave)
    SELECT unit, respondent, criterion, state, level * {PARTS} AS measured, target_level, effort, evidence, answered_on
    FROM given WHERE value IS NULL
    UNION ALL SELECT unit, respondent, criterion, state, {_OF_VALUE}, target_level, effort, evidence, answered_on
    FROM given {_WITH_MODEL} WHERE value IS NOT NULL"""
"""The answers of one wave, gathered once for the queries below."""

_ANSWERS = f"""SELECT * EXCLUDE (quartiles), quartiles[1] AS lower, quartiles[2] AS level, quartiles[3] AS upper FROM (
    SELECT unit, criterion,
        count(*) FILTER (state = 'answered') AS raters,
        count(*) FILTER (state = 'not_applicable') AS not_applicable,
        count(*) FILTER (state = 'do_not_know') AS do_not_know,
        count(*) FILTER (state = 'answered' AND evidence IS NOT NULL) AS evidenced,
        quantile_cont(measured, [0.25, 0.5, 0.75]) AS quartiles,
        max(measured) - min(measured) AS spread, var_samp(measured) AS variance,
        median(target_level) * {PARTS} AS target, count(target_level) AS aiming,
        {", ".join(f"count(*) FILTER (effort = '{effort.value}') AS {effort.value}" for effort in Effort)}
    FROM told GROUP BY ALL)"""

_AGREED = f"""SELECT unit, criterion, state, target_level * {PARTS} AS target,
        CASE WHEN given.value IS NULL THEN level * {PARTS} ELSE {_OF_VALUE} END AS level
    FROM whole_consensus AS given {_WITH_MODEL} WHERE survey_wave = $wave"""

_PEOPLE = """SELECT unit, dimension, count(DISTINCT respondent) FILTER (state = 'answered') AS people,
        count(DISTINCT respondent) AS heard, count(DISTINCT respondent) FILTER (target_level IS NOT NULL) AS aimed
    FROM told JOIN criterion ON criterion.key = told.criterion WHERE state <> 'missing'
    GROUP BY GROUPING SETS ((unit, dimension), (unit))"""

_ASKED = """SELECT unit, count(DISTINCT respondent) AS asked FROM (
        SELECT unit, respondent FROM whole_invitation WHERE survey_wave = $wave
        UNION ALL SELECT DISTINCT unit, respondent FROM told
        UNION ALL SELECT unit, NULL FROM whole_consensus WHERE survey_wave = $wave)
    GROUP BY unit ORDER BY unit"""

_PARTICIPATION = """WITH answered AS (
        SELECT unit, respondent, max(answered_on) AS last, count(*) FILTER (state <> 'missing') AS given
        FROM told GROUP BY ALL)
    SELECT unit, count(DISTINCT respondent) AS asked, count(DISTINCT respondent) FILTER (given > 0) AS answered,
        count(DISTINCT respondent) FILTER (given >= $criteria) AS complete, max(last) AS last
    FROM (SELECT unit, respondent FROM whole_invitation WHERE survey_wave = $wave
        UNION SELECT unit, respondent FROM answered)
    LEFT JOIN answered USING (unit, respondent) GROUP BY unit ORDER BY unit"""


_KNOWN = "programme = $programme AND revision <= $revision"

_WAVES = f"""WITH answers AS (
        SELECT survey_wave, count(*) FILTER (answered_on <= $as_of) AS given,
            max(answered_on) FILTER (answered_on <= greatest($as_of, current_date)) AS last
        FROM ({newest("response", _KNOWN)}) WHERE NOT retired GROUP BY ALL),
    agreed AS (
        SELECT survey_wave, count(*) AS agreed FROM ({newest("consensus", _KNOWN)})
        WHERE NOT retired AND agreed_on <= $as_of GROUP BY ALL),
    written AS (
        SELECT survey_wave, max(revision) AS revision FROM (
            SELECT survey_wave, revision FROM {table("response")} WHERE programme = $programme
            UNION ALL SELECT survey_wave, revision FROM {table("consensus")} WHERE programme = $programme)
        GROUP BY ALL)
    SELECT survey_wave, given + coalesce(agreed, 0) AS given, revision
    FROM answers JOIN written USING (survey_wave) LEFT JOIN agreed USING (survey_wave)
    WHERE given > 0 AND last <= $as_of"""

_VISIBLE = """SELECT survey_wave, count(*) AS given FROM (
        SELECT survey_wave FROM whole_response
        UNION ALL SELECT survey_wave FROM whole_consensus)
    GROUP BY survey_wave"""


def survey_cells(reader: Reader, wave: SurveyWave, basis: Basis) -> SurveyCells:
    """What each unit says in a wave on each criterion of its model, up to the scope's as-of date."""
    model = next(item for item in reader.all(MaturityModel) if item.key == wave.maturity_model)
    dimensions = tuple(item for item in reader.all(Dimension) if item.maturity_model == model.key)
    places = {item.key: place for place, item in enumerate(dimensions)}
    criteria = tuple(
        sorted(
            (item for item in reader.all(Criterion) if item.dimension in places),
            key=lambda item: places[item.dimension],
        )
    )
    reader.confidential(_TOLD, wave=wave.key)
    asked = reader.confidential(_ASKED, wave=wave.key)
    units = tuple(asked["unit"].tolist())
    shape = (len(units), len(criteria))
    answers = reader.confidential(_ANSWERS)
    at = _places(answers, units, criteria)
    raters, not_applicable, do_not_know, evidenced = (
        _grid(shape, at, answers[name]) for name in ("raters", "not_applicable", "do_not_know", "evidenced")
    )
    level, target = (_grid(shape, at, answers[name], NONE) for name in ("level", "target"))
    applies: Truth = ~((not_applicable > 0) & (raters + do_not_know == 0))
    agreed = np.zeros(shape, dtype=np.bool_)
    settled = reader.confidential(_AGREED, wave=wave.key)
    where = _places(settled, units, criteria)
    agreed[where] = True
    if basis == "consensus":
        level[where] = _whole(settled["level"], NONE)
        aimed = _whole(settled["target"], NONE)
        target[where] = np.where(aimed == NONE, target[where], aimed)
        applies[where] = settled["state"] != "not_applicable"
    people, heard, aimed = _people(reader, units, dimensions)
    return SurveyCells(
        wave=wave,
        model=model,
        dimensions=dimensions,
        criteria=criteria,
        units=units,
        dimension_of=np.array([places[item.dimension] for item in criteria], dtype=np.int64),
        weight=np.array([parts(item.weight) for item in criteria], dtype=np.int64),
        level=level,
        target=target,
        applies=applies,
        raters=raters,
        not_applicable=not_applicable,
        do_not_know=do_not_know,
        missing=asked["asked"].astype(np.int64)[:, None] - raters - not_applicable - do_not_know,
        evidenced=evidenced,
        unclear=_unclear(shape, at, answers, model),
        agreed=agreed,
        efforts=np.stack([_grid(shape, at, answers[effort.value]) for effort in Effort], axis=2),
        people=people[:, :-1],
        heard=heard[:, :-1],
        aimed=aimed[:, :-1],
        aiming=_grid(shape, at, answers["aiming"]),
        settled=basis == "consensus",
        everyone=people[:, -1],
    )


def finished_waves(reader: Reader) -> dict[str, int]:
    """The waves with an answer whose answers are all in as of the scope's day, with the last revision that wrote one.

    An answer that came late ends its wave late: between two days one could tell it from the others. For the same reason
    a wave leaves the house whole or not at all: some of its answers may be seen inside only.
    """
    found = reader.confidential(
        _WAVES,
        programme=reader.scope.programme,
        revision=reader.scope.revision,
        as_of=reader.scope.as_of,
    )
    last = dict(zip(found["survey_wave"].tolist(), found["revision"].tolist(), strict=True))
    if reader.scope.leaves:
        told = reader.confidential(_VISIBLE)
        seen = dict(zip(told["survey_wave"].tolist(), told["given"].tolist(), strict=True))
        given = zip(found["survey_wave"].tolist(), found["given"].tolist(), strict=True)
        last = {wave: last[wave] for wave, number in given if seen.get(wave) == number}
    return last


def units_heard(reader: Reader) -> dict[str, frozenset[str]]:
    """The units that said anything, if only that it does not apply, by wave."""
    found = reader.confidential("SELECT DISTINCT survey_wave, unit FROM whole_response WHERE state <> 'missing'")
    units: dict[str, set[str]] = defaultdict(set)
    for wave, unit in zip(found["survey_wave"].tolist(), found["unit"].tolist(), strict=True):
        units[wave].add(unit)
    return {wave: frozenset(own) for wave, own in units.items()}


def participation_rows(reader: Reader, wave: SurveyWave, criteria: int) -> list[tuple[Any, ...]]:
    """Per unit: people asked, who answered anything, who answered all `criteria`, and the last day of an answer."""
    reader.confidential(_TOLD, wave=wave.key)
    found = reader.confidential(_PARTICIPATION, wave=wave.key, criteria=criteria)
    counts = (found[name].tolist() for name in ("unit", "asked", "answered", "complete"))
    return list(zip(*counts, _days(found["last"]), strict=True))


def _days(column: Any) -> list[Any]:
    """The days of a column as Python has them."""
    masked = np.ma.masked_array(column)
    return [None if value is None else value.date() for value in masked.astype("datetime64[us]").tolist()]


def _people(reader: Reader, units: Sequence[str], dimensions: Sequence[Dimension]) -> tuple[Whole, Whole, Whole]:
    """People who gave a level, said anything, named a target; per unit and dimension, in the last column anywhere."""
    found = reader.confidential(_PEOPLE)
    rows = {unit: place for place, unit in enumerate(units)}
    columns = {item.key: place for place, item in enumerate(dimensions)}
    at = (
        np.array([rows[unit] for unit in found["unit"].tolist()], dtype=np.int64),
        np.array([columns.get(key, len(dimensions)) for key in found["dimension"].tolist()], dtype=np.int64),
    )
    shape = (len(units), len(dimensions) + 1)
    people, heard, aimed = (_grid(shape, at, found[name]) for name in ("people", "heard", "aimed"))
    return people, heard, aimed


def _places(found: dict[str, Any], units: Sequence[str], criteria: Sequence[Criterion]) -> tuple[Whole, Whole]:
    rows = {unit: place for place, unit in enumerate(units)}
    columns = {item.key: place for place, item in enumerate(criteria)}
    return (
        np.array([rows[unit] for unit in found["unit"].tolist()], dtype=np.int64),
        np.array([columns[criterion] for criterion in found["criterion"].tolist()], dtype=np.int64),
    )


def _grid(shape: tuple[int, int], at: tuple[Whole, Whole], column: Any, empty: int = 0) -> Whole:
    grid = np.full(shape, empty, dtype=np.int64)
    grid[at] = _whole(column, empty)
    return grid


def _whole(column: Any, empty: int) -> Whole:
    numbers: Whole = np.ma.filled(np.ma.masked_array(column).astype(np.float64).round(), empty).astype(np.int64)
    return numbers


def _unclear(shape: tuple[int, int], at: tuple[Whole, Whole], answers: dict[str, Any], model: MaturityModel) -> Truth:
    lower, upper, spread = (
        np.ma.filled(np.ma.masked_array(answers[name]).astype(np.float64), 0.0) / PARTS
        for name in ("lower", "upper", "spread")
    )
    variance = np.ma.filled(np.ma.masked_array(answers["variance"]).astype(np.float64), 0.0) / PARTS**2
    unclear = np.zeros(shape, dtype=np.bool_)
    unclear[at] = too_far_apart(answers["raters"].astype(np.int64), (lower, upper), spread, variance, model)
    return unclear
