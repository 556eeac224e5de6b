"""OKR: the quarter's key results, what is silent, hints on wording, the framework and the terms."""

from smartdash.ui.page import show_page

show_page(
    "okr",
    "okr.quarter",
    "okr.silent",
    "okr.alignment",
    "okr.hints",
    "okr.framework",
    "okr.terms",
)
