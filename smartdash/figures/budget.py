"""The figures of the page about money, in the order in which they stand on it."""

from __future__ import annotations

from smartdash.figures import cost_plan, funding, line_use, purchases

__all__ = ["cost_plan", "funding", "line_use", "purchases"]
