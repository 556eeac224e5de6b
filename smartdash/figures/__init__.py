"""What we show: the catalogue of figures, one module per area."""

from __future__ import annotations

from smartdash.figures import (
    allowances,
    answers,
    baselines,
    budget,
    checking,
    committees,
    deliverables,
    elements,
    event_calendar,
    gaps,
    goals,
    impediment_analytics,
    impediments,
    key_numbers,
    lineage,
    lineage_trace,
    maturity,
    milestone_trend,
    milestones,
    okr,
    portfolio,
    promises,
    reach,
    records,
    schedule,
    situation,
    structure,
    structure_changes,
    workshop_record,
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
    event_calendar,
    reach,
    answers,
    workshop_record,
    elements,
    lineage,
    lineage_trace,
    goals,
    gaps,
    committees,
    structure,
    structure_changes,
    okr,
    impediments,
    impediment_analytics,
    budget,
    maturity,
    records,
    checking,
)
"""Importing an area enters its figures into the catalogue."""
