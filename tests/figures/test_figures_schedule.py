from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made_reader import build, column
from made_stores import fill, shown

from smartdash.charts.tokens import DARK, LIGHT
from smartdash.figures.figure import Draft
from smartdash.figures.timeline import phases
from smartdash.locale import Language
from smartdash.model.committees import Committee, CommitteeSession, Consultation, ConsultationRole, Paper, PaperKind
from smartdash.model.declare import Record
from smartdash.model.projects import StatusReport, TrafficLight
from smartdash.model.schedule import Baseline, BaselineDate, Milestone, MilestoneForecast, Phase
from smartdash.model.shared import ContextEvent, FieldOfWork, Unit
from smartdash.model.workshops import Event, EventKind
from smartdash.store import Audience, Store

AS_OF = date(2026, 8, 15)
START, END = date(2026, 1, 1), date(2026, 6, 30)


def made(*records: Record, as_of: date = AS_OF, lang: Language = "de", **chosen: str) -> Draft:
    """The figure of the phases as it is made of records with choices."""
    return build(lambda reader, say: phases(reader, say, chosen), as_of, *records, lang=lang)


def drawn(draft: Draft) -> str:
    assert draft.chart
    return str(draft.chart(LIGHT).to_dict())


def phase(key: str, **values: Any) -> Phase:
    return Phase(programme="x", key=key, title=f"Phase {key}", **values)


def running(key: str, end: date) -> Phase:
    return phase(key, planned_start=START, planned_end=end, actual_start=START)


def done(key: str) -> Phase:
    return phase(key, planned_start=START, planned_end=END, actual_start=START, actual_end=END)


def milestone(key: str, planned: date, **values: Any) -> Milestone:
    return Milestone(programme="x", key=key, title=f"Ziel {key}", planned=planned, **values)


def forecast(of: str, day: date) -> MilestoneForecast:
    return MilestoneForecast(programme="x", milestone=of, reported_on=date(2026, 8, 1), forecast=day)


@pytest.mark.parametrize(
    ("records", "german", "english"),
    [
        (
            [running("A", date(2026, 7, 5)), running("B", END), done("C")],
            "2 von 3 Phasen sind verspätet; am längsten „Phase B“ mit 46 Tagen.",
            "2 of 3 phases are late, most of all “Phase B” by 46 days.",
        ),
        (
            [running("A", END), done("B")],
            "1 von 2 Phasen ist verspätet: „Phase A“ mit 46 Tagen.",
            "1 of 2 phases is late: “Phase A” by 46 days.",
        ),
        (
            [running("A", END)],
            "Die einzige Phase „Phase A“ ist mit 46 Tagen im Verzug.",
            "The only phase “Phase A” is 46 days late.",
        ),
        (
            [running("A", AS_OF), phase("A1", parent="A", planned_start=START, planned_end=END, actual_start=START)],
            "Die einzige Phase ist nicht als verspätet gemeldet. 1 Teilschritt ist verspätet.",
            "The only phase is not reported late. 1 sub-step is late.",
        ),
        ([done("A"), done("B")], "Alle 2 Phasen sind abgeschlossen.", "All 2 phases are completed."),
        (
            [done("A"), running("B", AS_OF)],
            "Keine Phase ist als verspätet gemeldet; 1 von 2 ist abgeschlossen.",
            "No phase is reported late; 1 of 2 is completed.",
        ),
        (
            [phase("A", planned_start=START, planned_end=END), done("B")],
            "Keine Phase ist als verspätet gemeldet; 1 von 2 ist abgeschlossen. "
            "Zu 1 Phase, die begonnen haben sollte, fehlt die Meldung.",
            "No phase is reported late; 1 of 2 is completed. 1 phase that should have begun has no report.",
        ),
        (
            [phase("A", planned_start=START, planned_end=END), phase("B")],
            "Zu keiner der 2 Phasen liegt eine Meldung vor; gezeigt ist der Plan.",
            "Nothing is reported for any of the 2 phases; the plan is shown.",
        ),
        (
            [phase("A"), phase("B")],
            "Für die 2 Phasen sind keine Termine genannt.",
            "None of the 2 phases has dates.",
        ),
    ],
    ids=["late", "one late", "only one", "only a sub-step", "done", "punctual", "silent", "plan only", "no dates"],
)
def test_the_message_on_phases_says_what_is_reported(records: list[Phase], german: str, english: str) -> None:
    assert made(*records).message == german
    assert made(*records, lang="en").message == english


