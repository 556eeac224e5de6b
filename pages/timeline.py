"""Timeline: phases, milestones, deliverables and allowances."""

from smartdash.ui.page import show_page

show_page(
    "timeline",
    "schedule.phases",
    "schedule.milestones",
    "schedule.deliverables",
    "schedule.contents",
    "schedule.allowances",
)
