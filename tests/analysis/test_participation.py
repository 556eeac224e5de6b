from __future__ import annotations

from datetime import date

import pytest

from smartdash.analysis.participation import (
    answers,
    audience_reach,
    counted_participants,
    lasting,
    personal_traces,
    unit_reach,
)
from smartdash.model.shared import Unit, UnitKind
from smartdash.model.workshops import (
    Attendance,
    Audience,
    Consideration,
    ConsiderationOutcome,
    Contribution,
    Event,
    EventKind,
    Link,
    LinkKind,
)

AS_OF = date(2026, 8, 15)
BEFORE, AFTER = date(2026, 8, 1), date(2026, 9, 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mehr Bänke am Markt.", ""),
        ("", ""),
        ("Schreibt mir: anna.beispiel@example.org!", "mail"),
        ("anna (at) example punkt org", "mail"),
        ("wir treffen uns @ home. Das reicht", ""),
        ("Rückruf unter 0331 289-1234", "phone"),
        ("Rückruf unter (030)1234567.", "phone"),
        ("+49 171 1234567", "phone"),
        ("0049/331/2891234", "phone"),
        ("Tel.: 28 91 23", "phone"),
        ("Telefonnummer 289123", "phone"),
        ("Am 01.09.2026 von 08:00-18:00 Uhr, 08-12 13-18", ""),
        ("Seit 2026-08-01 oder 01/09/2026 oder 2025/2026", ""),
        ("14467 Potsdam, 01067 Dresden", ""),
        ("1.705.000 € und +10000 Bäume, 0,5 Stellen", ""),
        ("Mobil 2030 umsetzen", ""),
        ("siehe @stadt_wandel", "handle"),
        ("siehe @wandel@example.social", "mail handle"),
        ("Frau Dr. Beispiel hat recht", "name"),
        ("Danke an Herrn Muster, 0171/1234567", "phone name"),
        ("Die Frau Oberbürgermeisterin soll kommen", ""),
        ("Frauen und Herren, Frau und Mann", ""),
        ("a" * 50_000, ""),
    ],
)
def test_what_may_tell_a_person_is_pointed_out_and_dates_and_amounts_are_not(text: str, found: str) -> None:
    assert " ".join(personal_traces(text)) == found


def event(key: str, day: date, audience: Audience | None = None, **values: object) -> Event:
    return Event.model_validate(
        {"programme": "x", "key": key, "title": key, "kind": EventKind.FORUM, "held_on": day, "audience": audience}
        | values
    )


def test_an_event_counts_from_its_first_day_and_its_participants_from_its_last() -> None:
    events = [
        event("today", AS_OF, Audience.PUBLIC, participants=3),
        event("running", BEFORE, Audience.PUBLIC, ends_on=AFTER, participants=500),
        event("uncounted", date(2026, 7, 1), Audience.PUBLIC),
        event("coming", AFTER, Audience.PUBLIC, participants=70),
        event("unstated", BEFORE),
    ]
    reach = {item.audience: item for item in audience_reach(events, AS_OF)}
    public = reach[Audience.PUBLIC]
    assert (public.held, public.planned, public.participants, public.uncounted) == (3, 1, 3, 1)
    assert (public.last, public.following) == (AS_OF, AFTER)
    assert list(reach) == [*Audience, None]
    politics = reach[Audience.POLITICS]
    assert (politics.held, politics.planned, politics.participants, politics.last) == (0, 0, None, None)
    assert (reach[None].held, reach[None].participants) == (1, None)
    assert counted_participants(events[1], AFTER) == 500
    assert audience_reach(events[3:4], AFTER)[3].held == 1
    assert [item.held for item in audience_reach([], AS_OF)] == [0] * 5


def unit(key: str, **values: object) -> Unit:
    return Unit.model_validate({"programme": "x", "key": key, "title": key, "kind": UnitKind.OFFICE} | values)


def attendance(event: str, unit: str, participants: int | None = None) -> Attendance:
    return Attendance(programme="x", event=event, unit=unit, participants=participants)


