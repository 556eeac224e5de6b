"""The figure of what binds under the weakest link: the lowest criterion of each dimension, counted over the units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.bottlenecks import Binding, Bottleneck
from smartdash.analysis.survey_scores import Score
from smartdash.charts.maturity_levels import LevelMark, LevelRow, level_chart
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.lift_words import gained_points, plus
from smartdash.figures.surveys import Survey, nobody_answered, read_survey, shown_level, title, who_answered, why_none
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, number
from smartdash.model.maturity import Criterion
from smartdash.store import Reader
from smartdash.store.survey_lifts import survey_bottlenecks


@dataclass(frozen=True, slots=True)
class _Line:
    """A dimension with what binds in it."""

    title: str
    score: Score
    found: Bottleneck
    weakest: Decimal | None
    mean: Decimal | None


@figure("improvements.binding", page="improvements", needs=("survey_wave",), options=("survey_wave", "survey_basis"))
def binding(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Which criteria hold each dimension at its lowest level, in how many units, and in which groups of units."""
    survey = read_survey(reader, chosen, say)
    if survey is None:
        return nobody_answered(say)
    lines = _lines(survey, survey_bottlenecks(reader, survey.wave, survey.basis), say)
    names = {item.key: title(item, say) for item in survey.scores.criteria_asked}
    drawn = [line for line in lines if line.weakest is not None]
    levels = survey.model.lowest, survey.model.highest
    message = _message(lines, names, say)
    return Draft(
        message=message,
        columns=_columns(say),
        rows=tuple(row for line in lines for row in _rows(line, survey, names, say)),
        unit=say("lifts.binding.unit", lowest=str(levels[0]), highest=str(levels[1])),
        chart=(lambda tokens: level_chart([_drawn(line, survey, names, say) for line in drawn], levels, tokens))
        if drawn
        else None,
        alt=say("lifts.binding.alt", message=message, n=len(drawn)) if drawn else "",
        note=_note(lines, survey, say),
        options=survey.options,
    )


def _lines(survey: Survey, found: Sequence[Bottleneck], say: Words) -> list[_Line]:
    """The dimensions, the weakest first; those without a level last."""
    lines = []
    for item, bottleneck in zip(survey.scores.dimensions, found, strict=True):
        score = survey.scores.city[item.key]
        lines.append(_Line(title(item, say), score, bottleneck, shown_level(score.weakest), shown_level(score.mean)))
    last = Decimal(survey.model.highest + 1)
    return sorted(lines, key=lambda line: last if line.score.weakest is None else line.score.weakest)


def _columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("dimension", heading(Criterion, "dimension", say)),
        TableColumn("weakest", say("maturity.aggregation_weakest"), "number", help=say("lifts.binding.weakest_help")),
        TableColumn("mean", say("maturity.aggregation_mean"), "number"),
        TableColumn("criterion", say("lifts.binding.criterion")),
        TableColumn("units", say("lifts.binding.units"), "whole", help=say("lifts.binding.units_help")),
        TableColumn("alone", say("lifts.binding.alone"), "whole", help=say("lifts.binding.alone_help")),
        TableColumn("told", say("lifts.binding.told"), "whole"),
        TableColumn("groups", say("lifts.binding.groups")),
        TableColumn("together", say("lifts.binding.together"), "number", help=say("lifts.binding.together_help")),
        TableColumn("remark", say("maturity.remark")),
    )


def _rows(line: _Line, survey: Survey, names: Mapping[str, str], say: Words) -> Iterator[Row]:
    """A row per criterion that binds; one for a dimension without any."""
    together = gained_points(line.found.together, survey.model)
    start = (line.title, line.weakest, line.mean)
    if line.weakest is None or not line.found.bindings:
        why = why_none(line.score, say) if line.weakest is None else say("maturity.withheld")
        yield (*start, None, None, None, None, None, together, why)
        return
    for item in line.found.bindings:
        groups = _groups(item, say)
        yield (*start, names[item.criterion], item.units, item.alone, line.found.told, groups, together, None)


def _groups(item: Binding, say: Words) -> str:
    if item.groups is None:
        return say("maturity.withheld")
    counted = [
        f"{say(f'maturity.group.{group}')} {number(count, say.lang)}" for group, count in item.groups.items() if count
    ]
    return ", ".join(counted)


def _drawn(line: _Line, survey: Survey, names: Mapping[str, str], say: Words) -> LevelRow:
    weakest, mean = float(line.weakest or 0), float(line.mean or 0)
    together = plus(gained_points(line.found.together, survey.model), say, 1)
    first = line.found.bindings[0] if line.found.bindings else None
    details = {
        heading(Criterion, "dimension", say): line.title,
        say("maturity.aggregation_weakest"): number(line.weakest, say.lang, 1),
        say("maturity.aggregation_mean"): number(line.mean, say.lang, 1),
        say("lifts.binding.criterion"): names[first.criterion] if first else EMPTY,
        say("lifts.binding.groups"): _groups(first, say) if first else EMPTY,
        say("lifts.binding.together"): together,
    }
    text = say("maturity.withheld")
    if first:
        text = say(
            "lifts.binding.details",
            title=names[first.criterion],
            units=number(first.units, say.lang),
            told=number(line.found.told, say.lang),
        )
    return LevelRow(
        label=line.title,
        value=together,
        details=text,
        marks=(LevelMark("own", mean, details), LevelMark("weakest", weakest, details)),
        way=(weakest, mean),
    )


def _message(lines: Sequence[_Line], names: Mapping[str, str], say: Words) -> str:
    """The weakest dimension with what binds in it most often, and what all of that together would gain."""
    known = [line for line in lines if line.weakest is not None and line.found.bindings]
    if not known:
        withheld = any(line.score.withheld for line in lines)
        return say("lifts.binding.withheld" if withheld else "lifts.binding.unknown")
    first = known[0]
    most = first.found.bindings[0]
    return say(
        "lifts.binding.message",
        dimension=first.title,
        weakest=number(first.weakest, say.lang, 1),
        mean=number(first.mean, say.lang, 1),
        title=names[most.criterion],
        units=number(most.units, say.lang),
        n=first.found.told,
    )


def _note(lines: Sequence[_Line], survey: Survey, say: Words) -> str:
    sentences = [say("lifts.binding.note"), who_answered(survey.scores, say)]
    hidden = any(line.found.withheld or any(item.groups is None for item in line.found.bindings) for line in lines)
    if hidden or any(score.withheld for score in survey.scores.criteria.values()):
        sentences.append(say("maturity.withheld_note"))
    return " ".join(sentences)
