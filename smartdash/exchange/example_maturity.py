"""Example rows of the fictional Musterstadt about maturity models, surveys, and other municipalities."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from smartdash.exchange.example_texts import InBoth

_T = InBoth
_D = date
_M = Decimal

ROWS: dict[str, list[dict[str, Any]]] = {
    "maturity_model": [
        {"key": "modell-a", "title_de": "Modell A", "title_en": "Model A", "version": "1.0", "validated": True}
    ],
    "dimension": [{"key": "daten", "maturity_model": "modell-a", "title_de": "Daten", "title_en": "Data"}],
    "criterion": [
        {
            "key": "daten-1",
            "dimension": "daten",
            "title_de": "Offene Daten werden gepflegt.",
            "title_en": "Open data is maintained.",
        }
    ],
    "level_descriptor": [
        {
            "dimension": "daten",
            "level": 1,
            "name_de": "am Anfang",
            "name_en": "beginning",
            "text_de": "Daten liegen verstreut.",
            "text_en": "Data is scattered.",
        }
    ],
    "survey_wave": [
        {
            "key": "2024",
            "title": _T("Erhebung 2024", "Survey 2024"),
            "maturity_model": "modell-a",
            "start": _D(2024, 9, 1),
            "end": _D(2024, 9, 30),
            "moderated_by": "amt-10",
            "units_invited": 8,
        }
    ],
    "invitation": [
        {"survey_wave": "2024", "unit": "amt-10", "respondent": "p-01", "invited_on": _D(2024, 8, 26)},
    ],
    "response": [
        {
            "survey_wave": "2024",
            "unit": "amt-10",
            "respondent": "p-01",
            "criterion": "daten-1",
            "answered_on": _D(2024, 9, 12),
            "level": 2,
            "target_level": 3,
        }
    ],
    "consensus": [
        {
            "survey_wave": "2024",
            "unit": "amt-10",
            "criterion": "daten-1",
            "agreed_on": _D(2024, 10, 8),
            "level": 2,
            "reason": _T("Der Katalog ist noch im Aufbau.", "The catalogue is still being built."),
        }
    ],
    "analysis_text": [
        {
            "survey_wave": "2024",
            "language": "de",
            "written_on": _D(2024, 10, 15),
            "text": "Die Stadt steht bei Daten auf Stufe 2,0; das Ziel ist 3,0.",
            "generated": "Die Stadt steht bei Daten auf Stufe 2,0.",
        }
    ],
    "indicator": [
        {
            "key": "glasfaser",
            "title_de": "Haushalte mit Glasfaser",
            "title_en": "Households with fibre",
            "measured_in": "%",
        }
    ],
    "observation": [
        {"indicator": "glasfaser", "municipality": "00000000", "observed_on": _D(2024, 6, 30), "value": _M("41.2")}
    ],
    "peer_score": [
        {
            "maturity_model": "modell-a",
            "municipality": "00000000",
            "method": "survey",
            "dimension": "daten",
            "observed_on": _D(2024, 6, 30),
            "level": _M("2.4"),
            "units": 9,
            "raters": 31,
        }
    ],
    "peer_group": [
        {
            "key": "mittel",
            "title": _T("Städte mittlerer Größe", "Cities of medium size"),
            "population_from": 100000,
            "population_to": 300000,
        }
    ],
    "peer_member": [
        {
            "peer_group": "mittel",
            "municipality": "00000000",
            "reason": _T("Partnerstadt im Erfahrungsaustausch", "Partner city we exchange experience with"),
        }
    ],
}
