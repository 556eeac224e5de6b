"""Funding: who pays, drawdowns, proofs of use."""

from smartdash.ui.page import show_page

show_page(
    "funding",
    "budget.funding",
    "funding.mix",
    "funding.coverage",
    "funding.drawdowns",
    "funding.need",
    "funding.proofs",
)
