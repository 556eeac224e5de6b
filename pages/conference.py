"""Conference: the moderated run through the cycle's objectives."""

from smartdash.ui.conference import conference
from smartdash.ui.page import open_page

view = open_page("conference")
conference(view)
