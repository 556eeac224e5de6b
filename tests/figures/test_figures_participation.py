from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import date
from time import process_time
from typing import Any

import pytest
from made_reader import MadeReader, column
from made_stores import PROGRAMME, fill

from smartdash.charts.tokens import DARK, LIGHT
from smartdash.figures import CATALOGUE, Figure, make
from smartdash.figures.figure import Draft
from smartdash.figures.output import as_csv
from smartdash.locale import Language, words
from smartdash.model.declare import Record
from smartdash.model.shared import FieldOfWork, Unit, UnitKind
from smartdash.model.workshops import (
    Attendance,
    Audience,
    Consideration,
    ConsiderationOutcome,
    Contribution,
    Event,
    EventKind,
)
from smartdash.store import Audience as Reading
from smartdash.store import Changes, Origin, Scope, Store

AS_OF = date(2026, 8, 15)
BEFORE, AFTER = date(2026, 8, 1), date(2026, 9, 1)
ADOPTED, PARTLY, NOT_ADOPTED = ConsiderationOutcome


def build(
    key: str, *records: Record, chosen: Mapping[str, str] | None = None, lang: Language = "de", as_of: date = AS_OF
) -> Draft:
    draft: Draft = CATALOGUE[key].build(MadeReader(as_of, *records), words(lang), chosen or {})
    assert all(len(row) == len(draft.columns) for row in draft.rows)
    return draft


def drawn(draft: Draft) -> list[str]:
    """What the chart writes in its marks."""
    assert draft.chart
    assert draft.chart(DARK).to_dict()
    spec = draft.chart(LIGHT).to_dict()
    return [
        text for rows in spec["datasets"].values() for row in rows for text in row.values() if isinstance(text, str)
    ]


def event(key: str, day: date, audience: Audience | None = None, participants: int | None = None, **more: Any) -> Event:
    values = {"programme": "p", "key": key, "title": f"Treffen {key}", "kind": EventKind.FORUM, "held_on": day}
    return Event.model_validate(values | {"audience": audience, "participants": participants} | more)


ALL_REACHED = [event(audience.value, BEFORE, audience, 10) for audience in Audience]


@pytest.mark.parametrize(
    ("found", "german"),
    [
        (
            [event("a", AFTER), event("b", date(2026, 8, 20))],
            "Alle 2 Veranstaltungen stehen noch aus; die erste ist am 20.08.2026.",
        ),
        (
            [*ALL_REACHED, event("a", AFTER)],
            "5 von 6 Veranstaltungen haben stattgefunden, mit zusammen 50 Teilnahmen.",
        ),
        (
            [event("a", AS_OF, Audience.PUBLIC, 1)],
            "Die einzige Veranstaltung hat stattgefunden, mit 1 Teilnahme. Noch nicht erreicht: "
            "Verwaltung, Städtische Unternehmen, Politik, Wirtschaft und Wissenschaft.",
        ),
        (
            [event("a", BEFORE), event("b", AFTER)],
            "1 von 2 Veranstaltungen hat stattgefunden; Teilnehmende sind nicht gezählt.",
        ),
    ],
    ids=["to come", "all audiences", "one, today", "no audience stated"],
)
def test_the_message_on_events_counts_people_and_names_who_was_not_reached(found: list[Event], german: str) -> None:
    assert build("workshops.events", *found).message == german


def test_events_without_a_count_are_not_events_without_people() -> None:
    coming = event("c", AFTER, participants=80)
    draft = build("workshops.events", event("a", BEFORE), event("b", BEFORE, participants=0), coming)
    assert column(draft, "participants") == [None, 0, None]
    assert column(draft, "held") == [True, True, False]
    assert draft.note == "Bei 1 stattgefundenen Veranstaltung fehlt die Zahl der Teilnehmenden."
    assert draft.chart is not None
    assert [layer["mark"]["type"] for layer in draft.chart(LIGHT).to_dict()["layer"]].count("point") == 1


RUNNING = event("lang", date(2026, 7, 20), Audience.PUBLIC, 500, ends_on=AFTER, kind=EventKind.SURVEY)


def test_an_event_over_several_days_counts_its_people_on_its_last_day() -> None:
    draft = build("workshops.events", RUNNING, event("a", BEFORE, Audience.PUBLIC, 7))
    assert draft.message.startswith("Alle 2 Veranstaltungen haben stattgefunden, mit zusammen 7 Teilnahmen.")
    assert draft.note == "1 Veranstaltung läuft noch; ihre Teilnehmenden zählen erst am letzten Tag."
    assert "rule" in {layer["mark"]["type"] for layer in draft.chart(LIGHT).to_dict()["layer"]}  # type: ignore[misc]
    assert column(build("workshops.events", RUNNING, as_of=AFTER), "participants") == [500]


