"""Scenarios: what if the rate, the prices or the dates change."""

from smartdash.ui.page import show_page

show_page(
    "scenarios",
    "scenarios.own_share",
    "scenarios.try_out",
    "scenarios.assumptions",
)
