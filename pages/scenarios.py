"""Scenarios: what if the rate, the prices or the dates change."""

from smartdash.ui.page import no_programme, open_page
from smartdash.ui.scenarios import show_scenarios

view = open_page("scenarios")
if view.programme is None:
    no_programme(view)
else:
    show_scenarios(view)
