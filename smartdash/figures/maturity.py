"""The figures of the page about maturity, and the radar chart, which is on no page."""

from __future__ import annotations

from smartdash.figures import (
    maturity_aggregation,
    maturity_analysis,
    maturity_coverage,
    maturity_groups,
    maturity_profile,
    maturity_radar,
    maturity_units,
    maturity_waves,
)

__all__ = [
    "maturity_aggregation",
    "maturity_analysis",
    "maturity_coverage",
    "maturity_groups",
    "maturity_profile",
    "maturity_radar",
    "maturity_units",
    "maturity_waves",
]
