"""Survey: invitations, answer sheets, what has come in, and the moderated meeting."""

from smartdash.ui.page import show_page

show_page("survey")
