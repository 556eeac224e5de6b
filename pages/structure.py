"""Structure: who steers, who decides and who is informed, what changed, and which models are followed."""

from smartdash.ui.page import show_page

show_page(
    "structure",
    "structure.bodies",
    "structure.changes",
    "structure.lines",
    "structure.models",
)
