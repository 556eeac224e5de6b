"""OKR: the quarter and its trend, what is silent, hints on wording, the framework and the terms."""

from smartdash.ui.alignment_form import alignment_form
from smartdash.ui.page import no_programme, open_page, show_figures

view = open_page("okr")
if view.programme is None:
    no_programme(view)
else:
    show_figures(
        view,
        "okr.quarter",
        "okr.trend",
        "okr.silent",
        "okr.alignment",
        "okr.hints",
        "okr.framework",
        "okr.terms",
    )
    alignment_form(view)
