"""Figure of the events of one year as a calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from babel import Locale

from smartdash.analysis.participation import counted_participants, is_held, is_running
from smartdash.charts.event_calendar import CalendarMark, calendar_chart
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.tables import capital, column
from smartdash.locale import Language, Words
from smartdash.locale.numbers import day, day_range, number
from smartdash.model.workshops import Audience, Event
from smartdash.store import Reader

_AUDIENCES = (*Audience, None)


@figure("workshops.calendar", page="workshops", needs=("event",), options=("year",))
def calendar(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The events of one year by month and day; the table begins with those to come."""
    as_of, lang = reader.scope.as_of, say.lang
    found = sorted(reader.all(Event), key=lambda event: (event.held_on, event.key))
    option = choice("year", say("participation.year"), {str(year): str(year) for year in _years(found, as_of)}, chosen)
    year = int(option.chosen)
    events = [event for event in found if year in _covered(event)]
    coming = [event for event in events if not is_held(event, as_of)]
    held = [event for event in reversed(events) if is_held(event, as_of)]
    marks = [_mark(event, year, as_of, say) for event in events]
    groups = {
        place: capital(audience.label(lang)) if audience else say("workshops.no_audience")
        for place, audience in enumerate(_AUDIENCES)
        if any(event.audience is audience for event in events)
    }
    message = _message(events, coming, year, say)
    stand = say("workshops.as_of", day=day(as_of, lang))
    return Draft(
        message=message,
        columns=(
            column(Event, "held_on", lang, "day"),
            column(Event, "ends_on", lang, "day"),
            TableColumn("state", say("participation.state")),
            column(Event, "title", lang),
            column(Event, "kind", lang),
            column(Event, "format", lang),
            column(Event, "audience", lang),
            column(Event, "minutes", lang, "whole"),
            column(Event, "participants", lang, "whole"),
        ),
        rows=tuple(
            (
                event.held_on,
                event.ends_on,
                _state(event, as_of, say),
                event.title,
                event.kind.label(lang),
                event.format.label(lang) if event.format else None,
                event.audience.label(lang) if event.audience else None,
                event.minutes,
                counted_participants(event, as_of),
            )
            for event in (*coming, *held)
        ),
        unit=say("participation.calendar_unit"),
        chart=(lambda tokens: calendar_chart(_months(lang), marks, groups, as_of, stand, tokens)) if marks else None,
        alt=say("participation.calendar_alt", year=option.chosen, message=message),
        options=(option,),
    )


def _covered(event: Event) -> range:
    return range(event.held_on.year, (event.ends_on or event.held_on).year + 1)


def _years(events: Sequence[Event], as_of: date) -> list[int]:
    """The years with events; first the year of the as-of date, or where it has none the nearest."""
    years = sorted({year for event in events for year in _covered(event)}, reverse=True)
    nearest = min(years, key=lambda year: abs(year - as_of.year))
    return [nearest, *(year for year in years if year != nearest)]


def _mark(event: Event, year: int, as_of: date, say: Words) -> CalendarMark:
    last = event.ends_on or event.held_on
    details = {
        say("workshops.event"): event.title,
        say("workshops.kind"): event.kind.label(say.lang),
        say("participation.audience"): event.audience.label(say.lang) if event.audience else "–",
        say("workshops.date"): day_range(event.held_on, last, say.lang),
        say("participation.state"): _state(event, as_of, say),
        say("workshops.participants"): number(counted_participants(event, as_of), say.lang),
    }
    return CalendarMark(
        max(event.held_on, date(year, 1, 1)),
        min(last, date(year, 12, 31)),
        _AUDIENCES.index(event.audience),
        is_held(event, as_of),
        details,
    )


def _state(event: Event, as_of: date, say: Words) -> str:
    if is_running(event, as_of):
        return say("participation.is_running")
    return say("participation.is_held" if is_held(event, as_of) else "participation.is_planned")


def _months(lang: Language) -> list[str]:
    names = Locale(lang).months["stand-alone"]["abbreviated"]
    return [names[month] for month in range(1, 13)]


def _message(events: Sequence[Event], coming: Sequence[Event], year: int, say: Words) -> str:
    if not coming:
        return say("participation.year_over", n=len(events), year=str(year))
    following = say("participation.following", title=coming[0].title, day=day(coming[0].held_on, say.lang))
    if len(coming) == len(events):
        return f"{say('participation.year_ahead', n=len(events), year=str(year))} {following}"
    sentence = say("participation.year_coming", n=len(coming), all=number(len(events), say.lang), year=str(year))
    return f"{sentence} {following}"