def test_a_unit_is_reached_where_it_took_part_or_organised() -> None:
    events = [event("first", BEFORE, unit="office"), event("today", AS_OF), event("coming", AFTER, unit="planner")]
    units = [
        unit("office"),
        unit("works"),
        unit("coming"),
        unit("planner"),
        unit("gone", until=BEFORE),
        unit("gone-but-there", until=BEFORE),
        unit("not-yet", since=AFTER),
    ]
    attendances = [
        attendance("first", "works", 2),
        attendance("today", "works"),
        attendance("coming", "works", 9),
        attendance("coming", "coming"),
        attendance("first", "gone-but-there"),
    ]
    found = {item.unit.key: item for item in unit_reach(units, events, attendances, AS_OF)}
    assert list(found) == ["office", "works", "coming", "planner", "gone-but-there"]
    works = found["works"]
    assert (works.held, works.planned, works.participants, works.last, works.following) == (2, 1, 2, AS_OF, AFTER)
    assert [key for key, item in found.items() if not item.reached] == ["coming", "planner"]
    assert (found["office"].held, found["office"].organised) == (0, 1)
    assert found["gone-but-there"].participants is None


def voice(key: str, of: str, day: date = BEFORE) -> Contribution:
    return Contribution(programme="x", key=key, text=key, event=of, collected_on=day)


def consideration(of: str, day: date, outcome: ConsiderationOutcome, key: str = "") -> Consideration:
    values = {"programme": "x", "key": key, "contribution": of, "considered_on": day, "outcome": outcome}
    return Consideration.model_validate(values | {"reason": "Zu teuer."})


def test_only_events_for_the_public_need_answers_and_the_newest_counts() -> None:
    events = [event("forum", BEFORE, Audience.PUBLIC), event("newer", AS_OF, Audience.PUBLIC), event("inside", BEFORE)]
    voices = [voice("a", "forum"), voice("b", "forum", AS_OF), voice("c", "inside"), voice("d", "newer", AS_OF)]
    refused, adopted = ConsiderationOutcome.NOT_ADOPTED, ConsiderationOutcome.ADOPTED
    considered = [
        consideration("a", AS_OF, adopted),
        consideration("a", BEFORE, refused),
        consideration("c", AS_OF, adopted),
    ]
    found = answers(voices, events, considered, [])
    assert [(item.contribution.key, item.outcome, item.open_days(AS_OF)) for item in found] == [
        ("d", None, 0),
        ("a", adopted, None),
        ("b", None, 0),
    ]
    same_day = [consideration("b", AS_OF, adopted, "b-2"), consideration("b", AS_OF, refused, "b-1")]
    assert answers(voices, events, same_day, [])[2].outcome is adopted
    assert answers(voices, events, [], [])[1].open_days(AS_OF) == 14


def test_the_parts_of_a_split_contribution_stand_for_it_unless_it_was_answered_itself() -> None:
    events = [event("forum", BEFORE, Audience.PUBLIC)]
    voices = [voice(key, "forum") for key in ("whole", "one", "two", "kept", "half", "led")]
    targets = (("whole", "one"), ("whole", "two"), ("kept", "half"), ("led", "element"))
    links = [Link(programme="x", origin=origin, target=target, kind=LinkKind.SPLIT) for origin, target in targets]
    considered = [consideration("kept", AS_OF, ConsiderationOutcome.PARTLY)]
    found = answers(voices, events, considered, links)
    assert [item.contribution.key for item in found] == ["one", "two", "kept", "half", "led"]


def test_of_merged_or_split_elements_only_those_they_became_last() -> None:
    links = [
        Link(programme="x", origin="raw", target="whole", kind=LinkKind.MERGED),
        Link(programme="x", origin="whole", target="part", kind=LinkKind.SPLIT),
        Link(programme="x", origin="goal", target="part", kind=LinkKind.DERIVED),
        Link(programme="x", origin="other", target="elsewhere", kind=LinkKind.MERGED),
    ]
    assert lasting(["raw", "whole", "part", "goal", "other"], links) == {"part", "goal", "other"}