def test_the_table_holds_plan_actual_and_expected_dates_of_phases_and_milestones() -> None:
    closing = milestone("M", END, phase="A", closes_phase=True, owner_role="Leitung", gate=True)
    sub_step = phase("A1", parent="A", planned_start=START, planned_end=END)
    office = Unit(programme="x", key="u", title="Programmbüro")
    lead = phase("A", planned_start=START, planned_end=END, actual_start=START, unit="u")
    draft = made(lead, sub_step, closing, forecast("M", date(2026, 9, 30)), office)
    assert [one.name for one in draft.columns] == [
        "kind", "title", "part_of", "planned_start", "planned_end", "actual_start", "actual_end", "expected_end",
        "days_late", "status", "who",
    ]  # fmt: skip
    late = date(2026, 9, 30)
    assert draft.rows == (
        ("Phase", "Phase A", None, START, END, START, None, late, 92, "critical", "Programmbüro"),
        ("Entscheidungspunkt", "Ziel M", "Phase A", None, END, None, None, late, 92, "critical", "Leitung"),
        ("Teilschritt", "Phase A1", "Phase A", START, END, None, None, END, None, "unknown", None),
    )


def test_phases_without_dates_have_no_chart_and_are_named_beside_the_others() -> None:
    nothing = made(phase("A"))
    assert (nothing.chart, len(nothing.rows)) == (None, 1)
    draft = made(phase("A"), done("B"))
    assert "„Phase A“" in draft.note
    assert "Phase A" not in drawn(draft)
    many = [phase(str(index)) for index in range(6)]
    assert "6 Phasen und Teilschritte" in made(done("B"), *many).note


def test_a_phase_without_dates_keeps_its_name_above_its_dated_sub_step() -> None:
    text = drawn(made(phase("A"), phase("A1", parent="A", planned_start=START, planned_end=END)))
    assert "'Phase A'" in text


@pytest.mark.parametrize(
    ("as_of", "german"), [(date(2030, 11, 22), "liegt nach"), (date(2001, 1, 1), "liegt vor"), (END, "")]
)
def test_an_as_of_date_beyond_the_dates_is_named_in_the_note(as_of: date, german: str) -> None:
    note = made(done("A") if as_of > START else phase("A", planned_start=START, planned_end=END), as_of=as_of).note
    assert german in note
    assert ("Stichtag" in note) is bool(german)


@pytest.mark.parametrize("end", ["planned_start", "planned_end", "actual_end"])
def test_a_phase_of_which_one_day_is_known_is_drawn_on_that_day(end: str) -> None:
    draft = made(phase("A", **{end: date(2024, 2, 29)}))
    assert "Ohne Termine" not in draft.note
    assert "Phase A" in drawn(draft)


def test_a_baseline_leaves_the_first_plan_in_sight() -> None:
    plan = Baseline(programme="x", key="b", title="Neu", decided_on=date(2026, 3, 1), decided_by="u", reason="Vergabe")
    moved = BaselineDate(programme="x", baseline="b", subject="A", planned_end=date(2026, 9, 30))
    draft = made(running("A", END), done("B"), plan, moved)
    assert column(draft, "planned_end") == [date(2026, 9, 30), END]
    assert column(draft, "first_end") == [END, None]
    assert "dünne Linie: erster Plan" in draft.unit
    assert "Erster Plan" in drawn(draft)
    assert "Erster Plan" not in drawn(made(running("A", END), plan, moved, as_of=date(2026, 2, 1)))


@pytest.mark.parametrize(
    ("light", "reason", "german"),
    [
        (
            TrafficLight.GREEN,
            None,
            "1 gemeldeter Status weicht vom berechneten ab. Für 1 davon ist kein Grund genannt.",
        ),
        (TrafficLight.GREEN, "Ende ist vereinbart", "1 gemeldeter Status weicht vom berechneten ab."),
        (TrafficLight.RED, None, ""),
    ],
)
def test_a_report_stands_beside_the_computed_status(light: TrafficLight, reason: str | None, german: str) -> None:
    report = StatusReport(
        programme="x", subject="A", reported_on=date(2026, 8, 1), light=light, deviation_reason=reason,
        cause="Vergabe", options="a; b", addressee="Rat",
    )  # fmt: skip
    draft = made(running("A", END), report)
    assert column(draft, "reported") == [light.label("de")]
    assert (german in draft.note) if german else ("weicht" not in draft.note)
    assert draft.note.endswith("genannt.") is (german.endswith("genannt."))


