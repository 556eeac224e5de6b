"""The radar chart of a city's levels and targets: on no page, since its shape misleads, but there for who asks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from smartdash.analysis.survey_scores import OVERALL
from smartdash.charts.radar import RadarSeries, radar_chart
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.surveys import nobody_answered, read_survey, shown_level, title, who_answered, why_none
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.maturity import Criterion
from smartdash.store import Reader

_FEWEST_AXES = 3


@figure("maturity.radar", page="", needs=("survey_wave",), options=("survey_wave", "survey_basis"))
def radar(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The level and the target of each dimension as closed lines around a centre."""
    survey = read_survey(reader, chosen, say)
    if survey is None:
        return nobody_answered(say)
    names = [title(dimension, say) for dimension in survey.scores.dimensions]
    scores = [survey.scores.city[dimension.key] for dimension in survey.scores.dimensions]
    levels = [shown_level(score.mean) for score in scores]
    targets = [shown_level(score.target) for score in scores]
    series = [RadarSeries(say("maturity.level"), _drawn(levels))]
    if any(target is not None for target in targets):
        series.append(RadarSeries(say("maturity.target"), _drawn(targets), dashed=True))
    ends = (survey.model.lowest, survey.model.highest)
    overall = shown_level(survey.scores.city[OVERALL].mean)
    message = say("maturity.radar.message", n=len(names), level=number(overall, say.lang, 1))
    drawable = len(names) >= _FEWEST_AXES and any(level is not None for level in levels)
    return Draft(
        message=message,
        columns=(
            TableColumn("dimension", heading(Criterion, "dimension", say)),
            TableColumn("level", say("maturity.level"), "number"),
            TableColumn("target", say("maturity.target"), "number"),
            TableColumn("remark", say("maturity.remark")),
        ),
        rows=tuple(
            (name, level, target, why_none(score, say) if level is None else None)
            for name, level, target, score in zip(names, levels, targets, scores, strict=True)
        ),
        unit=say("maturity.radar.unit", lowest=str(ends[0]), highest=str(ends[1])),
        chart=(lambda tokens: radar_chart(names, series, ends, tokens)) if drawable else None,
        alt=message,
        note=f"{say('maturity.radar.note')} {who_answered(survey.scores, say)}",
        options=survey.options,
    )


def _drawn(levels: list[Decimal | None]) -> tuple[float | None, ...]:
    return tuple(None if level is None else float(level) for level in levels)
