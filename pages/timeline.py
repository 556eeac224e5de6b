"""Timeline: phases, milestones and dates on one axis, what is late, and all programmes together."""

from smartdash.ui.page import show_page

show_page(
    "timeline",
    "schedule.phases",
    "schedule.attention",
    "portfolio.timeline",
)