def session(day: date, **values: Any) -> CommitteeSession:
    return CommitteeSession(programme="x", committee="c", held_on=day, **values)


def dates() -> list[Record]:
    """A committee with a session held, one cancelled and one to come, an event of three days, an election."""
    met = session(date(2026, 6, 1))
    paper = Paper(programme="x", key="v", title="Strategie", kind=PaperKind.DECISION)
    step = Consultation(programme="x", paper="v", session=met.key, role=ConsultationRole.DECISION)
    forum = Event(
        programme="x", key="e", title="Forum", kind=EventKind.FORUM, held_on=date(2026, 6, 30), ends_on=date(2026, 7, 2)
    )
    return [
        Committee(programme="x", key="c", title="Rat"), met, paper, step, forum,
        session(date(2026, 7, 1), cancelled=True), session(date(2026, 12, 1)),
        ContextEvent(programme="x", key="w", title="Wahl", happened_on=date(2026, 3, 8)),
    ]  # fmt: skip


def test_events_sessions_and_what_happened_outside_have_sections_of_their_own() -> None:
    draft = made(done("A"), *dates())
    assert list(zip(column(draft, "kind"), column(draft, "title"), column(draft, "status"), strict=True))[1:] == [
        ("Forum", "Forum", "done"),
        ("Sitzung", "Rat", "done"),
        ("Sitzung (abgesagt)", "Rat (abgesagt)", None),
        ("Sitzung", "Rat", "planned"),
        ("Kontextereignis", "Wahl", None),
    ]
    assert column(draft, "actual_end")[1] == date(2026, 7, 2)
    text = drawn(draft)
    assert all(f"'{word}'" in text for word in ("Veranstaltungen", "Gremiensitzungen", "Kontextereignisse"))
    assert "Strategie" in text
    assert draft.unit.endswith("Quadrat: Gremiensitzung; Kreuz: abgesagt; Dreieck: Kontextereignis")
    assert "Veranstaltungen" not in drawn(made(done("A")))


def test_an_event_of_several_days_is_in_each_month_it_touches() -> None:
    for month in ("2026-06-01", "2026-07-01"):
        assert "Forum" in column(made(done("A"), *dates(), zoom="month", begin=month), "title")
    assert "Forum" not in column(made(done("A"), *dates(), zoom="month", begin="2026-05-01"), "title")


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({}, []),
        ({"zoom": "minute"}, []),
        ({"zoom": "decade"}, ["2020–2029"]),
        ({"zoom": "year"}, ["2026"]),
        ({"zoom": "quarter"}, ["Q2 2026", "Q1 2026"]),
        ({"zoom": "quarter", "begin": "2026-02-14"}, ["Q2 2026", "Q1 2026"]),
        ({"zoom": "month", "begin": "1999-01-01"}, ["Juni 2026", "Januar 2026", "Februar 2026"]),
        ({"zoom": "week", "begin": "'; DROP TABLE x"}, ["KW 27 (29.06. – 05.07.2026)".replace(". –", ".\u00a0–")]),
    ],
)
def test_the_periods_to_choose_from_depend_on_the_zoom_and_begin_with_the_nearest(
    chosen: dict[str, str], words: list[str]
) -> None:
    options = {option.name: option for option in made(done("A"), **chosen).options}
    offered = list(options["begin"].values.values()) if "begin" in options else []
    assert offered[: len(words)] == words
    assert bool(offered) is bool(words)
    if offered:
        asked = "2026-01-01" if chosen.get("begin") == "2026-02-14" else next(iter(options["begin"].values))
        assert options["begin"].chosen == asked


def test_thresholds_are_named_where_a_status_was_computed_by_them() -> None:
    assert "gefährdet ab 8, kritisch ab 32 Tagen Verzug" in made(running("A", END)).note
    assert "Verzug" not in made(phase("A", planned_start=START, planned_end=END)).note


