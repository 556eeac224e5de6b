"""Committees: next sessions, where each paper stands, and what comes into conflict with the schedule."""

from smartdash.ui.page import show_page

show_page(
    "committees",
    "committees.sessions",
    "committees.conflicts",
    "committees.papers",
    "committees.consultations",
    "committees.bodies",
)
