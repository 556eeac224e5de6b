"""Peers: who the city is compared with, how it stands among them, and what a rank is worth."""

from smartdash.ui.page import no_programme, open_page
from smartdash.ui.peers import show_peers

view = open_page("peers")
if view.programme is None:
    no_programme(view)
else:
    show_peers(
        view,
        "peers.group",
        "maturity.peers",
        "peers.maturity",
        "peers.medians",
        "peers.rank_intervals",
        "peers.rank_drivers",
        "peers.rank_odds",
    )
