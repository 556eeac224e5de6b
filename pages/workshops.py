"""Workshops and participation: events, whom they reached, and how contributions were answered."""

from smartdash.ui.answers import offer_answers
from smartdash.ui.page import show_page

show_page(
    "workshops",
    "workshops.events",
    "workshops.calendar",
    "workshops.reach",
    "workshops.answers",
    "workshops.contributions",
    "workshops.record",
)
offer_answers()
