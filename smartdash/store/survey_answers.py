"""A wave's answers read over all units and condensed at once, so that no single answer is handed on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from smartdash.analysis.survey_cells import NONE, PARTS, Fractions, SurveyCells, Whole, parts
from smartdash.analysis.survey_condensing import Answers, counts, levels, people, targets
from smartdash.model.maturity import Criterion, Dimension, MaturityModel
from smartdash.model.shared import Unit
from smartdash.model.surveys import Effort, ResponseState, SurveyWave
from smartdash.store.memory import Memory, size_in_bytes
from smartdash.store.reader import Reader

Basis = Literal["answers", "consensus"]
"""What counts: the median of the answers, or what a moderated meeting agreed on where there is such."""

_MOST_BYTES = 100_000_000

_CELLS = Memory(_MOST_BYTES, size_in_bytes)
"""Cells that were condensed before. They take more room than other results do, so they have a bound of their own."""

_STATES = tuple(ResponseState)
_EFFORTS = tuple(Effort)


def _place(column: str, members: Sequence[str]) -> str:
    cases = " ".join(f"WHEN '{member}' THEN {place}" for place, member in enumerate(members))
    return f"CASE {column} {cases} ELSE {NONE} END"


_PLACES = """WITH unit_place AS (SELECT unnest($units) AS key, generate_subscripts($units, 1) - 1 AS place),
    criterion_place AS (SELECT unnest($criteria) AS key, generate_subscripts($criteria, 1) - 1 AS place),
    wave_place AS (SELECT unnest($waves) AS key, generate_subscripts($waves, 1) - 1 AS place)
    SELECT wave_place.place AS wave, unit_place.place AS unit, criterion_place.place AS criterion"""

_MEASURED = f"""coalesce(level, {NONE}) AS level, coalesce(CAST(value * {PARTS} AS BIGINT), {NONE}) AS value,
    value IS NOT NULL AS valued, coalesce(target_level, {NONE}) AS target"""

_JOINED = """JOIN unit_place ON unit_place.key = given.unit
    JOIN criterion_place ON criterion_place.key = given.criterion
    JOIN wave_place ON wave_place.key = given.survey_wave"""

_ANSWERS = f"""{_PLACES}, hash(unit, respondent) AS person, {_place("state", _STATES)} AS state, {_MEASURED},
    {_place("effort", _EFFORTS)} AS effort, evidence IS NOT NULL AS evidenced
    FROM whole_response AS given {_JOINED}"""

_AGREED = f"{_PLACES}, {_place('state', _STATES)} AS state, {_MEASURED} FROM whole_consensus AS given {_JOINED}"

_INVITED = "SELECT survey_wave AS wave, unit, hash(unit, respondent) AS person FROM whole_invitation"

_Columns = dict[str, Any]
"""Rows as arrays by the name of the column."""


def survey_cells(reader: Reader, wave: SurveyWave, basis: Basis) -> SurveyCells:
    """What each unit says in a wave on each criterion of its model, up to the scope's as-of date."""
    every = reader.remembered(("survey cells", basis), lambda: _read(reader, basis), _CELLS)
    return next(cells for cells in every if cells.wave == wave)


def units_heard(reader: Reader) -> dict[str, frozenset[str]]:
    """The units that said anything, if only that it does not apply, by wave."""
    found = {}
    for wave in reader.all(SurveyWave):
        cells = survey_cells(reader, wave, "answers")
        rows = np.flatnonzero(cells.heard.sum(axis=1)).tolist()
        found[wave.key] = frozenset(cells.units[row] for row in rows)
    return found


def _read(reader: Reader, basis: Basis) -> tuple[SurveyCells, ...]:
    """The cells of all waves, since going through the answers once for each of them takes far longer."""
    waves, criteria = reader.all(SurveyWave), reader.all(Criterion)
    units = sorted(unit.key for unit in reader.all(Unit))
    keys = {"units": units, "criteria": [item.key for item in criteria], "waves": [wave.key for wave in waves]}
    given, settled = reader.confidential(_ANSWERS, **keys), reader.confidential(_AGREED, **keys)
    invited = reader.confidential(_INVITED)
    return tuple(
        _of_wave(
            reader,
            wave,
            basis,
            units,
            _kept(given, place),
            _kept(settled, place),
            _kept(invited, wave.key),
        )
        for place, wave in enumerate(waves)
    )


def _kept(rows: _Columns, wave: int | str) -> _Columns:
    """The rows of one wave; taken by place, which is faster than by a mask."""
    places = np.flatnonzero(rows["wave"] == wave)
    return {name: column[places] for name, column in rows.items()}


