"""Figures of the impediments one by one: the log, the ladder of escalation, and what needs a decision from outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smartdash.analysis.impediments import (
    ImpedimentStanding,
    escalation_ladder,
    impediment_status,
    missing_for_decision,
)
from smartdash.charts.impediments import ladder_chart
from smartdash.charts.tokens import STATUS_SIGNS
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Option, Row, TableColumn
from smartdash.figures.headings import heading, listing
from smartdash.figures.impediment_data import ImpedimentData, read_impediment_data
from smartdash.figures.tables import column, numbered
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day, days, number
from smartdash.model.impediments import EscalationLevel, Impediment, ImpedimentKind
from smartdash.model.projects import separate_options
from smartdash.store import Reader

_ANY = "all"
_OPEN = "open"


@figure("impediments.log", page="impediments", needs=("impediment",), options=("state", "kind", "level", "unit"))
def log(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Every impediment with what it blocks, who acts and until when; open ones, or all."""
    found = read_impediment_data(reader)
    options = _filters(found, say, chosen)
    wanted = {option.name: option.chosen for option in options}
    solved = sorted(
        (item for item in found.standings if item.resolved_on),
        key=lambda item: item.resolved_on or found.as_of,
        reverse=True,
    )
    listed = [item for item in (*found.unsolved, *solved) if _fits(item, wanted)]
    return Draft(
        message=_log_message(found, say),
        columns=_log_columns(say),
        rows=tuple(_log_row(item, found, say) for item in listed),
        unit=say("impediments.log_unit"),
        note=say("impediments.log_note") if listed else say("impediments.none_fits"),
        options=options,
    )


def _filters(found: ImpedimentData, say: Words, chosen: Mapping[str, str]) -> tuple[Option, ...]:
    units = {item.impediment.cause_unit for item in found.standings}
    every = {_ANY: say("impediments.every")}
    kinds = {item.impediment.kind for item in found.standings}
    return (
        choice(
            "state",
            say("impediments.which"),
            {_OPEN: say("impediments.only_open"), _ANY: say("impediments.open_and_resolved")},
            chosen,
        ),
        choice(
            "kind",
            heading(Impediment, "kind", say),
            every | {kind.value: kind.label(say.lang) for kind in ImpedimentKind if kind in kinds},
            chosen,
        ),
        choice(
            "level",
            heading(Impediment, "escalation", say),
            every | {level.value: level.label(say.lang) for level in EscalationLevel},
            chosen,
        ),
        choice(
            "unit",
            heading(Impediment, "cause_unit", say),
            every | {key: name for key, name in found.units.items() if key in units},
            chosen,
        ),
    )


def _fits(item: ImpedimentStanding, wanted: Mapping[str, str]) -> bool:
    own = {
        "state": _OPEN if item.open else "",
        "kind": item.impediment.kind.value,
        "level": item.level.value,
        "unit": item.impediment.cause_unit,
    }
    return all(value in (_ANY, own[name]) for name, value in wanted.items())


def _log_message(found: ImpedimentData, say: Words) -> str:
    unsolved = found.unsolved
    if not unsolved:
        return say("impediments.all_resolved", n=len(found.standings))
    oldest = max(unsolved, key=lambda item: item.open_days)
    late = sum(item.days_late is not None for item in unsolved)
    sentence = say("impediments.open", n=len(unsolved), late=number(late, say.lang))
    longest = say("impediments.oldest", title=oldest.impediment.title, days=days(oldest.open_days, say.lang))
    return f"{sentence} {longest}"


def _log_columns(say: Words) -> tuple[TableColumn, ...]:
    lang = say.lang
    return (
        TableColumn("status", say("impediments.status"), "status"),
        column(Impediment, "title", lang),
        column(Impediment, "kind", lang),
        column(Impediment, "escalation", lang, name="level"),
        column(Impediment, "owner_role", lang),
        column(Impediment, "next_step", lang),
        column(Impediment, "due", lang, "day"),
        TableColumn("days_late", say("impediments.days_late"), "whole"),
        column(Impediment, "blocks", lang),
        column(Impediment, "cause_unit", lang),
        column(Impediment, "raised_on", lang, "day"),
        TableColumn("open_days", say("impediments.open_days"), "whole"),
        column(Impediment, "reopened", lang, "whole"),
        column(Impediment, "resolved_on", lang, "day"),
        TableColumn("load", say("impediments.load"), "number"),
    )


def _log_row(item: ImpedimentStanding, found: ImpedimentData, say: Words) -> Row:
    impediment = item.impediment
    return (
        impediment_status(item, found.as_of).value,
        impediment.title,
        impediment.kind.label(say.lang),
        item.level.label(say.lang),
        item.owner_role,
        item.next_step,
        item.due,
        item.days_late,
        found.blocks(item),
        found.cause(item),
        impediment.raised_on,
        item.open_days,
        item.reopened,
        item.resolved_on,
        found.load(item),
    )


