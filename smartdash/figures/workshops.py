"""Figure of workshops and other events: how many were held, and how many people they reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from smartdash.analysis.participation import audience_reach, counted_participants, is_held, is_running
from smartdash.charts.timeline import span_of
from smartdash.charts.workshops import EventDot, Lane, events_chart
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.tables import capital, column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import day, day_range, number
from smartdash.model.shared import FieldOfWork, Unit
from smartdash.model.workshops import Audience, Event, EventKind
from smartdash.store import Reader

_EVERY = "all"


@figure("workshops.events", page="workshops", needs=("event",), options=("kind",))
def events(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Events over time by audience, of every kind or of one, and how many people they reached."""
    as_of, lang = reader.scope.as_of, say.lang
    found = sorted(reader.all(Event), key=lambda event: (event.held_on, event.key))
    kinds = {kind.value: kind.label(lang) for kind in EventKind if kind in {event.kind for event in found}}
    option = choice("kind", say("workshops.kind"), {_EVERY: say("participation.all_kinds"), **kinds}, chosen)
    message = _message(found, as_of, say)
    if option.chosen != _EVERY:
        found = [event for event in found if event.kind == option.chosen]
        message = say("participation.of_kind", kind=kinds[option.chosen], message=_held_message(found, as_of, say))
    lanes = _lanes(found, as_of, say)
    span = span_of((moment for event in found for moment in (event.held_on, event.ends_on)), as_of)
    if span is None:
        raise ValueError("an event has no date")
    stand = say("workshops.as_of", day=day(as_of, lang))
    fields_of_work, units = titles(reader.all(FieldOfWork)), titles(reader.all(Unit))
    return Draft(
        message=message,
        columns=_columns(say),
        rows=tuple(
            (
                event.title,
                event.kind.label(lang),
                event.held_on,
                event.ends_on,
                is_held(event, as_of),
                event.format.label(lang) if event.format else None,
                event.audience.label(lang) if event.audience else None,
                event.minutes,
                counted_participants(event, as_of),
                event.record_state.label(lang),
                fields_of_work.get(event.field_of_work),
                units.get(event.unit),
            )
            for event in found
        ),
        unit=say("workshops.events_unit"),
        chart=lambda tokens: events_chart(lanes, span, as_of, stand, tokens),
        alt=say("workshops.events_alt", n=len(found), span=day_range(span.first, span.end, lang), message=message),
        note=_note(found, as_of, say),
        options=(option,),
    )


def _columns(say: Words) -> tuple[TableColumn, ...]:
    lang = say.lang
    return (
        column(Event, "title", lang),
        column(Event, "kind", lang),
        column(Event, "held_on", lang, "day"),
        column(Event, "ends_on", lang, "day"),
        TableColumn("held", say("workshops.held"), "flag"),
        column(Event, "format", lang),
        column(Event, "audience", lang),
        column(Event, "minutes", lang, "whole"),
        column(Event, "participants", lang, "whole"),
        column(Event, "record_state", lang),
        column(Event, "field_of_work", lang),
        column(Event, "unit", lang),
    )


def _note(found: Sequence[Event], as_of: date, say: Words) -> str:
    uncounted = sum(item.uncounted for item in audience_reach(found, as_of))
    running = sum(is_running(event, as_of) for event in found)
    notes = [say("participation.running", n=running)] if running else []
    notes += [say("workshops.uncounted", n=uncounted)] if uncounted else []
    if sum(bool(counted_participants(event, as_of)) for event in found) > 1:
        notes.append(say("workshops.counted_twice"))
    return " ".join(notes)


def _lanes(found: Sequence[Event], as_of: date, say: Words) -> list[Lane]:
    lanes = []
    for audience in (*Audience, None):
        members = [event for event in found if event.audience is audience]
        if not members:
            continue
        held = sum(is_held(event, as_of) for event in members)
        lanes.append(
            Lane(
                capital(audience.label(say.lang)) if audience else say("workshops.no_audience"),
                say("workshops.held_of", held=str(held), all=str(len(members))),
                tuple(_dot(event, as_of, say) for event in members),
            )
        )
    return lanes


def _dot(event: Event, as_of: date, say: Words) -> EventDot:
    last, participants = event.ends_on or event.held_on, counted_participants(event, as_of)
    details = {
        say("workshops.event"): event.title,
        say("workshops.kind"): event.kind.label(say.lang),
        say("workshops.date"): day_range(event.held_on, last, say.lang),
        say("workshops.participants"): number(participants, say.lang),
    }
    return EventDot(event.held_on, last, participants, is_held(event, as_of), details)


def _message(found: Sequence[Event], as_of: date, say: Words) -> str:
    sentence = _held_message(found, as_of, say)
    reached = {event.audience for event in found if is_held(event, as_of)}
    missing = [audience.label(say.lang) for audience in Audience if audience not in reached]
    if missing and any(reached):
        return f"{sentence} {say('workshops.not_reached', names=', '.join(missing))}"
    return sentence


def _held_message(found: Sequence[Event], as_of: date, say: Words) -> str:
    held = [event for event in found if is_held(event, as_of)]
    if not held:
        return say("workshops.none_held", n=len(found), day=day(found[0].held_on, say.lang))
    counts = [counted_participants(event, as_of) for event in held]
    counted = [count for count in counts if count is not None]
    if counted:
        people = say("workshops.people", n=sum(counted))
        if len(held) == len(found):
            return say("participation.all_held_people", n=len(held), people=people)
        return say("workshops.held_people", n=len(held), all=str(len(found)), people=people)
    if len(held) == len(found):
        return say("participation.all_held", n=len(held))
    return say("workshops.held_only", n=len(held), all=str(len(found)))