def test_phases_without_dates_are_in_no_period() -> None:
    draft = made(done("A"), phase("B"), zoom="year")
    assert column(draft, "title") == ["Phase A"]
    assert "Phase B" not in draft.note


def test_a_period_holds_what_is_in_it_and_says_that_there_is_more() -> None:
    far = phase("B", planned_start=date(2028, 1, 1), planned_end=date(2029, 1, 1))
    draft = made(running("A", date(2027, 12, 31)), far, zoom="year")
    assert column(draft, "title") == ["Phase A"]
    assert draft.message.endswith("Im Zeitraum 2026 liegt 1 von 2 Phasen und Teilschritten.")
    assert "Pfeil am Rand: geht dort weiter" in draft.unit
    empty = made(done("A"), far, zoom="year", begin="2027-01-01")
    assert (empty.chart, empty.rows) == (None, ())
    assert "Pfeil" not in made(done("A"), zoom="year").unit


def test_phases_are_grouped_by_their_own_or_the_nearest_unit_or_field_above() -> None:
    records: list[Record] = [
        Unit(programme="x", key="it", title="IT-Amt"),
        Unit(programme="x", key="hr", title="Personalamt"),
        FieldOfWork(programme="x", key="it", title="Verwaltung"),
        phase("A", unit="it", planned_start=START, planned_end=END, field_of_work="it"),
        phase("A1", parent="A", planned_start=START, planned_end=END),
        phase("A2", parent="A", unit="hr", planned_start=START, planned_end=END),
        phase("B", planned_start=START, planned_end=END),
        milestone("M", END, unit="hr"),
    ]
    by_unit = made(*records, group="unit")
    assert list(zip(column(by_unit, "group"), column(by_unit, "title"), strict=True)) == [
        ("IT-Amt", "Phase A"),
        ("IT-Amt", "Phase A1"),
        ("Personalamt", "Phase A2"),
        ("Personalamt", "Ziel M"),
        ("Ohne Zuständigkeit", "Phase B"),
    ]
    assert [*dict.fromkeys(column(made(*records, group="field"), "group"))] == ["Verwaltung", "Ohne Handlungsfeld"]
    plain = made(*records, group="colour")
    assert "group" not in [one.name for one in plain.columns]
    assert column(plain, "title") == ["Phase A", "Phase A1", "Phase A2", "Phase B", "Ziel M"]
    hidden = made(*records[1:], group="unit")
    assert column(hidden, "group") == ["Personalamt", "Personalamt", *["Ohne Zuständigkeit"] * 3]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_sixty_phases_with_everything_are_drawn_in_both_modes_and_languages(lang: Language) -> None:
    many = [
        phase(
            str(index),
            planned_start=START,
            planned_end=END,
            actual_start=START,
            parent=str(index // 9 * 9) if index % 9 else None,
        )
        for index in range(60)
    ]
    draft = made(*many, *dates(), *(milestone(str(index), END, phase=str(index)) for index in range(60)), lang=lang)
    assert draft.chart
    assert len(draft.rows) == 125
    for tokens in (LIGHT, DARK):
        spec = draft.chart(tokens).to_dict()
        assert len(str(spec)) < 150_000
        assert len(spec["layer"]) < 60


def test_what_is_discussed_behind_closed_doors_stays_there(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.duckdb")
    met = CommitteeSession(programme="p", committee="c", held_on=date(2026, 6, 1))
    paper = Paper(programme="p", key="v", title="Sicherheitslage", kind=PaperKind.DECISION)
    step = Consultation(programme="p", paper="v", session=met.key, role=ConsultationRole.DECISION, open_session=False)
    inner = Event(
        programme="p", key="e", title="Klausur", kind=EventKind.WORKSHOP, held_on=date(2026, 6, 2), public=False
    )
    begun = Phase(programme="p", key="a", title="Phase", planned_start=START, planned_end=END)
    fill(store, begun, Committee(programme="p", key="c", title="Rat"), met, paper, step, inner)
    seen = {audience: drawn(shown(store, "schedule.phases", audience=audience).draft) for audience in Audience}
    for hidden in ("Sicherheitslage", "Klausur"):
        assert hidden in seen[Audience.INTERNAL]
        assert hidden not in seen[Audience.PUBLIC]
    assert "Rat" not in seen[Audience.PUBLIC], "the bare date would tell of it"