def test_events_of_one_kind_say_so_and_judge_no_audience() -> None:
    draft = build("workshops.events", RUNNING, event("a", BEFORE, Audience.POLITICS), chosen={"kind": "survey"})
    assert column(draft, "title") == ["Treffen lang"]
    assert draft.message == (
        "Nur „Befragung“: Die einzige Veranstaltung hat stattgefunden; Teilnehmende sind nicht gezählt."
    )
    assert list(draft.options[0].values) == ["all", "forum", "survey"]


YEARS = [
    event("alt", date(2025, 12, 30), Audience.PUBLIC, 9, ends_on=date(2026, 1, 2)),
    event("a", date(2026, 3, 3), Audience.ADMINISTRATION, 4),
    event("b", date(2026, 3, 3), None),
    event("heute", AS_OF, Audience.PUBLIC),
    event("kommt", AFTER, Audience.POLITICS),
]


def test_the_calendar_shows_one_year_with_what_is_to_come_first() -> None:
    draft = build("workshops.calendar", *YEARS, event("weit", date(2027, 1, 4)))
    assert list(draft.options[0].values) == ["2026", "2027", "2025"]
    assert draft.message == (
        "2026 steht noch 1 von 5 Veranstaltungen aus. Die nächste ist „Treffen kommt“ am 01.09.2026."
    )
    assert column(draft, "title") == [f"Treffen {key}" for key in ("kommt", "heute", "b", "a", "alt")]
    assert column(draft, "state") == ["geplant", *["stattgefunden"] * 4]
    texts = drawn(draft)
    assert {"Öffentlichkeit", "Verwaltung", "Politik", "Ohne Angabe der Zielgruppe", "Stand 15.08.2026"} <= {*texts}
    assert "Treffen weit" not in texts


def test_a_year_that_is_over_or_ahead_has_its_own_sentence_and_no_as_of_line() -> None:
    over = build("workshops.calendar", *YEARS, chosen={"year": "2025"})
    assert over.message == "Die einzige Veranstaltung des Jahres 2025 hat begonnen oder liegt zurück."
    assert "Stand 15.08.2026" not in drawn(over)
    ahead = build("workshops.calendar", event("x", date(2027, 5, 5)), lang="en")
    assert ahead.message == "One event is planned for 2027. The next one is “Treffen x” on 5 May 2027."


def test_events_on_the_same_day_do_not_cover_each_other() -> None:
    draft = build("workshops.calendar", *YEARS)
    assert draft.chart
    spec = draft.chart(LIGHT).to_dict()
    points = [
        (row["day"], row["middle"])
        for layer in spec["layer"]
        if layer["mark"]["type"] == "point"
        for row in spec["datasets"][layer["data"]["name"]]
    ]
    assert len(points) == len(set(points)) == 5
    assert {day for day, _ in points} == {1, 3, 15}


def unit(key: str, kind: UnitKind = UnitKind.OFFICE) -> Unit:
    return Unit(programme="p", key=key, title=f"Amt {key}", kind=kind)


def attendance(of: str, by: str, participants: int | None = None) -> Attendance:
    return Attendance(programme="p", event=of, unit=by, participants=participants)


HELD = [
    event("a", BEFORE, Audience.ADMINISTRATION, 12, unit="0"),
    event("b", BEFORE, Audience.PUBLIC),
    event("c", AFTER, Audience.POLITICS),
]


def test_reach_names_the_audiences_that_are_missing_and_what_is_planned_for_them() -> None:
    draft = build("workshops.reach", *HELD, unit("0"), unit("1"))
    assert draft.message == (
        "2 von 5 Zielgruppen sind erreicht; noch nicht: Städtische Unternehmen, Politik (geplant 01.09.2026) und "
        "Wirtschaft und Wissenschaft."
    )
    assert draft.rows[0] == ("Verwaltung", 1, 0, 12, BEFORE, None)
    assert draft.rows[2] == ("Politik", 0, 1, None, None, AFTER)
    assert draft.rows[3] == ("Öffentlichkeit", 1, 0, None, BEFORE, None)
    assert {"12 Teilnahmen", "nicht gezählt", "geplant 01.09.2026", "noch nie"} <= {*drawn(draft)}
    assert list(draft.options[0].values) == ["audience"]
    assert draft.note.endswith("Welche Stellen teilnahmen, ist nicht erfasst.")


