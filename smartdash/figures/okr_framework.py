"""The figure of what a programme fixed for its OKR before there are objectives: fields of work, goals and cycles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from smartdash.charts.rows import heat_table
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading, listing
from smartdash.locale import Words
from smartdash.locale.numbers import day_range, number
from smartdash.model.check_ins import CheckIn
from smartdash.model.declare import AREAS, Record
from smartdash.model.okr import Cycle, KeyResult, Objective
from smartdash.model.shared import FieldOfWork
from smartdash.model.workshops import ElementLevel, StrategyElement
from smartdash.store import Reader

_CONTENT: tuple[type[Record], ...] = (Objective, KeyResult, CheckIn)


@figure("okr.framework", page="okr", needs=("cycle",))
def framework(reader: Reader, say: Words) -> Draft:
    """Fields of work, goals and cycles with the objectives set for them, and what has to be brought in."""
    cycles = sorted(reader.all(Cycle), key=lambda item: item.start)
    fields = reader.all(FieldOfWork)
    goals = [item for item in reader.all(StrategyElement) if item.level is ElementLevel.GOAL]
    objectives = reader.all(Objective)
    message = _message(fields, goals, cycles, objectives, say)
    labels, cells = _cells(fields, cycles, objectives, say)
    titles = [cycle.title for cycle in cycles]
    tooltips = [
        ("field", FieldOfWork.sheet.label(say.lang)),
        ("column", heading(Cycle, "title", say)),
        ("text", Objective.sheet.label(say.lang)),
    ]
    return Draft(
        message=message,
        columns=(
            TableColumn("part", say("okr.framework.part")),
            TableColumn("title", heading(FieldOfWork, "title", say)),
            TableColumn("description", heading(StrategyElement, "description", say)),
            TableColumn("objectives", Objective.sheet.label(say.lang), "whole"),
        ),
        rows=_rows(fields, goals, cycles, objectives, say),
        unit=say("okr.framework.unit"),
        chart=(lambda tokens: heat_table(labels, titles, cells, tokens, tooltips)) if labels else None,
        alt=message,
        note=" ".join(filter(None, ("" if objectives else _goals(goals, say), _missing(reader, say)))),
    )


def _message(
    fields: Sequence[FieldOfWork],
    goals: Sequence[StrategyElement],
    cycles: Sequence[Cycle],
    objectives: Sequence[Objective],
    say: Words,
) -> str:
    counts = [
        (len(fields), "okr.framework.fields"),
        (len(goals), "okr.framework.goals"),
        (len(cycles), "okr.framework.cycles"),
    ]
    parts = listing([say(message, n=count) for count, message in counts if count], say)
    if objectives:
        return say("okr.framework.filled", parts=parts, n=len(objectives))
    return say("okr.framework.empty", parts=parts)


def _goals(goals: Sequence[StrategyElement], say: Words) -> str:
    if not goals:
        return ""
    return say("okr.framework.goal_list", n=len(goals), goals=listing([f"„{goal.title}“" for goal in goals], say))


def _missing(reader: Reader, say: Words) -> str:
    """Which sheets are empty, in which area of the page about data they belong."""
    sheets = [record.sheet for record in _CONTENT if not reader.holds(record)]
    if not sheets:
        return ""
    area = AREAS[sheets[0].area].label(say.lang)
    return say("okr.framework.missing", sheets=listing([sheet.label(say.lang) for sheet in sheets], say), area=area)


def _cells(
    fields: Sequence[FieldOfWork], cycles: Sequence[Cycle], objectives: Sequence[Objective], say: Words
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    names: dict[str | None, str] = {field.key: field.title for field in fields}
    if any(item.field_of_work is None for item in objectives):
        names[None] = say("okr.fields.none")
    counts = Counter((item.field_of_work, item.cycle) for item in objectives)
    most = max(counts.values(), default=1)
    cells: list[dict[str, object]] = [
        {
            "row": place,
            "field": name,
            "column": cycle.title,
            "text": number(counts[key, cycle.key], say.lang),
            "share": counts[key, cycle.key] / most if counts[key, cycle.key] else None,
        }
        for place, (key, name) in enumerate(names.items())
        for cycle in cycles
    ]
    return [{"label": name} for name in names.values()], cells


def _rows(
    fields: Sequence[FieldOfWork],
    goals: Sequence[StrategyElement],
    cycles: Sequence[Cycle],
    objectives: Sequence[Objective],
    say: Words,
) -> tuple[Row, ...]:
    of_field = Counter(item.field_of_work for item in objectives)
    of_cycle = Counter(item.cycle for item in objectives)
    goal = ElementLevel.GOAL.label(say.lang)
    return (
        *((FieldOfWork.sheet.label(say.lang), item.title, item.target_state, of_field[item.key]) for item in fields),
        *((goal, item.title, item.description, None) for item in goals),
        *(
            (Cycle.sheet.label(say.lang), item.title, day_range(item.start, item.end, say.lang), of_cycle[item.key])
            for item in cycles
        ),
    )
