"""Fictional cities to compare Musterstadt with: their levels, context indicators, and a bought index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from musterstadt_source.tables import Row, Tables, generator

_YEARS = (("2025-06-30", 0.0), ("2026-06-30", 0.25))
"""When the cities of the exchange reported their levels, and by how much these rose on average."""

_MEANS = {"STR": 2.7, "GOV": 2.5, "INF": 2.9, "SEC": 2.6, "DAT": 2.3, "SRV": 2.6, "PEO": 2.4, "PAR": 2.3}

_SPEEDS = (
    ("broadband-all-50", 93, 6),
    ("broadband-all-100", 88, 9),
    ("broadband-all-200", 82, 12),
    ("broadband-all-400", 74, 16),
    ("broadband-all-1000", 66, 24),
)
"""Indicator, the share that a city without fibre has, and how much a fully fibred one has more."""


def peer_tables(texts: Tables, dimensions: Sequence[str]) -> Tables:
    """Rows of municipalities, indicators, observations, peer scores and peer groups."""
    cities = texts["city"]
    return {
        "municipality": [_municipality(city) for city in cities],
        "indicator": texts["indicator"],
        "observation": [row for city in cities for row in _observations(city)],
        "peer_score": [row for city in cities if city.get("level") for row in _scores(city, dimensions)],
        "peer_group": texts["peer_group"],
        "peer_member": texts["peer_member"],
    }


def _municipality(city: Row) -> Row:
    return {name: value for name, value in city.items() if name not in ("level", "fibre")}


def _observations(city: Row) -> Iterator[Row]:
    numbers = generator(f"observation {city['key']}")
    fibre = float(city["fibre"])
    for observed_on, growth in (("2024-12-31", -6.0), ("2025-12-31", 0.0)):
        share = max(0.0, fibre + growth * numbers.random())
        for indicator, base, more in _SPEEDS:
            yield _observation(city, indicator, observed_on, base + more * share / 50 + 2 * numbers.random())
        yield _observation(city, "broadband-fibre-100", observed_on, share + 1.5)
        yield _observation(city, "broadband-fibre-1000", observed_on, share)
    for indicator, chance in (("chatbot-homepage", 0.4), ("chatbot-service-portal", 0.3)):
        yield _observation(city, indicator, "2025-12-31", float(numbers.random() < chance))
    if numbers.random() < 0.85 or city["key"] == "99001000":
        points = 46 + 24 * float(city.get("level", "0")) + 12 * (numbers.random() - 0.5)
        yield {**_observation(city, "staedteindex", "2026-02-27", points), "source": "staedteindex"}


def _observation(city: Row, indicator: str, observed_on: str, value: float) -> Row:
    return {
        "indicator": indicator,
        "municipality": city["key"],
        "observed_on": observed_on,
        "value": f"{min(value, 100.0):.1f}".removesuffix(".0"),
        "source": city["source"],
        "source_place": f"{city['title']}, {observed_on[:4]}",
    }


def _scores(city: Row, dimensions: Sequence[str]) -> Iterator[Row]:
    numbers = generator(f"peer score {city['key']}")
    raters = 14 + int(30 * numbers.random())
    habits = {dimension: numbers.random() - 0.5 for dimension in dimensions}
    for observed_on, rise in _YEARS:
        levels = {key: _level(city, _MEANS[key] + rise + 0.8 * habits[key], numbers) for key in dimensions}
        for dimension, level in levels.items():
            yield {
                "maturity_model": "smartdash-default",
                "municipality": city["key"],
                "method": "survey",
                "dimension": dimension,
                "observed_on": observed_on,
                "level": f"{level:.1f}".removesuffix(".0"),
                "units": str(raters // 3),
                "raters": str(raters),
                "source": city["source"],
                "source_place": f"{city['title']}, {observed_on[:4]}",
            }


def _level(city: Row, usual: float, numbers: Random) -> float:
    return max(1.0, min(5.0, usual + float(city["level"]) + 0.2 * (numbers.random() - 0.5)))
