"""Example rows of the areas projects and OKR, up to the conference."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from smartdash.exchange.example_texts import InBoth

_T = InBoth
_D = date
_M = Decimal

ROWS: dict[str, list[dict[str, Any]]] = {
    "project": [
        {
            "key": "portal",
            "title": _T("Terminportal", "Appointment portal"),
            "state": "running",
            "field_of_work": "buergerservice",
            "unit": "amt-10",
            "planned_end": _D(2025, 3, 31),
            "cost": _M("120000.00"),
        }
    ],
    "project_field": [{"project": "portal", "field_of_work": "buergerservice"}],
    "project_progress": [
        {
            "project": "portal",
            "reported_on": _D(2024, 12, 1),
            "stage": "implementation",
            "completion": 60,
            "forecast_end": _D(2025, 5, 15),
            "forecast_cost": _M("126000.00"),
        }
    ],
    "status_report": [
        {
            "project": "portal",
            "reported_on": _D(2024, 12, 1),
            "dimension": "time",
            "light": "yellow",
            "measure": _T("Los 2 wird vorgezogen.", "Lot 2 is brought forward."),
            "measure_due": _D(2025, 1, 31),
        },
        {"project": "portal", "reported_on": _D(2024, 12, 1), "dimension": "money", "light": "green"},
    ],
    "impediment": [
        {
            "key": "h-1",
            "title": _T("Prüfung der Vergabe offen", "Procurement check pending"),
            "kind": "legal",
            "blocks": "portal",
            "raised_on": _D(2024, 11, 20),
            "due": _D(2025, 1, 15),
        }
    ],
    "blockage": [{"impediment": "h-1", "subject": "ms-2"}],
    "impediment_event": [
        {
            "impediment": "h-1",
            "happened_on": _D(2024, 12, 5),
            "kind": "level",
            "level": "office",
            "comment": _T("Das Hauptamt braucht eine Entscheidung.", "The main office needs a decision."),
        },
        {"impediment": "h-1", "happened_on": _D(2025, 1, 10), "kind": "resolved"},
    ],
    "risk": [
        {
            "key": "r-1",
            "title": _T("Der Anbieter liefert später.", "The supplier delivers later."),
            "about": "portal",
            "identified_on": _D(2024, 9, 2),
            "probability": 3,
            "impact": 4,
            "response": _T("Teillieferung vereinbaren.", "Agree on a partial delivery."),
        }
    ],
    "risk_assessment": [{"risk": "r-1", "assessed_on": _D(2024, 12, 1), "probability": 2, "impact": 4}],
    "cycle": [
        {
            "key": "2024-q4",
            "title": _T("4. Quartal 2024", "4th quarter 2024"),
            "start": _D(2024, 10, 1),
            "end": _D(2024, 12, 31),
        }
    ],
    "objective": [
        {
            "key": "o-1",
            "title": _T("Termine gehen ohne Anruf.", "Appointments need no call."),
            "cycle": "2024-q4",
            "unit": "amt-10",
        }
    ],
    "contributing_unit": [{"objective": "o-1", "unit": "buero", "role": _T("Schulung", "Training")}],
    "key_result": [
        {
            "key": "kr-1",
            "title": _T("Anteil online gebuchter Termine", "Share of appointments booked online"),
            "objective": "o-1",
            "measured_in": "%",
            "baseline": _M(20),
            "target": _M(60),
        },
        {
            "key": "kr-2",
            "title": _T("Portal ist abgenommen", "Portal is accepted"),
            "objective": "o-1",
            "kind": "milestones",
        },
    ],
    "key_result_milestone": [
        {"key": "kr-2-1", "key_result": "kr-2", "title": _T("Konzept liegt vor", "Concept is ready"), "weight": _M(1)},
        {
            "key": "kr-2-2",
            "key_result": "kr-2",
            "title": _T("Test bestanden", "Test passed"),
            "weight": _M(2),
            "due": _D(2024, 12, 13),
        },
    ],
    "phased_target": [{"key_result": "kr-1", "planned_for": _D(2024, 11, 15), "value": _M(35)}],
    "alignment": [{"origin": "portal", "target": "kr-1"}],
    "check_in": [{"key_result": "kr-1", "reported_on": _D(2024, 11, 15), "value": _M("37.5"), "confidence": 6}],
    "score": [{"key_result": "kr-1", "scored_on": _D(2025, 1, 10), "value": _M("0.7")}],
    "review": [{"objective": "o-1", "reviewed_on": _D(2025, 1, 10), "outcome": "keep"}],
    "conference": [
        {
            "key": "k-2024-q4",
            "title": _T("Quartalskonferenz Januar 2025", "Quarterly conference January 2025"),
            "cycle": "2024-q4",
            "held_on": _D(2025, 1, 10),
            "starts_at": "09:00",
        }
    ],
    "agenda_item": [
        {"key": "k-1-1", "conference": "k-2024-q4", "order": 1, "kind": "objective", "objective": "o-1", "minutes": 15}
    ],
    "decision": [
        {
            "key": "e-1",
            "conference": "k-2024-q4",
            "about": "o-1",
            "decided_on": _D(2025, 1, 10),
            "text": _T("Das Ziel wird fortgeführt.", "The objective goes on."),
        }
    ],
    "assignment": [
        {
            "key": "a-1",
            "conference": "k-2024-q4",
            "given_on": _D(2025, 1, 10),
            "text": _T("Zahlen des Portals nachreichen.", "Hand in the figures of the portal."),
            "role": _T("Programmleitung", "Programme lead"),
            "due": _D(2025, 1, 31),
        }
    ],
    "parked_topic": [
        {
            "key": "t-1",
            "conference": "k-2024-q4",
            "parked_on": _D(2025, 1, 10),
            "text": _T("Termine auch per Telefon?", "Appointments by phone, too?"),
        }
    ],
}
