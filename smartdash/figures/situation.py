"""The situation of a programme: what needs attention, and how the fields of work stand."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from smartdash.analysis.attention import Item, attention
from smartdash.analysis.key_results import expected_progress
from smartdash.analysis.okr import KeyResultStanding, objective_progress
from smartdash.analysis.schedule import deliverable_standings
from smartdash.analysis.status import Status, worst
from smartdash.charts.situation import field_progress
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.standings import (
    read_impediments,
    read_key_results,
    read_milestones,
    read_phases,
    running_cycle,
    unit_names,
)
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, percent
from smartdash.model.projects import Project, StatusReport
from smartdash.model.schedule import Deliverable, DeliverableContent
from smartdash.model.shared import FieldOfWork
from smartdash.store import Reader


@figure("situation.attention", page="situation")
def needs_attention(reader: Reader, say: Words) -> Draft:
    """What is late or at risk, who must act, and the next step."""
    as_of = reader.scope.as_of
    milestones = read_milestones(reader)
    items = attention(
        phases=read_phases(reader, milestones),
        milestones=milestones,
        deliverables=deliverable_standings(reader.all(Deliverable), reader.all(DeliverableContent), as_of),
        key_results=read_key_results(reader),
        impediments=read_impediments(reader),
        reports=reader.all(StatusReport),
        projects=reader.all(Project),
        units=unit_names(reader),
        as_of=as_of,
    )
    return Draft(
        message=_attention_message(items, say),
        columns=(
            TableColumn("status", say("situation.status"), "status"),
            TableColumn("subject", say("situation.subject")),
            TableColumn("title", say("situation.title")),
            TableColumn("due", say("situation.due"), "day"),
            TableColumn("days_late", say("situation.days_late"), "whole"),
            TableColumn("who", say("situation.who")),
            TableColumn("step", say("situation.step")),
        ),
        rows=tuple(_attention_row(item, reader, say) for item in items),
        unit=say("situation.attention_unit"),
        note=say("situation.attention_note"),
    )


def _attention_row(item: Item, reader: Reader, say: Words) -> Row:
    subject = say(f"situation.subject_{item.subject}")
    whole = reader.programme.title if reader.programme else reader.scope.programme
    return (item.status.value, subject, item.title or whole, item.due, item.days_late, item.who, item.step)


def _attention_message(items: list[Item], say: Words) -> str:
    if not items:
        return say("situation.nothing")
    count = Counter(item.status for item in items)
    reported = len(items) - count[Status.UNKNOWN]
    if not reported:
        return say("situation.only_silent", n=len(items))
    return say("situation.attention_message", n=reported, critical=str(count[Status.CRITICAL]))


@figure("situation.fields", page="situation", needs=("field_of_work",))
def fields_of_work(reader: Reader, say: Words) -> Draft:
    """Each field of work with the progress of the running cycle, its projects and its worst status."""
    fields = reader.all(FieldOfWork)
    cycle = running_cycle(reader)
    standings = [item for item in read_key_results(reader) if cycle and item.cycle.key == cycle.key]
    projects = Counter(project.field_of_work for project in reader.all(Project))
    expected = expected_progress(cycle, reader.scope.as_of) if cycle and standings else None
    rows = tuple(_field_row(field, standings, expected, projects) for field in fields)
    return Draft(
        message=_fields_message(rows, cycle.title if cycle else "", say),
        columns=(
            TableColumn("field_of_work", FieldOfWork.sheet.label(say.lang)),
            TableColumn("target_state", say("situation.target_state")),
            TableColumn("progress", say("situation.field_progress"), "percent"),
            TableColumn("expected", say("situation.field_expected"), "percent"),
            TableColumn("coverage", say("situation.coverage"), "percent"),
            TableColumn("key_results", say("situation.key_results"), "whole"),
            TableColumn("projects", say("situation.projects"), "whole"),
            TableColumn("status", say("situation.status"), "status"),
        ),
        rows=rows,
        unit=say("situation.fields_unit", cycle=cycle.title) if standings and cycle else say("situation.fields_plain"),
        chart=(
            lambda colours: field_progress(
                [_field_bar(row, say) for row in rows],
                colours,
                expected=float(expected or 0),
                expected_word=say("situation.expected", share=percent(expected, say.lang, 0)),
            )
        )
        if standings
        else None,
        alt=say("situation.fields_alt", n=len(rows)),
        note="" if standings else say("situation.fields_note"),
    )


def _field_row(
    field: FieldOfWork, standings: list[KeyResultStanding], expected: Decimal | None, projects: Counter[str | None]
) -> Row:
    own = [item for item in standings if item.objective.field_of_work == field.key]
    progress = objective_progress(own)
    status = worst(item.status for item in own) if own else None
    return (
        field.title,
        field.target_state,
        progress.value,
        expected if own else None,
        progress.coverage if own else None,
        len(own) if own else None,
        projects[field.key] or None,
        status.value if status else None,
    )


def _field_bar(row: Row, say: Words) -> dict[str, object]:
    value = row[2]
    return {
        "title": row[0],
        "progress": float(value) if isinstance(value, Decimal) else None,
        "label": percent(value, say.lang, 0) if isinstance(value, Decimal) else EMPTY,
        "status": row[7] or Status.UNKNOWN.value,
        "word": say(f"status.{row[7] or Status.UNKNOWN.value}"),
    }


def _fields_message(rows: tuple[Row, ...], cycle: str, say: Words) -> str:
    behind = [row for row in rows if row[7] in (Status.AT_RISK, Status.CRITICAL)]
    if not any(row[2] is not None for row in rows):
        return say("situation.fields_silent", n=len(rows))
    if not behind:
        return say("situation.fields_good", n=len(rows), cycle=cycle)
    return say("situation.fields_behind", n=len(behind), total=str(len(rows)), cycle=cycle)
