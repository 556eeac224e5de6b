"""Figures of impediments and status reports on made and empty stores."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from made_stores import drawn, fill, shown

from smartdash.figures.output import as_csv
from smartdash.locale import LANGUAGES, Language
from smartdash.model.impediments import (
    EscalationLevel,
    Impediment,
    ImpedimentEvent,
    ImpedimentEventKind,
    ImpedimentKind,
)
from smartdash.model.okr import Cycle, KeyResult, Objective
from smartdash.model.projects import Project, ReportState, StatusReport, TrafficLight
from smartdash.store import Audience, Store

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
KEYS = ("log", "ladder", "red_list", "analytics", "pareto", "solved")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store.duckdb")


def impediment(key: str, **values: Any) -> Impediment:
    given = {"title": f"Hindernis {key}", "kind": ImpedimentKind.LEGAL, "raised_on": date(2026, 5, 1), **values}
    return Impediment(programme="p", key=key, **given)


RECORDS = (
    Cycle(programme="p", key="Q2", title="Q2", start=date(2026, 4, 1), end=date(2026, 7, 1)),
    Objective(programme="p", key="O", title="O", cycle="Q2"),
    KeyResult(
        programme="p", key="KR", title="Anträge online", objective="O", baseline=Decimal(0), target=Decimal(9),
        weight=Decimal("0.5"),
    ),
    impediment(
        "H1", blocks="KR", escalation=EscalationLevel.STEERING, cause="Vergabe fehlt", addressee="Lenkungskreis",
        options="Freihändig vergeben; ein Quartal warten", due=date(2026, 6, 20),
    ),
    impediment("H2", escalation=EscalationLevel.TOP, cause="=1+1", options="nur eine", public=False),
    impediment("H3", resolved_on=date(2026, 5, 11)),
    ImpedimentEvent(
        programme="p", impediment="H3", happened_on=date(2026, 6, 1), kind=ImpedimentEventKind.REOPENED
    ),
    impediment("H4", resolved_on=date(2026, 5, 21)),
)  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_red_list_leaves_as_a_table(store: Store, lang: Language) -> None:
    """What leaves changes only on purpose: change the golden file along with the code."""
    fill(store, *RECORDS)
    expected = (GOLDEN / f"red_list.{lang}.csv").read_text(encoding="utf-8")
    assert as_csv(shown(store, "impediments.red_list", lang)) == expected


@pytest.mark.parametrize("key", KEYS)
def test_without_impediments_nothing_is_claimed(store: Store, key: str) -> None:
    fill(store)
    assert shown(store, f"impediments.{key}").missing == ("impediment",)


@pytest.mark.parametrize("key", KEYS)
def test_a_single_resolved_impediment_is_shown(store: Store, key: str) -> None:
    fill(store, impediment("H", resolved_on=date(2026, 5, 11)))
    assert shown(store, f"impediments.{key}").draft.message


def test_the_numbers_of_the_made_impediments(store: Store) -> None:
    fill(store, *RECORDS)
    rows = {str(row[0]): row[1] for row in shown(store, "impediments.analytics").draft.rows}
    assert (rows["Offen"], rows["Ältestes offenes"], rows["Durchlaufzeit"]) == (3, 60, 20)
    assert (rows["Last"], rows["Wiederholquote"], rows["Gelöst im Quartal"]) == (30, 25, 1)
    assert "10 Tage überfällig" in drawn(shown(store, "impediments.ladder").draft)


def test_the_public_sees_no_internal_impediment(store: Store) -> None:
    fill(store, *RECORDS)
    for key in KEYS:
        draft = shown(store, f"impediments.{key}", audience=Audience.PUBLIC).draft
        assert "Hindernis H2" not in str(draft.rows)
        assert draft.chart is None or "Hindernis H2" not in drawn(draft)


def test_the_board_marks_silence_and_jumps_and_no_draft(store: Store) -> None:
    def report(key: str, on: date, light: TrafficLight, **values: Any) -> StatusReport:
        return StatusReport(programme="p", project=key, reported_on=on, light=light, **values)

    red = {"cause": "c", "options": "a; b", "addressee": "Rat"}
    fill(
        store,
        *(Project(programme="p", key=key, title=f"Vorhaben {key}") for key in ("A", "B")),
        report("A", date(2026, 5, 20), TrafficLight.GREEN),
        report("A", date(2026, 6, 20), TrafficLight.RED, **red),
        report("B", date(2026, 1, 1), TrafficLight.GREEN),
        report("B", date(2026, 6, 29), TrafficLight.RED, state=ReportState.DRAFT),
    )
    rows = {row[0]: row for row in shown(store, "status.board").draft.rows if row[1] == "Gesamt"}
    assert (rows["Vorhaben A"][4], rows["Vorhaben B"][4]) == ("critical", "unknown")
    assert "Sprung von Grün auf Rot." in str(rows["Vorhaben A"][6])
    assert rows["Vorhaben B"][6] == "Still seit 01.01.2026."
    decisions = shown(store, "status.decisions").draft
    assert decisions.rows == (("Vorhaben A", "Gesamt", None, "c", "(1) a (2) b", "Rat", date(2026, 6, 20)),), (
        "a draft waits for no decision"
    )


def test_the_board_begins_with_what_is_red(store: Store) -> None:
    lights = {"A": TrafficLight.GREEN, "C": TrafficLight.YELLOW, "D": TrafficLight.RED}
    given = {"cause": "c", "options": "a; b", "addressee": "Rat", "measure": "m", "measure_due": date(2026, 8, 1)}
    fill(
        store,
        *(Project(programme="p", key=key, title=key) for key in "ABCD"),
        *(
            StatusReport(programme="p", project=key, reported_on=date(2026, 6, 20), light=light, **given)
            for key, light in lights.items()
        ),
    )
    draft = shown(store, "status.board").draft
    assert list(dict.fromkeys(row[0] for row in draft.rows)) == ["D", "C", "A", "B"]
    assert draft.message == "1 von 4 laufenden Vorhaben meldet Rot. 1 hat noch nie berichtet."
    assert "Nutzen" in draft.note
    assert "Nutzen" not in drawn(draft)