def _of_wave(
    reader: Reader,
    wave: SurveyWave,
    basis: Basis,
    units: Sequence[str],
    given: _Columns,
    settled: _Columns,
    invited: _Columns,
) -> SurveyCells:
    model = next(item for item in reader.all(MaturityModel) if item.key == wave.maturity_model)
    dimensions = tuple(item for item in reader.all(Dimension) if item.maturity_model == model.key)
    places = {item.key: place for place, item in enumerate(dimensions)}
    known = reader.all(Criterion)
    own = [place for place, item in enumerate(known) if item.dimension in places]
    own.sort(key=lambda place: places[known[place].dimension])
    criteria = tuple(known[place] for place in own)
    column = np.zeros(len(known), dtype=np.int64)
    column[own] = np.arange(len(own))
    given, settled = ({**rows, "criterion": column[rows["criterion"]]} for rows in (given, settled))
    asked, person = _asked(units, given, invited)
    took_part = asked > 0
    took_part[settled["unit"]] = True
    row = np.cumsum(took_part) - 1
    answers = Answers(
        shape=(int(took_part.sum()), len(criteria)),
        unit=row[given["unit"]],
        criterion=given["criterion"],
        person=person,
        level=_levels(given, criteria, model),
        target=_parts(given["target"]),
    )
    said, dimension_of = given["state"], np.array([places[item.dimension] for item in criteria], dtype=np.int64)
    level, unclear = levels(answers, model)
    raters, not_applicable, do_not_know = (
        counts(answers, said == _STATES.index(state))
        for state in (ResponseState.ANSWERED, ResponseState.NOT_APPLICABLE, ResponseState.DO_NOT_KNOW)
    )
    answered, aiming = said == _STATES.index(ResponseState.ANSWERED), answers.target != NONE
    told, heard, aimed = (
        people(answers, dimension_of, len(dimensions), kept)
        for kept in (answered, said != _STATES.index(ResponseState.MISSING), aiming)
    )
    target, applies = targets(answers), ~((not_applicable > 0) & (raters + do_not_know == 0))
    agreed = np.zeros(answers.shape, dtype=np.bool_)
    where = row[settled["unit"]], settled["criterion"]
    agreed[where] = True
    if basis == "consensus":
        level[where] = _levels(settled, criteria, model)
        named = _parts(settled["target"])
        target[where] = np.where(named == NONE, target[where], named)
        applies[where] = settled["state"] != _STATES.index(ResponseState.NOT_APPLICABLE)
    return SurveyCells(
        wave=wave,
        model=model,
        dimensions=dimensions,
        criteria=criteria,
        units=tuple(unit for unit, there in zip(units, took_part.tolist(), strict=True) if there),
        dimension_of=dimension_of,
        weight=np.array([parts(item.weight) for item in criteria], dtype=np.int64),
        level=level,
        target=target,
        applies=applies,
        raters=raters,
        not_applicable=not_applicable,
        do_not_know=do_not_know,
        missing=asked[took_part][:, None] - raters - not_applicable - do_not_know,
        evidenced=counts(answers, answered & given["evidenced"]),
        unclear=unclear,
        agreed=agreed,
        efforts=np.stack([counts(answers, given["effort"] == place) for place in range(len(_EFFORTS))], axis=2),
        people=told[:, :-1],
        heard=heard[:, :-1],
        aimed=aimed[:, :-1],
        aiming=counts(answers, aiming),
        settled=basis == "consensus",
        everyone=told[:, -1],
    )


def _asked(units: Sequence[str], given: _Columns, invited: _Columns) -> tuple[Whole, Whole]:
    """How many people of each unit were invited or answered, and the place of each answer's person among all people."""
    rows = {unit: place for place, unit in enumerate(units)}
    homes = np.array([rows[unit] for unit in invited["unit"].tolist()], dtype=np.int64)
    everybody = np.concatenate([given["person"], invited["person"]])
    _, first, person = np.unique(everybody, return_index=True, return_inverse=True)
    unit = np.concatenate([given["unit"].astype(np.int64), homes])
    asked = np.bincount(unit[first], minlength=len(units)).astype(np.int64)
    return asked, person[: len(given["person"])].astype(np.int64)


def _levels(given: _Columns, criteria: Sequence[Criterion], model: MaturityModel) -> Whole:
    """Levels in ten-thousandths; a value between its anchors is one between the lowest level and the highest."""
    level = _parts(given["level"])
    valued = given["valued"].astype(np.bool_)
    if valued.any():
        at = given["criterion"][valued]
        low, high = _anchors(criteria)
        share = np.clip((given["value"][valued] / PARTS - low[at]) / (high[at] - low[at]), 0, 1)
        span = model.highest - model.lowest
        level[valued] = np.floor(PARTS * (model.lowest + span * share) + 0.5).astype(np.int64)
    return level


def _anchors(criteria: Sequence[Criterion]) -> tuple[Fractions, Fractions]:
    """The values at the lowest level and at the highest; for levels, which have none, a span that nobody asks for."""
    ends = [(float(item.anchor_low or 0), float(item.anchor_high or 0), item.higher_is_better) for item in criteria]
    pairs = np.array([(low, high) if rising else (high, low) for low, high, rising in ends], dtype=np.float64)
    return pairs[:, 0], pairs[:, 1]


def _parts(levels: Any) -> Whole:
    whole: Whole = np.where(levels == NONE, NONE, levels.astype(np.int64) * PARTS)
    return whole
