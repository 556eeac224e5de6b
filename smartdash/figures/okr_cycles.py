"""Figures about what cycles reached: attainment by cycle, and by field of work over the cycles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartdash.analysis.key_result_status import effective_state
from smartdash.analysis.okr import KeyResultStanding, RollUp, attainment, clamp
from smartdash.analysis.status import thresholds
from smartdash.charts.okr import attainment_bars
from smartdash.charts.rows import heat_table
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.standings import read_key_results
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import number, percent
from smartdash.model.okr import Cycle, KeyResult, Objective
from smartdash.model.shared import FieldOfWork
from smartdash.store import Reader


@dataclass(frozen=True, slots=True)
class _CycleStanding:
    cycle: Cycle
    standings: list[KeyResultStanding]
    progress: RollUp
    score: RollUp

    @property
    def final(self) -> bool:
        """Whether final scores say how the cycle ended."""
        return self.score.value is not None


@figure("okr.cycles", page="quarters", needs=("cycle",))
def cycles(reader: Reader, say: Words) -> Draft:
    """Every cycle with its mean final score, or its progress while there are no scores."""
    known = _cycles(reader)
    objectives = reader.all(Objective)
    rows = tuple(_cycle_row(item, objectives, reader.scope.as_of, say) for item in known)
    columns = _cycle_columns(say)
    if not objectives:
        titles = [item.cycle.title for item in known]
        return Draft(say("okr.cycles.empty", n=len(known), first=titles[0], last=titles[-1]), columns, rows)
    filled = [item for item in known if item.standings]
    shown = [_cycle_bar(item, item.cycle.start <= reader.scope.as_of, say) for item in filled]
    tooltips = [("label", heading(Cycle, "title", say)), ("value_text", say("okr.attainment"))]
    message = _cycles_message(known, say)
    return Draft(
        message=message,
        columns=columns,
        rows=rows,
        unit=say("okr.cycles.unit"),
        chart=(lambda tokens: attainment_bars(shown, tokens, tooltips)) if filled else None,
        alt=message,
        note=say("okr.cycles.note"),
    )


def _cycles(reader: Reader) -> list[_CycleStanding]:
    standings = read_key_results(reader)
    found = []
    for cycle in sorted(reader.all(Cycle), key=lambda item: item.start):
        own = [item for item in standings if item.cycle.key == cycle.key]
        progress = attainment((item, None if item.progress is None else clamp(item.progress)) for item in own)
        found.append(_CycleStanding(cycle, own, progress, attainment((item, item.score) for item in own)))
    return found


def _cycles_message(known: Sequence[_CycleStanding], say: Words) -> str:
    scored = [item for item in known if item.final]
    running = [item for item in known if not item.final and item.progress.value is not None]
    sentences = []
    if scored:
        last = scored[-1]
        sentences.append(
            say(
                "okr.cycles.scored",
                cycle=last.cycle.title,
                score=number(last.score.value, say.lang, 2),
                count=number(sum(item.score is not None for item in last.standings), say.lang),
                total=number(len(last.standings), say.lang),
            )
        )
    if running:
        last = running[-1]
        progress = percent(last.progress.value, say.lang, 0)
        sentences.append(say("okr.cycles.running", cycle=last.cycle.title, progress=progress))
    return " ".join(sentences) or say("okr.cycles.silent", n=len(known))


def _cycle_columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        column(Cycle, "title", say.lang),
        column(Cycle, "start", say.lang, "day"),
        column(Cycle, "end", say.lang, "day"),
        column(Cycle, "state", say.lang),
        TableColumn("objectives", Objective.sheet.label(say.lang), "whole"),
        TableColumn("key_results", KeyResult.sheet.label(say.lang), "whole"),
        TableColumn("with_check_in", say("okr.with_check_in"), "whole"),
        TableColumn("scored", say("okr.scored"), "whole"),
        TableColumn("score", say("okr.mean_score"), "number"),
        TableColumn("score_coverage", say("okr.score_coverage"), "percent"),
        TableColumn("progress", say("okr.progress"), "percent"),
        TableColumn("coverage", say("okr.coverage"), "percent"),
    )


def _cycle_row(item: _CycleStanding, objectives: Sequence[Objective], as_of: date, say: Words) -> Row:
    return (
        item.cycle.title,
        item.cycle.start,
        item.cycle.end,
        effective_state(item.cycle, as_of).label(say.lang),
        sum(objective.cycle == item.cycle.key for objective in objectives),
        len(item.standings),
        sum(standing.check_in is not None for standing in item.standings),
        sum(standing.score is not None for standing in item.standings),
        None if item.score.value is None else round(item.score.value, 2),
        item.score.coverage if item.standings else None,
        item.progress.value,
        item.progress.coverage if item.standings else None,
    )


def _cycle_bar(item: _CycleStanding, begun: bool, say: Words) -> dict[str, object]:
    value = item.score.value if item.final else item.progress.value
    if item.final:
        text = say("okr.score_text", score=number(value, say.lang, 2))
    elif value is not None:
        text = say("okr.progress_text", progress=percent(value, say.lang, 0))
    else:
        text = say("okr.no_report" if begun else "okr.not_begun")
    return {
        "label": item.cycle.title,
        "value": None if value is None else float(value),
        "value_text": text,
        "final": item.final,
    }


@figure("okr.fields", page="quarters", needs=("objective",))
def fields_over_cycles(reader: Reader, say: Words) -> Draft:
    """Attainment of each field of work in each cycle that has objectives."""
    known = [item for item in _cycles(reader) if item.standings and item.cycle.start <= reader.scope.as_of]
    titles: dict[str | None, str] = {field.key: field.title for field in reader.all(FieldOfWork)}
    used = {standing.objective.field_of_work for item in known for standing in item.standings}
    names = dict(titles)
    if None in used:
        names[None] = say("okr.fields.none")
    values = {(key, item.cycle.key): _field_value(item, _in_field(key)) for key in names for item in known}
    rows = tuple(
        _field_row(name, key, item, values[key, item.cycle.key]) for key, name in names.items() for item in known
    )
    columns = [item.cycle.title for item in known]
    cells = [
        _field_cell(place, name, item, values[key, item.cycle.key], say)
        for place, (key, name) in enumerate(names.items())
        for item in known
    ]
    tooltips = [
        ("field", FieldOfWork.sheet.label(say.lang)),
        ("column", heading(Cycle, "title", say)),
        ("text", say("okr.attainment")),
        ("coverage", say("okr.coverage")),
    ]
    message = _fields_message(known, names, values, say)
    return Draft(
        message=message,
        columns=_field_columns(say),
        rows=rows,
        unit=say("okr.fields.unit"),
        chart=(lambda tokens: heat_table(_labels(names), columns, cells, tokens, tooltips)) if cells else None,
        alt=message,
        note=say("okr.fields.note"),
    )


def _labels(names: dict[str | None, str]) -> list[dict[str, object]]:
    return [{"label": name} for name in names.values()]


def _in_field(key: str | None) -> Callable[[KeyResultStanding], bool]:
    return lambda standing: standing.objective.field_of_work == key


def _field_value(item: _CycleStanding, belongs: Callable[[KeyResultStanding], bool]) -> RollUp:
    own = [standing for standing in item.standings if belongs(standing)]
    if item.final:
        return attainment((standing, standing.score) for standing in own)
    return attainment((standing, None if standing.progress is None else clamp(standing.progress)) for standing in own)


def _enough(value: RollUp, item: _CycleStanding) -> Decimal | None:
    return value.value if value.coverage >= thresholds(item.cycle.end).coverage else None


def _field_columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("field", FieldOfWork.sheet.label(say.lang)),
        column(Cycle, "title", say.lang),
        TableColumn("score", say("okr.mean_score"), "number"),
        TableColumn("progress", say("okr.progress"), "percent"),
        TableColumn("coverage", say("okr.coverage"), "percent"),
    )


def _field_row(name: str, key: str | None, item: _CycleStanding, value: RollUp) -> Row:
    used = any(_in_field(key)(standing) for standing in item.standings)
    score = None if value.value is None or not item.final else round(value.value, 2)
    return (name, item.cycle.title, score, None if item.final else value.value, value.coverage if used else None)


def _field_cell(place: int, name: str, item: _CycleStanding, value: RollUp, say: Words) -> dict[str, object]:
    reached = _enough(value, item)
    text = number(reached, say.lang, 2) if item.final else percent(reached, say.lang, 0)
    return {
        "row": place,
        "field": name,
        "column": item.cycle.title,
        "text": text,
        "share": None if reached is None else float(reached),
        "coverage": percent(value.coverage, say.lang, 0),
    }


def _fields_message(
    known: Sequence[_CycleStanding],
    names: dict[str | None, str],
    values: dict[tuple[str | None, str], RollUp],
    say: Words,
) -> str:
    for item in reversed(known):
        reached = {
            names[key]: found for key in names if (found := _enough(values[key, item.cycle.key], item)) is not None
        }
        if not reached:
            continue
        ordered = sorted(reached, key=lambda name: reached[name])
        texts = {
            name: number(value, say.lang, 2) if item.final else percent(value, say.lang, 0)
            for name, value in reached.items()
        }
        if reached[ordered[0]] == reached[ordered[-1]]:
            return say("okr.fields.same", n=len(ordered), cycle=item.cycle.title, value=texts[ordered[0]])
        return say(
            "okr.fields.message",
            cycle=item.cycle.title,
            best=ordered[-1],
            high=texts[ordered[-1]],
            worst=ordered[0],
            low=texts[ordered[0]],
        )
    return say("okr.fields.silent")
