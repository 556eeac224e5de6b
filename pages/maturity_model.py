"""Maturity model: dimensions, criteria, levels and weights, brought in from a file or taken out."""

from smartdash.ui.maturity_model import show_maturity_model
from smartdash.ui.page import no_programme, open_page

view = open_page("maturity_model")
if view.programme is None:
    no_programme(view)
else:
    show_maturity_model(view)
