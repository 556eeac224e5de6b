"""The figure of key results without the report that is due: since when, and who must act."""

from __future__ import annotations

from smartdash.analysis.silence import Missing, Silence, silences
from smartdash.analysis.status import thresholds
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.standings import read_key_results, unit_names
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import day, number
from smartdash.model.okr import Cycle, KeyResult, Objective
from smartdash.store import Reader


@figure("okr.silent", page="okr", needs=("key_result",))
def silent(reader: Reader, say: Words) -> Draft:
    """Stale check-ins of the running cycle and missing scores of one being closed, the longest silence on top."""
    as_of = reader.scope.as_of
    found, units = silences(read_key_results(reader), as_of), unit_names(reader)
    limits = thresholds(as_of)
    return Draft(
        message=_message(found, say),
        columns=(
            TableColumn("since", say("okr.silent.since"), "day"),
            TableColumn("days", say("okr.silent.days"), "whole"),
            TableColumn("missing", say("okr.silent.missing")),
            column(KeyResult, "title", say.lang),
            TableColumn("who", say("okr.silent.who")),
            column(KeyResult, "owner_role", say.lang),
            column(Objective, "unit", say.lang),
            column(Objective, "title", say.lang, name="objective"),
            column(Cycle, "title", say.lang, name="cycle"),
        ),
        rows=tuple(_row(item, units.get(item.standing.objective.unit or ""), say) for item in found),
        note=say(
            "okr.silent.note",
            first=number(limits.pace_from_day, say.lang),
            interval=number(limits.report_days, say.lang),
            version=limits.version,
        ),
    )


def _row(item: Silence, unit: str | None, say: Words) -> Row:
    standing = item.standing
    return (
        item.since,
        item.days,
        say(f"okr.silent.{item.missing}"),
        standing.key_result.title,
        standing.owner_role or unit or say("okr.silent.office"),
        standing.owner_role,
        unit,
        standing.objective.title,
        standing.cycle.title,
    )


def _message(found: list[Silence], say: Words) -> str:
    unscored = sum(item.missing is Missing.SCORE for item in found)
    quiet = [item for item in found if item.missing is not Missing.SCORE]
    sentences = []
    if quiet:
        longest = quiet[0]
        sentences.append(
            say(
                "okr.silent.message",
                n=len(quiet),
                title=longest.standing.key_result.title,
                day=day(longest.since, say.lang),
            )
        )
    if unscored:
        sentences.append(say("okr.silent.unscored", n=unscored))
    return " ".join(sentences) or say("okr.silent.nobody")
