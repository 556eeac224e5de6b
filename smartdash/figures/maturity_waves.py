"""The figure about the course between survey waves: how each dimension changed among those who took part in both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from smartdash.analysis.survey_scores import OVERALL
from smartdash.charts.slopes import SlopeLine, Stretch, slope_chart
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.surveys import (
    Survey,
    dimension_title,
    nobody_answered,
    points,
    read_survey,
    said_change,
    shown_level,
)
from smartdash.locale import Words
from smartdash.locale.numbers import month, number
from smartdash.model.maturity import Criterion
from smartdash.store import Reader
from smartdash.store.survey_results import panel_scores, survey_scores

MOST_LINES = 12
"""So many lines can be told apart; of more, those that changed most."""


@dataclass(frozen=True, slots=True)
class Step:
    """A dimension, or all of them, from one wave to the next: levels and points (0 to 100) as they are shown.

    `units` took part in both waves; None where the two do not really compare, because the models or the units differ.
    """

    place: int
    line: tuple[str, str]
    title: str
    before: Decimal
    after: Decimal
    before_points: Decimal
    after_points: Decimal
    units: int | None

    @property
    def change(self) -> Decimal:
        """The difference of the shown points."""
        return self.after_points - self.before_points


@figure("maturity.waves", page="maturity", needs=("survey_wave",), options=("survey_basis",))
def waves(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The score of each dimension from wave to wave, over the units that took part in both."""
    newest = read_survey(reader, chosen, say)
    if newest is None:
        return nobody_answered(say)
    surveys = [
        Survey(newest.waves, survey_scores(reader, wave, newest.basis), newest.basis, ()) for wave in newest.waves
    ]
    steps = [
        step
        for place in range(len(surveys) - 1)
        for step in _steps(reader, surveys[place], surveys[place + 1], place, say)
    ]
    if not steps:
        message = "maturity.waves.single" if len(surveys) == 1 else "maturity.waves.none"
        return Draft(say(message, wave=newest.wave.title), (), (), options=newest.options[1:])
    lines = drawn_lines(steps)
    stops = [month(survey.wave.end, say.lang).replace(" ", "\n") for survey in surveys]
    message = _message(steps, surveys, say)
    return Draft(
        message=message,
        columns=_columns(say),
        rows=tuple(_row(step, surveys, say) for step in steps),
        unit=say("maturity.waves.unit"),
        chart=lambda tokens: slope_chart([_drawn(line, surveys, say) for line in lines], stops, tokens),
        alt=say("maturity.waves.alt", message=message, n=len(lines)),
        note=_note(steps, lines, surveys, say),
        options=newest.options[1:],
    )


def _steps(reader: Reader, earlier: Survey, later: Survey, place: int, say: Words) -> list[Step]:
    """The steps between two waves over the units that took part in both.

    Where there are none, or their result is withheld, those of all units, as not comparable; of another model only the
    whole can stand beside it.
    """
    panel = panel_scores(reader, later.wave, earlier.wave, later.basis)
    same_model = later.model.key == earlier.model.key
    steps = []
    for key in later.keys if same_model else (OVERALL,):
        now, then, units = later.scores.city[key], earlier.scores.city[key], None
        if panel and not (panel[0][key].withheld or panel[1][key].withheld):
            now, then, units = panel[0][key], panel[1][key], len(panel[2])
        before, after = shown_level(then.mean), shown_level(now.mean)
        before_points, after_points = points(then.mean, earlier.model), points(now.mean, later.model)
        if before is None or after is None or before_points is None or after_points is None:
            continue
        line = (later.model.key if key else "", key)
        title = dimension_title(key, later.scores.dimensions, say)
        steps.append(Step(place, line, title, before, after, before_points, after_points, units))
    return steps


def drawn_lines(steps: Sequence[Step]) -> list[tuple[Step, ...]]:
    """The steps by line; of more than `MOST_LINES` lines the whole and those whose last step changed most."""
    by_line: dict[tuple[str, str], list[Step]] = {}
    for step in steps:
        by_line.setdefault(step.line, []).append(step)
    lines = [tuple(own) for own in by_line.values()]
    kept = sorted(lines, key=lambda line: (line[0].line[1] != OVERALL, -abs(line[-1].change)))[:MOST_LINES]
    return [line for line in lines if line in kept]


