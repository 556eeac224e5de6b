"""The figures of the page about maturity, in the order in which they stand on it."""

from __future__ import annotations

from smartdash.figures import maturity_profile, maturity_units

__all__ = ["maturity_profile", "maturity_units"]
