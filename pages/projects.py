"""Projects: the inventory and what hangs together."""

from smartdash.ui.page import show_page

show_page(
    "projects",
    "projects.inventory",
    "projects.matrix",
    "projects.dependencies",
    "projects.risks",
    "projects.chances",
    "projects.gaps",
)
