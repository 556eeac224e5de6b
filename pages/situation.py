"""Lage (situation): what is late, who must act, and how the fields of work stand."""

from smartdash.ui.page import show_page

show_page("situation")
