"""Check-in: what is due, entered by who owns it."""

from smartdash.ui.page import open_page

open_page("check_in")
