"""Timeline: phases, milestones and dates on one axis."""

from smartdash.ui.page import show_page

show_page(
    "timeline",
    "schedule.phases",
)
