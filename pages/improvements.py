"""Improvements: what would lift the city most, and why its standing moved."""

from smartdash.ui.page import show_page

show_page(
    "improvements",
    "improvements.lifts",
    "improvements.actions",
    "improvements.binding",
    "improvements.movement",
)
