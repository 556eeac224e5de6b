from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from made_reader import build

from smartdash.figures.schedule import phases
from smartdash.model.schedule import Milestone, MilestoneForecast, Phase
from smartdash.model.shared import Unit

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
