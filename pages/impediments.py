"""Impediments: what holds the programme up and who must act."""

from smartdash.ui.page import open_page

open_page("impediments")
