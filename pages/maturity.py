"""Maturity: what the survey says of the city, its groups and units, how complete it is, its course, in words."""

from smartdash.ui.analysis_text import edit_analysis
from smartdash.ui.maturity_radar import radar_download
from smartdash.ui.page import no_programme, open_page, show_figures

view = open_page("maturity")
if view.programme is None:
    no_programme(view)
else:
    show_figures(
        view,
        "maturity.profile",
        "maturity.waves",
        "maturity.groups",
        "maturity.units",
        "maturity.aggregation",
        "maturity.coverage",
        "maturity.analysis",
    )
    edit_analysis(view)
    radar_download(view)
