"""Maturity: the survey's profile and the units."""

from smartdash.ui.page import show_page

show_page(
    "maturity",
    "maturity.profile",
    "maturity.units",
)
