"""What we show: the catalogue of figures, one module per area."""

from __future__ import annotations

from smartdash.figures import (
    allowances,
    baselines,
    budget,
    checking,
    committees,
    deliverables,
    elements,
    gaps,
    key_numbers,
    maturity,
    milestone_trend,
    milestones,
    okr,
    portfolio,
    promises,
    records,
    schedule,
    situation,
    structure,
    structure_changes,
    workshops,
)
from smartdash.figures.catalogue import CATALOGUE, Entry, make
from smartdash.figures.figure import Figure

__all__ = ["CATALOGUE", "Entry", "Figure", "make"]

_AREAS = (
    portfolio,
    key_numbers,
    situation,
    schedule,
    milestones,
    milestone_trend,
    promises,
    baselines,
    deliverables,
    allowances,
    workshops,
    elements,
    gaps,
    committees,
    structure,
    structure_changes,
    okr,
    budget,
    maturity,
    records,
    checking,
)
"""Importing an area enters its figures into the catalogue."""