def test_reach_unit_by_unit_names_who_was_never_there() -> None:
    units = [unit(str(number)) for number in range(3)]
    records = [*HELD, *units, attendance("a", "1", 3), attendance("c", "2")]
    draft = build("workshops.reach", *records, chosen={"by": "unit"})
    assert draft.message == "1 von 3 Stellen war noch nie dabei: Amt 2."
    assert draft.rows == (
        ("Amt 2", "Amt / Fachbereich", 0, 1, None, None, AFTER, 0),
        ("Amt 0", "Amt / Fachbereich", 0, 0, None, None, None, 1),
        ("Amt 1", "Amt / Fachbereich", 1, 0, 3, BEFORE, None, 0),
    )
    assert {"veranstaltete 1", "zuletzt 01.08.2026", "geplant 01.09.2026"} <= {*drawn(draft)}
    assert draft.note.startswith("Erfasst sind die Stellen bei 1 von 2 stattgefundenen Veranstaltungen.")
    assert build("workshops.reach", *records).message.endswith(draft.message)
    many = build("workshops.reach", *records, *(unit(str(number)) for number in range(3, 8)), lang="en")
    assert many.message.endswith("6 of 8 units have never taken part: Amt 2, Amt 3, Amt 4 and 3 more.")


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (ALL_REACHED, "Alle 5 Zielgruppen sind erreicht."),
        ([event("a", BEFORE)], "Zu keiner Veranstaltung ist die Zielgruppe angegeben."),
        (
            [event("a", AFTER, Audience.PUBLIC)],
            "Noch keine Zielgruppe ist erreicht: Verwaltung, Städtische Unternehmen, Politik, "
            "Öffentlichkeit (geplant 01.09.2026) und Wirtschaft und Wissenschaft.",
        ),
    ],
    ids=["all", "none stated", "none yet"],
)
def test_reach_has_a_sentence_for_all_none_and_unknown(found: list[Event], message: str) -> None:
    draft = build("workshops.reach", *found)
    assert draft.message == message
    assert drawn(draft)


def voice(key: str, of: str = "forum", day: date = BEFORE, **more: Any) -> Contribution:
    values = {"programme": "p", "key": key, "text": f"Beitrag {key}", "event": of, "collected_on": day, "public": True}
    return Contribution.model_validate(values | more)


def answer(of: str, outcome: ConsiderationOutcome, day: date = AS_OF, **more: Any) -> Consideration:
    values = {"programme": "p", "contribution": of, "considered_on": day, "outcome": outcome, "reason": "Weil."}
    return Consideration.model_validate(values | more)


FORUM = event("forum", BEFORE, Audience.PUBLIC, field_of_work="mobil")
OFFICES = event("inside", BEFORE, Audience.ADMINISTRATION)
FIELD = FieldOfWork(programme="p", key="mobil", title="Mobilität")


def test_answers_count_what_became_of_each_public_contribution() -> None:
    draft = build(
        "workshops.answers",
        FORUM,
        OFFICES,
        FIELD,
        unit("1"),
        *(voice(key) for key in "abcde"),
        voice("inside", "inside"),
        voice("late", day=AFTER),
        answer("a", NOT_ADOPTED, BEFORE),
        answer("a", ADOPTED, reason=None, unit="1"),
        answer("b", PARTLY),
        answer("c", NOT_ADOPTED),
        answer("d", ADOPTED, AFTER),
        answer("inside", ADOPTED),
    )
    assert draft.message == (
        "3 von 5 öffentlichen Beiträgen sind beantwortet: 1 berücksichtigt, 1 teilweise berücksichtigt und "
        "1 nicht berücksichtigt. Am längsten wartet ein Beitrag seit 14 Tagen."
    )
    assert column(draft, "outcome") == [
        "berücksichtigt", "teilweise berücksichtigt", "nicht berücksichtigt", "offen", "offen"
    ]  # fmt: skip
    assert column(draft, "open_days") == [None, None, None, 14, 14]
    assert draft.rows[0][:8] == (
        "Beitrag a", "Treffen forum", BEFORE, "Mobilität", "berücksichtigt", None, AS_OF, "Amt 1"
    )  # fmt: skip
    assert {"Berücksichtigt", "Offen"} <= {*drawn(draft)}


@pytest.mark.parametrize(
    ("records", "german", "english"),
    [
        (
            [voice("a"), voice("b"), answer("a", ADOPTED), answer("b", ADOPTED)],
            "Alle 2 öffentlichen Beiträge sind beantwortet: 2 berücksichtigt.",
            "All 2 public contributions are answered: 2 adopted.",
        ),
        (
            [voice("a"), voice("b", day=AS_OF)],
            "Keiner der 2 öffentlichen Beiträge ist beantwortet; der älteste ist seit 14 Tagen offen.",
            "None of the 2 public contributions is answered; the oldest has been open for 14 days.",
        ),
        (
            [voice("a", day=AS_OF)],
            "Der einzige öffentliche Beitrag ist nicht beantwortet; er ist seit heute offen.",
            "The only public contribution is not answered; it has been open since today.",
        ),
        (
            [voice("a", "inside")],
            "Aus Veranstaltungen für die Öffentlichkeit liegt kein Beitrag vor.",
            "There is no contribution from an event for the public.",
        ),
    ],
    ids=["all", "none", "one, today", "no public event"],
)
def test_answers_have_a_sentence_for_all_none_and_nothing(records: list[Record], german: str, english: str) -> None:
    assert build("workshops.answers", FORUM, OFFICES, *records).message == german
    assert build("workshops.answers", FORUM, OFFICES, *records, lang="en").message == english


