"""Workshops and participation: events, whom they reached, and what became of contributions."""

from smartdash.ui.page import show_page

show_page(
    "workshops",
    "workshops.events",
    "workshops.contributions",
)
