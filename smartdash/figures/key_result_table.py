"""The table of key results: what they are, their five numbers apart, and why their colour is what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from smartdash.analysis.okr import KeyResultStanding
from smartdash.figures.figure import Kind, Row, TableColumn
from smartdash.figures.okr_words import value_text, why
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.model.check_ins import CheckIn, Score
from smartdash.model.okr import ContributingUnit, KeyResult, Objective


def key_result_columns(say: Words) -> tuple[TableColumn, ...]:
    """The columns of `key_result_row`; each number with what it means."""

    def term(name: str, kind: Kind, message: str = "") -> TableColumn:
        known = message or name
        return TableColumn(name, say(f"okr.term_{known}"), kind, help=say(f"okr.about_{known}"))

    score = column(Score, "value", say.lang, "number", name="score")
    return (
        TableColumn("group", say("okr.group")),
        column(Objective, "title", say.lang, name="objective"),
        column(KeyResult, "title", say.lang),
        TableColumn("status", say("okr.status"), "status"),
        TableColumn("why", say("okr.why")),
        term("progress", "percent"),
        term("expected", "percent"),
        term("pace", "percent"),
        term("confidence", "whole"),
        term("forecast", "percent"),
        term("fitted", "percent"),
        replace(score, help=say("okr.about_score")),
        TableColumn("value", say("okr.last_value")),
        column(KeyResult, "kind", say.lang),
        column(KeyResult, "commitment", say.lang),
        column(KeyResult, "timing", say.lang),
        column(KeyResult, "baseline", say.lang, "number"),
        column(KeyResult, "target", say.lang, "number"),
        column(KeyResult, "band_low", say.lang, "number"),
        column(KeyResult, "band_high", say.lang, "number"),
        column(KeyResult, "measured_in", say.lang),
        column(KeyResult, "weight", say.lang, "number"),
        column(KeyResult, "owner_role", say.lang),
        TableColumn("contributing", ContributingUnit.sheet.label(say.lang)),
        column(CheckIn, "reported_on", say.lang, "day"),
        TableColumn("silent_days", say("okr.silent_days"), "whole"),
    )


def key_result_row(
    item: KeyResultStanding, group: str | None, contributing: Mapping[str, Sequence[str]], say: Words
) -> Row:
    """A key result as a row of the table; `contributing` names the units that contribute to each objective."""
    result, report = item.key_result, item.check_in
    return (
        group,
        item.objective.title,
        result.title,
        item.status.value,
        why(item.reason, say),
        item.progress,
        item.expected,
        item.pace,
        report.confidence if report else None,
        item.forecast,
        item.fitted,
        item.score,
        value_text(item, say) if item.reported_on else None,
        result.kind.label(say.lang),
        result.commitment.label(say.lang),
        result.timing.label(say.lang) if result.timing else None,
        result.baseline,
        result.target,
        result.band_low,
        result.band_high,
        result.measured_in,
        result.weight,
        item.owner_role,
        ", ".join(contributing.get(item.objective.key, ())) or None,
        item.reported_on,
        item.silent_days,
    )
