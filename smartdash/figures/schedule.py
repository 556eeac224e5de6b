"""The figures of the page about the timeline."""

from __future__ import annotations

from smartdash.figures import portfolio_timeline, schedule_attention, timeline

__all__ = ["portfolio_timeline", "schedule_attention", "timeline"]
