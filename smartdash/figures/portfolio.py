"""All programmes at a glance."""

from __future__ import annotations

from dataclasses import replace

from smartdash.analysis.schedule import current_phase
from smartdash.analysis.status import Status
from smartdash.charts.portfolio import programme_periods
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.standings import (
    cycle_progress,
    read_impediments,
    read_key_results,
    read_milestones,
    read_phases,
    read_plan,
    running_cycle,
)
from smartdash.locale import Words
from smartdash.locale.numbers import day, day_range
from smartdash.model.declare import fields
from smartdash.model.shared import Programme
from smartdash.model.spending import Contract
from smartdash.store import Reader


@figure("portfolio.programmes", page="start")
def programmes(reader: Reader, say: Words) -> Draft:
    """Every programme with its period, phase, late milestones, plan and progress.

    A programme with an as-of date of its own is read as of that date, or of the chosen one if it is earlier.
    """
    found = reader.programmes()
    rows = tuple(_row(reader, programme, say) for programme in found)
    real = sum(not programme.demo for programme in found)
    late = sum(bool(row[6]) for row in rows)
    message = say("portfolio.message", n=len(found), real=str(real))
    if late:
        message += " " + say("portfolio.message_late", n=late)
    return Draft(
        message=message if found else say("portfolio.empty"),
        columns=_columns(say),
        rows=rows,
        unit=say("portfolio.unit"),
        chart=(
            lambda colours: programme_periods(
                [_bar(programme, say) for programme in found if programme.start and programme.end],
                colours,
                as_of=reader.scope.as_of,
                as_of_word=say("portfolio.as_of_word", day=day(reader.scope.as_of, say.lang)),
            )
        )
        if any(programme.start and programme.end for programme in found)
        else None,
        alt=say("portfolio.alt", n=len(found)),
        note=say("portfolio.note"),
    )


def _bar(programme: Programme, say: Words) -> dict[str, object]:
    demo = f" · {say('common.demo')}" if programme.demo else ""
    return {
        "title": f"{programme.municipality_name}: {programme.title}{demo}",
        "start": programme.start,
        "end": programme.end,
        "period": day_range(programme.start, programme.end, say.lang),
        "demo": programme.demo,
    }


def _columns(say: Words) -> tuple[TableColumn, ...]:
    label = {field.name: field.column.label(say.lang) for field in fields(Programme)}
    return (
        TableColumn("programme", label["title"]),
        TableColumn("municipality", label["municipality_name"]),
        TableColumn("kind", label["kind"]),
        TableColumn("start", label["start"], "day"),
        TableColumn("end", label["end"], "day"),
        TableColumn("phase", say("portfolio.phase")),
        TableColumn("late_milestones", say("portfolio.late_milestones"), "whole"),
        TableColumn("cost", say("portfolio.cost"), "money"),
        TableColumn("contracts", say("portfolio.contracts"), "money"),
        TableColumn("progress", say("portfolio.progress"), "percent"),
        TableColumn("impediments", say("portfolio.impediments"), "whole"),
        TableColumn("as_of", say("portfolio.as_of"), "day"),
        TableColumn("demo", say("common.demo"), "flag"),
    )


def reader_of(reader: Reader, programme: Programme) -> Reader:
    """A reader of another programme, as of its own as-of date or the chosen one, whichever is earlier."""
    as_of = min(filter(None, (programme.default_as_of, reader.scope.as_of)))
    return reader.beside(replace(reader.scope, programme=programme.key, as_of=as_of))


def _row(reader: Reader, programme: Programme, say: Words) -> Row:
    own = reader_of(reader, programme)
    as_of = own.scope.as_of
    milestones = read_milestones(own)
    phase = current_phase(read_phases(own, milestones), as_of)
    late = [item for item in milestones if item.status in (Status.AT_RISK, Status.CRITICAL)]
    plan = read_plan(own)
    contracts = [contract.gross for contract in own.all(Contract)]
    progress = cycle_progress(read_key_results(own), running_cycle(own))
    impediments = [item for item in read_impediments(own) if item.open]
    return (
        programme.title,
        programme.municipality_name,
        programme.kind.label(say.lang),
        programme.start,
        programme.end,
        phase.phase.title if phase else None,
        len(late) if milestones else None,
        plan.cost if plan else None,
        sum(contracts) if contracts else None,
        progress.value,
        len(impediments) if impediments else None,
        as_of,
        programme.demo,
    )
