from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made_reader import build, column

from smartdash.charts.tokens import DARK, LIGHT
from smartdash.figures.deliverables import allowances, contents, deliverables
from smartdash.figures.milestones import milestones
from smartdash.figures.schedule import phases
from smartdash.model.schedule import (
    Allowance,
    AllowanceUnit,
    Deliverable,
    DeliverableContent,
    Milestone,
    MilestoneForecast,
    Phase,
)
from smartdash.model.shared import Unit
from smartdash.model.workshops import Event, EventKind

AS_OF = date(2026, 8, 15)
START, END = date(2026, 1, 1), date(2026, 6, 30)


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
        ([done("A"), done("B")], "Alle 2 Phasen sind abgeschlossen.", "All 2 phases are completed."),
        (
            [done("A"), running("B", AS_OF)],
            "Keine Phase ist als verspätet gemeldet; 1 von 2 ist abgeschlossen.",
            "No phase is reported late; 1 of 2 is completed.",
        ),
        (
            [phase("A", planned_start=START, planned_end=END), done("B")],
            "Keine Phase ist als verspätet gemeldet; 1 von 2 ist abgeschlossen. "
            "Zu 1 Phase, die laufen sollte, fehlt die Meldung.",
            "No phase is reported late; 1 of 2 is completed. 1 phase that should be under way has no report.",
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
    ids=["late", "one late", "only one", "done", "punctual", "silent", "plan only", "no dates"],
)
def test_the_message_on_phases_says_what_is_reported(records: list[Phase], german: str, english: str) -> None:
    assert build(phases, AS_OF, *records).message == german
    assert build(phases, AS_OF, *records, lang="en").message == english


def test_the_phase_table_holds_plan_actual_and_expected_dates() -> None:
    closing = milestone("M", END, phase="A", closes_phase=True)
    sub_step = phase("A1", parent="A", planned_start=START, planned_end=END)
    office = Unit(programme="x", key="u", title="Programmbüro")
    lead = phase("A", planned_start=START, planned_end=END, actual_start=START, unit="u")
    draft = build(phases, AS_OF, lead, sub_step, closing, forecast("M", date(2026, 9, 30)), office)
    assert draft.rows == (
        ("Phase A", None, START, END, START, None, date(2026, 9, 30), 92, "critical", "Programmbüro"),
        ("Phase A1", "Phase A", START, END, None, None, END, None, "unknown", None),
    )
    assert [item.label for item in draft.columns[:3]] == ["Titel", "Teil von", "Beginn (Plan)"]


def test_phases_without_dates_have_no_chart_and_are_named_beside_the_others() -> None:
    assert build(phases, AS_OF, phase("A")).chart is None
    draft = build(phases, AS_OF, phase("A"), done("B"))
    assert "„Phase A“" in draft.note
    assert draft.chart is not None
    many = [phase(str(index)) for index in range(6)]
    assert "6 Phasen und Teilschritte" in build(phases, AS_OF, done("B"), *many).note


def test_an_as_of_date_long_after_the_plan_is_named_in_the_note() -> None:
    assert "22.11.2030" in build(phases, date(2030, 11, 22), done("A")).note


@pytest.mark.parametrize(
    ("records", "german"),
    [
        (
            [milestone("A", END, actual=END), milestone("B", END), forecast("B", date(2026, 10, 8))],
            "1 von 2 Meilensteinen sind erreicht, 1 ist verspätet: „Ziel B“ mit 100 Tagen.",
        ),
        ([milestone("A", END, actual=END)], "Der einzige Meilenstein ist erreicht."),
        (
            [milestone("A", END), forecast("A", date(2026, 10, 8))],
            "Der einzige Meilenstein „Ziel A“ ist mit 100 Tagen im Verzug.",
        ),
        (
            [milestone("A", date(2026, 9, 1)), forecast("A", date(2026, 9, 1))],
            "Der einzige Meilenstein ist nicht als verspätet gemeldet.",
        ),
        (
            [milestone("A", date(2026, 9, 1)), milestone("B", date(2026, 9, 1))],
            "Zu keinem der 2 Meilensteine liegt eine Meldung vor; gezeigt ist der Plan.",
        ),
        (
            [milestone("A", END, actual=END), milestone("B", END)],
            "1 von 2 Meilensteinen ist erreicht, keiner ist verspätet. 1 fälliger Meilenstein ist ohne Meldung.",
        ),
    ],
)
def test_the_message_on_milestones_says_what_is_reported(records: list[Any], german: str) -> None:
    assert build(milestones, AS_OF, *records).message == german


