"""Figure of who has been reached: audience by audience, and unit by unit where their attendance is recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from smartdash.analysis.participation import AudienceReach, UnitReach, audience_reach, is_held, unit_reach
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.tokens import Tokens
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import listing
from smartdash.figures.tables import capital, column
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day, number
from smartdash.model.shared import Unit, UnitKind
from smartdash.model.workshops import Attendance, Event
from smartdash.store import Reader

_AUDIENCES, _UNITS = "audience", "unit"
_MOST_NAMES = 4


@figure("workshops.reach", page="workshops", needs=("event",), options=("by",))
def reach(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Events held and planned, and participants, by audience or by unit; who has not been reached yet."""
    as_of, events = reader.scope.as_of, reader.all(Event)
    audiences = [item for item in audience_reach(events, as_of) if item.audience or item.held or item.planned]
    attendances = reader.all(Attendance)
    units = _in_order(unit_reach(reader.all(Unit), events, attendances, as_of)) if attendances else []
    values = {_AUDIENCES: say("participation.by_audience")}
    if units:
        values[_UNITS] = say("participation.by_unit")
    option = choice("by", say("participation.by"), values, chosen)
    if option.chosen == _UNITS:
        message, note = _units_message(units, say), _units_note(events, attendances, as_of, say)
        labels = [_unit_bar(item, say) for item in units]
        columns, rows = _unit_table(units, say)
    else:
        message, note = _audiences_message(audiences, say), _audiences_note(audiences, bool(units), say)
        if units:
            message = f"{message} {_units_message(units, say)}"
        labels = [_audience_bar(item, say) for item in audiences]
        columns, rows = _audience_table(audiences, say)
    return Draft(
        message=message,
        columns=columns,
        rows=rows,
        unit=say(f"participation.reach_unit_{option.chosen}"),
        chart=lambda tokens: bar_chart(
            [_filled(bar, tokens) for bar in labels],
            tokens,
            {say("participation.is_held"): tokens.actual_fill, say("participation.is_planned"): ""},
        ),
        alt=say("participation.reach_alt", n=len(rows), message=message),
        note=note,
        options=(option,),
    )


def _in_order(units: Sequence[UnitReach]) -> list[UnitReach]:
    """Those not reached first, then from few events to many; alike ones from the top of the administration down."""
    kinds = list(UnitKind)
    return sorted(units, key=lambda item: (item.reached, item.held, kinds.index(item.unit.kind), item.unit.title))


def _filled(bar: tuple[str, int, int, str, Mapping[str, str]], tokens: Tokens) -> Bar:
    label, held, planned, value, details = bar
    parts = (Part(held, tokens.actual_fill, str(held)), Part(planned, "", str(planned)))
    return Bar(label, parts, value, details)


def _audience_bar(item: AudienceReach, say: Words) -> tuple[str, int, int, str, Mapping[str, str]]:
    value = say("participation.not_counted")
    if not item.held:
        value = _never(item.following, say)
    elif item.participants is not None:
        value = say("workshops.people", n=item.participants)
    elif not item.uncounted:
        value = say("participation.is_running")
    label = capital(item.audience.label(say.lang)) if item.audience else say("workshops.no_audience")
    return label, item.held, item.planned, value, _details(label, item, say)


def _unit_bar(item: UnitReach, say: Words) -> tuple[str, int, int, str, Mapping[str, str]]:
    if item.last:
        value = say("participation.last_on", day=day(item.last, say.lang))
    elif item.organised:
        value = say("participation.organised_count", n=item.organised)
    else:
        value = _never(item.following, say)
    return item.unit.title, item.held, item.planned, value, _details(item.unit.title, item, say)


def _never(following: date | None, say: Words) -> str:
    return say("participation.planned_on", day=day(following, say.lang)) if following else say("participation.never")


def _details(label: str, item: AudienceReach | UnitReach, say: Words) -> dict[str, str]:
    return {
        say("participation.reached"): label,
        say("participation.is_held"): str(item.held),
        say("participation.is_planned"): str(item.planned),
        say("workshops.participants"): number(item.participants, say.lang),
        say("participation.last"): day(item.last, say.lang),
        say("participation.next"): day(item.following, say.lang),
    }


def _counts(say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("held", say("participation.held"), "whole"),
        TableColumn("planned", say("participation.planned"), "whole"),
        TableColumn("participants", say("workshops.participants"), "whole"),
        TableColumn("last", say("participation.last"), "day"),
        TableColumn("next", say("participation.next"), "day"),
    )


def _audience_table(items: Sequence[AudienceReach], say: Words) -> tuple[tuple[TableColumn, ...], tuple[Row, ...]]:
    lang = say.lang
    columns = (column(Event, "audience", lang), *_counts(say))
    rows = tuple(
        (
            item.audience.label(lang) if item.audience else None,
            item.held,
            item.planned,
            item.participants,
            item.last,
            item.following,
        )
        for item in items
    )
    return columns, rows


def _unit_table(items: Sequence[UnitReach], say: Words) -> tuple[tuple[TableColumn, ...], tuple[Row, ...]]:
    lang = say.lang
    columns = (
        column(Attendance, "unit", lang),
        column(Unit, "kind", lang),
        *_counts(say),
        TableColumn("organised", say("participation.organised"), "whole"),
    )
    rows = tuple(
        (
            item.unit.title,
            item.unit.kind.label(lang),
            item.held,
            item.planned,
            item.participants,
            item.last,
            item.following,
            item.organised,
        )
        for item in items
    )
    return columns, rows


def _audiences_message(items: Sequence[AudienceReach], say: Words) -> str:
    stated = [item for item in items if item.audience]
    if not any(item.held or item.planned for item in stated):
        return say("participation.no_audiences")
    missing = [item for item in stated if not item.held]
    reached = len(stated) - len(missing)
    if not missing:
        return say("participation.all_audiences", n=len(stated))
    names = listing([_named(item, say) for item in missing], say)
    if not reached:
        return say("participation.no_audience_reached", names=names)
    return say("participation.audiences", n=reached, all=str(len(stated)), names=names)


def _named(item: AudienceReach, say: Words) -> str:
    name = item.audience.label(say.lang) if item.audience else EMPTY
    if not item.following:
        return name
    return say("participation.named_planned", name=name, day=day(item.following, say.lang))


def _units_message(items: Sequence[UnitReach], say: Words) -> str:
    missing = [item.unit.title for item in items if not item.reached]
    if not missing:
        return say("participation.all_units", n=len(items))
    named = missing if len(missing) <= _MOST_NAMES else missing[: _MOST_NAMES - 1]
    if further := len(missing) - len(named):
        named = [*named, say("participation.further", n=further)]
    return say(
        "participation.units_missing", n=len(missing), all=number(len(items), say.lang), names=listing(named, say)
    )


def _units_note(events: Sequence[Event], attendances: Sequence[Attendance], as_of: date, say: Words) -> str:
    held = {event.key for event in events if is_held(event, as_of)}
    recorded = len(held & {attendance.event for attendance in attendances})
    coverage = say("participation.attendance_recorded", n=len(held), recorded=number(recorded, say.lang))
    return f"{coverage} {say('participation.units_note')}"


def _audiences_note(items: Sequence[AudienceReach], by_unit: bool, say: Words) -> str:
    uncounted = sum(item.uncounted for item in items)
    notes = [say("workshops.uncounted", n=uncounted)] if uncounted else []
    if sum(item.held for item in items if item.participants) > 1:
        notes.append(say("workshops.counted_twice"))
    if not by_unit:
        notes.append(say("participation.no_attendance"))
    return " ".join(notes)
