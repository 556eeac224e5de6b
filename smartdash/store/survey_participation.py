"""Who has answered in a wave, and which waves are finished; no single answer is handed on."""

from __future__ import annotations

from typing import Any

import numpy as np

from smartdash.model.surveys import SurveyWave
from smartdash.store.reader import Reader
from smartdash.store.schema import newest, table

_PARTICIPATION = """WITH answered AS (
        SELECT unit, respondent, max(answered_on) AS last, count(*) FILTER (state <> 'missing') AS given
        FROM whole_response WHERE survey_wave = $wave GROUP BY ALL)
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


def participation_rows(reader: Reader, wave: SurveyWave, criteria: int) -> list[tuple[Any, ...]]:
    """Per unit: people asked, who answered anything, who answered all `criteria`, and the last day of an answer."""
    found = reader.confidential(_PARTICIPATION, wave=wave.key, criteria=criteria)
    counts = (found[name].tolist() for name in ("unit", "asked", "answered", "complete"))
    return list(zip(*counts, _days(found["last"]), strict=True))


def _days(column: Any) -> list[Any]:
    """The days of a column as Python has them."""
    masked = np.ma.masked_array(column)
    return [None if value is None else value.date() for value in masked.astype("datetime64[us]").tolist()]
