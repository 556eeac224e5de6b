"""Rules over a survey's rows, checked inside the write's transaction: answers fit the model, a model in use stays."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from smartdash.model.declare import REFERENCE
from smartdash.store.changes import TypeDifference
from smartdash.store.errors import RefusedRow
from smartdash.store.schema import newest, table

_ANSWERS = ("response", "consensus")

_MEASURE = {
    "maturity_model": ("version", "lowest", "highest"),
    "dimension": ("maturity_model", "weight"),
    "criterion": ("dimension", "weight", "kind", "anchor_low", "anchor_high", "higher_is_better"),
}
"""The fields of a model by which answers are measured; words may be completed."""

_ADDED = {
    "maturity_model": "false",
    "dimension": "new.maturity_model IN (SELECT maturity_model FROM used)",
    "criterion": "new.dimension IN (SELECT dimension.key FROM dimension JOIN used USING (maturity_model))",
}
"""When a row that was not there before belongs to a model in use."""


def refuse_unfit_answers(
    cursor: duckdb.DuckDBPyConnection, programme: str, number: int, written: Mapping[str, TypeDifference]
) -> None:
    """Look for an answer that does not fit its wave's model, among those that revision `number` wrote.

    Its criterion belongs to the model of the wave; a level lies on the model's scale, and a target level too; an
    indicator has a value, any other criterion a level; only what may not apply is not applicable.

    Raises:
        RefusedRow: names the first such answer.
    """
    values = {"programme": programme, "number": number}
    for name in _ANSWERS:
        difference = written.get(name)
        if difference is None or not difference.new + difference.changed:
            continue
        rows = cursor.execute(
            f"""WITH criterion AS ({_known("criterion")}), dimension AS ({_known("dimension")}),
                maturity_model AS ({_known("maturity_model")}), survey_wave AS ({_known("survey_wave")}),
            judged AS (SELECT answer.key, CASE
                WHEN dimension.maturity_model IS DISTINCT FROM survey_wave.maturity_model THEN 'criterion'
                WHEN answer.level NOT BETWEEN lowest AND highest THEN 'level'
                WHEN answer.target_level NOT BETWEEN lowest AND highest THEN 'target_level'
                WHEN answer.state = 'answered' AND criterion.kind = 'indicator' AND answer.value IS NULL THEN 'value'
                WHEN answer.state = 'answered' AND criterion.kind = 'level' AND answer.level IS NULL THEN 'level'
                WHEN answer.state = 'not_applicable' AND NOT criterion.may_not_apply THEN 'state' END AS field
                FROM {table(name)} AS answer JOIN criterion ON criterion.key = answer.criterion
                JOIN dimension ON dimension.key = criterion.dimension
                JOIN survey_wave ON survey_wave.key = answer.survey_wave
                JOIN maturity_model ON maturity_model.key = survey_wave.maturity_model
                WHERE answer.programme = $programme AND answer.revision = $number AND NOT answer.retired)
            SELECT key, field, count(*) OVER () FROM judged WHERE field IS NOT NULL ORDER BY key LIMIT 1""",
            values,
        ).fetchall()
        if rows:
            key, field, count = rows[0]
            raise RefusedRow("unfit_answer", name, key, field, count)


def refuse_changed_models(
    cursor: duckdb.DuckDBPyConnection, programme: str, number: int, written: Mapping[str, TypeDifference]
) -> None:
    """Look for a scale, weight or anchor that revision `number` changed although answers were measured by it.

    Two waves are compared only on the same model, so another measure is another version under a key of its own. The
    same holds for a criterion or dimension that is added or taken out, unless the whole model goes, which its answers
    keep from happening; and for a row of the programme's own that takes the place of the reference data's.

    Raises:
        RefusedRow: names the first such row.
    """
    for name, measures in _MEASURE.items():
        difference = written.get(name)
        if difference is None or not difference.touched:
            continue
        changed = " OR ".join(f"old.{field} IS DISTINCT FROM new.{field}" for field in measures)
        rows = cursor.execute(
            f"""WITH criterion AS ({_known("criterion", "< $number")}),
                dimension AS ({_known("dimension", "< $number")}),
                used AS (SELECT DISTINCT criterion.key AS criterion, criterion.dimension, dimension.maturity_model
                FROM ({newest("response", "revision < $number")}) AS answer
                JOIN criterion ON criterion.key = answer.criterion
                JOIN dimension ON dimension.key = criterion.dimension
                WHERE NOT answer.retired AND $programme IN (answer.programme, '{REFERENCE}'))
            SELECT new.key, count(*) OVER ()
            FROM {table(name)} AS new LEFT JOIN ({_known(name, "< $number")}) AS old ON old.key = new.key
            WHERE new.programme = $programme AND new.revision = $number AND CASE
                WHEN old.key IS NULL THEN NOT new.retired AND {_ADDED[name]}
                ELSE (new.retired OR {changed}) AND old.key IN (SELECT {name} FROM used) END
            ORDER BY new.key LIMIT 1""",
            {"programme": programme, "number": number},
        ).fetchall()
        if rows:
            key, count = rows[0]
            raise RefusedRow("model_in_use", name, key, measures[-1] if name != "dimension" else "weight", count)


def refuse_taken_dimensions(
    cursor: duckdb.DuckDBPyConnection, programme: str, number: int, written: Mapping[str, TypeDifference]
) -> None:
    """Look for a dimension of a shared model that revision `number` puts under another model in a programme.

    A model brought in with the keys of a shared one would otherwise empty that one unseen, for this programme only.

    Raises:
        RefusedRow: names the first such dimension.
    """
    difference = written.get("dimension")
    if programme == REFERENCE or difference is None or not difference.new + difference.changed:
        return
    rows = cursor.execute(
        f"""SELECT shared.key, count(*) OVER ()
        FROM ({newest("dimension", f"programme = '{REFERENCE}'")}) AS shared JOIN {table("dimension")} AS own
        ON own.key = shared.key AND own.programme = $programme AND own.revision = $number
        WHERE NOT shared.retired AND NOT own.retired AND own.maturity_model <> shared.maturity_model
        ORDER BY shared.key LIMIT 1""",
        {"programme": programme, "number": number},
    ).fetchall()
    if rows:
        key, count = rows[0]
        raise RefusedRow("shared_dimension", "dimension", key, "maturity_model", count)


def _known(name: str, until: str = "<= $number") -> str:
    """The rows of a type that a programme may refer to: its own, and the reference data's that it has not replaced."""
    place = f"programme IN ($programme, '{REFERENCE}') AND revision {until}"
    return (
        f"SELECT * FROM ({newest(name, place)}) WHERE NOT retired "
        f"QUALIFY row_number() OVER (PARTITION BY key ORDER BY programme = '{REFERENCE}') = 1"
    )
