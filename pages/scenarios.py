"""Scenarios: what if the rate, the prices or the dates change."""

from smartdash.ui.scenarios import show_scenarios

show_scenarios()
