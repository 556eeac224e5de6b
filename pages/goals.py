"""Goals and indicators: how they are measured, and how far the strategy's elements are."""

from smartdash.ui.page import show_page

show_page(
    "goals",
    "workshops.goals",
    "workshops.outputs",
)
