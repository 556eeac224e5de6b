"""Cost and financing plan: its versions and decisions, its lines, and what changed."""

from smartdash.ui.page import show_page

show_page(
    "cost_plan",
    "cost_plan.versions",
    "cost_plan.changes",
    "cost_plan.tree",
    "cost_plan.printed",
)
