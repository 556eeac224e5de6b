"""Maturity: the survey's profile, the units, and the city among its peers."""

from smartdash.ui.page import show_page

show_page(
    "maturity",
    "maturity.profile",
    "maturity.units",
    "maturity.peers",
)
