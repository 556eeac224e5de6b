"""Peers: who the city is compared with, how it stands among them, and what a rank is worth."""

from smartdash.ui.page import show_page

show_page(
    "peers",
    "peers.group",
    "maturity.peers",
    "peers.maturity",
    "peers.medians",
    "peers.rank_intervals",
    "peers.rank_drivers",
    "peers.rank_odds",
)
