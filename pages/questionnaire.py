"""Questionnaire: one person's answers for a unit."""

from smartdash.ui.page import show_page

show_page("questionnaire")
