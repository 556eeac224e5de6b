"""The figure about how far each unit of the city is, dimension by dimension."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.survey_scores import OVERALL, Score
from smartdash.charts.rows import heat_table
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.standings import unit_names
from smartdash.figures.surveys import (
    Survey,
    aggregation_choice,
    dimension_title,
    level_by,
    nobody_answered,
    points,
    read_survey,
    said,
    shown_level,
    title,
    who_answered,
    why_none,
)
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.maturity import Criterion
from smartdash.model.surveys import Response
from smartdash.store import Reader
from smartdash.store.survey_results import unit_groups

MOST_ROWS = 40
"""So many units are drawn; of more, those with the lowest levels."""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with its group and its scores and levels by dimension; `OVERALL` stands for all of them."""

    title: str
    group: str
    scores: Mapping[str, Score]
    levels: Mapping[str, Decimal | None]


@figure(
    "maturity.units", page="maturity", needs=("survey_wave",), options=("survey_wave", "aggregation", "survey_basis")
)
def by_unit(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The level of each unit in each dimension of a wave."""
    survey = read_survey(reader, chosen, say)
    if survey is None:
        return nobody_answered(say)
    aggregation = aggregation_choice(chosen, say)
    lines = _lines(reader, survey, aggregation.chosen, say)
    drawn = drawn_lines(lines)
    message = units_message(lines, survey, say)
    headings, cells = _heat(drawn, survey, say)
    columns = [say("maturity.all_column"), *(dimension.key for dimension in survey.scores.dimensions)]
    tooltips = [
        ("unit", heading(Response, "unit", say)),
        ("dimension", heading(Criterion, "dimension", say)),
        ("said", say("maturity.level")),
    ]
    return Draft(
        message=message,
        columns=_columns(say),
        rows=tuple(_row(line, key, survey, say) for line in lines for key in survey.keys),
        unit=say("maturity.units.unit", lowest=str(survey.model.lowest), highest=str(survey.model.highest)),
        chart=lambda tokens: heat_table(headings, columns, cells, tokens, tooltips),
        alt=say("maturity.units.alt", message=message, n=len(drawn)),
        note=_note(lines, drawn, survey, say),
        options=(survey.options[0], aggregation, *survey.options[1:]),
    )


def _lines(reader: Reader, survey: Survey, aggregation: str, say: Words) -> list[UnitLine]:
    names, cells = unit_names(reader), survey.scores.cells
    return [
        UnitLine(
            names[unit] or unit,
            group,
            {key: cells[unit, key] for key in survey.keys},
            {key: shown_level(level_by(cells[unit, key], aggregation)) for key in survey.keys},
        )
        for group, units in unit_groups(reader, survey.scores.units).items()
        for unit in units
    ]


def drawn_lines(lines: Sequence[UnitLine]) -> list[UnitLine]:
    """All units where they fit; else of each group those with the lowest levels overall, then those without a level."""
    if len(lines) <= MOST_ROWS:
        return list(lines)

    def need(line: UnitLine) -> tuple[bool, Decimal]:
        level = line.levels[OVERALL]
        return level is None, level or Decimal(0)

    groups = list(dict.fromkeys(line.group for line in lines))
    return sorted(sorted(lines, key=need)[:MOST_ROWS], key=lambda line: groups.index(line.group))


def _heat(
    lines: Sequence[UnitLine], survey: Survey, say: Words
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    headings: list[dict[str, object]] = []
    cells: list[dict[str, object]] = []
    model, group = survey.model, ""
    for line in lines:
        if line.group != group:
            group = line.group
            headings.append({"label": say(f"maturity.group.{group}"), "heading": True})
        headings.append({"label": line.title})
        for key in survey.keys:
            score, level = line.scores[key], line.levels[key]
            share = None if level is None else float((level - model.lowest) / (model.highest - model.lowest))
            cells.append(
                {
                    "row": len(headings) - 1,
                    "unit": line.title,
                    "dimension": dimension_title(key, survey.scores.dimensions, say),
                    "column": key or say("maturity.all_column"),
                    "text": number(level, say.lang, 1) if level is not None else _sign(score, say),
                    "share": share,
                    "hatched": level is None and score.coverage is None and not score.withheld,
                    "framed": score.withheld,
                    "said": said(score, level, say),
                }
            )
    return headings, cells


def _sign(score: Score, say: Words) -> str:
    if score.withheld:
        return say("maturity.sign_withheld")
    return say("maturity.sign_not_applicable" if score.coverage is None else "maturity.sign_few")


def _columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("group", say("maturity.group")),
        TableColumn("unit", heading(Response, "unit", say)),
        TableColumn("dimension", heading(Criterion, "dimension", say)),
        TableColumn("level", say("maturity.level"), "number"),
        TableColumn("points", say("maturity.points"), "number"),
        TableColumn("target", say("maturity.target"), "number"),
        TableColumn("coverage", say("maturity.coverage"), "percent"),
        TableColumn("raters", say("maturity.raters"), "whole"),
        TableColumn("unclear", say("maturity.unclear"), "whole", help=say("maturity.unclear_help")),
        TableColumn("remark", say("maturity.remark")),
    )


def _row(line: UnitLine, key: str, survey: Survey, say: Words) -> Row:
    score, level = line.scores[key], line.levels[key]
    return (
        say(f"maturity.group.{line.group}"),
        line.title,
        dimension_title(key, survey.scores.dimensions, say),
        level,
        points(level, survey.model),
        shown_level(score.target),
        score.coverage,
        None if score.withheld else score.raters,
        None if score.withheld else score.unclear,
        None if level is not None else why_none(score, say),
    )


def units_message(lines: Sequence[UnitLine], survey: Survey, say: Words) -> str:
    """In which dimension the units lie furthest apart, and where the lowest level is."""
    known = [
        (level, line.title, dimension.key)
        for line in lines
        for dimension in survey.scores.dimensions
        if (level := line.levels[dimension.key]) is not None
    ]
    if not known:
        withheld = any(score.withheld for line in lines for score in line.scores.values())
        return say("maturity.units.withheld" if withheld else "maturity.units.none", n=len(lines))
    lowest, shown_units = _lowest(known, survey, say), len({unit for _, unit, _ in known})
    if shown_units == 1:
        return lowest
    ranges = {}
    for dimension in survey.scores.dimensions:
        own = [level for level, _, key in known if key == dimension.key]
        if own:
            ranges[dimension.key] = (min(own), max(own))
    widest = max(ranges, key=lambda key: ranges[key][1] - ranges[key][0])
    low, high = (number(level, say.lang, 1) for level in ranges[widest])
    place = dimension_title(widest, survey.scores.dimensions, say)
    spread = say("maturity.units.message", n=shown_units, dimension=place, low=low, high=high)
    return f"{spread} {lowest}"


def _lowest(known: Sequence[tuple[Decimal, str, str]], survey: Survey, say: Words) -> str:
    """Where the lowest level is, or how often it is, for a unit named alone would stand out wrongly."""
    level, unit, place = min(known)
    lowest = number(level, say.lang, 1)
    if (often := sum(other == level for other, _, _ in known)) > 1:
        return say("maturity.units.lowest_often", lowest=lowest, n=often)
    dimension = dimension_title(place, survey.scores.dimensions, say)
    return say("maturity.units.lowest", unit=unit, dimension=dimension, lowest=lowest)


def _note(lines: Sequence[UnitLine], drawn: Sequence[UnitLine], survey: Survey, say: Words) -> str:
    codes = ", ".join(f"{dimension.key}: {title(dimension, say)}" for dimension in survey.scores.dimensions)
    sentences = [f"{codes}."]
    if len(drawn) < len(lines):
        sentences.append(
            say("maturity.units.condensed", drawn=number(len(drawn), say.lang), n=len(lines), sheet=say("ui.table"))
        )
    sentences.append(who_answered(survey.scores, say))
    if hidden := sum(any(score.withheld for score in line.scores.values()) for line in lines):
        sentences.append(say("maturity.units.hidden", n=hidden))
        sentences.append(say("maturity.withheld_note"))
    return " ".join(sentences)
