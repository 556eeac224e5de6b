"""The figure about three ways to bring levels together: mean, geometric mean and weakest link side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from smartdash.analysis.lifts import AGGREGATIONS
from smartdash.analysis.survey_scores import OVERALL, Score
from smartdash.charts.maturity_levels import LevelMark, LevelRow, MarkKind, level_chart
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.surveys import (
    dimension_title,
    level_by,
    nobody_answered,
    read_survey,
    shown_level,
    who_answered,
    why_none,
)
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.maturity import Criterion
from smartdash.store import Reader

_MARKS: Mapping[str, MarkKind] = {"mean": "own", "geometric": "geometric", "weakest": "weakest"}


@dataclass(frozen=True, slots=True)
class AggregatedLine:
    """A dimension, or all of them, with its shown level by each of `AGGREGATIONS`."""

    key: str
    title: str
    score: Score
    levels: Mapping[str, Decimal | None]

    @property
    def unevenness(self) -> Decimal | None:
        """The mean minus the weakest link."""
        mean, weakest = self.levels["mean"], self.levels["weakest"]
        return None if mean is None or weakest is None else mean - weakest


@figure("maturity.aggregation", page="maturity", needs=("survey_wave",), options=("survey_wave", "survey_basis"))
def aggregations(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The level of each dimension by mean, geometric mean and weakest link."""
    survey = read_survey(reader, chosen, say)
    if survey is None:
        return nobody_answered(say)
    lines = [
        AggregatedLine(
            key,
            dimension_title(key, survey.scores.dimensions, say),
            survey.scores.city[key],
            {name: shown_level(level_by(survey.scores.city[key], name)) for name in AGGREGATIONS},
        )
        for key in survey.keys
    ]
    levels = (survey.model.lowest, survey.model.highest)
    message = _message(lines, say)
    sentences = [say("maturity.aggregation.note"), who_answered(survey.scores, say)]
    if any(line.score.withheld for line in lines):
        sentences.append(say("maturity.withheld_note"))
    return Draft(
        message=message,
        columns=_columns(say),
        rows=tuple(_row(line, say) for line in lines),
        unit=say("maturity.aggregation.unit", lowest=str(levels[0]), highest=str(levels[1])),
        chart=lambda tokens: level_chart([_drawn(line, say) for line in lines], levels, tokens),
        alt=say("maturity.profile.alt", message=message, n=len(lines) - 1),
        note=" ".join(sentences),
        options=survey.options,
    )


def _columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("dimension", heading(Criterion, "dimension", say)),
        *(TableColumn(name, say(f"maturity.aggregation_{name}"), "number") for name in AGGREGATIONS),
        TableColumn("unevenness", say("maturity.unevenness"), "number", help=say("maturity.unevenness_help")),
        TableColumn("remark", say("maturity.remark")),
    )


def _row(line: AggregatedLine, say: Words) -> Row:
    remark = why_none(line.score, say) if line.levels["mean"] is None else None
    return (line.title, *(line.levels[name] for name in AGGREGATIONS), line.unevenness, remark)


def _drawn(line: AggregatedLine, say: Words) -> LevelRow:
    texts = {say(f"maturity.aggregation_{name}"): number(line.levels[name], say.lang, 1) for name in AGGREGATIONS}
    details = {heading(Criterion, "dimension", say): line.title, **texts}
    mean, weakest = line.levels["mean"], line.levels["weakest"]
    return LevelRow(
        label=line.title,
        value=number(mean, say.lang, 1) if mean is not None else "",
        details=_details(line, say),
        marks=tuple(
            LevelMark(_MARKS[name], float(level), details) for name, level in line.levels.items() if level is not None
        ),
        way=(float(weakest), float(mean)) if mean is not None and weakest is not None else None,
        strong=line.key == OVERALL,
    )


def _details(line: AggregatedLine, say: Words) -> str:
    if line.unevenness is None:
        return why_none(line.score, say)
    return say(
        "maturity.aggregation.details",
        geometric=number(line.levels["geometric"], say.lang, 1),
        weakest=number(line.levels["weakest"], say.lang, 1),
        unevenness=number(line.unevenness, say.lang, 1),
    )


def _message(lines: Sequence[AggregatedLine], say: Words) -> str:
    known = [line for line in lines if line.key != OVERALL and line.unevenness is not None]
    if not known:
        withheld = any(line.score.withheld for line in lines)
        return say("maturity.profile.withheld" if withheld else "maturity.profile.none")
    uneven = max(known, key=lambda line: line.unevenness or Decimal(0))
    values: dict[str, Any] = {name: number(uneven.levels[name], say.lang, 1) for name in AGGREGATIONS}
    sentence = say(
        "maturity.aggregation.message",
        title=uneven.title,
        unevenness=number(uneven.unevenness, say.lang, 1),
        **values,
    )
    whole = lines[0]
    if whole.unevenness is None:
        return sentence
    overall: dict[str, Any] = {name: number(whole.levels[name], say.lang, 1) for name in AGGREGATIONS}
    return f"{sentence} {say('maturity.aggregation.overall', **overall)}"
