"""Capture: what is said in a workshop, condensed into elements of the strategy."""

from smartdash.ui.page import show_page

show_page("capture")
