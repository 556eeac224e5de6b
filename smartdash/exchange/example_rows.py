"""Example rows of the fictional Musterstadt: one or two per sheet, in both languages, that fit together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from smartdash.exchange.example_maturity import ROWS as MATURITY
from smartdash.exchange.example_money import ROWS as MONEY
from smartdash.exchange.example_steering import ROWS as STEERING
from smartdash.exchange.example_texts import InBoth

_T = InBoth
_D = date
_M = Decimal

ROWS: dict[str, list[dict[str, Any]]] = {
    **STEERING,
    **MONEY,
    **MATURITY,
    "programme": [
        {
            "key": "musterstadt-digital",
            "title": _T("Musterstadt digital", "Musterstadt digital"),
            "municipality_name": "Musterstadt",
            "start": _D(2024, 1, 1),
            "end": _D(2027, 12, 31),
        }
    ],
    "unit": [
        {"key": "buero", "title": _T("Programmbüro", "Programme office"), "kind": "team"},
        {"key": "amt-10", "title": _T("Hauptamt", "Main office")},
    ],
    "field_of_work": [
        {
            "key": "buergerservice",
            "title": _T("Bürgerservice", "Citizen services"),
            "target_state": _T("Alle Leistungen gehen auch online.", "Every service is online, too."),
        }
    ],
    "source": [
        {
            "key": "vorlage-12",
            "title": _T("Beschlussvorlage zum Programm", "Paper on the programme"),
            "number": "12/2024",
            "issued": _D(2024, 2, 1),
        }
    ],
    "role": [{"key": "leitung", "title": _T("Programmleitung", "Programme lead"), "body": "buero"}],
    "reporting_line": [
        {"origin": "rat", "kind": "decides"},
        {"origin": "leitung", "kind": "reports_to", "target": "rat", "rhythm": "half_yearly"},
    ],
    "context_event": [
        {"key": "sperre-2025", "title": _T("Haushaltssperre", "Budget freeze"), "happened_on": _D(2025, 3, 1)}
    ],
    "municipality": [{"key": "00000000", "title": "Musterstadt", "state": "Musterland", "population": 85000}],
    "phase": [
        {
            "key": "phase-1",
            "title": _T("Analyse", "Analysis"),
            "planned_start": _D(2024, 1, 1),
            "planned_end": _D(2024, 6, 30),
        }
    ],
    "milestone": [
        {
            "key": "ms-1",
            "title": _T("Analyse beschlossen", "Analysis adopted"),
            "phase": "phase-1",
            "gate": True,
            "planned": _D(2024, 6, 15),
        },
        {"key": "ms-2", "title": _T("Portal freigeschaltet", "Portal launched"), "planned": _D(2025, 3, 31)},
    ],
    "milestone_forecast": [
        {
            "milestone": "ms-2",
            "reported_on": _D(2024, 12, 1),
            "forecast": _D(2025, 5, 15),
            "reason": _T("Die Vergabe dauert länger.", "Procurement takes longer."),
        }
    ],
    "baseline": [
        {
            "key": "plan-2",
            "title": _T("Plan nach der Vergabe", "Plan after procurement"),
            "decided_on": _D(2025, 1, 20),
            "decided_by": "rat",
            "reason": _T("Neuer Zeitplan des Anbieters.", "New schedule of the supplier."),
        }
    ],
    "baseline_date": [{"baseline": "plan-2", "subject": "ms-2", "planned_end": _D(2025, 5, 31)}],
    "dependency": [{"provider": "ms-1", "consumer": "ms-2", "lag_days": 30}],
    "deliverable": [{"key": "bericht", "title": _T("Bericht zur Analyse", "Analysis report"), "due": _D(2024, 5, 31)}],
    "deliverable_content": [
        {"key": "bericht-1", "deliverable": "bericht", "title": _T("Bestandsaufnahme", "Stocktaking"), "order": 1}
    ],
    "allowance": [
        {
            "key": "interviews",
            "title": _T("Interviews in Phase 1", "Interviews in phase 1"),
            "unit": "interview",
            "cap": _M(12),
            "limit_minutes": 60,
        }
    ],
    "allowance_use": [{"allowance": "interviews", "used_on": _D(2024, 2, 6), "amount": _M(2)}],
    "event": [
        {
            "key": "ws-1",
            "title": _T("Auftaktworkshop", "Kick-off workshop"),
            "kind": "workshop",
            "held_on": _D(2024, 2, 20),
            "format": "on_site",
        }
    ],
    "attendance": [{"event": "ws-1", "unit": "amt-10", "participants": 3}],
    "contribution": [
        {
            "key": "b-1",
            "text": _T("Termine sollten online buchbar sein.", "Appointments should be bookable online."),
            "event": "ws-1",
            "collected_on": _D(2024, 2, 20),
            "votes": 7,
        }
    ],
    "consideration": [
        {
            "contribution": "b-1",
            "considered_on": _D(2024, 5, 6),
            "outcome": "adopted",
            "reason": _T("Aufgenommen in das Ziel zu Wartezeiten.", "Taken up in the goal on waiting times."),
        }
    ],
    "strategy_element": [
        {"key": "z-1", "title": _T("Weniger Wartezeit", "Less waiting"), "level": "goal", "state": "agreed"},
        {
            "key": "i-1",
            "title": _T("Mittlere Wartezeit", "Mean waiting time"),
            "level": "indicator",
            "result_level": "outcome",
            "measured_in": "min",
            "baseline": _M(35),
            "target": _M(15),
        },
    ],
    "state_change": [{"element": "z-1", "changed_on": _D(2024, 4, 9), "state": "agreed", "event": "ws-1"}],
    "link": [{"origin": "b-1", "kind": "derived", "target": "z-1"}],
    "indicator_value": [{"indicator": "i-1", "measured_on": _D(2024, 9, 30), "value": _M("28.5")}],
    "plan_version": [
        {"key": "antrag", "title": _T("Antrag 2024", "Application 2024"), "status": "application"},
    ],
    "cost_line": [{"key": "1.1", "title": _T("Beratung", "Advice"), "kind": "advice"}],
    "cost_amount": [{"plan_version": "antrag", "cost_line": "1.1", "year": 2024, "amount": _M("45000.00")}],
    "funding_source": [{"key": "land", "title": _T("Landesmittel", "State funds"), "kind": "state"}],
    "funding_amount": [{"plan_version": "antrag", "funding_source": "land", "year": 2024, "amount": _M("40500.00")}],
    "stated_total": [
        {
            "plan_version": "antrag",
            "code": "1",
            "label": _T("Summe Beratung", "Total advice"),
            "subject": "cost",
            "year": 2024,
            "amount": _M("45000.00"),
        }
    ],
    "contract": [
        {"key": "v-1", "title": _T("Begleitung der Analyse", "Support of the analysis"), "gross": _M("29750.00")}
    ],
    "posting": [
        {"key": "r-2024-1", "cost_line": "1.1", "booked_on": _D(2024, 4, 12), "amount": _M("9916.67")},
        {"key": "r-2024-2", "cost_line": "1.1", "booked_on": _D(2024, 5, 2), "amount": _M("-250.00"), "kind": "credit"},
    ],
    "commitment": [
        {
            "key": "bestellung-7",
            "title": _T("Begleitung der Analyse", "Support of the analysis"),
            "cost_line": "1.1",
            "stage": "bound",
            "committed_on": _D(2024, 3, 1),
            "year": 2024,
            "amount": _M("29750.00"),
            "contract": "v-1",
        }
    ],
    "person_day_budget": [
        {
            "key": "pt-1",
            "title": _T("Projektleitung", "Project lead"),
            "start": _D(2024, 1, 1),
            "end": _D(2024, 6, 30),
            "days_per_month": _M("4.5"),
            "rate": _M("980.00"),
        }
    ],
    "vat_rate": [{"key": "ab-2021", "valid_from": _D(2021, 1, 1), "percent": _M(19)}],
    "staffing": [{"unit": "amt-10", "involved": _M("3.5"), "funded": _M("1.5")}],
    "committee": [
        {"key": "rat", "title": _T("Stadtrat", "City council"), "kind": "council", "reports_regularly": True}
    ],
    "committee_session": [{"committee": "rat", "held_on": _D(2024, 3, 14)}],
    "paper": [
        {
            "key": "v-12",
            "title": _T("Start des Programms", "Start of the programme"),
            "number": "12/2024",
            "kind": "decision",
        }
    ],
    "consultation": [
        {"paper": "v-12", "session": "rat/2024-03-14", "order": 1, "role": "decision", "open_session": True}
    ],
}
