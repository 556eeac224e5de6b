"""Maturity model: dimensions, criteria, levels and weights, brought in from a file or taken out."""

from smartdash.ui.page import show_page

show_page("maturity_model")
