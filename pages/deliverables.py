"""Deliverables with their required contents, and the allowances they are made with."""

from smartdash.ui.page import show_page

show_page(
    "deliverables",
    "schedule.deliverables",
    "schedule.contents",
    "schedule.allowances",
)
