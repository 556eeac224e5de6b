"""The figures of the page about OKR, in the order in which they stand on it."""

from __future__ import annotations

from smartdash.figures import key_results, okr_cycles, okr_framework, okr_silent, okr_terms, okr_trend

__all__ = ["key_results", "okr_cycles", "okr_framework", "okr_silent", "okr_terms", "okr_trend"]
