"""Figures of the timeline: phases and dates, what is late, all programmes on one axis."""

from __future__ import annotations

from smartdash.figures import portfolio_timeline, schedule_attention, timeline

__all__ = ["portfolio_timeline", "schedule_attention", "timeline"]