def _columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("dimension", heading(Criterion, "dimension", say)),
        TableColumn("from", say("maturity.waves.from")),
        TableColumn("to", say("maturity.waves.to")),
        TableColumn("before", say("maturity.waves.level_before"), "number"),
        TableColumn("after", say("maturity.waves.level_after"), "number"),
        TableColumn("before_points", say("maturity.waves.points_before"), "number"),
        TableColumn("after_points", say("maturity.waves.points_after"), "number"),
        TableColumn("change", say("maturity.waves.change"), "number"),
        TableColumn("units", say("maturity.waves.units"), "whole"),
        TableColumn("remark", say("maturity.remark")),
    )


def _row(step: Step, surveys: Sequence[Survey], say: Words) -> Row:
    return (
        step.title,
        surveys[step.place].wave.title,
        surveys[step.place + 1].wave.title,
        step.before,
        step.after,
        step.before_points,
        step.after_points,
        step.change,
        step.units,
        None if step.units is not None else say("maturity.waves.not_comparable"),
    )


def _drawn(line: Sequence[Step], surveys: Sequence[Survey], say: Words) -> SlopeLine:
    last = line[-1]
    parts = []
    for step in line:
        levels = number(step.before, say.lang, 1), number(step.after, say.lang, 1)
        details = {
            heading(Criterion, "dimension", say): step.title,
            say("maturity.waves.from"): surveys[step.place].wave.title,
            say("maturity.waves.to"): surveys[step.place + 1].wave.title,
            say("maturity.level"): " → ".join(levels),
            say("maturity.waves.change"): said_change(step.change, say),
            say("maturity.waves.units"): number(step.units, say.lang),
        }
        ends = float(step.before_points), float(step.after_points)
        parts.append(Stretch(step.place, step.place + 1, *ends, step.units is None, details))
    name = say(
        "maturity.waves.name",
        points=number(last.after_points, say.lang, 1),
        change=said_change(last.change, say),
        title=last.title,
    )
    begins = number(line[0].before_points, say.lang, 1)
    return SlopeLine(name, begins, tuple(parts), float(last.change), last.line[1] == OVERALL)


def _message(steps: Sequence[Step], surveys: Sequence[Survey], say: Words) -> str:
    """What changed in the last step between waves."""
    place = steps[-1].place
    own = [step for step in steps if step.place == place]
    names: dict[str, Any] = {"before": surveys[place].wave.title, "after": surveys[place + 1].wave.title}
    parts = []
    if whole := next((step for step in own if step.line[1] == OVERALL), None):
        direction = (
            "dashed" if whole.units is None else "up" if whole.change > 0 else "down" if whole.change else "same"
        )
        values = {"change": said_change(whole.change, say), **_both(whole, say), **names}
        parts.append(say(f"maturity.waves.whole_{direction}", **values))
    compared = [step for step in own if step.line[1] != OVERALL and step.units is not None]
    if compared:
        up, down = (sum(sign * step.change > 0 for step in compared) for sign in (1, -1))
        most = max(compared, key=lambda step: abs(step.change))
        counts: dict[str, Any] = {"up": number(up, say.lang), "down": number(down, say.lang)}
        parts.append(say("maturity.waves.counted", n=len(compared), **counts))
        if most.change:
            parts.append(say("maturity.waves.most", title=most.title, change=said_change(most.change, say)))
    return " ".join(parts)


def _both(step: Step, say: Words) -> dict[str, Any]:
    return {"first": number(step.before_points, say.lang, 1), "last": number(step.after_points, say.lang, 1)}


def _note(steps: Sequence[Step], lines: Sequence[Sequence[Step]], surveys: Sequence[Survey], say: Words) -> str:
    sentences = []
    for place, (earlier, later) in enumerate(pairwise(surveys)):
        own = [step for step in steps if step.place == place]
        names: dict[str, Any] = {"before": earlier.wave.title, "after": later.wave.title}
        panel = [step.units for step in own if step.units is not None]
        if panel:
            sentences.append(say("maturity.waves.panel", n=panel[0], **names))
        if not own:
            sentences.append(say("maturity.waves.nothing", **names))
        elif earlier.model.key != later.model.key:
            sentences.append(say("maturity.waves.other_model", **names))
        elif len(panel) < len(own):
            sentences.append(say("maturity.waves.other_units", **names))
    all_lines = len({step.line for step in steps})
    if len(lines) < all_lines:
        sentences.append(say("maturity.waves.condensed", drawn=number(len(lines), say.lang), n=all_lines))
    return " ".join(sentences)
