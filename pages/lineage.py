"""Lineage: from the contribution to what became of it, and from the measure back to where it came from."""

from smartdash.ui.page import show_page

show_page(
    "lineage",
    "workshops.lineage",
    "workshops.trace",
    "workshops.elements",
)