@figure("impediments.ladder", page="impediments", needs=("impediment",))
def ladder(reader: Reader, say: Words) -> Draft:
    """The open impediments on the four levels of escalation, the overdue ones first, with their age."""
    found = read_impediment_data(reader)
    steps = escalation_ladder(found.standings)
    outside = sum(item.outside for item in found.standings)
    unsolved = len(found.unsolved)
    message = say("impediments.ladder_message", n=outside, total=number(unsolved, say.lang))
    drawn = [row for level, items in steps.items() for row in _step_rows(level, items, found, say)]
    tooltips = [
        ("label", heading(Impediment, "title", say)),
        ("age", say("impediments.open_days")),
        ("role", heading(Impediment, "owner_role", say)),
        ("step", heading(Impediment, "next_step", say)),
        ("due", heading(Impediment, "due", say)),
        ("blocks", heading(Impediment, "blocks", say)),
    ]
    lang = say.lang
    return Draft(
        message=message if unsolved else say("impediments.nothing_open"),
        columns=(
            column(Impediment, "escalation", lang, name="level"),
            column(Impediment, "title", lang),
            TableColumn("open_days", say("impediments.open_days"), "whole"),
            column(Impediment, "due", lang, "day"),
            TableColumn("days_late", say("impediments.days_late"), "whole"),
            column(Impediment, "owner_role", lang),
            column(Impediment, "next_step", lang),
        ),
        rows=tuple(
            (
                level.label(lang),
                item.impediment.title,
                item.open_days,
                item.due,
                item.days_late,
                item.owner_role,
                item.next_step,
            )
            for level, items in steps.items()
            for item in items
        ),
        unit=say("impediments.ladder_unit"),
        chart=(lambda tokens: ladder_chart(drawn, tokens, tooltips)) if unsolved else None,
        alt=say("impediments.ladder_alt", n=unsolved, message=message),
        note=say("impediments.ladder_note"),
    )


def _step_rows(
    level: EscalationLevel, items: Sequence[ImpedimentStanding], found: ImpedimentData, say: Words
) -> list[dict[str, object]]:
    count = say("impediments.on_level", n=len(items)) if items else say("impediments.none_on_level")
    rows: list[dict[str, object]] = [{"heading": True, "label": level.label(say.lang), "details": count}]
    for item in items:
        status = impediment_status(item, found.as_of)
        rows.append(
            {
                "heading": False,
                "label": item.impediment.title,
                "days": item.open_days,
                "age": days(item.open_days, say.lang),
                "status": status.value,
                "details": _due_text(item, STATUS_SIGNS[status.value], say),
                "role": item.owner_role or EMPTY,
                "step": item.next_step or EMPTY,
                "due": day(item.due, say.lang),
                "blocks": found.blocks(item) or EMPTY,
            }
        )
    return rows


def _due_text(item: ImpedimentStanding, sign: str, say: Words) -> str:
    if item.days_late:
        return say("impediments.overdue_by", n=item.days_late, sign=sign)
    if item.due:
        return say("impediments.due_on", day=day(item.due, say.lang))
    return say("impediments.without_due")


@figure("impediments.red_list", page="impediments", needs=("impediment",))
def red_list(reader: Reader, say: Words) -> Draft:
    """What needs a decision from outside: cause, options, addressee, what it blocks, since when, what is missing."""
    found = read_impediment_data(reader)
    listed = [item for item in found.unsolved if item.outside]
    lacking = sum(bool(missing_for_decision(item.impediment)) for item in listed)
    message = say("impediments.red_message", n=len(listed)) if listed else say("impediments.red_none")
    if lacking:
        message += " " + say("impediments.red_lacking", n=lacking)
    lang = say.lang
    return Draft(
        message=message,
        columns=(
            column(Impediment, "title", lang),
            column(Impediment, "cause", lang),
            column(Impediment, "options", lang),
            column(Impediment, "addressee", lang),
            column(Impediment, "blocks", lang),
            TableColumn("since", say("impediments.since"), "day"),
            column(Impediment, "due", lang, "day"),
            column(Impediment, "escalation", lang, name="level"),
            TableColumn("missing", say("impediments.missing")),
        ),
        rows=tuple(_red_row(item, found, say) for item in listed),
        unit=say("impediments.red_unit"),
        cards=True,
        note=say("impediments.red_note"),
    )


def _red_row(item: ImpedimentStanding, found: ImpedimentData, say: Words) -> Row:
    impediment = item.impediment
    return (
        impediment.title,
        impediment.cause,
        numbered(separate_options(impediment.options)) or None,
        impediment.addressee,
        found.blocks(item),
        item.since,
        item.due,
        item.level.label(say.lang),
        listing([heading(Impediment, name, say) for name in missing_for_decision(impediment)], say) or None,
    )
