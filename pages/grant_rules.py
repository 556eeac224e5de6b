"""Grant rules: which hold, which break, by how much."""

from smartdash.ui.page import show_page

show_page(
    "grant_rules",
)
