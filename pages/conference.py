"""Conference: the moderated run through the cycle's objectives."""

from smartdash.ui.page import open_page

open_page("conference")
