"""Milestones: how they stand, how their forecasts moved, what was promised and decided."""

from smartdash.ui.page import show_page

show_page(
    "milestones",
    "schedule.milestones",
    "schedule.trend",
    "schedule.slips",
    "schedule.promises",
    "schedule.dependencies",
    "schedule.baselines",
)
