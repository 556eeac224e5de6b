"""OKR: the quarter's key results, the cycles and the fields of work."""

from smartdash.ui.page import show_page

show_page(
    "okr",
    "okr.quarter",
    "okr.cycles",
    "okr.fields",
    "okr.hints",
)
