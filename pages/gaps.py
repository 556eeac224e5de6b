"""Gaps: what is not linked yet, and the way to close each gap."""

from smartdash.ui.page import show_page

show_page("gaps")