def test_the_milestone_table_stands_in_order_of_the_plan() -> None:
    late = milestone("B", END, phase="P", gate=True, owner_role="Leitung")
    draft = build(
        milestones, AS_OF, milestone("C", date(2026, 9, 1)), late, forecast("B", date(2026, 8, 20)), done("P")
    )
    assert draft.rows == (
        ("Ziel B", "Phase P", True, END, date(2026, 8, 20), None, 51, "critical", "Leitung"),
        ("Ziel C", None, False, date(2026, 9, 1), None, None, 0, "planned", None),
    )


def deliverable(key: str, **values: Any) -> Deliverable:
    return Deliverable(programme="x", key=key, title=f"Bericht {key}", **values)


def content(of: str, key: str, covered_on: date | None = None) -> DeliverableContent:
    return DeliverableContent(programme="x", key=key, deliverable=of, title=f"Inhalt {key}", covered_on=covered_on)


def test_coverage_counts_only_where_it_is_reported_at_all() -> None:
    records = [deliverable("A", due=END), deliverable("B"), content("A", "1"), content("A", "2")]
    silent = build(deliverables, AS_OF, *records)
    assert (column(silent, "covered"), column(silent, "required")) == ([None, None], [2, None])
    assert "Verlangt sind 2 Inhalte" in silent.note
    assert silent.message == (
        "Zu keinem der 2 Arbeitsergebnisse ist eine Lieferung gemeldet. Bei 1 ist der Termin verstrichen."
    )
    reported = build(deliverables, AS_OF, *records, deliverable("C"), content("C", "3", END))
    assert column(reported, "covered") == [0, None, 1]


def test_deliverables_without_required_contents_have_no_chart() -> None:
    draft = build(deliverables, AS_OF, deliverable("A", delivered=END))
    assert draft.chart is None
    assert draft.message == "Das einzige Arbeitsergebnis ist geliefert."


def test_contents_stand_below_their_deliverable() -> None:
    records = [deliverable("B"), deliverable("A"), content("A", "1", END), content("B", "2")]
    draft = build(contents, AS_OF, *records)
    assert draft.rows == (("Bericht B", "Inhalt 2", None), ("Bericht A", "Inhalt 1", END))
    assert draft.message == "1 von 2 verlangten Inhalten ist abgedeckt."


def allowance(key: str, cap: int, **values: Any) -> Allowance:
    unit = AllowanceUnit.WORKSHOP
    return Allowance(programme="x", key=key, title=f"Kontingent {key}", unit=unit, cap=Decimal(cap), **values)


def event(of: str, day: date, minutes: int | None = None) -> Event:
    kind = EventKind.WORKSHOP
    return Event(programme="x", key="e", title="Treffen", kind=kind, held_on=day, minutes=minutes, allowance=of)


@pytest.mark.parametrize(
    ("records", "german"),
    [
        (
            [allowance("A", 12), allowance("B", 1)],
            "Zu den Kontingenten ist keine Nutzung gemeldet; vereinbart sind höchstens 12 Workshops und 1 Workshop.",
        ),
        (
            [allowance("A", 3), allowance("B", 2), event("A", END), event("B", END)],
            "Kein Kontingent ist überschritten; am knappsten ist „Kontingent B“: 1 von 2 genutzt, 1 frei.",
        ),
        (
            [allowance("A", 3), event("A", END), event("A", date(2026, 9, 1))],
            "Kein Kontingent ist überschritten; am knappsten ist „Kontingent A“: 1 von 3 genutzt, 1 geplant, 1 frei.",
        ),
        (
            [allowance("A", 2), event("A", END), event("A", date(2026, 9, 1))],
            "„Kontingent A“ ist ausgeschöpft (1 von 2 genutzt, der Rest verplant); kein Kontingent ist überschritten.",
        ),
        (
            [allowance("A", 0), event("A", END)],
            "1 Kontingent ist überschritten: „Kontingent A“ um 1.",
        ),
    ],
    ids=["unused", "tightest", "with plans", "exhausted", "exceeded"],
)
def test_the_message_on_allowances_names_the_tightest(records: list[Any], german: str) -> None:
    draft = build(allowances, AS_OF, *records)
    assert draft.message == german
    assert draft.chart is not None
    assert all(draft.chart(tokens).to_dict()["layer"] for tokens in (LIGHT, DARK))


def test_an_allowance_no_event_refers_to_has_no_known_use() -> None:
    records = [
        allowance("A", 3, limit_minutes=60),
        allowance("B", 140),
        event("A", END, 75),
        event("A", date(2026, 9, 1), 90),
    ]
    draft = build(allowances, AS_OF, *records)
    assert [column(draft, name) for name in ("used", "planned", "left")] == [[1, None], [1, None], [1, None]]
    assert draft.note == (
        "Zu 1 Kontingent ist keine Nutzung erfasst. "
        "1 Termin war länger als vereinbart: „Treffen“ (75 statt 60 Minuten)."
    )
