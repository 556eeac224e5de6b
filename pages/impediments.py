"""Impediments: what holds the programme up and who must act."""

from smartdash.ui.impediments import tend_impediments
from smartdash.ui.page import no_programme, open_page, show_figures

view = open_page("impediments")
if view.programme is None:
    no_programme(view)
else:
    tend_impediments(view)
    show_figures(
        view,
        "impediments.red_list",
        "impediments.ladder",
        "impediments.analytics",
        "impediments.pareto",
        "impediments.solved",
        "impediments.log",
    )
