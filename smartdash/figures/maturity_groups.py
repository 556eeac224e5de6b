"""The figure about the groups of units: the administration beside municipal companies and partners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.survey_scores import OVERALL, Score
from smartdash.charts.maturity_levels import LevelMark, LevelRow, MarkKind, level_chart
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading, listing
from smartdash.figures.surveys import (
    Survey,
    aggregation_choice,
    dimension_title,
    level_by,
    nobody_answered,
    read_survey,
    said,
    said_change,
    shown_level,
    who_answered,
    why_none,
)
from smartdash.figures.timeline_words import quoted
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.maturity import Criterion
from smartdash.store import Reader

_MARKS: Mapping[str, MarkKind] = {"administration": "administration", "company": "company", "partner": "partner"}


@dataclass(frozen=True, slots=True)
class GroupedLine:
    """A dimension, or all of them, with the score and the shown level of each group of units."""

    key: str
    title: str
    scores: Mapping[str, Score]
    levels: Mapping[str, Decimal | None]

    @property
    def difference(self) -> Decimal | None:
        """The companies' level minus the administration's."""
        company, administration = self.levels.get("company"), self.levels.get("administration")
        return None if company is None or administration is None else company - administration


@figure(
    "maturity.groups", page="maturity", needs=("survey_wave",), options=("survey_wave", "aggregation", "survey_basis")
)
def by_group(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The level of each group of units in each dimension."""
    survey = read_survey(reader, chosen, say)
    if survey is None:
        return nobody_answered(say)
    aggregation = aggregation_choice(chosen, say)
    lines = _lines(survey, aggregation.chosen, say)
    groups = list(lines[0].scores)
    told = [group for group in groups if any(line.levels[group] is not None for line in lines)]
    levels = (survey.model.lowest, survey.model.highest)
    message = _message(lines, say)
    sentences = [who_answered(survey.scores, say)]
    if without := [say(f"maturity.group.{group}") for group in groups if group not in told]:
        sentences.append(say("maturity.groups.left_out", groups=listing(without, say)))
    if any(score.withheld for line in lines for score in line.scores.values()):
        sentences.append(say("maturity.withheld_note"))
    signs = ", ".join(say(f"maturity.sign_{group}") for group in told)
    return Draft(
        message=message,
        columns=_columns(groups, say),
        rows=tuple(_row(line, say) for line in lines),
        unit=say("maturity.profile.unit", lowest=str(levels[0]), highest=str(levels[1]), signs=signs),
        chart=lambda tokens: level_chart([_drawn(line, told, say) for line in lines], levels, tokens),
        alt=say("maturity.profile.alt", message=message, n=len(lines) - 1),
        note=" ".join(sentences),
        options=(survey.options[0], aggregation, *survey.options[1:]),
    )


def _lines(survey: Survey, aggregation: str, say: Words) -> list[GroupedLine]:
    scores = survey.scores
    groups = dict.fromkeys(group for group, _ in scores.groups)
    return [
        GroupedLine(
            key,
            dimension_title(key, scores.dimensions, say),
            {group: scores.groups[group, key] for group in groups},
            {group: shown_level(level_by(scores.groups[group, key], aggregation)) for group in groups},
        )
        for key in survey.keys
    ]


def _columns(groups: Sequence[str], say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("dimension", heading(Criterion, "dimension", say)),
        *(TableColumn(group, say(f"maturity.group.{group}"), "number") for group in groups),
        TableColumn("difference", say("maturity.difference"), "number", help=say("maturity.difference_help")),
        *(
            TableColumn(f"{group}_units", say("maturity.units_of", group=say(f"maturity.group.{group}")), "whole")
            for group in groups
        ),
        TableColumn("remark", say("maturity.remark")),
    )


def _row(line: GroupedLine, say: Words) -> Row:
    without = [
        f"{say(f'maturity.group.{group}')}: {why_none(line.scores[group], say)}"
        for group, level in line.levels.items()
        if level is None
    ]
    return (
        line.title,
        *line.levels.values(),
        line.difference,
        *(None if score.withheld else score.units for score in line.scores.values()),
        "; ".join(without) or None,
    )


def _drawn(line: GroupedLine, told: Sequence[str], say: Words) -> LevelRow:
    texts = {
        say(f"maturity.group.{group}"): said(line.scores[group], level, say) for group, level in line.levels.items()
    }
    details = {heading(Criterion, "dimension", say): line.title, **texts}
    known = {group: float(level) for group, level in line.levels.items() if level is not None}
    difference = line.difference
    return LevelRow(
        label=line.title,
        value="" if difference is None else said_change(difference, say),
        details=" · ".join(
            say(f"maturity.with_{group}", level=said(line.scores[group], line.levels[group], say)) for group in told
        ),
        marks=tuple(LevelMark(_MARKS[group], level, details) for group, level in known.items()),
        way=(min(known.values()), max(known.values())) if len(known) > 1 else None,
        strong=line.key == OVERALL,
    )


def _message(lines: Sequence[GroupedLine], say: Words) -> str:
    compared = [(line.difference, line) for line in lines if line.difference is not None]
    if not compared:
        return say("maturity.groups.none")
    parts = []
    if (overall := lines[0].difference) is not None:
        order = "same" if not overall else "above" if overall > 0 else "below"
        parts.append(say(f"maturity.groups.{order}", difference=number(abs(overall), say.lang, 1)))
    single = [(difference, line) for difference, line in compared if line.key != OVERALL]
    if single:
        parts.append(_widest(single, say))
    return " ".join(parts)


def _widest(compared: Sequence[tuple[Decimal, GroupedLine]], say: Words) -> str:
    """The dimension in which the groups lie furthest apart, or all of them where several do."""
    widest = max(abs(difference) for difference, _ in compared)
    found = [(difference, line) for difference, line in compared if abs(difference) == widest]
    if not widest:
        return say("maturity.groups.equal", n=len(found))
    if len(found) > 1:
        titles = quoted([line.title for _, line in found], say)
        return say("maturity.groups.widest_several", titles=titles, difference=number(widest, say.lang, 1))
    difference, line = found[0]
    return say(
        "maturity.groups.widest",
        title=line.title,
        company=number(line.levels["company"], say.lang, 1),
        administration=number(line.levels["administration"], say.lang, 1),
        difference=said_change(difference, say),
    )
