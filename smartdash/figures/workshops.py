"""Figure of workshops and other events: how many were held, and whom they reached."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from smartdash.charts.timeline import span_of
from smartdash.charts.workshops import EventDot, Lane, events_chart
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.tables import capital, column
from smartdash.locale import Words
from smartdash.locale.numbers import day, day_range, number
from smartdash.model.workshops import Audience, Event
from smartdash.store import Reader


@figure("workshops.events", page="workshops", needs=("event",))
def events(reader: Reader, say: Words) -> Draft:
    """Events over time by audience, and how many people they reached."""
    as_of, lang = reader.scope.as_of, say.lang
    found = sorted(reader.all(Event), key=lambda event: (event.held_on, event.key))
    lanes = _lanes(found, as_of, say)
    span = span_of((event.held_on for event in found), as_of)
    if span is None:
        raise ValueError("an event has no date")
    message = _events_message(found, as_of, say)
    stand = say("workshops.as_of", day=day(as_of, lang))
    uncounted = sum(event.held_on <= as_of and event.participants is None for event in found)
    notes = [say("workshops.uncounted", n=uncounted)] if uncounted else []
    if sum(bool(_participants(event, as_of)) for event in found) > 1:
        notes.append(say("workshops.counted_twice"))
    return Draft(
        message=message,
        columns=(
            column(Event, "title", lang),
            column(Event, "kind", lang),
            column(Event, "held_on", lang, "day"),
            TableColumn("held", say("workshops.held"), "flag"),
            column(Event, "format", lang),
            column(Event, "audience", lang),
            column(Event, "minutes", lang, "whole"),
            column(Event, "participants", lang, "whole"),
            column(Event, "record_state", lang),
        ),
        rows=tuple(
            (
                event.title,
                event.kind.label(lang),
                event.held_on,
                event.held_on <= as_of,
                event.format.label(lang) if event.format else None,
                event.audience.label(lang) if event.audience else None,
                event.minutes,
                _participants(event, as_of),
                event.record_state.label(lang),
            )
            for event in found
        ),
        unit=say("workshops.events_unit"),
        chart=lambda tokens: events_chart(lanes, span, as_of, stand, tokens),
        alt=say("workshops.events_alt", n=len(found), span=day_range(span.first, span.end, lang), message=message),
        note=" ".join(notes),
    )


def _lanes(found: Sequence[Event], as_of: date, say: Words) -> list[Lane]:
    lanes = []
    for audience in (*Audience, None):
        members = [event for event in found if event.audience is audience]
        if not members:
            continue
        held = sum(event.held_on <= as_of for event in members)
        lanes.append(
            Lane(
                capital(audience.label(say.lang)) if audience else say("workshops.no_audience"),
                say("workshops.held_of", held=str(held), all=str(len(members))),
                tuple(_dot(event, as_of, say) for event in members),
            )
        )
    return lanes


def _dot(event: Event, as_of: date, say: Words) -> EventDot:
    details = {
        say("workshops.event"): event.title,
        say("workshops.kind"): event.kind.label(say.lang),
        say("workshops.date"): day(event.held_on, say.lang),
        say("workshops.participants"): number(_participants(event, as_of), say.lang),
    }
    return EventDot(event.held_on, _participants(event, as_of), event.held_on <= as_of, details)


def _participants(event: Event, as_of: date) -> int | None:
    """How many took part, as it was known on a day: nothing before the event."""
    return event.participants if event.held_on <= as_of else None


def _events_message(found: Sequence[Event], as_of: date, say: Words) -> str:
    held = [event for event in found if event.held_on <= as_of]
    if not held:
        return say("workshops.none_held", n=len(found), day=day(found[0].held_on, say.lang))
    counted = [event.participants for event in held if event.participants is not None]
    if counted:
        people = say("workshops.people", n=sum(counted))
        message = "workshops.held_people" if len(found) > 1 else "workshops.only_held_people"
        sentence = say(message, n=len(held), all=str(len(found)), people=people)
    else:
        message = "workshops.held_only" if len(found) > 1 else "workshops.only_held"
        sentence = say(message, n=len(held), all=str(len(found)))
    reached = {event.audience for event in held}
    missing = [audience.label(say.lang) for audience in Audience if audience not in reached]
    return f"{sentence} {say('workshops.not_reached', names=', '.join(missing))}" if missing else sentence
