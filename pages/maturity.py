"""Maturity: the survey's profile and the city among its peers."""

from smartdash.ui.page import show_page

show_page("maturity")
