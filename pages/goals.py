"""Goals and indicators: how far the strategy's elements are, and how they are measured."""

from smartdash.ui.page import show_page

show_page(
    "goals",
    "workshops.outputs",
)
