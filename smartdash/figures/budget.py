"""The figures of the pages about money, in the order in which they stand on them."""

from __future__ import annotations

from smartdash.figures import (
    budget_carried,
    budget_commitments,
    budget_forecasts,
    budget_lines,
    budget_state,
    budget_status,
    budget_years,
    funding,
    purchases,
)

__all__ = [
    "budget_carried",
    "budget_commitments",
    "budget_forecasts",
    "budget_lines",
    "budget_state",
    "budget_status",
    "budget_years",
    "funding",
    "purchases",
]
