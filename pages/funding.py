"""Funding: who pays, what is drawn and may be called, proofs of use, and the forms for both."""

from smartdash.ui.funding_forms import funding_forms
from smartdash.ui.page import no_programme, open_page, show_figures

view = open_page("funding")
if view.programme is None:
    no_programme(view)
else:
    show_figures(
        view,
        "budget.funding",
        "funding.mix",
        "funding.coverage",
        "funding.drawdowns",
        "funding.need",
        "funding.proofs",
    )
    funding_forms(view)