def test_answers_by_field_show_the_most_open_ones_first_and_by_event_the_newest() -> None:
    newer = event("neu", AS_OF, Audience.PUBLIC)
    records = [FORUM, newer, FIELD, voice("a"), answer("a", ADOPTED), voice("b", "neu", AS_OF)]
    labels = {
        by: [text for text in drawn(build("workshops.answers", *records, chosen={"by": by})) if text in expected]
        for by, expected in (
            ("field", ("Ohne Handlungsfeld", "Mobilität")),
            ("event", ("Treffen neu", "Treffen forum")),
        )
    }
    assert list(dict.fromkeys(labels["field"])) == ["Ohne Handlungsfeld", "Mobilität"]
    assert list(dict.fromkeys(labels["event"])) == ["Treffen neu", "Treffen forum"]


@pytest.fixture
def published(tmp_path: Any) -> Store:
    store = Store(tmp_path / "store.duckdb")
    fill(
        store,
        FORUM,
        OFFICES,
        FIELD,
        voice("released", text="=HYPERLINK(1)"),
        voice("secret", text="Geheim", public=False),
        voice("mail", text="Antwort an wer@example.org"),
        voice("silent", text="Still"),
        voice("inside", "inside", text="Intern"),
        answer("released", ADOPTED, reason=None),
        answer("secret", ADOPTED, reason=None),
        answer("silent", NOT_ADOPTED, reason="Interner Grund", public=False),
    )
    return store


def shown(store: Store, key: str, reading: Reading, chosen: Mapping[str, str] | None = None) -> Figure:
    with store.read(Scope("p", AS_OF, audience=reading)) as reader:
        return make(reader, key, "de", chosen)


def test_the_public_list_holds_only_what_is_released_and_runs_no_formula(published: Store) -> None:
    figure = shown(published, "workshops.answers", Reading.PUBLIC)
    rows = list(csv.reader(io.StringIO(as_csv(figure))))
    assert rows[0] == [
        "Beitrag", "Veranstaltung", "Datum", "Handlungsfeld", "Ergebnis", "Begründung", "Beantwortet am", "Zuständig",
        "Offen seit (Tage)",
    ]  # fmt: skip
    assert [row[0] for row in rows[1:]] == ["Antwort an wer@example.org", "'=HYPERLINK(1)", "Still"]
    assert [row[4] for row in rows[1:]] == ["offen", "berücksichtigt", "offen"]
    assert figure.draft.note == ""
    assert "Intern" not in json.dumps([figure.draft.message, *rows])


def test_the_office_is_told_what_to_check_and_what_is_not_released(published: Store) -> None:
    draft = shown(published, "workshops.answers", Reading.INTERNAL).draft
    assert draft.note == (
        "In 1 Beitrag oder seiner Antwort steht vielleicht eine Mailadresse, Telefonnummer oder ein Name: vor der "
        "Veröffentlichung prüfen. 1 Beitrag ist nicht zur Veröffentlichung freigegeben und fehlt in der öffentlichen "
        "Liste. 1 Antwort ist nicht freigegeben; ihr Beitrag erscheint in der öffentlichen Liste als offen."
    )
    assert dict(zip(column(draft, "text"), column(draft, "check"), strict=True)) == {
        "Antwort an wer@example.org": "Mailadresse", "=HYPERLINK(1)": None, "Geheim": None, "Still": None
    }  # fmt: skip
    assert column(draft, "public") == [True, True, False, True]


def test_a_hidden_programme_has_no_public_list(published: Store) -> None:
    hidden = Changes("p", {"programme": [PROGRAMME.model_copy(update={"public": False})]})
    published.write(hidden, author="test", reason="test", origin=Origin("form"))
    assert shown(published, "workshops.answers", Reading.PUBLIC).missing == ("contribution",)


def test_a_thousand_contributions_are_answered_at_once() -> None:
    voices = [voice(f"v{number}", text="Mehr Bänke am Fluss, bitte. " * 8) for number in range(1000)]
    considered = [answer(item.key, list(ConsiderationOutcome)[place % 3]) for place, item in enumerate(voices[:700])]
    before = process_time()
    draft = build("workshops.answers", FORUM, FIELD, *voices, *considered, chosen={"by": "field"})
    assert process_time() - before < 0.5
    assert drawn(draft)
    assert draft.message.startswith("700 von 1.000 öffentlichen Beiträgen sind beantwortet")
