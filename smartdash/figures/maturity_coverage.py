"""The figure about how complete a survey is: answered, not known, missing, not applicable, and with evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.survey_scores import COVERAGE_NEEDED, OVERALL, Score
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.tokens import Tokens
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.surveys import dimension_title, nobody_answered, read_survey
from smartdash.locale import Words
from smartdash.locale.numbers import number, percent
from smartdash.model.maturity import Criterion
from smartdash.model.surveys import ResponseState
from smartdash.store import Reader
from smartdash.store.survey_results import turnout


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """A dimension, or all of them, with its single answers by their state."""

    key: str
    title: str
    score: Score

    @property
    def counts(self) -> dict[ResponseState, int]:
        """Single answers by state."""
        score = self.score
        return {
            ResponseState.ANSWERED: score.answered,
            ResponseState.DO_NOT_KNOW: score.do_not_know,
            ResponseState.MISSING: score.missing,
            ResponseState.NOT_APPLICABLE: score.not_applicable,
        }

    @property
    def evidenced(self) -> Decimal | None:
        """The share of the answers that name evidence."""
        return Decimal(self.score.evidenced) / self.score.answered if self.score.answered else None


@figure("maturity.coverage", page="maturity", needs=("survey_wave",), options=("survey_wave",))
def coverage(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The states of the answers in each dimension, who took part, and how many answers name evidence."""
    survey = read_survey(reader, chosen, say)
    if survey is None:
        return nobody_answered(say)
    lines = [
        CoverageLine(key, dimension_title(key, survey.scores.dimensions, say), survey.scores.city[key])
        for key in survey.keys
    ]
    message = _message(lines, turnout(reader, survey.wave), say)
    sentences = [say("maturity.coverage.note", needed=percent(COVERAGE_NEEDED, say.lang, 0))]
    if any(line.score.withheld for line in lines):
        sentences.append(say("maturity.withheld_note"))
    return Draft(
        message=message,
        columns=_columns(say),
        rows=tuple(_row(line) for line in lines),
        unit=say("maturity.coverage.unit"),
        chart=lambda tokens: bar_chart([_bar(line, tokens, say) for line in lines], tokens, _legend(tokens, say)),
        alt=say("maturity.coverage.alt", message=message, n=len(lines) - 1),
        note=" ".join(sentences),
        options=survey.options[:1],
    )


def _columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("dimension", heading(Criterion, "dimension", say)),
        TableColumn("coverage", say("maturity.coverage"), "percent"),
        *(TableColumn(state.value, state.label(say.lang), "whole") for state in _order()),
        TableColumn("evidenced", say("maturity.evidenced"), "percent"),
        TableColumn("withheld", say("maturity.withheld"), "flag"),
    )


def _order() -> tuple[ResponseState, ...]:
    return (
        ResponseState.ANSWERED,
        ResponseState.DO_NOT_KNOW,
        ResponseState.MISSING,
        ResponseState.NOT_APPLICABLE,
    )


def _row(line: CoverageLine) -> Row:
    if line.score.withheld:
        return (line.title, *[None] * 6, True)
    return (line.title, line.score.coverage, *(line.counts[state] for state in _order()), line.evidenced, False)


def _fills(tokens: Tokens) -> dict[ResponseState, str]:
    fills = (tokens.actual_fill, tokens.forecast_fill, "", tokens.axis)
    return dict(zip(_order(), fills, strict=True))


def _legend(tokens: Tokens, say: Words) -> dict[str, str]:
    return {state.label(say.lang): fill for state, fill in _fills(tokens).items()}


def _bar(line: CoverageLine, tokens: Tokens, say: Words) -> Bar:
    total = sum(line.counts.values())
    fills = _fills(tokens)
    shares = {state: count / total if total else 0.0 for state, count in line.counts.items()}
    value = say(
        "maturity.coverage.value",
        coverage=percent(line.score.coverage, say.lang, 0),
        evidenced=percent(line.evidenced, say.lang, 0),
    )
    details = {
        heading(Criterion, "dimension", say): line.title,
        **{state.label(say.lang): number(line.counts[state], say.lang) for state in _order()},
    }
    return Bar(
        line.title,
        tuple(Part(shares[state], fills[state]) for state in _order()),
        say("maturity.withheld") if line.score.withheld else value,
        details,
        strong=line.key == OVERALL,
    )


def _message(lines: Sequence[CoverageLine], taken_part: tuple[int, int, int, int], say: Words) -> str:
    units_asked, units, asked, answered = taken_part
    parts = [
        say(
            "maturity.coverage.message",
            answered=number(answered, say.lang),
            n=asked,
            share=percent(Decimal(answered) / asked if asked else None, say.lang, 0),
            units=number(units, say.lang),
            units_asked=number(units_asked, say.lang),
        )
    ]
    known = [line for line in lines if line.key != OVERALL and line.score.coverage is not None]
    if known:
        least = min(known, key=lambda line: line.score.coverage or Decimal(0))
        if (covered := least.score.coverage or Decimal(0)) < 1:
            parts.append(say("maturity.coverage.least", title=least.title, coverage=percent(covered, say.lang, 0)))
    if (evidenced := lines[0].evidenced) is not None:
        parts.append(say("maturity.coverage.evidence", share=percent(evidenced, say.lang, 0)))
    return " ".join(parts)
