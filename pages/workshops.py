"""Workshops: events, contributions and what became of them."""

from smartdash.ui.page import show_page

show_page(
    "workshops",
    "workshops.events",
    "workshops.contributions",
    "workshops.outputs",
    "workshops.elements",
)
