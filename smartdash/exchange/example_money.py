"""Example rows of the fictional Musterstadt about the budget, the grant and its rules, and scenarios."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from smartdash.exchange.example_texts import InBoth

_T = InBoth
_D = date
_M = Decimal

ROWS: dict[str, list[dict[str, Any]]] = {
    "appropriation": [{"cost_line": "1.1", "year": 2024, "amount": _M("50000.00"), "blocked": _M("2500.00")}],
    "budget_carry_over": [
        {
            "cost_line": "1.1",
            "from_year": 2024,
            "year": 2025,
            "amount": _M("8000.00"),
            "kind": "earmarked",
            "carried_on": _D(2025, 2, 28),
            "expires_on": _D(2026, 12, 31),
        }
    ],
    "budget_transfer": [
        {
            "key": "u-1",
            "to_line": "1.1",
            "year": 2024,
            "amount": _M("3000.00"),
            "transferred_on": _D(2024, 9, 16),
            "reason": _T("Überplanmäßig bewilligt", "Granted beyond the budget"),
        }
    ],
    "cost_forecast": [
        {
            "cost_line": "1.1",
            "year": 2024,
            "forecast_on": _D(2024, 9, 30),
            "method": "manual",
            "amount": _M("47500.00"),
            "reason": _T("Ein Workshop kommt hinzu", "One more workshop"),
        },
        {"cost_line": "1.1", "year": 2025, "forecast_on": _D(2024, 9, 30), "method": "plan"},
    ],
    "commitment_step": [{"commitment": "bestellung-7", "changed_on": _D(2024, 11, 29), "stage": "released"}],
    "person_day_use": [{"person_day_budget": "pt-1", "reported_on": _D(2024, 1, 31), "days": _M("4.5")}],
    "drawdown": [
        {
            "key": "abruf-1",
            "title": _T("Erster Abruf", "First drawdown"),
            "funding_source": "land",
            "amount": _M("20000.00"),
            "planned_on": _D(2024, 5, 1),
            "requested_on": _D(2024, 5, 6),
            "paid_on": _D(2024, 5, 27),
        }
    ],
    "proof_of_use": [
        {
            "key": "nachweis-2024",
            "title": _T("Zwischennachweis 2024", "Interim proof 2024"),
            "kind": "interim",
            "funding_source": "land",
            "period_start": _D(2024, 1, 1),
            "period_end": _D(2024, 12, 31),
            "due_on": _D(2025, 4, 30),
        }
    ],
    "rule_pack_use": [{"pack": "plan"}],
    "rule_parameter": [
        {"name": "funding_rate", "value": _M(90), "note": _T("Laut Bescheid", "As the notice says")},
        {"name": "grant_notice", "day": _D(2024, 1, 15)},
    ],
    "waiver": [
        {
            "key": "ausnahme-1",
            "rule": "plan.costs_equal_funding",
            "scope": "2024",
            "reason": _T("Wird mit dem Nachtrag ausgeglichen", "Will be balanced by the amendment"),
            "approved_by": _T("Programmleitung", "Programme lead"),
            "approved_on": _D(2024, 6, 3),
        }
    ],
    "scenario": [
        {
            "key": "quote-65",
            "title": _T("Quote sinkt auf 65 %", "Rate falls to 65 %"),
            "plan_version": "antrag",
            "funding_rate": _M(65),
            "delay_months": 6,
            "saved_on": _D(2024, 6, 3),
            "saved_by": _T("Programmleitung", "Programme lead"),
        }
    ],
    "scenario_price": [{"scenario": "quote-65", "cost_line": "1.1", "percent": _M("4.5"), "from_year": 2025}],
}
