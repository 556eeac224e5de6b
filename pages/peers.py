"""Peers: the city among others on published indicators, and what a rank is worth."""

from smartdash.ui.page import show_page

show_page(
    "peers",
    "maturity.peers",
)
