"""Capture: what is said in a workshop, condensed into elements of the strategy."""

from smartdash.ui.capture import capture
from smartdash.ui.page import open_page

view = open_page("capture")
capture(view)
